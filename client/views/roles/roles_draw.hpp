#pragma once

#include <string>

#include "client/platform/queue.hpp"
#include "client/views/roles/roles_model.hpp"

namespace qudao::client::roles {

struct Ui {
    std::string name;
    std::uint32_t draft_version = 0;
};

void draw(const Model& model, Ui& ui, const World& world, CommandQueue<Event>& events);

}  // namespace qudao::client::roles
