// What the views of totals show, worked out of the plan's summary: indents of the tree, bars of one level, blocks of flows.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "client/views/workbench/workbench_model.hpp"

namespace qudao::client::workbench {

inline constexpr std::size_t kMostBars = 40;

// Customers, or fen; of revenue that nobody states there is none, which is not 0.
struct ChartBar {
    std::string name;
    std::optional<std::int64_t> before;
    std::optional<std::int64_t> after;
    [[nodiscard]] std::int64_t change() const { return before && after ? *after - *before : 0; }
};

// The units of the model's level with the largest changes, largest first; at most kMostBars. Channels come from the tree by
// channel, everything else from the one that is looked at.
std::vector<ChartBar> chart_bars(const Model& model, const World& world);

// The flows as a picture: at most `most` blocks a side, the largest first, what the others make together last. Sums are of
// all flows.
struct FlowBlock {
    std::int64_t unit = 0;             // engine::kOtherUnits
    std::string name;
    engine::Total total;
};
struct FlowLink {
    int from = 0, to = 0;              // indexes of blocks
    engine::Total total;
};
struct FlowBlocks {
    std::vector<FlowBlock> left, right;
    std::vector<FlowLink> links;
};
FlowBlocks flow_blocks(const Model& model, const World& world, std::size_t most);

// Of all flows, whether listed or not.
engine::Total all_flows(const engine::Summary& summary);
// How many places somebody leaves, and how many somebody comes to.
struct PlacesTouched {
    std::int64_t left = 0;
    std::int64_t reached = 0;
};
PlacesTouched places_touched(const engine::Summary& summary, const World& world);

// Spaces as wide as the unit stands deep in its tree.
std::string indented(const World& world, Tree tree, const engine::UnitChanges& changes, std::size_t at);

}  // namespace qudao::client::workbench
