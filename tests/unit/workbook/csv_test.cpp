#include <catch2/catch.hpp>

#include "shared/base/gbk.hpp"
#include "shared/base/text.hpp"
#include "tests/unit/workbook/make_xlsx.hpp"

using namespace qudao::workbook;
using namespace qudao::workbook::test;

namespace {

std::string in_gbk(std::string_view text) {
  std::string out;
  for (std::size_t pos = 0; pos < text.size();) {
    const char32_t c = qudao::next_code_point(text, pos);
    if (c < 0x80) {
      out.push_back(static_cast<char>(c));
    } else {
      const std::uint16_t code = qudao::gbk_code(c);
      out.push_back(static_cast<char>(code >> 8));
      out.push_back(static_cast<char>(code & 0xFF));
    }
  }
  return out;
}

std::string in_utf16(std::string_view text, bool big_endian) {
  std::string out(big_endian ? "\xFE\xFF" : "\xFF\xFE", 2);
  const auto unit = [&](char32_t u) {
    const char high = static_cast<char>(u >> 8);
    const char low = static_cast<char>(u & 0xFF);
    out.push_back(big_endian ? high : low);
    out.push_back(big_endian ? low : high);
  };
  for (std::size_t pos = 0; pos < text.size();) {
    const char32_t c = qudao::next_code_point(text, pos);
    if (c > 0xFFFF) {
      unit(0xD800 + ((c - 0x10000) >> 10));
      unit(0xDC00 + ((c - 0x10000) & 0x3FF));
    } else {
      unit(c);
    }
  }
  return out;
}

using Rows = std::vector<std::vector<std::string>>;

Rows rows_of(const std::string& bytes) {
  const Taken taken = take(bytes);
  INFO(taken.code());
  REQUIRE(taken.info.ok());
  Rows rows;
  for (const TakenRow& row : taken.table.rows) rows.push_back(row.cells);
  return rows;
}

}  // namespace

TEST_CASE("encodings of a .csv") {
  const std::string text = "客户编码,备注\r\n0771000000001,搬迁至城东二片\r\n";
  const Rows expected = {{"0771000000001", "搬迁至城东二片"}};
  CHECK(rows_of(text) == expected);
  CHECK(rows_of("\xEF\xBB\xBF" + text) == expected);
  CHECK(rows_of(in_gbk(text)) == expected);
  CHECK(rows_of(in_utf16(text, false)) == expected);
  CHECK(rows_of(in_utf16(text, true)) == expected);
  CHECK(take(text).info->encoding == Encoding::utf8);
  CHECK(take(in_gbk(text)).info->encoding == Encoding::gbk);
  CHECK(take(in_utf16(text, false)).info->encoding == Encoding::utf16);
  CHECK(rows_of(in_utf16("a\n𠮷😀\n", false)) == Rows{{"𠮷😀"}});
}

TEST_CASE("GBK whose second bytes look like ASCII") {
  // 乗 is 81 5C, 亅 81 7C, 儅 83 7C; "," and quotes are never second bytes.
  const std::string text = "a,b\n乗亅,\"儅\"\"x\n儅\"\n";
  CHECK(rows_of(in_gbk(text)) == Rows{{"乗亅", "儅\"x\n儅"}});
}

TEST_CASE("a damaged text says where") {
  const auto offset = [](const std::string& bytes) {
    const Taken taken = take(bytes);
    CHECK(taken.code() == errors::kEncoding);
    return std::string(taken.info ? "" : taken.info.error().param("offset"));
  };
  CHECK(offset("\xEF\xBB\xBF" "ab\xFF") == "5");
  CHECK(offset("客户编码\n\xE5\xAE") == "13");
  CHECK(offset("a,b\n\xFF\xFF") == "4");
  CHECK(offset("a,b\n" + in_gbk("客户") + "\x81") == "8");
  CHECK(take("a,b\nc,d\n\xFF\xFF").info.error().param("row") == "3");
}

TEST_CASE("separators, line ends, quotes") {
  const Rows expected = {{"1", "2", "3"}};
  CHECK(rows_of("a,b,c\n1,2,3\n") == expected);
  CHECK(rows_of("a;b;c\r\n1;2;3") == expected);
  CHECK(rows_of("a\tb\tc\r1\t2\t3\r") == expected);
  CHECK(rows_of("a;\"b,,,,\";c\n1;2;3\n") == expected);
  CHECK(rows_of("sep=;\r\na;b,c;d\r\n1;2;3\r\n") == expected);
  CHECK(rows_of("\"a\",\"b\",\"c\"\n\"1\",\"2\",\"3\"\n") == expected);
  CHECK(take("a;b\n1;2\n").info->separator == ';');
  CHECK(rows_of("a,b\n\"x,\"\"y\"\"\r\nz\",2\n") == Rows{{"x,\"y\"\nz", "2"}});
  CHECK(rows_of("a,b\nx\"y\",\"p\"q\n") == Rows{{"x\"y\"", "pq"}});
  CHECK(rows_of("a,b\n\"\",\"\"\"\"\n") == Rows{{"", "\""}});
  CHECK(rows_of("a,b,,,,\n1,2,,,, \n") == Rows{{"1", "2"}});
  CHECK(rows_of("a\n=\"0771\"\n\"=\"\"0772\"\"\"\n=1+1\n") == Rows{{"0771"}, {"0772"}, {"=1+1"}});
}

TEST_CASE("row numbers are those of a spreadsheet") {
  const Taken taken = take("\n\na\n\"1\n2\"\n\n ,\n3\n");
  REQUIRE(taken.info.ok());
  CHECK(taken.info->header_row == 3);
  REQUIRE(taken.table.rows.size() == 2);
  CHECK(taken.table.rows[0].number == 4);
  CHECK(taken.table.rows[1].number == 7);
  CHECK(taken.info->blank_rows == 2);
}

TEST_CASE("a quote that never closes") {
  const Taken taken = take("a,b\n1,2\n3,\"4\n5,6\n");
  CHECK(taken.code() == errors::kOpenQuote);
  CHECK(taken.info.error().param("row") == "3");
}

TEST_CASE("numbers in a .csv stay the texts they are") {
  CHECK(rows_of("a,b\n7.71E+11,007\n") == Rows{{"7.71E+11", "007"}});
}

TEST_CASE("progress of a .csv, and cancelling it") {
  std::string text = "a,b\n";
  for (int i = 0; i < 200'000; ++i) text += "1234567890,12\n";
  ReadOptions options;
  double last = 0;
  int calls = 0;
  options.progress = [&](double now) {
    CHECK(now >= last);
    last = now;
    return ++calls > 0;
  };
  CHECK(take(text, options).info.ok());
  CHECK(calls > 3);
  CHECK(calls < 300);
  CHECK(last == 1.0);
  options.progress = [](double) { return false; };
  CHECK(take(text, options).code() == errors::kCancelled);
}
