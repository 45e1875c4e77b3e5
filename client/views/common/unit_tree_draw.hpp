// Draws the organisation: the switch between both trees, the search, the rows in view with their counts.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "client/views/common/unit_tree.hpp"

namespace qudao::client {

struct UnitTreeUi {
    std::string search;
    std::uint32_t scrolls = 0;   // of the model, seen last
};

// Of a tree in a dialog with `around` of other things: as high as there is room for, `most` at most.
float picker_height(float most, float around);

// Fills what is left of the place it stands in: all units are chosen until one is. With a `height` it is a picker, where
// nothing is.
void draw_unit_tree(const UnitTree& tree, UnitTreeUi& ui, const World& world, float height,
                    const std::function<void(UnitTreeEvent)>& push);

}  // namespace qudao::client
