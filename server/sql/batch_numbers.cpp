#include "server/sql/batch_numbers.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "server/sql/scope_sql.hpp"

namespace qudao::sql {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kNumbers = {
    std::pair{"rows", "row_count"}, std::pair{"moved", "moved"}, std::pair{"unchanged", "unchanged"}, std::pair{"kept", "kept"}};

bool asks_for(const query::QuerySpec& spec, std::string_view field) {
    const auto is = [&](const auto& one) { return one.field == field; };
    return !spec.grouped() || std::any_of(spec.filters.begin(), spec.filters.end(), is) || std::any_of(spec.measures.begin(), spec.measures.end(), is);
}

}  // namespace

void append_batch_number(SqlText& sql, std::string_view column, PersonId actor, const Scope& view) {
    if (view.whole()) {
        sql += "b.";
        sql += column;
        return;
    }
    sql += "(case when b.person_id = ";
    sql.value(actor.value) += " then b.";
    sql += column;
    if (column == "unchanged" || column == "kept") {
        sql += " else 0 end)";
        return;
    }
    // MariaDB's sum is a decimal.
    sql += " else (select cast(coalesce(sum(f.customers), 0) as signed) from batch_flow f join unit ff on ff.id = f.from_unit "
           "join unit ft on ft.id = f.to_unit where f.batch_id = b.id and (";
    append_scope(sql, view, "ff");
    sql += " or ";
    append_scope(sql, view, "ft");
    sql += ")) end)";
}

std::map<std::string, std::string, std::less<>> batch_numbers(const query::QuerySpec& spec, const ports::Viewer& viewer, Binds& binds) {
    std::map<std::string, std::string, std::less<>> numbers;
    if (spec.source != query::Source::batch) return numbers;
    for (const auto& [field, column] : kNumbers) {
        if (!asks_for(spec, field)) continue;
        SqlText sql;
        std::swap(sql.binds, binds);  // names go on counting
        append_batch_number(sql, column, viewer.person, viewer.view);
        std::swap(sql.binds, binds);
        numbers.emplace(field, std::move(sql.text));
    }
    return numbers;
}

}  // namespace qudao::sql
