#include "shared/workbook/number_text.hpp"

#include <algorithm>

#include "shared/base/date.hpp"

namespace qudao::workbook {
namespace {

constexpr std::int64_t kExactDigits = 15;   // what a spreadsheet keeps of a number
constexpr std::int64_t kMaxDigits = 40;     // more are not looked at
constexpr std::int64_t kLastSerial = 2958465;  // 9999-12-31
constexpr std::int64_t kDaySeconds = 86'400;

// 0.d1d2d3… × 10^point, d1 and the last digit not 0; no digits: zero.
struct Decimal {
  bool negative = false;
  std::string digits;
  std::int64_t point = 0;

  std::int64_t size() const { return static_cast<std::int64_t>(digits.size()); }
  bool whole() const { return size() <= point || digits.empty(); }
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

void trim(Decimal& number) {
  const std::size_t first = number.digits.find_first_not_of('0');
  if (first == std::string::npos) {
    number.digits.clear();
    number.point = 0;
    return;
  }
  number.point -= static_cast<std::int64_t>(first);
  number.digits.erase(0, first);
  number.digits.erase(number.digits.find_last_not_of('0') + 1);
}

bool parse(std::string_view raw, Decimal& number) {
  std::size_t at = 0;
  if (at < raw.size() && (raw[at] == '-' || raw[at] == '+')) number.negative = raw[at++] == '-';
  bool any = false;
  bool fraction = false;
  for (; at < raw.size() && (is_digit(raw[at]) || (raw[at] == '.' && !fraction)); ++at) {
    if (raw[at] == '.') {
      fraction = true;
      continue;
    }
    any = true;
    const bool leading = number.digits.empty() && raw[at] == '0';
    if (!fraction && !leading) ++number.point;
    if (fraction && leading) --number.point;
    if (!leading && number.size() < kMaxDigits) number.digits.push_back(raw[at]);
  }
  if (!any) return false;
  if (at < raw.size() && (raw[at] == 'e' || raw[at] == 'E')) {
    ++at;
    bool negative = false;
    if (at < raw.size() && (raw[at] == '-' || raw[at] == '+')) negative = raw[at++] == '-';
    if (at == raw.size()) return false;
    std::int64_t exponent = 0;
    for (; at < raw.size() && is_digit(raw[at]); ++at) exponent = std::min<std::int64_t>(exponent * 10 + (raw[at] - '0'), 9999);
    number.point += negative ? -exponent : exponent;
  }
  if (at != raw.size()) return false;
  trim(number);
  return true;
}

// To the digits a spreadsheet shows at most, halves away from zero: 0.30000000000000004 is 0.3.
void round_to_exact(Decimal& number) {
  if (number.size() <= kExactDigits) return;
  const bool up = number.digits[kExactDigits] >= '5';
  number.digits.resize(kExactDigits);
  for (std::int64_t i = kExactDigits - 1; up; --i) {
    if (i < 0) {
      number.digits.insert(0, 1, '1');
      ++number.point;
      break;
    }
    char& digit = number.digits[static_cast<std::size_t>(i)];
    if (digit != '9') {
      ++digit;
      break;
    }
    digit = '0';
  }
  trim(number);
}

void append_scientific(const Decimal& number, std::string& out) {
  if (number.negative) out.push_back('-');
  out.push_back(number.digits[0]);
  if (number.size() > 1) out.append(1, '.').append(number.digits, 1);
  const std::int64_t exponent = number.point - 1;
  const std::string power = std::to_string(exponent < 0 ? -exponent : exponent);
  out.append(exponent < 0 ? "E-" : "E+").append(power.size() < 2 ? "0" : "").append(power);
}

void append_plain(const Decimal& number, std::size_t width, std::string& out) {
  if (number.negative) out.push_back('-');
  const auto point = static_cast<std::size_t>(std::max<std::int64_t>(number.point, 0));
  std::string whole = number.digits.substr(0, std::min(point, number.digits.size()));
  whole.append(point - whole.size(), '0');
  if (whole.empty()) whole.push_back('0');
  if (number.whole() && whole.size() < width) out.append(width - whole.size(), '0');
  out.append(whole);
  if (number.whole()) return;
  out.push_back('.');
  if (number.point < 0) out.append(static_cast<std::size_t>(-number.point), '0');
  out.append(number.digits, point);
}

void append_two(std::int64_t value, std::string& out) {
  out.push_back(static_cast<char>('0' + value / 10));
  out.push_back(static_cast<char>('0' + value % 10));
}

void append_day(std::int64_t serial, bool date1904, std::string& out) {
  if (date1904) {
    out += format_date(add_days(make_date(1904, 1, 1), static_cast<std::int32_t>(serial)));
  } else if (serial == 60) {
    out += "1900-02-29";  // the day that never was; shown by every spreadsheet since Lotus 1-2-3
  } else {
    out += format_date(add_days(make_date(1899, 12, serial < 60 ? 31 : 30), static_cast<std::int32_t>(serial)));
  }
}

// False: not a day of the calendar (a code under a date format, say): it is better shown as the number it is.
bool append_date(const Decimal& number, bool date1904, std::string& out) {
  if (number.negative || number.point > 7) return false;
  std::int64_t day = 0;
  std::int64_t billionths = 0;
  for (std::int64_t i = 0; i < number.point; ++i)
    day = day * 10 + (i < number.size() ? number.digits[static_cast<std::size_t>(i)] - '0' : 0);
  for (std::int64_t i = number.point; i < number.point + 9; ++i)
    billionths = billionths * 10 + (i >= 0 && i < number.size() ? number.digits[static_cast<std::size_t>(i)] - '0' : 0);
  std::int64_t second = (billionths * kDaySeconds + 500'000'000) / 1'000'000'000;
  if (second == kDaySeconds) {
    second = 0;
    ++day;
  }
  if (day > kLastSerial - (date1904 ? 1462 : 0)) return false;
  const bool time_only = day == 0 && second != 0;
  if (!time_only) append_day(day, date1904, out);
  if (second == 0) return true;
  if (!time_only) out.push_back(' ');
  append_two(second / 3600, out);
  out.push_back(':');
  append_two(second / 60 % 60, out);
  out.push_back(':');
  append_two(second % 60, out);
  return true;
}

// The first section of a format code without what is literal or in brackets, in lower case.
std::string skeleton(std::string_view code) {
  std::string out;
  for (std::size_t i = 0; i < code.size() && code[i] != ';'; ++i) {
    const char c = code[i];
    if (c == '"' || c == '[') {
      const std::size_t close = code.find(c == '"' ? '"' : ']', i + 1);
      if (close == std::string_view::npos) break;
      const std::string_view inner = code.substr(i + 1, close - i - 1);
      // [h], [mm], [ss]: a duration
      if (c == '[' && !inner.empty() && inner.find_first_not_of("hHmMsS") == std::string_view::npos) out.push_back('[');
      i = close;
    } else if (c == '\\' || c == '_' || c == '*') {
      ++i;
    } else {
      out.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c);
    }
  }
  return out;
}

}  // namespace

NumberFormat classify_format(std::string_view format_code) {
  const std::string text = skeleton(format_code);
  if (text.find("general") != std::string::npos || text.find('[') != std::string::npos) return {};
  if (text.find("e+") != std::string::npos || text.find("e-") != std::string::npos) return {FormatKind::scientific, 0};
  if (text.find_first_of("ymdhs") != std::string::npos) return {FormatKind::date, 0};
  if (text.size() > 1 && text.size() < 32 && text.find_first_not_of('0') == std::string::npos)
    return {FormatKind::zeros, static_cast<std::uint8_t>(text.size())};
  return {};
}

NumberFormat builtin_format(std::uint32_t id) {
  if (id == 11 || id == 48) return {FormatKind::scientific, 0};
  const bool date = (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || id == 45 || id == 47 || (id >= 50 && id <= 58);
  return {date ? FormatKind::date : FormatKind::general, 0};
}

bool append_number(std::string_view raw, NumberFormat format, bool date1904, std::string& out) {
  Decimal number;
  if (!parse(raw, number)) {
    out.append(raw);
    return false;
  }
  round_to_exact(number);
  if (format.kind == FormatKind::date && append_date(number, date1904, out)) return true;
  if (number.digits.empty()) {
    out.append(format.kind == FormatKind::zeros ? format.width : 1, '0');
    return false;
  }
  const bool lost = number.point > kExactDigits;
  const bool tiny = number.point < -3;
  if (lost || tiny || format.kind == FormatKind::scientific) {
    append_scientific(number, out);
  } else {
    append_plain(number, format.kind == FormatKind::zeros ? format.width : 0, out);
  }
  return false;
}

void append_iso_date(std::string_view raw, std::string& out) {
  const std::size_t t = raw.find('T');
  if (t == std::string_view::npos) {
    out.append(raw);
    return;
  }
  std::string_view time = raw.substr(t + 1);
  time = time.substr(0, time.find_first_of(".Z+"));
  out.append(raw.substr(0, t));
  if (!time.empty() && time != "00:00:00") out.append(t == 0 ? "" : " ").append(time);
}

}  // namespace qudao::workbook
