#include "shared/base/gbk.hpp"

#include <catch2/catch.hpp>
#include <set>

#include "shared/base/text.hpp"

namespace qudao {
namespace {

TEST_CASE("GBK is read as UTF-8") {
    CHECK(gbk_to_utf8("").value().empty());
    CHECK(gbk_to_utf8("abc,1\r\n").value() == "abc,1\r\n");
    CHECK(gbk_to_utf8("\xC4\xCF\xC4\xFE").value() == "南宁");
    CHECK(gbk_to_utf8("\xBF\xCD\xBB\xA7\xB1\xE0\xC2\xEB").value() == "客户编码");
    CHECK(gbk_to_utf8("\x81\x40").value() == "丂");
    CHECK(gbk_to_utf8("\xFE\x4F").value() == "\uFA29");
}

TEST_CASE("what is no GBK is refused with its place") {
    const auto offset = [](std::string_view bytes) {
        const auto result = gbk_to_utf8(bytes);
        return result.ok() ? std::string("good") : std::string(result.error().code) + " " + std::string(result.error().param("offset"));
    };
    CHECK(offset("ab\xC4") == "text.not_gbk 2");
    CHECK(offset("\xC4\x20") == "text.not_gbk 0");
    CHECK(offset("\xC4\xCF\xFF\xFF") == "text.not_gbk 2");
    CHECK(offset("\xC4\x7F") == "text.not_gbk 0");
    CHECK(offset("\xFF") == "text.not_gbk 0");
}

TEST_CASE("the euro sign where Windows keeps it") { CHECK(gbk_to_utf8("5\x80\xC4\xCF").value() == "5€南"); }

TEST_CASE("characters know their code") {
    CHECK(gbk_code(U'南') == 0xC4CF);
    CHECK(gbk_code(U'a') == 0);
    CHECK(gbk_code(0x20BB7) == 0);  // 𠮷
    CHECK(gbk_code(0x3402) == 0);   // 㐂
}

TEST_CASE("every code that decodes leads back to its character") {
    std::set<char32_t> seen;
    for (unsigned lead = 0x81; lead <= 0xFE; ++lead)
        for (unsigned trail = 0x40; trail <= 0xFE; ++trail) {
            const std::string bytes = {static_cast<char>(lead), static_cast<char>(trail)};
            const auto text = gbk_to_utf8(bytes);
            if (!text) continue;
            std::size_t pos = 0;
            const char32_t c = next_code_point(*text, pos);
            seen.insert(c);
            std::string again;
            again.push_back(static_cast<char>(gbk_code(c) >> 8));
            again.push_back(static_cast<char>(gbk_code(c) & 0xFF));
            REQUIRE(gbk_to_utf8(again).value() == *text);
        }
    CHECK(seen.size() > 21'000);  // 21,003 ideographs and the symbols
}

}  // namespace
}  // namespace qudao
