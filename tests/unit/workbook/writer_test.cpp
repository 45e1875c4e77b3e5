#include "shared/workbook/table_writer.hpp"

#include <catch2/catch.hpp>

#include "shared/base/digest.hpp"
#include "shared/base/text.hpp"
#include "shared/workbook/move_template.hpp"
#include "shared/workbook/part_stream.hpp"
#include "shared/workbook/xlsx_writer.hpp"
#include "shared/workbook/zip_archive.hpp"
#include "tests/unit/workbook/make_xlsx.hpp"

using namespace qudao;
using namespace qudao::workbook;
using namespace qudao::workbook::test;

namespace {

using Rows = std::vector<std::vector<std::string>>;

TableSpec texts(std::size_t columns) {
  TableSpec spec;
  spec.sheet = "清单";
  for (std::size_t i = 0; i < columns; ++i) spec.columns.push_back({"列" + std::to_string(i + 1), ColumnKind::text, 12});
  return spec;
}

RowSource source_of(const Rows& rows) {
  return [&rows, next = std::size_t{0}](RowWriter& out) mutable {
    if (next == rows.size()) return false;
    for (const std::string& text : rows[next]) out.text(text);
    ++next;
    return true;
  };
}

std::string xlsx_of(const Rows& rows, std::size_t columns) {
  Result<std::string> bytes = write_table(texts(columns), source_of(rows));
  REQUIRE(bytes.ok());
  return std::move(bytes).value();
}

std::string part_of(const std::string& bytes, std::string_view name) {
  const Result<ZipArchive> zip = ZipArchive::open(bytes, Limits());
  REQUIRE(zip.ok());
  const ZipEntry* entry = zip->find(name);
  REQUIRE(entry != nullptr);
  UnpackBudget budget{1 << 24, 1 << 24};
  const Progress none;
  Meter meter(none);
  PartStream part(*entry, budget, meter);
  std::string out(1 << 20, '\0');
  out.resize(part.read(out.data(), out.size()));
  REQUIRE_FALSE(part.failed());
  return out;
}

std::string csv_row(const std::string& text) {
  const Rows rows = {{text}};
  Result<std::string> bytes = write_csv(texts(1), source_of(rows));
  REQUIRE(bytes.ok());
  const std::string head = "\xEF\xBB\xBF列1\r\n";
  REQUIRE(bytes->substr(0, head.size()) == head);
  return bytes->substr(head.size());
}

class Random {
 public:
  explicit Random(std::uint32_t seed) : state_(seed) {}
  std::uint32_t below(std::uint32_t limit) {
    state_ = state_ * 1664525 + 1013904223;
    return (state_ >> 8) % limit;
  }

 private:
  std::uint32_t state_;
};

// What people and programs put into cells, and what tries to break out of them.
std::string random_text(Random& random) {
  const char* pieces[] = {"a", "0", "南", "宁", "𠮷", "😀", "&", "<", ">", "\"", "'", "]]>", "<![CDATA[", "_x0041_", "_x", "_", "=1+1", "\n", "\t", " ",
                          ",", ";", "\xE3\x80\x80", "\xC2\xA0", "&amp;", "\x01", "\x1F", "x005F_", "é", "\xEF\xBF\xBE", "\xEF\xBC\x9D", "/>", "--"};
  std::string text = "!";  // never blank, never a formula by its beginning
  const std::uint32_t length = random.below(12);
  for (std::uint32_t i = 0; i < length; ++i) text += pieces[random.below(std::size(pieces))];
  return text;
}

// What cannot be kept: U+FFFE is not a character of XML.
std::string expected_of(const std::string& text) {
  std::string out;
  for (std::size_t pos = 0; pos < text.size();) {
    const char32_t c = next_code_point(text, pos);
    append_utf8(out, c == 0xFFFE ? kReplacement : c);
  }
  return out;
}

}  // namespace

TEST_CASE("what is written is read back, whatever it is") {
  for (std::uint32_t seed = 1; seed <= 40; ++seed) {
    Random random(seed);
    Rows rows;
    const std::uint32_t columns = 1 + random.below(5);
    for (int i = 0; i < 60; ++i) {
      rows.emplace_back();
      for (std::uint32_t c = 0; c < columns; ++c) rows.back().push_back(random_text(random));
    }
    INFO("seed " << seed);
    const Taken taken = take(xlsx_of(rows, columns));
    REQUIRE(taken.info.ok());
    REQUIRE(taken.table.rows.size() == rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i)
      for (std::size_t c = 0; c < columns; ++c) CHECK(taken.table.rows[i].text(c) == expected_of(rows[i][c]));

    const Result<std::string> csv = write_csv(texts(columns), source_of(rows));
    REQUIRE(csv.ok());
    const Taken back = take(*csv);
    INFO(back.code());
    REQUIRE(back.info.ok());
    REQUIRE(back.table.rows.size() == rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i)
      for (std::size_t c = 0; c < columns; ++c) CHECK(back.table.rows[i].text(c) == rows[i][c]);
  }
}

TEST_CASE("kinds of columns") {
  TableSpec spec;
  spec.sheet = "a";
  spec.columns = {{"文", ColumnKind::text, 10}, {"数", ColumnKind::integer, 10}, {"元", ColumnKind::yuan, 10}, {"日", ColumnKind::date, 10}};
  int rows = 0;
  const auto source = [&](RowWriter& out) {
    if (rows == 3) return false;
    out.text(rows == 0 ? "=cmd|' /C calc'!A0" : "0771");
    out.integer(rows == 2 ? 1'234'567'890'123'456 : -42);
    if (rows == 1) return ++rows > 0;
    out.yuan(rows == 2 ? -5 : 1'234'567);
    out.date(rows == 2 ? kNoDate : make_date(2026, 11, 23));
    return ++rows > 0;
  };
  const Result<std::string> bytes = write_table(spec, source);
  REQUIRE(bytes.ok());
  const Taken taken = take(*bytes);
  REQUIRE(taken.info.ok());
  REQUIRE(taken.table.rows.size() == 3);
  CHECK(taken.table.rows[0].cells == std::vector<std::string>{"=cmd|' /C calc'!A0", "-42", "12345.67", "2026-11-23"});
  CHECK(taken.table.rows[0].kinds == std::vector<CellKind>{CellKind::text, CellKind::number, CellKind::number, CellKind::date});
  CHECK(taken.table.rows[1].cells == std::vector<std::string>{"0771", "-42"});
  CHECK(taken.table.rows[2].cells == std::vector<std::string>{"0771", "1234567890123456", "-0.05"});
  CHECK(taken.table.rows[2].kinds[1] == CellKind::text);

  rows = 0;
  const Result<std::string> csv = write_csv(spec, source);
  REQUIRE(csv.ok());
  CHECK(*csv == "\xEF\xBB\xBF文,数,元,日\r\n'=cmd|' /C calc'!A0,-42,12345.67,2026-11-23\r\n0771,-42,,\r\n0771,1234567890123456,-0.05,\r\n");
}

TEST_CASE("no formula comes out of a .csv") {
  CHECK(csv_row("=1+1") == "'=1+1\r\n");
  CHECK(csv_row("+1+1") == "'+1+1\r\n");
  CHECK(csv_row("-cmd") == "'-cmd\r\n");
  CHECK(csv_row("@SUM(A1)") == "'@SUM(A1)\r\n");
  CHECK(csv_row("\t=1") == "\"'\t=1\"\r\n");
  CHECK(csv_row("\r=1") == "\"'\r=1\"\r\n");
  CHECK(csv_row("\n=1") == "\"'\n=1\"\r\n");
  CHECK(csv_row("＝1") == "'＝1\r\n");
  CHECK(csv_row("=A1,\"x\"") == "\"'=A1,\"\"x\"\"\"\r\n");
  CHECK(csv_row("-12.5") == "-12.5\r\n");
  CHECK(csv_row("+8613300000000") == "+8613300000000\r\n");
  CHECK(csv_row("a=1") == "a=1\r\n");
}

// Every cell of text says that it is text, in a column whose format is text: neither opening nor typing in it makes a formula.
TEST_CASE("no formula comes out of a .xlsx, and the value is kept") {
  const std::vector<std::string> mischief = {"=1+1", "=HYPERLINK(\"http://x\",\"y\")", "+1+1", "-2+3+cmd|' /C calc'!A0", "@SUM(A1)", "\t=1", "\r=1", "\n=1",
                                             "＝1+1", "＋1", "－1", "＠A1", "=1+1\",\"=2", "'=1"};
  const Rows rows = {mischief, mischief};
  const std::string bytes = xlsx_of(rows, mischief.size());
  const std::string sheet = part_of(bytes, "xl/worksheets/sheet1.xml");
  CHECK(sheet.find("<f") == sheet.npos);
  std::size_t cells = 0;
  for (std::size_t at = sheet.find("<c "); at != sheet.npos; at = sheet.find("<c ", at + 1), ++cells) {
    const std::string cell = sheet.substr(at, sheet.find('>', at) - at);
    CHECK(cell.find(" t=\"inlineStr\"") != cell.npos);
  }
  CHECK(cells == mischief.size() * 3);  // with the header
  const Taken taken = take(bytes);
  REQUIRE(taken.info.ok());
  std::vector<std::string> kept = mischief;
  kept[6] = "\n=1";  // a line end is one, however it is written
  CHECK(taken.table.rows[0].cells == kept);
  for (const CellKind kind : taken.table.rows[1].kinds) CHECK(kind == CellKind::text);
}

TEST_CASE("longer than a cell, and names no sheet may have") {
  std::string name;
  for (int i = 0; i < 40; ++i) name += "表";
  CHECK(sheet_name("a/b[c]") == "a b c");
  CHECK(sheet_name("'") == "Sheet");
  CHECK(count_code_points(sheet_name(name)) == 31);

  std::string text;
  for (int i = 0; i < 40'000; ++i) text += "字";
  const Rows rows = {{text, text.substr(0, 32'767 * 3), "\xFF"}};
  const Taken taken = take(xlsx_of(rows, 3));
  REQUIRE(taken.info.ok());
  CHECK(count_code_points(taken.table.rows[0].text(0)) == 32'767);
  CHECK(taken.table.rows[0].text(0).substr(32'766 * 3) == "…");
  CHECK(taken.table.rows[0].text(1) == rows[0][1]);
  CHECK(taken.table.rows[0].text(2) == "\xEF\xBF\xBD");
}

TEST_CASE("no rows, and a list that is cancelled") {
  const Rows none;
  Taken taken = take(xlsx_of(none, 2));
  REQUIRE(taken.info.ok());
  CHECK(taken.info->rows == 0);
  Rows rows(5000, {"a"});
  double last = 0;
  WriteOptions options{5000, [&](double now) {
                         last = now;
                         return now < 0.5;
                       }};
  Result<std::string> bytes = write_table(texts(1), source_of(rows), options);
  REQUIRE_FALSE(bytes.ok());
  CHECK(bytes.error().code == errors::kCancelled);
  CHECK(last == Approx(0.6));
  CHECK(write_csv(texts(1), source_of(rows), options).error().code == errors::kCancelled);
}

// The digests hold for both compilers: a difference between them fails one of the two runs. They change when the writer
// does, and then on purpose.
TEST_CASE("the same bytes from both compilers") {
  const auto digest = [](const std::string& bytes) {
    Digest d;
    d.add(std::string_view(bytes));
    return d.hex();
  };
  Rows rows;
  Random random(2026);
  for (int i = 0; i < 3000; ++i) rows.push_back({random_text(random), random_text(random), std::to_string(random.below(1'000'000))});
  const Result<std::string> empty = write_move_template();
  REQUIRE(empty.ok());
  CHECK(digest(*empty) == "8eda202eb83b1a00e92cbbc497fe46bb");
  CHECK(digest(xlsx_of(rows, 3)) == "9e2d01df6b43e65004b7b5bae0788d49");
}
