#include "shared/workbook/sniff.hpp"

#include <algorithm>
#include <string>

#include "shared/workbook/errors.hpp"
#include "shared/workbook/utf16.hpp"

namespace qudao::workbook {
namespace {

constexpr std::string_view kOleSignature("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8);
constexpr std::size_t kOleEntryBytes = 128;  // a directory entry: a name in UTF-16 and 64 bytes more; aligned
constexpr std::size_t kHeadBytes = 4096;     // what is looked at of a text

std::string utf16_of(std::string_view ascii) {
  std::string out;
  for (const char c : ascii) out.append(1, c).append(1, '\0');
  return out.append(2, '\0');
}

// Whether the OLE directory has an entry of this name. Its sectors may lie anywhere, but entries are always aligned.
bool ole_has(std::string_view bytes, std::string_view name) {
  const std::string wide = utf16_of(name);
  for (std::size_t at = 512; at + kOleEntryBytes <= bytes.size(); at += kOleEntryBytes)
    if (bytes.substr(at, wide.size()) == wide) return true;
  return false;
}

// An Office file of before 2007, or the shell round an encrypted one of today.
Error ole_kind(std::string_view bytes) {
  if (ole_has(bytes, "EncryptedPackage")) return Error::of(errors::kEncrypted);
  if (ole_has(bytes, "Workbook") || ole_has(bytes, "Book")) return Error::of(errors::kOldXls);
  return Error::of(bytes.size() < 1024 ? errors::kTruncated : errors::kNotAWorkbook);
}

bool begins_with(std::string_view text, std::string_view with) { return text.substr(0, with.size()) == with; }

// Excel 2 to 4 wrote records without a container: BOF is 09 00, 09 02, 09 04 and its length 4 or 6.
bool is_bare_biff(std::string_view bytes) {
  return bytes.size() > 8 && bytes[0] == '\x09' && (bytes[1] == '\x00' || bytes[1] == '\x02' || bytes[1] == '\x04') &&
         (bytes[2] == '\x04' || bytes[2] == '\x06') && bytes[3] == '\0';
}

std::string lower_head(std::string_view bytes) {
  std::string head(bytes.substr(0, kHeadBytes));
  if (begins_with(head, "\xEF\xBB\xBF")) head.erase(0, 3);
  head.erase(0, head.find_first_not_of(" \t\r\n"));
  for (char& c : head)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return head;
}

bool has(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

Result<Container> markup_kind(std::string_view head) {
  if (has(head, "urn:schemas-microsoft-com:office:spreadsheet") && begins_with(head, "<?xml"))
    return Error::of(errors::kOtherFormat).with("format", "xml2003");
  if (has(head, "urn:oasis:names:tc:opendocument") && begins_with(head, "<?xml")) return Error::of(errors::kOtherFormat).with("format", "ods");
  for (const std::string_view tag : {"<html", "<!doctype html", "<table", "<meta", "<body", "<head", "<div", "<style"})
    if (has(head, tag)) return Error::of(errors::kHtml);
  if (begins_with(head, "<?xml") || begins_with(head, "<!")) return Error::of(errors::kNotAWorkbook);
  return Container::text;  // a text whose first cell begins with "<"
}

}  // namespace

Result<Container> sniff(std::string_view bytes) {
  if (bytes.empty()) return Error::of(errors::kEmpty);
  if (begins_with(bytes, "PK\x03\x04")) return Container::zip;
  if (begins_with(bytes, kOleSignature)) return ole_kind(bytes);
  if (is_bare_biff(bytes)) return Error::of(errors::kOldXls);
  bool big_endian = false;
  if (has_utf16_bom(bytes, big_endian)) return Container::text;
  for (const std::string_view magic :
       {"%PDF-", "PK\x05\x06", "PK\x07\x08", "Rar!", "7z\xBC\xAF", "\x89PNG", "\xFF\xD8\xFF", "GIF8", "\x1F\x8B", "{\\rtf"})
    if (begins_with(bytes, magic)) return Error::of(errors::kNotAWorkbook);
  if (bytes.substr(0, kHeadBytes).find('\0') != std::string_view::npos) return Error::of(errors::kNotAWorkbook);
  const std::string head = lower_head(bytes);
  if (head.empty() && bytes.size() <= kHeadBytes) return Error::of(errors::kEmpty);
  return head.empty() || head.front() != '<' ? Result<Container>(Container::text) : markup_kind(head);
}

}  // namespace qudao::workbook
