#include <cstdlib>
#include <iostream>
#include <stdexcept>

#include "server/sql/open.hpp"
#include "tests/contract/suite.hpp"
#include "tests/support/mariadb.hpp"

namespace qudao::contract {

const Backend& backend() {
    static const Backend mariadb{{.name = "MariaDB"}, [] {
        const std::string url = test::new_mariadb_url();
        if (url.empty()) {
            std::cout << "MariaDB is not installed: skipped" << std::endl;
            std::_Exit(77);  // what toolchains/test counts as skipped
        }
        auto database = sql::open(url);
        if (!database || !(*database)->migrate()) throw std::runtime_error("no MariaDB database");
        return std::unique_ptr<ports::Database>(std::move(*database));
    }};
    return mariadb;
}

}  // namespace qudao::contract
