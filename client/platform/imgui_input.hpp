// From InputQueue to ImGui's io, and back: cursor shape, clipboard, the place of the caret for the IME.
// For client/platform only.
#pragma once

#include <string>
#include <string_view>

#include "client/platform/input_queue.hpp"

namespace qudao::platform {

class ImGuiInput {
 public:
  void open();                                    // after ImGui's context exists
  void apply(InputQueue& queue);                  // before NewFrame
  void after_frame();                             // tell the browser what ImGui wants now
  [[nodiscard]] bool wants_text() const { return wants_text_; }
  [[nodiscard]] bool button_held() const { return buttons_held_ != 0; }

  // What ImGui puts on the clipboard and takes from it.
  std::string copied, to_paste;
  void set_caret(float x, float y);

 private:
  void apply(const InputEvent& event);
  bool wants_text_ = false, secret_ = false;
  int cursor_ = -1;
  unsigned buttons_held_ = 0;
  float caret_x_ = 0, caret_y_ = 0, line_height_ = 0;
  bool caret_moved_ = false;
};

}  // namespace qudao::platform
