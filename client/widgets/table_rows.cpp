// Which rows of a table are drawn, which are selected, and what stands behind the last.
#include <algorithm>
#include <cmath>

#include "client/platform/keys.hpp"
#include "client/widgets/layout.hpp"
#include "client/widgets/table_impl.hpp"
#include "client/widgets/text.hpp"

namespace qudao::ui {

using namespace detail;

namespace {

// ImGui's positions are floats: beyond this they are no longer exact to a fraction of a pixel, and rows would
// tremble. Longer lists scroll in a window of this height that is moved along under them.
constexpr double kMostPixels = 4'000'000;
constexpr float kDragPixels = 4;

// Over all columns, as far as the table's window is seen.
void push_seen(const ImGuiTable& table) {
  ImRect seen = table.InnerClipRect;
  seen.ClipWithFull(table.HostClipRect);
  ImGui::PushClipRect(seen.Min, seen.Max, false);
}

bool shortcut(platform::Key key) { return ImGui::GetIO().KeyCtrl && ImGui::IsKeyPressed(static_cast<int>(key)); }

}  // namespace

void Table::Impl::seek(float y) {
  ImGuiTable& table = *ImGui::GetCurrentTable();
  ImGuiWindow& window = *ImGui::GetCurrentWindow();
  if (table.IsInsideRow) ImGui::TableEndRow(&table);
  window.DC.CursorPos.y = y;
  window.DC.CursorMaxPos.y = std::max(window.DC.CursorMaxPos.y, y);
  window.DC.CursorPosPrevLine.y = y - row_height;
  window.DC.PrevLineSize.y = row_height;
  table.RowPosY2 = y;
}

// The list moves by as many pixels as ImGui's window scrolled, or, when its scrollbar is held, to the same share.
void Table::Impl::place_long_list(float body_y, float view_top, float view_height) {
  ImGuiWindow& window = *ImGui::GetCurrentWindow();
  TableState& s = *state;
  const double real = static_cast<double>(options.row_count) * row_height;
  const double most = std::max(real - view_height, 0.0), most_scroll = window.ScrollMax.y;
  // ImGui's own question hashes with what is on the window's stack, where the table has put its id.
  const ImGuiID scrollbar = ImHashStr("#SCROLLY", 0, window.ID);
  const bool held = ImGui::GetActiveID() == scrollbar;
  const float moved = window.Scroll.y - s.set_scroll;
  if (options.scroll_to_row >= 0) {
    s.top = static_cast<double>(options.scroll_to_row) * row_height - view_height / 2;
  } else if (options.scroll_to_top) {
    s.top = 0;
  } else if (s.go_to >= 0) {
    const double top = static_cast<double>(s.go_to) * row_height;
    s.top = std::clamp(s.top + moved, top + row_height - view_height, top);
  } else if (held && most_scroll > 0) {
    s.top = window.Scroll.y / most_scroll * most;
  } else {
    s.top += moved;
  }
  s.top = std::floor(std::clamp(s.top, 0.0, most));
  if (!held && most_scroll > 0) {
    // Away from both ends there is always room for the next turn of the wheel.
    const double room = std::min(4.0 * view_height, most_scroll / 4);
    const double share = most > 0 ? s.top / most * most_scroll : 0;
    const double aim = s.top <= 0 ? 0 : s.top >= most ? most_scroll : std::clamp(share, room, most_scroll - room);
    window.Scroll.y = std::floor(static_cast<float>(aim));
  }
  s.set_scroll = window.Scroll.y;
  first_y = view_top - s.top;
  long_end = body_y + static_cast<float>(kMostPixels);
}

void Table::Impl::begin_rows() {
  ImGuiContext& g = *ImGui::GetCurrentContext();
  ImGuiTable& table = *ImGui::GetCurrentTable();
  ImGuiWindow& window = *ImGui::GetCurrentWindow();
  if (table.IsInsideRow) ImGui::TableEndRow(&table);
  const float body_y = window.DC.CursorPos.y;
  const bool scrolls = options.height >= 0;
  const float view_top = scrolls ? body_y + window.Scroll.y : body_y;
  const float view_bottom = table.InnerClipRect.Max.y;
  const double real = static_cast<double>(options.row_count) * row_height;
  first_y = body_y;
  const bool moved_along = scrolls && real > kMostPixels;
  const float view_height = std::max(view_bottom - view_top, row_height);
  take_row_keys(static_cast<std::int64_t>(view_height / row_height));
  if (moved_along) {
    place_long_list(body_y, view_top, std::max(view_bottom - view_top, 1.0F));
  } else if (options.scroll_to_row >= 0) {
    ImGui::SetScrollY(std::max(0.0F, static_cast<float>(options.scroll_to_row) * row_height - (view_bottom - view_top) / 2));
  }
  if (!moved_along) bring_into_view(view_top, view_bottom);
  const float clip_top = std::max(table.InnerClipRect.Min.y, scrolls ? view_top : table.InnerClipRect.Min.y);
  auto at = [&](double y) { return static_cast<std::int64_t>(std::floor((y - first_y) / row_height)); };
  std::int64_t first = at(clip_top), last = at(view_bottom - 0.5);
  events.first_visible = std::clamp<std::int64_t>(first, 0, std::max<std::int64_t>(options.row_count - 1, 0));
  events.last_visible = std::clamp<std::int64_t>(last, -1, options.row_count - 1);
  // One more at each end, and where the keyboard is going: it chooses among what is there.
  --first;
  ++last;
  if (g.NavMoveScoringItems && g.NavWindow == &window) {
    const double reach = 2.0 * (view_bottom - view_top);
    first = std::min(first, at(std::max<double>(g.NavScoringNoClipRect.Min.y, clip_top - reach)));
    last = std::max(last, at(std::min<double>(g.NavScoringNoClipRect.Max.y, view_bottom + reach)));
  }
  row = std::clamp<std::int64_t>(first, 0, options.row_count) - 1;
  last_row = std::min(last, options.row_count - 1);
  stepping = true;
  // The first that is seen whole.
  state->first_seen = std::min(at(clip_top + row_height - 1), std::max<std::int64_t>(options.row_count - 1, 0));
  find_tab_row();
  take_keys();
  drag_rows();
  seek(static_cast<float>(first_y + static_cast<double>(row + 1) * row_height));
}

void Table::Impl::take_keys() {
  const ImGuiContext& g = *ImGui::GetCurrentContext();
  if (g.IO.WantTextInput || options.row_count == 0) return;
  // Escape takes ImGui's focus out of the list before this is asked.
  const bool escaped = ImGui::IsKeyPressedMap(ImGuiKey_Escape) && g.OpenPopupStack.Size == 0;
  if (escaped && table_desk().used == id && state->selection.count() > 1) state->selection.clear();
  if (g.NavWindow != ImGui::GetCurrentWindow()) return;
  if (shortcut(platform::Key::a)) {
    table_desk().used = id;
    state->selection.set(0, options.row_count - 1);
    platform::wake();
  }
}

// The mouse went down on a row and is held: the rows it passes are selected, and the list follows it.
void Table::Impl::drag_rows() {
  TableState& s = *state;
  const ImGuiIO& io = ImGui::GetIO();
  if (s.pressed_row < 0) return;
  if (!ImGui::IsMouseDown(0)) {
    s.pressed_row = -1;
    return;
  }
  const ImGuiTable& table = *ImGui::GetCurrentTable();
  const std::int64_t over = std::clamp<std::int64_t>(static_cast<std::int64_t>(std::floor((io.MousePos.y - first_y) / row_height)), 0,
                                                     std::max<std::int64_t>(options.row_count - 1, 0));
  if (!s.dragged && (over == s.pressed_row || std::abs(io.MousePos.y - io.MouseClickedPos[0].y) < kDragPixels)) return;
  s.dragged = true;
  s.selection.set(s.pressed_row, over);
  s.anchor = s.pressed_row;
  table_desk().used = id;
  ImGuiWindow& window = *ImGui::GetCurrentWindow();
  const float header_bottom = table.InnerClipRect.Min.y + theme().size.header_row_height;
  if (io.MousePos.y > table.InnerClipRect.Max.y) ImGui::SetScrollY(&window, window.Scroll.y + row_height);
  if (io.MousePos.y < header_bottom) ImGui::SetScrollY(&window, std::max(window.Scroll.y - row_height, 0.0F));
}

void Table::Impl::row_pressed(const TableRow& pressed) {
  TableState& s = *state;
  if (s.dragged) return;
  const ImGuiIO& io = ImGui::GetIO();
  table_desk().used = id;
  if (io.KeyShift && s.anchor >= 0) {
    s.selection.set(s.anchor, row);
    return;
  }
  s.anchor = row;
  if (io.KeyCtrl) {
    s.selection.toggle(row);
    return;
  }
  s.selection.set(row, row);
  if (!options.clickable) return;
  events.clicked_key = pressed.key;
  events.clicked_row = row;
  if (ImGui::IsMouseDoubleClicked(0)) events.double_clicked_key = pressed.key;
}

void Table::Impl::last_rows() {
  const ImGuiTable& table = *ImGui::GetCurrentTable();
  if (options.row_count == 0 && !options.loading_more && !options.empty_words.empty()) {
    ImGui::TableNextRow(ImGuiTableRowFlags_None, row_height * 2);
    ImGui::TableSetColumnIndex(0);
    const ImVec2 size = measure(options.empty_words);
    const ImVec2 at(std::floor((table.WorkRect.Min.x + table.WorkRect.Max.x - size.x) / 2), table.RowPosY1 + row_height - size.y / 2);
    push_seen(table);
    put(at, theme().colour.text_muted, options.empty_words);
    a11y::note(a11y::Role::text, {at.x, at.y, at.x + size.x, at.y + size.y}, options.empty_words);
    ImGui::PopClipRect();
  }
  if (!options.has_more && !options.loading_more) return;
  ImGui::TableNextRow(ImGuiTableRowFlags_None, row_height);
  ImGui::TableSetColumnIndex(0);
  const ImVec2 start = ImGui::GetCursorScreenPos();
  push_seen(table);
  put(ImVec2(start.x, start.y + (row_height - ImGui::GetFontSize()) / 2), theme().colour.text_muted, options.more_words);
  ImGui::PopClipRect();
}

void Table::Impl::end_rows() {
  const bool moved_along = options.height >= 0 && static_cast<double>(options.row_count) * row_height > kMostPixels;
  if (!moved_along) {
    seek(static_cast<float>(first_y + static_cast<double>(options.row_count) * row_height));
    last_rows();
  } else {
    seek(long_end);   // ImGui takes the height of the whole from where the last row ends
  }
  // Asked for ten rows ahead, so that scrolling seldom meets the end.
  events.load_more = options.has_more && !options.loading_more && events.last_visible + 10 >= options.row_count;
  learn_sizes();
  const ImGuiTable& table = *ImGui::GetCurrentTable();
  TotalsPlace place;
  place.clip = table.InnerClipRect;
  place.box = ImRect(table.OuterRect.Min.x, table.OuterRect.Max.y, table.OuterRect.Max.x, table.OuterRect.Max.y + row_height);
  for (int i = 0; i < static_cast<int>(columns.size()); ++i) {
    const ImGuiTableColumn& entry = table.Columns[i + offset()];
    if (entry.IsEnabled) place.cells.push_back({i, entry.WorkMinX, entry.WorkMaxX, entry.ClipRect.Min.x, entry.ClipRect.Max.x});
  }
  end_within();
  if (has_totals) totals_row(place);
  if (noted) selection_note();
}

// ImGui puts the draw commands of columns together and may give them more room than there is to be seen of the table's window
// in the one it stands in: rows would run over the edge of a card or a dialog that scrolls.
void Table::Impl::end_within() {
  const ImGuiTable& table = *ImGui::GetCurrentTable();
  ImDrawList& list = *table.InnerWindow->DrawList;
  const bool own = table.InnerWindow != table.OuterWindow;
  const ImRect seen = table.HostClipRect;
  ImGui::EndTable();
  if (!own) return;
  for (ImDrawCmd& command : list.CmdBuffer) {
    ImRect clip(command.ClipRect);
    clip.ClipWithFull(seen);
    command.ClipRect = clip.ToVec4();
  }
}

void Table::Impl::totals_row(const TotalsPlace& place) {
  const Colours& c = theme().colour;
  ImGui::SetCursorScreenPos(place.box.Min);
  ImGui::ItemSize(ImVec2(0, row_height), 0);
  canvas().AddRectFilled(place.box.Min, place.box.Max, c.sunken);
  canvas().AddLine(place.box.Min, ImVec2(place.box.Max.x, place.box.Min.y), c.line_strong);
  const FaceScope face(Face::strong);
  const float y = place.box.Min.y + (row_height - ImGui::GetFontSize()) / 2;
  std::vector<ImVec2> taken;   // from x to y: what is written already
  for (const TotalsPlace::Cell& cell : place.cells) {
    const Column& entry = columns[static_cast<std::size_t>(cell.column)];
    if (entry.total.empty() || cell.clip_right <= cell.clip_left) continue;
    const float width = measure(entry.total).x;
    const float x = entry.align == Align::right ? std::max(cell.right - width, cell.left) : cell.left;
    // Part of a number reads as another number: one that is not seen whole is left out.
    const float from = entry.align == Align::right ? cell.right - width : x;
    const auto meets = [&](ImVec2 other) { return from < other.y + 4 && from + width + 4 > other.x; };
    if (from + width > place.clip.Max.x + 1 || from < place.clip.Min.x - 1 || std::any_of(taken.begin(), taken.end(), meets)) continue;
    taken.emplace_back(from, from + width);
    // A sum may be wider than its column; it then runs to the left, over nothing.
    ImGui::PushClipRect(ImVec2(std::min(cell.clip_left, from), place.box.Min.y), ImVec2(place.clip.Max.x, place.box.Max.y), true);
    put(ImVec2(from, y), c.text, entry.total);
    ImGui::PopClipRect();
    a11y::note(a11y::Role::text, {x, place.box.Min.y, std::max(cell.right, x + 1), place.box.Max.y}, entry.total);
  }
}

// How many are selected, in a line of its own: it must not lie over rows.
void Table::Impl::selection_note() {
  std::string words(options.words->selected);
  const std::string digits = std::to_string(state->selection.count());
  if (const std::size_t at = words.find("{count}"); at != std::string::npos) words.replace(at, 7, digits);
  const ImVec2 start = ImGui::GetCursorScreenPos(), size = measure(words);
  const ImRect box(start, start + ImVec2(std::max(width_left(), size.x), row_height));
  ImGui::ItemSize(box.GetSize(), 0);
  const ImVec2 at(box.Max.x - size.x - 12, start.y + (row_height - size.y) / 2);
  put(at, theme().colour.text_muted, words);
  a11y::note(a11y::Role::status, {at.x, at.y, at.x + size.x, at.y + size.y}, words);
}

}  // namespace qudao::ui
