#include "server/sql/scope_sql.hpp"

namespace qudao::sql {

void append_scope(SqlText& sql, const Scope& scope, std::string_view alias) {
    if (scope.empty()) {
        sql += "(1 = 0)";
        return;
    }
    std::string_view before = "(";
    for (const ScopeTerm& term : scope.terms()) {
        sql += before;
        sql += alias;
        sql += term.tree == Tree::area ? ".area_first between " : ".channel_first between ";
        sql.value(std::int64_t{term.interval.first});
        sql += " and ";
        sql.value(std::int64_t{term.interval.last});
        sql += " and (";
        sql += alias;
        sql += ".channel_bit & ";
        sql.value(std::int64_t{term.channels});
        sql += ") <> 0";
        before = " or ";
    }
    sql += ")";
}

void append_within(SqlText& sql, const Scope& scope, std::string_view alias) {
    if (scope.whole()) return;
    sql += " and ";
    append_scope(sql, scope, alias);
}

}  // namespace qudao::sql
