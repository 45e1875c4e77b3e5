// Long lists as people know them from desktop programs: a header and first column that stay, columns that are
// resized, reordered and hidden, sort marks, a filter a column, selection by mouse and keyboard, a totals row; only
// the rows in view are drawn, more rows come on demand. The table holds no rows, sorts and filters nothing: it reports
// what the person wants and the model answers. How a person arranged the columns is kept by the browser, by the id.
// What a table shows is handed out as words (clipboard, workbook, print): table_desk.hpp.
//
//   ui::Table table("customers", columns, options);
//   while (table.next_row()) {
//     table.begin_row({.key = id, .label = name, .selected = id == chosen});
//     table.cell(code); table.number(revenue); table.custom(words, [&] { ui::badge(words, …); });
//   }
//   const ui::TableEvents events = table.end();
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "client/widgets/theme.hpp"

namespace qudao::ui {

enum class Align : std::uint8_t { left, centre, right };

struct Column {
  std::string_view key = {};        // stable; what a sort names
  std::string_view title = {};
  float width = 0;             // 0: shares what is left
  Align align = Align::left;
  bool sortable = false;
  std::string_view filter_hint = {};  // not empty: can be filtered; what may be typed
  std::string_view total = {};        // in the totals row; the row is there when any column has one
};

struct TableSort {
  std::string_view key = {};        // "": none
  bool descending = false;
};

// What is filtered by now; `error` is shown where it is typed.
struct TableFilter {
  std::string_view key = {}, text = {}, error = {};
};

// The words of the tables' own menus, which the widgets do not know. Without them there are no menus; without those of
// saving none may be saved.
struct TableWords {
  std::string_view menu, columns, restore, copy, save, print;
  std::string_view sort_up, sort_down, sort_too, hide, filter, apply, clear, to_left, to_right, selected, selected_part, all;
};

// For every table that is not given its own; the texts must outlive the tables.
void set_table_words(const TableWords& words);

struct TableOptions {
  std::int64_t row_count = 0;        // rows the model can show now
  float height = 0;                  // 0: all that is left (at least 160); < 0: as high as its rows
  bool has_more = false;             // more rows exist behind the last: load_more is asked near the end
  bool loading_more = false;
  TableSort sort = {};
  std::span<const TableSort> sorts = {};      // instead of `sort`, when sorted by several
  std::span<const TableFilter> filters = {};
  const TableWords* words = nullptr;  // null: those of all tables
  bool menus = true;                 // false: rows out of view are not there, so that nothing can be handed out
  bool selectable = false;           // a checkbox before each row and one for all
  int all_selected = 0;              // of the header's checkbox: 0 none, 1 all, 2 some
  bool clickable = true;             // a pressed row is reported; rows are selected either way
  std::string_view empty_words = {};      // when row_count is 0
  std::string_view more_words = {};       // in the row behind the last while more are loading
  std::string_view label = {};            // its name for readers
  bool scroll_to_top = false;        // true in the one frame after the rows were replaced
  std::int64_t scroll_to_row = -1;   // true in the one frame that should bring it into view
};

struct TableRow {
  std::int64_t key = 0;
  std::string_view label = {};            // its name for readers and tests
  bool selected = false;             // the row that is looked at
  bool checked = false;              // its checkbox
  bool dim = false;                  // dropped or not in force
};

struct TableEvents {
  std::int64_t clicked_key = -1, double_clicked_key = -1;
  std::int64_t clicked_row = -1;
  std::int64_t checked_key = -1;     // its checkbox was pressed
  bool check_all = false;            // the header's checkbox was pressed
  std::string sort_key;              // header pressed: sort by it now, …
  bool sort_descending = false;      // … this way round, …
  bool sort_too = false;             // … after what it is sorted by already (Shift)
  std::string filter_key;            // filter by it now; an empty text takes the filter away
  std::string filter_text;
  bool load_more = false;
  std::int64_t first_visible = 0, last_visible = -1;
};

class Table {
 public:
  Table(std::string_view id, std::span<const Column> columns, const TableOptions& options);
  ~Table();
  Table(const Table&) = delete;
  Table& operator=(const Table&) = delete;

  // False: no more rows are wanted. Rows out of view come as well while the table is handed out as words.
  [[nodiscard]] bool next_row();
  [[nodiscard]] std::int64_t row() const;      // index of the row next_row() has come to
  void begin_row(const TableRow& row);
  // Each fills the next column, aligned as the column says; too long a text is cut and shown whole in a tooltip.
  void cell(std::string_view words);
  void cell_muted(std::string_view words);
  void cell_toned(Tone tone, std::string_view words);
  void number(std::string_view digits);        // right, whatever the column says
  void custom(std::string_view words, const std::function<void()>& draw);   // `words`: what it says, for the clipboard
  void custom(const std::function<void()>& draw) { custom({}, draw); }
  [[nodiscard]] TableEvents end();

  struct Impl;   // for the table's own parts

 private:
  std::unique_ptr<Impl> impl_;
};

}  // namespace qudao::ui
