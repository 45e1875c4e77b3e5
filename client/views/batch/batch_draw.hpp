// Draws the page of one batch and the dialog of its undo.
#pragma once

#include <cstdint>

#include "client/platform/queue.hpp"
#include "client/views/batch/batch_model.hpp"
#include "client/views/common/unit_names.hpp"

namespace qudao::client::batch {

struct Ui {
    std::uint32_t units_shown = 0;
    ListUnitNames units_named;
    std::uint32_t rows_shown = 0;
};

void draw(const Model& model, Ui& ui, const World& world, CommandQueue<Event>& events);
void draw_undo(const Model& model, const World& world, CommandQueue<Event>& events);

}  // namespace qudao::client::batch
