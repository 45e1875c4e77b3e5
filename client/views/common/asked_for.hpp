// What a view has asked for, looked at from outside: whether it waits for something, and whether something of it failed
// that may be asked for again. Every view names all of its remote data in look(), a tidy rule holds it to that, and says in
// again() which event asks for what failed: so no list stays failed when the network has come back, whoever forgets it.
#pragma once

#include "client/views/common/paged_list.hpp"
#include "client/views/common/remote.hpp"

namespace qudao::client {

using Passing = bool (*)(const Error& error);   // a failure that may be over by now

struct AskedFor {
    Passing passing = nullptr;   // null: none is
    bool busy = false;
    bool failed = false;         // for such a reason

    void missing(const Error& error) { failed = failed || (passing != nullptr && passing(error)); }
    void doing(bool under_way) { busy = busy || under_way; }
    void operator()(RemoteState state, const Error& error) {
        doing(state == RemoteState::loading);
        if (state == RemoteState::failed) missing(error);
    }
    template <class T>
    void operator()(const Remote<T>& one) {
        (*this)(one.state, one.error);
    }
    void operator()(const PagedList& list) {
        (*this)(list.state, list.error);
        doing(list.more_loading);
        if (list.more_error) missing(*list.more_error);
    }
    // Of a dialog, or of what was typed: a person asks for it again.
    template <class T>
    void by_hand(const Remote<T>& one) {
        doing(one.loading());
    }
};

}  // namespace qudao::client
