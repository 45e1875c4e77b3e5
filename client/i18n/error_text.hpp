// A sentence for every error: what happened and what to do about it.
#pragma once

#include <string>
#include <string_view>

#include "client/i18n/language.hpp"
#include "shared/base/result.hpp"

namespace qudao::client {

// For a code it does not know, the sentence of `internal` with the code behind it.
std::string sentence_of(Language language, const Error& error);

bool has_sentence(std::string_view code);

}  // namespace qudao::client
