// UTF-16 bytes to UTF-8, piece by piece: Excel's "Unicode text", and the rare XML part that is written so.
#pragma once

#include <string>
#include <string_view>

namespace qudao::workbook {

class Utf16Decoder {
 public:
  explicit Utf16Decoder(bool big_endian) : big_endian_(big_endian) {}
  // Appends what the bytes say; a half character waits for the next call. Unpaired surrogates become U+FFFD.
  void decode(std::string_view bytes, std::string& out);
  // At the end of the text: what was left waiting becomes U+FFFD.
  void finish(std::string& out);

 private:
  void unit(char32_t unit, std::string& out);

  bool big_endian_;
  bool odd_ = false;  // one byte of a unit is waiting
  unsigned char waiting_ = 0;
  char32_t high_ = 0;  // a high surrogate is waiting
};

// Whether the bytes begin with a UTF-16 byte order mark (two bytes long).
inline bool has_utf16_bom(std::string_view bytes, bool& big_endian) {
  if (bytes.size() < 2) return false;
  big_endian = bytes[0] == '\xFE' && bytes[1] == '\xFF';
  return big_endian || (bytes[0] == '\xFF' && bytes[1] == '\xFE');
}

}  // namespace qudao::workbook
