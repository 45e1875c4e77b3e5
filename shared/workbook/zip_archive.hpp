// The directory of a ZIP held in memory: which parts there are and where. ZIP64, data descriptors (sizes come from the
// central directory) and stored entries are understood; what it claims is checked against the bytes there are.
// Not for writing, and not for archives that span files.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/result.hpp"
#include "shared/workbook/limits.hpp"

namespace qudao::workbook {

struct ZipEntry {
  std::string_view name;  // as stored, a view into the archive
  std::string_view data;  // compressed
  std::uint64_t unpacked_bytes = 0;
  std::uint32_t crc = 0;
  bool deflated = false;   // else stored
  bool readable = true;    // false: encrypted or an unknown method
  bool encrypted = false;
};

class ZipArchive {
 public:
  // kTruncated, kDamaged, kTooManyParts, kUnpackedTooLarge (by what is declared).
  static Result<ZipArchive> open(std::string_view bytes, const Limits& limits);

  // Part names compare without regard to ASCII case, "\" counts as "/", a leading "/" does not count (OPC).
  const ZipEntry* find(std::string_view part) const;
  const std::vector<ZipEntry>& entries() const { return entries_; }

 private:
  std::vector<ZipEntry> entries_;
};

}  // namespace qudao::workbook
