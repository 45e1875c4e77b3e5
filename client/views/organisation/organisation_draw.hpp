#pragma once

#include <string>

#include "client/platform/queue.hpp"
#include "client/views/common/unit_tree_draw.hpp"
#include "client/views/organisation/organisation_model.hpp"

namespace qudao::client::organisation {

struct Ui {
    Fields typed;
    std::uint32_t chosen_version = 0;
    Doing doing = Doing::nothing;   // of the frame before
    std::string new_code;
    std::string new_name;
    std::string new_billing_area;
    UnitTreeUi units;
    UnitTreeUi target;
};

void draw(const Model& model, Ui& ui, const World& world, CommandQueue<Event>& events);
void draw_dialogs(const Model& model, Ui& ui, const World& world, CommandQueue<Event>& events);

}  // namespace qudao::client::organisation
