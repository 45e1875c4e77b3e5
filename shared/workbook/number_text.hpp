// What a number in a cell reads as: exact decimal arithmetic on its digits, no floating point, so that both compilers
// print the same and nothing is invented. See table_reader.hpp for the rules.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace qudao::workbook {

enum class FormatKind : std::uint8_t {
  general,
  date,
  scientific,
  zeros,  // "000000": as many leading zeros as needed
};

// What a cell's number format does to its value, as far as it changes what a person reads as a code.
struct NumberFormat {
  FormatKind kind = FormatKind::general;
  std::uint8_t width = 0;  // of zeros
};

// By the code of a custom format, and by the number of a built-in one (ECMA-376 part 1, 18.8.30, with the date formats
// that Chinese versions keep at 27-36 and 50-58).
NumberFormat classify_format(std::string_view format_code);
NumberFormat builtin_format(std::uint32_t id);

// Appends the value as a person sees it. `raw` is the number as stored ("771123456789", "7.71123456789E11"); what is no
// number is appended as it stands. True: it is a date.
bool append_number(std::string_view raw, NumberFormat format, bool date1904, std::string& out);

// An ISO 8601 date of a cell of type "d": "2026-11-23T00:00:00" -> "2026-11-23".
void append_iso_date(std::string_view raw, std::string& out);

}  // namespace qudao::workbook
