#include "shared/workbook/cell_text.hpp"

#include "shared/base/text.hpp"

namespace qudao::workbook {
namespace {

constexpr std::size_t kEscapeBytes = 7;  // _xHHHH_

// The UTF-16 unit of the escape at `at`, -1 if there is none.
std::int32_t escaped_unit(std::string_view text, std::size_t at) {
  if (text.size() - at < kEscapeBytes || text[at] != '_' || text[at + 1] != 'x' || text[at + 6] != '_') return -1;
  std::int32_t unit = 0;
  for (std::size_t i = at + 2; i < at + 6; ++i) {
    const char c = text[i];
    const char lower = static_cast<char>(c | 0x20);
    if (c >= '0' && c <= '9') {
      unit = unit * 16 + (c - '0');
    } else if (lower >= 'a' && lower <= 'f') {
      unit = unit * 16 + (lower - 'a') + 10;
    } else {
      return -1;
    }
  }
  return unit;
}

std::string unescaped(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::int32_t unit = escaped_unit(text, at);
    if (unit < 0) {
      out.push_back(text[at++]);
      continue;
    }
    at += kEscapeBytes;
    auto c = static_cast<char32_t>(unit);
    if (c >= 0xD800 && c <= 0xDFFF) {
      const std::int32_t low = c < 0xDC00 && at < text.size() ? escaped_unit(text, at) : -1;
      if (low >= 0xDC00 && low <= 0xDFFF) {
        c = 0x10000 + ((c - 0xD800) << 10) + (static_cast<char32_t>(low) - 0xDC00);
        at += kEscapeBytes;
      } else {
        c = kReplacement;
      }
    }
    append_utf8(out, c);
  }
  return out;
}

std::string with_plain_line_ends(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\r') {
      out.push_back(text[i]);
    } else if (i + 1 == text.size() || text[i + 1] != '\n') {
      out.push_back('\n');
    }
  }
  return out;
}

}  // namespace

void mend_text(std::string& text, std::size_t begin) {
  bool underscore = false;
  bool returns = false;
  unsigned char high = 0;
  for (std::size_t i = begin; i < text.size(); ++i) {
    const char c = text[i];
    underscore |= c == '_';
    returns |= c == '\r';
    high |= static_cast<unsigned char>(c);
  }
  const auto replace = [&](std::string better) { text.replace(begin, std::string::npos, better); };
  const auto rest = [&] { return std::string_view(text).substr(begin); };
  if (high >= 0x80 && !is_valid_utf8(rest())) replace(scrub_utf8(rest()));
  if (underscore && rest().find("_x") != std::string_view::npos) {
    replace(unescaped(rest()));
    returns = rest().find('\r') != std::string_view::npos;
  }
  if (returns) replace(with_plain_line_ends(rest()));
}

bool is_blank_odd(std::string_view text) { return normalize_text(text).empty(); }

}  // namespace qudao::workbook
