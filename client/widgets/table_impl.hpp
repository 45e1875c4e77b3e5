// The parts of a table in the making: table.cpp has rows and cells, table_header.cpp the header and its menus,
// table_rows.cpp which rows are drawn and selected. Not for views.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "client/widgets/detail.hpp"
#include "client/widgets/table.hpp"
#include "client/widgets/table_state.hpp"

namespace qudao::ui {

struct Table::Impl {
  std::span<const Column> columns;
  std::vector<std::string_view> keys;
  TableOptions options;
  TableEvents events;
  detail::TableState* state = nullptr;
  unsigned id = 0;
  bool open = false, ended = false, sideways = false, has_totals = false;
  float row_height = 0;
  bool noted = false;                  // a line below says how many rows are selected

  // Rows in view, then rows handed out as words.
  std::int64_t row = -1, last_row = -1;
  double first_y = 0;                  // of row 0 on screen
  float long_end = 0;                  // of the window a long list is moved along in
  int column = 0;
  std::int64_t row_key = 0;
  bool row_dim = false, stepping = false;

  // The keyboard.
  std::int64_t tab_row = 0;            // where Tab comes to
  int tab_title = -1;                  // the same among the titles
  bool title_focused = false, focus_lost = false;

  bool recording = false;
  detail::TableDesk::Wish wish;
  TableText text;
  std::vector<RowSelection::Range> wanted;   // rows still to be handed out
  std::vector<std::string> record;

  // table_header.cpp
  void arrange_columns();
  void header();
  void find_tab_title();
  void header_cell(int index, const Column& column, float end);
  void checkbox_cell(std::string_view label, int checked, bool& pressed) const;
  void drag_header(const Column& entry, const detail::Press& at);
  void column_menu(const Column& entry);
  void table_menu();
  void menu_button(float x, float y);
  void learn_sizes();
  [[nodiscard]] const TableFilter* filter_of(std::string_view key) const;
  [[nodiscard]] int sort_place(std::string_view key, bool& descending) const;   // 0: not sorted by it
  [[nodiscard]] std::size_t sorts() const;
  void sort_by(const Column& entry, bool too);

  // table_rows.cpp
  void begin_rows();
  void place_long_list(float body_y, float view_top, float view_height);
  void seek(float y);
  void end_rows();
  void take_keys();
  void drag_rows();
  void row_pressed(const TableRow& row);
  void last_rows();
  static void end_within();
  void totals_row(const struct TotalsPlace& place);
  void selection_note();

  // table_keys.cpp
  void join_page();
  void stand_in(ImGuiID door, const ImRect& box) const;
  static void one_layer();
  void take_row_keys(std::int64_t rows_in_view);
  void bring_into_view(float view_top, float view_bottom) const;
  void find_tab_row();
  bool take_focus(ImGuiID item);
  void keep_focus(ImGuiID item, bool came);

  // words
  void begin_record();
  bool next_record();
  void end_record();
  void finish_text();

  [[nodiscard]] Align align() const { return columns[static_cast<std::size_t>(column)].align; }
  // As the view says; the menu stands over the last column, whose title must have room beside it.
  [[nodiscard]] float declared_width(std::size_t index) const;
  [[nodiscard]] int offset() const { return options.selectable ? 1 : 0; }
  bool next_cell();
  void put_text(std::string_view words, Colour colour, Align side);
};

// Where the columns stand when the table is closed, for the row below it.
struct TotalsPlace {
  ImRect box;
  ImRect clip;
  struct Cell {
    int column = 0;
    float left = 0, right = 0, clip_left = 0, clip_right = 0;
  };
  std::vector<Cell> cells;
};

namespace detail {

// One line of a menu: as high as those of a combo.
bool menu_line(std::string_view label, Icon icon, bool checked = false, bool enabled = true);

}  // namespace detail
}  // namespace qudao::ui
