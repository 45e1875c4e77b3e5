// Draws the monthly round.
#pragma once

#include <cstdint>
#include <string>

#include "client/platform/queue.hpp"
#include "client/views/round/round_model.hpp"

namespace qudao::client::round {

struct Ui {
    std::string note;              // being typed in a dialog
    std::string asked;             // the dialog it belongs to
    std::uint32_t conflicts_shown = 0;
    std::uint32_t locks_shown = 0;
};

void draw(const Model& model, Ui& ui, const World& world, CommandQueue<Event>& events);
void draw_conflicts(const Model& model, Ui& ui, const World& world, CommandQueue<Event>& events);
void draw_dialogs(const Model& model, Ui& ui, const World& world, CommandQueue<Event>& events);

}  // namespace qudao::client::round
