// Every word people see, by typed key, in both languages. A key without one of them, or a pair whose placeholders differ,
// does not compile. Values of placeholders are ready-made texts: numbers and dates are formatted by the caller
// (shared/base). Sentences about errors: error_text.hpp; words for the domain's codes: code_text.hpp.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "client/i18n/language.hpp"

namespace qudao::client {

enum class Text : std::uint16_t {
#define QUDAO_TEXT(key, zh, en) key,
#include "client/i18n/texts/all.inc"
#undef QUDAO_TEXT
    count_,
};
inline constexpr std::size_t kTexts = static_cast<std::size_t>(Text::count_);

struct Param {
    std::string_view name;
    std::string_view value;
};
using Params = std::initializer_list<Param>;

std::string_view text_of(Language language, Text key);
std::string_view name_of(Text key);  // "login_submit": the stable part of an id
// The text with its placeholders replaced; one that is not given stays as it is.
std::string fill(std::string_view text, Params params);

// The words of one language, handed to whatever draws or writes for people.
class Words {
public:
    explicit Words(Language language = Language::zh) : language_(language) {}
    Language language() const { return language_; }

    std::string_view operator()(Text key) const { return text_of(language_, key); }
    std::string operator()(Text key, Params params) const { return fill(text_of(language_, key), params); }
    // "登录###login_submit": visible words and a name that is the same in every language.
    std::string id(Text key) const;
    std::string id(Text key, std::string_view stable) const;

private:
    Language language_;
};

// "words###stable" for words that are no key of their own (a unit's name).
std::string with_id(std::string_view words, std::string_view stable);

}  // namespace qudao::client
