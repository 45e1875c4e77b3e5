#include "shared/workbook/xlsx_writer.hpp"

#include <array>

#include "shared/base/text.hpp"
#include "shared/workbook/table_reader.hpp"

namespace qudao::workbook {
namespace {

constexpr std::size_t kFlushBytes = 64 * 1024;
constexpr std::size_t kMaxCellUnits = 32'767;  // UTF-16 units a cell can hold
constexpr std::size_t kMaxNameUnits = 31;

constexpr std::string_view kHead = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
constexpr std::string_view kMain = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
constexpr std::string_view kOffice = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
constexpr std::string_view kPackage = "http://schemas.openxmlformats.org/package/2006";

// In the order of CellStyle. 49 is "@", text; 3 is #,##0; 4 is #,##0.00; 164 is our date.
constexpr std::string_view kStyles =
    "<numFmts count=\"1\"><numFmt numFmtId=\"164\" formatCode=\"yyyy\\-mm\\-dd\"/></numFmts>"
    "<fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/><family val=\"2\"/></font>"
    "<font><b/><sz val=\"11\"/><name val=\"Calibri\"/><family val=\"2\"/></font></fonts>"
    "<fills count=\"3\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill>"
    "<fill><patternFill patternType=\"solid\"><fgColor rgb=\"FFDDEBF7\"/><bgColor indexed=\"64\"/></patternFill></fill></fills>"
    "<borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
    "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>"
    "<cellXfs count=\"7\">"
    "<xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>"
    "<xf numFmtId=\"49\" fontId=\"1\" fillId=\"2\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\" applyFont=\"1\" applyFill=\"1\"/>"
    "<xf numFmtId=\"49\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/>"
    "<xf numFmtId=\"3\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/>"
    "<xf numFmtId=\"4\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/>"
    "<xf numFmtId=\"164\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/>"
    "<xf numFmtId=\"49\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\" applyAlignment=\"1\">"
    "<alignment vertical=\"top\" wrapText=\"1\"/></xf>"
    "</cellXfs>"
    "<cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles>";

std::string join(std::initializer_list<std::string_view> parts) {
  std::string out;
  for (const std::string_view part : parts) out += part;
  return out;
}

std::size_t units_of(char32_t c) { return c > 0xFFFF ? 2 : 1; }

// Cut to so many UTF-16 units, "…" being the last when it was longer.
std::string_view fit(std::string_view text, std::size_t most, std::string& owned) {
  if (text.size() <= most) return text;
  std::size_t units = 0;
  std::size_t keep = 0;
  for (std::size_t pos = 0; pos < text.size();) {
    units += units_of(next_code_point(text, pos));
    if (units < most) keep = pos;
  }
  if (units <= most) return text;
  owned = std::string(text.substr(0, keep)) + "…";
  return owned;
}

bool is_hex(char c) { return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f'); }

// "_x000D_" typed by a person must not become a line end.
bool looks_escaped(std::string_view text) {
  return text.size() >= 7 && text[1] == 'x' && is_hex(text[2]) && is_hex(text[3]) && is_hex(text[4]) && is_hex(text[5]) &&
         text[6] == '_';
}

void append_escaped_unit(unsigned char c, std::string& out) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  out.append("_x00").append(1, kHex[c >> 4]).append(1, kHex[c & 15]).append(1, '_');
}

// XML text of a cell. What XML cannot hold is escaped as spreadsheets do, or replaced (U+FFFE, U+FFFF).
void append_xml(std::string_view text, std::string& out) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '_': out += looks_escaped(text.substr(i)) ? "_x005F_" : "_"; break;
      case '\xEF':
        if (text.substr(i, 3) == "\xEF\xBF\xBE" || text.substr(i, 3) == "\xEF\xBF\xBF") {
          append_utf8(out, kReplacement);
          i += 2;
          break;
        }
        out.push_back(c);
        break;
      default:
        if (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t') {
          append_escaped_unit(static_cast<unsigned char>(c), out);
        } else {
          out.push_back(c);
        }
    }
  }
}

std::string content_types(std::size_t sheets) {
  std::string xml = join({kHead, "<Types xmlns=\"", kPackage, "/content-types\">",
                          "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>",
                          "<Default Extension=\"xml\" ContentType=\"application/xml\"/>",
                          "<Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/>"});
  for (std::size_t i = 1; i <= sheets; ++i)
    xml += join({"<Override PartName=\"/xl/worksheets/sheet", std::to_string(i),
                 ".xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/>"});
  xml += "<Override PartName=\"/xl/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml\"/></Types>";
  return xml;
}

std::string root_relations() {
  return join({kHead, "<Relationships xmlns=\"", kPackage, "/relationships\"><Relationship Id=\"rId1\" Type=\"", kOffice,
               "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"});
}

std::string workbook_xml(const std::vector<SheetLayout>& sheets) {
  std::string xml = join({kHead, "<workbook xmlns=\"", kMain, "\" xmlns:r=\"", kOffice,
                          "\"><bookViews><workbookView xWindow=\"0\" yWindow=\"0\" windowWidth=\"24000\" windowHeight=\"12000\"/></bookViews><sheets>"});
  for (std::size_t i = 0; i < sheets.size(); ++i) {
    const std::string id = std::to_string(i + 1);
    xml += "<sheet name=\"";
    append_xml(sheet_name(sheets[i].name), xml);
    xml += join({"\" sheetId=\"", id, "\" r:id=\"rId", id, "\"/>"});
  }
  return xml + "</sheets></workbook>";
}

std::string workbook_relations(std::size_t sheets) {
  std::string xml = join({kHead, "<Relationships xmlns=\"", kPackage, "/relationships\">"});
  for (std::size_t i = 1; i <= sheets; ++i)
    xml += join({"<Relationship Id=\"rId", std::to_string(i), "\" Type=\"", kOffice, "/worksheet\" Target=\"worksheets/sheet",
                 std::to_string(i), ".xml\"/>"});
  return xml + join({"<Relationship Id=\"rId", std::to_string(sheets + 1), "\" Type=\"", kOffice,
                     "/styles\" Target=\"styles.xml\"/></Relationships>"});
}

// 12.5 -> "12.50", without the printing of floating point, which compilers may do differently.
std::string width_text(double width) {
  const auto hundredths = static_cast<std::int64_t>(width * 100 + 0.5);
  const std::string cents = std::to_string(100 + hundredths % 100);
  return std::to_string(hundredths / 100) + "." + cents.substr(1);
}

std::string style_text(CellStyle style) { return std::to_string(static_cast<int>(style)); }

}  // namespace

std::string sheet_name(std::string_view wanted) {
  std::string name;
  std::size_t units = 0;
  for (std::size_t pos = 0; pos < wanted.size();) {
    const char32_t c = next_code_point(wanted, pos);
    const bool barred = c < 0x20 || (c < 0x80 && std::string_view("[]:*?/\\").find(static_cast<char>(c)) != std::string_view::npos);
    units += units_of(c);
    if (units > kMaxNameUnits) break;
    append_utf8(name, barred ? U' ' : c);
  }
  while (!name.empty() && (name.front() == '\'' || name.front() == ' ')) name.erase(0, 1);
  while (!name.empty() && (name.back() == '\'' || name.back() == ' ')) name.pop_back();
  return name.empty() ? "Sheet" : name;
}

XlsxWriter::XlsxWriter(std::vector<SheetLayout> sheets) : sheets_(std::move(sheets)) {
  part("[Content_Types].xml", content_types(sheets_.size()));
  part("_rels/.rels", root_relations());
  part("xl/workbook.xml", workbook_xml(sheets_));
  part("xl/_rels/workbook.xml.rels", workbook_relations(sheets_.size()));
  part("xl/styles.xml", join({kHead, "<styleSheet xmlns=\"", kMain, "\">", kStyles, "</styleSheet>"}));
}

void XlsxWriter::part(std::string_view name, std::string_view xml) {
  zip_.begin(name);
  zip_.write(xml);
  zip_.end();
}

void XlsxWriter::begin_sheet() {
  const SheetLayout& sheet = sheets_[sheet_];
  zip_.begin("xl/worksheets/sheet" + std::to_string(sheet_ + 1) + ".xml");
  xml_ = join({kHead, "<worksheet xmlns=\"", kMain, "\"><sheetViews><sheetView ", sheet_ == 0 ? "tabSelected=\"1\" " : "",
               "workbookViewId=\"0\">"});
  if (sheet.frozen_header)
    xml_ += "<pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/><selection pane=\"bottomLeft\" activeCell=\"A2\" sqref=\"A2\"/>";
  xml_ += "</sheetView></sheetViews><sheetFormatPr defaultRowHeight=\"15\"/><cols>";
  letters_.clear();
  for (std::size_t i = 0; i < sheet.columns.size(); ++i) {
    const std::string column = std::to_string(i + 1);
    xml_ += join({"<col min=\"", column, "\" max=\"", column, "\" width=\"", width_text(sheet.columns[i].width), "\" style=\"",
                  style_text(sheet.columns[i].style), "\" customWidth=\"1\"/>"});
    letters_.push_back(column_letters(static_cast<std::uint32_t>(i)));
  }
  xml_ += "</cols><sheetData>";
  row_ = 0;
}

void XlsxWriter::begin_row() {
  row_text_ = std::to_string(++row_);
  column_ = 0;
  mark_ = xml_.size();
  xml_.append("<row r=\"").append(row_text_).append("\">");
}

void XlsxWriter::begin_cell(CellStyle style) {
  xml_.append("<c r=\"").append(letters_[column_++]).append(row_text_);
  xml_.append("\" s=\"").append(1, static_cast<char>('0' + static_cast<int>(style))).append("\"");
}

void XlsxWriter::text(CellStyle style, std::string_view value) {
  if (value.empty()) return skip();
  std::string cut;
  std::string scrubbed;
  value = fit(value, kMaxCellUnits, cut);
  if (!is_valid_utf8(value)) value = scrubbed = scrub_utf8(value);
  begin_cell(style);
  xml_ += " t=\"inlineStr\"><is><t xml:space=\"preserve\">";
  append_xml(value, xml_);
  xml_ += "</t></is></c>";
}

void XlsxWriter::number(CellStyle style, std::string_view decimal) {
  begin_cell(style);
  xml_.append("><v>").append(decimal).append("</v></c>");
}

void XlsxWriter::end_row() {
  xml_ += "</row>";
  if (xml_.size() >= kFlushBytes) flush();
}

void XlsxWriter::drop_row() {
  xml_.resize(mark_);
  --row_;
}

void XlsxWriter::flush() {
  zip_.write(xml_);
  xml_.clear();
}

void XlsxWriter::end_sheet() {
  xml_ += "</sheetData><pageMargins left=\"0.7\" right=\"0.7\" top=\"0.75\" bottom=\"0.75\" header=\"0.3\" footer=\"0.3\"/></worksheet>";
  flush();
  zip_.end();
  ++sheet_;
}

Result<std::string> XlsxWriter::finish() && { return std::move(zip_).finish(); }

}  // namespace qudao::workbook
