// Reads one worksheet of a .xlsx as a stream and hands its rows to the feed.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/string_column.hpp"
#include "shared/workbook/number_text.hpp"
#include "shared/workbook/row_feed.hpp"
#include "shared/workbook/xlsx_package.hpp"
#include "shared/workbook/xml_scanner.hpp"

namespace qudao::workbook {

// What the cells of all sheets refer to.
struct SharedParts {
  StringColumn texts;
  std::vector<NumberFormat> formats;  // by style
  bool date1904 = false;
};

class SheetReader {
 public:
  SheetReader(const ZipEntry& part, const SharedParts& shared, RowFeed& feed, UnpackBudget& budget, Meter& meter);

  // Reads to the end, or until the feed says that this is not the sheet (see RowFeed::refused) or fails.
  Status read();
  std::int64_t merged_ranges() const { return merged_ranges_; }

 private:
  enum class Type : std::uint8_t { number, shared, text, inline_text, boolean, error, iso_date };
  enum class Taken : std::uint8_t { no, yes, failed };
  struct CellHead {
    std::uint32_t column = 0;
    std::uint32_t style = 0;
    Type type = Type::number;
  };
  // A cell's content as it is stored.
  struct Stored {
    std::string_view value;
    bool formula = false;
    bool suspicious = false;  // may need mend_text
  };

  // All of these: false = failed, and failure_ (or the scanner) says why.
  bool read_rows();
  bool begin_row();
  bool read_cells();
  bool read_cell();
  bool read_cell_head(CellHead& head);
  bool read_reference(std::string_view value, CellHead& head);
  bool place(const CellHead& head);
  bool add_cell(const CellHead& head, const Stored& stored);
  void add_value(const CellHead& head, const Stored& stored);
  bool read_merged();
  bool fail(std::string_view why);

  // The short ways; see the definitions.
  bool take_row();
  Taken take_cell();
  static bool take_cell_head(const char*& at, CellHead& head);
  static Type type_of(std::string_view value);

  const ZipEntry& part_;
  const SharedParts& shared_;
  RowFeed& feed_;
  PartStream stream_;
  XmlScanner xml_;
  Status failure_ = done();
  std::string value_;
  std::uint32_t row_ = 0;    // the last one seen
  bool row_given_ = false;   // the row said its number
  std::string row_tail_;     // see take_row
  bool row_tail_hidden_ = false;
  std::uint32_t next_column_ = 0;
  std::int64_t merged_ranges_ = 0;
};

}  // namespace qudao::workbook
