#include "shared/workbook/round_marks.hpp"

#include <catch2/catch.hpp>

namespace qudao::workbook {
namespace {

std::string header() {
  std::string csv = "\xEF\xBB\xBF";
  for (std::size_t i = 0; i < kMarkColumns.size(); ++i) csv += (i == 0 ? "" : ",") + std::string(kMarkColumns[i]);
  return csv + "\r\n";
}

TEST_CASE("a marked list is read by its code, mark and note") {
  const auto sheet = read_marks(header() + "771000000001,某公司,4501,地址,2026-10-08,某社区,是, 重点客户 \r\n\r\n" + "0771000000002,,,,,,,\r\n");
  REQUIRE(sheet.ok());
  REQUIRE(sheet->rows.size() == 2);
  CHECK(sheet->rows.customer_code[0] == "771000000001");  // mended by check_marks
  CHECK(sheet->rows.mark[0] == "是");
  CHECK(sheet->rows.note[0] == "重点客户");
  CHECK(sheet->rows.row_number[1] == 4);
  CHECK(sheet->rows.mark[1].empty());
  CHECK(sheet->between[0][0] == "某公司");
}

TEST_CASE("another header, a cell too many and an empty list are refused by name") {
  CHECK(read_marks("客户编码,意见\r\n0771000000001,是\r\n").error().code == errors::kHeader);
  CHECK(read_marks(header() + "0771000000001,,,,,,是,,多\r\n").error().code == errors::kExtraCell);
  CHECK(read_marks(header()).error().code == errors::kNoRows);
  CHECK(read_marks("").error().code == errors::kEmpty);
}

TEST_CASE("faulty rows come back as a workbook that can be read again once mended") {
  const auto sheet = read_marks(header() + "0771000000001,某公司,4501,地址,2026-10-08,某社区,要,说明\r\n0771000000002,,,,,,是,\r\n");
  REQUIRE(sheet.ok());
  const FaultyMark fault{0, "“意见”只能填“是”或“否”。"};
  const auto bytes = write_faulty_marks(*sheet, std::span(&fault, 1));
  REQUIRE(bytes.ok());
  const auto again = read_marks(*bytes);
  REQUIRE(again.ok());
  REQUIRE(again->rows.size() == 1);
  CHECK(again->rows.customer_code[0] == "0771000000001");
  CHECK(again->rows.mark[0] == "要");
  CHECK(again->rows.note[0] == "说明");
  CHECK(again->between == std::vector<std::vector<std::string>>{{"某公司", "4501", "地址", "2026-10-08", "某社区"}});
}

TEST_CASE("what is no code is cut where it can still be recognised") {
  const auto sheet = read_marks(header() + std::string(500, 'x') + ",,,,,,是,\r\n");
  REQUIRE(sheet.ok());
  CHECK(sheet->rows.customer_code[0].size() < 80);
}

}  // namespace
}  // namespace qudao::workbook
