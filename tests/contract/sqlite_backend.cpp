#include <stdexcept>

#include "server/sql/open.hpp"
#include "tests/contract/suite.hpp"
#include "tests/support/mariadb.hpp"

namespace qudao::contract {

const Backend& backend() {
    static const Backend sqlite{{.name = "SQLite"}, [] {
        auto database = sql::open(test::new_sqlite_url());
        if (!database || !(*database)->migrate()) throw std::runtime_error("no SQLite database");
        return std::unique_ptr<ports::Database>(std::move(*database));
    }};
    return sqlite;
}

}  // namespace qudao::contract
