// Long lists: header that stays, sort marks, only the rows in view are drawn, more rows on demand, selection.
// The table holds no rows and sorts nothing: it reports what the person wants and the model answers.
//
//   ui::Table table("customers", columns, options);
//   while (table.next_row()) {
//     table.begin_row({.key = id, .label = name, .selected = id == chosen});
//     table.cell(code); table.number(revenue); table.custom([&] { ui::badge(…); });
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
};

struct TableSort {
  std::string_view key = {};        // "": none
  bool descending = false;
};

struct TableOptions {
  std::int64_t row_count = 0;        // rows the model can show now
  float height = 0;                  // 0: all that is left (at least 160); < 0: as high as its rows
  bool has_more = false;             // more rows exist behind the last: load_more is asked near the end
  bool loading_more = false;
  TableSort sort = {};
  bool selectable = false;           // a checkbox before each row and one for all
  int all_selected = 0;              // of the header's checkbox: 0 none, 1 all, 2 some
  bool clickable = true;
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
  bool sort_descending = false;      // … this way round
  bool load_more = false;
  std::int64_t first_visible = 0, last_visible = -1;
};

class Table {
 public:
  Table(std::string_view id, std::span<const Column> columns, const TableOptions& options);
  ~Table();
  Table(const Table&) = delete;
  Table& operator=(const Table&) = delete;

  [[nodiscard]] bool next_row();               // false: no more rows in view
  [[nodiscard]] std::int64_t row() const;      // index of the row next_row() has come to
  void begin_row(const TableRow& row);
  // Each fills the next column, aligned as the column says; too long a text is cut and shown whole in a tooltip.
  void cell(std::string_view words);
  void cell_muted(std::string_view words);
  void cell_toned(Tone tone, std::string_view words);
  void number(std::string_view digits);        // right, whatever the column says
  void custom(const std::function<void()>& draw);
  [[nodiscard]] TableEvents end();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace qudao::ui
