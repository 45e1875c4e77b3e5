// Writes a .xlsx row by row into memory: the few parts a spreadsheet program needs, texts in their cells. Made because the
// library at hand (libxlsxwriter 1.1.4) writes fifteen temporary files a workbook, which this layer must not, and lets
// text like "_x000D_" change its meaning. For lists and templates: no formulas, no charts, no merged cells.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/result.hpp"
#include "shared/workbook/zip_writer.hpp"

namespace qudao::workbook {

enum class CellStyle : std::uint8_t { general, header, text, integer, yuan, date, prose };

struct ColumnLayout {
  double width = 12;  // characters
  CellStyle style = CellStyle::general;  // also of cells nobody has written yet
};

struct SheetLayout {
  std::string name;
  std::vector<ColumnLayout> columns;
  bool frozen_header = false;
};

inline constexpr std::int64_t kMaxSheetRows = 1'048'576;

class XlsxWriter {
 public:
  explicit XlsxWriter(std::vector<SheetLayout> sheets);  // written in this order

  void begin_sheet();
  void begin_row();
  void text(CellStyle style, std::string_view value);
  void number(CellStyle style, std::string_view decimal);
  void skip() { ++column_; }
  void end_row();
  // Instead of end_row: as if the row had not been begun.
  void drop_row();
  void end_sheet();
  std::int64_t rows() const { return row_; }
  Result<std::string> finish() &&;

 private:
  void part(std::string_view name, std::string_view xml);
  void begin_cell(CellStyle style);
  void flush();

  std::vector<SheetLayout> sheets_;
  ZipWriter zip_;
  std::string xml_;
  std::vector<std::string> letters_;  // of the columns
  std::string row_text_;
  std::size_t sheet_ = 0;
  std::int64_t row_ = 0;
  std::size_t column_ = 0;
  std::size_t mark_ = 0;
};

// A name that a sheet may have: at most 31 characters, none of []:*?/\ and no apostrophe at the ends; "Sheet" for none.
std::string sheet_name(std::string_view wanted);

}  // namespace qudao::workbook
