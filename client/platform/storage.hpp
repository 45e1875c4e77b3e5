// Small settings kept by this browser for this origin (language, column widths). Nothing of value: it may be
// cleared or refused at any time, then reads give "" and writes do nothing. No secrets, no customer data.
#pragma once

#include <string>
#include <string_view>

namespace qudao::platform {

[[nodiscard]] std::string stored(std::string_view key);
void store(std::string_view key, std::string_view value);
void forget_stored(std::string_view key);

}  // namespace qudao::platform
