// Reads the rows of one sheet of a .xlsx, or of a .csv, as texts: bytes in, rows out, one after the other. What a cell
// means is the sink's business (move_template.hpp); this knows only how spreadsheets write things down.
//
// The kind of file is told by its content, never by its name. A .xlsx is inflated and parsed as a stream; only its table of
// shared texts is kept. Text of a cell is what a person sees in it, as far as nothing is lost:
//  - whole numbers of up to 15 digits are printed in full, however they are stored; a number whose digits are gone (more
//    than 15, or shown in scientific notation by its own format) is printed in scientific notation, so that it can never
//    pass for a code; a format of zeros only ("000000") gives its leading zeros;
//  - dates, told by their style, are printed yyyy-MM-dd, with HH:mm:ss if they have a time;
//  - formulas give their stored result; one without is CellKind::uncomputed;
//  - phonetic guides are left out, rich text is joined, _xHHHH_ escapes are undone, line ends become "\n".
//
// Hidden sheets are skipped. Hidden rows are READ and marked: a filter must not make rows vanish from a move unseen, nor
// let them be moved unseen, so whoever shows the result must name their number. Merged cells are not spread: the value
// stands where it is stored, the covered cells are empty.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "shared/base/result.hpp"
#include "shared/workbook/errors.hpp"
#include "shared/workbook/limits.hpp"

namespace qudao::workbook {

enum class FileKind : std::uint8_t { xlsx, csv };
enum class Encoding : std::uint8_t { utf8, utf16, gbk };  // of a .csv; a .xlsx says itself

enum class CellKind : std::uint8_t {
  text,
  number,
  date,
  boolean,     // "TRUE" or "FALSE"
  error,       // "#N/A" and its kin
  uncomputed,  // a formula whose result was never stored: "="
};

struct Cell {
  std::uint32_t column = 0;  // from 0
  CellKind kind = CellKind::text;
  std::string_view text;  // UTF-8; never empty; valid during the call only
};

struct Row {
  std::uint32_t number = 0;  // as the spreadsheet counts, from 1
  bool hidden = false;
  std::span<const Cell> cells;  // by column, the empty ones left out; never empty

  std::string_view text(std::uint32_t column) const {  // "" when there is none
    for (const Cell& cell : cells)
      if (cell.column == column) return cell.text;
    return {};
  }
};

// What takes the rows. Nothing is called for blank rows.
class RowSink {
 public:
  virtual ~RowSink() = default;
  // The first row of a sheet. An error means "not this sheet": the next visible one is tried, and when none fits, the
  // error for the first sheet that has anything in it is the result.
  virtual Status header(std::string_view sheet, const Row& row) = 0;
  // Each further row of the sheet whose header fitted. An error ends the reading and is its result.
  virtual Status row(const Row& row) = 0;
};

// Called with 0..1 by what has been consumed, a few hundred times at most; false cancels (errors::kCancelled).
using Progress = std::function<bool(double done)>;

struct ReadOptions {
  Limits limits;
  Progress progress;  // may be empty
};

// What a person should be told about the sheet that was read.
struct TableInfo {
  FileKind kind = FileKind::xlsx;
  Encoding encoding = Encoding::utf8;
  char separator = 0;               // of a .csv
  std::string sheet;                // its name; empty for a .csv
  std::uint32_t header_row = 0;
  std::int64_t rows = 0;            // below the header, blank ones not counted
  std::int64_t blank_rows = 0;      // between rows, as far as the file stores them
  std::int64_t hidden_rows = 0;     // read, among `rows`
  std::int64_t skipped_sheets = 0;  // visible ones whose header did not fit
  std::int64_t hidden_sheets = 0;   // never looked at
  std::int64_t merged_ranges = 0;
  std::int64_t uncomputed_cells = 0;
};

Result<TableInfo> read_table(std::string_view bytes, const ReadOptions& options, RowSink& sink);

// "A", "Z", "AA" for 0, 25, 26.
std::string column_letters(std::uint32_t column);

}  // namespace qudao::workbook
