#include "client/platform/queue.hpp"

#include <catch2/catch.hpp>
#include <string>

using qudao::client::Queue;

TEST_CASE("items come out in order, once, and pushing wakes") {
  int woken = 0;
  Queue<std::string> queue([&woken] { ++woken; });
  queue.push("a");
  queue.push("b");
  CHECK(woken == 2);
  CHECK(queue.take() == std::vector<std::string>{"a", "b"});
  CHECK(queue.take().empty());
}

TEST_CASE("what is pushed while items are worked on waits for the next take") {
  Queue<int> queue;
  queue.push(1);
  std::vector<int> seen;
  for (const int item : queue.take()) {
    seen.push_back(item);
    queue.push(item + 1);
  }
  CHECK(seen == std::vector<int>{1});
  CHECK(queue.take() == std::vector<int>{2});
}
