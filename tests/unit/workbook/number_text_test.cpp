#include "shared/workbook/number_text.hpp"

#include <catch2/catch.hpp>

using namespace qudao::workbook;

namespace {

std::string shown(std::string_view raw, NumberFormat format = {}, bool date1904 = false) {
  std::string out;
  append_number(raw, format, date1904, out);
  return out;
}

const NumberFormat kDate{FormatKind::date, 0};
const NumberFormat kScientific{FormatKind::scientific, 0};
NumberFormat zeros(std::uint8_t width) { return {FormatKind::zeros, width}; }

}  // namespace

TEST_CASE("whole numbers are printed in full, however a writer stored them") {
  CHECK(shown("771123456789") == "771123456789");
  CHECK(shown("7.71123456789E11") == "771123456789");
  CHECK(shown("7.71123456789E+11") == "771123456789");
  CHECK(shown("771123456789.0") == "771123456789");
  CHECK(shown("771123456789.00001") == "771123456789");
  CHECK(shown("999999999999999") == "999999999999999");
  CHECK(shown("0") == "0");
  CHECK(shown("-0") == "0");
  CHECK(shown("-12") == "-12");
  CHECK(shown("1E2") == "100");
  CHECK(shown("000120") == "120");
}

TEST_CASE("a number whose digits are gone never passes for a code") {
  CHECK(shown("1234567890123456") == "1.23456789012346E+15");
  CHECK(shown("450103197001011230") == "4.50103197001011E+17");
  CHECK(shown("4.5010319700101126E+17") == "4.50103197001011E+17");
  CHECK(shown("999999999999999.9") == "1E+15");
  CHECK(shown("771000000000", kScientific) == "7.71E+11");
  CHECK(shown("771123456789", kScientific) == "7.71123456789E+11");
  CHECK(shown("1e99999999999999999999") == "1E+9999");
}

TEST_CASE("fractions are shown to fifteen digits, as a spreadsheet shows them") {
  CHECK(shown("0.5") == "0.5");
  CHECK(shown("0.30000000000000004") == "0.3");
  CHECK(shown("12.50") == "12.5");
  CHECK(shown("1234567.8901234567") == "1234567.89012346");
  CHECK(shown("9.9999999999999999") == "10");
  CHECK(shown("0.0001") == "0.0001");
  CHECK(shown("0.00001") == "1E-05");
  CHECK(shown("-0.00000000123") == "-1.23E-09");
}

TEST_CASE("a format of zeros gives back its leading zeros") {
  CHECK(shown("123", zeros(6)) == "000123");
  CHECK(shown("771123456789", zeros(13)) == "0771123456789");
  CHECK(shown("1234567", zeros(6)) == "1234567");
  CHECK(shown("0", zeros(3)) == "000");
  CHECK(shown("1.5", zeros(3)) == "1.5");
}

TEST_CASE("what is no number stays as it stands") {
  CHECK(shown("abc") == "abc");
  CHECK(shown("1,234") == "1,234");
  CHECK(shown("1e") == "1e");
  CHECK(shown(".") == ".");
  CHECK(shown("NaN") == "NaN");
  CHECK(shown("1 2") == "1 2");
}

TEST_CASE("dates by serial number") {
  CHECK(shown("46349", kDate) == "2026-11-23");
  CHECK(shown("46349.5", kDate) == "2026-11-23 12:00:00");
  CHECK(shown("46349.39583333334", kDate) == "2026-11-23 09:30:00");
  CHECK(shown("0.25", kDate) == "06:00:00");
  CHECK(shown("0.0005", kDate) == "00:00:43");
  CHECK(shown("1", kDate) == "1900-01-01");
  CHECK(shown("59", kDate) == "1900-02-28");
  CHECK(shown("60", kDate) == "1900-02-29");
  CHECK(shown("61", kDate) == "1900-03-01");
  CHECK(shown("2958465", kDate) == "9999-12-31");
  CHECK(shown("46348.999999999", kDate) == "2026-11-23");
  CHECK(shown("44887", kDate, true) == "2026-11-23");
  CHECK(shown("0", kDate, true) == "1904-01-01");
  SECTION("a code under a date format is still a code") {
    CHECK(shown("771123456789", kDate) == "771123456789");
    CHECK(shown("2958466", kDate) == "2958466");
    CHECK(shown("-1", kDate) == "-1");
  }
}

TEST_CASE("ISO dates of the strict form") {
  const auto iso = [](std::string_view raw) {
    std::string out;
    append_iso_date(raw, out);
    return out;
  };
  CHECK(iso("2026-11-23") == "2026-11-23");
  CHECK(iso("2026-11-23T00:00:00") == "2026-11-23");
  CHECK(iso("2026-11-23T00:00:00.000Z") == "2026-11-23");
  CHECK(iso("2026-11-23T09:30:05Z") == "2026-11-23 09:30:05");
}

TEST_CASE("number formats are told apart by their codes") {
  const auto kind = [](std::string_view code) { return classify_format(code).kind; };
  for (const char* code : {"yyyy-mm-dd", "yyyy\\-mm\\-dd", "m/d/yy h:mm", "[$-804]yyyy\"年\"m\"月\"d\"日\";@", "h:mm:ss", "mm:ss.0",
                           "dd/mm/yyyy", "[$-409]d-mmm-yy;@"})
    CHECK(kind(code) == FormatKind::date);
  for (const char* code : {"General", "@", "0.00", "#,##0.00_ ", "[Red]0.0", "\"yes\"0", "\\d0", "0%", "[h]:mm", "_(* #,##0_)",
                           "[DBNum1]0.0", "0;yyyy", "\"unclosed", "", "0"})
    CHECK(kind(code) == FormatKind::general);
  CHECK(kind("0.00E+00") == FormatKind::scientific);
  CHECK(kind("##0.0E-0") == FormatKind::scientific);
  CHECK(kind("0000000000000") == FormatKind::zeros);
  CHECK(classify_format("000000").width == 6);
  for (const std::uint32_t id : {14u, 22u, 27u, 31u, 36u, 45u, 47u, 50u, 57u, 58u}) CHECK(builtin_format(id).kind == FormatKind::date);
  for (const std::uint32_t id : {0u, 1u, 9u, 12u, 37u, 44u, 46u, 49u, 59u, 164u}) CHECK(builtin_format(id).kind == FormatKind::general);
  CHECK(builtin_format(11).kind == FormatKind::scientific);
}
