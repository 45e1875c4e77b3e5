// What stands around the sheets of a .xlsx: which parts are sheets, their order, names and visibility, the table of shared
// texts and the number formats of the styles.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/result.hpp"
#include "shared/base/string_column.hpp"
#include "shared/workbook/number_text.hpp"
#include "shared/workbook/part_stream.hpp"
#include "shared/workbook/zip_archive.hpp"

namespace qudao::workbook {

struct SheetEntry {
  std::string name;
  const ZipEntry* part = nullptr;
};

struct XlsxPackage {
  std::vector<SheetEntry> sheets;  // visible worksheets in their order
  std::int64_t hidden_sheets = 0;
  const ZipEntry* shared_strings = nullptr;  // may be absent
  const ZipEntry* styles = nullptr;          // may be absent
  bool date1904 = false;
};

// kNotAWorkbook, kOtherFormat (.xlsb, .ods, .numbers are ZIPs too), kNoVisibleSheet, kDamaged and what part_stream says.
Result<XlsxPackage> open_package(const ZipArchive& archive, UnpackBudget& budget, Meter& meter);

Result<std::vector<NumberFormat>> read_formats(const ZipEntry& part, UnpackBudget& budget, Meter& meter);

// kTooMuchText beyond the limit. A text longer than a cell may be is kept just so long that the cell can be refused.
Result<StringColumn> read_shared_strings(const ZipEntry& part, const Limits& limits, UnpackBudget& budget, Meter& meter);

class XmlScanner;
// After the start of <si> or <is>: appends its text (runs joined, phonetic guides left out) and goes past its end.
// Stops taking text beyond `limit` bytes. `suspicious` is set when mend_text must look at it. False: failed.
bool read_rich_text(XmlScanner& xml, std::string& out, std::size_t limit, bool& suspicious);

}  // namespace qudao::workbook
