#include "client/views/workbench/workbench_totals.hpp"

#include <algorithm>

#include "client/views/common/format.hpp"

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

ChartBar bar_of(const World& world, const engine::UnitChanges& changes, std::size_t at, bool by_revenue) {
    const engine::Total before = changes.before[at], after = changes.after[at];
    ChartBar bar;
    bar.name = world.unit_name(changes.unit[at]);
    if (!by_revenue) {
        bar.before = before.customers;
        bar.after = after.customers;
        bar.before_words = format_count(before.customers);
        bar.after_words = format_count(after.customers);
        bar.change_words = bar.after == bar.before ? std::string() : signed_count(bar.after - bar.before);
        return bar;
    }
    const std::string no_data(world.words(Text::no_data));
    bar.no_data = before.with_revenue == 0 && after.with_revenue == 0;
    bar.before = before.revenue_fen;
    bar.after = after.revenue_fen;
    bar.before_words = before.with_revenue == 0 ? no_data : format_yuan(before.revenue_fen);
    bar.after_words = after.with_revenue == 0 ? no_data : format_yuan(after.revenue_fen);
    bar.change_words = bar.no_data || bar.after == bar.before ? std::string() : signed_yuan(bar.after - bar.before);
    return bar;
}

}  // namespace

std::vector<ChartBar> chart_bars(const Model& model, const World& world) {
    std::vector<ChartBar> bars;
    if (!model.summary || !world.organisation) return bars;
    const Tree tree = model.level == Level::channel ? Tree::channel : model.tree;
    const engine::UnitChanges& changes = tree == Tree::area ? model.summary->area : model.summary->channel;
    for (std::size_t at = 0; at < changes.size(); ++at) {
        const UnitIndex unit = world.unit(changes.unit[at]);
        if (unit != kNoUnit && is_of(model.level, world.organisation->unit(unit).kind)) bars.push_back(bar_of(world, changes, at, model.by_revenue));
    }
    const auto size = [](const ChartBar& bar) { return bar.after > bar.before ? bar.after - bar.before : bar.before - bar.after; };
    std::stable_sort(bars.begin(), bars.end(), [&](const ChartBar& a, const ChartBar& b) { return size(a) > size(b); });
    if (bars.size() > kMostBars) bars.resize(kMostBars);
    return bars;
}

std::string indented(const World& world, Tree tree, const engine::UnitChanges& changes, std::size_t at) {
    const UnitIndex unit = world.unit(changes.unit[at]);
    const int depth = unit == kNoUnit ? 0 : world.organisation->depth(tree, unit);
    return std::string(static_cast<std::size_t>(std::max(depth, 0)) * 4, ' ');
}

}  // namespace qudao::client::workbench
