// A list that grows by keyset as a person scrolls: its spec, the rows that have come, and where the next page begins.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "client/views/common/effects.hpp"
#include "client/views/common/list_shape.hpp"
#include "client/views/common/list_rows.hpp"
#include "client/views/common/remote.hpp"

namespace qudao::client {

inline constexpr std::int32_t kListPageRows = 100;
// Beyond it a person is asked to narrow the list or to jump: nobody scrolls further, and memory is bounded.
inline constexpr std::int64_t kMostListRows = 50'000;

struct ListArrived {
    ListId list = ListId::customers;
    std::uint32_t generation = 0;
    bool first = true;       // of its generation: it replaces what is there
    Result<dto::ListPage> page;
};

// A header was used: the list is to be sorted or filtered anew.
struct ListShaped { ListShape shape; };

// Why a filter of the shape is not in force.
struct ShapeFault {
    std::string field;
    Error error;
};

struct PagedList {
    explicit PagedList(ListId list, query::Source source) : id(list), rows(source) { base.source = source; }

    ListId id;
    query::QuerySpec base;         // what the screen asks for
    query::QuerySpec spec;         // ... and the shape with it: what is asked
    ListShape shape;
    std::vector<query::Filter> shape_filters;   // of the shape; those without a fault
    std::optional<ShapeFault> shape_fault;
    RemoteState state = RemoteState::idle;
    Error error;
    ListRows rows;
    std::optional<std::string> next;
    bool more_loading = false;
    std::optional<Error> more_error;
    std::uint32_t generation = 0;  // of what was asked last
    std::uint32_t shown = 0;       // of the rows: changes when they are replaced

    bool full() const { return rows.size() >= kMostListRows; }
    bool has_more() const { return next.has_value() && !full() && !more_error; }
};

// Before start(): what the shape's filters mean here. False when one of them means nothing; it is then left out.
bool adopt_shape(PagedList& list, ListShape shape, const World& world);
// A header was used: asks for the rows anew, unless the filter is not understood.
Effects reshape(PagedList& list, ListShape shape, const World& world);
// From the first row on, with the shape. What is there stays until the answer comes.
Effect start(PagedList& list, query::QuerySpec spec);
// The next page, if there is one and none is under way.
Effects more(PagedList& list);
// After more_error: asks again.
Effects more_again(PagedList& list);
// True when the answer was taken.
bool take(PagedList& list, const ListArrived& arrived);

}  // namespace qudao::client
