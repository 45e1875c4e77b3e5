// Choosing: combo, checkbox, toggle, radio, menu.
#include <algorithm>
#include <cmath>
#include <string>

#include "client/widgets/detail.hpp"
#include "client/widgets/input.hpp"
#include "client/widgets/layout.hpp"
#include "client/widgets/text.hpp"

namespace qudao::ui {
namespace {

using namespace detail;

constexpr int kItemsSeen = 9;

// What is typed into the open combo's filter. Only one popup list can be open at a time.
std::string& open_filter() {
  static std::string filter;
  return filter;
}

bool list_item(std::string_view label, Icon icon, bool selected, bool enabled, Colour colour, a11y::Role role) {
  const Colours& c = theme().colour;
  const Press at = press(id_of(label), ImVec2(std::max(width_left(), measure(shown(label)).x + 48), theme().size.list_row_height), enabled);
  a11y::note_last_item(role, shown(label), {}, {.disabled = !enabled, .selected = selected});
  if (!at.seen) return at.pressed;
  if (selected || at.hovered) canvas().AddRectFilled(at.box.Min, at.box.Max, selected ? c.selected : c.hover, theme().size.radius_s);
  const float icon_part = icon == Icon::none ? 0 : 24.0F;
  put_icon(at.box.Min + ImVec2(8, (theme().size.list_row_height - 16) / 2), 16, enabled ? colour : c.text_faint, icon);
  const ImVec2 from = at.box.Min + ImVec2(10 + icon_part, (theme().size.list_row_height - ImGui::GetFontSize()) / 2);
  put_cut(ImRect(from, ImVec2(at.box.Max.x - 24, at.box.Max.y)), !enabled ? c.text_faint : selected ? c.accent.text : colour, shown(label));
  if (selected) put_icon(ImVec2(at.box.Max.x - 24, at.box.Min.y + (theme().size.list_row_height - 14) / 2), 14, c.accent.text, Icon::check);
  return at.pressed;
}

bool contains_folded(std::string_view text, std::string_view part) {
  const auto fold = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  return std::search(text.begin(), text.end(), part.begin(), part.end(),
                     [&](char a, char b) { return fold(a) == fold(b); }) != text.end();
}

int combo_popup(int current, int count, const std::function<std::string_view(int)>& item, const ComboOptions& options) {
  int chosen = -1;
  std::string& filter = open_filter();
  if (options.filter) {
    (void)search_field("##filter", filter, {.width = width_left(), .focus_now = ImGui::IsWindowAppearing()});
    ImGui::Dummy(ImVec2(0, 2));
  }
  ImGui::BeginChild("list", ImVec2(0, 0), false, ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NavFlattened);
  int shown_count = 0;
  for (int i = 0; i < count; ++i) {
    const std::string_view words = item(i);
    if (options.filter && !filter.empty() && !contains_folded(words, filter)) continue;
    ++shown_count;
    ImGui::PushID(i);
    if (list_item(words, Icon::none, i == current, true, theme().colour.text, a11y::Role::option)) chosen = i;
    // The keyboard begins at what is chosen now.
    if (i == current && ImGui::IsWindowAppearing()) {
      ImGui::SetScrollHereY();
      if (!options.filter) ImGui::SetItemDefaultFocus();
    }
    ImGui::PopID();
  }
  if (shown_count == 0) muted("—");
  ImGui::EndChild();
  return chosen;
}

Press combo_frame(std::string_view label, std::string_view words, bool chosen, const ComboOptions& options, float width) {
  const Colours& c = theme().colour;
  const float height = theme().size.control_height;
  const Press at = press(id_of(label), ImVec2(width, height), options.enabled, (height - ImGui::GetFontSize()) / 2);
  const bool open = ImGui::IsPopupOpen("list", ImGuiPopupFlags_None);
  a11y::note_last_item(a11y::Role::combobox, shown(label), words,
                       {.disabled = !options.enabled, .expandable = true, .expanded = open, .invalid = !options.error.empty()});
  if (!at.seen) return at;
  canvas().AddRectFilled(at.box.Min, at.box.Max, options.enabled ? c.surface : c.neutral.soft, theme().size.radius_m);
  const Colour border = !options.error.empty() ? c.bad.solid : open ? c.accent.solid : at.hovered ? c.accent.line : c.line_strong;
  canvas().AddRect(at.box.Min, at.box.Max, border, theme().size.radius_m);
  const ImVec2 from = at.box.Min + ImVec2(12, (height - ImGui::GetFontSize()) / 2);
  put_cut(ImRect(from, ImVec2(at.box.Max.x - 30, at.box.Max.y)), chosen && options.enabled ? c.text : c.text_faint, words);
  put_icon(ImVec2(at.box.Max.x - 26, at.box.Min.y + (height - 14) / 2), 14, c.text_muted, Icon::chevron_down);
  return at;
}

struct Mark {
  Press at;
  ImRect box;
};

// A small figure with words right of it, pressed as one.
Mark mark(std::string_view label, ImVec2 figure_size, bool enabled, a11y::Role role, bool on) {
  const std::string_view words = shown(label);
  const float height = theme().size.control_height;
  const float text_part = words.empty() ? 0 : measure(words).x + 8;
  const Press at = press(id_of(label), ImVec2(figure_size.x + text_part, height), enabled, (height - ImGui::GetFontSize()) / 2);
  a11y::note_last_item(role, words, {}, {.disabled = !enabled, .checked = on, .selected = on});
  const ImVec2 corner = at.box.Min + ImVec2(0, (height - figure_size.y) / 2);
  if (at.seen && !words.empty())
    put(at.box.Min + ImVec2(figure_size.x + 8, (height - ImGui::GetFontSize()) / 2), enabled ? theme().colour.text : theme().colour.text_faint, words);
  return {at, ImRect(corner, corner + figure_size)};
}

Colour mark_border(const Mark& m) { return m.at.hovered ? theme().colour.accent.solid : theme().colour.line_strong; }

}  // namespace

bool option_line(std::string_view label, std::string_view detail, std::string_view kind, Icon icon, bool chosen) {
  if (skipped()) return false;
  const Colours& c = theme().colour;
  const float height = theme().size.list_row_height;
  const Press at = press(id_of(label), ImVec2(width_left(), height), true);
  a11y::note_last_item(a11y::Role::option, shown(label), detail, {.selected = chosen});
  if (!at.seen) return at.pressed;
  if (chosen || at.hovered) canvas().AddRectFilled(at.box.Min, at.box.Max, chosen ? c.selected : c.hover, theme().size.radius_s);
  put_icon(at.box.Min + ImVec2(8, (height - 16) / 2), 16, chosen ? c.accent.text : c.text_muted, icon);
  const float kind_width = measure(kind).x, y = at.box.Min.y + (height - ImGui::GetFontSize()) / 2;
  put(ImVec2(at.box.Max.x - 10 - kind_width, y), c.text_faint, kind);
  const float right = at.box.Max.x - 24 - kind_width;
  const float name = std::min(measure(shown(label)).x, std::max(right - at.box.Min.x - 34, 20.0F));
  put_cut(ImRect(ImVec2(at.box.Min.x + 34, y), ImVec2(at.box.Min.x + 34 + name + 0.5F, at.box.Max.y)), chosen ? c.accent.text : c.text, shown(label));
  const float from = at.box.Min.x + 34 + name + 12;
  if (!detail.empty() && right > from + 20) put_cut(ImRect(ImVec2(from, y), ImVec2(right, at.box.Max.y)), c.text_muted, detail);
  return at.pressed;
}

bool combo(std::string_view label, int& current, int count, const std::function<std::string_view(int)>& item,
           const ComboOptions& options) {
  if (skipped()) return false;
  ImGui::BeginGroup();
  if (options.label_place == LabelPlace::above) muted(shown(label));
  if (options.label_place == LabelPlace::left) {
    align_to_controls();
    muted(shown(label));
    beside();
  }
  ImGui::PushID(label.data(), label.data() + label.size());
  const float width = options.width > 0 ? options.width : options.width < 0 ? width_left() : theme().size.form_width;
  const bool has = current >= 0 && current < count;
  const Press at = combo_frame(label, has ? item(current) : options.placeholder, has, options, width);
  if (at.pressed) {
    open_filter().clear();
    ImGui::OpenPopup("list");
  }
  bool changed = false;
  const float list_height = static_cast<float>(std::clamp(count, 1, kItemsSeen)) * (theme().size.list_row_height + 2) + 12 + (options.filter ? 46.0F : 0.0F);
  // Above the field where there is no room below it.
  const ImVec2 screen = ImGui::GetIO().DisplaySize;
  const bool above = at.box.Max.y + 4 + list_height > screen.y && at.box.Min.y - 4 - list_height > 0;
  ImGui::SetNextWindowPos(ImVec2(at.box.Min.x, above ? at.box.Min.y - 4 - list_height : at.box.Max.y + 4));
  ImGui::SetNextWindowSize(ImVec2(width, list_height));
  {
    const PopupStyle style;
    if (ImGui::BeginPopup("list", ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoResize)) {
      if (const int chosen = combo_popup(current, count, item, options); chosen >= 0) {
        changed = chosen != current;
        current = chosen;
        ImGui::CloseCurrentPopup();
      }
      ImGui::EndPopup();
    }
  }
  ImGui::PopID();
  if (!options.error.empty()) {
    const FaceScope face(Face::small);
    told(Tone::bad, options.error);
  }
  ImGui::EndGroup();
  return changed;
}

bool combo(std::string_view label, int& current, std::span<const std::string_view> items, const ComboOptions& options) {
  return combo(
      label, current, static_cast<int>(items.size()), [items](int i) { return items[static_cast<std::size_t>(i)]; }, options);
}

bool checkbox(std::string_view label, bool& value, bool enabled) {
  if (skipped()) return false;
  const Colours& c = theme().colour;
  const Mark m = mark(label, ImVec2(16, 16), enabled, a11y::Role::checkbox, value);
  if (m.at.pressed) value = !value;
  if (!m.at.seen) return m.at.pressed;
  const float radius = theme().size.radius_s - 1;
  if (value) {
    canvas().AddRectFilled(m.box.Min, m.box.Max, enabled ? c.accent.solid : c.line_strong, radius);
    const ImVec2 points[3] = {m.box.Min + ImVec2(3.5F, 8.2F), m.box.Min + ImVec2(6.8F, 11.4F), m.box.Min + ImVec2(12.5F, 5.0F)};
    canvas().AddPolyline(points, 3, c.text_on_solid, ImDrawFlags_None, 1.8F);
  } else {
    canvas().AddRectFilled(m.box.Min, m.box.Max, enabled ? c.surface : c.neutral.soft, radius);
    canvas().AddRect(m.box.Min, m.box.Max, mark_border(m), radius);
  }
  return m.at.pressed;
}

bool toggle(std::string_view label, bool& value, bool enabled) {
  if (skipped()) return false;
  const Colours& c = theme().colour;
  const Mark m = mark(label, ImVec2(36, 20), enabled, a11y::Role::switch_, value);
  if (m.at.pressed) value = !value;
  if (!m.at.seen) return m.at.pressed;
  canvas().AddRectFilled(m.box.Min, m.box.Max, !enabled ? c.line : value ? c.accent.solid : c.text_faint, 10);
  canvas().AddCircleFilled(m.box.Min + ImVec2(value ? 26.0F : 10.0F, 10), 7.5F, c.surface);
  return m.at.pressed;
}

bool radio(std::string_view label, int& current, int value, bool enabled) {
  if (skipped()) return false;
  const Colours& c = theme().colour;
  const Mark m = mark(label, ImVec2(16, 16), enabled, a11y::Role::radio, current == value);
  const bool changed = m.at.pressed && current != value;
  if (changed) current = value;
  if (!m.at.seen) return changed;
  const ImVec2 centre = m.box.Min + ImVec2(8, 8);
  if (current == value) {
    canvas().AddCircleFilled(centre, 8, enabled ? c.accent.solid : c.line_strong);
    canvas().AddCircleFilled(centre, 3.2F, c.text_on_solid);
  } else {
    canvas().AddCircleFilled(centre, 8, c.surface);
    canvas().AddCircle(centre, 7.5F, mark_border(m));
  }
  return changed;
}

int menu_button(std::string_view label, std::span<const MenuItem> items, Icon icon) {
  if (skipped()) return -1;
  const std::string_view words = shown(label);
  ImGui::PushID(label.data(), label.data() + label.size());
  const float height = theme().size.control_height, icon_part = icon == Icon::none ? 0 : 22.0F;
  const float width = measure(words).x + icon_part + 22 + 20;
  const Press at = press(id_of(label), ImVec2(width, height), true, (height - ImGui::GetFontSize()) / 2);
  const Colours& c = theme().colour;
  a11y::note_last_item(a11y::Role::button, words, {}, {.expandable = true, .expanded = ImGui::IsPopupOpen("menu")});
  if (at.seen) {
    if (at.hovered) canvas().AddRectFilled(at.box.Min, at.box.Max, at.held ? c.pressed : c.hover, theme().size.radius_m);
    put_icon(at.box.Min + ImVec2(10, (height - 16) / 2), 16, c.text_muted, icon);
    put(at.box.Min + ImVec2(10 + icon_part, (height - ImGui::GetFontSize()) / 2), c.text, words);
    put_icon(ImVec2(at.box.Max.x - 24, at.box.Min.y + (height - 14) / 2), 14, c.text_muted, Icon::chevron_down);
  }
  if (at.pressed) ImGui::OpenPopup("menu");
  float widest = width;
  for (const MenuItem& item : items) widest = std::max(widest, measure(shown(item.label)).x + 74);
  const float left = std::min(at.box.Min.x, ImGui::GetIO().DisplaySize.x - widest - 8);
  ImGui::SetNextWindowPos(ImVec2(left, at.box.Max.y + 4));
  ImGui::SetNextWindowSize(ImVec2(widest, 0));
  int chosen = -1;
  const PopupStyle style;
  if (ImGui::BeginPopup("menu", ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoResize)) {
    for (int i = 0; i < static_cast<int>(items.size()); ++i) {
      const MenuItem& item = items[static_cast<std::size_t>(i)];
      if (list_item(item.label, item.icon, false, item.enabled, item.danger ? c.bad.text : c.text, a11y::Role::menuitem)) chosen = i;
    }
    if (chosen >= 0) ImGui::CloseCurrentPopup();
    ImGui::EndPopup();
  }
  ImGui::PopID();
  return chosen;
}

}  // namespace qudao::ui
