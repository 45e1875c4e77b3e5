// What the person did, in order, handed to ImGui 1.86 a frame at a time. That version keeps no queue of its
// own: a key pressed and released between two frames would be lost, a click after a move would land at the
// wrong place. One transition a button or key and frame, therefore; what is left waits for the next frame.
// Pure: no ImGui, no browser.
#pragma once

#include <cstdint>
#include <deque>
#include <vector>

namespace qudao::platform {

enum class InputKind : std::uint8_t { move, button, wheel, key, text, leave, focus_lost };

enum Modifier : std::uint8_t { kModCtrl = 1, kModShift = 2, kModAlt = 4, kModSuper = 8 };

struct InputEvent {
  InputKind kind = InputKind::move;
  bool down = false;               // button, key
  std::uint8_t modifiers = 0;      // all kinds
  std::uint16_t code = 0;          // button: 0…4; key: see keys.hpp, 0 when only modifiers changed
  std::uint32_t character = 0;     // text: one code point
  float x = 0, y = 0;              // move, button: CSS pixels; wheel: notches
};

class InputQueue {
 public:
  void push(const InputEvent& event);
  // The events of the next frame, in order.
  [[nodiscard]] std::vector<InputEvent> take_frame();
  [[nodiscard]] bool empty() const { return waiting_.empty(); }

 private:
  std::deque<InputEvent> waiting_;
};

}  // namespace qudao::platform
