#include "client/widgets/button.hpp"

#include <algorithm>
#include <cmath>

#include "client/widgets/detail.hpp"
#include "client/widgets/layout.hpp"
#include "client/widgets/text.hpp"

namespace qudao::ui {
namespace {

using namespace detail;

constexpr float kIconSize = 16, kIconGap = 6;

struct Paint {
  Colour fill = 0, border = 0, text = 0;
};

Paint look_of(ButtonKind kind, bool enabled, const Press& press) {
  const Colours& c = theme().colour;
  if (!enabled) {
    if (kind == ButtonKind::quiet) return {0, 0, c.text_faint};
    return {c.neutral.soft, c.line, c.text_faint};
  }
  switch (kind) {
    case ButtonKind::primary:
      return {press.held ? c.accent_pressed : press.hovered ? c.accent_hover : c.accent.solid, 0, c.text_on_solid};
    case ButtonKind::danger:
      return {press.held ? c.bad_pressed : press.hovered ? c.bad_hover : c.bad.solid, 0, c.text_on_solid};
    case ButtonKind::secondary:
      return {press.held ? c.pressed : c.surface, press.hovered ? c.accent.solid : c.line_strong,
              press.hovered ? c.accent.text : c.text};
    case ButtonKind::quiet:
      return {press.held ? c.pressed : press.hovered ? c.hover : 0, 0, press.hovered ? c.accent.text : c.text_muted};
  }
  return {};
}

float padding_of(ButtonKind kind, bool small) { return kind == ButtonKind::quiet ? 10.0F : small ? 12.0F : 16.0F; }

void draw_face(const ImRect& box, const Paint& look) {
  const float radius = theme().size.radius_m;
  if ((look.fill >> 24) != 0) canvas().AddRectFilled(box.Min, box.Max, look.fill, radius);
  if ((look.border >> 24) != 0) canvas().AddRect(box.Min, box.Max, look.border, radius);
}

}  // namespace

float button_width(std::string_view label, Icon icon, bool small) {
  const float icon_part = icon == Icon::none ? 0 : kIconSize + kIconGap;
  return std::ceil(measure(shown(label)).x + icon_part) + 2 * padding_of(ButtonKind::secondary, small);
}

bool button(std::string_view label, const ButtonOptions& options) {
  if (skipped()) return false;
  const std::string_view words = shown(label);
  const float text_width = measure(words).x;
  const float icon_part = options.icon == Icon::none ? 0 : kIconSize + (words.empty() ? 0 : kIconGap);
  const float height = options.small ? theme().size.control_height_small : theme().size.control_height;
  const float natural = std::ceil(text_width + icon_part) + 2 * padding_of(options.kind, options.small);
  const float width = options.width > 0 ? options.width : options.width < 0 ? width_left() : natural;
  const float base = (height - ImGui::GetFontSize()) / 2;
  const Press at = press(id_of(label), ImVec2(width, height), options.enabled, base);
  a11y::note_last_item(a11y::Role::button, words, {}, {.disabled = !options.enabled});
  if (!at.seen) return false;

  const Paint look = look_of(options.kind, options.enabled, at);
  draw_face(at.box, look);
  float x = at.box.Min.x + std::max((width - text_width - icon_part) / 2, 0.0F);
  if (options.icon != Icon::none) {
    put_icon(ImVec2(x, at.box.Min.y + (height - kIconSize) / 2), kIconSize, look.text, options.icon);
    x += icon_part;
  }
  put_cut(ImRect(ImVec2(x, at.box.Min.y + base), ImVec2(at.box.Max.x - 6, at.box.Max.y)), look.text, words);
  tooltip(options.enabled ? options.hint : options.why_disabled);
  return at.pressed;
}

bool primary_button(std::string_view label, ButtonOptions options) {
  options.kind = ButtonKind::primary;
  return button(label, options);
}
bool danger_button(std::string_view label, ButtonOptions options) {
  options.kind = ButtonKind::danger;
  return button(label, options);
}
bool quiet_button(std::string_view label, ButtonOptions options) {
  options.kind = ButtonKind::quiet;
  return button(label, options);
}

bool icon_button(Icon icon, std::string_view label, const ButtonOptions& options) {
  if (skipped()) return false;
  const float side = options.small ? theme().size.control_height_small : theme().size.control_height;
  const Press at = press(id_of(label), ImVec2(side, side), options.enabled, (side - ImGui::GetFontSize()) / 2);
  a11y::note_last_item(a11y::Role::button, shown(label), {}, {.disabled = !options.enabled});
  if (!at.seen) return false;
  const ButtonKind kind = options.kind == ButtonKind::secondary ? ButtonKind::quiet : options.kind;
  const Paint look = look_of(kind, options.enabled, at);
  draw_face(at.box, look);
  put_icon(at.box.Min + ImVec2((side - kIconSize) / 2, (side - kIconSize) / 2), kIconSize, look.text, icon);
  tooltip(options.enabled || options.why_disabled.empty() ? shown(label) : options.why_disabled);
  return at.pressed;
}

bool link(std::string_view label) {
  if (skipped()) return false;
  const std::string_view words = shown(label);
  ImGuiWindow& window = *ImGui::GetCurrentWindow();
  const ImVec2 at(window.DC.CursorPos.x, window.DC.CursorPos.y + window.DC.CurrLineTextBaseOffset);
  const ImRect box(at, at + measure(words));
  ImGui::ItemSize(box.GetSize(), 0);
  const Press state = press_at(id_of(label), box, true);
  a11y::note_last_item(a11y::Role::link, words);
  if (!state.seen) return false;
  const Colour colour = state.hovered ? theme().colour.accent_pressed : theme().colour.accent.text;
  put(at, colour, words);
  if (state.hovered) canvas().AddLine(ImVec2(box.Min.x, box.Max.y), box.Max, colour);
  return state.pressed;
}

int tabs(std::string_view id, std::span<const TabItem> items, int current) {
  if (skipped()) return -1;
  ImGui::PushID(id.data(), id.data() + id.size());
  const Colours& c = theme().colour;
  const float height = 40, padding = 14;
  const ImVec2 start = ImGui::GetCursorScreenPos();
  const float right = start.x + width_left();
  int chosen = -1;
  for (int i = 0; i < static_cast<int>(items.size()); ++i) {
    const TabItem& item = items[static_cast<std::size_t>(i)];
    const std::string_view words = shown(item.label);
    const float icon_part = item.icon == Icon::none ? 0 : kIconSize + kIconGap;
    const float count_part = item.count.empty() ? 0 : measure(item.count).x + kIconGap;
    if (i > 0) ImGui::SameLine(0, 4);
    const Press at = press(id_of(item.label), ImVec2(std::ceil(measure(words).x + icon_part + count_part) + 2 * padding, height), true);
    a11y::note_last_item(a11y::Role::tab, words, item.count, {.selected = i == current});
    if (at.pressed && i != current) chosen = i;
    if (!at.seen) continue;
    const Colour colour = i == current ? c.accent.text : at.hovered ? c.text : c.text_muted;
    float x = at.box.Min.x + padding;
    const float y = at.box.Min.y + (height - ImGui::GetFontSize()) / 2;
    put_icon(ImVec2(x, at.box.Min.y + (height - kIconSize) / 2), kIconSize, colour, item.icon);
    x += icon_part;
    put(ImVec2(x, y), colour, words);
    if (!item.count.empty()) put(ImVec2(x + measure(words).x + kIconGap, y), c.text_faint, item.count);
    if (i == current)
      canvas().AddRectFilled(ImVec2(at.box.Min.x + 6, at.box.Max.y - 3), ImVec2(at.box.Max.x - 6, at.box.Max.y), c.accent.solid, 1.5F);
  }
  canvas().AddLine(ImVec2(start.x, start.y + height), ImVec2(right, start.y + height), c.line);
  ImGui::PopID();
  return chosen;
}

namespace {

constexpr float kSegmentPadding = 14, kSegmentInset = 3;

float segment_width(const TabItem& item) {
  return std::ceil(measure(shown(item.label)).x + (item.icon == Icon::none ? 0 : kIconSize + kIconGap)) + 2 * kSegmentPadding;
}

}  // namespace

float segmented_width(std::span<const TabItem> items) {
  float total = 2 * kSegmentInset;
  for (const TabItem& item : items) total += segment_width(item);
  return total;
}

int segmented(std::string_view id, std::span<const TabItem> items, int current) {
  if (skipped() || items.empty()) return -1;
  ImGui::PushID(id.data(), id.data() + id.size());
  const Colours& c = theme().colour;
  const float height = theme().size.control_height, padding = kSegmentPadding, inset = kSegmentInset, total = segmented_width(items);
  const ImVec2 start = ImGui::GetCursorScreenPos();
  canvas().AddRectFilled(start, start + ImVec2(total, height), c.pressed, theme().size.radius_m);
  int chosen = -1;
  float x = start.x + inset;
  for (int i = 0; i < static_cast<int>(items.size()); ++i) {
    const TabItem& item = items[static_cast<std::size_t>(i)];
    const std::string_view words = shown(item.label);
    const float icon_part = item.icon == Icon::none ? 0 : kIconSize + kIconGap;
    const float width = segment_width(item);
    const ImRect box(ImVec2(x, start.y + inset), ImVec2(x + width, start.y + height - inset));
    x += width;
    const Press at = press_at(id_of(item.label), box, true);
    a11y::note_last_item(a11y::Role::tab, words, {}, {.selected = i == current});
    if (at.pressed && i != current) chosen = i;
    if (!at.seen) continue;
    if (i == current) {
      card_shadow(box, theme().size.radius_s);
      canvas().AddRectFilled(box.Min, box.Max, c.surface, theme().size.radius_s);
    }
    const Colour colour = i == current ? c.accent.text : at.hovered ? c.text : c.text_muted;
    put_icon(ImVec2(box.Min.x + padding, start.y + (height - kIconSize) / 2), kIconSize, colour, item.icon);
    put(ImVec2(box.Min.x + padding + icon_part, start.y + (height - ImGui::GetFontSize()) / 2), colour, words);
  }
  ImGui::SetCursorScreenPos(start);
  ImGui::ItemSize(ImVec2(total, height), (height - ImGui::GetFontSize()) / 2);
  ImGui::PopID();
  return chosen;
}

}  // namespace qudao::ui
