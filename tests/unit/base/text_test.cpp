#include "shared/base/text.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <vector>

#include "shared/base/gbk.hpp"
#include "shared/base/random.hpp"

namespace qudao {
namespace {

TEST_CASE("what UTF-8 is and is not") {
    for (const char* good : {"", "a", "南宁", "𠮷㐂", "\x7F", "\xC2\x80", "\xEF\xBF\xBF", "\xF4\x8F\xBF\xBF"}) CHECK(is_valid_utf8(good));
    const std::vector<std::string> bad = {"\x80", "\xC0\x80", "\xC1\xBF", "\xE0\x80\x80", "\xED\xA0\x80", "\xF0\x80\x80\x80", "\xF4\x90\x80\x80",
                                          "\xF5\x80\x80\x80", "\xFF", "\xE5\x8D", "a\xE5", "\xE5\x8D\x97\xE5"};
    for (const std::string& text : bad) {
        CHECK_FALSE(is_valid_utf8(text));
        CHECK(is_valid_utf8(scrub_utf8(text)));
    }
    CHECK(scrub_utf8("好\xFF好") == "好\xEF\xBF\xBD好");
    CHECK(scrub_utf8("\xE5\x8D") == "\xEF\xBF\xBD\xEF\xBF\xBD");
    CHECK(scrub_utf8("南宁") == "南宁");
}

TEST_CASE("every code point there and back") {
    for (char32_t c = 0; c <= 0x10FFFF; c = c < 0x3000 ? c + 1 : c + 37) {
        if (c >= 0xD800 && c <= 0xDFFF) continue;
        std::string text;
        append_utf8(text, c);
        std::size_t pos = 0;
        REQUIRE(next_code_point(text, pos) == c);
        REQUIRE(pos == text.size());
    }
    CHECK(count_code_points("a南𠮷") == 3);
    CHECK(count_code_points("") == 0);
}

TEST_CASE("random bytes never run past the end") {
    Random random(20261123);
    for (int round = 0; round < 5000; ++round) {
        std::string text;
        for (std::uint64_t i = random.below(12); i > 0; --i) text.push_back(static_cast<char>(random.below(256)));
        std::size_t pos = 0;
        while (pos < text.size()) {
            const std::size_t before = pos;
            next_code_point(text, pos);
            REQUIRE(pos > before);
            REQUIRE(pos <= text.size());
        }
        CHECK(is_valid_utf8(scrub_utf8(text)));
        CHECK(is_valid_utf8(normalize_code(scrub_utf8(text))));
        CHECK(is_valid_utf8(normalize_text(scrub_utf8(text))));
    }
}

TEST_CASE("codes are mended where it is certain") {
    CHECK(normalize_code("0771123456789") == "0771123456789");
    CHECK(normalize_code("  0771 ") == "0771");
    CHECK(normalize_code("０７７１") == "0771");
    CHECK(normalize_code("\xC2\xA0" "450103GZ0203" "\xE3\x80\x80") == "450103GZ0203");
    CHECK(normalize_code("\xEF\xBB\xBF" "A1" "\xE2\x80\x8B") == "A1");
    CHECK(normalize_code("\xE2\x80\xAD" "0771" "\xE2\x80\xAC") == "0771");  // direction marks, as copied from telephones
    CHECK(normalize_code("ＧＺ０２ｂ") == "GZ02b");
    CHECK(normalize_code("a b") == "a b");
    CHECK(normalize_code("\t\r\n") == "");
    CHECK(normalize_code("") == "");
}

TEST_CASE("names lose only what surrounds them") {
    CHECK(normalize_text(" 南宁 市 ") == "南宁 市");
    CHECK(normalize_text("a\tb\nc") == "a b c");
    CHECK(normalize_text("ＡＢ") == "ＡＢ");
    CHECK(normalize_text("\xE3\x80\x80") == "");
}

TEST_CASE("names sort as people expect, by bytes of their keys") {
    const std::vector<std::string> sorted = {"",     " ",   "1",  "12", "2",  "a", "B",  "b1", "阿姨", "阿姨妈", "陈", "黄",
                                             "李四", "南宁", "韦", "张三", "张四", "亍",  // level two, by radical, after level one
                                             "㐂",  "𠮷"};
    for (std::size_t i = 0; i < sorted.size(); ++i)
        for (std::size_t j = 0; j < sorted.size(); ++j) {
            INFO(sorted[i] << " against " << sorted[j]);
            if (i < j) CHECK(name_key(sorted[i]) < name_key(sorted[j]));
        }
}

TEST_CASE("case and width make no difference to the order, other things do") {
    CHECK(name_key("abc") == name_key("ABC"));
    CHECK(name_key("ＡＢＣ１") == name_key("abc1"));
    CHECK(name_key("\xE3\x80\x80") == name_key(" "));
    CHECK(name_key("张三") != name_key("张四"));
    CHECK(name_key("é") != name_key("e"));
}

TEST_CASE("keys are lower-case hexadecimal of bounded length") {
    std::string longest;
    for (int i = 0; i < 100; ++i) longest += "𠮷";
    const std::string key = name_key(longest);
    CHECK(key.size() == kNameKeyCharacters * 8);  // schema: varchar(256)
    CHECK(std::all_of(key.begin(), key.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); }));
    std::string same_beginning = longest.substr(0, kNameKeyCharacters * 4) + "别的";
    CHECK(name_key(same_beginning) == key);
    CHECK(name_key("\xFF\xFE").size() == 16);  // broken text has a key, too
}

}  // namespace
}  // namespace qudao
