// The catalogue's fields as columns of the tables. A unit test compares it with the catalogue.
//
// Aliases: customer {c, its place u}, adjustment {a, its customer c, batch b, units uf and ut}, batch {b},
// handover {h, its batch b, unit u, receipt hr}, round_customer {r, its customer c, place u, target ut}, round_mark {m, the
// gathered customer r, customer c, its place up, the department's pool u}, lock {l, its customer c, place u}, arrear_conflict
// {x, its subscriber s, customer c, place u}.
#pragma once

#include <string_view>

#include "shared/query/query_spec.hpp"

namespace qudao::sql {

struct Expression {
    std::string_view field;
    std::string_view text;
    std::string_view unit;  // of unit fields: the alias of the unit joined
};

// Null when the source has no such field.
const Expression* find_expression(query::Source source, std::string_view field);

}  // namespace qudao::sql
