// What stands round a sheet: the ZIP in its forms, relations, several sheets.
#include <catch2/catch.hpp>

#include "tests/unit/workbook/make_xlsx.hpp"

using namespace qudao::workbook;
using namespace qudao::workbook::test;

namespace {

Xlsx simple() {
  Xlsx xlsx;
  xlsx.shared = "<si><t>值</t></si>";
  xlsx.rows = text_row(1, {"h"}) + "<row r=\"2\"><c r=\"A2\" t=\"s\"><v>0</v></c></row>";
  return xlsx;
}

// "" when the workbook reads as simple() does.
std::string verdict(const std::string& bytes) {
  const Taken taken = take(bytes);
  if (!taken.info) return taken.code();
  if (taken.table.head.text(0) != "h" || taken.table.rows.size() != 1) return "other rows";
  return taken.table.rows[0].text(0) == "值" ? "" : "another text";
}

std::string relation(const std::string& id, const std::string& type, const std::string& target) {
  return "<Relationship Id=\"" + id + "\" Type=\"http://purl.oclc.org/ooxml/officeDocument/relationships/" + type + "\" Target=\"" + target + "\"/>";
}

// Three sheets of which `states` are the attributes, each with its own header and a row.
Xlsx three_sheets(const std::vector<std::string>& states, const std::vector<std::string>& headers) {
  Xlsx xlsx;
  std::string listed;
  std::string relations;
  for (std::size_t i = 0; i < states.size(); ++i) {
    const std::string n = std::to_string(i + 1);
    listed += "<sheet name=\"S" + n + "\" sheetId=\"" + n + "\" " + states[i] + " r:id=\"r" + n + "\"/>";
    relations += relation("r" + n, "worksheet", "worksheets/sheet" + n + ".xml");
    xlsx.more["xl/worksheets/sheet" + n + ".xml"] =
        sheet_xml(headers[i].empty() ? "" : text_row(1, {headers[i]}) + text_row(2, {"row of S" + n}));
  }
  xlsx.more["xl/workbook.xml"] = "<workbook><sheets>" + listed + "</sheets></workbook>";
  xlsx.more["xl/_rels/workbook.xml.rels"] = "<Relationships>" + relations + "</Relationships>";
  return xlsx;
}

}  // namespace

TEST_CASE("every form of ZIP a writer may use") {
  Xlsx xlsx = simple();
  CHECK(verdict(xlsx.bytes()) == "");
  SECTION("stored") { xlsx.how.stored = true; }
  SECTION("data descriptors") { xlsx.how.descriptor = true; }
  SECTION("stored with data descriptors") { xlsx.how.stored = xlsx.how.descriptor = true; }
  SECTION("ZIP64 entries") { xlsx.how.zip64 = true; }
  CHECK(verdict(xlsx.bytes()) == "");
  RawZip zip = xlsx.zip();
  zip.comment = "a comment with PK\x05\x06 in it";
  CHECK(verdict(zip.bytes()) == "");
  zip.zip64_end = true;
  CHECK(verdict(zip.bytes()) == "");
  CHECK(verdict(zip.bytes() + "\r\n") == "");
  for (RawEntry& entry : zip.entries)
    for (char& c : entry.name) c = c == '/' ? '\\' : c;
  CHECK(verdict(zip.bytes()) == "");
  for (RawEntry& entry : zip.entries)
    for (char& c : entry.name) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  CHECK(verdict(zip.bytes()) == "");
}

TEST_CASE("targets absolute, relative and percent-encoded, and the strict form's names") {
  Xlsx xlsx = simple();
  const std::string sheet = sheet_xml(xlsx.rows);
  SECTION("absolute") {
    xlsx.more["xl/_rels/workbook.xml.rels"] = "<Relationships>" + relation("rId1", "worksheet", "/xl/worksheets/sheet1.xml") +
                                              relation("rId2", "sharedStrings", "/xl/sharedStrings.xml") + "</Relationships>";
  }
  SECTION("relative by detours") {
    xlsx.more["xl/_rels/workbook.xml.rels"] = "<Relationships>" + relation("rId1", "worksheet", "./../xl/worksheets/../worksheets/sheet1.xml") +
                                              relation("rId2", "sharedStrings", "../xl/sharedStrings.xml") + "</Relationships>";
  }
  SECTION("percent-encoded, in another folder, another workbook name") {
    xlsx.more["_rels/.rels"] = "<Relationships>" + relation("a", "officeDocument", "/book/my%20book.xml") + "</Relationships>";
    xlsx.more["book/my book.xml"] = "<x:workbook><x:sheets><x:sheet name=\"a\" state=\"visible\" r:id=\"rId1\"/></x:sheets></x:workbook>";
    xlsx.more["book/_rels/my book.xml.rels"] = "<Relationships>" + relation("rId1", "worksheet", "%e8%a1%a8.xml") +
                                               relation("rId2", "sharedStrings", "../xl/sharedStrings.xml") + "</Relationships>";
    xlsx.more["book/表.xml"] = sheet;
  }
  SECTION("no package relations at all") { xlsx.more["_rels/.rels"] = ""; }
  SECTION("a byte order mark") { xlsx.more["xl/worksheets/sheet1.xml"] = "\xEF\xBB\xBF" + sheet; }
  SECTION("UTF-16") {
    std::string wide("\xFF\xFE", 2);
    std::string text = sheet;
    const std::string declared = "UTF-8";
    text.replace(text.find(declared), declared.size(), "UTF-16");
    for (const char c : text) wide.append(1, c).append(1, '\0');
    xlsx.more["xl/worksheets/sheet1.xml"] = wide;
  }
  CHECK(verdict(xlsx.bytes()) == "");
}

TEST_CASE("the first visible sheet whose header fits") {
  const auto read = [](const Xlsx& xlsx) { return take(xlsx.bytes(), {}, "编码"); };
  Taken taken = read(three_sheets({"", "", ""}, {"说明", "编码", "其他"}));
  REQUIRE(taken.info.ok());
  CHECK(taken.info->sheet == "S2");
  CHECK(taken.info->skipped_sheets == 2);
  REQUIRE(taken.table.rows.size() == 1);
  CHECK(taken.table.rows[0].text(0) == "row of S2");

  taken = read(three_sheets({"state=\"hidden\"", "state=\"veryHidden\"", "state=\"visible\""}, {"编码", "编码", "编码"}));
  REQUIRE(taken.info.ok());
  CHECK(taken.info->sheet == "S3");
  CHECK(taken.info->hidden_sheets == 2);

  taken = read(three_sheets({"", "", ""}, {"", "甲", "乙"}));
  REQUIRE_FALSE(taken.info.ok());
  CHECK(taken.info.error().code == "test.header");
  CHECK(taken.info.error().param("sheet") == "S2");

  CHECK(read(three_sheets({"state=\"hidden\"", "state=\"hidden\""}, {"编码", "编码"})).code() == errors::kNoVisibleSheet);
  CHECK(read(three_sheets({"", ""}, {"", ""})).code() == errors::kEmpty);
}

TEST_CASE("a second sheet with the same header and rows is not left out unseen") {
  const auto read = [](const std::vector<std::string>& states, const std::vector<std::string>& headers) { return take(three_sheets(states, headers).bytes(), {}, "编码"); };
  const Taken taken = read({"", "", ""}, {"说明", "编码", " 编码　"});
  CHECK(taken.code() == errors::kSeveralSheets);
  CHECK(taken.info.error().param("sheet") == "S2");
  CHECK(taken.info.error().param("other") == "S3");
  CHECK(read({"", "state=\"hidden\"", ""}, {"编码", "编码", "甲"}).code() == "");

  Xlsx xlsx = three_sheets({"", ""}, {"编码", "编码"});
  xlsx.more["xl/worksheets/sheet2.xml"] = sheet_xml(text_row(1, {"编码"}) + "<row r=\"2\"/>");
  CHECK(take(xlsx.bytes(), {}, "编码").code() == "");
  xlsx.more["xl/worksheets/sheet2.xml"] = sheet_xml(text_row(1, {"编码", "备注"}) + text_row(2, {"x"}));
  CHECK(take(xlsx.bytes(), {}, "编码").code() == "");
  xlsx.more["xl/worksheets/sheet2.xml"] = "<worksheet><sheetData><row";
  CHECK(take(xlsx.bytes(), {}, "编码").code() == errors::kDamaged);
  std::string wide = "<row r=\"1\">";
  for (int i = 0; i < 300; ++i) wide += "<c t=\"str\"><v>x</v></c>";
  xlsx.more["xl/worksheets/sheet2.xml"] = sheet_xml(wide + "</row>");
  CHECK(take(xlsx.bytes(), {}, "编码").code() == "");
  std::swap(xlsx.more["xl/worksheets/sheet1.xml"], xlsx.more["xl/worksheets/sheet2.xml"]);
  const Taken behind = take(xlsx.bytes(), {}, "编码");
  CHECK(behind.code() == "");
  CHECK((behind.info ? behind.info->sheet : "") == "S2");
  xlsx.more["xl/worksheets/sheet2.xml"] = "<worksheet/>";
  CHECK(take(xlsx.bytes(), {}, "编码").code() == errors::kTooManyColumns);
}

TEST_CASE("nor is one whose header is nearly the same") {
  Xlsx xlsx = three_sheets({"", ""}, {"编码", "编码"});
  const auto read = [&](const std::vector<std::string>& header) {
    xlsx.more["xl/worksheets/sheet1.xml"] = sheet_xml(text_row(1, {"编码", "单位编码", "备注"}) + text_row(2, {"1", "2", "3"}));
    xlsx.more["xl/worksheets/sheet2.xml"] = sheet_xml(text_row(1, header) + text_row(2, {"4", "5", "6"}));
    return take(xlsx.bytes(), {}, "编码");
  };
  CHECK(read({"编码", "单位", "备注"}).code() == errors::kSeveralSheets);
  CHECK(read({"编码", "单位编码"}).code() == errors::kSeveralSheets);
  const Taken other = read({"编码", "名称"});  // a list to look things up in
  REQUIRE(other.info.ok());
  CHECK(other.info->skipped_sheets == 1);
}

TEST_CASE("chart sheets and missing parts") {
  Xlsx xlsx = simple();
  xlsx.more["xl/workbook.xml"] = "<workbook><sheets><sheet name=\"图\" r:id=\"c\"/><sheet name=\"表\" r:id=\"rId1\"/></sheets></workbook>";
  xlsx.more["xl/_rels/workbook.xml.rels"] = "<Relationships>" + relation("c", "chartsheet", "chartsheets/sheet1.xml") +
                                            relation("rId1", "worksheet", "worksheets/sheet1.xml") +
                                            relation("rId2", "sharedStrings", "sharedStrings.xml") + "</Relationships>";
  CHECK(verdict(xlsx.bytes()) == "");
  xlsx.more["xl/worksheets/sheet1.xml"] = "";
  CHECK(verdict(xlsx.bytes()) == errors::kDamaged);
  xlsx.more["xl/worksheets/sheet1.xml"] = "<worksheet/>";
  CHECK(verdict(xlsx.bytes()) == errors::kEmpty);
}

TEST_CASE("ZIPs that are something else") {
  const auto only = [](const std::string& name, const std::string& content) {
    RawZip zip;
    zip.entries.push_back({});
    zip.entries[0].name = name;
    zip.entries[0].content = content;
    zip.entries[0].stored = true;
    return take(zip.bytes());
  };
  Taken taken = only("mimetype", "application/vnd.oasis.opendocument.spreadsheet");
  CHECK(taken.code() == errors::kOtherFormat);
  CHECK(taken.info.error().param("format") == "ods");
  taken = only("xl/workbook.bin", "x");
  CHECK(taken.code() == errors::kOtherFormat);
  CHECK(taken.info.error().param("format") == "xlsb");
  taken = only("Index/Document.iwa", "x");
  CHECK(taken.info.error().param("format") == "numbers");
  CHECK(only("照片.jpg", "x").code() == errors::kNotAWorkbook);
  CHECK(only("mimetype", "application/vnd.oasis.opendocument.text").code() == errors::kNotAWorkbook);

  Xlsx word = simple();
  word.more["xl/workbook.xml"] = "<w:document/>";
  CHECK(verdict(word.bytes()) == errors::kNotAWorkbook);
}
