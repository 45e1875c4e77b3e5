// What the views of totals show, worked out of the plan's summary: indents of the tree, bars of one level.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "client/views/workbench/workbench_model.hpp"

namespace qudao::client::workbench {

inline constexpr std::size_t kMostBars = 40;

struct ChartBar {
    std::string name;
    std::int64_t before = 0;   // customers, or fen
    std::int64_t after = 0;
    std::string before_words;
    std::string after_words;
    std::string change_words;
    bool no_data = false;
};

// The units of the model's level with the largest changes, largest first; at most kMostBars. Channels come from the tree by
// channel, everything else from the one that is looked at.
std::vector<ChartBar> chart_bars(const Model& model, const World& world);

// Spaces as wide as the unit stands deep in its tree.
std::string indented(const World& world, Tree tree, const engine::UnitChanges& changes, std::size_t at);

}  // namespace qudao::client::workbench
