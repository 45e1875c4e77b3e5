#include "client/views/common/paged_list.hpp"

namespace qudao::client {

Effect start(PagedList& list, query::QuerySpec spec) {
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
