#include "client/views/workbench/workbench_totals.hpp"

#include <algorithm>
#include <cstdlib>
#include <map>

#include "client/engine/flow_groups.hpp"

namespace qudao::client::workbench {
namespace {

bool is_of(Level level, UnitKind kind) {
    switch (level) {
        case Level::channel: return kind == UnitKind::channel;
        case Level::network: return kind == UnitKind::local_network || kind == UnitKind::network_channel;
        case Level::department: return kind == UnitKind::department;
        case Level::place: return is_place(kind);
    }
    return false;
}

std::optional<std::int64_t> revenue_of(const engine::Total& total) {
    return total.with_revenue == 0 ? std::nullopt : std::optional(total.revenue_fen);
}

ChartBar bar_of(const UnitNames& names, const engine::UnitChanges& changes, std::size_t at, bool by_revenue) {
    const engine::Total before = changes.before[at], after = changes.after[at];
    std::string name = names.whole(changes.unit[at]);
    if (by_revenue) return {std::move(name), revenue_of(before), revenue_of(after)};
    return {std::move(name), before.customers, after.customers};
}

void add(engine::Total& sum, const dto::FlowDto& flow) {
    sum.customers += flow.customers;
    sum.with_revenue += flow.with_revenue;
    sum.revenue_fen += flow.revenue_fen;
}

// The blocks of one side, and where each unit's is.
std::vector<FlowBlock> side_of(const std::vector<dto::FlowDto>& flows, std::int64_t dto::FlowDto::*side, const Model& model, const World& world, std::map<std::int64_t, int>& places) {
    std::map<std::int64_t, engine::Total> sums;
    for (const dto::FlowDto& flow : flows) add(sums[flow.*side], flow);
    std::vector<FlowBlock> blocks;
    for (const auto& [unit, total] : sums) blocks.push_back({unit, unit == engine::kOtherUnits ? std::string(world.words(Text::flows_others)) : model.names.whole(unit), total});
    std::stable_sort(blocks.begin(), blocks.end(), [](const FlowBlock& a, const FlowBlock& b) {
        const bool a_named = a.unit != engine::kOtherUnits, b_named = b.unit != engine::kOtherUnits;
        return a_named != b_named ? a_named : a.total.customers > b.total.customers;
    });
    for (std::size_t i = 0; i < blocks.size(); ++i) places[blocks[i].unit] = static_cast<int>(i);
    return blocks;
}

}  // namespace

FlowBlocks flow_blocks(const Model& model, const World& world, std::size_t most) {
    if (!model.summary) return {};
    const std::vector<dto::FlowDto> flows = engine::grouped(model.summary->flow_groups, most);
    std::map<std::int64_t, int> left, right;
    FlowBlocks blocks{side_of(flows, &dto::FlowDto::from, model, world, left), side_of(flows, &dto::FlowDto::to, model, world, right), {}};
    for (const dto::FlowDto& flow : flows) {
        blocks.links.push_back({left[flow.from], right[flow.to], {}});
        add(blocks.links.back().total, flow);
    }
    return blocks;
}

engine::Total all_flows(const engine::Summary& summary) {
    engine::Total total;
    for (const dto::FlowDto& flow : summary.flow_groups) add(total, flow);
    return total;
}

PlacesTouched places_touched(const engine::Summary& summary, const World& world) {
    PlacesTouched touched;
    for (std::size_t at = 0; at < summary.area.size(); ++at) {
        const UnitIndex unit = world.unit(summary.area.unit[at]);
        if (unit == kNoUnit || !is_place(world.organisation->unit(unit).kind)) continue;
        if (summary.area.leaving[at].customers > 0) ++touched.left;
        if (summary.area.arriving[at].customers > 0) ++touched.reached;
    }
    return touched;
}

std::vector<ChartBar> chart_bars(const Model& model, const World& world) {
    std::vector<ChartBar> bars;
    if (!model.summary || !world.organisation) return bars;
    const Tree tree = model.level == Level::channel ? Tree::channel : model.tree;
    const engine::UnitChanges& changes = tree == Tree::area ? model.summary->area : model.summary->channel;
    for (std::size_t at = 0; at < changes.size(); ++at) {
        const UnitIndex unit = world.unit(changes.unit[at]);
        if (unit != kNoUnit && is_of(model.level, world.organisation->unit(unit).kind)) bars.push_back(bar_of(model.names, changes, at, model.by_revenue));
    }
    std::stable_sort(bars.begin(), bars.end(), [](const ChartBar& a, const ChartBar& b) { return std::abs(a.change()) > std::abs(b.change()); });
    if (bars.size() > kMostBars) bars.resize(kMostBars);
    return bars;
}

std::string indented(const World& world, Tree tree, const engine::UnitChanges& changes, std::size_t at) {
    const UnitIndex unit = world.unit(changes.unit[at]);
    const int depth = unit == kNoUnit ? 0 : world.organisation->depth(tree, unit);
    return std::string(static_cast<std::size_t>(std::max(depth, 0)) * 4, ' ');
}

}  // namespace qudao::client::workbench
