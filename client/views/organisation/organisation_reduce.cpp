#include "client/views/organisation/organisation_model.hpp"

#include <algorithm>

#include "shared/domain/unit_change.hpp"

namespace qudao::client::organisation {
namespace {

enum Question : std::uint8_t { kAdd, kChange, kMove, kDelete, kUndo, kPlan, kUses, kChanges };

constexpr std::string_view kForm = "unit";  // of common/forms.hpp

// Fields as they are kept, with what they were made from.
struct Unsaved {
    Fields typed;
    Fields stored;
    std::int64_t basis = 0;
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("typed", self.typed);
        v("stored", self.stored);
        v("basis", self.basis);
    }
};

bool channel_tree_alone(UnitKind kind) { return kind == UnitKind::channel || kind == UnitKind::network_channel; }

struct Reducer {
    Model& model;
    const World& world;

    CallApi call(Question question, std::string use_case, std::string body = {}, std::string query = {}) const {
        CallApi one{Asker::organisation, question, std::move(use_case), {}, std::move(query), std::move(body)};
        if (question != kAdd) one.path.emplace("unit", std::to_string(model.units.selected));
        return one;
    }
    std::int64_t basis() const { return world.session.basis.number; }

    void fill() {
        ++model.chosen_version;
        model.restored_unix_ms = model.made_from = 0;
        const UnitRecord* unit = chosen(model, world);
        model.typed = unit == nullptr ? Fields{} : fields_of(*unit);
    }
    // A unit that is no longer what the fields were made from is not overwritten: the server refuses the old basis.
    void restore() {
        const UnitRecord* unit = chosen(model, world);
        const Form* form = unit == nullptr ? nullptr : find_form(world, kForm, model.units.selected);
        if (form == nullptr) return;
        auto kept = dto::from_json<Unsaved>(form->json);
        if (!kept || kept->typed == model.typed) return;
        model.made_from = kept->stored == fields_of(*unit) ? 0 : kept->basis;
        model.typed = std::move(kept->typed);
        model.restored_unix_ms = form->at_unix_ms;
        ++model.chosen_version;
    }
    Effects unit_chosen() {
        fill();
        model.doing = Doing::nothing;
        model.error.reset();
        return ask_changes();
    }
    Effects operator()(const Retried&) { return ask_changes(); }
    Effects ask_changes() {
        model.changes = {};
        if (chosen(model, world) == nullptr || !world.may(Action::manage_units)) return {};
        model.changes.start();
        return {call(kChanges, "units.changes")};
    }
    Effects and_say(Effects effects, bool replace) const {
        effects.push_back(Navigate{to_text(address_of(model)), replace});
        return effects;
    }
    // The parents the unit would have below the unit chosen in the dialog; a department keeps the other tree's.
    dto::UnitMoveRequest move_request(std::int64_t with_basis) const {
        const UnitRecord* unit = chosen(model, world);
        dto::UnitMoveRequest request{with_basis, unit->area_parent.value, unit->channel_parent.value};
        const std::int64_t target = model.target.selected;
        if (unit->kind == UnitKind::department) (model.target.tree == Tree::area ? request.area_parent : request.channel_parent) = target;
        else if (channel_tree_alone(unit->kind)) request.channel_parent = target;
        else if (unit->kind == UnitKind::branch || unit->kind == UnitKind::local_network) request.area_parent = target;
        else request.area_parent = request.channel_parent = target;
        return request;
    }
    Effects changing(CallApi ask) {
        model.saving = true;
        model.error.reset();
        return {std::move(ask)};
    }
    Effects change(std::string name, std::string billing_area, std::int32_t sort_order, bool active) {
        const dto::UnitChangeRequest request{model.made_from != 0 ? model.made_from : basis(), std::move(name), sort_order, std::move(billing_area), active};
        return changing(call(kChange, "units.change", dto::to_json(request)));
    }

    Effects operator()(const Opened& event) {
        const Tree tree = event.address.get("tree") == "channel" ? Tree::channel : Tree::area;
        if (const std::int64_t unit = event.address.number("unit"); unit != 0) select_unit(model.units, tree, unit, world);
        if (model.units.selected == 0 && !world.home_units.empty()) model.units.selected = world.home_units.front();
        refresh(model.units, world);
        Effects effects = unit_chosen();
        restore();
        return effects;
    }
    Effects operator()(const FormsCame&) {
        restore();
        return {};
    }
    Effects operator()(const OrganisationCame&) {
        refresh(model.units, world);
        fill();
        restore();
        return {};
    }
    Effects operator()(const UnitTreeUsed& event) {
        if (!client::reduce(model.units, event.event, world)) return {};
        Effects effects = unit_chosen();
        restore();
        return and_say(std::move(effects), false);
    }
    Effects operator()(const TargetTreeUsed& event) {
        if (!client::reduce(model.target, event.event, world) || model.target.selected == 0 || chosen(model, world) == nullptr) return {};
        model.error.reset();
        model.plan.start();
        model.planned_target = model.target.selected;
        return {call(kPlan, "units.move_preview", dto::to_json(move_request(0)))};
    }
    Effects operator()(const Typed& event) {
        const UnitRecord* unit = chosen(model, world);
        if (unit == nullptr) return {};
        model.typed = event.fields;
        Unsaved unsaved{model.typed, fields_of(*unit), basis()};
        const bool differs = !(unsaved.typed == unsaved.stored);
        // Where somebody else has changed the unit since, that stays so however often the fields are changed.
        if (const auto before = kept_form<Unsaved>(world, kForm, model.units.selected); before && model.made_from != 0)
            unsaved = {model.typed, before->stored, model.made_from};
        return follow_form(world, kForm, model.units.selected, differs, dto::to_json(unsaved));
    }
    Effects operator()(const Discarded&) {
        fill();
        return forget_form(world, kForm, model.units.selected);
    }
    Effects operator()(const SavePressed&) {
        const UnitRecord* unit = chosen(model, world);
        if (unit == nullptr || model.saving) return {};
        return change(model.typed.name, model.typed.billing_area, static_cast<std::int32_t>(number_in(model.typed.order)), unit->active);
    }
    Effects operator()(const ActivityPressed&) {
        const UnitRecord* unit = chosen(model, world);
        if (unit == nullptr || model.saving) return {};
        return change(unit->name, unit->billing_area, unit->sort_order, !unit->active);
    }
    Effects operator()(const DoPressed& event) {
        const UnitRecord* unit = chosen(model, world);
        model.doing = unit == nullptr ? Doing::nothing : event.doing;
        model.error.reset();
        if (model.doing == Doing::moving) {
            model.plan = {};
            model.target = UnitTree{};
            const Tree tree = channel_tree_alone(unit->kind) ? Tree::channel : model.units.tree;
            select_unit(model.target, tree, (tree == Tree::area ? unit->area_parent : unit->channel_parent).value, world);
            refresh(model.target, world);
        } else if (model.doing == Doing::adding) {
            model.fresh = NewUnit{};
            const auto kinds = kinds_below(model, world);
            if (!kinds.empty()) model.fresh.kind = kinds.front();
            model.fresh.channel = unit->channel.value;
        } else if (model.doing == Doing::deleting) {
            model.uses.start();
            return {call(kUses, "units.uses")};
        }
        return {};
    }
    Effects operator()(const KindChosen& event) {
        model.fresh.kind = event.kind;
        return {};
    }
    Effects operator()(const ChannelChosen& event) {
        model.fresh.channel = event.channel;
        return {};
    }
    Effects operator()(const ChannelParentChosen& event) {
        model.fresh.channel_parent = event.unit;
        const UnitIndex unit = world.unit(event.unit);
        if (unit != kNoUnit) model.fresh.channel = world.organisation->unit(unit).channel.value;
        return {};
    }
    Effects operator()(const AddConfirmed& event) {
        const UnitRecord* above = chosen(model, world);
        if (above == nullptr || model.saving) return {};
        dto::UnitAddRequest request;
        request.code = event.code;
        request.name = event.name;
        request.billing_area = event.billing_area;
        request.kind = std::string(code_of(model.fresh.kind));
        const bool by_channel = channel_tree_alone(model.fresh.kind);
        const bool by_area = model.fresh.kind == UnitKind::local_network || model.fresh.kind == UnitKind::branch;
        request.channel = by_area ? 0 : model.fresh.channel;
        if (!by_channel) request.area_parent = above->id.value;
        if (!by_area) request.channel_parent = model.fresh.kind == UnitKind::department ? model.fresh.channel_parent : above->id.value;
        return changing(call(kAdd, "units.add", dto::to_json(request)));
    }
    Effects operator()(const MoveConfirmed&) {
        if (!model.plan.ready() || model.saving || chosen(model, world) == nullptr) return {};
        return changing(call(kMove, "units.move", dto::to_json(move_request(model.plan.value.basis))));
    }
    Effects operator()(const DeleteConfirmed&) {
        if (model.saving || !model.uses.ready() || !model.uses.value.uses.empty()) return {};
        return changing(call(kDelete, "units.delete", {}, "basis=" + std::to_string(basis())));
    }
    Effects undo(std::int64_t entry) { return changing(CallApi{Asker::organisation, kUndo, "units.undo", {{"entry", std::to_string(entry)}}, {}, {}}); }
    // To undo a move is a move: its effects are shown first.
    Effects operator()(const UndoPressed& event) {
        if (model.saving) return {};
        const auto& entries = model.changes.value.entries;
        const auto entry = std::find_if(entries.begin(), entries.end(), [&](const dto::AuditEntryDto& one) { return one.id == event.entry; });
        if (entry == entries.end()) return {};
        if (entry->kind != "unit.move") return undo(event.entry);
        model.doing = Doing::undoing;
        model.undone_entry = event.entry;
        model.error.reset();
        model.plan.start();
        const auto parent = [&](const char* tree) { return entry->before.value(tree, std::int64_t{0}); };
        return {call(kPlan, "units.move_preview", dto::to_json(dto::UnitMoveRequest{0, parent("area_parent"), parent("channel_parent")}))};
    }
    Effects operator()(const UndoConfirmed&) { return model.saving || !model.plan.ready() ? Effects{} : undo(model.undone_entry); }

    Effects done(Text words) {
        Effects effects = and_say(unit_chosen(), true);
        effects.push_back(RefreshSession{});
        effects.push_back(Notify{NoticeTone::good, std::string(world.words(words))});
        return effects;
    }
    Effects operator()(const ApiReplied& replied) {
        switch (replied.question) {
            case kPlan: model.plan.finish(read_reply<dto::UnitMovePlanDto>(replied)); return {};
            case kUses: model.uses.finish(read_reply<dto::UnitUsesDto>(replied)); return {};
            case kChanges:
                model.changes.finish(read_reply<dto::AuditPageDto>(replied));
                // Of a unit that somebody else administers there is nothing to undo here.
                if (model.changes.failed() && model.changes.error.code == "units.out_of_scope") model.changes = {};
                return {};
            default: break;
        }
        model.saving = false;
        if (!replied.body) {
            model.error = replied.body.error();
            // What the person looked at is out of date: the newest comes with the refusal.
            return model.error->code == "units.stale" ? Effects{RefreshSession{}} : Effects{};
        }
        Effects forgotten;
        if (replied.question == kChange || replied.question == kDelete) forgotten = forget_form(world, kForm, model.units.selected);
        if (replied.question == kDelete) model.units.selected = 0;
        if (replied.question == kAdd)
            if (const auto added = read_reply<dto::UnitChangedDto>(replied)) model.units.selected = added->unit;
        const Text words = replied.question == kAdd      ? Text::units_added
                           : replied.question == kMove   ? Text::units_moved
                           : replied.question == kDelete ? Text::units_deleted
                           : replied.question == kUndo   ? Text::units_undone
                                                         : Text::units_saved;
        Effects effects = done(words);
        effects.insert(effects.begin(), forgotten.begin(), forgotten.end());
        return effects;
    }
};

}  // namespace

Effects reduce(Model& model, const Event& event, const World& world) { return std::visit(Reducer{model, world}, event); }

Fields fields_of(const UnitRecord& unit) { return {unit.name, unit.billing_area, std::to_string(unit.sort_order)}; }

Address address_of(const Model& model) {
    Address address{{"organisation"}, {}};
    return address.with("unit", model.units.selected).with("tree", model.units.tree == Tree::channel ? "channel" : "");
}

const UnitRecord* chosen(const Model& model, const World& world) {
    const UnitIndex unit = world.unit(model.units.selected);
    return unit == kNoUnit ? nullptr : &world.organisation->unit(unit);
}

std::vector<UnitKind> kinds_below(const Model& model, const World& world) {
    std::vector<UnitKind> kinds;
    const UnitRecord* above = chosen(model, world);
    if (above == nullptr) return kinds;
    for (int i = 0; i <= static_cast<int>(UnitKind::pool); ++i) {
        const auto kind = static_cast<UnitKind>(i);
        const Tree tree = channel_tree_alone(kind) ? Tree::channel : Tree::area;
        if (hangs_below(tree, kind, above->kind)) kinds.push_back(kind);
    }
    return kinds;
}

std::vector<std::int64_t> channel_parents(const World& world) {
    std::vector<std::int64_t> units;
    if (!world.organisation) return units;
    for (const UnitIndex unit : world.organisation->preorder(Tree::channel))
        if (world.organisation->unit(unit).kind == UnitKind::network_channel) units.push_back(world.organisation->unit(unit).id.value);
    return units;
}

}  // namespace qudao::client::organisation
