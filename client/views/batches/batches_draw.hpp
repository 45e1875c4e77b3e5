// Draws the list of batches.
#pragma once

#include <cstdint>
#include <string>

#include "client/platform/queue.hpp"
#include "client/views/batches/batches_model.hpp"

namespace qudao::client::batches {

struct Ui {
    std::string file;
    std::uint32_t conditions_version = 0;
    std::uint32_t list_shown = 0;
};

void draw(const Model& model, Ui& ui, const World& world, CommandQueue<Event>& events);

}  // namespace qudao::client::batches
