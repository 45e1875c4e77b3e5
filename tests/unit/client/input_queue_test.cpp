// One transition a button or key and frame, in order, nothing lost.
#include "client/platform/input_queue.hpp"

#include <catch2/catch.hpp>
#include <string>

using qudao::platform::InputEvent;
using qudao::platform::InputKind;
using qudao::platform::InputQueue;

namespace {

InputEvent key(std::uint16_t code, bool down, std::uint8_t modifiers = 0) {
  return {.kind = InputKind::key, .down = down, .modifiers = modifiers, .code = code};
}
InputEvent button(bool down, float x) { return {.kind = InputKind::button, .down = down, .x = x}; }
InputEvent move(float x) { return {.kind = InputKind::move, .x = x}; }
InputEvent text(char32_t c) { return {.kind = InputKind::text, .character = c}; }

std::vector<std::size_t> frame_sizes(InputQueue& queue) {
  std::vector<std::size_t> sizes;
  while (!queue.empty()) sizes.push_back(queue.take_frame().size());
  return sizes;
}

}  // namespace

TEST_CASE("a key pressed and let go between two frames is seen down for one") {
  InputQueue queue;
  queue.push(key(12, true));
  queue.push(key(12, false));
  const auto first = queue.take_frame();
  REQUIRE(first.size() == 1);
  CHECK(first[0].down);
  const auto second = queue.take_frame();
  REQUIRE(second.size() == 1);
  CHECK_FALSE(second[0].down);
}

TEST_CASE("different keys share a frame, the same key does not") {
  InputQueue queue;
  for (const InputEvent& event : {key(1, true), key(2, true), key(1, false), key(2, false)}) queue.push(event);
  CHECK(frame_sizes(queue) == std::vector<std::size_t>{2, 2});
}

TEST_CASE("keys with other modifiers wait, so that Ctrl+C is not C") {
  InputQueue queue;
  queue.push(key(18, true, qudao::platform::kModCtrl));
  queue.push(key(2, true, 0));
  CHECK(frame_sizes(queue) == std::vector<std::size_t>{1, 1});
}

TEST_CASE("only the last of many moves counts, but none is taken over a click") {
  InputQueue queue;
  for (int i = 0; i < 100; ++i) queue.push(move(static_cast<float>(i)));
  queue.push(button(true, 99));
  queue.push(button(false, 99));
  queue.push(move(200));
  const auto hover = queue.take_frame();
  REQUIRE(hover.size() == 1);
  CHECK(hover[0].x == 99);
  CHECK(queue.take_frame().size() == 1);  // down, after a frame of hovering
  CHECK(queue.take_frame().size() == 1);  // up
  const auto last = queue.take_frame();
  REQUIRE(last.size() == 1);
  CHECK(last[0].x == 200);
}

TEST_CASE("text keeps its place among keys") {
  InputQueue queue;
  for (const InputEvent& event : {text('a'), text('b'), key(12, true), key(12, false), text('c')}) queue.push(event);
  CHECK(frame_sizes(queue) == std::vector<std::size_t>{2, 1, 1, 1});
}

TEST_CASE("losing the focus comes alone and after what was before it") {
  InputQueue queue;
  queue.push(key(5, true));
  queue.push({.kind = InputKind::focus_lost});
  queue.push(key(5, true));
  CHECK(frame_sizes(queue) == std::vector<std::size_t>{1, 2});
}
