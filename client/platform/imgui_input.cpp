#include "client/platform/imgui_input.hpp"

#include <emscripten.h>

#include <algorithm>
#include <array>
#include <cfloat>

#include "client/platform/bridge.hpp"
#include "client/platform/keys.hpp"
#include "client/platform/page.hpp"
#include "imgui.h"
#include "imgui_internal.h"

namespace qudao::platform {
namespace {

struct KeyPair {
  ImGuiKey imgui;
  Key key;
};
constexpr std::array kKeys{
    KeyPair{ImGuiKey_Tab, Key::tab},           KeyPair{ImGuiKey_LeftArrow, Key::left},
    KeyPair{ImGuiKey_RightArrow, Key::right},  KeyPair{ImGuiKey_UpArrow, Key::up},
    KeyPair{ImGuiKey_DownArrow, Key::down},    KeyPair{ImGuiKey_PageUp, Key::page_up},
    KeyPair{ImGuiKey_PageDown, Key::page_down}, KeyPair{ImGuiKey_Home, Key::home},
    KeyPair{ImGuiKey_End, Key::end},           KeyPair{ImGuiKey_Insert, Key::insert},
    KeyPair{ImGuiKey_Delete, Key::del},        KeyPair{ImGuiKey_Backspace, Key::backspace},
    KeyPair{ImGuiKey_Space, Key::space},       KeyPair{ImGuiKey_Enter, Key::enter},
    KeyPair{ImGuiKey_Escape, Key::escape},     KeyPair{ImGuiKey_KeyPadEnter, Key::keypad_enter},
    KeyPair{ImGuiKey_A, Key::a},               KeyPair{ImGuiKey_C, Key::c},
    KeyPair{ImGuiKey_V, Key::v},               KeyPair{ImGuiKey_X, Key::x},
    KeyPair{ImGuiKey_Y, Key::y},               KeyPair{ImGuiKey_Z, Key::z},
};

void set_modifiers(ImGuiIO& io, std::uint8_t modifiers) {
  io.KeyCtrl = (modifiers & kModCtrl) != 0;
  io.KeyShift = (modifiers & kModShift) != 0;
  io.KeyAlt = (modifiers & kModAlt) != 0;
  io.KeySuper = (modifiers & kModSuper) != 0;
}

}  // namespace

void ImGuiInput::open() {
  ImGuiIO& io = ImGui::GetIO();
  for (const KeyPair& pair : kKeys) io.KeyMap[pair.imgui] = static_cast<int>(pair.key);
  io.MousePos = ImVec2(-FLT_MAX, -FLT_MAX);
  io.ClipboardUserData = this;
  io.SetClipboardTextFn = [](void* self, const char* text) { static_cast<ImGuiInput*>(self)->copied = text; };
  io.GetClipboardTextFn = [](void* self) { return static_cast<ImGuiInput*>(self)->to_paste.c_str(); };
  io.ImeSetInputScreenPosFn = [](int x, int y) { page().imgui.set_caret(static_cast<float>(x), static_cast<float>(y)); };
}

void ImGuiInput::set_caret(float x, float y) {
  caret_x_ = x;
  caret_y_ = y;
  line_height_ = ImGui::GetCurrentContext()->FontSize;
  caret_moved_ = true;
}

void ImGuiInput::apply(InputQueue& queue) {
  for (const InputEvent& event : queue.take_frame()) apply(event);
}

void ImGuiInput::apply(const InputEvent& event) {
  ImGuiIO& io = ImGui::GetIO();
  switch (event.kind) {
    case InputKind::move:
      io.MousePos = ImVec2(event.x, event.y);
      set_modifiers(io, event.modifiers);
      break;
    case InputKind::button:
      io.MousePos = ImVec2(event.x, event.y);
      set_modifiers(io, event.modifiers);
      if (event.code < 5) {
        io.MouseDown[event.code] = event.down;
        buttons_held_ = event.down ? buttons_held_ | (1U << event.code) : buttons_held_ & ~(1U << event.code);
      }
      break;
    case InputKind::wheel:
      io.MouseWheelH += event.x;
      io.MouseWheel += event.y;
      break;
    case InputKind::key:
      set_modifiers(io, event.modifiers);
      if (event.code > 0 && event.code < kKeyCount) io.KeysDown[event.code] = event.down;
      break;
    case InputKind::text: io.AddInputCharacter(event.character); break;
    case InputKind::leave: io.MousePos = ImVec2(-FLT_MAX, -FLT_MAX); break;
    case InputKind::focus_lost:
      // Keys let go elsewhere are never reported.
      std::fill(std::begin(io.KeysDown), std::end(io.KeysDown), false);
      std::fill(std::begin(io.MouseDown), std::end(io.MouseDown), false);
      buttons_held_ = 0;
      set_modifiers(io, 0);
      break;
  }
}

void ImGuiInput::after_frame() {
  const ImGuiIO& io = ImGui::GetIO();
  const ImGuiContext& context = *ImGui::GetCurrentContext();
  const bool editing = context.ActiveId != 0 && context.ActiveId == context.InputTextState.ID;
  const bool secret = editing && (context.InputTextState.Flags & ImGuiInputTextFlags_Password) != 0;
  if (io.WantTextInput != wants_text_ || secret != secret_) {
    wants_text_ = io.WantTextInput;
    secret_ = secret;
    qd_page_text_input(wants_text_ ? 1 : 0, secret ? 1 : 0);
  }
  if (caret_moved_ && wants_text_) {
    qd_page_caret(caret_x_, caret_y_, line_height_);
    caret_moved_ = false;
  }
  if (const int cursor = ImGui::GetMouseCursor(); cursor != cursor_) {
    cursor_ = cursor;
    qd_page_cursor(cursor);
  }
}

}  // namespace qudao::platform

using qudao::platform::InputEvent;
using qudao::platform::InputKind;
using qudao::platform::page;

namespace {

void push(const InputEvent& event) {
  page().input.push(event);
  // Three frames: the event, ImGui's answer to it, and what follows from that answer.
  qudao::platform::wake(3);
}

}  // namespace

extern "C" {

EMSCRIPTEN_KEEPALIVE void qd_on_move(float x, float y, int modifiers) {
  push({.kind = InputKind::move, .modifiers = static_cast<std::uint8_t>(modifiers), .x = x, .y = y});
}

EMSCRIPTEN_KEEPALIVE void qd_on_button(int button, int down, float x, float y, int modifiers) {
  // A finger comes down without having moved there.
  if (down != 0) qd_on_move(x, y, modifiers);
  push({.kind = InputKind::button, .down = down != 0, .modifiers = static_cast<std::uint8_t>(modifiers),
        .code = static_cast<std::uint16_t>(button), .x = x, .y = y});
}

EMSCRIPTEN_KEEPALIVE void qd_on_wheel(float x, float y, int modifiers) {
  push({.kind = InputKind::wheel, .modifiers = static_cast<std::uint8_t>(modifiers), .x = x, .y = y});
}

EMSCRIPTEN_KEEPALIVE void qd_on_leave() { push({.kind = InputKind::leave}); }
EMSCRIPTEN_KEEPALIVE void qd_on_focus_lost() { push({.kind = InputKind::focus_lost}); }

EMSCRIPTEN_KEEPALIVE void qd_on_key(int key, int down, int modifiers) {
  push({.kind = InputKind::key, .down = down != 0, .modifiers = static_cast<std::uint8_t>(modifiers),
        .code = static_cast<std::uint16_t>(key)});
}

EMSCRIPTEN_KEEPALIVE void qd_on_character(int character) {
  push({.kind = InputKind::text, .character = static_cast<std::uint32_t>(character)});
}

EMSCRIPTEN_KEEPALIVE void qd_on_composing(int composing) {
  page().composing = composing != 0;
  qudao::platform::wake();
}

// A tap: the virtual keyboard only comes when the focus moves inside the event itself.
EMSCRIPTEN_KEEPALIVE void qd_draw_now() { qudao::platform::draw_now(); }
}
