// The small bridges: address, clipboard, local storage, timers.
#include <emscripten.h>

#include <utility>

#include "client/platform/bridge.hpp"
#include "client/platform/keys.hpp"
#include "client/platform/page.hpp"
#include "client/platform/paper.hpp"
#include "client/platform/storage.hpp"

namespace qudao::platform {

std::string page_origin() {
  qd_address_get(1, "", 0);
  return returned_string();
}

bool has_query_parameter(std::string_view name) { return qd_address_has(name.data(), length_of(name)) != 0; }

std::string query_parameter(std::string_view name) {
  qd_address_get(2, name.data(), length_of(name));
  return returned_string();
}

std::string address() {
  qd_address_get(0, "", 0);
  return returned_string();
}

void set_address(std::string_view text, AddressChange change) {
  qd_address_set(text.data(), length_of(text), change == AddressChange::replace ? 1 : 0);
}

void on_address_changed(std::function<void(std::string_view)> on_changed) {
  page().on_address_changed = std::move(on_changed);
}

void open_in_new_tab(std::string_view url) { qd_address_open(url.data(), length_of(url)); }
void reload_page() { qd_address_reload(); }
void ask_before_leaving(bool ask) { qd_address_guard(ask ? 1 : 0); }

void on_paste_cells(PastedCells on_paste) { page().on_paste_cells = std::move(on_paste); }
void on_copy_request(std::function<std::string()> on_copy) { page().on_copy_request = std::move(on_copy); }
bool copy_to_clipboard(std::string_view text) { return qd_copy(text.data(), length_of(text)) != 0; }

std::string stored(std::string_view key) {
  qd_store_get(key.data(), length_of(key));
  return returned_string();
}
void store(std::string_view key, std::string_view value) {
  qd_store_set(key.data(), length_of(key), value.data(), length_of(value));
}
void forget_stored(std::string_view key) { qd_store_remove(key.data(), length_of(key)); }

void print_page(std::string_view json) { qd_print(json.data(), length_of(json)); }
void on_print_request(std::function<void()> on_print) { page().on_print_request = std::move(on_print); }
void save_picture(std::string_view name, float left, float top, float right, float bottom) {
  page().pictures_wanted.push_back({std::string(name), left, top, right, bottom});
  wake();
}

TimerId call_after(std::int64_t delay_ms, std::function<void()> action) {
  Page& p = page();
  const TimerId id = p.take_id();
  p.timers.emplace(id, std::move(action));
  qd_timer(id, static_cast<double>(delay_ms));
  return id;
}
void cancel_timer(TimerId id) { page().timers.erase(id); }

namespace {

void press(Key key, std::uint8_t modifiers) {
  InputQueue& input = page().input;
  const auto code = static_cast<std::uint16_t>(key);
  input.push({.kind = InputKind::key, .down = true, .modifiers = modifiers, .code = code});
  input.push({.kind = InputKind::key, .down = false, .modifiers = modifiers, .code = code});
}

// Ctrl, or Cmd where that is what ImGui looks at.
std::uint8_t shortcut_modifier() { return qd_page_mac() != 0 ? kModSuper : kModCtrl; }

std::string plain_lines(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\r') {
      out += '\n';
      if (i + 1 < text.size() && text[i + 1] == '\n') ++i;
    } else {
      out += text[i];
    }
  }
  return out;
}

// Several cells, not a word with the line end some programs add.
bool looks_like_cells(std::string_view text) {
  const std::size_t line_end = text.find('\n');
  return text.find('\t') != std::string_view::npos || (line_end != std::string_view::npos && line_end + 1 < text.size());
}

}  // namespace
}  // namespace qudao::platform

using namespace qudao::platform;

extern "C" {

// The DOM's copy or cut event, inside which the text must be known: ImGui gets the keys and frames at once.
EMSCRIPTEN_KEEPALIVE void qd_on_copy(int cut) {
  Page& p = page();
  p.returned.clear();
  if (p.imgui.wants_text()) {
    p.imgui.copied.clear();
    press(cut != 0 ? Key::x : Key::c, shortcut_modifier());
    draw_now();
    p.returned = std::exchange(p.imgui.copied, {});
  } else if (cut == 0 && p.on_copy_request) {
    p.returned = p.on_copy_request();
  }
  const std::string text = std::exchange(p.returned, {});
  qd_clipboard_give(text.data(), length_of(text));
}

EMSCRIPTEN_KEEPALIVE void qd_on_paste(const char* text, int length) {
  Page& p = page();
  const std::string plain = plain_lines({text, static_cast<std::size_t>(length)});
  if (p.imgui.wants_text()) {
    p.imgui.to_paste = plain;
    press(Key::v, shortcut_modifier());
    draw_now();
    p.imgui.to_paste.clear();
  } else if (p.on_paste_cells && looks_like_cells(plain)) {
    (void)p.on_paste_cells(plain);
  }
  wake();
}

EMSCRIPTEN_KEEPALIVE void qd_on_address(const char* text, int length) {
  if (page().on_address_changed) page().on_address_changed({text, static_cast<std::size_t>(length)});
  wake();
}

EMSCRIPTEN_KEEPALIVE void qd_on_timer(int id) {
  auto node = page().timers.extract(id);
  if (node.empty()) return;
  if (node.mapped()) node.mapped()();
  wake(1);
}
}
