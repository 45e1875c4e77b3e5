// The unpacked bytes of one part of a ZIP, as a stream: inflated piece by piece, its checksum and size checked at the
// end, everything counted against one budget and reported to one meter.
#pragma once

#include <zlib.h>

#include <cstdint>
#include <memory>
#include <string_view>

#include "shared/base/result.hpp"
#include "shared/workbook/limits.hpp"
#include "shared/workbook/table_reader.hpp"
#include "shared/workbook/zip_archive.hpp"

namespace qudao::workbook {

// Progress over the bytes consumed; never goes back, and calls at most once in half a per cent.
class Meter {
 public:
  explicit Meter(const Progress& progress) : progress_(progress) {}
  void expect(std::uint64_t bytes) {  // a new task: so many bytes are still to come
    total_ = consumed_ + bytes;
  }
  // False: cancelled.
  bool consumed(std::uint64_t bytes);

 private:
  const Progress& progress_;
  std::uint64_t total_ = 0;
  std::uint64_t consumed_ = 0;
  double shown_ = 0;
};

// What all parts of one workbook together may still inflate to, whatever they declare.
struct UnpackBudget {
  std::int64_t left = 0;
  std::int64_t limit = 0;
};

class PartStream {
 public:
  PartStream(const ZipEntry& entry, UnpackBudget& budget, Meter& meter);
  ~PartStream();
  PartStream(const PartStream&) = delete;
  PartStream& operator=(const PartStream&) = delete;

  // Fills the buffer as far as the part goes. Fewer bytes than asked for: it is over, or has failed.
  std::size_t read(char* out, std::size_t size);
  bool failed() const { return !status_.ok(); }
  const Error& error() const { return status_.error(); }
  std::string_view name() const { return entry_.name; }

 private:
  std::size_t inflate_some(char* out, std::size_t size);
  std::size_t copy_some(char* out, std::size_t size);
  void check_end();
  void fail(std::string_view code, std::string_view why);

  const ZipEntry& entry_;
  UnpackBudget& budget_;
  Meter& meter_;
  z_stream stream_{};
  bool inflating_ = false;
  bool over_ = false;
  std::size_t copied_ = 0;
  std::uint64_t produced_ = 0;
  uLong crc_ = 0;
  Status status_ = done();
};

}  // namespace qudao::workbook
