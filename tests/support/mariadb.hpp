// A private MariaDB for the tests of one process, started when first asked for and stopped at its end.
#pragma once

#include <string>

namespace qudao::test {

// Of a database that is new and empty: "mysql://…". Empty when MariaDB is not installed; where CI is "true" that ends
// the process as a failure instead.
std::string new_mariadb_url();
// "sqlite://…" of a file that is not there yet, in a folder that goes with the process.
std::string new_sqlite_url();

// Statements straight to the database behind one of these addresses, past everything that is tested. Returns the last
// one's rows, columns parted by '|', ended by '\n'. Throws std::runtime_error.
std::string run_sql(const std::string& url, const std::string& statements);

}  // namespace qudao::test
