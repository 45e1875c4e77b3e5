// What a table shows, on its way out: to a workbook and to paper.
#pragma once

#include <string>

#include "client/views/common/effects.hpp"
#include "client/views/common/world.hpp"
#include "client/widgets/table_text.hpp"

namespace qudao::client::shell {

// A column whose cells are all figures (or empty) is one of numbers; with two decimals, of yuan.
std::string kind_of_column(const ui::TableText& table, std::size_t column);
SaveShown save_shown(const ui::TableText& table, const World& world);
// As client/platform/paper.hpp wants it: with the date, who printed it, and whether rows are missing.
std::string print_json(const ui::TableText& table, const World& world);

}  // namespace qudao::client::shell
