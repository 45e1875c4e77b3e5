#include "client/platform/a11y.hpp"

#include <algorithm>
#include <cstdarg>

#include "client/platform/a11y_list.hpp"
#include "client/platform/page.hpp"
#include "imgui.h"
#include "imgui_internal.h"

namespace qudao::platform {
namespace {

// What follows ## is for ImGui only.
std::string_view visible_part(std::string_view label) { return label.substr(0, label.find("##")); }

void append_json_text(std::string& out, std::string_view text) {
  static constexpr char kHex[] = "0123456789abcdef";
  out += '"';
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (byte < 0x20) {
      out += "\\u00";
      out += kHex[byte >> 4];
      out += kHex[byte & 15];
    } else {
      out += c;
    }
  }
  out += '"';
}

unsigned flags_of(const A11yItem& item) {
  const a11y::State& s = item.state;
  return (s.disabled ? 1U : 0U) | (s.checked ? 2U : 0U) | (s.selected ? 4U : 0U) | (s.expandable ? 8U : 0U) |
         (s.expanded ? 16U : 0U) | (s.invalid ? 32U : 0U) | (item.focused ? 64U : 0U);
}

class Fnv {
 public:
  template <class T>
  void add(const T& value) {
    add(&value, sizeof value);
  }
  void add(const void* data, std::size_t size) {
    const auto* bytes = static_cast<const unsigned char*>(data);
    for (std::size_t i = 0; i < size; ++i) hash_ = (hash_ ^ bytes[i]) * 1099511628211U;
  }
  [[nodiscard]] std::uint64_t value() const { return hash_; }

 private:
  std::uint64_t hash_ = 14695981039346656037U;
};

bool has_area(const a11y::Box& box) { return box.right - box.left >= 1 && box.bottom - box.top >= 1; }

// The part of a rectangle that can be seen, and where it belongs; false if a modal dialog shuts it out.
bool locate(const ImRect& rect, A11yList& list, a11y::Box& box) {
  const ImGuiWindow& window = *ImGui::GetCurrentWindowRead();
  ImRect seen = rect;
  // Outside of all windows (the strip over everything) ImGui's stand-in window is current.
  if (!window.IsFallbackWindow) seen.ClipWith(window.ClipRect);
  box = {seen.Min.x, seen.Min.y, seen.Max.x, seen.Max.y};
  list.window = window.RootWindow->ID;
  ImGuiWindow* const modal = ImGui::GetTopMostPopupModal();
  // Not GetCurrentWindow(): that would bring ImGui's stand-in window to light.
  ImGuiWindow* const current = ImGui::GetCurrentContext()->CurrentWindow;
  list.shut_out = modal != nullptr && !ImGui::IsWindowWithinBeginStackOf(current, modal);
  return has_area(box);
}

}  // namespace

void A11yList::begin_frame() {
  items_.clear();
  text_.clear();
}

void A11yList::add_box(std::uint32_t id, const a11y::Box& box, bool visible) {
  A11yItem item;
  item.id = id;
  item.window = window;
  item.box = box;
  item.clipped_away = !visible || shut_out;
  items_.push_back(item);
}

void A11yList::put_label(A11yItem& item, std::string_view label) {
  item.label = static_cast<std::uint32_t>(text_.size());
  item.label_length = static_cast<std::uint32_t>(label.size());
  text_ += label;
}

void A11yList::put_value(A11yItem& item, std::string_view value) {
  item.value = static_cast<std::uint32_t>(text_.size());
  item.value_length = static_cast<std::uint32_t>(value.size());
  text_ += value;
}

void A11yList::label(std::uint32_t id, std::string_view label, a11y::Role role, const a11y::State& state) {
  for (auto item = items_.rbegin(); item != items_.rend() && item - items_.rbegin() < 16; ++item) {
    if (item->id != id) continue;
    if (item->role != a11y::Role::none) return;  // a wrapper knew better
    item->role = role;
    item->state = state;
    put_label(*item, visible_part(label));
    return;
  }
}

void A11yList::add(a11y::Role role, const a11y::Box& box, std::string_view label, std::string_view value,
                   const a11y::State& state) {
  const bool told_over_dialogs = role == a11y::Role::status || role == a11y::Role::alert;
  if (shut_out && !told_over_dialogs) return;
  A11yItem item;
  item.window = window;
  item.role = role;
  item.box = box;
  item.state = state;
  put_label(item, label);
  put_value(item, value);
  items_.push_back(item);
}

void A11yList::replace_last(std::uint32_t id, a11y::Role role, std::string_view label, std::string_view value,
                            const a11y::State& state) {
  for (auto item = items_.rbegin(); item != items_.rend(); ++item) {
    if (item->id != id) continue;
    item->role = role;
    item->state = state;
    put_label(*item, visible_part(label));
    put_value(*item, value);
    return;
  }
}

void A11yList::end_frame() {
  std::erase_if(items_, [](const A11yItem& item) {
    return item.clipped_away || item.role == a11y::Role::none || (item.label_length == 0 && item.value_length == 0);
  });
  // What lies in front comes last, as in the page: a list over a table must take the presses.
  const auto& windows = ImGui::GetCurrentContext()->Windows;
  const auto depth = [&windows](std::uint32_t id) {
    int at = 0;
    while (at < windows.Size && windows[at]->ID != id) ++at;
    return at;
  };
  std::stable_sort(items_.begin(), items_.end(), [&](const A11yItem& a, const A11yItem& b) {
    return a.window != b.window && depth(a.window) < depth(b.window);
  });
  Fnv fnv;
  for (A11yItem& item : items_) {
    item.focused = item.id != 0 && item.id == focused_id;
    fnv.add(item.id);
    fnv.add(item.role);
    fnv.add(item.box);
    fnv.add(flags_of(item));
    fnv.add(item.state.level);
    fnv.add(text_.data() + item.label, item.label_length);
    fnv.add(item.label_length);
    fnv.add(text_.data() + item.value, item.value_length);
  }
  hash_ = fnv.value();
}

bool A11yList::changed() { return std::exchange(told_hash_, hash_) != hash_; }

std::string A11yList::json() const {
  std::string out = "[";
  const auto number = [&out](auto value) {
    out += std::to_string(value);
    out += ',';
  };
  for (const A11yItem& item : items_) {
    if (out.size() > 1) out += ',';
    out += '[';
    number(item.id);
    number(static_cast<int>(item.role));
    number(static_cast<int>(item.box.left));
    number(static_cast<int>(item.box.top));
    number(static_cast<int>(item.box.right) - static_cast<int>(item.box.left));
    number(static_cast<int>(item.box.bottom) - static_cast<int>(item.box.top));
    number(flags_of(item));
    number(item.state.level);
    append_json_text(out, text(item.label, item.label_length));
    out += ',';
    append_json_text(out, text(item.value, item.value_length));
    out += ']';
  }
  out += ']';
  return out;
}

namespace a11y {

void note_last_item(Role role, std::string_view label, std::string_view value, const State& state) {
  const ImGuiContext& g = *ImGui::GetCurrentContext();
  A11yList& list = page().a11y;
  if (g.LastItemData.ID != 0) {
    list.replace_last(g.LastItemData.ID, role, label, value, state);
    return;
  }
  const ImRect& rect = g.LastItemData.Rect;
  note(role, {rect.Min.x, rect.Min.y, rect.Max.x, rect.Max.y}, label, value, state);
}

void note(Role role, const Box& box, std::string_view label, std::string_view value, const State& state) {
  A11yList& list = page().a11y;
  Box seen;
  if (locate(ImRect(box.left, box.top, box.right, box.bottom), list, seen))
    list.add(role, seen, visible_part(label), value, state);
}

}  // namespace a11y
}  // namespace qudao::platform

using qudao::platform::page;
namespace a11y = qudao::platform::a11y;

// ImGui calls these four for each item while TestEngineHookItems is set; no test engine is linked.
void ImGuiTestEngineHook_ItemAdd(ImGuiContext* context, const ImRect& box, ImGuiID id) {
  auto& list = page().a11y;
  a11y::Box seen;
  const bool visible = qudao::platform::locate(box, list, seen);
  list.focused_id = context->ActiveId != 0 ? context->ActiveId : context->NavDisableHighlight ? 0 : context->NavId;
  list.add_box(id, seen, visible);
}

void ImGuiTestEngineHook_ItemInfo(ImGuiContext* context, ImGuiID id, const char* label, ImGuiItemStatusFlags flags) {
  a11y::State state;
  state.disabled = (context->LastItemData.InFlags & ImGuiItemFlags_Disabled) != 0;
  state.checked = (flags & ImGuiItemStatusFlags_Checked) != 0;
  state.expandable = (flags & ImGuiItemStatusFlags_Openable) != 0;
  state.expanded = (flags & ImGuiItemStatusFlags_Opened) != 0;
  const auto role = (flags & ImGuiItemStatusFlags_Checkable) != 0 ? a11y::Role::checkbox
                    : state.expandable                            ? a11y::Role::treeitem
                                                                  : a11y::Role::button;
  page().a11y.label(id, label, role, state);
}

void ImGuiTestEngineHook_Log(ImGuiContext*, const char*, ...) {}
const char* ImGuiTestEngine_FindItemDebugLabel(ImGuiContext*, ImGuiID) { return nullptr; }
