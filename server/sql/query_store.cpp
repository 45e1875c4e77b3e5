#include "server/sql/query_compiler.hpp"
#include "server/sql/stores.hpp"

namespace qudao::sql {
namespace {

std::vector<Value> values_of(const Row& row, const std::string& kinds) {
    std::vector<Value> values;
    values.reserve(kinds.size());
    for (std::size_t i = 0; i < kinds.size(); ++i) {
        if (row.null(i)) values.emplace_back();
        else if (kinds[i] == 't') values.emplace_back(std::string(row.text(i)));
        else values.emplace_back(row.number(i));
    }
    return values;
}

}  // namespace

Result<query::Page> QueryStore::run(const query::QuerySpec& spec, const ports::Viewer& viewer,
                                    const std::optional<query::Cursor>& cursor) {
    return guarded(session_, [&]() -> Result<query::Page> {
        query::Page page;
        page.columns = query::columns_of(spec);
        const std::optional<Compiled> compiled = compile(spec, viewer, cursor, session_.dialect());
        if (!compiled) return page;
        session_.select(compiled->sql.text, compiled->kinds, compiled->sql.binds,
                        [&](const Row& row) { page.rows.push_back(values_of(row, compiled->kinds)); });
        const auto limit = static_cast<std::size_t>(spec.limit);
        if (!spec.grouped() && page.rows.size() > limit) {
            page.rows.resize(limit);
            query::Cursor next;
            for (const std::size_t column : compiled->cursor_from) next.after.push_back(page.rows.back()[column]);
            page.next = std::move(next);
        }
        for (std::vector<Value>& row : page.rows) row.resize(compiled->shown);
        return page;
    });
}

}  // namespace qudao::sql
