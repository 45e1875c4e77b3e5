// Writes the traps of rows.py with libxlsxwriter: once with its table of shared texts, once in its constant-memory mode.
// Standard input has a line a row: number, hidden, then kind, value and more of each of three cells, by tabs.
#include <xlsxwriter.h>

#include <cstdlib>
#include <iostream>
#include <string>
#include <vector>

namespace {

std::vector<std::string> split(const std::string& line) {
  std::vector<std::string> parts(1);
  for (const char c : line) {
    if (c == '\t') parts.emplace_back();
    else parts.back().push_back(c);
  }
  return parts;
}

// "\\n" in the input stands for a line end.
std::string with_line_ends(const std::string& text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool mark = text.compare(i, 2, "\\n") == 0;
    out.push_back(mark ? '\n' : text[i]);
    i += mark ? 1 : 0;
  }
  return out;
}

class Book {
 public:
  Book(const std::string& path, bool constant_memory) {
    lxw_workbook_options options{};
    options.constant_memory = constant_memory ? LXW_TRUE : LXW_FALSE;
    book_ = workbook_new_opt(path.c_str(), &options);
    lxw_worksheet* hidden = workbook_add_worksheet(book_, "隐藏");
    worksheet_hide(hidden);
    sheet_ = workbook_add_worksheet(book_, "移动 清单");
    worksheet_activate(sheet_);
    worksheet_set_first_sheet(sheet_);
    const char* header[] = {"客户编码", "目标单位编码", "备注"};
    for (lxw_col_t i = 0; i < 3; ++i) worksheet_write_string(sheet_, 0, i, header[i], nullptr);
  }

  void row(const std::vector<std::string>& parts) {
    const auto number = static_cast<lxw_row_t>(std::atoi(parts[0].c_str()) - 1);
    lxw_row_col_options options{};
    options.hidden = LXW_TRUE;
    if (parts[1] == "1") worksheet_set_row_opt(sheet_, number, LXW_DEF_ROW_HEIGHT, nullptr, &options);
    for (lxw_col_t column = 0; column < 3; ++column) {
      const std::size_t at = 2 + 3u * column;
      cell(number, column, parts[at], with_line_ends(parts[at + 1]), parts[at + 2]);
    }
  }

  bool close() {
    lxw_row_t first = 19;
    worksheet_merge_range(sheet_, first, 1, first + 1, 1, nullptr, nullptr);
    return workbook_close(book_) == LXW_NO_ERROR;
  }

 private:
  lxw_format* format(const std::string& code) {
    lxw_format* made = workbook_add_format(book_);
    format_set_num_format(made, code.c_str());
    return made;
  }

  void cell(lxw_row_t row, lxw_col_t column, const std::string& kind, const std::string& value, const std::string& more) {
    if (kind == "text") {
      worksheet_write_string(sheet_, row, column, value.c_str(), nullptr);
    } else if (kind == "number") {
      worksheet_write_number(sheet_, row, column, std::atof(value.c_str()), more.empty() ? nullptr : format(more));
    } else if (kind == "date") {
      lxw_datetime day{std::atoi(value.c_str()), std::atoi(value.c_str() + 5), std::atoi(value.c_str() + 8), 0, 0, 0};
      worksheet_write_datetime(sheet_, row, column, &day, format("yyyy-mm-dd"));
    } else if (kind == "bool") {
      worksheet_write_boolean(sheet_, row, column, value == "True", nullptr);
    } else if (kind == "error") {
      worksheet_write_formula_str(sheet_, row, column, "=NA()", nullptr, value.c_str());
    } else if (kind == "formula") {
      worksheet_write_formula_str(sheet_, row, column, ("=" + value).c_str(), nullptr, more.c_str());
    }
  }

  lxw_workbook* book_ = nullptr;
  lxw_worksheet* sheet_ = nullptr;
};

}  // namespace

int main(int, char** arguments) {
  const std::string folder = arguments[1];
  std::vector<std::vector<std::string>> rows;
  for (std::string line; std::getline(std::cin, line);) rows.push_back(split(line));
  for (const bool constant : {false, true}) {
    Book book(folder + (constant ? "/libxlsxwriter-constant.xlsx" : "/libxlsxwriter-traps.xlsx"), constant);
    for (const auto& row : rows) book.row(row);
    if (!book.close()) return 1;
  }
}
