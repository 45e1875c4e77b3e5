#pragma once

#include "client/platform/queue.hpp"
#include "client/views/policies/policies_model.hpp"

namespace qudao::client::policies {

void draw(const Model& model, const World& world, CommandQueue<Event>& events);

}  // namespace qudao::client::policies
