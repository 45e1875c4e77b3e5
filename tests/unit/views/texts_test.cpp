#include <catch2/catch.hpp>

#include <fstream>
#include <map>
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
namespace {

std::string client_sources() {
    std::string all;
    for (const auto& entry : std::filesystem::recursive_directory_iterator("client")) {
        if (entry.path().extension() != ".cpp" && entry.path().extension() != ".hpp") continue;
        std::ifstream file(entry.path());
        std::ostringstream text;
        text << file.rdbuf();
        all += text.str();
    }
    return all;
}

bool is_name(char c) { return c == '_' || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

// The names given in "{{"a", x}, {"b", y}}": strings that stand right after an opening brace, up to its end.
std::set<std::string> names_given(std::string_view braces) {
    std::set<std::string> names;
    int depth = 0;
    for (std::size_t i = 0; i < braces.size(); ++i) {
        if (braces[i] == '"') {
            const std::size_t close = braces.find('"', i + 1);
            if (close == std::string_view::npos) break;
            if (depth == 2 && braces[i - 1] == '{') names.emplace(braces.substr(i + 1, close - i - 1));
            i = close;
        } else if (braces[i] == '{') {
            ++depth;
        } else if (braces[i] == '}' && --depth == 0) {
            break;
        }
    }
    return names;
}

std::set<std::string> names_taken(std::string_view text) {
    std::set<std::string> names;
    for (std::size_t at = 0; at < text.size();)
        if (const std::string_view name = next_placeholder(text, at); !name.empty()) names.emplace(name);
    return names;
}

}  // namespace

TEST_CASE("a text is given the values it takes, and no others") {
    const std::string all = client_sources();
    std::map<std::string, Text> keys;
    for (std::size_t i = 0; i < kTexts; ++i) keys.emplace(name_of(static_cast<Text>(i)), static_cast<Text>(i));
    std::size_t checked = 0;
    const std::string_view mark = "Text::";
    for (std::size_t at = all.find(mark); at != std::string::npos; at = all.find(mark, at + 1)) {
        std::size_t end = at + mark.size();
        while (end < all.size() && is_name(all[end])) ++end;
        const auto key = keys.find(all.substr(at + mark.size(), end - at - mark.size()));
        std::size_t next = end;
        while (next < all.size() && (all[next] == ',' || all[next] == ' ' || all[next] == '\n')) ++next;
        if (key == keys.end() || all.compare(next, 3, "{{\"") != 0 || all[end] != ',') continue;
        CAPTURE(key->first);
        CHECK(names_given(std::string_view(all).substr(next)) == names_taken(text_of(Language::zh, key->second)));
        ++checked;
    }
    CHECK(checked > 50);
}

TEST_CASE("no text is kept that nobody shows") {
    const std::string all = client_sources();
    REQUIRE(all.size() > 100'000);
    std::set<std::string> unused;
    for (std::size_t i = 0; i < kTexts; ++i) {
        const std::string used = "Text::" + std::string(name_of(static_cast<Text>(i)));
        bool found = false;
        for (std::size_t at = all.find(used); at != std::string::npos && !found; at = all.find(used, at + 1)) {
            const char after = all[at + used.size()];
            found = !is_name(after);
        }
        if (!found) unused.insert(used);
    }
    CHECK(unused == std::set<std::string>{});
}
#endif
