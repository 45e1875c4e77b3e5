#include "shared/workbook/utf16.hpp"

#include "shared/base/text.hpp"

namespace qudao::workbook {

void Utf16Decoder::decode(std::string_view bytes, std::string& out) {
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (!odd_) {
      waiting_ = byte;
      odd_ = true;
      continue;
    }
    odd_ = false;
    const char32_t first = waiting_;
    const char32_t second = byte;
    unit(big_endian_ ? first << 8 | second : second << 8 | first, out);
  }
}

void Utf16Decoder::unit(char32_t unit, std::string& out) {
  const bool low = unit >= 0xDC00 && unit <= 0xDFFF;
  if (high_ != 0) {
    const char32_t high = high_;
    high_ = 0;
    if (low) {
      append_utf8(out, 0x10000 + ((high - 0xD800) << 10) + (unit - 0xDC00));
      return;
    }
    append_utf8(out, kReplacement);
  }
  if (unit >= 0xD800 && unit <= 0xDBFF) {
    high_ = unit;
  } else {
    append_utf8(out, low ? kReplacement : unit);
  }
}

void Utf16Decoder::finish(std::string& out) {
  if (odd_ || high_ != 0) append_utf8(out, kReplacement);
  odd_ = false;
  high_ = 0;
}

}  // namespace qudao::workbook
