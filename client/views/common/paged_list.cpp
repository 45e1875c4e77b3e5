#include "client/views/common/paged_list.hpp"

namespace qudao::client {

bool adopt_shape(PagedList& list, ListShape shape, const World& world) {
    list.shape_filters.clear();
    list.shape_fault.reset();
    std::erase_if(shape.sorts, [&](const query::Order& order) {
        const query::Field* field = query::find_field(list.base.source, order.field);
        return field == nullptr || !field->sortable;
    });
    for (const ColumnFilter& filter : shape.filters) {
        auto filters = filters_of(list.base.source, filter, world);
        if (!filters) list.shape_fault = ShapeFault{filter.field, filters.error()};
        else list.shape_filters.insert(list.shape_filters.end(), filters->begin(), filters->end());
    }
    list.shape = std::move(shape);
    return !list.shape_fault;
}

Effects reshape(PagedList& list, ListShape shape, const World& world) {
    if (!adopt_shape(list, std::move(shape), world)) return {};
    return {start(list, list.base)};
}

Effect start(PagedList& list, query::QuerySpec spec) {
    list.base = spec;
    spec.filters.insert(spec.filters.end(), list.shape_filters.begin(), list.shape_filters.end());
    if (!list.shape.sorts.empty()) {
        const bool same = !spec.order.empty() && spec.order.front().field == list.shape.sorts.front().field;
        spec.order = list.shape.sorts;
        if (!same) spec.start_at.reset();  // a place in another order
    }
    list.spec = std::move(spec);
    list.state = RemoteState::loading;
    list.next.reset();
    list.more_loading = false;
    list.more_error.reset();
    ++list.generation;
    return FetchList{list.id, list.generation, list.spec, std::nullopt};
}

Effects more(PagedList& list) {
    if (list.state != RemoteState::ready || list.more_loading || !list.has_more()) return {};
    list.more_loading = true;
    return {FetchList{list.id, list.generation, list.spec, list.next}};
}

Effects more_again(PagedList& list) {
    list.more_error.reset();
    return more(list);
}

bool take(PagedList& list, const ListArrived& arrived) {
    if (arrived.list != list.id || arrived.generation != list.generation) return false;
    if (!arrived.first) {
        list.more_loading = false;
        if (!arrived.page) list.more_error = arrived.page.error();
        if (!arrived.page) return true;
    } else {
        list.rows.clear();
        list.shown = list.generation;
        list.state = arrived.page ? RemoteState::ready : RemoteState::failed;
        if (!arrived.page) list.error = arrived.page.error();
        if (!arrived.page) return true;
    }
    list.rows.append(*arrived.page);
    list.next = arrived.page->next;
    return true;
}

}  // namespace qudao::client
