#pragma once

#include "client/platform/queue.hpp"
#include "client/views/audit/audit_model.hpp"

namespace qudao::client::audit {

struct Ui {
    Conditions typed;
    std::uint32_t conditions_version = 0;
};

void draw(const Model& model, Ui& ui, const World& world, CommandQueue<Event>& events);

}  // namespace qudao::client::audit
