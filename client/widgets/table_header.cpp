// The header of a table: titles, sort marks, widths, order; the menu of a column and that of the table.
#include <algorithm>
#include <cmath>

#include "client/widgets/button.hpp"
#include "client/widgets/input.hpp"
#include "client/widgets/layout.hpp"
#include "client/widgets/table_impl.hpp"
#include "client/widgets/text.hpp"

namespace qudao::ui {

using namespace detail;

namespace {

constexpr float kMenuRoom = 30;          // of the table's menu, at the right end of the header
constexpr float kTitleGap = 4;           // between a title and the menu
constexpr float kLeastTitle = 12;        // of a title that is worth drawing
constexpr float kMostWidened = 1.4F;     // a column grows by this for the sake of its title
constexpr float kSortRoom = 20;          // of the sign that a column can be sorted by
constexpr float kReorderPixels = 8;
constexpr const char* kColumnPopup = "column_menu";
constexpr const char* kTablePopup = "table_menu";

std::uint64_t hash_of(const std::vector<std::string_view>& keys) {
  std::uint64_t hash = 14695981039346656037U;
  for (const std::string_view key : keys)
    for (const char c : key) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
  return hash | 1U;
}

}  // namespace

namespace detail {

bool menu_line(std::string_view label, Icon icon, bool checked, bool enabled) {
  const Colours& c = theme().colour;
  const float height = theme().size.list_row_height;
  const Press at = press(id_of(label), ImVec2(std::max(width_left(), measure(shown(label)).x + 52), height), enabled);
  a11y::note_last_item(a11y::Role::menuitem, shown(label), {}, {.disabled = !enabled, .checked = checked, .selected = checked});
  if (!at.seen) return at.pressed;
  if (at.hovered) canvas().AddRectFilled(at.box.Min, at.box.Max, c.hover, theme().size.radius_s);
  put_icon(at.box.Min + ImVec2(8, (height - 16) / 2), 16, enabled ? c.text_muted : c.text_faint, icon);
  put(at.box.Min + ImVec2(34, (height - ImGui::GetFontSize()) / 2), enabled ? c.text : c.text_faint, shown(label));
  return at.pressed;
}

}  // namespace detail

float Table::Impl::declared_width(std::size_t index) const {
  const Column& entry = columns[index];
  if (entry.width <= 0) return entry.width;
  const float title = measure(entry.title).x + (entry.sortable ? kSortRoom : 0);
  // The menu reaches over the padding at the end of the last column.
  if (options.words != nullptr && index + 1 == columns.size()) return std::max(entry.width, title + kMenuRoom + kTitleGap - ImGui::GetStyle().CellPadding.x);
  // Titles of another language may be longer than the figures below them.
  return std::max(entry.width, std::min(title + 1, entry.width * kMostWidened));
}

// Before ImGui lays the columns out: their order, which are hidden, and widths that are not its own yet.
void Table::Impl::arrange_columns() {
  if (options.selectable) ImGui::TableSetupColumn("", ImGuiTableColumnFlags_WidthFixed | ImGuiTableColumnFlags_NoResize, 18);
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const std::string title(columns[i].title);
    if (columns[i].width > 0) ImGui::TableSetupColumn(title.c_str(), ImGuiTableColumnFlags_WidthFixed, declared_width(i));
    else ImGui::TableSetupColumn(title.c_str(), ImGuiTableColumnFlags_WidthStretch, 1);
  }
  ImGuiTable& table = *ImGui::GetCurrentTable();
  const std::uint64_t shape = hash_of(keys);
  const bool fresh = state->sized_for != shape;
  state->sized_for = shape;
  int place = offset();
  for (const int at : state->layout.order(keys)) {
    ImGuiTableColumn& entry = table.Columns[at + offset()];
    entry.DisplayOrder = static_cast<ImGuiTableColumnIdx>(place);
    table.DisplayOrderToIndex[place++] = static_cast<ImGuiTableColumnIdx>(at + offset());
    const ColumnPlace* kept = state->layout.find(keys[static_cast<std::size_t>(at)]);
    entry.IsUserEnabledNextFrame = kept == nullptr || !kept->hidden;
    if (!fresh) continue;
    const float declared = declared_width(static_cast<std::size_t>(at));
    const float size = kept != nullptr && kept->size > 0 ? kept->size : declared;
    if (declared > 0) {
      entry.WidthRequest = size;
      entry.AutoFitQueue = 0;
    } else {
      entry.StretchWeight = size > 0 ? size : 1;
    }
  }
  if (fresh) state->sizes.clear();
}

// Widths are ImGui's while they are being dragged; what has come of it is kept.
void Table::Impl::learn_sizes() {
  const ImGuiTable& table = *ImGui::GetCurrentTable();
  if (ImGui::IsMouseDown(0) || table.ResizedColumn != -1) return;
  bool changed = false;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const ImGuiTableColumn& entry = table.Columns[static_cast<int>(i) + offset()];
    const bool shares = columns[i].width <= 0;
    const float size = shares ? entry.StretchWeight : entry.WidthRequest;
    float& before = state->sizes[std::string(keys[i])];
    if (before > 0 && std::abs(size - before) > (shares ? 0.02F : 0.9F)) {
      state->layout.resize(keys[i], size);
      changed = true;
    }
    before = size;
  }
  if (changed) state->keep_layout();
}

const TableFilter* Table::Impl::filter_of(std::string_view key) const {
  for (const TableFilter& filter : options.filters)
    if (filter.key == key) return &filter;
  return nullptr;
}

std::size_t Table::Impl::sorts() const { return options.sorts.empty() ? (options.sort.key.empty() ? 0 : 1) : options.sorts.size(); }

int Table::Impl::sort_place(std::string_view key, bool& descending) const {
  const std::span<const TableSort> all = options.sorts.empty() ? std::span(&options.sort, 1) : options.sorts;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].key.empty() || all[i].key != key) continue;
    descending = all[i].descending;
    return static_cast<int>(i) + 1;
  }
  return 0;
}

void Table::Impl::sort_by(const Column& entry, bool too) {
  bool descending = false;
  const bool sorted = sort_place(entry.key, descending) != 0;
  events.sort_key = std::string(entry.key);
  events.sort_descending = sorted && !descending;
  events.sort_too = too;
}

void Table::Impl::header() {
  ImGui::TableNextRow(ImGuiTableRowFlags_Headers, theme().size.header_row_height);
  if (options.selectable) {
    ImGui::TableSetColumnIndex(0);
    one_layer();
    checkbox_cell("##all", options.all_selected, events.check_all);
  }
  find_tab_title();
  const ImGuiTable& table = *ImGui::GetCurrentTable();
  // Whatever column is scrolled to the right end, what lies under the menu is the menu's.
  const float right = table.InnerClipRect.Max.x, end = options.words != nullptr ? right - kMenuRoom : FLT_MAX;
  for (int index = 0; index < static_cast<int>(columns.size()); ++index) {
    if (!ImGui::TableSetColumnIndex(index + offset())) continue;
    one_layer();
    header_cell(index, columns[static_cast<std::size_t>(index)], end);
  }
  if (options.words == nullptr) return;
  ImGui::PushID("menus");
  // A table as high as its rows does not know its lower end yet.
  const float header_end = table.RowPosY1 + theme().size.header_row_height;
  // Wider than the cell, but never than what is seen of the window the table stands in.
  ImRect seen(table.OuterRect.Min, ImVec2(table.OuterRect.Max.x, std::max(table.OuterRect.Max.y, header_end)));
  seen.ClipWithFull(table.HostClipRect);
  ImGui::PushClipRect(seen.Min, seen.Max, false);
  menu_button(right - kMenuRoom, table.RowPosY1);
  ImGui::PopClipRect();
  const PopupStyle style;
  if (std::exchange(state->open_column_menu, false)) ImGui::OpenPopup(kColumnPopup);
  if (ImGui::BeginPopup(kTablePopup)) {
    table_menu();
    ImGui::EndPopup();
  }
  for (const Column& entry : columns) {
    if (entry.key != state->menu_column || !ImGui::BeginPopup(kColumnPopup)) continue;
    column_menu(entry);
    ImGui::EndPopup();
  }
  ImGui::PopID();
}

// Tab comes to the title that had the focus last, or the first.
void Table::Impl::find_tab_title() {
  const ImGuiTable& table = *ImGui::GetCurrentTable();
  for (const int at : state->layout.order(keys)) {
    const auto index = static_cast<std::size_t>(at);
    if (!table.Columns[at + offset()].IsEnabled || (!columns[index].sortable && options.words == nullptr)) continue;
    if (tab_title < 0 || keys[index] == state->focus_title) tab_title = at;
  }
}

void Table::Impl::header_cell(int index, const Column& entry, float end) {
  const Colours& c = theme().colour;
  bool descending = false;
  const int place = entry.sortable ? sort_place(entry.key, descending) : 0;
  const TableFilter* filter = filter_of(entry.key);
  const ImGuiTable& table = *ImGui::GetCurrentTable();
  const ImRect cell = ImGui::TableGetCellBgRect(&table, ImGui::TableGetColumnIndex());
  const ImVec2 start = ImGui::GetCursorScreenPos();
  const float room = std::min(width_left(), end - kTitleGap - start.x), height = theme().size.header_row_height;
  if (room < kLeastTitle && end < start.x + width_left()) return ImGui::ItemSize(ImVec2(1, height), 0);
  std::string mark = place == 0 ? "" : descending ? "▼" : "▲";
  if (place > 0 && sorts() > 1) mark += std::to_string(place);
  if (filter != nullptr) mark.append(mark.empty() ? "" : " ").append(filter->text);
  ImGui::PushID(index);
  const ImRect box(ImVec2(start.x - 6, cell.Min.y), ImVec2(std::min(start.x + room + 6, end), cell.Min.y + height));
  const bool has_menu = options.words != nullptr;
  const ImGuiID item = id_of(entry.key);
  const bool focused = ImGui::GetCurrentContext()->NavId == item;
  const Press at = press_at(item, box, entry.sortable || has_menu, focused || index == tab_title);
  if (focused) {
    title_focused = true;
    state->focus_title = entry.key;
  }
  a11y::note_last_item(a11y::Role::columnheader, entry.title, mark, {.selected = place != 0});
  if (at.hovered && !entry.sortable) ImGui::SetMouseCursor(ImGuiMouseCursor_Arrow);
  if (at.pressed && entry.sortable && !state->header_dragged) sort_by(entry, ImGui::GetIO().KeyShift);
  drag_header(entry, at);
  const bool menu_wanted = has_menu && at.hovered && ImGui::IsMouseReleased(1);
  ImGui::PopID();
  if (menu_wanted) {
    state->menu_column = entry.key;
    state->filter_typed = filter == nullptr ? std::string() : std::string(filter->text);
    ImGui::PushID("menus");
    ImGui::OpenPopup(kColumnPopup);
    ImGui::PopID();
  }
  const bool marked = place != 0 || filter != nullptr;
  const Colour colour = marked ? c.accent.text : at.hovered ? c.text : c.text_muted;
  const float filter_part = filter != nullptr ? 16.0F : 0.0F;
  const float number_part = place > 0 && sorts() > 1 ? 8.0F : 0.0F;
  const float marks = (entry.sortable ? 18.0F : 0.0F) + filter_part + number_part;
  const bool bare = room < marks + kLeastTitle;   // no room for both: the title
  const float icon_part = bare ? 0 : marks;
  const float text_width = std::min(measure(entry.title).x, std::max(room - icon_part, 8.0F));
  const float spare = std::max(room - text_width - icon_part, 0.0F);
  const float x = start.x + (entry.align == Align::right ? spare : entry.align == Align::centre ? std::floor(spare / 2) : 0);
  const float y = cell.Min.y + (height - ImGui::GetFontSize()) / 2;
  put_cut(ImRect(ImVec2(x, y), ImVec2(x + text_width + 0.5F, y + height)), colour, entry.title);
  if (bare) return ImGui::ItemSize(ImVec2(1, height), 0);
  float icon_x = x + text_width + 4;
  if (entry.sortable) {
    put_icon(ImVec2(icon_x, cell.Min.y + (height - 12) / 2), 12, place != 0 ? c.accent.text : c.text_faint,
             place == 0 ? Icon::sort : descending ? Icon::arrow_down : Icon::arrow_up);
    icon_x += 14;
    if (number_part > 0) {
      const FaceScope face(Face::small);
      put(ImVec2(icon_x - 1, cell.Min.y + (height - ImGui::GetFontSize()) / 2), c.accent.text, std::to_string(place));
      icon_x += number_part;
    }
  }
  if (filter != nullptr) put_icon(ImVec2(icon_x, cell.Min.y + (height - 12) / 2), 12, filter->error.empty() ? c.accent.text : c.bad.text, Icon::filter);
  ImGui::ItemSize(ImVec2(1, height), 0);
}

// A header that is held follows the mouse over its neighbours.
void Table::Impl::drag_header(const Column& entry, const Press& at) {
  if (!at.held) {
    if (at.pressed) state->header_dragged = false;
    return;
  }
  const ImGuiIO& io = ImGui::GetIO();
  if (ImGui::IsMouseClicked(0)) state->header_dragged = false;
  if (!ImGui::IsMouseDragging(0, kReorderPixels)) return;
  state->header_dragged = true;
  ImGui::SetMouseCursor(ImGuiMouseCursor_ResizeAll);
  const float middle = (at.box.Min.x + at.box.Max.x) / 2;
  const int way = io.MousePos.x < at.box.Min.x && io.MousePos.x < middle ? -1 : io.MousePos.x > at.box.Max.x ? 1 : 0;
  if (way == 0 || !state->layout.move(entry.key, way, keys)) return;
  state->keep_layout();
  platform::wake();
}

void Table::Impl::checkbox_cell(std::string_view label, int checked, bool& pressed) const {
  const Colours& c = theme().colour;
  const ImVec2 at = ImGui::GetCursorScreenPos() + ImVec2(1, (row_height - 16) / 2);
  const ImRect box(at, at + ImVec2(16, 16));
  const ImVec2 reach(8, std::min(8.0F, (row_height - 16) / 2));   // as far as the row, not into the next
  const Press mark = press_at(id_of(label), ImRect(box.Min - reach, box.Max + reach), true, label == "##all" || row == tab_row);
  const std::string_view said = table_desk().words.all;
  const std::string_view all = said.empty() ? std::string_view("✓") : said;
  a11y::note_last_item(a11y::Role::checkbox, label == "##all" ? all : label, {}, {.checked = checked == 1});
  pressed = pressed || mark.pressed;
  if (checked == 0) {
    canvas().AddRectFilled(box.Min, box.Max, c.surface, 3);
    canvas().AddRect(box.Min, box.Max, mark.hovered ? c.accent.solid : c.line_strong, 3);
    return;
  }
  canvas().AddRectFilled(box.Min, box.Max, c.accent.solid, 3);
  if (checked == 2) {
    canvas().AddRectFilled(box.Min + ImVec2(4, 7), box.Min + ImVec2(12, 9), c.text_on_solid);
    return;
  }
  const ImVec2 points[3] = {box.Min + ImVec2(3.5F, 8.2F), box.Min + ImVec2(6.8F, 11.4F), box.Min + ImVec2(12.5F, 5.0F)};
  canvas().AddPolyline(points, 3, c.text_on_solid, ImDrawFlags_None, 1.8F);
}

void Table::Impl::menu_button(float x, float y) {
  const Colours& c = theme().colour;
  const float height = theme().size.header_row_height;
  const ImRect box(ImVec2(x, y), ImVec2(x + kMenuRoom, y + height));
  canvas().AddRectFilled(box.Min + ImVec2(0, 1), box.Max, c.sunken);   // below the line over the header
  const Press at = press_at(id_of("table_menu_button"), box, true, true);
  a11y::note_last_item(a11y::Role::button, options.words->menu);
  put_icon(box.Min + ImVec2((kMenuRoom - 16) / 2, (height - 16) / 2), 16, at.hovered ? c.accent.text : c.text, Icon::more);
  tooltip(options.words->menu);
  if (at.pressed) ImGui::OpenPopup(kTablePopup);
}

// Everything that can be done with one column; for the mouse a right press on its title, for the keyboard from the
// table's menu.
void Table::Impl::column_menu(const Column& entry) {
  const TableWords& w = *options.words;
  const TableFilter* filter = filter_of(entry.key);
  strong(entry.title);
  if (!entry.filter_hint.empty()) {
    const std::string label = std::string(w.filter) + "##filter";
    const InputResult typed = input_text(label, state->filter_typed,
                                         {.placeholder = entry.filter_hint, .width = 260, .label_place = LabelPlace::hidden, .icon = Icon::filter, .clearable = true,
                                          .focus_now = ImGui::IsWindowAppearing(), .max_bytes = 200, .error = filter != nullptr ? filter->error : std::string_view(),
                                          .help = entry.filter_hint});
    const bool apply = primary_button(std::string(w.apply) + "##apply", {.small = true}) || typed.submitted;
    beside();
    const bool clear = button(std::string(w.clear) + "##clear", {.enabled = filter != nullptr, .small = true});
    if (clear) state->filter_typed.clear();
    if (apply || clear) {
      events.filter_key = std::string(entry.key);
      events.filter_text = state->filter_typed;
      ImGui::CloseCurrentPopup();
    }
    rule();
  }
  if (entry.sortable) {
    if (menu_line(w.sort_up, Icon::arrow_up)) events.sort_key = std::string(entry.key);
    if (menu_line(w.sort_down, Icon::arrow_down)) {
      events.sort_key = std::string(entry.key);
      events.sort_descending = true;
    }
    if (menu_line(w.sort_too, Icon::sort)) sort_by(entry, true);
    if (!events.sort_key.empty()) ImGui::CloseCurrentPopup();
  }
  if (keys.front() == entry.key) return;
  bool changed = false;
  if (menu_line(w.to_left, Icon::arrow_left)) changed = state->layout.move(entry.key, -1, keys);
  if (menu_line(w.to_right, Icon::arrow_right)) changed = state->layout.move(entry.key, 1, keys);
  if (menu_line(w.hide, Icon::eye)) {
    state->layout.hide(entry.key, true);
    changed = true;
    ImGui::CloseCurrentPopup();
  }
  if (changed) state->keep_layout();
}

void Table::Impl::table_menu() {
  const TableWords& w = *options.words;
  const auto use = [&](TableUse what) {
    table_desk().used = id;
    table_desk().wish = TableDesk::Wish{what, what == TableUse::copy, id};
    platform::wake();
    ImGui::CloseCurrentPopup();
  };
  if (menu_line(w.copy, Icon::copy)) use(TableUse::copy);
  if (!w.save.empty() && menu_line(w.save, Icon::download)) use(TableUse::save);
  if (menu_line(w.print, Icon::file)) use(TableUse::print);
  rule();
  small(w.columns);
  bool changed = false;
  for (const int at : state->layout.order(keys)) {
    const Column& entry = columns[static_cast<std::size_t>(at)];
    const ColumnPlace* place = state->layout.find(entry.key);
    bool seen = place == nullptr || !place->hidden;
    ImGui::PushID(at);
    if (checkbox(entry.title, seen, at != 0)) {
      state->layout.hide(entry.key, !seen);
      changed = true;
    }
    beside(0);
    align_right(theme().size.control_height_small);
    if (icon_button(Icon::chevron_right, std::string(entry.title) + " …", {.small = true})) {
      const TableFilter* filter = filter_of(entry.key);
      state->menu_column = entry.key;
      state->filter_typed = filter == nullptr ? std::string() : std::string(filter->text);
      ImGui::CloseCurrentPopup();
      state->open_column_menu = true;   // by the next frame's header
    }
    ImGui::PopID();
  }
  rule();
  if (menu_line(w.restore, Icon::undo)) {
    state->layout.reset();
    state->layout.meet(keys);
    state->sized_for = 0;
    changed = true;
    ImGui::CloseCurrentPopup();
  }
  if (changed) state->keep_layout();
}

}  // namespace qudao::ui
