// Writes a list as .xlsx or .csv: rows in, bytes out. Memory does not grow with the rows of a .xlsx beyond the compressed
// result. Texts are written as texts, whatever they begin with: no formula can come out of a value. The same rows give
// the same bytes at any time and from both compilers.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/date.hpp"
#include "shared/base/money.hpp"
#include "shared/base/result.hpp"
#include "shared/workbook/table_reader.hpp"

namespace qudao::workbook {

enum class ColumnKind : std::uint8_t { text, integer, yuan, date };

struct ColumnSpec {
  std::string title;
  ColumnKind kind = ColumnKind::text;
  double width = 12;  // in characters, a Chinese one counting two
};

struct TableSpec {
  std::string sheet;  // at most 31 characters, none of []:*?/\ ; mended if not
  std::vector<ColumnSpec> columns;
};

// Takes the cells of one row from left to right. What is left out at the end is empty; more cells than columns assert.
class RowWriter {
 public:
  virtual ~RowWriter() = default;
  virtual void text(std::string_view value) = 0;  // longer than a cell can hold: cut, with "…" at the end
  virtual void integer(std::int64_t value) = 0;   // beyond 15 digits as text, since a spreadsheet would round it
  virtual void yuan(Fen amount_fen) = 0;
  virtual void date(Date value) = 0;  // kNoDate: empty
  virtual void empty() = 0;
};

// Writes one row, or returns false when there is none left.
using RowSource = std::function<bool(RowWriter&)>;

struct WriteOptions {
  std::int64_t expected_rows = 0;  // for the progress; 0 = unknown, then it is not called
  Progress progress;
};

// Error kTooManyRows beyond what a sheet holds (1,048,576 with the header), kCancelled, kNotWritten.
Result<std::string> write_table(const TableSpec& spec, const RowSource& next, const WriteOptions& options = {});

// UTF-8 with BOM, commas, CRLF, as Excel opens it. A text that a spreadsheet would take for a formula (beginning with = + -
// @ tab or line end, full-width forms included) gets an apostrophe put before it, except plain signed numbers.
Result<std::string> write_csv(const TableSpec& spec, const RowSource& next, const WriteOptions& options = {});

}  // namespace qudao::workbook
