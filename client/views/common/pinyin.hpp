// Finding Chinese names by the first letters of their pinyin: 城东二片 by "cdep". A character that is read in several
// ways is found by each. Letters and digits in a name stand for themselves.
#pragma once

#include <cstdint>
#include <string_view>

namespace qudao::client {

// The letters a character's readings begin with, a = bit 0; 0 for what is no Chinese character.
std::uint32_t pinyin_initials(char32_t character);

// Where in the name (in characters) `typed` (letters and digits, case aside) is found; -1 if nowhere. Anything else
// that is typed finds nothing.
int find_initials(std::string_view name, std::string_view typed);

}  // namespace qudao::client
