// Draws the workbench: an empty one, one that reads, one that failed, and a plan with its four views.
#pragma once

#include <cstdint>
#include <string>

#include "client/platform/queue.hpp"
#include "client/views/workbench/workbench_model.hpp"

namespace qudao::client::workbench {

struct Ui {
    std::string search;             // among the rows, as typed
    std::uint32_t rows_shown = 0;
    std::string filtered_text;      // of the model, seen last
};

// `files_over_page`: something is being dragged over the page right now.
void draw(const Model& model, Ui& ui, const World& world, bool files_over_page, CommandQueue<Event>& events);

// Parts of it, in files of their own.
void draw_rows(const Model& model, Ui& ui, const World& world, CommandQueue<Event>& events);
void draw_totals(const Model& model, const World& world, CommandQueue<Event>& events);
void draw_flows(const Model& model, const World& world, CommandQueue<Event>& events);
void draw_sight(const Model& model, const World& world, CommandQueue<Event>& events);
// Dialogs stand over every screen: a file can be dropped anywhere.
void draw_dialogs(const Model& model, const World& world, CommandQueue<Event>& events);

}  // namespace qudao::client::workbench
