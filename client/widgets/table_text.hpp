// What a table shows, as words: for the clipboard, a workbook, a printed page. The columns are those that are seen,
// in the order in which they are seen.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace qudao::ui {

struct TableText {
  struct Column {
    std::string key, title;
    bool number = false;     // stands at the right
  };
  std::string label;
  std::vector<Column> columns;
  std::vector<std::vector<std::string>> rows;
  std::vector<std::string> totals;     // as many as columns, or none
  bool more_exist = false;             // rows that have not been loaded are missing
};

// Tab-separated lines with the titles first, as spreadsheets take them: cells with tabs, line ends or quotes are
// quoted; figures lose their thousands separators, so that they are numbers there.
[[nodiscard]] std::string to_tsv(const TableText& table);
// "1,234.50" as "1234.50"; "" when the text is not a figure with or without thousands.
[[nodiscard]] std::string plain_figure(std::string_view words);

}  // namespace qudao::ui
