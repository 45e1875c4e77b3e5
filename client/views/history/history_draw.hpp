// Draws the history of one customer.
#pragma once

#include <string>

#include "client/platform/queue.hpp"
#include "client/views/history/history_model.hpp"

namespace qudao::client::history {

struct Ui {
    std::string day;
    std::string code;   // whose day is being typed
};

void draw_dialogs(const Model& model, Ui& ui, const World& world, CommandQueue<Event>& events);

}  // namespace qudao::client::history
