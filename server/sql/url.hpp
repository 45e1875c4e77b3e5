// Where the database is: QUDAO_DB and --db.
//   sqlite:///absolute/path            sqlite://relative/path
//   mysql://user[:password]@host[:port]/name[?socket=/path]
// User, password and name may be percent-encoded. The password may come from QUDAO_DB_PASSWORD instead (see open.hpp).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "shared/base/result.hpp"

namespace qudao::sql {

enum class Dialect : std::uint8_t { sqlite, mariadb };

struct Address {
    Dialect dialect = Dialect::sqlite;
    std::string path;  // SQLite: the file
    std::string user;  // MariaDB from here on
    std::string password;
    std::string host;
    std::uint16_t port = 0;  // 0: the client library's
    std::string name;
    std::string socket;  // empty: by TCP
};

// Error database.url with `reason`: scheme, path, user, host, port, name, encoding, option. The password is never in it.
Result<Address> parse_url(std::string_view url);
// For the log and for people: without the password.
std::string printable(const Address& address);

}  // namespace qudao::sql
