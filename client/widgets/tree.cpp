#include "client/widgets/tree.hpp"

#include <algorithm>
#include <string>

#include "client/widgets/detail.hpp"
#include "client/widgets/layout.hpp"
#include "client/widgets/text.hpp"

namespace qudao::ui {
namespace {

using namespace detail;

constexpr float kStep = 18;

float row_height() { return theme().size.tree_row_height; }

// Tab comes to one row of a tree: the one that had the focus last, or the first in view when that is out of sight. Kept with the
// window the tree is in.
bool tab_comes_to(ImGuiID item) {
  ImGuiStorage& kept = *ImGui::GetStateStorage();
  const ImGuiID stop = ImHashStr("tree_stop"), seen = ImHashStr("tree_stop_seen"), drawn = ImHashStr("tree_drawn");
  const int frame = ImGui::GetFrameCount();
  const auto own = static_cast<int>(item);
  const bool first = kept.GetInt(drawn, -2) != frame;
  if (first) kept.SetInt(drawn, frame);
  if (ImGui::GetCurrentContext()->NavId == item || (first && kept.GetInt(seen, -2) < frame - 1)) kept.SetInt(stop, own);
  if (kept.GetInt(stop) != own) return false;
  kept.SetInt(seen, frame);
  return true;
}

// Right unfolds, Left folds, as in any tree.
bool folded_by_key(ImGuiID item, bool expanded) {
  const ImGuiContext& g = *ImGui::GetCurrentContext();
  if (g.NavId != item || g.NavDisableHighlight || g.IO.KeyAlt || !ImGui::IsKeyPressedMap(expanded ? ImGuiKey_LeftArrow : ImGuiKey_RightArrow, false)) return false;
  ImGui::NavMoveRequestCancel();
  return true;
}

}  // namespace

TreeRowEvents tree_row(const TreeRow& row) {
  TreeRowEvents events;
  if (skipped()) return events;
  const Colours& c = theme().colour;
  ImGui::PushID(static_cast<int>(row.key ^ (row.key >> 32)));
  const ImVec2 start = ImGui::GetCursorScreenPos();
  const float indent = 4 + kStep * static_cast<float>(row.depth);
  const float width = width_left();

  // The arrow first: it lies over the row and takes its presses.
  const ImRect arrow(start + ImVec2(indent, 4), start + ImVec2(indent + 24, row_height() - 4));
  bool arrow_hovered = false;
  if (row.expandable) {
    ImGui::PushItemFlag(ImGuiItemFlags_NoNav, true);
    const Press at = press_at(id_of("arrow"), arrow, true, false);
    ImGui::PopItemFlag();
    a11y::note_last_item(a11y::Role::button, std::string(row.expanded ? "− " : "+ ").append(row.label), {},
                         {.expandable = true, .expanded = row.expanded});
    events.toggled = at.pressed;
    arrow_hovered = at.hovered;
  }
  const ImRect box(start, start + ImVec2(width, row_height()));
  const ImGuiID item = id_of("row");
  const bool stop = tab_comes_to(item);
  if (!stop) ImGui::PushItemFlag(ImGuiItemFlags_NoTabStop, true);
  const Press at = press(item, box.GetSize(), true);
  if (!stop) ImGui::PopItemFlag();
  if (row.expandable && folded_by_key(item, row.expanded)) events.toggled = true;
  a11y::note_last_item(a11y::Role::treeitem, row.label, row.count,
                       {.selected = row.selected, .expandable = row.expandable, .expanded = row.expanded, .level = row.depth + 1});
  events.chosen = at.pressed && !arrow_hovered;
  if (at.seen) {
    if (row.selected || at.hovered)
      canvas().AddRectFilled(box.Min, box.Max, row.selected ? c.selected : c.hover, theme().size.radius_s);
    if (row.expandable)
      put_icon(ImVec2(arrow.Min.x + 5, start.y + (row_height() - 14) / 2), 14, arrow_hovered ? c.accent.solid : c.text_muted,
               row.expanded ? Icon::chevron_down : Icon::chevron_right);
    const Colour colour = row.dim ? c.text_faint : row.selected ? c.accent.text : c.text;
    float x = start.x + indent + 24;
    if (row.icon != Icon::none) {
      put_icon(ImVec2(x, start.y + (row_height() - 16) / 2), 16, row.selected ? c.accent.text : c.text_faint, row.icon);
      x += 22;
    }
    const float y = start.y + (row_height() - ImGui::GetFontSize()) / 2;
    const float count_width = row.count.empty() ? 0 : measure(row.count).x + 14;
    const bool cut = put_cut(ImRect(ImVec2(x, y), ImVec2(box.Max.x - count_width - 6, y + ImGui::GetFontSize())), colour, row.label);
    if (!row.count.empty()) put(ImVec2(box.Max.x - count_width + 4, y), c.text_faint, row.count);
    if (cut) tooltip(row.label);
  }
  ImGui::PopID();
  return events;
}

void tree(std::string_view id, std::int64_t count, float height, const std::function<void(std::int64_t)>& draw_row,
          std::int64_t scroll_to_row) {
  const std::string name(id);
  ImGui::BeginChild(name.c_str(), ImVec2(0, height), false, ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NavFlattened);
  if (scroll_to_row >= 0) {
    const float top = static_cast<float>(scroll_to_row) * row_height(), seen = ImGui::GetWindowHeight();
    const float scrolled = ImGui::GetScrollY();
    if (top < scrolled || top + row_height() > scrolled + seen) ImGui::SetScrollY(std::max(0.0F, top - seen / 2));
  }
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(0, 0));
  ImGuiListClipper clipper;
  clipper.Begin(static_cast<int>(count), row_height());
  while (clipper.Step())
    for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i) draw_row(i);
  clipper.End();
  ImGui::PopStyleVar();
  ImGui::EndChild();
}

}  // namespace qudao::ui
