#include "shared/base/pinyin.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <vector>

#include "shared/base/text.hpp"

namespace qudao {
namespace {

#include "pinyin_table.inc"

constexpr char32_t kFirst = 0x4E00;

// Characters whose reading depends on what stands beside them, in words that names of firms and places have.
struct Spoken {
    std::u32string_view word;
    std::size_t at;  // of the character within the word
    char initial;
};
constexpr std::array kWords = {
    Spoken{U"银行", 1, 'h'}, Spoken{U"分行", 1, 'h'}, Spoken{U"支行", 1, 'h'}, Spoken{U"商行", 1, 'h'}, Spoken{U"车行", 1, 'h'},
    Spoken{U"行业", 0, 'h'}, Spoken{U"重庆", 0, 'c'}, Spoken{U"重阳", 0, 'c'}, Spoken{U"厦门", 0, 'x'}, Spoken{U"会计", 0, 'k'},
    Spoken{U"音乐", 1, 'y'}, Spoken{U"乐器", 0, 'y'}, Spoken{U"校长", 1, 'z'}, Spoken{U"朝霞", 0, 'z'}, Spoken{U"长", 0, 'c'},
};
// Surnames that are read otherwise than the character usually is.
constexpr std::array kSurnames = {
    std::pair{U'曾', 'z'}, std::pair{U'单', 's'}, std::pair{U'覃', 'q'}, std::pair{U'解', 'x'}, std::pair{U'区', 'o'}, std::pair{U'仇', 'q'},
    std::pair{U'查', 'z'}, std::pair{U'翟', 'z'}, std::pair{U'朴', 'p'}, std::pair{U'盖', 'g'}, std::pair{U'乐', 'y'}, std::pair{U'缪', 'm'},
};
constexpr std::size_t kLongestPerson = 4;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
bool is_letter(char c) { return c >= 'a' && c <= 'z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool stands_for(char32_t character, char typed) {
    if (character < 0x80) return lower(static_cast<char>(character)) == typed;
    return is_letter(typed) && (pinyin_initials(character) >> (typed - 'a') & 1U) != 0;
}

// Into the lists of sets and of usual initials; entry 0 is that of no Chinese character.
std::size_t place_of(char32_t character) {
    const auto at = static_cast<std::size_t>(character - kFirst);
    return character >= kFirst && at < sizeof kInitials ? kInitials[at] : 0;
}

// Spaces and punctuation of a name are not typed.
std::vector<char32_t> spoken_characters(std::string_view name) {
    std::vector<char32_t> characters;
    for (std::size_t at = 0; at < name.size();) {
        const char32_t character = next_code_point(name, at);
        const bool counts = character < 0x80 ? is_letter(lower(static_cast<char>(character))) || is_digit(static_cast<char>(character)) : place_of(character) != 0;
        if (counts) characters.push_back(character);
    }
    return characters;
}

char initial_in(std::span<const char32_t> name, std::size_t at) {
    const char32_t character = name[at];
    if (character < 0x80) return lower(static_cast<char>(character));
    for (const Spoken& spoken : kWords) {
        if (spoken.word[spoken.at] != character || spoken.at > at || at - spoken.at + spoken.word.size() > name.size()) continue;
        if (std::equal(spoken.word.begin(), spoken.word.end(), name.begin() + static_cast<std::ptrdiff_t>(at - spoken.at))) return spoken.initial;
    }
    if (at == 0 && name.size() <= kLongestPerson)
        for (const auto& [surname, initial] : kSurnames)
            if (surname == character) return initial;
    return kUsualInitials[place_of(character)];
}

}  // namespace

std::uint32_t pinyin_initials(char32_t character) { return kInitialSets[place_of(character)]; }

int find_initials(std::string_view name, std::string_view typed) {
    if (typed.empty()) return -1;
    for (const char c : typed)
        if (!is_letter(lower(c)) && !is_digit(c)) return -1;
    const std::vector<char32_t> letters = spoken_characters(name);
    for (std::size_t from = 0; from + typed.size() <= letters.size(); ++from) {
        std::size_t same = 0;
        while (same < typed.size() && stands_for(letters[from + same], lower(typed[same]))) ++same;
        if (same == typed.size()) return static_cast<int>(from);
    }
    return -1;
}

std::string name_initials(std::string_view name) {
    const std::vector<char32_t> characters = spoken_characters(name);
    std::string out;
    for (std::size_t at = 0; at < characters.size() && out.size() < kNameInitials; ++at) out.push_back(initial_in(characters, at));
    return out;
}

}  // namespace qudao
