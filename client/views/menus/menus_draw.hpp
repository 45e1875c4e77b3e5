#pragma once

#include "client/platform/queue.hpp"
#include "client/views/menus/menus_model.hpp"

namespace qudao::client::menus {

void draw(const Model& model, const World& world, CommandQueue<Event>& events);

}  // namespace qudao::client::menus
