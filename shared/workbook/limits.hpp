// The stated limits of a workbook that is read. They bound memory and time whatever the file claims about itself; each
// has its code in errors.hpp.
#pragma once

#include <cstdint>

namespace qudao::workbook {

inline constexpr std::int64_t kMegabyte = 1024 * 1024;
inline constexpr std::int64_t kMaxNoteCharacters = 255;           // code points of a note
inline constexpr std::int64_t kMaxNotesBytes = 24 * kMegabyte;    // all notes of a bulk move together

struct Limits {
  std::int64_t file_bytes = 50 * kMegabyte;
  std::int64_t unpacked_bytes = 600 * kMegabyte;  // declared by all parts, and really inflated by those read
  std::int64_t parts = 4096;                      // entries of the ZIP
  std::int64_t rows = 200'000;                    // below the header, blank ones not counted
  std::int64_t columns = 256;                     // beyond it only blank cells
  std::int64_t cell_bytes = 4 * 32'767;           // Excel's own limit is 32,767 characters
  std::int64_t shared_text_bytes = 64 * kMegabyte;  // texts a .xlsx keeps in its common table
};

}  // namespace qudao::workbook
