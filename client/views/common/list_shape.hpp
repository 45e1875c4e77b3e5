// What a person adds to a list by its headers: sorting by several columns and a filter a column. Any list of the
// catalogue takes it, on top of the conditions of its own screen; it stands in the address like those.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "client/views/common/address.hpp"
#include "client/views/common/world.hpp"
#include "shared/query/query_spec.hpp"

namespace qudao::client {

struct ColumnFilter {
    std::string field;
    std::string text;   // as typed
    friend bool operator==(const ColumnFilter&, const ColumnFilter&) = default;
};

struct ListShape {
    std::vector<query::Order> sorts;      // instead of the list's own order when there are any
    std::vector<ColumnFilter> filters;
    bool none() const { return sorts.empty() && filters.empty(); }
};

// "sorts=code,-revenue&f.name=南": only what differs from the usual.
Address& put_shape(Address& address, const ListShape& shape);
ListShape shape_in(const Address& address);

// What a column's key is called as a filter: names are searched in, not in their sort key.
std::string_view filtered_field(std::string_view key);
// Whether a column can be filtered by typing, and what may be typed.
bool can_filter(query::Source source, std::string_view key);
Text filter_hint(query::Source source, std::string_view key);

// The typed text of one column as conditions:
//   text          南宁 (inside the text where the catalogue allows it, else its beginning), =南宁 (exactly)
//   numbers       500, >=500, <500, 100..500;  money in yuan
//   dates         2026, 2026-10, 2026-10-05, >=2026-10-01, 2026-01..2026-06; of instants the day
//   units, channels   part of the name, or the code's beginning
//   =             no data
// list.filter {text} when it is none of these.
Result<std::vector<query::Filter>> filters_of(query::Source source, const ColumnFilter& filter, const World& world);

// The order after a header was pressed: alone, or after what was sorted by (`too`), turned when it was there.
std::vector<query::Order> sorted_by(std::vector<query::Order> now, std::string_view field, bool descending, bool too);
// The filters with one of them changed; an empty text takes it away.
std::vector<ColumnFilter> filtered_by(std::vector<ColumnFilter> now, std::string_view field, std::string_view text);

}  // namespace qudao::client
