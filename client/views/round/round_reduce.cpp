#include <algorithm>
#include <array>
#include <utility>

#include "client/views/batches/batches_model.hpp"
#include "client/views/common/format.hpp"
#include "client/views/round/round_lists.hpp"

namespace qudao::client::round {
namespace {

using query::Op;

constexpr std::array<std::string_view, kTabs> kTabCodes = {"progress", "departments", "conflicts", "locks"};
constexpr std::size_t kFaultsInFile = 10'000;

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
                model.chosen.clear();
                return {start(model.conflicts, std::move(spec))};
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
        const std::string_view by = event.address.get("by");
        model.progress_chosen = !by.empty();
        if (model.progress_chosen) model.progress_tree = by == "channel" ? Tree::channel : Tree::area;
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
        // Somebody came since: lists that are out are given again after it, and that is asked first.
        const bool gathers_again = event.act == "gather" && model.round.value.phase == "given" && !late_words(model.round.value, world).empty();
        if (gathers_again || event.act == "send_back" || event.act == "hand_over" || event.act == "confirm") {
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
        if (asked.act == "decide_all") {
            if (!model.undecided.ready() || model.acting) return {};
            model.deciding = {};
            model.deciding.all_of = asked.department;
            return {gather_undecided(std::nullopt)};
        }
        return act(asked.act, asked.department, event.note);
    }
    Effects operator()(const AskingClosed&) {
        if (!model.stage_under_way) model.asking = {};
        return {};
    }
    Effects operator()(const Acted& event) {
        const bool decisions = !model.deciding.sent.empty();
        model.acting = false;
        if (!event.round) {
            model.error = event.round.error();
            model.deciding = {};
            if (model.asking.act.empty()) return {Notify{NoticeTone::bad, sentence_of(world.language(), *model.error)}};
            return {};
        }
        model.round.finish(event.round);
        if (decisions) return decided();
        model.asking = {};
        return ask_tab();
    }
    Effects operator()(const ListWanted& event) { return {ExportList{department_list(model, world, event.department)}}; }
    Effects operator()(const StageTwoWanted&) {
        if (!world.may(Action::export_list)) return {};
        return {ExportList{stage_two_list(model, world)}};
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
    // --- conflicts: one by one, those chosen, or all that a department claims
    Effects decide(std::vector<dto::DecisionDto> decisions) {
        if (model.acting || decisions.empty()) return {};
        model.deciding.next = std::move(decisions);
        return {send_decisions()};
    }
    Effect send_decisions() {
        Deciding& deciding = model.deciding;
        const std::size_t count = std::min(deciding.next.size(), dto::kMaxDecisions);
        deciding.sent.assign(deciding.next.begin(), deciding.next.begin() + static_cast<std::ptrdiff_t>(count));
        deciding.next.erase(deciding.next.begin(), deciding.next.begin() + static_cast<std::ptrdiff_t>(count));
        model.acting = true;
        return DecideRound{period(), deciding.sent};
    }
    // The rows stay where they are; only a department's whole lot is looked at anew.
    Effects decided() {
        Deciding& deciding = model.deciding;
        for (const dto::DecisionDto& one : deciding.sent) {
            model.decided[one.customer] = one.department;
            model.chosen.erase(one.customer);
        }
        deciding.done += static_cast<std::int64_t>(deciding.sent.size());
        deciding.sent.clear();
        if (!deciding.next.empty()) return {send_decisions()};
        if (deciding.more) return {gather_undecided(std::nullopt)};
        return all_decided();
    }
    Effects all_decided() {
        const Deciding deciding = std::exchange(model.deciding, {});
        model.acting = false;
        model.asking = {};
        Effects effects;
        if (deciding.all_of != 0) effects = ask_tab();
        const std::string done = format_count(deciding.done);
        if (deciding.left_out != 0) effects.push_back(Notify{NoticeTone::warn, world.words(Text::round_decided_part, {{"count", done}, {"left", format_count(deciding.left_out)}})});
        else if (deciding.done != 1 || deciding.all_of != 0) effects.push_back(Notify{NoticeTone::good, world.words(Text::round_decided_many, {{"count", done}})});
        return effects;
    }
    std::vector<query::Filter> undecided_by(std::int64_t department) const {
        return {equals("period", model.period), equals("department", department), equals("claimed", 1), {"claims", Op::greater, {std::int64_t{1}}, Tree::area},
                {"decided", Op::has_no_data, {}, Tree::area}};
    }
    Effect gather_undecided(std::optional<std::string> cursor) {
        model.acting = true;
        query::QuerySpec spec;
        spec.source = query::Source::round_mark;
        spec.filters = undecided_by(model.deciding.all_of);
        spec.limit = query::kMaxPageRows;
        return FetchList{ListId::round_undecided, ++model.undecided_generation, std::move(spec), std::move(cursor)};
    }
    Effects undecided_came(const ListArrived& event) {
        Deciding& deciding = model.deciding;
        if (event.generation != model.undecided_generation || deciding.all_of == 0) return {};
        if (!event.page) {
            model.acting = false;
            model.deciding = {};
            model.error = event.page.error();
            return {};
        }
        ListRows rows(query::Source::round_mark);
        rows.append(*event.page);
        for (std::int64_t row = 0; row < rows.size(); ++row) deciding.next.push_back({rows.number(row, "customer").value_or(0), deciding.all_of});
        deciding.more = event.page->next.has_value();
        if (deciding.more && deciding.next.size() + static_cast<std::size_t>(query::kMaxPageRows) <= dto::kMaxDecisions) return {gather_undecided(event.page->next)};
        if (deciding.next.empty()) return all_decided();
        return {send_decisions()};
    }
    Effects operator()(const Decided& event) { return decide({{event.customer, event.department}}); }
    Effects operator()(const ConflictChosen& event) {
        if (model.chosen.erase(event.customer) == 0) model.chosen.insert(event.customer);
        return {};
    }
    Effects operator()(const AllConflictsChosen&) {
        const ListRows& rows = model.conflicts.rows;
        const bool all = static_cast<std::int64_t>(model.chosen.size()) == rows.size();
        model.chosen.clear();
        for (std::int64_t row = 0; !all && row < rows.size(); ++row) model.chosen.insert(rows.number(row, "customer").value_or(0));
        return {};
    }
    Effects operator()(const ChosenDecided& event) {
        if (model.acting) return {};
        std::vector<dto::DecisionDto> decisions;
        for (const std::int64_t customer : model.chosen) {
            const auto claims = model.claims.value.find(customer);
            const bool claimed = claims != model.claims.value.end() && std::any_of(claims->second.begin(), claims->second.end(), [&](const Claim& claim) { return claim.department == event.department; });
            if (event.department == 0 || claimed) decisions.push_back({customer, event.department});
        }
        model.deciding = {};
        model.deciding.left_out = static_cast<std::int64_t>(model.chosen.size() - decisions.size());
        return decisions.empty() ? all_decided() : decide(std::move(decisions));
    }
    Effects operator()(const AllDecidedPressed& event) {
        model.error.reset();
        model.asking = {"decide_all", event.department, {}, {}};
        model.undecided.start();
        query::QuerySpec spec;
        spec.source = query::Source::round_mark;
        spec.filters = undecided_by(event.department);
        spec.measures = {{query::MeasureKind::count, ""}};
        return {FetchList{ListId::round_undecided_count, ++model.undecided_generation, std::move(spec), std::nullopt}};
    }
    // Who claims the customers that have come, some hundreds at a time: there are at most three to each.
    Effects ask_claims() {
        const ListRows& rows = model.conflicts.rows;
        if (model.claims.loading() || model.claims_known >= rows.size()) return {};
        constexpr std::int64_t kCustomers = query::kMaxPageRows / static_cast<std::int64_t>(kRoundDepartments.size());
        query::Filter of{"customer", Op::any_of, {}, Tree::area};
        model.claims_asked = std::min(rows.size(), model.claims_known + kCustomers);
        for (std::int64_t row = model.claims_known; row < model.claims_asked; ++row) of.values.emplace_back(rows.number(row, "customer").value_or(0));
        query::QuerySpec spec;
        spec.source = query::Source::round_mark;
        spec.filters = {equals("period", model.period), std::move(of), equals("claimed", 1)};
        spec.limit = query::kMaxPageRows;
        model.claims.start();
        return {FetchList{ListId::round_claims, ++model.claims_generation, std::move(spec), std::nullopt}};
    }
    Effects claims_came(const ListArrived& event) {
        if (event.generation != model.claims_generation) return {};
        if (!event.page) {
            model.claims.finish(event.page.error());
            return {};
        }
        Claims claims = std::move(model.claims.value);
        ListRows rows(query::Source::round_mark);
        rows.append(*event.page);
        for (std::int64_t row = 0; row < rows.size(); ++row)
            claims[rows.number(row, "customer").value_or(0)].push_back({rows.number(row, "department").value_or(0), std::string(rows.text(row, "note"))});
        model.claims.finish(std::move(claims));
        model.claims_known = model.claims_asked;
        return ask_claims();
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
        effects.push_back(CountHandovers{});
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
    Effects operator()(const ProgressPressed& event) {
        Address address{{"customers"}, {}};
        address.with("unit", event.unit).with("tree", model.progress_tree == Tree::channel ? "channel" : "").with("pool", "1").with("period", model.period);
        return {Navigate{to_text(address), false}};
    }
    Effects operator()(const ProgressTreePressed& event) {
        model.progress_tree = event.tree;
        model.progress_chosen = true;
        sum_units(model, world);
        return {Navigate{to_text(address_of(model)), true}};
    }
    Effects operator()(const BatchPressed&) {
        return {Navigate{batches::address_of_batch(model.round.value.stage_1_batch), false}};
    }
    PagedList& shown() { return model.tab == Tab::conflicts ? model.conflicts : model.locks; }
    Effects operator()(const MoreWanted&) { return more(shown()); }
    Effects operator()(const ListShaped& event) {
        model.chosen.clear();
        return reshape(shown(), event.shape, world);
    }
    Effects operator()(const Retried&) {
        if (model.rounds.failed()) {
            model.rounds.start();
            return {FetchRounds{}};
        }
        if (model.round.ready() && model.conflicts.state == RemoteState::ready && model.claims.failed()) return ask_claims();
        return ask_round();
    }
    Effects operator()(const WorldChanged&) {
        if (!model.rounds.ready()) return {};
        sum_units(model, world);
        model.period = 0;
        model.rounds.start();
        return {FetchRounds{}};
    }
    Effects operator()(const ListArrived& event) {
        switch (event.list) {
            case ListId::round_claims: return claims_came(event);
            case ListId::round_undecided: return undecided_came(event);
            case ListId::round_undecided_count: {
                if (event.generation != model.undecided_generation) return {};
                if (!event.page) model.undecided.finish(event.page.error());
                ListRows rows(query::Source::round_mark);
                if (event.page) rows.append(*event.page);
                if (event.page) model.undecided.finish(rows.number(0, "count").value_or(0));
                return {};
            }
            default: break;
        }
        if (take(model.placed, event)) sum_units(model, world);
        (void)take(model.locks, event);
        if (!take(model.conflicts, event)) return {};
        if (event.first) {   // other rows
            model.claims = {};
            model.claims_known = 0;
            model.decided.clear();
        }
        return ask_claims();
    }
};

}  // namespace

std::string_view code_of(Tab tab) { return kTabCodes[static_cast<std::size_t>(tab)]; }

Effects reduce(Model& model, const Event& event, const World& world) { return std::visit(Reducer{model, world}, event); }

Address address_of(const Model& model) {
    Address address{{"round"}, {}};
    const bool current = model.rounds.ready() && model.rounds.value.current == model.period;
    address.with("period", current ? 0 : model.period).with("tab", model.tab == Tab::progress ? "" : code_of(model.tab));
    return address.with("by", !model.progress_chosen ? "" : model.progress_tree == Tree::channel ? "channel" : "area");
}

std::optional<std::int64_t> decided_of(const Model& model, std::int64_t row) {
    const auto decided = model.decided.find(model.conflicts.rows.number(row, "customer").value_or(0));
    return decided != model.decided.end() ? std::optional(decided->second) : model.conflicts.rows.number(row, "decided");
}

bool may(const dto::RoundDto& round, std::string_view act) { return std::find(round.acts.begin(), round.acts.end(), act) != round.acts.end(); }

bool lists_to_give(const dto::RoundDto& round) {
    if (round.phase != "given") return round.phase == "gathered";
    return std::any_of(round.departments.begin(), round.departments.end(),
                       [](const dto::RoundDepartmentDto& one) { return one.state.empty() || one.state == "returned"; });
}

std::string late_words(const dto::RoundDto& round, const World& world) {
    const std::int64_t late = round.new_customers - round.gathered;
    if (late <= 0 || round.phase == "waiting" || round.phase == "closed") return {};
    const bool before = round.phase == "gathered" || round.phase == "given";
    return world.words(before ? Text::round_late_gather : Text::round_late_place, {{"count", format_count(late)}});
}

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
