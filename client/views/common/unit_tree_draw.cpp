#include "client/views/common/unit_tree_draw.hpp"

#include <algorithm>
#include <array>

#include "client/widgets/widgets.hpp"
#include "shared/base/money.hpp"

namespace qudao::client {
namespace {

ui::Icon icon_of(UnitKind kind) {
    switch (kind) {
        case UnitKind::province:
        case UnitKind::local_network:
        case UnitKind::branch: return ui::Icon::building;
        case UnitKind::channel:
        case UnitKind::network_channel: return ui::Icon::channel;
        case UnitKind::department:
        case UnitKind::team: return ui::Icon::users;
        case UnitKind::community:
        case UnitKind::contracted_area: return ui::Icon::home;
        case UnitKind::pool: return ui::Icon::inbox;
    }
    return ui::Icon::none;
}

// Whose customers are not to be seen has no count: 0 would say that there are none.
std::string count_of(const World& world, Tree tree, UnitIndex unit) {
    const auto& totals = world.totals[static_cast<std::size_t>(tree)];
    if (unit >= totals.size()) return {};
    const std::int64_t customers = totals[unit].customers;
    return customers != 0 || world.sees_part_of(unit) ? format_count(customers) : std::string();
}

void draw_row(const UnitTree& tree, const World& world, const UnitTreeRow& row, bool picker, const std::function<void(UnitTreeEvent)>& push) {
    const UnitRecord& unit = world.organisation->unit(row.unit);
    const std::string count = count_of(world, tree.tree, row.unit);
    const bool whole = !picker && tree.selected == 0 && row.unit == world.organisation->root();
    const bool barred = tree.places_only && !is_place(unit.kind);
    const ui::TreeRowEvents events = ui::tree_row({.key = unit.id.value,
                                                   .depth = row.depth,
                                                   .label = unit.name,
                                                   .count = count,
                                                   .icon = icon_of(unit.kind),
                                                   .expandable = row.expandable,
                                                   .expanded = row.expanded,
                                                   .selected = whole || tree.selected == unit.id.value,
                                                   .dim = row.dim || barred});
    if (events.toggled || (events.chosen && barred && row.expandable)) push(UnitToggled{unit.id.value});
    else if (events.chosen) push(UnitPressed{unit.id.value});
}

void draw_found(const UnitTree& tree, const World& world) {
    if (tree.search.empty()) return;
    const std::string most = format_count(static_cast<std::int64_t>(kMostFoundUnits));
    const Words& words = world.words;
    if (tree.found == 0) ui::small(words(Text::units_none_found));
    else if (tree.found > kMostFoundUnits) ui::small(words(Text::units_many_found, {{"most", most}}));
    else ui::small(words(Text::units_found, {{"count", format_count(static_cast<std::int64_t>(tree.found))}}));
}

}  // namespace

float picker_height(float most, float around) { return std::clamp(ui::dialog_room() - around, 110.0F, most); }

void draw_unit_tree(const UnitTree& tree, UnitTreeUi& ui, const World& world, float height,
                    const std::function<void(UnitTreeEvent)>& push) {
    const Words& words = world.words;
    const std::array<ui::TabItem, 2> trees{ui::TabItem{.label = words(Text::units_by_area), .icon = ui::Icon::building},
                                           ui::TabItem{.label = words(Text::units_by_channel), .icon = ui::Icon::channel}};
    const int which = ui::segmented("trees", trees, static_cast<int>(tree.tree));
    if (which >= 0) push(TreeSwitched{static_cast<Tree>(which)});
    ui::gap(8);
    if (ui::search_field(words.id(Text::units_search), ui.search, {.placeholder = words(Text::units_search_hint), .width = -1}).changed)
        push(UnitSearched{ui.search});
    draw_found(tree, world);
    if (!world.organisation) {
        ui::loading(words(Text::units_loading));
        return;
    }
    ui::gap(4);
    const bool scroll = ui.scrolls != tree.scrolls;
    ui.scrolls = tree.scrolls;
    ui::tree("units", static_cast<std::int64_t>(tree.rows.size()), height > 0 ? height : ui::height_left(),
             [&](std::int64_t row) { draw_row(tree, world, tree.rows[static_cast<std::size_t>(row)], height > 0, push); }, scroll ? tree.scroll_to : -1);
}

}  // namespace qudao::client
