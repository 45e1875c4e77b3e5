#include "tests/unit/workbook/make_xlsx.hpp"

#include <zlib.h>

namespace qudao::workbook::test {
namespace {

void put(std::string& out, std::uint64_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) out.push_back(static_cast<char>(static_cast<unsigned char>(value >> (8 * i))));
}

std::string deflated(std::string_view content) {
  z_stream stream{};
  deflateInit2(&stream, 9, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&stream, static_cast<uLong>(content.size())) + 64, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(content.data()));
  stream.avail_in = static_cast<uInt>(content.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

constexpr std::uint64_t kIn64 = 0xFFFFFFFF;
constexpr std::string_view kSheetRelations =
    "<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" "
    "Target=\"worksheets/sheet1.xml\"/>"
    "<Relationship Id=\"rId8\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings\" "
    "Target=\"sharedStrings.xml\"/>"
    "<Relationship Id=\"rId9\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" "
    "Target=\"styles.xml\"/>";

}  // namespace

namespace {

// What the local header and the directory say of an entry.
struct Claims {
  std::uint64_t flags = 0;
  std::uint64_t method = 0;
  std::uint64_t crc = 0;
  std::uint64_t packed = 0;
  std::uint64_t size = 0;
  std::uint64_t offset = 0;
};

void put_local(std::string& out, const RawEntry& entry, const Claims& claims, std::string_view data) {
  out.append("PK\x03\x04", 4);
  put(out, 20, 2);
  put(out, claims.flags, 2);
  put(out, claims.method, 2);
  put(out, 0, 4);
  put(out, entry.descriptor ? 0 : claims.crc, 4);
  put(out, entry.descriptor ? 0 : claims.packed, 4);
  put(out, entry.descriptor ? 0 : claims.size, 4);
  put(out, entry.name.size(), 2);
  put(out, 5, 2);  // an extra field that is only here, not in the directory
  out += entry.name;
  out.append("\x55\x54\x01\x00\x07", 5);
  out += data;
  if (!entry.descriptor) return;
  out.append("PK\x07\x08", 4);
  put(out, claims.crc, 4);
  put(out, claims.packed, 4);
  put(out, claims.size, 4);
}

void put_directory(std::string& out, const RawEntry& entry, const Claims& claims) {
  out.append("PK\x01\x02", 4);
  put(out, 45, 2);
  put(out, 20, 2);
  put(out, claims.flags, 2);
  put(out, claims.method, 2);
  put(out, 0, 4);
  put(out, claims.crc, 4);
  put(out, entry.zip64 ? kIn64 : claims.packed, 4);
  put(out, entry.zip64 ? kIn64 : claims.size, 4);
  put(out, entry.name.size(), 2);
  put(out, entry.zip64 ? 32 : 0, 2);
  put(out, 0, 2);
  put(out, 0, 8);
  put(out, entry.zip64 ? kIn64 : claims.offset, 4);
  out += entry.name;
  if (!entry.zip64) return;
  out.append("\x0A\x00\x00\x00", 4);  // another field first
  put(out, 1, 2);
  put(out, 24, 2);
  put(out, claims.size, 8);
  put(out, claims.packed, 8);
  put(out, claims.offset, 8);
}

void put_end64(std::string& out, std::uint64_t entries, std::uint64_t directory_bytes, std::uint64_t directory_at) {
  const std::uint64_t end = out.size();
  out.append("PK\x06\x06", 4);
  put(out, 44, 8);
  put(out, 45, 2);
  put(out, 45, 2);
  put(out, 0, 8);
  put(out, entries, 8);
  put(out, entries, 8);
  put(out, directory_bytes, 8);
  put(out, directory_at, 8);
  out.append("PK\x06\x07", 4);
  put(out, 0, 4);
  put(out, end, 8);
  put(out, 1, 4);
}

}  // namespace

std::string RawZip::bytes() const {
  std::string out;
  std::string directory;
  for (const RawEntry& entry : entries) {
    const std::string data = entry.stored ? entry.content : deflated(entry.content);
    Claims claims;
    claims.flags = (entry.encrypted ? 1u : 0u) | (entry.descriptor ? 8u : 0u);
    claims.method = entry.method >= 0 ? static_cast<std::uint64_t>(entry.method) : (entry.stored ? 0u : 8u);
    claims.crc = crc32(0, reinterpret_cast<const Bytef*>(entry.content.data()), static_cast<uInt>(entry.content.size())) ^
                 (entry.wrong_crc ? 1u : 0u);
    claims.packed = data.size();
    claims.size = entry.claims >= 0 ? static_cast<std::uint64_t>(entry.claims) : entry.content.size();
    claims.offset = out.size();
    put_local(out, entry, claims, data);
    put_directory(directory, entry, claims);
  }
  const std::uint64_t at = out.size();
  out += directory;
  if (zip64_end) put_end64(out, entries.size(), directory.size(), at);
  out.append("PK\x05\x06", 4);
  put(out, 0, 4);
  put(out, zip64_end ? 0xFFFF : entries.size(), 2);
  put(out, zip64_end ? 0xFFFF : entries.size(), 2);
  put(out, zip64_end ? kIn64 : directory.size(), 4);
  put(out, zip64_end ? kIn64 : at, 4);
  put(out, comment.size(), 2);
  return out + comment;
}

std::string sheet_xml(std::string_view rows, std::string_view after_rows) {
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" "
         "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheetData>" +
         std::string(rows) + "</sheetData>" + std::string(after_rows) + "</worksheet>";
}

std::string text_row(int number, const std::vector<std::string>& texts) {
  std::string xml = "<row r=\"" + std::to_string(number) + "\">";
  char column = 'A';
  for (const std::string& text : texts) {
    if (!text.empty())
      xml += std::string("<c r=\"") + column + std::to_string(number) + "\" t=\"inlineStr\"><is><t>" + text + "</t></is></c>";
    ++column;
  }
  return xml + "</row>";
}

RawZip Xlsx::zip() const {
  std::map<std::string, std::string> parts;
  parts["[Content_Types].xml"] = "<Types/>";
  parts["_rels/.rels"] =
      "<Relationships><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
      "officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>";
  parts["xl/workbook.xml"] =
      "<workbook xmlns:r=\"x\"><sheets><sheet name=\"表一\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>";
  parts["xl/_rels/workbook.xml.rels"] = "<Relationships>" + std::string(kSheetRelations) + "</Relationships>";
  parts["xl/worksheets/sheet1.xml"] = sheet_xml(rows, after_rows);
  if (!shared.empty()) parts["xl/sharedStrings.xml"] = "<sst>" + shared + "</sst>";
  if (!cell_formats.empty())
    parts["xl/styles.xml"] = "<styleSheet><numFmts>" + formats + "</numFmts><cellXfs>" + cell_formats + "</cellXfs></styleSheet>";
  for (const auto& part : more) parts[part.first] = part.second;
  RawZip zip;
  for (const auto& part : parts) {
    if (part.second.empty()) continue;
    RawEntry entry = how;
    entry.name = part.first;
    entry.content = part.second;
    zip.entries.push_back(entry);
  }
  return zip;
}

std::string Xlsx::bytes() const { return zip().bytes(); }

namespace {

TakenRow copy(const Row& row) {
  TakenRow taken{row.number, row.hidden, {}, {}};
  for (const Cell& cell : row.cells) {
    taken.cells.resize(cell.column + 1);
    taken.kinds.resize(cell.column + 1);
    taken.cells[cell.column] = std::string(cell.text);
    taken.kinds[cell.column] = cell.kind;
  }
  return taken;
}

}  // namespace

Status Taker::header(std::string_view sheet, const Row& row) {
  head = copy(row);
  if (!wanted.empty() && head.text(0) != wanted) return Error::of("test.header").with("sheet", sheet).with("found", head.text(0));
  return done();
}

Status Taker::row(const Row& row) {
  rows.push_back(copy(row));
  return done();
}

Taken take(std::string_view bytes, const ReadOptions& options, std::string_view wanted) {
  Taken taken;
  taken.table.wanted = wanted;
  taken.info = read_table(bytes, options, taken.table);
  return taken;
}

}  // namespace qudao::workbook::test
