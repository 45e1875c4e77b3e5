// Base64 (RFC 4648, with padding): bytes of any kind inside JSON and text columns.
#pragma once

#include <string>
#include <string_view>

#include "shared/base/result.hpp"

namespace qudao {

std::string to_base64(std::string_view bytes);
Result<std::string> from_base64(std::string_view text);  // `text.not_base64`

}  // namespace qudao
