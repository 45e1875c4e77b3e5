#include "client/widgets/table.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "client/widgets/detail.hpp"
#include "client/widgets/feedback.hpp"
#include "client/widgets/input.hpp"
#include "client/widgets/layout.hpp"
#include "client/widgets/text.hpp"

namespace qudao::ui {

using namespace detail;

struct Table::Impl {
  std::span<const Column> columns;
  TableOptions options;
  TableEvents events;
  ImGuiListClipper clipper;
  std::int64_t row = 0;
  int step_end = 0, step_at = 0;
  int column = 0;
  float row_height = 0;
  bool open = false, stepping = false, ended = false;
  std::int64_t row_key = 0;
  bool row_dim = false;

  void header();
  void header_cell(int index, const Column& column);
  void checkbox_cell(std::string_view label, int state, bool& pressed) const;
  [[nodiscard]] Align align() const { return columns[static_cast<std::size_t>(column)].align; }
  void next_cell();
  void put_text(std::string_view words, Colour colour, Align side);
  void last_rows();
};

namespace {

// Where columns that share what is left would get less than this, the table scrolls sideways instead.
constexpr float kLeastShare = 96;

float needed_width(std::span<const Column> columns, bool selectable) {
  const float padding = 2 * ImGui::GetStyle().CellPadding.x;
  float needed = selectable ? 18 + padding : 0;
  for (const Column& column : columns) needed += (column.width > 0 ? column.width : kLeastShare) + padding;
  return needed;
}

}  // namespace

Table::Table(std::string_view id, std::span<const Column> columns, const TableOptions& options) : impl_(std::make_unique<Impl>()) {
  Impl& m = *impl_;
  m.columns = columns;
  m.options = options;
  m.row_height = theme().size.row_height;
  const bool scrolls = options.height >= 0;
  ImGuiTableFlags flags = ImGuiTableFlags_BordersInnerH | ImGuiTableFlags_Resizable | ImGuiTableFlags_NoBordersInBody |
                          ImGuiTableFlags_NoSavedSettings | ImGuiTableFlags_PadOuterX | ImGuiTableFlags_SizingStretchProp;
  if (scrolls) flags |= ImGuiTableFlags_ScrollY;
  const float height = options.height > 0 ? options.height : scrolls ? std::max(height_left(), 160.0F) : 0;
  const int count = static_cast<int>(columns.size()) + (options.selectable ? 1 : 0);
  const ImVec2 start = ImGui::GetCursorScreenPos();
  const float width = width_left();
  const std::string name(id);
  const float needed = needed_width(columns, options.selectable);
  const bool sideways = scrolls && needed > width - ImGui::GetStyle().ScrollbarSize;
  if (sideways) flags |= ImGuiTableFlags_ScrollX;
  if (options.scroll_to_top) ImGui::SetNextWindowScroll(ImVec2(0, 0));
  m.open = ImGui::BeginTable(name.c_str(), count, flags, ImVec2(0, height), sideways ? needed : 0);
  if (!m.open) return;
  if (!options.label.empty()) a11y::note(a11y::Role::table, {start.x, start.y, start.x + width, start.y + 20}, options.label);
  if (options.selectable)
    ImGui::TableSetupColumn("", ImGuiTableColumnFlags_WidthFixed | ImGuiTableColumnFlags_NoResize, 18);
  for (const Column& column : columns) {
    const std::string title(column.title);
    if (column.width > 0) {
      ImGui::TableSetupColumn(title.c_str(), ImGuiTableColumnFlags_WidthFixed, column.width);
    } else {
      ImGui::TableSetupColumn(title.c_str(), ImGuiTableColumnFlags_WidthStretch, 1);
    }
  }
  // What names the row stays in view.
  if (scrolls) ImGui::TableSetupScrollFreeze(sideways ? (options.selectable ? 2 : 1) : 0, 1);
  m.header();
  if (options.scroll_to_row >= 0) {
    const float target = static_cast<float>(options.scroll_to_row) * m.row_height;
    ImGui::SetScrollY(std::max(0.0F, target - height / 2));
  }
  m.clipper.Begin(static_cast<int>(options.row_count), m.row_height);
  m.stepping = true;
}

Table::~Table() {
  if (!impl_->ended) (void)end();
}

void Table::Impl::header() {
  ImGui::TableNextRow(ImGuiTableRowFlags_Headers, theme().size.header_row_height);
  int index = 0;
  if (options.selectable) {
    ImGui::TableSetColumnIndex(index++);
    checkbox_cell("##all", options.all_selected, events.check_all);
  }
  for (const Column& entry : columns) {
    ImGui::TableSetColumnIndex(index++);
    header_cell(index, entry);
  }
}

void Table::Impl::header_cell(int index, const Column& entry) {
  const Colours& c = theme().colour;
  const bool sorted = entry.sortable && options.sort.key == entry.key;
  const ImGuiTable& table = *ImGui::GetCurrentTable();
  const ImRect cell = ImGui::TableGetCellBgRect(&table, ImGui::TableGetColumnIndex());
  const ImVec2 start = ImGui::GetCursorScreenPos();
  const float room = width_left(), height = theme().size.header_row_height;
  const std::string sort_mark = !sorted ? "" : options.sort.descending ? "▼" : "▲";
  ImGui::PushID(index);
  const ImRect box(ImVec2(start.x - 6, cell.Min.y), ImVec2(start.x + room + 6, cell.Min.y + height));
  const Press at = press_at(id_of(entry.key), box, entry.sortable);
  a11y::note_last_item(a11y::Role::columnheader, entry.title, sort_mark, {.selected = sorted});
  ImGui::PopID();
  if (at.pressed) {
    events.sort_key = std::string(entry.key);
    events.sort_descending = sorted && !options.sort.descending;
  }
  const Colour colour = sorted ? c.accent.text : at.hovered ? c.text : c.text_muted;
  const float icon_part = entry.sortable ? 18.0F : 0.0F;
  const float text_width = std::min(measure(entry.title).x, std::max(room - icon_part, 8.0F));
  const float spare = std::max(room - text_width - icon_part, 0.0F);
  const float x = start.x + (entry.align == Align::right ? spare : entry.align == Align::centre ? std::floor(spare / 2) : 0);
  const float y = cell.Min.y + (height - ImGui::GetFontSize()) / 2;
  put_cut(ImRect(ImVec2(x, y), ImVec2(x + text_width + 0.5F, y + height)), colour, entry.title);
  if (entry.sortable)
    put_icon(ImVec2(x + text_width + 4, cell.Min.y + (height - 12) / 2), 12, sorted ? c.accent.text : with_alpha(c.text_faint, 150),
             !sorted ? Icon::sort : options.sort.descending ? Icon::arrow_down : Icon::arrow_up);
  ImGui::ItemSize(ImVec2(1, height), 0);
}

void Table::Impl::checkbox_cell(std::string_view label, int state, bool& pressed) const {
  const Colours& c = theme().colour;
  const ImVec2 at = ImGui::GetCursorScreenPos() + ImVec2(1, (row_height - 16) / 2);
  const ImRect box(at, at + ImVec2(16, 16));
  const Press mark = press_at(id_of(label), ImRect(box.Min - ImVec2(8, 8), box.Max + ImVec2(8, 8)), true);
  a11y::note_last_item(a11y::Role::checkbox, label == "##all" ? "✓" : label, {}, {.checked = state == 1});
  pressed = pressed || mark.pressed;
  if (state == 0) {
    canvas().AddRectFilled(box.Min, box.Max, c.surface, 3);
    canvas().AddRect(box.Min, box.Max, mark.hovered ? c.accent.solid : c.line_strong, 3);
    return;
  }
  canvas().AddRectFilled(box.Min, box.Max, c.accent.solid, 3);
  if (state == 2) {
    canvas().AddRectFilled(box.Min + ImVec2(4, 7), box.Min + ImVec2(12, 9), c.text_on_solid);
    return;
  }
  const ImVec2 points[3] = {box.Min + ImVec2(3.5F, 8.2F), box.Min + ImVec2(6.8F, 11.4F), box.Min + ImVec2(12.5F, 5.0F)};
  canvas().AddPolyline(points, 3, c.text_on_solid, ImDrawFlags_None, 1.8F);
}

bool Table::next_row() {
  Impl& m = *impl_;
  if (!m.open || !m.stepping) return false;
  if (m.step_at < m.step_end) {
    m.row = m.step_at++;
    return true;
  }
  if (!m.clipper.Step()) {
    m.stepping = false;
    return false;
  }
  m.step_at = m.clipper.DisplayStart;
  m.step_end = m.clipper.DisplayEnd;
  if (m.events.last_visible < 0) m.events.first_visible = m.step_at;
  m.events.first_visible = std::min<std::int64_t>(m.events.first_visible, m.step_at);
  m.events.last_visible = std::max<std::int64_t>(m.events.last_visible, m.step_end - 1);
  return next_row();
}

std::int64_t Table::row() const { return impl_->row; }

void Table::begin_row(const TableRow& row) {
  Impl& m = *impl_;
  const Colours& c = theme().colour;
  ImGui::TableNextRow(ImGuiTableRowFlags_None, m.row_height);
  m.column = 0;
  m.row_key = row.key;
  m.row_dim = row.dim;
  ImGui::TableSetColumnIndex(0);
  ImGui::PushID(static_cast<int>(m.row_key ^ (m.row_key >> 32)));
  const ImGuiTable& table = *ImGui::GetCurrentTable();
  if (m.options.clickable) {
    // One item over all columns, below what stands in the cells.
    ImGui::PushStyleColor(ImGuiCol_HeaderHovered, 0U);
    ImGui::PushStyleColor(ImGuiCol_HeaderActive, 0U);
    ImGui::PushStyleColor(ImGuiCol_Header, 0U);
    const ImVec2 start = ImGui::GetCursorScreenPos();
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(0, 0));
    const bool pressed = ImGui::Selectable("##row", row.selected,
                                           ImGuiSelectableFlags_SpanAllColumns | ImGuiSelectableFlags_AllowItemOverlap |
                                               ImGuiSelectableFlags_AllowDoubleClick,
                                           ImVec2(0, m.row_height));
    ImGui::PopStyleVar();
    ImGui::PopStyleColor(3);
    a11y::note_last_item(a11y::Role::row, row.label, {}, {.checked = row.checked, .selected = row.selected});
    if (ImGui::IsItemHovered()) ImGui::TableSetBgColor(ImGuiTableBgTarget_RowBg1, c.hover);
    if (pressed) {
      m.events.clicked_key = row.key;
      m.events.clicked_row = m.row;
      if (ImGui::IsMouseDoubleClicked(0)) m.events.double_clicked_key = row.key;
    }
    ImGui::SetCursorScreenPos(start);
  } else {
    const ImRect box(ImVec2(table.WorkRect.Min.x, table.RowPosY1), ImVec2(table.WorkRect.Max.x, table.RowPosY1 + m.row_height));
    a11y::note(a11y::Role::row, {box.Min.x, box.Min.y, box.Max.x, box.Max.y}, row.label, {}, {.selected = row.selected});
  }
  if (row.selected) ImGui::TableSetBgColor(ImGuiTableBgTarget_RowBg1, c.selected);
  if (m.options.selectable) {
    bool pressed = false;
    m.checkbox_cell(row.label, row.checked ? 1 : 0, pressed);
    if (pressed) m.events.checked_key = row.key;
    ImGui::Dummy(ImVec2(16, m.row_height));
  }
  ImGui::PopID();
}

void Table::Impl::next_cell() {
  const int at = column + (options.selectable ? 1 : 0);
  ImGui::TableSetColumnIndex(at);
}

void Table::Impl::put_text(std::string_view words, Colour colour, Align side) {
  next_cell();
  const ImVec2 start = ImGui::GetCursorScreenPos();
  const float room = width_left(), text_width = measure(words).x;
  const float spare = std::max(room - text_width, 0.0F);
  const float x = start.x + (side == Align::right ? spare : side == Align::centre ? std::floor(spare / 2) : 0);
  const ImVec2 at(x, start.y + (row_height - ImGui::GetFontSize()) / 2);
  const ImRect box(at, ImVec2(start.x + room, at.y + ImGui::GetFontSize()));
  const bool cut = put_cut(box, row_dim ? theme().colour.text_faint : colour, words);
  a11y::note(a11y::Role::cell, {at.x, at.y, std::min(at.x + text_width, box.Max.x), box.Max.y}, words);
  if (cut && ImGui::IsMouseHoveringRect(box.Min, box.Max) && ImGui::IsWindowHovered()) {
    ImGui::ItemAdd(box, 0);
    tooltip(words);
  }
  ++column;
}

void Table::cell(std::string_view words) { impl_->put_text(words, theme().colour.text, impl_->align()); }
void Table::cell_muted(std::string_view words) { impl_->put_text(words, theme().colour.text_muted, impl_->align()); }
void Table::cell_toned(Tone tone, std::string_view words) { impl_->put_text(words, colours_of(tone).text, impl_->align()); }
void Table::number(std::string_view digits) { impl_->put_text(digits, theme().colour.text, Align::right); }

void Table::custom(const std::function<void()>& draw) {
  Impl& m = *impl_;
  m.next_cell();
  ImGuiWindow& window = *ImGui::GetCurrentWindow();
  // Small controls stand in the middle of the row, and text on the same line as in them.
  const float height = theme().size.control_height_small;
  window.DC.CursorPos.y += (m.row_height - height) / 2;
  window.DC.CurrLineTextBaseOffset = (height - ImGui::GetFontSize()) / 2;
  window.DC.CurrLineSize.y = height;
  ImGui::PushID(static_cast<int>(m.row_key ^ (m.row_key >> 32)));
  draw();
  ImGui::PopID();
  ++m.column;
}

void Table::Impl::last_rows() {
  if (options.row_count == 0 && !options.loading_more && !options.empty_words.empty()) {
    ImGui::TableNextRow(ImGuiTableRowFlags_None, row_height * 2);
    ImGui::TableSetColumnIndex(0);
    const ImGuiTable& table = *ImGui::GetCurrentTable();
    const ImVec2 size = measure(options.empty_words);
    const ImVec2 at(std::floor((table.WorkRect.Min.x + table.WorkRect.Max.x - size.x) / 2), table.RowPosY1 + row_height - size.y / 2);
    ImGui::PushClipRect(table.InnerClipRect.Min, table.InnerClipRect.Max, false);
    put(at, theme().colour.text_muted, options.empty_words);
    a11y::note(a11y::Role::text, {at.x, at.y, at.x + size.x, at.y + size.y}, options.empty_words);
    ImGui::PopClipRect();
  }
  if (options.has_more || options.loading_more) {
    ImGui::TableNextRow(ImGuiTableRowFlags_None, row_height);
    ImGui::TableSetColumnIndex(0);
    const ImVec2 start = ImGui::GetCursorScreenPos();
    const ImGuiTable& table = *ImGui::GetCurrentTable();
    ImGui::PushClipRect(table.InnerClipRect.Min, table.InnerClipRect.Max, false);
    put(ImVec2(start.x, start.y + (row_height - ImGui::GetFontSize()) / 2), theme().colour.text_muted, options.more_words);
    ImGui::PopClipRect();
    // Asked for ten rows ahead, so that scrolling seldom meets the end.
    const bool near_end = events.last_visible + 10 >= options.row_count;
    events.load_more = options.has_more && !options.loading_more && near_end;
  }
}

TableEvents Table::end() {
  Impl& m = *impl_;
  if (m.ended) return m.events;
  m.ended = true;
  if (!m.open) return m.events;
  while (m.stepping && next_row()) {
  }
  m.clipper.End();
  m.last_rows();
  ImGui::EndTable();
  return m.events;
}

}  // namespace qudao::ui
