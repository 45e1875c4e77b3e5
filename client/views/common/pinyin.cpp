#include "client/views/common/pinyin.hpp"

#include <vector>

#include "shared/base/text.hpp"

namespace qudao::client {
namespace {

#include "pinyin_table.inc"

constexpr char32_t kFirst = 0x4E00;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
bool is_letter(char c) { return c >= 'a' && c <= 'z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool stands_for(char32_t character, char typed) {
    if (character < 0x80) return lower(static_cast<char>(character)) == typed;
    return is_letter(typed) && (pinyin_initials(character) >> (typed - 'a') & 1U) != 0;
}

}  // namespace

std::uint32_t pinyin_initials(char32_t character) {
    const auto at = static_cast<std::size_t>(character - kFirst);
    return character >= kFirst && at < sizeof kInitials ? kInitialSets[kInitials[at]] : 0;
}

int find_initials(std::string_view name, std::string_view typed) {
    if (typed.empty()) return -1;
    for (const char c : typed)
        if (!is_letter(lower(c)) && !is_digit(c)) return -1;
    // Spaces and punctuation of a name are not typed.
    std::vector<char32_t> letters;
    for (std::size_t at = 0; at < name.size();) {
        const char32_t character = next_code_point(name, at);
        const bool counts = character < 0x80 ? is_letter(lower(static_cast<char>(character))) || is_digit(static_cast<char>(character)) : pinyin_initials(character) != 0;
        if (counts) letters.push_back(character);
    }
    for (std::size_t from = 0; from + typed.size() <= letters.size(); ++from) {
        std::size_t same = 0;
        while (same < typed.size() && stands_for(letters[from + same], lower(typed[same]))) ++same;
        if (same == typed.size()) return static_cast<int>(from);
    }
    return -1;
}

}  // namespace qudao::client
