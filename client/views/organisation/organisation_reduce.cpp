#include "client/views/organisation/organisation_model.hpp"

#include <algorithm>

#include "shared/domain/unit_change.hpp"

namespace qudao::client::organisation {
namespace {

enum Question : std::uint8_t { kAdd, kChange, kMove, kDelete, kUndo, kPlan, kUses, kChanges };

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

    Effects unit_chosen() {
        ++model.chosen_version;
        model.doing = Doing::nothing;
        model.error.reset();
        model.changes = {};
        if (model.units.selected == 0 || !world.may(Action::view_audit)) return {};
        model.changes.start();
        dto::AuditRequest request;
        request.kind = "unit.";
        request.subject = model.units.selected;
        request.limit = 20;
        CallApi ask{Asker::organisation, kChanges, "audit.list", {}, {}, dto::to_json(request)};
        return {std::move(ask)};
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
        const dto::UnitChangeRequest request{basis(), std::move(name), sort_order, std::move(billing_area), active};
        return changing(call(kChange, "units.change", dto::to_json(request)));
    }

    Effects operator()(const Opened& event) {
        if (const std::int64_t unit = event.address.number("unit"); unit != 0) select_unit(model.units, model.units.tree, unit, world);
        if (model.units.selected == 0 && !world.home_units.empty()) model.units.selected = world.home_units.front();
        refresh(model.units, world);
        return unit_chosen();
    }
    Effects operator()(const OrganisationCame&) {
        refresh(model.units, world);
        ++model.chosen_version;
        return {};
    }
    Effects operator()(const UnitTreeUsed& event) {
        if (!client::reduce(model.units, event.event, world)) return {};
        return unit_chosen();
    }
    Effects operator()(const TargetTreeUsed& event) {
        if (!client::reduce(model.target, event.event, world) || model.target.selected == 0 || chosen(model, world) == nullptr) return {};
        model.error.reset();
        model.plan.start();
        model.planned_target = model.target.selected;
        return {call(kPlan, "units.move_preview", dto::to_json(move_request(0)))};
    }
    Effects operator()(const SavePressed& event) {
        const UnitRecord* unit = chosen(model, world);
        if (unit == nullptr || model.saving) return {};
        return change(event.name, event.billing_area, event.sort_order, unit->active);
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
    Effects operator()(const UndoPressed& event) {
        if (model.saving) return {};
        return changing(CallApi{Asker::organisation, kUndo, "units.undo", {{"entry", std::to_string(event.entry)}}, {}, {}});
    }

    Effects done(Text words) {
        Effects effects = unit_chosen();
        effects.push_back(RefreshSession{});
        effects.push_back(Notify{NoticeTone::good, std::string(world.words(words))});
        return effects;
    }
    Effects operator()(const ApiReplied& replied) {
        switch (replied.question) {
            case kPlan: model.plan.finish(read_reply<dto::UnitMovePlanDto>(replied)); return {};
            case kUses: model.uses.finish(read_reply<dto::UnitUsesDto>(replied)); return {};
            case kChanges: model.changes.finish(read_reply<dto::AuditPageDto>(replied)); return {};
            default: break;
        }
        model.saving = false;
        if (!replied.body) {
            model.error = replied.body.error();
            // What the person looked at is out of date: the newest comes with the refusal.
            return model.error->code == "units.stale" ? Effects{RefreshSession{}} : Effects{};
        }
        if (replied.question == kDelete) model.units.selected = 0;
        if (replied.question == kAdd)
            if (const auto added = read_reply<dto::UnitChangedDto>(replied)) model.units.selected = added->unit;
        const Text words = replied.question == kAdd      ? Text::units_added
                           : replied.question == kMove   ? Text::units_moved
                           : replied.question == kDelete ? Text::units_deleted
                           : replied.question == kUndo   ? Text::units_undone
                                                         : Text::units_saved;
        return done(words);
    }
};

}  // namespace

Effects reduce(Model& model, const Event& event, const World& world) { return std::visit(Reducer{model, world}, event); }

Address address_of(const Model& model) {
    Address address{{"organisation"}, {}};
    return address.with("unit", model.units.selected);
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
