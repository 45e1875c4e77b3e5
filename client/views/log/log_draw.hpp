// Draws the adjustment log.
#pragma once

#include <cstdint>

#include "client/platform/queue.hpp"
#include "client/views/common/unit_tree_draw.hpp"
#include "client/views/log/log_model.hpp"

namespace qudao::client::log {

struct Ui {
    UnitTreeUi units;
    Conditions typed;
    std::uint32_t conditions_version = 0;
    std::uint32_t list_shown = 0;
    std::uint32_t locks_shown = 0;
};

void draw(const Model& model, Ui& ui, const World& world, CommandQueue<Event>& events);

}  // namespace qudao::client::log
