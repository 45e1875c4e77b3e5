#include "client/views/round/round_lists.hpp"

#include <algorithm>
#include <array>
#include <map>

#include "shared/workbook/move_template.hpp"

namespace qudao::client::round {
namespace {

using query::Op;

// Who holds rights over some channels alone sees a channel's tree first.
Tree tree_of(const World& world) {
    const auto& grants = world.session.grants;
    const bool of_channels = !grants.empty() && std::all_of(grants.begin(), grants.end(), [](const dto::GrantDto& grant) { return !grant.channels.empty(); });
    return of_channels ? Tree::channel : Tree::area;
}

}  // namespace

engine::ExportRequest department_list(const Model& model, const World& world, std::int64_t department) {
    engine::ExportRequest request;
    request.source = query::code_of(query::Source::round_mark);
    query::QuerySpec spec;
    spec.source = query::Source::round_mark;
    spec.filters = {equals("period", model.period), equals("department", department)};
    request.list = dto::to_request(spec);
    // The columns of the format, in Chinese in any language of the screen.
    constexpr std::array<std::string_view, kMarkColumns.size()> kFields = {"code", "name", "contract", "address", "installed_on", "place", "claimed", "note"};
    constexpr std::array<std::int32_t, kMarkColumns.size()> kWidths = {16, 28, 16, 40, 12, 50, 8, 40};
    for (std::size_t i = 0; i < kMarkColumns.size(); ++i)
        request.columns.push_back({std::string(kFields[i]), std::string(kMarkColumns[i]), kFields[i] == "place" ? "path" : "", kWidths[i]});
    request.values.code = {"claimed.1", "claimed.0"};
    request.values.text = {std::string(kMarkClaimed), ""};
    const std::string channel = world.channel_name(department);
    request.sheet = channel;
    request.file_name = world.words(Text::round_file_list, {{"period", std::to_string(model.period)}, {"department", channel}});
    return request;
}

engine::ExportRequest stage_two_list(const Model& model, const World& world) {
    engine::ExportRequest request;
    request.source = query::code_of(query::Source::customer);
    query::QuerySpec spec;
    spec.source = query::Source::customer;
    spec.filters = {equals("new_in", model.period), equals("unassigned", 1), {"locked_until", Op::has_no_data, {}, Tree::area}};
    request.list = dto::to_request(spec);
    constexpr std::array<std::string_view, workbook::kMoveColumns.size()> kFields = {"code", "place", "address"};
    constexpr std::array<std::int32_t, workbook::kMoveColumns.size()> kWidths = {16, 20, 60};
    for (std::size_t i = 0; i < kFields.size(); ++i)
        request.columns.push_back({std::string(kFields[i]), std::string(workbook::kMoveColumns[i]), kFields[i] == "place" ? "blank" : "", kWidths[i]});
    request.sheet = std::string(world.words(Text::round_sheet_stage_2));
    request.file_name = world.words(Text::round_file_stage_2, {{"period", std::to_string(model.period)}});
    return request;
}

void sum_units(Model& model, const World& world) {
    model.units.clear();
    model.progress_top = 0;
    if (!world.organisation || model.placed.state != RemoteState::ready) return;
    const Organisation& org = *world.organisation;
    if (!model.progress_chosen) model.progress_tree = tree_of(world);
    const Tree tree = model.progress_tree;
    const ListRows& rows = model.placed.rows;
    UnitIndex top = kNoUnit;
    for (std::int64_t row = 0; row < rows.size(); ++row) {
        const UnitIndex place = world.unit(rows.number(row, "place").value_or(0));
        if (place == kNoUnit || !org.in_tree(tree, place)) continue;
        if (top == kNoUnit) top = org.parent(tree, place);
        while (top != kNoUnit && !org.interval(tree, top).contains(org.position(tree, place))) top = org.parent(tree, top);
    }
    if (top == kNoUnit) return;
    model.progress_top = org.unit(top).id.value;
    std::map<std::uint32_t, UnitProgress> sums;   // by position
    for (std::int64_t row = 0; row < rows.size(); ++row) {
        UnitIndex unit = world.unit(rows.number(row, "place").value_or(0));
        if (unit == kNoUnit || !org.in_tree(tree, unit)) continue;
        const std::int64_t count = rows.number(row, "count").value_or(0);
        const bool pool = org.unit(unit).kind == UnitKind::pool;
        while (org.parent(tree, unit) != top) unit = org.parent(tree, unit);
        UnitProgress& sum = sums[static_cast<std::uint32_t>(org.position(tree, unit))];
        sum.unit = org.unit(unit).id.value;
        sum.customers += count;
        sum.unplaced += pool ? count : 0;
    }
    for (const auto& [position, sum] : sums) model.units.push_back(sum);
}

bool passed_by(const dto::RoundDto& round, std::string_view step) {
    if (round.phase != "closed") return false;
    const auto& departments = round.departments;
    const bool confirmed = !departments.empty() && std::all_of(departments.begin(), departments.end(), [](const auto& one) { return one.state == "confirmed"; });
    if (step == "gather") return round.gathered == 0;
    if (step == "give") return std::all_of(departments.begin(), departments.end(), [](const auto& one) { return one.state.empty(); });
    if (step == "confirm") return !confirmed;
    if (step == "resolve") return !confirmed || round.open_conflicts > 0;
    if (step == "hand_over") return round.stage_1_batch == 0 && std::none_of(round.events.begin(), round.events.end(), [](const auto& one) { return one.act == "hand_over"; });
    if (step == "stage_1") return round.stage_1_batch == 0;
    return step == "stage_2" && round.unplaced > 0;
}

}  // namespace qudao::client::round
