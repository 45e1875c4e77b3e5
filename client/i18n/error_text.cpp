#include "client/i18n/error_text.hpp"

#include <vector>

#include "client/i18n/code_text.hpp"
#include "client/i18n/placeholders.hpp"
#include "client/i18n/text.hpp"
#include "shared/base/money.hpp"

namespace qudao::client {
namespace {

struct Sentence {
    std::string_view code;
    std::string_view words[kLanguages];
};

constexpr Sentence kSentences[] = {
#define QUDAO_ERROR(code, zh, en) Sentence{code, {zh, en}},
#include "client/i18n/texts/errors.inc"
#undef QUDAO_ERROR
};

#define QUDAO_ERROR(code, zh, en) static_assert(translations_agree(zh, en), code);
#include "client/i18n/texts/errors.inc"
#undef QUDAO_ERROR

const Sentence* find(std::string_view code) {
    for (const Sentence& sentence : kSentences)
        if (sentence.code == code) return &sentence;
    return nullptr;
}

// Some errors say different things by what they carry.
std::string variant_of(const Error& error) {
    // A text file has no sheets.
    const bool in_sheets = error.code == "workbook.header" || error.code == "workbook.no_rows";
    const std::string_view file = in_sheets && error.param("sheet").empty() ? ".csv" : "";
    if (error.code == "workbook.header" && error.param("expected").empty()) return std::string("workbook.header.extra").append(file);
    if (error.code == "workbook.header" && error.param("found").empty()) return std::string("workbook.header.missing").append(file);
    if (in_sheets) return std::string(error.code).append(file);
    if (error.code == "request.invalid" && !error.fields.empty()) return "request.invalid.field";
    return error.code;
}

std::string shown_value(Language language, std::string_view name, std::string_view value) {
    if (name == "right") return std::string(action_label(language, value));
    const bool digits = !value.empty() && value.size() < 16 && value.find_first_not_of("0123456789") == std::string_view::npos;
    if (name == "limit" && digits) return format_count(std::stoll(std::string(value)));
    return std::string(value);
}

std::string filled(Language language, std::string_view words, const Error& error) {
    std::string out;
    std::size_t done = 0;
    for (std::size_t at = 0; at < words.size();) {
        const std::size_t open = words.find('{', at);
        const std::string_view name = next_placeholder(words, at);
        if (name.empty()) break;
        out.append(words.substr(done, open - done));
        if (name == "field" && error.param(name).empty() && !error.fields.empty()) out.append(error.fields.front().field);
        else out.append(shown_value(language, name, error.param(name)));
        done = at;
    }
    return out.append(words.substr(done));
}

}  // namespace

bool has_sentence(std::string_view code) { return find(code) != nullptr; }

std::string sentence_of(Language language, const Error& error) {
    const auto at = static_cast<std::size_t>(language);
    if (const Sentence* sentence = find(variant_of(error))) return filled(language, sentence->words[at], error);
    std::string out(find("internal")->words[at]);
    return out.append(language == Language::zh ? "（" : " (").append(error.code).append(language == Language::zh ? "）" : ")");
}

}  // namespace qudao::client
