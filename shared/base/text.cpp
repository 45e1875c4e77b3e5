#include "shared/base/text.hpp"

#include "shared/base/gbk.hpp"

namespace qudao {
namespace {

// Length of the well-formed UTF-8 sequence at pos (Unicode 15, table 3-7), 0 if there is none.
std::size_t sequence_length(std::string_view text, std::size_t pos) {
    const auto at = [&](std::size_t i) { return static_cast<unsigned char>(text[pos + i]); };
    const auto tail = [&](std::size_t i) { return pos + i < text.size() && (at(i) & 0xC0) == 0x80; };
    const unsigned char b = at(0);
    if (b < 0x80) return 1;
    if (b >= 0xC2 && b <= 0xDF) return tail(1) ? 2 : 0;
    if (b >= 0xE0 && b <= 0xEF) {
        if (!tail(1) || !tail(2)) return 0;
        if ((b == 0xE0 && at(1) < 0xA0) || (b == 0xED && at(1) > 0x9F)) return 0;
        return 3;
    }
    if (b >= 0xF0 && b <= 0xF4) {
        if (!tail(1) || !tail(2) || !tail(3)) return 0;
        if ((b == 0xF0 && at(1) < 0x90) || (b == 0xF4 && at(1) > 0x8F)) return 0;
        return 4;
    }
    return 0;
}

bool is_space(char32_t c) {
    return c <= 0x20 || c == 0x7F || c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200F) ||
           (c >= 0x2028 && c <= 0x202F) || c == 0x205F || c == 0x2060 ||
           (c >= 0x2066 && c <= 0x2069) || c == 0x3000 || c == 0xFEFF;
}

char32_t half_width(char32_t c) { return c >= 0xFF01 && c <= 0xFF5E ? c - 0xFEE0 : c; }

template <class Map>
std::string trimmed(std::string_view text, Map map) {
    std::string out;
    out.reserve(text.size());
    std::size_t keep = 0;
    for (std::size_t pos = 0; pos < text.size();) {
        const char32_t c = next_code_point(text, pos);
        const bool space = is_space(c);
        if (space && out.empty()) continue;
        append_utf8(out, map(c));
        if (!space) keep = out.size();
    }
    out.resize(keep);
    return out;
}

bool is_plain_code(std::string_view text) {
    for (const char c : text)
        if (c <= 0x20 || c >= 0x7F) return false;
    return true;
}

}  // namespace

bool is_valid_utf8(std::string_view text) {
    for (std::size_t pos = 0; pos < text.size();) {
        const std::size_t length = sequence_length(text, pos);
        if (length == 0) return false;
        pos += length;
    }
    return true;
}

char32_t next_code_point(std::string_view text, std::size_t& pos) {
    const std::size_t length = sequence_length(text, pos);
    const auto at = [&](std::size_t i) { return static_cast<char32_t>(static_cast<unsigned char>(text[pos + i])); };
    char32_t c = kReplacement;
    switch (length) {
        case 1: c = at(0); break;
        case 2: c = (at(0) & 0x1F) << 6 | (at(1) & 0x3F); break;
        case 3: c = (at(0) & 0x0F) << 12 | (at(1) & 0x3F) << 6 | (at(2) & 0x3F); break;
        case 4: c = (at(0) & 0x07) << 18 | (at(1) & 0x3F) << 12 | (at(2) & 0x3F) << 6 | (at(3) & 0x3F); break;
        default: break;
    }
    pos += length == 0 ? 1 : length;
    return c;
}

void append_utf8(std::string& out, char32_t c) {
    const auto put = [&](char32_t byte) { out.push_back(static_cast<char>(static_cast<unsigned char>(byte))); };
    if (c < 0x80) {
        put(c);
    } else if (c < 0x800) {
        put(0xC0 | c >> 6);
        put(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        put(0xE0 | c >> 12);
        put(0x80 | (c >> 6 & 0x3F));
        put(0x80 | (c & 0x3F));
    } else {
        put(0xF0 | c >> 18);
        put(0x80 | (c >> 12 & 0x3F));
        put(0x80 | (c >> 6 & 0x3F));
        put(0x80 | (c & 0x3F));
    }
}

std::int64_t count_code_points(std::string_view text) {
    std::int64_t count = 0;
    for (std::size_t pos = 0; pos < text.size(); ++count) next_code_point(text, pos);
    return count;
}

std::string scrub_utf8(std::string_view text) {
    if (is_valid_utf8(text)) return std::string(text);
    std::string out;
    for (std::size_t pos = 0; pos < text.size();) append_utf8(out, next_code_point(text, pos));
    return out;
}

std::string normalize_code(std::string_view text) {
    if (is_plain_code(text)) return std::string(text);  // the usual case, a hundred thousand times a workbook
    return trimmed(text, half_width);
}

std::string normalize_text(std::string_view text) {
    return trimmed(text, [](char32_t c) { return c < 0x20 || c == 0x7F ? U' ' : c; });
}

std::string name_key(std::string_view name) {
    std::string key;
    key.reserve(name.size() * 2);
    const auto put = [&](char32_t byte) {
        key.push_back("0123456789abcdef"[byte >> 4 & 15]);
        key.push_back("0123456789abcdef"[byte & 15]);
    };
    std::size_t characters = 0;
    for (std::size_t pos = 0; pos < name.size() && characters < kNameKeyCharacters; ++characters) {
        char32_t c = half_width(next_code_point(name, pos));
        if (c == 0x3000) c = ' ';
        if (c >= 'A' && c <= 'Z') c += 'a' - 'A';
        const std::uint16_t gbk = gbk_code(c);
        // GB2312 (both bytes from A1) keeps its order; GBK's extensions and the rest of Unicode follow, by code point.
        if (c < 0x80) {
            put(c);
        } else if (gbk >> 8 >= 0xA1 && (gbk & 0xFF) >= 0xA1) {
            put(gbk >> 8u);
            put(gbk & 0xFFu);
        } else {
            put(0xFF);
            put(c >> 16);
            put(c >> 8);
            put(c);
        }
    }
    return key;
}

}  // namespace qudao
