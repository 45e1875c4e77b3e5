// Errors as a column holds them: JSON with code, parameters and fields; never the detail, which is for the log.
#pragma once

#include <string>
#include <string_view>

#include "shared/base/result.hpp"

namespace qudao::sql {

std::string text_of(const Error& error);
// "internal" for what is not such a text.
Error error_in(std::string_view text);

}  // namespace qudao::sql
