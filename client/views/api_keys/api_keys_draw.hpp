#pragma once

#include <string>

#include "client/platform/queue.hpp"
#include "client/views/api_keys/api_keys_model.hpp"
#include "client/views/common/unit_tree_draw.hpp"

namespace qudao::client::api_keys {

struct Ui {
    std::string name;
    std::string expires_on;
    bool adding = false;   // in the frame before
    UnitTreeUi units;
};

void draw(const Model& model, Ui& ui, const World& world, CommandQueue<Event>& events);

}  // namespace qudao::client::api_keys
