// Hand-made workbooks: every form of ZIP and XML that a foreign writer, or nobody but an attacker, would produce.
// Independent of shared/workbook's own writer.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "shared/workbook/table_reader.hpp"

namespace qudao::workbook::test {

struct RawEntry {
  std::string name;
  std::string content;
  bool stored = false;
  bool descriptor = false;    // sizes and checksum behind the data, 0 in front
  bool zip64 = false;         // sizes and offset in the ZIP64 field of the directory
  bool encrypted = false;     // the flag only
  int method = -1;            // another than the real one
  std::int64_t claims = -1;   // another unpacked size in the directory
  bool wrong_crc = false;
};

struct RawZip {
  std::vector<RawEntry> entries;
  bool zip64_end = false;
  std::string comment;
  std::string bytes() const;
};

// A workbook of the usual parts; change what the test is about, then take bytes().
struct Xlsx {
  std::string rows;                 // inside <sheetData>
  std::string after_rows;           // behind it
  std::string shared;               // inside <sst>; no part when empty
  std::string formats;              // inside <numFmts>
  std::string cell_formats;         // inside <cellXfs>
  std::map<std::string, std::string> more;  // further or replaced parts; "" takes a part out
  RawEntry how;                     // how entries are packed (its name and content do not count)

  std::string bytes() const;
  RawZip zip() const;
};

std::string sheet_xml(std::string_view rows, std::string_view after_rows = "");
// <row r="2"><c r="A2" t="inlineStr">… for each text in turn.
std::string text_row(int number, const std::vector<std::string>& texts);

// What a sink was given.
struct TakenRow {
  std::uint32_t number = 0;
  bool hidden = false;
  std::vector<std::string> cells;  // by column
  std::vector<CellKind> kinds;
  std::string text(std::size_t column) const { return column < cells.size() ? cells[column] : std::string(); }
};

class Taker final : public RowSink {
 public:
  std::string wanted;  // what A1 must be for a sheet to fit; any when empty
  TakenRow head;
  std::vector<TakenRow> rows;

  Status header(std::string_view sheet, const Row& row) override;
  Status row(const Row& row) override;
};

struct Taken {
  Result<TableInfo> info = Error::of("test.nothing");
  Taker table;
  std::string code() const { return info ? "" : info.error().code; }
};
Taken take(std::string_view bytes, const ReadOptions& options = {}, std::string_view wanted = "");

}  // namespace qudao::workbook::test
