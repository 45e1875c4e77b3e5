// Text of a cell as it is stored, turned into text as a person wrote it.
#pragma once

#include <string>
#include <string_view>

namespace qudao::workbook {

// Undoes the _xHHHH_ escapes of a spreadsheet's strings ("_x000D_"), makes all line ends "\n" and replaces what is not
// UTF-8, from `begin` on. Costs a look at each byte, and more only for texts that need it.
void mend_text(std::string& text, std::size_t begin);

// Whether a character beginning with this byte is certainly seen: printing ASCII, or Chinese (U+4000-9FFF begin with E4-E9
// in UTF-8, the odd spaces of Unicode do not).
inline bool is_ink(char first_byte) {
  const auto byte = static_cast<unsigned char>(first_byte);
  return (byte > 0x20 && byte < 0x7F) || (byte >= 0xE4 && byte <= 0xE9);
}

// Whether a person sees nothing: empty, or spaces of any kind.
bool is_blank_odd(std::string_view text);  // the rare part of it
inline bool is_blank(std::string_view text) { return text.empty() || (!is_ink(text.front()) && is_blank_odd(text)); }

}  // namespace qudao::workbook
