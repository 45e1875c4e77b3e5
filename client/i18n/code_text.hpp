// Words for the codes of the domain: verdicts, reasons, phases, rights, kinds. Codes are those of code_of() in shared/.
// An unknown code is shown as it is.
#pragma once

#include <string>
#include <string_view>

#include "client/i18n/language.hpp"

namespace qudao::client {

std::string_view verdict_label(Language language, std::string_view code);
std::string_view reason_label(Language language, std::string_view code);
// `detail` as the plan tells it: a date, a row number or nothing. Also what stands in the workbook of refused rows.
std::string reason_sentence(Language language, std::string_view code, std::string_view detail);
std::string_view phase_label(Language language, std::string_view code);
std::string_view action_label(Language language, std::string_view code);
std::string_view unit_kind_label(Language language, std::string_view code);
std::string_view batch_kind_label(Language language, std::string_view code);
std::string_view tree_label(Language language, std::string_view code);
std::string_view role_level_label(Language language, std::string_view code);
std::string_view audit_kind_label(Language language, std::string_view code);
std::string_view audit_member_label(Language language, std::string_view code);
std::string_view unit_use_label(Language language, std::string_view code);
std::string_view key_state_label(Language language, std::string_view code);
std::string_view change_label(Language language, std::string_view code);
std::string_view round_phase_label(Language language, std::string_view code);
std::string_view round_step_label(Language language, std::string_view code);
std::string_view round_act_label(Language language, std::string_view code);
std::string_view department_state_label(Language language, std::string_view code);  // "": not given yet
std::string_view mark_fault_sentence(Language language, std::string_view code);
std::string_view feed_kind_label(Language language, std::string_view code);
std::string_view feed_source_label(Language language, std::string_view code);
std::string_view feed_state_label(Language language, std::string_view code);
std::string_view subscriber_status_label(Language language, std::string_view code);
std::string_view precedence_label(Language language, std::string_view code);
// A role is named by the data; in English by its code (or, without one, by its name), where it is one of those that come
// with the product.
std::string_view role_label(Language language, std::string_view code, std::string_view name);

// For the tests: whether there are words of the group ("reason", "phase", ...).
bool has_words(std::string_view group, std::string_view code);

}  // namespace qudao::client
