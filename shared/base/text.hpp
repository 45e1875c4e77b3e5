// Text as people type it into workbooks and forms. Everything inside is UTF-8.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace qudao {

inline constexpr char32_t kReplacement = 0xFFFD;

bool is_valid_utf8(std::string_view text);
// Decodes the code point at `pos` and moves past it; an invalid byte gives U+FFFD and moves one on.
char32_t next_code_point(std::string_view text, std::size_t& pos);
void append_utf8(std::string& out, char32_t code_point);
std::int64_t count_code_points(std::string_view text);
// Replaces what is not UTF-8 by U+FFFD.
std::string scrub_utf8(std::string_view text);

// A code (customer, unit, contract) as a person may have typed it: full-width forms become half-width, spaces of all
// kinds (also non-breaking, zero-width, BOM) are dropped at both ends. Case and inner characters stay.
std::string normalize_code(std::string_view text);
// A name or note: spaces of all kinds dropped at both ends, control characters become spaces; the rest stays.
std::string normalize_text(std::string_view text);

// Sort key for names, as lower-case hexadecimal so that every database and JSON carries it unharmed and orders it alike
// (compare as bytes): Chinese by pinyin (GB2312 level one is in pinyin order; level two by radical after it), then the
// rest; digits and Latin before Chinese, Latin letters without regard to case. Looks at the first 32 characters.
inline constexpr std::size_t kNameKeyCharacters = 32;
std::string name_key(std::string_view name);

}  // namespace qudao
