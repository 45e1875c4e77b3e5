#include <catch2/catch.hpp>

#include <fstream>
#include <set>
#include <sstream>

#include "client/i18n/placeholders.hpp"
#include "client/i18n/text.hpp"
#ifndef __EMSCRIPTEN__
#include <filesystem>
#endif

using namespace qudao::client;

TEST_CASE("a text takes its values by name") {
    CHECK(fill("共 {count} 户，{count} 行", {{"count", "12"}}) == "共 12 户，12 行");
    CHECK(fill("{a}{b}", {{"b", "2"}, {"a", "1"}}) == "12");
    CHECK(fill("{a} {unknown}", {{"a", "1"}}) == "1 {unknown}");
    CHECK(fill("{a", {{"a", "1"}}) == "{a");
    CHECK(fill("", {}).empty());
}

TEST_CASE("a value is not looked at again for placeholders") { CHECK(fill("{a}", {{"a", "{b}"}, {"b", "x"}}) == "{b}"); }

TEST_CASE("translations that do not take the same values are refused by the compiler's check") {
    STATIC_REQUIRE(translations_agree("共 {count} 户", "{count} customers"));
    STATIC_REQUIRE_FALSE(translations_agree("共 {count} 户", "customers"));
    STATIC_REQUIRE_FALSE(translations_agree("客户", "{count} customers"));
    STATIC_REQUIRE_FALSE(translations_agree("", "customers"));
    STATIC_REQUIRE_FALSE(translations_agree("共 {count} 户", "{counts} customers"));
}

TEST_CASE("both languages are there, and Chinese is punctuated as Chinese") {
    for (std::size_t i = 0; i < kTexts; ++i) {
        const auto key = static_cast<Text>(i);
        CAPTURE(name_of(key));
        const std::string_view zh = text_of(Language::zh, key), en = text_of(Language::en, key);
        CHECK_FALSE(zh.empty());
        CHECK_FALSE(en.empty());
        // A Latin comma, question or exclamation mark between Chinese characters is a slip of the keyboard.
        for (const char mark : {',', ';', '?', '!'}) {
            const std::size_t at = zh.find(mark);
            if (at != std::string_view::npos && at > 0) CHECK((static_cast<unsigned char>(zh[at - 1]) < 0x80));
        }
    }
}

TEST_CASE("an id keeps its stable part in every language") {
    const Words zh(Language::zh), en(Language::en);
    const std::string a = zh.id(Text::login_submit), b = en.id(Text::login_submit);
    CHECK(a != b);
    CHECK(a.substr(a.find("###")) == b.substr(b.find("###")));
    CHECK(a.substr(a.find("###")) == "###login_submit");
}

#ifndef __EMSCRIPTEN__
TEST_CASE("no text is kept that nobody shows") {
    std::string all;
    for (const auto& entry : std::filesystem::recursive_directory_iterator("client")) {
        if (entry.path().extension() != ".cpp" && entry.path().extension() != ".hpp") continue;
        std::ifstream file(entry.path());
        std::ostringstream text;
        text << file.rdbuf();
        all += text.str();
    }
    REQUIRE(all.size() > 100'000);
    std::set<std::string> unused;
    for (std::size_t i = 0; i < kTexts; ++i) {
        const std::string used = "Text::" + std::string(name_of(static_cast<Text>(i)));
        bool found = false;
        for (std::size_t at = all.find(used); at != std::string::npos && !found; at = all.find(used, at + 1)) {
            const char after = all[at + used.size()];
            found = !(after == '_' || (after >= 'a' && after <= 'z') || (after >= '0' && after <= '9'));
        }
        if (!found) unused.insert(used);
    }
    CHECK(unused == std::set<std::string>{});
}
#endif
