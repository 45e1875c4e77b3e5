// A Scope as a condition on the unit table.
#pragma once

#include <string_view>

#include "server/sql/sql_text.hpp"
#include "shared/domain/rights.hpp"

namespace qudao::sql {

// "(u.area_first between … and (u.channel_bit & …) <> 0 or …)" for the unit of that alias; "(1 = 0)" for an empty scope.
void append_scope(SqlText& sql, const Scope& scope, std::string_view alias);

// " and (...)", or nothing when all lies within.
void append_within(SqlText& sql, const Scope& scope, std::string_view alias);

}  // namespace qudao::sql
