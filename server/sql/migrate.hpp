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
// In order of their numbers, which may leave some out. Generated at build from schema/*.sql. What a database lacks is applied,
// also below the highest that it has: two that were made side by side land in either order.
const std::vector<Migration>& migrations();

// The statements of a migration as one dialect wants them, comments dropped.
std::vector<std::string> statements_of(std::string_view migration, Dialect dialect);

// The highest of this program up to which all of them are there.
int version_of(Session& session);
// Not inside a transaction. Throws Failure.
Result<Migrated> migrate(Session& session, const std::vector<Migration>& all = migrations());

}  // namespace qudao::sql
