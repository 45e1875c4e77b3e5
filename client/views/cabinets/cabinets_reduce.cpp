#include <algorithm>
#include <array>

#include "client/views/cabinets/cabinets_model.hpp"
#include "client/views/common/format.hpp"
#include "shared/base/text.hpp"

namespace qudao::client::cabinets {
namespace {

constexpr std::array<std::string_view, 4> kTabs = {"cabinets", "ranges", "proposals", "what_if"};

struct Reducer {
    Model& model;
    const World& world;

    Effects show_tab() {
        model.more_loading = false;
        model.more_error.reset();
        model.proposals_gathering = false;
        model.next.reset();
        switch (model.tab) {
            case Tab::cabinets: model.cabinets.start(); return {FetchCabinets{model.text, {}}};
            case Tab::ranges: model.ranges.start(); return {FetchRanges{model.number, {}}};
            case Tab::proposals: model.proposals.start(); return {FetchProposals{}};
            case Tab::what_if: return {};
        }
        return {};
    }
    Effects operator()(const Opened& event) {
        const auto tab = std::find(kTabs.begin(), kTabs.end(), event.address.get("tab"));
        model.tab = tab == kTabs.end() ? Tab::cabinets : static_cast<Tab>(tab - kTabs.begin());
        model.text = event.address.get("text");
        model.number = event.address.get("number");
        model.edit.reset();
        return show_tab();
    }
    Effects operator()(const TabPressed& event) {
        model.tab = event.tab;
        Effects effects = show_tab();
        effects.push_back(Navigate{to_text(address_of(model)), true});
        return effects;
    }
    Effects operator()(const Retried&) { return show_tab(); }
    Effects operator()(const Searched& event) {
        if (model.tab == Tab::ranges) model.number = normalize_code(event.text);
        else model.text = event.text;
        Effects effects = show_tab();
        effects.push_back(Navigate{to_text(address_of(model)), true});
        return effects;
    }
    Effects operator()(const CabinetsCame& event) {
        if (event.text != model.text || model.tab != Tab::cabinets) return {};
        model.more_loading = false;
        if (!event.cabinets) {
            if (!event.first) return no_more(event.cabinets.error());
            model.cabinets.finish(event.cabinets.error());
            return {};
        }
        if (event.first) model.cabinets.finish(event.cabinets->cabinets);
        else model.cabinets.value.insert(model.cabinets.value.end(), event.cabinets->cabinets.begin(), event.cabinets->cabinets.end());
        model.next = event.cabinets->next;
        return {};
    }
    Effects no_more(const Error& error) {
        model.more_error = error;
        return {Notify{NoticeTone::bad, sentence_of(world.language(), error)}};
    }
    Effects operator()(const MoreWanted&) {
        if (model.more_error || model.more_loading) return {};
        if (model.tab == Tab::proposals) return more_proposals();
        if (!model.next) return {};
        model.more_loading = true;
        if (model.tab == Tab::ranges) return {FetchRanges{model.number, *model.next}};
        return {FetchCabinets{model.text, *model.next}};
    }
    Effects operator()(const RangesCame& event) {
        if (event.text != model.number || model.tab != Tab::ranges) return {};
        model.more_loading = false;
        if (!event.ranges) {
            if (!event.first) return no_more(event.ranges.error());
            model.ranges.finish(event.ranges.error());
            return {};
        }
        if (event.first) model.ranges.finish(event.ranges->ranges);
        else model.ranges.value.insert(model.ranges.value.end(), event.ranges->ranges.begin(), event.ranges->ranges.end());
        model.next = event.ranges->next;
        return {};
    }

    // --- one cabinet or range
    Edit& begin_edit(std::int64_t unit) {
        Edit edit;
        edit.generation = ++model.edits;
        edit.units.places_only = true;
        select_unit(edit.units, Tree::area, unit, world);
        model.edit = std::move(edit);
        return *model.edit;
    }
    Effects operator()(const CabinetPressed& event) {
        for (const dto::CabinetDto& cabinet : model.cabinets.value) {
            if (cabinet.code != event.code) continue;
            Edit& edit = begin_edit(cabinet.unit);
            edit.cabinet = cabinet;
            edit.served.start();
            return {FetchServed{false, cabinet.code, {}, {}, edit.generation}};
        }
        return {};
    }
    Effects operator()(const RangePressed& event) {
        for (const dto::NumberRangeDto& range : model.ranges.value) {
            if (range.id != event.range) continue;
            Edit& edit = begin_edit(range.unit);
            edit.range = true;
            edit.number_range = range;
            edit.served.start();
            return {FetchServed{true, range.first, range.last, {}, edit.generation}};
        }
        return {};
    }
    Effects operator()(const NewPressed&) {
        Edit& edit = begin_edit(0);
        edit.fresh = true;
        edit.range = model.tab == Tab::ranges;
        edit.served.finish(Served{});
        return {};
    }
    Effects operator()(const EditClosed&) {
        model.edit.reset();
        return {};
    }
    // A cabinet or range that is new to us may have subscribers all the same: of lines that name it, or numbers in it.
    Effects operator()(const Named& event) {
        if (!model.edit || !model.edit->fresh) return {};
        Edit& edit = *model.edit;
        const bool same = edit.range ? edit.number_range.first == event.first && edit.number_range.last == event.last : edit.cabinet.code == event.code;
        edit.cabinet.code = event.code;
        edit.cabinet.name = event.name;
        edit.number_range.first = event.first;
        edit.number_range.last = event.last;
        if (same) return {};
        const bool complete = edit.range ? check_range(event.first, event.last).ok() : !event.code.empty();
        edit.served.start();
        if (complete) return {FetchServed{edit.range, edit.range ? event.first : event.code, event.last, {}, edit.generation}};
        edit.served.finish(Served{});
        refresh_preview();
        return {};
    }
    Effects operator()(const UnitsUsed& event) {
        if (model.edit && client::reduce(model.edit->units, event.event, world)) refresh_preview();
        return {};
    }
    Effects operator()(const ServedCame& event) {
        if (!model.edit || model.edit->generation != event.generation) return {};
        Edit& edit = *model.edit;
        if (!event.served) {
            edit.served.finish(event.served.error());
            return {};
        }
        Served all = event.first ? Served{} : std::move(edit.served.value);
        append(all, *event.served);
        edit.served.finish(std::move(all));
        refresh_preview();
        if (!event.served->next) return {};
        edit.served.start();
        return {FetchServed{edit.range, edit.range ? edit.number_range.first : edit.cabinet.code, edit.number_range.last, *event.served->next, edit.generation}};
    }
    void refresh_preview() {
        Edit& edit = *model.edit;
        if (!world.organisation) return;
        Change change;
        change.before = edit.range ? edit.number_range.unit : edit.cabinet.unit;
        if (edit.range) {
            change.range = from_dto(edit.number_range);
            change.range->unit = {edit.units.selected};
        } else if (!edit.cabinet.code.empty()) {
            change.cabinet = from_dto(edit.cabinet);
            change.cabinet->unit = {edit.units.selected};
        }
        edit.preview = preview_of(*world.organisation, edit.served.value, change);
    }
    Effects operator()(const SavePressed& event) {
        if (!model.edit || model.edit->saving) return {};
        Edit& edit = *model.edit;
        edit.saving = true;
        edit.error.reset();
        edit.move_after = event.move_after;
        if (edit.range) {
            dto::NumberRangeDto range = edit.number_range;
            range.unit = edit.units.selected;
            return {SaveRange{std::move(range)}};
        }
        return {SaveCabinet{edit.cabinet.code, {edit.cabinet.name, edit.units.selected, edit.cabinet.version}}};
    }
    Effects operator()(const RemovePressed&) {
        if (!model.edit || model.edit->saving || !model.edit->range) return {};
        model.edit->saving = true;
        model.edit->move_after = false;
        return {RemoveRange{model.edit->number_range.id, model.edit->number_range.version}};
    }
    Effects operator()(const Saved& event) {
        if (!model.edit) return {};
        model.edit->saving = false;
        if (event.error) {
            model.edit->error = event.error;
            return {};
        }
        const Edit edit = std::move(*model.edit);
        model.edit.reset();
        Effects effects = show_tab();
        effects.push_back(Notify{NoticeTone::good, std::string(world.words(Text::edit_saved))});
        if (edit.move_after) move(effects, edit);
        return effects;
    }
    // The customers go to the workbench, where they are planned, committed and can be undone like any others.
    void move(Effects& effects, const Edit& edit) {
        const std::string what = edit.range ? edit.number_range.first + "-" + edit.number_range.last : edit.cabinet.code;
        const std::string note = world.words(Text::edit_note, {{"what", what}, {"unit", world.unit_name(edit.units.selected)}});
        std::vector<MoveLine> moves;
        for (const Affected& one : edit.preview.customers)
            if (one.proposed) moves.push_back({one.code, world.unit_code(one.then), note});
        open_moves(effects, moves);
    }
    void open_moves(Effects& effects, const std::vector<MoveLine>& moves) {
        if (moves.empty()) return;
        effects.push_back(Navigate{"/moves", false});
        effects.push_back(OpenMoves{cells_of(moves)});
    }

    // --- proposals
    Effects operator()(const ProposalsCame& event) {
        const bool first = event.after == 0;
        if (model.tab != Tab::proposals) return {};
        model.more_loading = false;
        if (!event.proposals) {
            model.proposals_gathering = false;
            if (!first) return no_more(event.proposals.error());
            model.proposals.finish(event.proposals.error());
            return {};
        }
        if (first) {
            model.proposals.finish(event.proposals->proposals);
            model.chosen.clear();
        } else {
            model.proposals.value.insert(model.proposals.value.end(), event.proposals->proposals.begin(), event.proposals->proposals.end());
        }
        model.proposals_next = event.proposals->next;
        if (!model.proposals_gathering) return {};
        if (model.proposals_next) return more_proposals();
        model.proposals_gathering = false;
        return move_proposals();
    }
    Effects more_proposals() {
        if (!model.proposals_next || model.more_loading) return {};
        model.more_loading = true;
        return {FetchProposals{*model.proposals_next}};
    }
    // Of several proposals for one customer the first counts.
    Effects move_proposals() {
        std::set<std::string> named;
        std::vector<MoveLine> moves;
        for (const dto::ProposalDto& one : model.proposals.value) {
            if (!model.chosen.empty() && model.chosen.count(one.id) == 0) continue;
            if (!named.insert(one.customer_code).second) continue;
            moves.push_back({one.customer_code, world.unit_code(one.to), world.words(Text::proposals_note, {{"old", one.old_cabinet}, {"new", one.new_cabinet}})});
        }
        Effects effects;
        open_moves(effects, moves);
        return effects;
    }
    Effects operator()(const ProposalsMovePressed&) {
        if (model.proposals_gathering) return {};
        if (!model.chosen.empty() || !model.proposals_next) return move_proposals();
        model.proposals_gathering = true;
        model.more_error.reset();
        return more_proposals();
    }
    Effects operator()(const ProposalChosen& event) {
        if (model.chosen.erase(event.proposal) == 0) model.chosen.insert(event.proposal);
        return {};
    }
    Effects operator()(const AllChosen&) {
        const bool all = model.chosen.size() == model.proposals.value.size();
        model.chosen.clear();
        if (all) return {};
        for (const dto::ProposalDto& one : model.proposals.value) model.chosen.insert(one.id);
        return {};
    }
    Effects operator()(const ProposalDismissed& event) { return {CloseProposal{event.proposal}}; }
    Effects operator()(const ProposalClosed& event) {
        if (event.error) return {Notify{NoticeTone::bad, sentence_of(world.language(), *event.error)}};
        std::erase_if(model.proposals.value, [&](const dto::ProposalDto& one) { return one.id == event.proposal; });
        model.chosen.erase(event.proposal);
        return {};
    }

    // --- what if
    Effects operator()(const Asked& event) {
        model.question = event.question;
        model.facts.start();
        model.what_if.reset();
        return {FetchFacts{event.question.access_number, event.question.contract, event.question.cabinet}};
    }
    Effects operator()(const FactsCame& event) {
        model.facts.finish(event.facts);
        if (!model.facts.ready() || !world.organisation) return {};
        const dto::PartitionFactsDto& facts = model.facts.value;
        if (model.question.billing_area.empty() && facts.subscriber) model.question.billing_area = facts.subscriber->billing_area;
        model.what_if = what_if(*world.organisation, facts, model.question.access_number, model.question.billing_area);
        if (model.what_if) model.what_if->contract = model.question.contract;
        return {};
    }
    Effects operator()(const OrganisationCame&) {
        if (model.edit) client::refresh(model.edit->units, world);
        return {};
    }
};

}  // namespace

Effects reduce(Model& model, const Event& event, const World& world) { return std::visit(Reducer{model, world}, event); }

Address address_of(const Model& model) {
    Address address{{"cabinets"}, {}};
    return address.with("tab", model.tab == Tab::cabinets ? std::string_view() : kTabs[static_cast<std::size_t>(model.tab)]).with("text", model.text).with("number", model.number);
}

std::string proposals_count(const Model& model) {
    if (model.proposals.value.empty()) return {};
    return format_count(static_cast<std::int64_t>(model.proposals.value.size())) + (model.proposals_next ? "+" : "");
}

}  // namespace qudao::client::cabinets
