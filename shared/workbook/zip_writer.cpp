#include "shared/workbook/zip_writer.hpp"

#include <array>

#include "shared/workbook/errors.hpp"

namespace qudao::workbook {
namespace {

constexpr std::uint32_t kVersion = 20;      // deflate
constexpr std::uint32_t kUtf8Names = 0x800;
constexpr std::uint32_t kDeflated = 8;
constexpr std::uint32_t kFirstDay = 0x0021;  // 1980-01-01: the same bytes at any time
constexpr std::size_t kPiece = 64 * 1024;
constexpr int kMemoryLevel = 8;              // zlib's default

void put(std::string& out, std::uint64_t value, int bytes) {
  for (int i = 0; i < bytes; ++i, value >>= 8) out.push_back(static_cast<char>(static_cast<unsigned char>(value)));
}

void put_at(std::string& out, std::size_t at, std::uint64_t value, int bytes) {
  for (int i = 0; i < bytes; ++i, value >>= 8)
    out[at + static_cast<std::size_t>(i)] = static_cast<char>(static_cast<unsigned char>(value));
}

}  // namespace

ZipWriter::ZipWriter() {
  ready_ = deflateInit2(&stream_, Z_DEFAULT_COMPRESSION, Z_DEFLATED, -MAX_WBITS, kMemoryLevel, Z_DEFAULT_STRATEGY) == Z_OK;
  failed_ = !ready_;
}

ZipWriter::~ZipWriter() {
  if (ready_) deflateEnd(&stream_);
}

void ZipWriter::begin(std::string_view name) {
  name_ = name;
  header_at_ = out_.size();
  out_.append("PK\x03\x04", 4);
  put(out_, kVersion, 2);
  put(out_, kUtf8Names, 2);
  put(out_, kDeflated, 2);
  put(out_, 0, 2);
  put(out_, kFirstDay, 2);
  put(out_, 0, 12);  // checksum and sizes, known at the end
  put(out_, name.size(), 2);
  put(out_, 0, 2);
  out_.append(name);
  data_at_ = out_.size();
  unpacked_ = 0;
  crc_ = crc32(0, nullptr, 0);
  if (ready_) deflateReset(&stream_);
}

void ZipWriter::pump(int flush) {
  std::array<char, kPiece> piece;
  int code = Z_OK;
  do {
    stream_.next_out = reinterpret_cast<Bytef*>(piece.data());
    stream_.avail_out = kPiece;
    code = deflate(&stream_, flush);
    out_.append(piece.data(), kPiece - stream_.avail_out);
  } while (stream_.avail_out == 0 && code == Z_OK);
  failed_ |= code != Z_OK && code != Z_STREAM_END && code != Z_BUF_ERROR;
}

void ZipWriter::write(std::string_view bytes) {
  if (failed_ || bytes.empty()) return;
  unpacked_ += bytes.size();
  crc_ = crc32(crc_, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uInt>(bytes.size()));
  // zlib's interface is not const-correct; it does not write through next_in.
  stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream_.avail_in = static_cast<uInt>(bytes.size());
  pump(Z_NO_FLUSH);
}

void ZipWriter::end() {
  if (failed_) return;
  stream_.avail_in = 0;
  pump(Z_FINISH);
  const std::size_t packed = out_.size() - data_at_;
  put_at(out_, header_at_ + 14, crc_, 4);
  put_at(out_, header_at_ + 18, packed, 4);
  put_at(out_, header_at_ + 22, unpacked_, 4);
  failed_ |= out_.size() > 0xFFFFFFFFu || unpacked_ > 0xFFFFFFFFu;

  directory_.append("PK\x01\x02", 4);
  put(directory_, kVersion, 2);
  directory_.append(out_, header_at_ + 4, 26);  // the local header's fields up to the length of "extra"
  put(directory_, 0, 2);                        // comment
  put(directory_, 0, 2);                        // disk
  put(directory_, 0, 6);                        // attributes
  put(directory_, header_at_, 4);
  directory_.append(name_);
  ++entries_;
}

Result<std::string> ZipWriter::finish() && {
  if (failed_) return Error::of(errors::kNotWritten).because("zlib failed, or more than 4 GB");
  const std::size_t at = out_.size();
  out_ += directory_;
  out_.append("PK\x05\x06", 4);
  put(out_, 0, 4);
  put(out_, entries_, 2);
  put(out_, entries_, 2);
  put(out_, directory_.size(), 4);
  put(out_, at, 4);
  put(out_, 0, 2);
  return std::move(out_);
}

}  // namespace qudao::workbook
