#include "client/i18n/code_text.hpp"

#include "client/i18n/placeholders.hpp"
#include "client/i18n/text.hpp"

namespace qudao::client {
namespace {

struct CodeWords {
    std::string_view group;
    std::string_view code;
    std::string_view words[kLanguages];
};

constexpr CodeWords kWords[] = {
#define QUDAO_CODE(group, code, zh, en) CodeWords{#group, code, {zh, en}},
#include "client/i18n/texts/codes.inc"
#undef QUDAO_CODE
};

#define QUDAO_CODE(group, code, zh, en) static_assert(translations_agree(zh, en), code);
#include "client/i18n/texts/codes.inc"
#undef QUDAO_CODE

std::string_view words_of(Language language, std::string_view group, std::string_view code) {
    for (const CodeWords& known : kWords)
        if (known.code == code && known.group == group) return known.words[static_cast<std::size_t>(language)];
    return code;
}

}  // namespace

std::string_view verdict_label(Language language, std::string_view code) { return words_of(language, "verdict", code); }
std::string_view reason_label(Language language, std::string_view code) { return words_of(language, "reason", code); }
std::string reason_sentence(Language language, std::string_view code, std::string_view detail) {
    if (code != "undo_window_past") return fill(words_of(language, "reason_sentence", code), {{"detail", detail}});
    const std::size_t slash = detail.find('/');  // the window's first and last day
    if (slash == std::string_view::npos) return std::string(words_of(language, "reason_sentence", "undo_window_none"));
    return fill(words_of(language, "reason_sentence", code), {{"opened", detail.substr(0, slash)}, {"closed", detail.substr(slash + 1)}});
}
std::string_view phase_label(Language language, std::string_view code) { return words_of(language, "phase", code); }
std::string_view action_label(Language language, std::string_view code) { return words_of(language, "action", code); }
std::string_view unit_kind_label(Language language, std::string_view code) { return words_of(language, "unit_kind", code); }
std::string_view batch_kind_label(Language language, std::string_view code) { return words_of(language, "batch_kind", code); }
std::string_view tree_label(Language language, std::string_view code) { return words_of(language, "tree", code); }
std::string_view round_phase_label(Language language, std::string_view code) { return words_of(language, "round_phase", code); }
std::string_view round_step_label(Language language, std::string_view code) { return words_of(language, "round_step", code); }
std::string_view round_act_label(Language language, std::string_view code) { return words_of(language, "round_act", code); }
std::string_view department_state_label(Language language, std::string_view code) { return words_of(language, "department_state", code); }
std::string_view mark_fault_sentence(Language language, std::string_view code) { return words_of(language, "mark_fault", code); }
std::string_view role_level_label(Language language, std::string_view code) { return words_of(language, "role_level", code); }
std::string_view audit_kind_label(Language language, std::string_view code) { return words_of(language, "audit_kind", code); }
std::string_view audit_member_label(Language language, std::string_view code) { return words_of(language, "audit_member", code); }
std::string_view unit_use_label(Language language, std::string_view code) { return words_of(language, "unit_use", code); }
std::string_view key_state_label(Language language, std::string_view code) { return words_of(language, "key_state", code); }
std::string_view change_label(Language language, std::string_view code) { return words_of(language, "change", code); }
std::string_view feed_kind_label(Language language, std::string_view code) { return words_of(language, "feed_kind", code); }
std::string_view feed_source_label(Language language, std::string_view code) { return words_of(language, "feed_source", code); }
std::string_view feed_state_label(Language language, std::string_view code) { return words_of(language, "feed_state", code); }
std::string_view subscriber_status_label(Language language, std::string_view code) { return words_of(language, "subscriber_status", code); }
std::string_view precedence_label(Language language, std::string_view code) { return words_of(language, "precedence", code); }
std::string_view role_label(Language language, std::string_view code, std::string_view name) {
    if (language == Language::zh && !name.empty()) return name;
    for (const CodeWords& known : kWords) {
        if (known.group != "role") continue;
        const bool same = code.empty() ? known.words[static_cast<std::size_t>(Language::zh)] == name : known.code == code;
        if (same) return known.words[static_cast<std::size_t>(language)];
    }
    return name.empty() ? code : name;
}

bool has_words(std::string_view group, std::string_view code) {
    for (const CodeWords& known : kWords)
        if (known.code == code && known.group == group) return true;
    return false;
}

}  // namespace qudao::client
