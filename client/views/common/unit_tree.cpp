#include "client/views/common/unit_tree.hpp"

#include <algorithm>

#include "shared/base/text.hpp"

namespace qudao::client {
namespace {

void open_way_to(UnitTree& tree, const Organisation& org, Tree which, UnitIndex unit) {
    if (unit == kNoUnit || !org.in_tree(which, unit)) return;
    for (UnitIndex at = org.parent(which, unit); at != kNoUnit; at = org.parent(which, at)) tree.expanded.insert(org.unit(at).id.value);
}

std::string folded(std::string_view text) {
    std::string out = normalize_code(text);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

bool matches(const UnitRecord& unit, const std::string& wanted) {
    return folded(unit.name).find(wanted) != std::string::npos || folded(unit.code).find(wanted) != std::string::npos;
}

// The units to show while something is searched: what matches and everything above it.
std::vector<std::uint8_t> found_units(UnitTree& tree, const Organisation& org, const std::string& wanted) {
    constexpr std::uint8_t kAbove = 1, kMatch = 2;
    std::vector<std::uint8_t> shown(org.size(), 0);
    tree.found = 0;
    for (const UnitIndex unit : org.preorder(tree.tree)) {
        if (!matches(org.unit(unit), wanted) || ++tree.found > kMostFoundUnits) continue;
        shown[unit] = kMatch;
        for (UnitIndex at = org.parent(tree.tree, unit); at != kNoUnit && shown[at] == 0; at = org.parent(tree.tree, at)) shown[at] = kAbove;
    }
    return shown;
}

void remake_rows(UnitTree& tree, const World& world) {
    tree.rows.clear();
    tree.found = 0;
    if (!world.organisation) return;
    const Organisation& org = *world.organisation;
    const std::string wanted = folded(tree.search);
    const std::vector<std::uint8_t> shown = wanted.empty() ? std::vector<std::uint8_t>() : found_units(tree, org, wanted);
    std::int32_t skip_to = -1;  // position up to which everything is folded away
    std::int32_t position = 0;
    std::vector<std::int32_t> ends;  // last positions of the units we are inside of
    for (const UnitIndex unit : org.preorder(tree.tree)) {
        const Interval span = org.interval(tree.tree, unit);
        position = span.first;
        while (!ends.empty() && position > ends.back()) ends.pop_back();
        const int depth = static_cast<int>(ends.size());
        ends.push_back(span.last);
        if (position <= skip_to || (!shown.empty() && shown[unit] == 0)) continue;
        const UnitRecord& record = org.unit(unit);
        const bool expandable = span.last > span.first;
        const bool expanded = expandable && (!shown.empty() || tree.expanded.contains(record.id.value));
        tree.rows.push_back({unit, depth, expandable, expanded, !record.active || (!shown.empty() && shown[unit] == 1)});
        if (!expanded) skip_to = span.last;
    }
}

void bring_into_view(UnitTree& tree, const World& world) {
    const UnitIndex unit = world.unit(tree.selected);
    for (std::size_t row = 0; row < tree.rows.size(); ++row) {
        if (tree.rows[row].unit != unit) continue;
        tree.scroll_to = static_cast<std::int64_t>(row);
        ++tree.scrolls;
    }
}

}  // namespace

bool reduce(UnitTree& tree, const UnitTreeEvent& event, const World& world) {
    bool chosen = false;
    if (const auto* switched = std::get_if<TreeSwitched>(&event)) {
        chosen = tree.tree != switched->tree;
        tree.tree = switched->tree;
        if (world.organisation) {
            const UnitIndex unit = world.unit(tree.selected);
            // A unit of the other tree alone has no place here: the province stands for it.
            if (unit != kNoUnit && !world.organisation->in_tree(tree.tree, unit)) tree.selected = 0;
            open_way_to(tree, *world.organisation, tree.tree, unit);
        }
    } else if (const auto* toggled = std::get_if<UnitToggled>(&event)) {
        if (tree.expanded.erase(toggled->unit) == 0) tree.expanded.insert(toggled->unit);
    } else if (const auto* searched = std::get_if<UnitSearched>(&event)) {
        tree.search = searched->text;
    } else if (const auto* pressed = std::get_if<UnitPressed>(&event)) {
        const UnitIndex unit = world.unit(pressed->unit);
        if (tree.places_only && (unit == kNoUnit || !is_place(world.organisation->unit(unit).kind))) return false;
        chosen = tree.selected != pressed->unit;
        tree.selected = pressed->unit;
        if (!tree.search.empty() && world.organisation) open_way_to(tree, *world.organisation, tree.tree, unit);
    }
    remake_rows(tree, world);
    if (std::holds_alternative<TreeSwitched>(event)) bring_into_view(tree, world);
    return chosen;
}

void select_unit(UnitTree& tree, Tree which, std::int64_t unit, const World& world) {
    tree.tree = which;
    tree.selected = unit;
    if (world.organisation) open_way_to(tree, *world.organisation, which, world.unit(unit));
    remake_rows(tree, world);
    bring_into_view(tree, world);
}

void refresh(UnitTree& tree, const World& world) {
    if (world.organisation && world.organisation->size() != 0) {
        const Organisation& org = *world.organisation;
        tree.expanded.insert(org.unit(org.root()).id.value);
        for (const Tree which : {Tree::area, Tree::channel}) {
            for (const std::int64_t home : world.home_units) open_way_to(tree, org, which, world.unit(home));
            open_way_to(tree, org, which, world.unit(tree.selected));
        }
        for (const std::int64_t home : world.home_units) tree.expanded.insert(home);
    }
    remake_rows(tree, world);
    bring_into_view(tree, world);
}

}  // namespace qudao::client
