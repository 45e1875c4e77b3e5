#include <algorithm>
#include <array>

#include "client/views/batches/batches_model.hpp"
#include "client/views/common/format.hpp"
#include "client/views/round/round_model.hpp"
#include "shared/workbook/move_template.hpp"

namespace qudao::client::round {
namespace {

using query::Op;

constexpr std::array<std::string_view, kTabs> kTabCodes = {"progress", "departments", "conflicts", "locks"};
constexpr std::size_t kFaultsInFile = 10'000;

query::Filter equals(std::string field, std::int64_t value) { return {std::move(field), Op::equal, {value}, Tree::area}; }

engine::ExportRequest export_of(const Model& model, const World& world, std::int64_t department) {
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

// The template of a bulk move (workbook::kMoveColumns) with the customers that still wait in pools, each with its address where a
// note may stand: the community is found by it, filled in, and the workbook dropped on Bulk adjustment as it is.
engine::ExportRequest stage_two_of(const Model& model, const World& world) {
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

void sum_networks(Model& model, const World& world) {
    model.networks.clear();
    if (!world.organisation || model.placed.state != RemoteState::ready) return;
    const Organisation& org = *world.organisation;
    std::map<UnitIndex, NetworkProgress> sums;
    const ListRows& rows = model.placed.rows;
    for (std::int64_t row = 0; row < rows.size(); ++row) {
        UnitIndex unit = world.unit(rows.number(row, "place").value_or(0));
        if (unit == kNoUnit) continue;
        const std::int64_t count = rows.number(row, "count").value_or(0);
        const bool pool = org.unit(unit).kind == UnitKind::pool;
        while (unit != kNoUnit && org.unit(unit).kind != UnitKind::local_network) unit = org.parent(Tree::area, unit);
        if (unit == kNoUnit) continue;
        NetworkProgress& sum = sums[unit];
        sum.unit = org.unit(unit).id.value;
        sum.customers += count;
        sum.unplaced += pool ? count : 0;
    }
    for (const auto& [unit, sum] : sums) model.networks.push_back(sum);
}

struct Reducer {
    Model& model;
    const World& world;

    Period period() const { return Period{model.period}; }

    Effects ask_round() {
        if (model.period == 0) return {};
        model.round.start();
        Effects effects{FetchRound{period()}};
        for (Effect& effect : ask_tab()) effects.push_back(std::move(effect));
        return effects;
    }
    Effects ask_tab() {
        if (model.period == 0) return {};
        query::QuerySpec spec;
        spec.limit = kListPageRows;
        switch (model.tab) {
            case Tab::progress:
                spec.filters = {equals("new_in", model.period)};
                spec.group_by = {"place"};
                spec.measures = {{query::MeasureKind::count, ""}};
                return {start(model.placed, std::move(spec))};
            case Tab::departments: return {};
            case Tab::conflicts: {
                spec.source = query::Source::round_customer;
                spec.filters = {equals("period", model.period), {"claims", Op::greater, {std::int64_t{1}}, Tree::area}};
                query::QuerySpec claims;
                claims.source = query::Source::round_mark;
                claims.filters = {equals("period", model.period), {"claims", Op::greater, {std::int64_t{1}}, Tree::area}, equals("claimed", 1)};
                claims.limit = query::kMaxPageRows;
                return {start(model.conflicts, std::move(spec)), start(model.claims, std::move(claims))};
            }
            case Tab::locks:
                spec.filters = {{"locked_until", Op::greater, {std::int64_t{world.day.days}}, Tree::area}, equals("unassigned", 1)};
                if (model.round.ready() && model.round.value.locked > 0) spec.filters.push_back(equals("new_in", model.period));
                spec.order = {{"code", false}};
                return {start(model.locks, std::move(spec))};
        }
        return {};
    }

    Effects operator()(const Opened& event) {
        const auto asked = static_cast<std::int32_t>(event.address.number("period"));
        const std::string tab(event.address.get("tab"));
        model.tab = Tab::progress;
        for (std::size_t i = 0; i < kTabs; ++i)
            if (kTabCodes[i] == tab) model.tab = static_cast<Tab>(i);
        model.asking = {};
        model.error.reset();
        if (asked != 0) model.period = asked;
        model.rounds.start();
        Effects effects{FetchRounds{}};
        for (Effect& effect : ask_round()) effects.push_back(std::move(effect));
        return effects;
    }
    Effects operator()(const RoundsCame& event) {
        model.rounds.finish(event.rounds);
        if (!model.rounds.ready() || model.period != 0) return {};
        model.period = model.rounds.value.current;
        return ask_round();
    }
    Effects operator()(const RoundCame& event) {
        if (event.period == model.period) model.round.finish(event.round);
        return {};
    }
    Effects operator()(const PeriodChosen& event) {
        model.period = event.period;
        model.marks = {};
        Effects effects = ask_round();
        effects.push_back(Navigate{to_text(address_of(model)), false});
        return effects;
    }
    Effects operator()(const TabChosen& event) {
        model.tab = event.tab;
        Effects effects = ask_tab();
        effects.push_back(Navigate{to_text(address_of(model)), true});
        return effects;
    }
    Effects act(std::string what, std::int64_t department, std::string note) {
        if (model.acting) return {};
        model.acting = true;
        model.error.reset();
        return {ActRound{period(), std::move(what), department, std::move(note)}};
    }
    Effects operator()(const ActPressed& event) {
        model.error.reset();
        if (event.act == "stage_1" && model.round.value.to_move != 0) {
            model.asking = {event.act, 0, {}, {}};
            model.stage_plan.start();
            return {FetchStagePlan{period()}};
        }
        if (event.act == "send_back" || event.act == "hand_over" || event.act == "confirm") {
            model.asking = {event.act, event.department, {}, {}};
            return {};
        }
        return act(event.act, event.department, {});
    }
    Effects operator()(const Asked& event) {
        const Asking asked = model.asking;
        if (asked.act == "lift") {
            model.acting = true;
            return {LiftLock{asked.customer_code, event.note}};
        }
        if (asked.act == "stage_1") {
            if (!model.stage_plan.ready() || !model.stage_plan.value.can_commit || model.stage_under_way) return {};
            model.stage_under_way.emplace();
            return {CommitStage{period(), model.stage_plan.value.digest}};
        }
        return act(asked.act, asked.department, event.note);
    }
    Effects operator()(const AskingClosed&) {
        if (!model.stage_under_way) model.asking = {};
        return {};
    }
    Effects operator()(const Acted& event) {
        model.acting = false;
        if (!event.round) {
            model.error = event.round.error();
            if (model.asking.act.empty()) return {Notify{NoticeTone::bad, sentence_of(world.language(), *model.error)}};
            return {};
        }
        model.asking = {};
        model.round.finish(event.round);
        return ask_tab();
    }
    Effects operator()(const ListWanted& event) { return {ExportList{export_of(model, world, event.department)}}; }
    Effects operator()(const StageTwoWanted&) {
        if (!world.may(Action::export_list)) return {};
        return {ExportList{stage_two_of(model, world)}};
    }
    Effects operator()(const MarksPressed& event) {
        if (model.marks.under_way) return {};
        return {PickMarks{event.department}};
    }
    Effects operator()(const MarksOpened& event) {
        model.marks = {event.department, event.file_name, true, std::nullopt, std::nullopt};
        return {};
    }
    Effects operator()(const MarksEnded& event) {
        model.marks.under_way = false;
        if (!event.result) {
            model.marks.error = event.result.error();
            return {};
        }
        model.marks.result = *event.result;
        if (!event.result->taken) return {};
        model.round.start();
        return {FetchRound{period()}};
    }
    Effects operator()(const FaultsWanted&) {
        if (!model.marks.result) return {};
        engine::MarkFaultsRequest request;
        request.file_name = world.words(Text::round_file_faults, {{"period", std::to_string(model.period)}, {"department", world.channel_name(model.marks.department)}});
        for (const dto::MarkFaultDto& fault : model.marks.result->faults) {
            if (request.index.size() == kFaultsInFile) break;
            request.index.push_back(static_cast<std::uint32_t>(fault.index));
            request.reason.emplace_back(mark_fault_sentence(world.language(), fault.reason));
        }
        return {SaveMarkFaults{std::move(request)}};
    }
    Effects operator()(const Decided& event) {
        if (model.acting) return {};
        model.acting = true;
        return {DecideRound{period(), event.customer, event.department}};
    }
    Effects operator()(const StagePlanCame& event) {
        model.stage_plan.finish(event.plan);
        return {};
    }
    Effects operator()(const StageProgressed& event) {
        if (model.stage_under_way) model.stage_under_way = event.job;
        return {};
    }
    Effects operator()(const StageEnded& event) {
        model.stage_under_way.reset();
        if (!event.batch) {
            model.error = event.batch.error();
            model.stage_plan.start();  // what it would do now
            return {FetchStagePlan{period()}};
        }
        model.asking = {};
        Effects effects = ask_round();
        effects.push_back(RefreshTotals{});
        effects.push_back(Notify{NoticeTone::good, world.words(Text::round_stage_1_done, {{"count", format_count(event.batch->moved)}})});
        return effects;
    }
    Effects operator()(const LiftPressed& event) {
        model.error.reset();
        model.asking = {"lift", 0, event.code, event.name};
        return {};
    }
    Effects operator()(const Lifted& event) {
        model.acting = false;
        model.error = event.error;
        if (event.error) return {};
        const std::string code = model.asking.customer_code;
        model.asking = {};
        Effects effects = ask_tab();
        effects.push_back(Notify{NoticeTone::good, world.words(Text::round_lifted, {{"code", code}})});
        return effects;
    }
    Effects operator()(const NetworkPressed& event) {
        Address address{{"customers"}, {}};
        return {Navigate{to_text(address.with("unit", event.unit).with("pool", "1")), false}};
    }
    Effects operator()(const BatchPressed&) {
        return {Navigate{batches::address_of_batch(model.round.value.stage_1_batch), false}};
    }
    Effects operator()(const MoreWanted&) { return more(model.tab == Tab::conflicts ? model.conflicts : model.locks); }
    Effects operator()(const Retried&) {
        if (model.rounds.failed()) {
            model.rounds.start();
            return {FetchRounds{}};
        }
        return ask_round();
    }
    Effects operator()(const WorldChanged&) {
        if (!model.rounds.ready()) return {};
        sum_networks(model, world);
        model.period = 0;
        model.rounds.start();
        return {FetchRounds{}};
    }
    Effects operator()(const ListArrived& event) {
        if (take(model.placed, event)) sum_networks(model, world);
        (void)take(model.conflicts, event);
        (void)take(model.locks, event);
        if (!take(model.claims, event)) return {};
        model.claiming.clear();
        const ListRows& rows = model.claims.rows;
        for (std::int64_t row = 0; row < rows.size(); ++row)
            model.claiming[rows.number(row, "customer").value_or(0)].push_back(rows.number(row, "department").value_or(0));
        return {};
    }
};

}  // namespace

std::string_view code_of(Tab tab) { return kTabCodes[static_cast<std::size_t>(tab)]; }

Effects reduce(Model& model, const Event& event, const World& world) { return std::visit(Reducer{model, world}, event); }

Address address_of(const Model& model) {
    Address address{{"round"}, {}};
    const bool current = model.rounds.ready() && model.rounds.value.current == model.period;
    return address.with("period", current ? 0 : model.period).with("tab", model.tab == Tab::progress ? "" : code_of(model.tab));
}

bool may(const dto::RoundDto& round, std::string_view act) { return std::find(round.acts.begin(), round.acts.end(), act) != round.acts.end(); }

std::string next_act(const dto::RoundDto& round) {
    // The step that is due; of gathering and giving again only when asked for.
    for (const dto::RoundStepDto& step : round.steps) {
        if (step.state != "current") continue;
        if (step.step == "resolve") return may(round, "decide") ? "decide" : "";
        if (step.step == "confirm") return may(round, "confirm") ? "confirm" : "";
        return may(round, step.step) ? step.step : "";
    }
    return {};
}

CloseLine close_line(const dto::RoundDto& round, const World& world) {
    const Words& words = world.words;
    const std::string left = format_count(round.unplaced);
    if (round.phase == "closed")
        return {NoticeTone::neutral, words(Text::round_closed_line, {{"at", to_the_minute(round.closed_at)}, {"locked", format_count(round.locked)}, {"until", round.locks_until}})};
    if (!round.open)
        return {NoticeTone::neutral, words(Text::round_not_open_line, {{"from", round.opens_on}, {"to", round.closes_on}})};
    if (round.unplaced == 0) return {NoticeTone::good, words(Text::round_all_placed_line, {{"to", round.closes_on}})};
    const std::string days = std::to_string(round.days_left);
    if (round.urgency == "last_day") return {NoticeTone::bad, words(Text::round_last_day_line, {{"left", left}, {"until", round.locks_until}})};
    const NoticeTone tone = round.urgency == "urgent" ? NoticeTone::bad : round.urgency == "soon" ? NoticeTone::warn : NoticeTone::neutral;
    return {tone, words(Text::round_open_line, {{"to", round.closes_on}, {"days", days}, {"left", left}, {"until", round.locks_until}})};
}

}  // namespace qudao::client::round
