#include "shared/workbook/zip_archive.hpp"

#include "shared/workbook/errors.hpp"

namespace qudao::workbook {
namespace {

constexpr std::string_view kEndSignature("PK\x05\x06", 4);
constexpr std::string_view kEnd64Signature("PK\x06\x06", 4);
constexpr std::string_view kEnd64LocatorSignature("PK\x06\x07", 4);
constexpr std::string_view kEntrySignature("PK\x01\x02", 4);
constexpr std::string_view kLocalSignature("PK\x03\x04", 4);
constexpr std::size_t kEndBytes = 22;
constexpr std::size_t kEnd64Bytes = 56;
constexpr std::size_t kEnd64LocatorBytes = 20;
constexpr std::size_t kEntryBytes = 46;
constexpr std::size_t kLocalBytes = 30;
constexpr std::size_t kMaxComment = 0xFFFF;
constexpr std::uint32_t kIn64 = 0xFFFFFFFF;  // "look in the ZIP64 field"

std::uint64_t little(std::string_view bytes, std::size_t at, std::size_t count) {
  std::uint64_t value = 0;
  for (std::size_t i = count; i-- > 0;) value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
  return value;
}
std::uint32_t u16(std::string_view bytes, std::size_t at) { return static_cast<std::uint32_t>(little(bytes, at, 2)); }
std::uint32_t u32(std::string_view bytes, std::size_t at) { return static_cast<std::uint32_t>(little(bytes, at, 4)); }

Error damaged(std::string_view why) { return Error::of(errors::kDamaged).with("part", "zip").because(why); }

struct Directory {
  std::uint64_t entries = 0;
  std::uint64_t bytes = 0;
  std::uint64_t offset = 0;
};

// Whether [offset, offset + bytes) lies inside something so large. Written so that nothing overflows.
bool inside(std::uint64_t offset, std::uint64_t bytes, std::uint64_t size) { return offset <= size && bytes <= size - offset; }

Result<Directory> find_directory(std::string_view bytes) {
  if (bytes.size() < kEndBytes) return Error::of(errors::kTruncated);
  const std::size_t last = bytes.size() - kEndBytes;
  const std::size_t first = last > kMaxComment ? last - kMaxComment : 0;
  std::size_t end = last + 1;
  while (end-- > first) {
    // Bytes behind it are forgiven: some servers append a line end to a download.
    if (bytes.substr(end, 4) == kEndSignature && end + kEndBytes + u16(bytes, end + 20) <= bytes.size()) break;
    if (end == first) return Error::of(errors::kTruncated).because("no end of central directory");
  }
  Directory directory{u16(bytes, end + 10), u32(bytes, end + 12), u32(bytes, end + 16)};
  const bool wide = directory.entries == 0xFFFF || directory.bytes == kIn64 || directory.offset == kIn64;
  if (wide && end >= kEnd64LocatorBytes && bytes.substr(end - kEnd64LocatorBytes, 4) == kEnd64LocatorSignature) {
    const std::uint64_t at = little(bytes, end - kEnd64LocatorBytes + 8, 8);
    if (!inside(at, kEnd64Bytes, end)) return damaged("ZIP64 end outside the file");
    const std::string_view end64 = bytes.substr(static_cast<std::size_t>(at), kEnd64Bytes);
    if (end64.substr(0, 4) != kEnd64Signature) return damaged("ZIP64 end not where it should be");
    directory = {little(end64, 32, 8), little(end64, 40, 8), little(end64, 48, 8)};
  }
  if (!inside(directory.offset, directory.bytes, end)) return damaged("central directory outside the file");
  return directory;
}

// Reads the ZIP64 extra field: those of the three values that did not fit in 32 bits, in this order.
bool widen(std::string_view extra, std::uint64_t& unpacked, std::uint64_t& packed, std::uint64_t& offset) {
  while (extra.size() >= 4) {
    const std::uint32_t id = u16(extra, 0);
    const std::size_t size = u16(extra, 2);
    if (extra.size() < 4 + size) return false;
    if (id == 1) {
      std::string_view field = extra.substr(4, size);
      for (std::uint64_t* value : {&unpacked, &packed, &offset}) {
        if (*value != kIn64) continue;
        if (field.size() < 8) return false;
        *value = little(field, 0, 8);
        field.remove_prefix(8);
      }
      return true;
    }
    extra.remove_prefix(4 + size);
  }
  return unpacked != kIn64 && packed != kIn64 && offset != kIn64;
}

// Reads one entry of the directory at `at` and moves past it.
Result<ZipEntry> read_entry(std::string_view bytes, std::string_view directory, std::size_t& at) {
  if (directory.size() - at < kEntryBytes || directory.substr(at, 4) != kEntrySignature) return damaged("bad directory entry");
  const std::string_view fixed = directory.substr(at, kEntryBytes);
  const std::size_t name_bytes = u16(fixed, 28);
  const std::size_t extra_bytes = u16(fixed, 30);
  const std::size_t whole = kEntryBytes + name_bytes + extra_bytes + u16(fixed, 32);
  if (directory.size() - at < whole) return damaged("directory entry cut off");
  std::uint64_t packed = u32(fixed, 20);
  std::uint64_t unpacked = u32(fixed, 24);
  std::uint64_t offset = u32(fixed, 42);
  if (!widen(directory.substr(at + kEntryBytes + name_bytes, extra_bytes), unpacked, packed, offset))
    return damaged("bad ZIP64 field");

  ZipEntry entry;
  entry.name = directory.substr(at + kEntryBytes, name_bytes);
  entry.crc = u32(fixed, 16);
  entry.unpacked_bytes = unpacked;
  entry.encrypted = (u16(fixed, 8) & 1) != 0;
  const std::uint32_t method = u16(fixed, 10);
  entry.deflated = method == 8;
  entry.readable = !entry.encrypted && (method == 0 || method == 8);
  at += whole;

  if (!inside(offset, kLocalBytes, bytes.size())) return damaged("part outside the file");
  const std::string_view local = bytes.substr(static_cast<std::size_t>(offset), kLocalBytes);
  if (local.substr(0, 4) != kLocalSignature) return damaged("part not where the directory says");
  const std::uint64_t begin = offset + kLocalBytes + u16(local, 26) + u16(local, 28);
  if (!inside(begin, packed, bytes.size())) return damaged("part reaches outside the file");
  entry.data = bytes.substr(static_cast<std::size_t>(begin), static_cast<std::size_t>(packed));
  return entry;
}

char folded(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : (c == '\\' ? '/' : c); }

bool same_part(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i)
    if (folded(a[i]) != folded(b[i])) return false;
  return true;
}

std::string_view without_slash(std::string_view name) {
  if (!name.empty() && folded(name.front()) == '/') name.remove_prefix(1);
  return name;
}

}  // namespace

Result<ZipArchive> ZipArchive::open(std::string_view bytes, const Limits& limits) {
  QUDAO_TRY(directory, find_directory(bytes));
  if (directory.entries > static_cast<std::uint64_t>(limits.parts))
    return Error::of(errors::kTooManyParts).with("limit", limits.parts);
  const std::string_view all =
      bytes.substr(static_cast<std::size_t>(directory.offset), static_cast<std::size_t>(directory.bytes));
  ZipArchive archive;
  std::uint64_t declared = 0;
  std::size_t at = 0;
  for (std::uint64_t i = 0; i < directory.entries; ++i) {
    QUDAO_TRY(entry, read_entry(bytes, all, at));
    // Compared before it is added: the sizes claimed are any 64-bit numbers.
    const auto limit = static_cast<std::uint64_t>(limits.unpacked_bytes);
    if (entry.unpacked_bytes > limit - declared)
      return Error::of(errors::kUnpackedTooLarge).with("limit_mb", limits.unpacked_bytes / kMegabyte);
    declared += entry.unpacked_bytes;
    archive.entries_.push_back(entry);
  }
  return archive;
}

const ZipEntry* ZipArchive::find(std::string_view part) const {
  for (const ZipEntry& entry : entries_)
    if (same_part(without_slash(entry.name), without_slash(part))) return &entry;
  return nullptr;
}

}  // namespace qudao::workbook
