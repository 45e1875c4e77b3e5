#include "client/platform/input_queue.hpp"

#include <algorithm>

namespace qudao::platform {
namespace {

// What a frame holds so far, and whether one event more would still be seen rightly.
class FrameRules {
 public:
  [[nodiscard]] bool admits(const InputEvent& event) const {
    switch (event.kind) {
      case InputKind::move: return !has_button_;
      // A press waits until what lies below has been hovered for a frame: overlapping items need that.
      case InputKind::button: return !has_wheel_ && !(event.down && has_move_) && !turned(buttons_, event.code) && same_modifiers(event);
      case InputKind::wheel: return !has_button_;
      // Text before a key stays before it, and a key before text: ImGui reads all text first.
      case InputKind::key: return !has_text_ && !turned(keys_, event.code) && same_modifiers(event);
      case InputKind::text: return !has_button_ && keys_.empty();
      case InputKind::leave: return !has_button_;
      case InputKind::focus_lost: return !has_any_;
    }
    return true;
  }

  void add(const InputEvent& event) {
    has_any_ = true;
    if (event.kind == InputKind::move) has_move_ = true;
    if (event.kind == InputKind::button) {
      has_button_ = true;
      buttons_.push_back(event.code);
    }
    if (event.kind == InputKind::wheel) has_wheel_ = true;
    if (event.kind == InputKind::text) has_text_ = true;
    if (event.kind == InputKind::key) keys_.push_back(event.code);
    if (event.kind == InputKind::key || event.kind == InputKind::button) modifiers_ = event.modifiers;
  }

 private:
  [[nodiscard]] static bool turned(const std::vector<std::uint16_t>& seen, std::uint16_t code) {
    return std::find(seen.begin(), seen.end(), code) != seen.end();
  }
  // Modifiers alone are key 0: no key goes up or down.
  [[nodiscard]] bool same_modifiers(const InputEvent& event) const {
    return (buttons_.empty() && keys_.empty()) || event.modifiers == modifiers_;
  }

  std::vector<std::uint16_t> buttons_, keys_;
  std::uint8_t modifiers_ = 0;
  bool has_any_ = false, has_move_ = false, has_button_ = false, has_wheel_ = false, has_text_ = false;
};

}  // namespace

void InputQueue::push(const InputEvent& event) {
  // A mouse sends a thousand moves a second; between two frames only the last counts.
  if (event.kind == InputKind::move && !waiting_.empty() && waiting_.back().kind == InputKind::move) {
    waiting_.back() = event;
    return;
  }
  waiting_.push_back(event);
}

std::vector<InputEvent> InputQueue::take_frame() {
  std::vector<InputEvent> frame;
  FrameRules rules;
  while (!waiting_.empty() && rules.admits(waiting_.front())) {
    rules.add(waiting_.front());
    frame.push_back(waiting_.front());
    waiting_.pop_front();
  }
  return frame;
}

}  // namespace qudao::platform
