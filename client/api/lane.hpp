// One place that wants answers (a table, a form): it asks through its lane and gets only the answers to its latest wish.
//
//     client.list(table.lane.renew(), query::Source::customer, request, [&](Result<dto::ListPage> page) { ... });
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <utility>

namespace qudao::client {

namespace detail {
struct LaneState {
    std::uint64_t generation = 1;
    std::int64_t last_cancel = 0;
    std::map<std::int64_t, std::function<void()>> cancels;  // of what is under way
};
}  // namespace detail

// The right to be answered: holds until its lane is renewed, cancelled or gone.
class Ticket {
public:
    Ticket() = default;
    bool wanted() const {
        const auto lane = lane_.lock();
        return lane && lane->generation == generation_;
    }
    // Calls `cancel` when the wish ends; the number takes it back.
    std::int64_t on_end(std::function<void()> cancel) const {
        const auto lane = lane_.lock();
        if (!lane || lane->generation != generation_) return 0;
        lane->cancels.emplace(++lane->last_cancel, std::move(cancel));
        return lane->last_cancel;
    }
    void take_back(std::int64_t number) const {
        if (const auto lane = lane_.lock()) lane->cancels.erase(number);
    }

private:
    friend class Lane;
    Ticket(const std::shared_ptr<detail::LaneState>& lane, std::uint64_t generation) : lane_(lane), generation_(generation) {}
    std::weak_ptr<detail::LaneState> lane_;
    std::uint64_t generation_ = 0;
};

class Lane {
public:
    Lane() = default;
    ~Lane() { cancel(); }
    Lane(const Lane&) = delete;
    Lane& operator=(const Lane&) = delete;

    // A new wish: answers to earlier ones are dropped, their requests aborted.
    Ticket renew() {
        cancel();
        return current();
    }
    // One more request for the same wish (the next page, another column).
    Ticket current() const { return {state_, state_->generation}; }
    void cancel() {
        ++state_->generation;
        const auto cancels = std::exchange(state_->cancels, {});
        for (const auto& [number, cancel_one] : cancels) cancel_one();
    }

private:
    std::shared_ptr<detail::LaneState> state_ = std::make_shared<detail::LaneState>();
};

}  // namespace qudao::client
