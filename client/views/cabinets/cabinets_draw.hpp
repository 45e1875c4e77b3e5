// Draws cabinets and number ranges.
#pragma once

#include <cstdint>
#include <string>

#include "client/platform/queue.hpp"
#include "client/views/cabinets/cabinets_model.hpp"
#include "client/views/common/unit_tree_draw.hpp"

namespace qudao::client::cabinets {

struct Ui {
    std::string text;
    std::string number;
    std::string text_shown;     // what was asked when each was last filled in
    std::string number_shown;
    Question question;
    Named named;
    UnitTreeUi units;
    std::uint32_t edit = 0;
};

void draw(const Model& model, Ui& ui, const World& world, CommandQueue<Event>& events);

}  // namespace qudao::client::cabinets
