// The template of a bulk move: what fits, what does not, and what is wrong with single rows.
#include "shared/workbook/move_template.hpp"

#include <catch2/catch.hpp>

#include "shared/base/text.hpp"
#include "shared/workbook/refused_rows.hpp"
#include "tests/unit/workbook/make_xlsx.hpp"

using namespace qudao;
using namespace qudao::workbook;
using namespace qudao::workbook::test;

namespace {

const std::string kHeader = "客户编码,目标单位编码,备注\n";

Result<MoveSheet> moves_of(const std::string& rows) { return read_moves(kHeader + rows); }

Reason defect_of(const std::string& row) {
  const Result<MoveSheet> moves = moves_of(row + "\n");
  REQUIRE(moves.ok());
  REQUIRE(moves->rows.size() == 1);
  return moves->rows.defect[0];
}

std::string characters(int count, const std::string& one) {
  std::string text;
  for (int i = 0; i < count; ++i) text += one;
  return text;
}

}  // namespace

TEST_CASE("rows of a template") {
  const Result<MoveSheet> moves = moves_of(
      "0771000000001,450103GZ0201,搬迁\n"
      "771000000002,450103GZ0201,\n"
      "\n"
      "\xE3\x80\x80０７７１000000003\xC2\xA0,450103gz0202,  a\tb  \n");
  REQUIRE(moves.ok());
  const MoveRows& rows = moves->rows;
  REQUIRE(rows.size() == 3);
  CHECK(rows.row_number == std::vector<std::uint32_t>{2, 3, 5});
  CHECK(rows.customer_code[0] == "0771000000001");
  CHECK(rows.customer_code[1] == "0771000000002");
  CHECK(rows.customer_code[2] == "0771000000003");
  CHECK(rows.target == std::vector<std::uint32_t>{0, 0, 1});
  CHECK(rows.target_code[1] == "450103gz0202");
  CHECK(rows.note[0] == "搬迁");
  CHECK(rows.note[1] == "");
  CHECK(rows.note[2] == "a b");
  CHECK(rows.defect == std::vector<Reason>(3, Reason::none));
  CHECK(moves->restored == std::vector<std::uint32_t>{1});
  CHECK_FALSE(moves->was_refused_rows);
}

TEST_CASE("what is wrong with a row itself") {
  CHECK(defect_of(",450103GZ0201,x") == Reason::customer_code_missing);
  CHECK(defect_of(",,x") == Reason::customer_code_missing);
  CHECK(defect_of("7.71E+11,450103GZ0201,") == Reason::customer_code_bad);
  CHECK(defect_of("0771-000000001,450103GZ0201,") == Reason::customer_code_bad);
  CHECK(defect_of("077100000000,450103GZ0201,") == Reason::none);
  CHECK(defect_of("07710000000011,450103GZ0201,") == Reason::customer_code_bad);
  CHECK(defect_of("0771000000001,,x") == Reason::target_missing);
  CHECK(defect_of("#N/A,,x") == Reason::customer_code_bad);
  CHECK(defect_of("0771000000001,450103GZ0201," + characters(255, "字")) == Reason::none);
  CHECK(defect_of("0771000000001,450103GZ0201," + characters(256, "字")) == Reason::note_too_long);
  CHECK(defect_of("0771000000001,450103GZ0201," + characters(255, "𠮷") + "  ") == Reason::none);
  CHECK(defect_of("0771000000001,," + characters(256, "a")) == Reason::target_missing);
}

TEST_CASE("long codes are kept short, long notes whole") {
  const Result<MoveSheet> moves =
      moves_of(characters(5000, "9") + "," + characters(5000, "目") + "," + characters(30'000, "字") + "\n");
  REQUIRE(moves.ok());
  CHECK(count_code_points(moves->rows.customer_code[0]) == 65);
  CHECK(count_code_points(moves->rows.target_code[0]) == 65);
  CHECK(moves->rows.note[0] == characters(30'000, "字"));
}

TEST_CASE("numbers in the columns of a template") {
  Xlsx xlsx;
  xlsx.cell_formats = "<xf numFmtId=\"0\"/><xf numFmtId=\"11\"/><xf numFmtId=\"14\"/>";
  xlsx.rows = text_row(1, {"客户编码", "目标单位编码", "备注"}) +
              "<row r=\"2\"><c r=\"A2\"><v>771000000001</v></c><c r=\"B2\"><v>4501</v></c><c r=\"C2\" s=\"2\"><v>46349</v></c></row>"
              "<row r=\"3\"><c r=\"A3\"><v>7.71000000002E11</v></c><c r=\"B3\"><v>4501</v></c><c r=\"C3\"><v>0.1</v></c></row>"
              "<row r=\"4\"><c r=\"A4\" s=\"1\"><v>771000000000</v></c><c r=\"B4\"><v>4501</v></c></row>"
              "<row r=\"5\" hidden=\"1\"><c r=\"A5\" t=\"b\"><v>1</v></c><c r=\"B5\" t=\"e\"><v>#REF!</v></c></row>"
              "<row r=\"6\"><c r=\"A6\"><f>A5</f></c><c r=\"B6\"><f>B5</f></c><c r=\"C6\"><f>C5</f></c></row>"
              "<row r=\"7\"><c r=\"A7\" s=\"2\"><v>46349</v></c><c r=\"B7\"><v>4501</v></c></row>";
  const Result<MoveSheet> moves = read_moves(xlsx.bytes());
  REQUIRE(moves.ok());
  const MoveRows& rows = moves->rows;
  REQUIRE(rows.size() == 6);
  CHECK(rows.customer_code[0] == "0771000000001");
  CHECK(rows.note[0] == "2026-11-23");
  CHECK(rows.customer_code[1] == "0771000000002");
  CHECK(rows.note[1] == "0.1");
  CHECK(rows.customer_code[2] == "7.71E+11");
  CHECK(rows.defect == std::vector<Reason>{Reason::none, Reason::none, Reason::customer_code_bad, Reason::customer_code_bad,
                                           Reason::customer_code_bad, Reason::customer_code_bad});
  CHECK(rows.note[4] == "");
  CHECK(moves->hidden == std::vector<std::uint32_t>{3});
  CHECK(moves->restored == std::vector<std::uint32_t>{0, 1});
  CHECK(moves->table.uncomputed_cells == 3);
  CHECK(moves->table.hidden_rows == 1);
}

TEST_CASE("the header is strict, and says which column and what was expected") {
  const auto error = [](const std::string& text) {
    const Result<MoveSheet> moves = read_moves(text + "\n0771000000001,450103GZ0201,x\n");
    REQUIRE_FALSE(moves.ok());
    CHECK(moves.error().code == errors::kHeader);
    return moves.error();
  };
  Error wrong = error("客户编号,目标单位编码,备注");
  CHECK(wrong.param("column") == "A");
  CHECK(wrong.param("expected") == "客户编码");
  CHECK(wrong.param("found") == "客户编号");
  CHECK(wrong.param("row") == "1");
  wrong = error("目标单位编码,客户编码,备注");
  CHECK(wrong.param("column") == "A");
  REQUIRE(wrong.fields.size() == 2);
  CHECK(wrong.fields[1].field == "B");
  CHECK(wrong.fields[1].params[0].value == "目标单位编码");
  CHECK(wrong.fields[1].params[1].value == "客户编码");
  wrong = error("客户编码,目标单位编码");
  CHECK(wrong.param("column") == "C");
  CHECK(wrong.param("expected") == "备注");
  CHECK(wrong.param("found") == "");
  wrong = error("客户编码,目标单位编码,备注,,金额");
  CHECK(wrong.param("column") == "E");
  CHECK(wrong.param("expected") == "");
  CHECK(wrong.param("found") == "金额");
  wrong = error(",客户编码,目标单位编码,备注");
  CHECK(wrong.param("column") == "A");
  CHECK(wrong.fields.size() == 4);
  wrong = error("\n2026年11月调整表,,\n客户编码,目标单位编码,备注");
  CHECK(wrong.param("row") == "2");
  CHECK(wrong.param("found") == "2026年11月调整表");
  wrong = error("客户编码,目标单位编码,备注,行号,原因");
  CHECK(wrong.param("column") == "E");
  CHECK(wrong.param("expected") == "原因代码");

  CHECK(read_moves("\xEF\xBB\xBF\n 客户编码\xE3\x80\x80,\xC2\xA0目标单位编码,备注 ,, \n0771000000001,4501,\n").ok());
}

TEST_CASE("something outside the template's columns") {
  const Result<MoveSheet> moves = moves_of("0771000000001,4501,x,\n0771000000002,4501,x,,问张三\n");
  REQUIRE_FALSE(moves.ok());
  CHECK(moves.error().code == errors::kExtraCell);
  CHECK(moves.error().param("row") == "3");
  CHECK(moves.error().param("column") == "E");
  CHECK(moves.error().param("found") == "问张三");
}

TEST_CASE("a header and nothing below it") {
  CHECK(read_moves(kHeader).error().code == errors::kNoRows);
  const Result<std::string> bytes = write_move_template();
  REQUIRE(bytes.ok());
  const Result<MoveSheet> moves = read_moves(*bytes);
  REQUIRE_FALSE(moves.ok());
  CHECK(moves.error().code == errors::kNoRows);
  CHECK(moves.error().param("sheet") == "批量调整");
}

TEST_CASE("all notes together are bounded") {
  const std::string note = characters(255, "字");
  std::string text = kHeader;
  for (int i = 0; i < 33'000; ++i) text += "0771000000001,4501," + note + "\n";
  const Result<MoveSheet> moves = read_moves(text);
  REQUIRE_FALSE(moves.ok());
  CHECK(moves.error().code == errors::kTooMuchText);
  CHECK(moves.error().param("limit_mb") == "24");
}

TEST_CASE("the workbook of refused rows comes back mended") {
  const Result<MoveSheet> first = moves_of("0771000000001,4501,a\nbad,4502,=HYPERLINK(\"x\")\n,4501,\n0771000000004,4501," +
                                           characters(300, "字") + "\n");
  REQUIRE(first.ok());
  const std::vector<RefusedRow> refused = {{1, "customer_code_bad", "不是客户编码"}, {2, "customer_code_missing", "没有客户编码"},
                                           {3, "note_too_long", "备注超过 255 个字"}};
  const Result<std::string> bytes = write_refused_rows(first->rows, refused);
  REQUIRE(bytes.ok());

  const Taken table = take(*bytes);
  REQUIRE(table.info.ok());
  CHECK(table.info->sheet == "未通过的行");
  CHECK(table.table.head.cells == std::vector<std::string>{"客户编码", "目标单位编码", "备注", "行号", "原因代码", "原因"});
  CHECK(table.table.rows[0].cells == std::vector<std::string>{"bad", "4502", "=HYPERLINK(\"x\")", "3", "customer_code_bad", "不是客户编码"});
  CHECK(table.table.rows[0].kinds[2] == CellKind::text);

  const Result<MoveSheet> again = read_moves(*bytes);
  REQUIRE(again.ok());
  CHECK(again->was_refused_rows);
  CHECK(again->rows.defect == std::vector<Reason>{Reason::customer_code_bad, Reason::customer_code_missing, Reason::note_too_long});
  CHECK(again->rows.note[0] == "=HYPERLINK(\"x\")");
  CHECK(again->rows.note[2] == first->rows.note[3]);
}

TEST_CASE("refused rows that look like formulas are kept as they are, as texts") {
  const Result<MoveSheet> first = moves_of(
      "=1+1,+4501,=cmd|' /C calc'!A0\n@SUM(A1),-4502,+1+1\n\"=HYPERLINK(\"\"x\"\",\"\"y\"\")\",=4503,-2+3\n＝1,@4504,@SUM(A1)\n");
  REQUIRE(first.ok());
  REQUIRE(first->rows.size() == 4);
  std::vector<RefusedRow> refused;
  for (std::uint32_t row = 0; row < 4; ++row) refused.push_back({row, "customer_code_bad", "=1+1"});
  const Result<std::string> bytes = write_refused_rows(first->rows, refused);
  REQUIRE(bytes.ok());
  const Taken table = take(*bytes);
  REQUIRE(table.info.ok());
  for (const auto& row : table.table.rows)
    for (const std::size_t column : {0u, 1u, 2u, 4u, 5u}) CHECK(row.kinds[column] == CellKind::text);
  const Result<MoveSheet> again = read_moves(*bytes);
  REQUIRE(again.ok());
  CHECK(again->rows.customer_code == first->rows.customer_code);
  CHECK(again->rows.target_code == first->rows.target_code);
  CHECK(again->rows.note == first->rows.note);
  CHECK(again->rows.note[0] == "=cmd|' /C calc'!A0");
}
