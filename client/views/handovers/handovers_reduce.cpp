#include "client/views/batches/batches_model.hpp"
#include "client/views/handovers/handovers_model.hpp"

namespace qudao::client::handovers {
namespace {

struct Reducer {
    Model& model;
    const World& world;

    Effect ask() {
        query::QuerySpec spec;
        spec.source = query::Source::handover;
        spec.limit = kListPageRows;
        if (model.units.selected != 0) spec.filters.push_back({"unit", query::Op::under, {model.units.selected}, model.units.tree});
        if (model.waiting_only) spec.filters.insert(spec.filters.end(), {{"confirmed_at", query::Op::has_no_data, {}, Tree::area}, {"undone_by", query::Op::has_no_data, {}, Tree::area}});
        spec.order = {{"batch", true}};
        return start(model.list, std::move(spec));
    }

    Effects operator()(const Opened& event) {
        model.opened = true;
        model.waiting_only = !event.address.get("waiting").empty();
        adopt_shape(model.list, shape_in(event.address), world);
        select_unit(model.units, event.address.get("tree") == "channel" ? Tree::channel : Tree::area, event.address.number("unit"), world);
        return {ask(), CountHandovers{}};
    }
    Effects operator()(const OrganisationCame&) {
        refresh(model.units, world);
        return {};
    }
    Effects operator()(const UnitTreeUsed& event) {
        if (!client::reduce(model.units, event.event, world)) return {};
        return {ask(), Navigate{to_text(address_of(model)), false}};
    }
    // The customers themselves stand in the log: what came to this unit in this batch.
    Effects operator()(const RowPressed& event) {
        Address address{{"log"}, {}};
        return {Navigate{to_text(address.with("to", event.unit).with("batch", event.batch)), false}};
    }
    Effects operator()(const WaitingPressed&) {
        model.waiting_only = !model.waiting_only;
        return {ask(), Navigate{to_text(address_of(model)), true}};
    }
    Effects operator()(const ConfirmPressed& event) {
        if (model.confirming) return {};
        model.confirming = true;
        return {ConfirmHandover{event.batch, event.unit}};
    }
    Effects operator()(const Confirmed& event) {
        model.confirming = false;
        if (event.error) return {Notify{NoticeTone::bad, sentence_of(world.language(), *event.error)}};
        return {ask(), CountHandovers{}};
    }
    Effects operator()(const BatchPressed& event) { return {Navigate{batches::address_of_batch(event.batch), false}}; }
    Effects operator()(const ListShaped& event) {
        Effects effects = reshape(model.list, event.shape, world);
        if (!effects.empty()) effects.push_back(Navigate{to_text(address_of(model)), false});
        return effects;
    }
    Effects operator()(const MoreWanted&) { return more(model.list); }
    Effects operator()(const Retried&) { return model.list.more_error ? more_again(model.list) : Effects{ask()}; }
    Effects operator()(const ListArrived& event) {
        take(model.list, event);
        return {};
    }
};

}  // namespace

Effects reduce(Model& model, const Event& event, const World& world) { return std::visit(Reducer{model, world}, event); }

Address address_of(const Model& model) {
    Address address{{"handovers"}, {}};
    address.with("unit", model.units.selected).with("tree", model.units.tree == Tree::channel ? "channel" : "").with("waiting", model.waiting_only ? "1" : "");
    return put_shape(address, model.list.shape);
}

}  // namespace qudao::client::handovers
