// What every list has in common on screen: loading, failed, nothing found, more to come.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>

#include "client/views/common/paged_list.hpp"
#include "client/views/common/unit_names.hpp"
#include "client/views/common/world.hpp"
#include "client/widgets/chart.hpp"
#include "client/widgets/table.hpp"

namespace qudao::client {

struct ListWords {
    std::string_view nothing;         // headline when no row matches
    std::string_view nothing_detail;  // what to do then
    std::string_view label;           // of the table, for readers
};

// What a list asks for by being used.
struct ListUse {
    bool retry = false;
    bool more = false;
    std::int64_t pressed_row = -1;
    std::int64_t checked_row = -1;    // its checkbox was pressed; rows must have their number as key
    bool all_checked = false;         // the header's was
    std::string sort_field;           // a header was pressed
    bool sort_descending = false;
    std::optional<ListShape> shape;   // sorted or filtered by its headers
};

// The words of every table's menus.
ui::TableWords table_words(const Words& words);

ui::ChartWords chart_words(const Words& words);
ui::ChartWords picture_words(const Words& words);   // where the table is the view's own

// The unit's short name in the next cell; the whole way to it in a tooltip.
void draw_unit_cell(ui::Table& table, const World& world, std::int64_t unit);
// ... with what tells it from others of its name.
void draw_unit_cell(ui::Table& table, const World& world, const UnitNames& names, std::int64_t unit);

// `shown` is the drawer's memory of which rows it has seen; `draw_row` draws the cells of one row after begin_row().
ListUse draw_list(const PagedList& list, std::uint32_t& shown, std::string_view id, std::span<const ui::Column> columns,
                  const ui::TableOptions& options, const ListWords& list_words, const World& world,
                  const std::function<ui::TableRow(std::int64_t)>& row, const std::function<void(ui::Table&, std::int64_t)>& cells);

}  // namespace qudao::client
