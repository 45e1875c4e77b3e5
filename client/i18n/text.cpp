#include "client/i18n/text.hpp"

#include <array>

#include "client/i18n/placeholders.hpp"

namespace qudao::client {
namespace {

struct Entry {
    std::string_view name;
    std::string_view words[kLanguages];
};

constexpr std::array<Entry, kTexts> kEntries = {{
#define QUDAO_TEXT(key, zh, en) Entry{#key, {zh, en}},
#include "client/i18n/texts/all.inc"
#undef QUDAO_TEXT
}};

#define QUDAO_TEXT(key, zh, en) static_assert(translations_agree(zh, en), #key);
#include "client/i18n/texts/all.inc"
#undef QUDAO_TEXT

const Entry& entry(Text key) { return kEntries[static_cast<std::size_t>(key)]; }

}  // namespace

std::string_view text_of(Language language, Text key) { return entry(key).words[static_cast<std::size_t>(language)]; }
std::string_view name_of(Text key) { return entry(key).name; }

std::string fill(std::string_view text, Params params) {
    std::string out;
    std::size_t done = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t open = text.find('{', at);
        const std::string_view name = next_placeholder(text, at);
        if (name.empty()) break;
        for (const Param& param : params) {
            if (param.name != name) continue;
            out.append(text.substr(done, open - done)).append(param.value);
            done = at;
            break;
        }
    }
    return out.append(text.substr(done));
}

std::string with_id(std::string_view words, std::string_view stable) {
    std::string out(words);
    return out.append("###").append(stable);
}

std::string Words::id(Text key) const { return with_id((*this)(key), name_of(key)); }
std::string Words::id(Text key, std::string_view stable) const { return with_id((*this)(key), stable); }

}  // namespace qudao::client
