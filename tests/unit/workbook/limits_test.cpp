// Bad input is normal input: every limit has its refusal, and nothing that arrives brings the reader down.
#include <catch2/catch.hpp>

#include "shared/workbook/move_template.hpp"
#include "tests/unit/workbook/make_xlsx.hpp"

using namespace qudao::workbook;
using namespace qudao::workbook::test;

namespace {

Xlsx with_rows(int count, const std::string& text = "1") {
  Xlsx xlsx;
  xlsx.rows = text_row(1, {"h"});
  for (int i = 2; i < count + 2; ++i) xlsx.rows += text_row(i, {text});
  return xlsx;
}

std::string ole(std::string_view stream) {
  std::string file("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8);
  file.resize(4096, '\0');
  std::size_t at = 1024 + 128;
  for (const char c : stream) {
    file[at] = c;
    at += 2;
  }
  return file;
}

Taken take_limited(std::string_view bytes, void (*change)(Limits&)) {
  ReadOptions options;
  change(options.limits);
  return take(bytes, options);
}

}  // namespace

TEST_CASE("what is no workbook is told by its content") {
  CHECK(take("").code() == errors::kEmpty);
  CHECK(take("\xEF\xBB\xBF \r\n\t").code() == errors::kEmpty);
  CHECK(take(",,,\n,,\n").code() == errors::kEmpty);
  CHECK(take(ole("EncryptedPackage")).code() == errors::kEncrypted);
  CHECK(take(ole("Workbook")).code() == errors::kOldXls);
  CHECK(take(ole("Book")).code() == errors::kOldXls);
  CHECK(take(ole("WordDocument")).code() == errors::kNotAWorkbook);
  CHECK(take(ole("Workbook").substr(0, 600)).code() == errors::kTruncated);
  CHECK(take(std::string("\x09\x08\x06\x00\x00\x00\x10\x00\x00\x00", 10)).code() == errors::kNotAWorkbook);
  CHECK(take(std::string("\x09\x04\x06\x00\x00\x00\x10\x00\x00\x00", 10)).code() == errors::kOldXls);
  CHECK(take("\xEF\xBB\xBF<html xmlns:x=\"urn:schemas-microsoft-com:office:excel\"><table><tr><td>1").code() == errors::kHtml);
  CHECK(take("  \n<!DOCTYPE HTML><html>").code() == errors::kHtml);
  CHECK(take("<TABLE border=1>").code() == errors::kHtml);
  const Taken xml = take("<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">");
  CHECK(xml.code() == errors::kOtherFormat);
  CHECK(xml.info.error().param("format") == "xml2003");
  const Taken flat = take("<?xml version=\"1.0\"?><office:document xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\"><style:style/>");
  CHECK(flat.code() == errors::kOtherFormat);
  CHECK(flat.info.error().param("format") == "ods");
  CHECK(take("<?xml version=\"1.0\"?><svg/>").code() == errors::kNotAWorkbook);
  CHECK(take("%PDF-1.7\n").code() == errors::kNotAWorkbook);
  CHECK(take("\x89PNG\r\n\x1A\n").code() == errors::kNotAWorkbook);
  CHECK(take("\xFF\xD8\xFF\xE0").code() == errors::kNotAWorkbook);
  CHECK(take(std::string("abc\0def", 7)).code() == errors::kNotAWorkbook);
  CHECK(take(std::string("PK\x05\x06") + std::string(18, '\0')).code() == errors::kNotAWorkbook);
  CHECK(take("<b>,1\n2,3\n").info.ok());
}

TEST_CASE("limits of the file and its rows") {
  const std::string three = with_rows(3).bytes();
  CHECK(take_limited(three, [](Limits& l) { l.rows = 3; }).info.ok());
  Taken taken = take_limited(three, [](Limits& l) { l.rows = 2; });
  CHECK(taken.code() == errors::kTooManyRows);
  CHECK(taken.info.error().param("limit") == "2");
  CHECK(take_limited("h\n1\n2\n3\n", [](Limits& l) { l.rows = 2; }).code() == errors::kTooManyRows);
  CHECK(take_limited(three, [](Limits& l) { l.parts = 3; }).code() == errors::kTooManyParts);

  const std::string large(3 * kMegabyte, 'a');
  taken = take_limited(large, [](Limits& l) { l.file_bytes = kMegabyte; });
  CHECK(taken.code() == errors::kFileTooLarge);
  CHECK(taken.info.error().param("limit_mb") == "1");
  CHECK(taken.info.error().param("size_mb") == "3");
}

TEST_CASE("limits of columns and cells") {
  Xlsx xlsx = with_rows(0);
  xlsx.rows += "<row r=\"7\"><c r=\"A7\"><v>1</v></c><c r=\"IW7\"><v>1</v></c></row>";
  Taken taken = take(xlsx.bytes());
  CHECK(taken.code() == errors::kTooManyColumns);
  CHECK(taken.info.error().param("row") == "7");
  xlsx = with_rows(0);
  xlsx.rows += "<row r=\"7\"><c r=\"A7\"><v>1</v></c><c r=\"IV7\"><v>1</v></c><c r=\"XFD7\" s=\"1\"/></row>";
  CHECK(take(xlsx.bytes()).info.ok());
  CHECK(take("a\n" + std::string(300, ',') + "\n1\n").info.ok());
  CHECK(take("a\n" + std::string(256, ',') + "x\n").code() == errors::kTooManyColumns);
  CHECK(take("a\n" + std::string(100'000, ',') + "x,x,x\n").code() == errors::kTooManyColumns);

  const auto limit = static_cast<std::size_t>(Limits{}.cell_bytes);
  CHECK(take(with_rows(1, std::string(limit, 'x')).bytes()).info.ok());
  taken = take(with_rows(1, std::string(limit + 1, 'x')).bytes());
  CHECK(taken.code() == errors::kCellTooLong);
  CHECK(taken.info.error().param("row") == "2");
  CHECK(taken.info.error().param("column") == "A");
  CHECK(take("a\n" + std::string(limit + 1, 'x') + "\n").code() == errors::kCellTooLong);
  xlsx = with_rows(0);
  xlsx.shared = "<si><t>" + std::string(5 * limit, 'x') + "</t></si>";
  xlsx.rows += "<row r=\"4\"><c r=\"A4\" t=\"s\"><v>0</v></c></row>";
  CHECK(take(xlsx.bytes()).code() == errors::kCellTooLong);
}

TEST_CASE("bombs: stopped by what is really inflated, and before that by what is claimed") {
  Xlsx xlsx = with_rows(1);
  xlsx.after_rows = "<x>" + std::string(20 * kMegabyte, ' ') + "</x>";
  const auto ten = [](Limits& l) { l.unpacked_bytes = 10 * kMegabyte; };
  Taken taken = take_limited(xlsx.bytes(), ten);
  CHECK(taken.code() == errors::kUnpackedTooLarge);
  CHECK(taken.info.error().param("limit_mb") == "10");
  CHECK(take(xlsx.bytes()).info.ok());

  RawZip lying = xlsx.zip();
  for (RawEntry& entry : lying.entries) entry.claims = 1000;
  CHECK(take_limited(lying.bytes(), ten).code() == errors::kDamaged);  // other parts are shorter than claimed
  lying = xlsx.zip();
  lying.entries.back().claims = 1000;
  CHECK(take_limited(lying.bytes(), ten).code() == errors::kUnpackedTooLarge);
  CHECK(take(lying.bytes()).code() == errors::kDamaged);

  RawZip claiming = with_rows(1).zip();
  claiming.entries[0].claims = 0x7FFFFFFFFFFFFFFF;
  claiming.entries[0].zip64 = true;
  claiming.entries[1].claims = 0x7FFFFFFFFFFFFFFF;
  claiming.entries[1].zip64 = true;
  CHECK(take(claiming.bytes()).code() == errors::kUnpackedTooLarge);

  Xlsx texts = with_rows(1);
  for (int i = 0; i < 40; ++i) texts.shared += "<si><t>" + std::string(100'000, 'x') + "</t></si>";
  CHECK(take_limited(texts.bytes(), [](Limits& l) { l.shared_text_bytes = 2 * kMegabyte; }).code() == errors::kTooMuchText);
  std::string empties;
  for (int i = 0; i < 600'000; ++i) empties += "<si/>";
  texts.shared = empties;
  CHECK(take_limited(texts.bytes(), [](Limits& l) { l.shared_text_bytes = 2 * kMegabyte; }).code() == errors::kTooMuchText);
}

TEST_CASE("a document type is refused in every part, so no entity can multiply") {
  const std::string laughs = "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\">]>";
  for (const char* part : {"xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml", "_rels/.rels",
                           "xl/_rels/workbook.xml.rels"}) {
    Xlsx xlsx = with_rows(1);
    xlsx.shared = "<si><t>&b;</t></si>";
    xlsx.cell_formats = "<xf numFmtId=\"0\"/>";
    for (const RawEntry& entry : xlsx.zip().entries)
      if (entry.name == part) xlsx.more[part] = laughs + entry.content;
    const Taken taken = take(xlsx.bytes());
    CHECK(taken.code() == errors::kForbiddenXml);
    CHECK(taken.info.error().param("part") == part);
  }
}

TEST_CASE("a part that is encrypted, packed in another way, or not what its checksum says") {
  Xlsx xlsx = with_rows(50);
  xlsx.how.encrypted = true;
  CHECK(take(xlsx.bytes()).code() == errors::kEncrypted);
  xlsx.how = {};
  xlsx.how.method = 12;
  CHECK(take(xlsx.bytes()).code() == errors::kDamaged);
  xlsx.how = {};
  RawZip zip = xlsx.zip();
  zip.entries.back().wrong_crc = true;
  CHECK(zip.entries.back().name == "xl/worksheets/sheet1.xml");
  CHECK(take(zip.bytes()).code() == errors::kDamaged);
  // One digit changed in a stored sheet: everything else still fits.
  xlsx.how.stored = true;
  std::string bytes = xlsx.bytes();
  bytes[bytes.find("<t>1</t>") + 3] = '7';
  CHECK(take(bytes).code() == errors::kDamaged);
}

TEST_CASE("XML in another encoding is refused, not misread") {
  Xlsx xlsx = with_rows(1);
  xlsx.more["xl/worksheets/sheet1.xml"] = "<?xml version=\"1.0\" encoding='GB2312'?>" + sheet_xml(xlsx.rows).substr(38);
  CHECK(take(xlsx.bytes()).code() == errors::kDamaged);
}

TEST_CASE("progress of a .xlsx, and cancelling it") {
  std::string noise;
  std::uint32_t state = 1;
  Xlsx xlsx = with_rows(0);
  for (int i = 2; i < 40'000; ++i) {
    state = state * 1664525 + 1013904223;
    xlsx.rows += text_row(i, {std::to_string(state), std::to_string(state * 77)});
  }
  ReadOptions options;
  double last = 0;
  int calls = 0;
  options.progress = [&](double now) {
    CHECK(now > last);
    last = now;
    return ++calls > 0;
  };
  const std::string bytes = xlsx.bytes();
  CHECK(take(bytes, options).info.ok());
  CHECK(calls > 3);
  CHECK(calls <= 200);
  CHECK(last == 1.0);
  options.progress = [&](double now) { return now < 0.5; };
  CHECK(take(bytes, options).code() == errors::kCancelled);
}

namespace {

std::string template_with_rows() {
  Xlsx xlsx;
  xlsx.shared = "<si><t>客户编码</t></si><si><t>目标单位编码</t></si><si><r><t>备</t></r><r><rPr/><t>注</t></r></si>";
  xlsx.cell_formats = "<xf numFmtId=\"0\"/><xf numFmtId=\"14\"/>";
  xlsx.rows = "<row r=\"1\"><c t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c><c t=\"s\"><v>2</v></c></row>";
  std::uint32_t state = 7;
  for (int i = 2; i < 120; ++i) {
    state = state * 1664525 + 1013904223;
    xlsx.rows += text_row(i, {"077" + std::to_string(state), "NN" + std::to_string(state % 97), "备注" + std::to_string(state % 1013)});
  }
  return xlsx.bytes();
}

// Reads and forgets; whatever comes out, it must come back.
void survive(std::string_view bytes) {
  const Taken taken = take(bytes);
  if (!taken.info) CHECK(taken.code().substr(0, 9) == "workbook.");
  (void)read_moves(bytes);
}

}  // namespace

TEST_CASE("cut off at any place it is truncated, and never a crash") {
  const std::string bytes = template_with_rows();
  REQUIRE(read_moves(bytes).ok());
  for (std::size_t size = 0; size < bytes.size(); size += 97) {
    const Taken taken = take(std::string(bytes, 0, size));
    CHECK(taken.code() == (size == 0 ? errors::kEmpty : errors::kTruncated));
  }
  // The middle taken out, so that the directory is there but what it says is not.
  for (std::size_t at = 30; at + 97 < bytes.size(); at += 97) survive(std::string(bytes, 0, at) + bytes.substr(at + 97));
}

TEST_CASE("one byte changed at any place never crashes, and never changes a row unseen") {
  const std::string bytes = template_with_rows();
  const qudao::Result<MoveSheet> original = read_moves(bytes);
  REQUIRE(original.ok());
  std::size_t read = 0;
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    std::string changed = bytes;
    changed[at] = static_cast<char>(changed[at] ^ static_cast<char>(1 << (at % 8)));
    const qudao::Result<MoveSheet> moves = read_moves(changed);
    if (!moves) continue;
    ++read;
    CHECK(moves->rows.customer_code == original->rows.customer_code);
    CHECK(moves->rows.note == original->rows.note);
  }
  CHECK(read > 0);  // times, flags and attributes nobody looks at
}

TEST_CASE("random bytes behind every signature") {
  std::uint32_t state = 12345;
  for (const std::string head : {"PK\x03\x04", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "", "\xFF\xFE", "\xEF\xBB\xBF", "<html", "a,b\n\""}) {
    for (int i = 0; i < 300; ++i) {
      std::string bytes = head;
      for (int k = 0; k < 300; ++k) {
        state = state * 1664525 + 1013904223;
        bytes.push_back(static_cast<char>(state >> 24));
      }
      survive(bytes);
    }
  }
}

TEST_CASE("random XML in a sheet") {
  std::uint32_t state = 99;
  const char* pieces[] = {"<row r=\"2\">", "<c r=\"A2\">", "<v>", "</v>", "</c>", "</row>", "1", "&amp;", "<is>", "<t>", "</t>", "<!--", "-->",
                          "<![CDATA[", "]]>", "<c t=\"s\"/>", "<", ">", "\"", "=", "/", "<?", "?>", "&#", ";", "_x0041_", "</is>", " t=\"b\"", "<f/>"};
  std::size_t good = 0;
  for (int i = 0; i < 3000; ++i) {
    Xlsx xlsx;
    xlsx.rows = text_row(1, {"h"});
    for (int k = 0; k < 12; ++k) {
      state = state * 1664525 + 1013904223;
      xlsx.rows += pieces[(state >> 16) % std::size(pieces)];
    }
    const Taken taken = take(xlsx.bytes());
    good += taken.info.ok() ? 1 : 0;
    if (!taken.info) CHECK((taken.code() == errors::kDamaged || taken.code() == errors::kForbiddenXml));
  }
  CHECK(good > 0);
}

TEST_CASE("a workbook that lists sheets without end") {
  Xlsx xlsx = with_rows(1);
  std::string sheets;
  for (int i = 0; i < 5000; ++i) sheets += "<sheet name=\"s\" r:id=\"rId1\"/>";
  xlsx.more["xl/workbook.xml"] = "<workbook><sheets>" + sheets + "</sheets></workbook>";
  CHECK(take(xlsx.bytes()).code() == errors::kTooManyParts);
}
