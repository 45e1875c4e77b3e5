// Builds a ZIP in memory, one part after the other, each deflated as it is written. The same parts give the same bytes:
// no clock, and zlib alone decides how they are packed. At most 4 GB, hence no ZIP64.
#pragma once

#include <zlib.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "shared/base/result.hpp"

namespace qudao::workbook {

class ZipWriter {
 public:
  ZipWriter();
  ~ZipWriter();
  ZipWriter(const ZipWriter&) = delete;
  ZipWriter& operator=(const ZipWriter&) = delete;

  void begin(std::string_view name);
  void write(std::string_view bytes);
  void end();
  // kNotWritten when zlib had no memory.
  Result<std::string> finish() &&;

 private:
  void pump(int flush);

  std::string out_;
  std::string directory_;
  std::string name_;
  z_stream stream_{};
  bool ready_ = false;
  bool failed_ = false;
  std::uint32_t entries_ = 0;
  std::size_t header_at_ = 0;
  std::size_t data_at_ = 0;
  std::uint64_t unpacked_ = 0;
  uLong crc_ = 0;
};

}  // namespace qudao::workbook
