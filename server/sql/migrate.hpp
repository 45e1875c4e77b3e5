// The numbered migrations of schema/, which are part of the program.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "server/sql/open.hpp"
#include "server/sql/session.hpp"

namespace qudao::sql {

struct Migration {
    int number = 0;
    std::string_view text;
};
// In order; a number may be missing, its migration can still come. Generated at build from schema/*.sql.
const std::vector<Migration>& migrations();

// The statements of a migration as one dialect wants them, comments dropped.
std::vector<std::string> statements_of(std::string_view migration, Dialect dialect);

// The last migration of which all before it are finished, too; 0: a new database.
int version_of(Session& session);
// Not inside a transaction. Throws Failure.
Result<Migrated> migrate(Session& session);

}  // namespace qudao::sql
