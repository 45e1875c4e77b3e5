#include "client/views/batches/batches_model.hpp"
#include "shared/base/text.hpp"

namespace qudao::client::batches {
namespace {

using query::Op;

struct Reducer {
    Model& model;
    const World& world;

    Effect ask() {
        query::QuerySpec spec;
        spec.source = query::Source::batch;
        spec.limit = kListPageRows;
        if (!model.kind.empty()) spec.filters.push_back({"kind", Op::equal, {model.kind}, Tree::area});
        if (model.mine) spec.filters.push_back({"person", Op::equal, {world.session.person}, Tree::area});
        const std::string file = normalize_text(model.file);
        if (!file.empty()) spec.filters.push_back({"file_name", Op::contains, {file}, Tree::area});
        spec.order = {{"id", true}};
        return start(model.list, std::move(spec));
    }
    Effects ask_and_say() { return {ask(), Navigate{to_text(address_of(model)), false}}; }

    Effects operator()(const Opened& event) {
        const std::string_view kind = event.address.get("kind");
        model.kind = kind == "move" || kind == "undo" ? kind : std::string_view();
        model.mine = !event.address.get("mine").empty();
        model.file = event.address.get("file");
        adopt_shape(model.list, shape_in(event.address), world);
        ++model.conditions_version;
        return {ask()};
    }
    Effects operator()(const KindPressed& event) {
        model.kind = event.kind;
        return ask_and_say();
    }
    Effects operator()(const MinePressed& event) {
        model.mine = event.mine;
        return ask_and_say();
    }
    Effects operator()(const FileAsked& event) {
        model.file = event.file;
        return ask_and_say();
    }
    Effects operator()(const RowPressed& event) { return {Navigate{address_of_batch(event.batch), false}}; }
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
    Address address{{"batches"}, {}};
    address.with("kind", model.kind).with("mine", model.mine ? "1" : "").with("file", model.file);
    return put_shape(address, model.list.shape);
}

std::string address_of_batch(std::int64_t batch) { return "/batch/" + std::to_string(batch); }

}  // namespace qudao::client::batches
