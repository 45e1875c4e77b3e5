// What stands in the cells of a sheet, in all the ways writers have of saying it.
#include <catch2/catch.hpp>

#include "tests/unit/workbook/make_xlsx.hpp"

using namespace qudao::workbook;
using namespace qudao::workbook::test;

namespace {

const std::string kHead = "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>h</t></is></c></row>";

// The first row below the header, its cells being given.
TakenRow row_of(const std::string& cells, Xlsx xlsx = {}) {
  xlsx.rows = kHead + "<row r=\"2\">" + cells + "</row>";
  const Taken taken = take(xlsx.bytes());
  INFO(taken.code());
  REQUIRE(taken.info.ok());
  REQUIRE(taken.table.rows.size() == 1);
  return taken.table.rows[0];
}

std::string cell(const std::string& xml, const Xlsx& xlsx = {}) { return row_of(xml, xlsx).text(0); }

std::string code_of_rows(const std::string& rows) {
  Xlsx xlsx;
  xlsx.rows = rows;
  return take(xlsx.bytes()).code();
}

}  // namespace

TEST_CASE("texts: shared, inline, rich, formula results") {
  Xlsx xlsx;
  xlsx.shared =
      "<si><t>南宁</t></si><si/><si><t xml:space=\"preserve\"> a  b </t></si>"
      "<si><r><rPr><b/><rFont val=\"x&gt;y\"/></rPr><t>甲</t></r><r><t xml:space=\"preserve\"> 乙</t></r><rPh sb=\"0\" eb=\"1\"><t>JIA</t></rPh>"
      "<phoneticPr fontId=\"1\"/></si><si><t>A&amp;B&#20013;&#x6587;&lt;</t></si><si><t><![CDATA[<&amp;]]></t></si>";
  CHECK(cell("<c r=\"A2\" t=\"s\"><v>0</v></c>", xlsx) == "南宁");
  CHECK(cell("<c r=\"A2\" t=\"s\"><v>2</v></c>", xlsx) == " a  b ");
  CHECK(cell("<c r=\"A2\" t=\"s\"><v>3</v></c>", xlsx) == "甲 乙");
  CHECK(cell("<c r=\"A2\" t=\"s\"><v>4</v></c>", xlsx) == "A&B中文<");
  CHECK(cell("<c r=\"A2\" t=\"s\"><v>5</v></c>", xlsx) == "<&amp;");
  CHECK(cell("<c r='A2' t='s' ><v> 0\n</v></c >", xlsx) == "南宁");
  CHECK(row_of("<c r=\"A2\" t=\"s\"><v>1</v></c><c r=\"B2\" t=\"s\"><v>0</v></c>", xlsx).cells == std::vector<std::string>{"", "南宁"});
  CHECK(cell("<c r=\"A2\" t=\"inlineStr\"><is><r><t>x</t></r><r><rPr/><t>y</t></r></is></c>") == "xy");
  CHECK(cell("<c r=\"A2\" t=\"inlineStr\"><is><t>a</t><rPh sb=\"0\" eb=\"1\"><t>no</t></rPh></is></c>") == "a");
  CHECK(cell("<c r=\"A2\" t=\"str\"><f>\"a\"&amp;\"b\"</f><v>ab</v></c>") == "ab");
  CHECK(cell("<c r=\"A2\" t=\"str\"><f t=\"shared\" si=\"0\"/><v>ab</v></c>") == "ab");
  CHECK(cell("<c r=\"A2\" t=\"str\"><v>_x0041__x005F_x0041_</v></c>") == "A_x0041_");
  CHECK(cell("<c r=\"A2\" t=\"str\"><v>a_x000D_&#10;b_x000D_c_xZZZZ_</v></c>") == "a\nb\nc_xZZZZ_");
  CHECK(cell("<c r=\"A2\" t=\"str\"><v>_xD83D__xDE00_ _xD83D_</v></c>") == "😀 \xEF\xBF\xBD");
  CHECK(cell("<c r=\"A2\" t=\"str\"><v>1\r\n2\r3&#13;4</v></c>") == "1\n2\n3\n4");
  CHECK(cell("<c r=\"A2\" t=\"str\"><v>a\xFF"
             "b</v></c>") == "a\xEF\xBF\xBD"
                             "b");
  CHECK(cell("<c r=\"A2\" t=\"str\"><v>&unknown; &amp &#0; &#xD800; &#x110000;</v></c>") ==
        "&unknown; &amp \xEF\xBF\xBD \xEF\xBF\xBD \xEF\xBF\xBD");
}

TEST_CASE("the same cell written in odd ways reads the same") {
  for (const char* xml : {
           "<c r=\"A2\" t=\"inlineStr\"><is><t>0771000000001</t></is></c>",
           "<c  t='inlineStr'  r = 'A2' ><is ><t >0771000000001</t ></is></c>",
           "<!-- a --><c t=\"inlineStr\"><!-- > --><is><t>077<!-- x -->1000000001</t></is></c>",
           "\n  <c r=\"A2\" t=\"inlineStr\">\n<is>\n<t>0771000000001</t>\n</is>\n</c>\n",
           "<x:c r=\"A2\" t=\"inlineStr\"><x:is><x:t>0771000000001</x:t></x:is></x:c>",
           "<c r=\"A2\" t=\"str\"><v>0771000000001</v><extLst><ext uri=\"a\"><v>no</v></ext></extLst></c>",
           "<?pi > ?><c r=\"A2\" t=\"str\" foo=\"a>b/\"><v>0771<![CDATA[00000000]]>1</v></c>",
           "<c r=\"a2\" t=\"str\"><v>0771000000001</v></c>",
           "<c r=\"A2\" xmlns:r=\"B2\" t=\"str\"><v>0771000000001</v></c>",
       })
    CHECK(cell(xml) == "0771000000001");
}

TEST_CASE("numbers, booleans, errors, dates and what was never computed") {
  Xlsx xlsx;
  xlsx.formats = "<numFmt numFmtId=\"165\" formatCode=\"yyyy&quot;年&quot;m\"/><numFmt numFmtId=\"166\" formatCode=\"0000000000000\"/>";
  xlsx.cell_formats = "<xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"165\"/><xf numFmtId=\"166\"/><xf numFmtId=\"11\"/>";
  const TakenRow row = row_of(
      "<c r=\"A2\"><v>771000000001</v></c><c r=\"B2\" s=\"1\"><v>46349</v></c><c r=\"C2\" s=\"2\" t=\"n\"><v>46349.5</v></c>"
      "<c r=\"D2\" s=\"3\"><v>771000000001</v></c><c r=\"E2\" s=\"4\"><v>771000000001</v></c><c r=\"F2\" t=\"b\"><v>1</v></c>"
      "<c r=\"G2\" t=\"b\"><v>0</v></c><c r=\"H2\" t=\"e\"><f>1/0</f><v>#DIV/0!</v></c><c r=\"I2\"><f>A1</f></c><c r=\"J2\"><f>A1</f><v/></c>"
      "<c r=\"K2\" t=\"str\"><f>A1</f><v></v></c><c r=\"L2\" t=\"d\"><v>2026-11-23T00:00:00</v></c><c r=\"M2\" s=\"99\"><v>7.5E0</v></c>",
      xlsx);
  CHECK(row.cells == std::vector<std::string>{"771000000001", "2026-11-23", "2026-11-23 12:00:00", "0771000000001", "7.71000000001E+11",
                                              "TRUE", "FALSE", "#DIV/0!", "=", "=", "", "2026-11-23", "7.5"});
  CHECK(row.kinds[0] == CellKind::number);
  CHECK(row.kinds[1] == CellKind::date);
  CHECK(row.kinds[5] == CellKind::boolean);
  CHECK(row.kinds[7] == CellKind::error);
  CHECK(row.kinds[8] == CellKind::uncomputed);
  CHECK(row.kinds[11] == CellKind::date);

  xlsx.more["xl/workbook.xml"] =
      "<workbook><workbookPr date1904=\"1\"/><sheets><sheet name=\"s\" r:id=\"rId1\"/></sheets></workbook>";
  CHECK(cell("<c r=\"A2\" s=\"1\"><v>44887</v></c>", xlsx) == "2026-11-23");
}

TEST_CASE("cells and rows without references, gaps, blanks") {
  Xlsx xlsx;
  xlsx.rows =
      "<row><c t=\"str\"><v>h</v></c></row><row/><row r=\"5\"><c><v>1</v></c><c r=\"D5\"><v>2</v></c><c><v>3</v></c></row>"
      "<row r=\"6\"><c r=\"A6\" s=\"0\"/><c r=\"B6\" t=\"str\"><v> \xC2\xA0\xE3\x80\x80</v></c></row><row><c><v>4</v></c></row>"
      "<row><c r=\"B20\"><v>5</v></c></row><row r=\"30\" hidden=\"1\"><c r=\"A30\"><v>6</v></c></row>"
      "<row r=\"31\" ht=\"0\" customHeight=\"1\"><c r=\"A31\"><v>7</v></c></row><row r=\"40\"></row>";
  xlsx.after_rows = "<mergeCells count=\"2\"><mergeCell ref=\"A5:A6\"/><mergeCell ref=\"B5:B6\"></mergeCell></mergeCells><pageMargins/>";
  const Taken taken = take(xlsx.bytes());
  REQUIRE(taken.info.ok());
  const auto& rows = taken.table.rows;
  REQUIRE(rows.size() == 5);
  CHECK(rows[0].number == 5);
  CHECK(rows[0].cells == std::vector<std::string>{"1", "", "", "2", "3"});
  CHECK(rows[1].number == 7);
  CHECK(rows[2].number == 20);
  CHECK(rows[2].text(1) == "5");
  CHECK(rows[3].hidden);
  CHECK(rows[4].hidden);
  CHECK_FALSE(rows[2].hidden);
  CHECK(taken.info->header_row == 1);
  CHECK(taken.info->rows == 5);
  CHECK(taken.info->blank_rows == 2);
  CHECK(taken.info->hidden_rows == 2);
  CHECK(taken.info->merged_ranges == 2);
  CHECK(taken.info->sheet == "表一");
}

TEST_CASE("rows that begin like the one before, and rows that do not") {
  const std::string end = "<c t=\"str\"><v>x</v></c></row>";
  const auto row = [&](const std::string& attributes) { return "<row " + attributes + ">" + end; };
  Xlsx xlsx;
  xlsx.rows = kHead + row("r=\"2\" ht=\"12.8\" hidden=\"true\"") + row("r=\"3\" ht=\"12.8\" hidden=\"true\"") + row("r=\"4\" ht=\"12.8\" hidden=\"false\"") +
              row("r=\"5\" ht=\"12.8\" hidden=\"false\"") + row("r=\"6\"") + row("r=\"7\"") + row("hidden=\"1\" r=\"8\"") + "\n" + row("hidden=\"1\" r=\"9\"") +
              row("r=\"10\" hidden='1'") + row("r=\"11\" hidden='1'") + "<row r=\"12\" hidden=\"1\"/>" + row("r=\"13\"") + "<x:row r=\"14\" hidden=\"1\">" + end +
              row("r=\"15\"") + row("r=\"0016\"") + row("  r=\"17\"") + row("");
  const Taken taken = take(xlsx.bytes());
  REQUIRE(taken.info.ok());
  std::string seen;
  for (const TakenRow& one : taken.table.rows) seen += std::to_string(one.number) + (one.hidden ? "h " : " ");
  CHECK(seen == "2h 3h 4 5 6 7 8h 9h 10h 11h 13 14h 15 16 17 18 ");
  CHECK(code_of_rows(kHead + row("r=\"2\"") + row("r=\"3\"") + row("r=\"3\"")) == errors::kDamaged);
  CHECK(code_of_rows(kHead + row("r=\"2\"") + row("r=\"1048577\"")) == errors::kDamaged);
  CHECK(code_of_rows(kHead + row("r=\"2\" a=\"1\"") + "<row r=\"3\" a=\"1") == errors::kDamaged);
}

TEST_CASE("a sheet that contradicts itself is damaged, not guessed at") {
  const std::string h = kHead;
  CHECK(code_of_rows(h + "<row r=\"3\"><c><v>1</v></c></row><row r=\"3\"><c><v>1</v></c></row>") == errors::kDamaged);
  CHECK(code_of_rows(h + "<row r=\"x\"/>") == errors::kDamaged);
  CHECK(code_of_rows(h + "<row r=\"1048577\"/>") == errors::kDamaged);
  CHECK(code_of_rows(h + "<row r=\"2\"><c r=\"B2\"><v>1</v></c><c r=\"A2\"><v>1</v></c></row>") == errors::kDamaged);
  CHECK(code_of_rows(h + "<row r=\"2\"><c r=\"XFE2\"><v>1</v></c></row>") == errors::kDamaged);
  CHECK(code_of_rows(h + "<row r=\"2\"><c r=\"2\"><v>1</v></c></row>") == errors::kDamaged);
  CHECK(code_of_rows(h + "<row r=\"2\"><c t=\"s\"><v>0</v></c></row>") == errors::kDamaged);
  CHECK(code_of_rows(h + "<row r=\"2\"><c t=\"s\"><v>x</v></c></row>") == errors::kDamaged);
  CHECK(code_of_rows(h + "<row r=\"2\"><c t=\"s\"><v>-1</v></c></row>") == errors::kDamaged);
  CHECK(code_of_rows(h + "<row r=\"2\">") == errors::kDamaged);
  CHECK(code_of_rows(h + "</row></row>") == errors::kDamaged);
  CHECK(code_of_rows(h + "<row r=\"2\"><c><v>1</v") == errors::kDamaged);
  CHECK(code_of_rows(h + "< row/>") == errors::kDamaged);
  CHECK(code_of_rows(h + "<!-- never ends") == errors::kDamaged);
  CHECK(code_of_rows(h + "<![CDATA[ never ends") == errors::kDamaged);
  CHECK(code_of_rows(h + "<row r=\"2\"><c t=\"str\"><v>a" + std::string(1, '\0') + "b</v></c></row>") == errors::kDamaged);
  CHECK(code_of_rows(h + "<!DOCTYPE x><row/>") == errors::kForbiddenXml);
}

TEST_CASE("texts and tags longer than any buffer") {
  const std::string long_text(100'000, 'a');
  CHECK(cell("<c r=\"A2\" t=\"str\"><v>" + long_text + "</v></c>") == long_text);
  std::string entities;
  std::string decoded;
  for (int i = 0; i < 30'000; ++i) {
    entities += i % 3 == 0 ? "&amp;" : (i % 3 == 1 ? "&#20013;" : "\r\n");
    decoded += i % 3 == 0 ? "&" : (i % 3 == 1 ? "中" : "\n");
  }
  CHECK(cell("<c r=\"A2\" t=\"str\"><v>" + entities + "</v></c>") == decoded);
  CHECK(cell("<c r=\"A2\" t=\"str\"><v><![CDATA[" + long_text + "]]]></v></c>") == long_text + "]");
  CHECK(cell("<c r=\"A2\" foo=\"" + long_text + "<\"><v>1</v></c>") == "1");
  CHECK(cell("<c r=\"A2\"><v>1</v></c><!--" + long_text + long_text + "-->") == "1");
  CHECK(cell("<c r=\"A2\"" + std::string(100'000, ' ') + "><v>1</v></c>") == "1");
}

TEST_CASE("a boundary of the buffer at any place changes nothing") {
  // Rows of changing width, so that over 64 KB of XML every construct falls on a boundary somewhere.
  Xlsx xlsx;
  xlsx.rows = kHead;
  std::vector<std::vector<std::string>> expected;
  for (int i = 2; i < 6000; ++i) {
    const std::string number = std::to_string(i);
    const std::string pad(static_cast<std::size_t>(i * 7 % 131), 'p');
    xlsx.shared += i % 3 == 0 ? "<si><t>" + pad + "x</t></si>" : i % 3 == 1 ? "<si><r><rPr><b/></rPr><t>" + pad + "</t></r><r><t>x</t></r></si>" : "<si><t>" + pad + "&#120;</t></si>";
    xlsx.rows += "<row r=\"" + number + "\" spans=\"1:4\"><c r=\"A" + number + "\"><v>" + number + "</v></c><c r=\"B" + number +
                 "\" t=\"inlineStr\"><is><t>" + pad + "&amp;中" + "</t></is></c><c r=\"C" + number + "\" t=\"s\"><v>" +
                 std::to_string(i - 2) + "</v></c><c r=\"D" + number + "\" t=\"str\"><f>A1</f><v>" + pad + "</v></c></row>";
    expected.push_back({number, pad + "&中", pad + "x"});
    if (!pad.empty()) expected.back().push_back(pad);
  }
  const Taken taken = take(xlsx.bytes());
  REQUIRE(taken.info.ok());
  REQUIRE(taken.table.rows.size() == expected.size());
  std::size_t different = 0;
  for (std::size_t i = 0; i < expected.size(); ++i) different += taken.table.rows[i].cells == expected[i] ? 0 : 1;
  CHECK(different == 0);
}
