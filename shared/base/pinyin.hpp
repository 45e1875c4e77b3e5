// Finding Chinese names by the first letters of their pinyin: 城东二片 by "cdep". Letters and digits in a name stand for
// themselves; spaces and punctuation are passed over.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace qudao {

// The letters a character's readings begin with, a = bit 0; 0 for what is no Chinese character.
std::uint32_t pinyin_initials(char32_t character);

// Where in the name (in characters) `typed` (letters and digits, case aside) is found; -1 if nowhere. A character that is
// read in several ways is found by each. Anything else that is typed finds nothing.
int find_initials(std::string_view name, std::string_view typed);

// The initials of a name as one text, lower-case, for an index: a character that is read in several ways stands under its
// usual reading, in words and as a surname under that which names have (重庆 cq, 银行 yh, 覃 q). The first 32 letters.
inline constexpr std::size_t kNameInitials = 32;
std::string name_initials(std::string_view name);

}  // namespace qudao
