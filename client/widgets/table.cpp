#include "client/widgets/table.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "client/widgets/feedback.hpp"
#include "client/widgets/input.hpp"
#include "client/widgets/layout.hpp"
#include "client/widgets/table_impl.hpp"
#include "client/widgets/text.hpp"

namespace qudao::ui {

using namespace detail;

namespace {

// Where columns that share what is left would get less than this, the table scrolls sideways instead.
constexpr float kLeastShare = 96;

float needed_width(const Table::Impl& m, std::span<const Column> columns) {
  const float padding = 2 * ImGui::GetStyle().CellPadding.x;
  float needed = m.options.selectable ? 18 + padding : 0;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const ColumnPlace* place = m.state->layout.find(columns[i].key);
    if (place != nullptr && place->hidden) continue;
    const float set = place != nullptr && place->size > 0 ? place->size : m.declared_width(i);
    needed += (columns[i].width > 0 ? set : kLeastShare) + padding;
  }
  return needed;
}

ImGuiTableFlags flags_of(bool scrolls, bool sideways) {
  ImGuiTableFlags flags = ImGuiTableFlags_BordersInnerH | ImGuiTableFlags_Resizable | ImGuiTableFlags_Reorderable | ImGuiTableFlags_Hideable |
                          ImGuiTableFlags_NoBordersInBody | ImGuiTableFlags_NoSavedSettings | ImGuiTableFlags_PadOuterX |
                          ImGuiTableFlags_SizingStretchProp;
  if (scrolls) flags |= ImGuiTableFlags_ScrollY;
  if (sideways) flags |= ImGuiTableFlags_ScrollX;
  return flags;
}

}  // namespace

void set_table_words(const TableWords& words) { table_desk().words = words; }

Table::Table(std::string_view id, std::span<const Column> columns, const TableOptions& options) : impl_(std::make_unique<Impl>()) {
  Impl& m = *impl_;
  m.columns = columns;
  m.options = options;
  if (!options.menus) m.options.words = nullptr;
  else if (options.words == nullptr && !table_desk().words.menu.empty()) m.options.words = &table_desk().words;
  m.row_height = theme().size.row_height;
  m.id = id_of(id);
  m.state = &table_state(m.id, id);
  m.state->drawn_in = ImGui::GetFrameCount();
  if (options.scroll_to_top) m.state->selection.clear();
  for (const Column& column : columns) {
    m.keys.push_back(column.key);
    m.has_totals = m.has_totals || !column.total.empty();
  }
  m.state->layout.meet(m.keys);

  const bool scrolls = options.height >= 0;
  const float height = options.height > 0 ? options.height : scrolls ? std::max(height_left(), 160.0F) : 0;
  const ImVec2 start = ImGui::GetCursorScreenPos();
  const float width = width_left();
  const float needed = needed_width(m, columns);
  m.sideways = scrolls && needed > width - ImGui::GetStyle().ScrollbarSize;
  if (options.scroll_to_top) ImGui::SetNextWindowScroll(ImVec2(0, 0));
  const std::string name(id);
  const ImGuiID door = id_of(name + "/door");
  m.noted = m.options.words != nullptr && m.state->selection.count() > 1;
  const float below = (m.has_totals && scrolls ? m.row_height : 0) + (m.noted && scrolls ? m.row_height : 0);
  m.open = ImGui::BeginTable(name.c_str(), static_cast<int>(columns.size()) + m.offset(), flags_of(scrolls, m.sideways),
                             ImVec2(0, std::max(height - below, 0.0F)), m.sideways ? needed : 0);
  if (!m.open) {
    m.stand_in(door, ImRect(start, start + ImVec2(width, std::max(height, m.row_height))));
    return;
  }
  if (ImGui::GetCurrentContext()->NavId == door && options.row_count > 0) m.state->go_to = 0;
  if (scrolls) m.join_page();
  if (!options.label.empty()) a11y::note(a11y::Role::table, {start.x, start.y, start.x + width, start.y + 20}, options.label);
  m.arrange_columns();
  // What names the row stays in view.
  if (scrolls) ImGui::TableSetupScrollFreeze(m.sideways ? 1 + m.offset() : 0, 1);
  m.header();
  m.begin_rows();
  m.begin_record();
}

Table::~Table() {
  if (!impl_->ended) (void)end();
}

std::int64_t Table::row() const { return impl_->row; }

bool Table::next_row() {
  Impl& m = *impl_;
  if (!m.open) return false;
  if (m.stepping && m.row < m.last_row) {
    ++m.row;
    return true;
  }
  if (m.stepping) {
    m.stepping = false;
    m.end_rows();
  }
  return m.next_record();
}

void Table::begin_row(const TableRow& row) {
  Impl& m = *impl_;
  m.column = 0;
  if (m.recording) {
    m.record.assign(m.columns.size(), {});
    return;
  }
  const Colours& c = theme().colour;
  ImGui::TableNextRow(ImGuiTableRowFlags_None, m.row_height);
  m.row_key = row.key >= 0 ? row.key : -2 - m.row;   // rows that are not here yet
  m.row_dim = row.dim;
  ImGui::TableSetColumnIndex(0);
  Impl::one_layer();
  ImGui::PushID(static_cast<int>(m.row_key ^ (m.row_key >> 32)));
  // One item over all columns, below what stands in the cells.
  ImGui::PushStyleColor(ImGuiCol_HeaderHovered, 0U);
  ImGui::PushStyleColor(ImGuiCol_HeaderActive, 0U);
  ImGui::PushStyleColor(ImGuiCol_Header, 0U);
  const ImVec2 start = ImGui::GetCursorScreenPos();
  const ImGuiContext& g = *ImGui::GetCurrentContext();
  const ImGuiID item = id_of("##row");
  const bool came = m.take_focus(item), stop = m.row == m.tab_row;
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(0, 0));
  if (stop) ImGui::PushItemFlag(ImGuiItemFlags_Inputable, true);
  const bool chosen = m.state->selection.contains(m.row);
  const bool pressed = ImGui::Selectable("##row", row.selected || chosen,
                                         ImGuiSelectableFlags_SpanAllColumns | ImGuiSelectableFlags_AllowItemOverlap | ImGuiSelectableFlags_AllowDoubleClick,
                                         ImVec2(0, m.row_height));
  if (stop) ImGui::PopItemFlag();
  ImGui::PopStyleVar();
  ImGui::PopStyleColor(3);
  // A row without a name is called by its number, or readers would not know it.
  const std::string number = row.label.empty() ? std::to_string(m.row + 1) : std::string();
  const std::string_view name = row.label.empty() ? std::string_view(number) : row.label;
  a11y::note_last_item(a11y::Role::row, name, {}, {.checked = row.checked, .selected = row.selected || chosen});
  if (ImGui::IsItemHovered()) ImGui::TableSetBgColor(ImGuiTableBgTarget_RowBg1, c.hover);
  if (ImGui::IsItemActivated() && ImGui::IsMouseDown(0)) {
    m.state->pressed_row = m.row;
    m.state->dragged = false;
  }
  m.keep_focus(item, came);
  const bool entered = g.NavActivateInputId == item && (g.NavActivateFlags & ImGuiActivateFlags_TryToPreserveState) == 0;
  // Where rows have boxes Space is theirs, as in any list.
  if (pressed && g.NavActivateId == item && m.options.selectable) m.events.checked_key = row.key;
  else if (pressed || entered) m.row_pressed(row);
  ImGui::SetCursorScreenPos(start);
  if (row.selected || chosen) ImGui::TableSetBgColor(ImGuiTableBgTarget_RowBg1, c.selected);
  if (m.options.selectable) {
    bool checked = false;
    m.checkbox_cell(name, row.checked ? 1 : 0, checked);
    if (checked) m.events.checked_key = row.key;
    ImGui::Dummy(ImVec2(16, m.row_height));
  }
  ImGui::PopID();
}

bool Table::Impl::next_cell() {
  const bool seen = ImGui::TableSetColumnIndex(column + offset());
  one_layer();
  return seen;
}

void Table::Impl::put_text(std::string_view words, Colour colour, Align side) {
  if (recording) {
    record[static_cast<std::size_t>(column++)] = words;
    return;
  }
  if (!next_cell()) {
    ++column;
    return;
  }
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

void Table::custom(std::string_view words, const std::function<void()>& draw) {
  Impl& m = *impl_;
  if (m.recording) {
    m.record[static_cast<std::size_t>(m.column++)] = words;
    return;
  }
  if (!m.next_cell()) {
    ++m.column;
    return;
  }
  ImGuiWindow& window = *ImGui::GetCurrentWindow();
  // Small controls stand in the middle of the row, and text on the same line as in them.
  const float height = theme().size.control_height_small;
  window.DC.CursorPos.y += (m.row_height - height) / 2;
  window.DC.CurrLineTextBaseOffset = (height - ImGui::GetFontSize()) / 2;
  window.DC.CurrLineSize.y = height;
  ImGui::PushID(static_cast<int>(m.row_key ^ (m.row_key >> 32)));
  // What stands in rows is a stop of Tab in one of them only, or Tab would go through them all.
  if (m.row != m.tab_row) ImGui::PushItemFlag(ImGuiItemFlags_NoTabStop, true);
  draw();
  if (m.row != m.tab_row) ImGui::PopItemFlag();
  ImGui::PopID();
  ++m.column;
}

TableEvents Table::end() {
  Impl& m = *impl_;
  if (m.ended) return m.events;
  m.ended = true;
  if (!m.open) return m.events;
  // A caller that did not ask for every row leaves nothing to hand out.
  while (m.stepping && m.row < m.last_row) ++m.row;
  if (m.stepping) {
    m.stepping = false;
    m.end_rows();
  }
  if (m.recording) m.finish_text();
  return m.events;
}

// ---- as words ------------------------------------------------------------------------------------------------
namespace {

constexpr std::int64_t kMostRowsAsWords = 200'000;

}  // namespace

void Table::Impl::begin_record() {
  TableDesk& desk = table_desk();
  if (!desk.wish || (desk.wish->table != 0 && desk.wish->table != id)) return;
  wish = *desk.wish;
  desk.wish.reset();
  const bool part = wish.selected_only && !state->selection.empty();
  if (part) wanted = state->selection.ranges();
  else if (options.row_count > 0) wanted = {{0, std::min(options.row_count, kMostRowsAsWords) - 1}};
  for (RowSelection::Range& range : wanted) range.last = std::min(range.last, options.row_count - 1);
  std::reverse(wanted.begin(), wanted.end());   // taken from the back
  text.label = options.label;
  text.more_exist = !part && (options.has_more || options.row_count > kMostRowsAsWords);
  recording = false;
  record.assign(1, {});   // marks that a record is wanted
}

bool Table::Impl::next_record() {
  if (record.empty()) return false;
  if (recording) end_record();
  recording = true;
  while (!wanted.empty() && wanted.back().first > wanted.back().last) wanted.pop_back();
  if (wanted.empty()) {
    finish_text();
    return false;
  }
  row = wanted.back().first++;
  return true;
}

void Table::Impl::end_record() { text.rows.push_back(std::move(record)); }

// The columns that are seen, as they stand.
void Table::Impl::finish_text() {
  recording = false;
  record.clear();
  std::vector<std::size_t> shown;
  for (const int at : state->layout.order(keys)) {
    const ColumnPlace* place = state->layout.find(keys[static_cast<std::size_t>(at)]);
    if (place == nullptr || !place->hidden) shown.push_back(static_cast<std::size_t>(at));
  }
  for (const std::size_t at : shown) {
    text.columns.push_back({std::string(columns[at].key), std::string(columns[at].title), columns[at].align == Align::right});
    if (has_totals) text.totals.emplace_back(columns[at].total);
  }
  for (std::vector<std::string>& cells : text.rows) {
    std::vector<std::string> seen;
    for (const std::size_t at : shown) seen.push_back(at < cells.size() ? std::move(cells[at]) : std::string());
    cells = std::move(seen);
  }
  table_desk().taken = TakenTable{wish.use, std::move(text)};
  platform::wake();
}

}  // namespace qudao::ui
