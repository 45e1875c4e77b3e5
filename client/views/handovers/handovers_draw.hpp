// Draws the hand-over lists.
#pragma once

#include <cstdint>

#include "client/platform/queue.hpp"
#include "client/views/common/unit_names.hpp"
#include "client/views/common/unit_tree_draw.hpp"
#include "client/views/handovers/handovers_model.hpp"

namespace qudao::client::handovers {

struct Ui {
    UnitTreeUi units;
    std::uint32_t list_shown = 0;
    ListUnitNames named;
};

void draw(const Model& model, Ui& ui, const World& world, CommandQueue<Event>& events);

}  // namespace qudao::client::handovers
