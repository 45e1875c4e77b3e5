#include "shared/workbook/part_stream.hpp"

#include <algorithm>
#include <cstring>

#include "shared/workbook/errors.hpp"

namespace qudao::workbook {
namespace {
constexpr double kProgressStep = 0.005;
constexpr std::size_t kPiece = 64 * 1024;  // bytes between two looks at the budget, and at the person who may cancel
}  // namespace

bool Meter::consumed(std::uint64_t bytes) {
  consumed_ += bytes;
  if (!progress_ || total_ == 0) return true;
  const double now = std::min(1.0, static_cast<double>(consumed_) / static_cast<double>(total_));
  if (now < shown_ + kProgressStep && now < 1.0) return true;
  if (now <= shown_) return true;
  shown_ = now;
  return progress_(now);
}

PartStream::PartStream(const ZipEntry& entry, UnpackBudget& budget, Meter& meter)
    : entry_(entry), budget_(budget), meter_(meter) {
  if (entry_.encrypted) {
    fail(errors::kEncrypted, "encrypted ZIP entry");
  } else if (!entry_.readable) {
    fail(errors::kDamaged, "unknown compression method");
  } else if (entry_.deflated) {
    // zlib's interface is not const-correct; it does not write through next_in.
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(entry_.data.data()));
    stream_.avail_in = static_cast<uInt>(entry_.data.size());
    inflating_ = inflateInit2(&stream_, -MAX_WBITS) == Z_OK;
    if (!inflating_) fail(errors::kDamaged, "zlib does not start");
  }
}

PartStream::~PartStream() {
  if (inflating_) inflateEnd(&stream_);
}

void PartStream::fail(std::string_view code, std::string_view why) {
  status_ = Error::of(code).with("part", entry_.name).because(why);
  over_ = true;
}

std::size_t PartStream::read(char* out, std::size_t size) {
  std::size_t filled = 0;
  while (filled < size && !over_) {
    const std::size_t piece = std::min(size - filled, kPiece);
    const std::size_t got = entry_.deflated ? inflate_some(out + filled, piece) : copy_some(out + filled, piece);
    crc_ = crc32(crc_, reinterpret_cast<const Bytef*>(out + filled), static_cast<uInt>(got));
    filled += got;
    produced_ += got;
    budget_.left -= static_cast<std::int64_t>(got);
    if (budget_.left < 0) {
      status_ = Error::of(errors::kUnpackedTooLarge).with("limit_mb", budget_.limit / kMegabyte);
      over_ = true;
    } else if (over_ && status_.ok()) {
      check_end();
    }
  }
  return status_.ok() ? filled : 0;
}

std::size_t PartStream::inflate_some(char* out, std::size_t size) {
  const uInt before = stream_.avail_in;
  stream_.next_out = reinterpret_cast<Bytef*>(out);
  stream_.avail_out = static_cast<uInt>(size);
  const int code = inflate(&stream_, Z_NO_FLUSH);
  if (code == Z_STREAM_END) {
    over_ = true;
  } else if (code != Z_OK) {
    fail(errors::kDamaged, stream_.msg != nullptr ? stream_.msg : "the packed data ends too early");
  }
  if (!meter_.consumed(before - stream_.avail_in)) {
    status_ = Error::of(errors::kCancelled);
    over_ = true;
  }
  return size - stream_.avail_out;
}

std::size_t PartStream::copy_some(char* out, std::size_t size) {
  const std::size_t count = std::min(size, entry_.data.size() - copied_);
  if (count > 0) std::memcpy(out, entry_.data.data() + copied_, count);
  copied_ += count;
  over_ = copied_ == entry_.data.size();
  if (!meter_.consumed(count)) {
    status_ = Error::of(errors::kCancelled);
    over_ = true;
  }
  return count;
}

void PartStream::check_end() {
  if (produced_ != entry_.unpacked_bytes) return fail(errors::kDamaged, "size differs from the directory's");
  if (crc_ != entry_.crc) return fail(errors::kDamaged, "checksum differs");
}

}  // namespace qudao::workbook
