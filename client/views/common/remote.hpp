// What is known of something that is fetched: each of the four states is drawn.
#pragma once

#include <cstdint>
#include <utility>

#include "shared/base/result.hpp"

namespace qudao::client {

enum class RemoteState : std::uint8_t { idle, loading, ready, failed };

template <class T>
struct Remote {
    RemoteState state = RemoteState::idle;
    T value{};     // of the last answer; kept while a new one is on its way
    Error error;

    bool loading() const { return state == RemoteState::loading; }
    bool ready() const { return state == RemoteState::ready; }
    bool failed() const { return state == RemoteState::failed; }
    void start() { state = RemoteState::loading; }
    void finish(Result<T> result) {
        if (result) {
            value = std::move(result).value();
            state = RemoteState::ready;
        } else {
            error = std::move(result).error();
            state = RemoteState::failed;
        }
    }
};

}  // namespace qudao::client
