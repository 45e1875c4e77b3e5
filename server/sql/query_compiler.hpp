// A checked QuerySpec as one statement. Every identifier comes from query_fields; every value is a
// named bind.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "server/sql/sql_text.hpp"
#include "server/sql/url.hpp"
#include "shared/ports/query_store.hpp"

namespace qudao::sql {

// How the customers of a scope are found: by the order wanted, leaving out those of other places; or place by place,
// sorting what was found. Few places: the latter.
enum class Route : std::uint8_t { by_order, by_place };

struct Compiled {
    SqlText sql;
    std::string kinds;                     // see Session::select
    std::size_t shown = 0;                 // columns of the result; the others serve the cursor
    std::vector<std::size_t> cursor_from;  // column of each field of the total order; empty when grouped
    Route route = Route::by_order;
};

// None: the scope and the filters leave nothing to look at.
std::optional<Compiled> compile(const query::QuerySpec& spec, const ports::Viewer& viewer, const std::optional<query::Cursor>& cursor,
                                Dialect dialect);

}  // namespace qudao::sql
