#include "client/engine/summary.hpp"

#include <algorithm>
#include <array>

#include "client/engine/flow_groups.hpp"
#include "client/engine/row_ranges.hpp"
#include "shared/domain/totals.hpp"

namespace qudao::engine {
namespace {

UnitChanges changes_in(Tree tree, const World& world, const MovePlan& plan) {
    const Organisation& org = world.organisation;
    const std::vector<UnitTotal> before = roll_up(org, tree, world.totals);
    const std::vector<UnitTotal> arriving = roll_up(org, tree, plan.arriving);
    const std::vector<UnitTotal> leaving = roll_up(org, tree, plan.leaving);
    UnitChanges changes;
    for (const UnitIndex unit : org.preorder(tree)) {
        if (arriving[unit].customers == 0 && leaving[unit].customers == 0) continue;
        UnitTotal after = before[unit];
        after += arriving[unit];
        after -= leaving[unit];
        changes.unit.push_back(org.unit(unit).id.value);
        changes.before.push_back(before[unit]);
        changes.arriving.push_back(arriving[unit]);
        changes.leaving.push_back(leaving[unit]);
        changes.after.push_back(after);
    }
    return changes;
}

std::vector<dto::CountDto> named(const std::array<std::int64_t, kReasons>& counts, std::size_t from) {
    std::vector<dto::CountDto> out;
    for (std::size_t i = from; i < kReasons; ++i)
        if (counts[i] != 0) out.push_back({std::string(code_of(static_cast<Reason>(i))), counts[i]});
    return out;
}

std::array<std::int64_t, kReasons> count_dropped(const Judged& judged) {
    std::array<std::int64_t, kReasons> counts{};
    for (std::size_t row = 0; row < judged.rows.size(); ++row)
        if (judged.drops.has(row)) ++counts[static_cast<std::size_t>(judged.drops.reason[row])];
    return counts;
}

std::string id_text(const Organisation& org, UnitIndex unit) { return std::to_string(org.unit(unit).id.value); }

// How one customer differs; empty `what`: not at all.
CustomerChange change_of(const Judged& before, const Judged& after, std::uint32_t row) {
    const auto code = before.rows.customer_code[row];
    const std::uint32_t old_at = before.world.index->find(code);
    const std::uint32_t new_at = after.world.index->find(code);
    CustomerChange change{row, before.rows.row_number[row], std::string(code), {}, {}, {}};
    const auto say = [&](const char* what, std::string was, std::string is) {
        change.what = what;
        change.before = std::move(was);
        change.after = std::move(is);
    };
    const CustomerColumns& was = before.world.customers;
    const CustomerColumns& is = after.world.customers;
    if (old_at == CodeIndex::kNone && new_at == CodeIndex::kNone) return change;
    if (new_at == CodeIndex::kNone) {
        say("gone", id_text(before.world.organisation, was.place[old_at]), {});
    } else if (old_at == CodeIndex::kNone) {
        say("appeared", {}, id_text(after.world.organisation, is.place[new_at]));
    } else if (id_text(before.world.organisation, was.place[old_at]) != id_text(after.world.organisation, is.place[new_at])) {
        say("place", id_text(before.world.organisation, was.place[old_at]), id_text(after.world.organisation, is.place[new_at]));
    } else if (!(was.locked_until[old_at] == is.locked_until[new_at])) {
        say("lock", format_date(was.locked_until[old_at]), format_date(is.locked_until[new_at]));
    } else if (was.version[old_at] != is.version[new_at]) {
        say("version", std::to_string(was.version[old_at]), std::to_string(is.version[new_at]));
    }
    return change;
}

bool same_unit(const UnitRecord& a, const UnitRecord& b) {
    return a.code == b.code && a.name == b.name && a.kind == b.kind && a.channel == b.channel && a.area_parent == b.area_parent &&
           a.channel_parent == b.channel_parent && a.active == b.active;
}

std::vector<std::int64_t> changed_units(const Organisation& before, const Organisation& after) {
    std::vector<std::int64_t> units;
    for (const UnitRecord& unit : after.units()) {
        const UnitIndex old_at = before.find(unit.id);
        if (old_at == kNoUnit || !same_unit(before.unit(old_at), unit)) units.push_back(unit.id.value);
    }
    for (const UnitRecord& unit : before.units())
        if (after.find(unit.id) == kNoUnit) units.push_back(unit.id.value);
    return units;
}

}  // namespace

std::vector<Flow> flows_by_size(const Judged& judged) {
    std::vector<Flow> flows = flows_of(judged.plan, judged.rows, judged.world.customers);
    std::stable_sort(flows.begin(), flows.end(), [](const Flow& a, const Flow& b) { return b.total.customers < a.total.customers; });
    return flows;
}

dto::FlowDto to_dto(const Flow& flow, const Organisation& org) {
    return {org.unit(flow.from).id.value, org.unit(flow.to).id.value, flow.total.customers, flow.total.with_revenue, flow.total.revenue_fen};
}

Summary summarize(const Judged& judged, std::int64_t revision, const std::string& digest) {
    const World& world = judged.world;
    const MovePlan& plan = judged.plan;
    Summary summary;
    summary.revision = revision;
    summary.digest = digest;
    summary.basis = world.session.basis;
    summary.day = format_date(world.day);
    summary.window = dto::to_dto(plan.window, world.window_policy);
    summary.rows = static_cast<std::int64_t>(judged.rows.size());
    summary.moved = plan.count(Verdict::moved);
    summary.unchanged = plan.count(Verdict::unchanged);
    summary.refused = plan.count(Verdict::refused);
    summary.dropped = plan.count(Verdict::dropped);
    summary.can_commit = summary.refused == 0 && summary.moved > 0;
    summary.reasons = named(plan.by_reason, 1);
    if (summary.dropped != 0) summary.dropped_reasons = named(count_dropped(judged), 0);
    summary.dropped_rows = ranges_of(judged.drops.dropped);
    summary.as_of = world.as_of;
    summary.revenue_period = world.revenue_period;
    summary.area = changes_in(Tree::area, world, plan);
    summary.channel = changes_in(Tree::channel, world, plan);
    const std::vector<Flow> flows = flows_by_size(judged);
    summary.flow_pairs = static_cast<std::int64_t>(flows.size());
    summary.flows.reserve(flows.size());
    for (const Flow& flow : flows) summary.flows.push_back(to_dto(flow, world.organisation));
    summary.flow_groups = grouped(summary.flows, kFlowBlocks);
    summary.flows.resize(std::min(flows.size(), kFlowsShown));
    summary.flows.shrink_to_fit();
    return summary;
}

Changes changes_between(const Judged& before, const Judged& after, const std::vector<std::uint32_t>& which) {
    Changes changes;
    for (const std::uint32_t row : which) {
        CustomerChange change = change_of(before, after, row);
        if (change.what.empty()) continue;
        ++changes.customers;
        if (changes.shown.size() < kChangesShown) changes.shown.push_back(std::move(change));
    }
    // A basis that did not move has the same units.
    if (!(before.world.basis == after.world.basis))
        changes.units = changed_units(before.world.organisation, after.world.organisation);
    changes.rights = before.world.basis.rights_version != after.world.basis.rights_version;
    changes.policy = before.world.basis.policy_version != after.world.basis.policy_version;
    changes.day = !(before.world.day == after.world.day);
    changes.window = before.plan.window.open != after.plan.window.open;
    for (std::size_t row = 0; row < after.rows.size(); ++row)
        if (before.verdict(row) != after.verdict(row) || before.reason(row) != after.reason(row)) ++changes.verdicts;
    return changes;
}

}  // namespace qudao::engine
