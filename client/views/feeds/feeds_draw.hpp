// Draws the screen of feeds.
#pragma once

#include "client/platform/queue.hpp"
#include "client/views/feeds/feeds_model.hpp"

namespace qudao::client::feeds {

struct Ui {
    std::uint32_t conflicts_shown = 0;
    bool trend_as_table = false;
};

void draw(const Model& model, Ui& ui, const World& world, bool files_over_page, CommandQueue<Event>& events);

}  // namespace qudao::client::feeds
