#include <algorithm>
#include <array>

#include "client/views/cabinets/cabinets_model.hpp"

namespace qudao::client::cabinets {
namespace {

constexpr std::array<std::string_view, 4> kTabs = {"cabinets", "ranges", "proposals", "what_if"};

struct Reducer {
    Model& model;
    const World& world;

    Effects show_tab() {
        switch (model.tab) {
            case Tab::cabinets: model.cabinets.start(); return {FetchCabinets{model.text, {}}, FetchRanges{0}};
            case Tab::ranges: model.ranges.start(); return {FetchRanges{0}};
            case Tab::proposals: model.proposals.start(); return {FetchProposals{}};
            case Tab::what_if: return {};
        }
        return {};
    }
    Effects operator()(const Opened& event) {
        const auto tab = std::find(kTabs.begin(), kTabs.end(), event.address.get("tab"));
        model.tab = tab == kTabs.end() ? Tab::cabinets : static_cast<Tab>(tab - kTabs.begin());
        model.text = event.address.get("text");
        model.edit.reset();
        return show_tab();
    }
    Effects operator()(const TabPressed& event) {
        model.tab = event.tab;
        Effects effects = show_tab();
        effects.push_back(Navigate{to_text(address_of(model)), true});
        return effects;
    }
    Effects operator()(const Searched& event) {
        model.text = event.text;
        model.cabinets.start();
        return {FetchCabinets{model.text, {}}, Navigate{to_text(address_of(model)), true}};
    }
    Effects operator()(const CabinetsCame& event) {
        if (event.text != model.text) return {};
        model.more_loading = false;
        if (!event.cabinets) {
            if (event.first) model.cabinets.finish(event.cabinets.error());
            return {};
        }
        if (event.first) model.cabinets.finish(event.cabinets->cabinets);
        else model.cabinets.value.insert(model.cabinets.value.end(), event.cabinets->cabinets.begin(), event.cabinets->cabinets.end());
        model.next = event.cabinets->next;
        return {};
    }
    Effects operator()(const MoreWanted&) {
        if (!model.next || model.more_loading) return {};
        model.more_loading = true;
        return {FetchCabinets{model.text, *model.next}};
    }
    Effects operator()(const RangesCame& event) {
        if (!event.ranges) {
            model.ranges.finish(event.ranges.error());
            return {};
        }
        std::vector<dto::NumberRangeDto> all = event.after == 0 ? std::vector<dto::NumberRangeDto>() : std::move(model.ranges.value);
        all.insert(all.end(), event.ranges->ranges.begin(), event.ranges->ranges.end());
        model.ranges.finish(std::move(all));
        if (event.ranges->next) return {FetchRanges{*event.ranges->next}};
        if (model.edit) refresh_preview();
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
        edit.served.finish(std::vector<dto::ServedSubscriberDto>());
        return {};
    }
    Effects operator()(const EditClosed&) {
        model.edit.reset();
        return {};
    }
    Effects operator()(const Named& event) {
        if (!model.edit || !model.edit->fresh) return {};
        model.edit->cabinet.code = event.code;
        model.edit->cabinet.name = event.name;
        model.edit->number_range.first = event.first;
        model.edit->number_range.last = event.last;
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
        std::vector<dto::ServedSubscriberDto> all = event.first ? std::vector<dto::ServedSubscriberDto>() : std::move(edit.served.value);
        all.insert(all.end(), event.served->subscribers.begin(), event.served->subscribers.end());
        edit.served.finish(std::move(all));
        refresh_preview();
        if (!event.served->next) return {};
        edit.served.start();
        return {FetchServed{edit.range, edit.range ? edit.number_range.first : edit.cabinet.code, edit.number_range.last, *event.served->next, edit.generation}};
    }
    void refresh_preview() {
        Edit& edit = *model.edit;
        if (!world.organisation) return;
        std::vector<Cabinet> cabinets;
        std::vector<NumberRange> ranges;
        const std::int64_t before = edit.range ? edit.number_range.unit : edit.cabinet.unit;
        for (const dto::NumberRangeDto& range : model.ranges.value)
            if (!edit.range || range.id != edit.number_range.id) ranges.push_back(from_dto(range));
        if (edit.range) {
            ranges.push_back(from_dto(edit.number_range));
            ranges.back().unit = {edit.units.selected};
            if (edit.units.selected == 0) ranges.pop_back();
        } else {
            cabinets.push_back(from_dto(edit.cabinet));
            cabinets.back().unit = {edit.units.selected};
        }
        edit.preview = preview_of(*world.organisation, edit.served.value, std::move(cabinets), std::move(ranges), before);
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
        if (!event.proposals) {
            model.proposals.finish(event.proposals.error());
            return {};
        }
        model.proposals.finish(event.proposals->proposals);
        model.proposals_next = event.proposals->next;
        return {};
    }
    Effects operator()(const ProposalsMovePressed&) {
        std::vector<MoveLine> moves;
        for (const dto::ProposalDto& one : model.proposals.value) {
            const bool named = std::any_of(moves.begin(), moves.end(), [&](const MoveLine& move) { return move.customer == one.customer_code; });
            if (named) continue;
            moves.push_back({one.customer_code, world.unit_code(one.to), world.words(Text::proposals_note, {{"old", one.old_cabinet}, {"new", one.new_cabinet}})});
        }
        Effects effects;
        open_moves(effects, moves);
        return effects;
    }
    Effects operator()(const ProposalDismissed& event) { return {CloseProposal{event.proposal}}; }

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
    return address.with("tab", model.tab == Tab::cabinets ? std::string_view() : kTabs[static_cast<std::size_t>(model.tab)]).with("text", model.text);
}

}  // namespace qudao::client::cabinets
