// Which passwords are taken: long ones that are not among those everybody tries first. No rule asks for digits or signs
// and none expires a password (NIST SP 800-63B, OWASP ASVS 5.0 6.2): length and not being guessable is what counts.
#pragma once

#include <string>
#include <string_view>

#include "shared/base/result.hpp"

namespace qudao {

inline constexpr std::int64_t kShortestPassword = 12;       // characters
inline constexpr std::size_t kLongestPasswordBytes = 256;

// people.password_short {least}, people.password_long, people.password_text (not UTF-8, control characters),
// people.password_common (a common one, however it is dressed up; a run of the keyboard; the same over and over),
// people.password_personal (the login or the name with little around it).
Status check_password(std::string_view password, std::string_view login, std::string_view name);

// How much of the text is left when common words, keyboard runs and repetitions each count as a single character.
// For the tests.
std::size_t password_substance(std::string_view password);

}  // namespace qudao
