#pragma once

#include <string>

#include "client/platform/queue.hpp"
#include "client/views/common/unit_tree_draw.hpp"
#include "client/views/people/people_model.hpp"

namespace qudao::client::people {

struct Ui {
    Conditions typed;
    std::uint32_t conditions_version = 0;
    std::string login;
    std::string name;
    std::uint32_t draft_version = 0;
    UnitTreeUi units;
};

void draw(const Model& model, Ui& ui, const World& world, CommandQueue<Event>& events);

}  // namespace qudao::client::people
