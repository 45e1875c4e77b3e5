// The organisation as a person unfolds it: one of both trees, what is open, what was typed to find a unit, and the rows in
// view order that follow from it. Used by every screen where a unit is chosen.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "client/views/common/world.hpp"

namespace qudao::client {

struct UnitTreeRow {
    UnitIndex unit = kNoUnit;
    int depth = 0;
    bool expandable = false;
    bool expanded = false;
    bool dim = false;   // shown only because something below it was found, or not in use
};

inline constexpr std::size_t kMostFoundUnits = 300;

struct UnitTree {
    Tree tree = Tree::area;
    std::string search;
    std::int64_t selected = 0;           // unit id; 0: none
    std::set<std::int64_t> expanded;     // unit ids, for both trees
    bool places_only = false;            // only communities, areas and pools may be chosen
    std::vector<UnitTreeRow> rows;       // follows from the above: remade when they or the organisation change
    std::size_t found = 0;               // units that match the search; more than kMostFoundUnits are not all shown
    std::int64_t scroll_to = -1;         // row to bring into view when `scrolls` changes
    std::uint32_t scrolls = 0;
};

struct TreeSwitched { Tree tree = Tree::area; };
struct UnitToggled { std::int64_t unit = 0; };
struct UnitSearched { std::string text; };
struct UnitPressed { std::int64_t unit = 0; };
using UnitTreeEvent = std::variant<TreeSwitched, UnitToggled, UnitSearched, UnitPressed>;

// True when another unit or tree was chosen.
bool reduce(UnitTree& tree, const UnitTreeEvent& event, const World& world);
// Opens the way to a unit and chooses it; 0: none. An unknown one is kept: the organisation may still come.
void select_unit(UnitTree& tree, Tree which, std::int64_t unit, const World& world);
// The organisation came or changed: opens the province and what the person answers for.
void refresh(UnitTree& tree, const World& world);

}  // namespace qudao::client
