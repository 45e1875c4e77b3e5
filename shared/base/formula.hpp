// What a spreadsheet takes for a formula when it reads a text from a .csv or from the clipboard.
#pragma once

#include <string_view>

namespace qudao {

// Texts that begin with = + - @, also as wide characters, a tab or a line break; but no signed numbers.
bool is_formula_like(std::string_view text);
// What is written before such a text so that it stays one.
inline constexpr char kNoFormula = '\'';

}  // namespace qudao
