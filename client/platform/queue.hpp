// Typed queues between drawing and everything else. Drawing pushes commands; asynchronous answers push events;
// the application takes both before the next frame. Pushing wakes the loop through the hook it was given.
// One thread only: the page has no other.
#pragma once

#include <functional>
#include <utility>
#include <vector>

namespace qudao::client {

template <class T>
class Queue {
 public:
  Queue() = default;
  explicit Queue(std::function<void()> on_push) : on_push_(std::move(on_push)) {}

  void push(T item) {
    items_.push_back(std::move(item));
    if (on_push_) on_push_();
  }
  // All that is waiting, in order. What is pushed while the caller works on them waits for the next take.
  [[nodiscard]] std::vector<T> take() { return std::exchange(items_, {}); }
  [[nodiscard]] bool empty() const { return items_.empty(); }

 private:
  std::vector<T> items_;
  std::function<void()> on_push_;
};

// What a view wants done (a std::variant of its own commands).
template <class Command>
using CommandQueue = Queue<Command>;
// What has come back meanwhile (a std::variant of events); replies out of date are dropped by the reducer.
template <class Event>
using CompletionQueue = Queue<Event>;

}  // namespace qudao::client
