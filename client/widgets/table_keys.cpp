// The keyboard in a table: one stop of Tab for the titles, one for the menu, one for the rows; arrows go on from there. ImGui's
// own choice among rectangles does for the titles, not for rows: it knows neither those out of view nor the header over them.
#include <algorithm>

#include "client/platform/platform.hpp"
#include "client/widgets/table_impl.hpp"

namespace qudao::ui {

using namespace detail;

namespace {

bool pressed(ImGuiKey key) { return ImGui::IsKeyPressedMap(key, true); }

}  // namespace

// ImGui holds a table that scrolls for a window of its own, which Tab and arrows would not enter.
void Table::Impl::join_page() {
  ImGuiWindow& window = *ImGui::GetCurrentWindow();
  if (window.ParentWindow == nullptr) return;
  window.Flags |= ImGuiWindowFlags_NavFlattened;
  window.RootWindowForNav = window.ParentWindow->RootWindowForNav;
}

// A table out of view draws nothing. This stands for it, so that Tab comes to it and brings it into view.
void Table::Impl::stand_in(ImGuiID door, const ImRect& box) const {
  if (!ImGui::GetCurrentWindow()->SkipItems) (void)ImGui::ItemAdd(box, door, nullptr, ImGuiItemFlags_Inputable);
}

// ImGui puts what is frozen into a layer of its own, which arrows do not reach.
void Table::Impl::one_layer() { ImGui::GetCurrentWindow()->DC.NavLayerCurrent = ImGuiNavLayer_Main; }

void Table::Impl::take_row_keys(std::int64_t rows_in_view) {
  const ImGuiContext& g = *ImGui::GetCurrentContext();
  TableState& s = *state;
  if (s.go_to >= options.row_count) s.go_to = -1;
  if (options.row_count == 0 || g.ActiveId != 0 || g.IO.WantTextInput || g.IO.KeyAlt || g.NavId == 0) return;
  std::int64_t to = -1;
  if (title_focused) {
    if (!pressed(ImGuiKey_DownArrow)) return;
    to = std::clamp<std::int64_t>(s.first_seen, 0, options.row_count - 1);
  } else if (g.NavId == s.focus_item) {
    const std::int64_t page = std::max<std::int64_t>(rows_in_view - 1, 1), last = options.row_count - 1;
    to = s.focus_row;
    if (pressed(ImGuiKey_DownArrow)) ++to;
    else if (pressed(ImGuiKey_UpArrow)) --to;
    else if (pressed(ImGuiKey_PageDown)) to = std::min(to + page, last);
    else if (pressed(ImGuiKey_PageUp)) to = std::max<std::int64_t>(to - page, 0);
    else if (pressed(ImGuiKey_Home)) to = 0;
    else if (pressed(ImGuiKey_End)) to = last;
    else return;
    if (to < 0 || to > last) return;   // out of the rows, to what stands above or below
  } else {
    return;
  }
  ImGui::NavMoveRequestCancel();
  s.go_to = to;
  s.go_extends = g.IO.KeyShift && !title_focused;
  s.go_selects = !g.IO.KeyCtrl;
  platform::wake();
}

// The row the keyboard goes to is drawn in the next frame.
void Table::Impl::bring_into_view(float view_top, float view_bottom) const {
  const std::int64_t to = state->go_to;
  if (to < 0) return;
  ImGuiWindow& window = *ImGui::GetCurrentWindow();
  const auto top = static_cast<float>(first_y + static_cast<double>(to) * row_height);
  if (options.height < 0) {
    ImGui::ScrollToRectEx(&window, ImRect(window.InnerRect.Min.x, top, window.InnerRect.Min.x + 1, top + row_height));
  } else if (top < view_top) {
    ImGui::SetScrollY(std::max(window.Scroll.y - (view_top - top), 0.0F));
  } else if (top + row_height > view_bottom) {
    ImGui::SetScrollY(window.Scroll.y + top + row_height - view_bottom);
  } else {
    return;
  }
  platform::wake();
}

// Which row Tab comes to: the one that had the focus, or the first in view.
void Table::Impl::find_tab_row() {
  TableState& s = *state;
  const ImGuiContext& g = *ImGui::GetCurrentContext();
  tab_row = s.focus_row > row && s.focus_row <= last_row ? s.focus_row : s.first_seen;
  // The row that has the focus was scrolled away or is gone: Tab goes on from where it would have come back to.
  focus_lost = s.focus_item != 0 && g.NavId == s.focus_item && s.focus_frame < g.FrameCount - 1;
}

// Before the row's item: takes the keyboard's focus if it is on its way here.
bool Table::Impl::take_focus(ImGuiID item) {
  TableState& s = *state;
  ImGuiContext& g = *ImGui::GetCurrentContext();
  ImGuiWindow& window = *ImGui::GetCurrentWindow();
  if (row != s.go_to) {
    // Another row stands where the focus was, or the focus was scrolled away.
    const bool replaced = row == s.focus_row && s.focus_item != 0 && g.NavId == s.focus_item && item != s.focus_item;
    if (replaced || (focus_lost && row == tab_row)) g.NavId = item;
    return false;
  }
  s.go_to = -1;
  const ImVec2 at = window.DC.CursorPos;
  g.NavWindow = &window;
  ImGui::SetNavID(item, ImGuiNavLayer_Main, window.DC.NavFocusScopeIdCurrent, ImGui::WindowRectAbsToRel(&window, ImRect(at, at + ImVec2(1, row_height))));
  g.NavDisableHighlight = false;
  g.NavDisableMouseHover = true;
  return true;
}

// After the row's item. `came`: by take_focus.
void Table::Impl::keep_focus(ImGuiID item, bool came) {
  ImGuiContext& g = *ImGui::GetCurrentContext();
  if (g.NavId != item) return;
  TableState& s = *state;
  s.focus_item = item;
  s.focus_row = row;
  s.focus_frame = g.FrameCount;
  if (g.NavActivateInputId == item && (g.NavActivateFlags & ImGuiActivateFlags_TryToPreserveState) != 0) {
    show_focus_after_tab();
    s.anchor = row;
    return;   // Tab looks, it does not select
  }
  if (!came && (g.NavJustMovedToId != item || g.NavDisableHighlight)) return;
  table_desk().used = id;
  const bool extends = came ? s.go_extends : g.IO.KeyShift, selects = came ? s.go_selects : !g.IO.KeyCtrl;
  if (extends && s.anchor >= 0) {
    s.selection.set(s.anchor, row);
  } else if (selects) {
    s.selection.set(row, row);
    s.anchor = row;
  }
  platform::wake();
}

}  // namespace qudao::ui
