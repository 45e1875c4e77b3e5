// What a table remembers from frame to frame, by its id, and the one desk of all tables. Not for views.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "client/widgets/row_selection.hpp"
#include "client/widgets/table.hpp"
#include "client/widgets/table_desk.hpp"
#include "client/widgets/table_layout.hpp"

namespace qudao::ui::detail {

struct TableState {
  std::string name;
  TableLayout layout;
  bool layout_known = false;          // read from the browser's storage
  std::uint64_t sized_for = 0;        // the columns whose widths were handed to ImGui
  std::map<std::string, float> sizes; // as ImGui had them in the last frame
  RowSelection selection;
  std::int64_t anchor = -1;           // where a range begins
  std::int64_t pressed_row = -1;      // the mouse went down here …
  bool dragged = false;               // … and has gone on to other rows
  std::int64_t focus_row = -1;        // had the keyboard's focus last, …
  unsigned focus_item = 0;            // … as this item, …
  int focus_frame = -1;               // … in this frame
  std::int64_t go_to = -1;            // the focus is on its way there, …
  bool go_extends = false;            // … and the selection with it …
  bool go_selects = true;             // … or the row alone
  std::int64_t first_seen = 0;        // the first row that is seen whole
  std::string focus_title;            // the column whose title had it last
  bool header_dragged = false;
  double top = 0;                     // of a list that is too long for ImGui's floats: pixels above the view
  float set_scroll = 0;
  std::string menu_column;            // of the open column menu
  bool open_column_menu = false;
  std::string filter_typed;
  int drawn_in = -1;                  // frame

  void keep_layout() const;           // in the browser's storage
};

struct TableDesk {
  std::map<unsigned, TableState> tables;
  unsigned used = 0;                  // the table that was used last
  struct Wish {
    TableUse use = TableUse::copy;
    bool selected_only = false;
    unsigned table = 0;               // 0: the one last used, or the first
  };
  std::optional<Wish> wish;
  std::optional<TakenTable> taken;
  TableWords words;                   // of all tables
};

TableDesk& table_desk();
// Reads the layout when the table is met for the first time.
TableState& table_state(unsigned id, std::string_view name);

}  // namespace qudao::ui::detail
