#include "client/views/common/menu_words.hpp"

#include <array>
#include <utility>

namespace qudao::client {
namespace {

constexpr std::array kSections = {
    std::pair<std::string_view, Text>{"customers", Text::menu_section_customers},
    std::pair<std::string_view, Text>{"partition", Text::menu_section_partition},
    std::pair<std::string_view, Text>{"data", Text::menu_section_data},
    std::pair<std::string_view, Text>{"administration", Text::menu_section_administration},
};
constexpr std::array kItems = {
    std::pair<std::string_view, Text>{"customers", Text::menu_customers},
    std::pair<std::string_view, Text>{"round", Text::menu_round},
    std::pair<std::string_view, Text>{"moves", Text::menu_workbench},
    std::pair<std::string_view, Text>{"batches", Text::menu_batches},
    std::pair<std::string_view, Text>{"log", Text::menu_log},
    std::pair<std::string_view, Text>{"handovers", Text::menu_handovers},
    std::pair<std::string_view, Text>{"feeds", Text::menu_feeds},
    std::pair<std::string_view, Text>{"cabinets", Text::menu_cabinets},
    std::pair<std::string_view, Text>{"people", Text::menu_people},
    std::pair<std::string_view, Text>{"roles", Text::menu_roles},
    std::pair<std::string_view, Text>{"organisation", Text::menu_organisation},
    std::pair<std::string_view, Text>{"menus", Text::menu_menus},
    std::pair<std::string_view, Text>{"policies", Text::menu_policies},
    std::pair<std::string_view, Text>{"audit", Text::menu_audit},
    std::pair<std::string_view, Text>{"api_keys", Text::menu_api_keys},
};

template <std::size_t N>
Text find(const std::array<std::pair<std::string_view, Text>, N>& all, std::string_view code) {
    for (const auto& [known, words] : all)
        if (known == code) return words;
    return Text::none;
}

}  // namespace

Text section_words(std::string_view section) { return find(kSections, section); }
Text item_words(std::string_view item) { return find(kItems, item); }

}  // namespace qudao::client
