// Draws the customer list.
#pragma once

#include <cstdint>
#include <string>

#include "client/platform/queue.hpp"
#include "client/views/common/unit_tree_draw.hpp"
#include "client/views/customers/customers_model.hpp"

namespace qudao::client::customers {

struct Ui {
    UnitTreeUi units;
    Conditions typed;                       // fields as they are being edited
    std::string jump;
    std::uint32_t conditions_version = 0;   // of the model, when `typed` was taken from it
    std::uint32_t list_shown = 0;
    bool map_as_table = false;
    bool more_conditions = false;
    bool detail_open = false;               // of one row
    std::int64_t detail_row = -1;
    std::string total_words, total_revenue; // of the totals row, as drawn
};

void draw(const Model& model, Ui& ui, const World& world, CommandQueue<Event>& events);

}  // namespace qudao::client::customers
