// The words of the main menu: of items and sections, by their codes (shared/domain/menu.hpp).
#pragma once

#include <string_view>

#include "client/i18n/text.hpp"

namespace qudao::client {

Text section_words(std::string_view section);
Text item_words(std::string_view item);

}  // namespace qudao::client
