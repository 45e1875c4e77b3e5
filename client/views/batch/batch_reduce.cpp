#include "client/views/batch/batch_model.hpp"

#include <utility>

#include "client/views/batches/batches_model.hpp"

namespace qudao::client::batch {
namespace {

using query::Op;

bool is_network(const Error& error) { return error.code.substr(0, 8) == "network."; }

struct Reducer {
    Model& model;
    const World& world;

    BatchId id() const { return BatchId{model.id}; }
    Effect ask_units() {
        query::QuerySpec spec;
        spec.source = query::Source::handover;
        spec.limit = query::kMaxPageRows;
        spec.filters = {{"batch", Op::equal, {model.id}, Tree::area}};
        spec.order = {{"batch", false}};
        return start(model.units, std::move(spec));
    }
    Effect ask_rows() {
        query::QuerySpec spec;
        spec.source = query::Source::adjustment;
        spec.limit = kListPageRows;
        spec.filters = {{"batch", Op::equal, {model.id}, Tree::area}};
        spec.order = {{"row", false}};
        return start(model.rows, std::move(spec));
    }

    Effects operator()(const Opened& event) {
        const std::int64_t id = number_in(event.address.segment(1));
        const bool undo = !event.address.get("undo").empty();
        if (id != model.id) model = Model{};
        model.id = id;
        model.fresh = !event.address.get("new").empty();
        // What is under way goes on; back closes the dialog, and forward or a reload opens it again.
        if (model.undo.under_way) return {};
        const bool was_open = std::exchange(model.undo.open, undo);
        if (model.batch.ready() && was_open != undo) return undo ? (*this)(UndoPressed{}) : Effects{};
        model.undo = Undo{};
        model.undo.open = undo;
        if (id == 0) {
            model.batch.finish(Error::of("moves.unknown_batch").with("batch", event.address.segment(1)));
            return {};
        }
        model.batch.start();
        return {FetchBatch{BatchId{id}}, ask_units(), ask_rows()};
    }
    Effects operator()(const BatchCame& event) {
        if (event.id != model.id) return {};
        model.batch.finish(event.batch);
        return model.undo.open && model.undo.plan.state == RemoteState::idle ? (*this)(UndoPressed{}) : Effects{};
    }
    Effects operator()(const UndoPressed&) {
        if (!model.batch.ready() || model.undo.under_way) return {};
        model.undo = Undo{};
        model.undo.open = true;
        model.undo.plan.start();
        return {FetchUndoPlan{id()}};
    }
    Effects operator()(const UndoPlanCame& event) {
        if (event.id != model.id) return {};
        if (event.after > 0) return more_kept(event);
        model.undo.more_loading = false;
        model.undo.more_error.reset();
        model.undo.plan.finish(event.plan);
        return {};
    }
    std::int64_t kept_known() const { return static_cast<std::int64_t>(model.undo.plan.value.refused.size()); }
    Effects more_kept(const UndoPlanCame& event) {
        Undo& undo = model.undo;
        if (!undo.plan.ready() || event.after != kept_known()) return {};
        undo.more_loading = false;
        if (!event.plan) {
            undo.more_error = event.plan.error();
            return {};
        }
        if (event.plan->digest != undo.plan.value.digest) {  // something changed meanwhile: all anew
            undo.plan.start();
            return {FetchUndoPlan{id()}};
        }
        auto& known = undo.plan.value.refused;
        known.insert(known.end(), event.plan->refused.begin(), event.plan->refused.end());
        return {};
    }
    Effects operator()(const MoreKeptWanted&) {
        Undo& undo = model.undo;
        if (!undo.plan.ready() || undo.more_loading || undo.under_way || !has_more_kept(undo.plan.value)) return {};
        undo.more_loading = true;
        undo.more_error.reset();
        return {FetchUndoPlan{id(), kept_known()}};
    }
    Effects operator()(const UndoClosed&) {
        model.undo.open = false;
        return {};
    }
    Effects operator()(const UndoConfirmed&) {
        if (!model.undo.plan.ready() || model.undo.under_way || !model.undo.plan.value.can_commit) return {};
        model.undo.under_way.emplace();
        model.undo.more_loading = false;  // what comes of it is dropped
        model.undo.error.reset();
        return {UndoBatch{id(), model.undo.plan.value.digest, model.undo.uncertain}};
    }
    Effects operator()(const UndoProgressed& event) {
        if (event.id == model.id && model.undo.under_way) model.undo.under_way = event.job;
        return {};
    }
    Effects operator()(const UndoEnded& event) {
        if (event.batch) return undone(*event.batch);
        if (event.id != model.id) return {Notify{NoticeTone::bad, sentence_of(world.language(), event.batch.error())}};
        Undo& undo = model.undo;
        undo.under_way.reset();
        undo.error = event.batch.error();
        undo.uncertain = is_network(*undo.error);
        if (undo.error->code != "moves.stale") return {};
        undo.plan.start();  // what it would do now
        return {FetchUndoPlan{id()}};
    }
    Effects undone(const dto::BatchDto& made) {
        model.undo = Undo{};
        return {RefreshTotals{}, CountHandovers{}, Navigate{batches::address_of_batch(made.id) + "?new=1", false}};
    }
    Effects operator()(const UnitPressed& event) {
        Address address{{"log"}, {}};
        return {Navigate{to_text(address.with("to", event.unit).with("batch", model.id)), false}};
    }
    Effects operator()(const BatchPressed& event) { return {Navigate{batches::address_of_batch(event.batch), false}}; }
    Effects operator()(const LogPressed&) {
        Address address{{"log"}, {}};
        return {Navigate{to_text(address.with("batch", model.id)), false}};
    }
    Effects operator()(const ListShaped& event) { return reshape(model.rows, event.shape, world); }
    Effects operator()(const MoreRowsWanted&) { return more(model.rows); }
    Effects operator()(const Retried&) {
        Effects effects;
        if (model.batch.failed()) {
            model.batch.start();
            effects.push_back(FetchBatch{id()});
        }
        if (model.units.state == RemoteState::failed) effects.push_back(ask_units());
        if (model.rows.state == RemoteState::failed) effects.push_back(ask_rows());
        for (Effect& effect : more_again(model.rows)) effects.push_back(std::move(effect));
        if (model.undo.more_error)
            for (Effect& effect : (*this)(MoreKeptWanted{})) effects.push_back(std::move(effect));
        return effects;
    }
    Effects operator()(const ListArrived& event) {
        if (!take(model.units, event)) take(model.rows, event);
        return {};
    }
};

}  // namespace

Effects reduce(Model& model, const Event& event, const World& world) { return std::visit(Reducer{model, world}, event); }

Address address_of(const Model& model) {
    Address address{{"batch", std::to_string(model.id)}, {}};
    return address.with("new", model.fresh ? "1" : "").with("undo", model.undo.open ? "1" : "");
}

UndoCounts counts_of(const dto::PlanDto& plan) {
    UndoCounts counts;
    for (const dto::CountDto& verdict : plan.verdicts) {
        if (verdict.code == code_of(Verdict::moved)) counts.back += verdict.count;
        if (verdict.code == code_of(Verdict::unchanged)) counts.there += verdict.count;
        if (verdict.code == code_of(Verdict::refused)) counts.kept += verdict.count;
    }
    return counts;
}

bool has_more_kept(const dto::PlanDto& plan) { return static_cast<std::int64_t>(plan.refused.size()) < counts_of(plan).kept; }

}  // namespace qudao::client::batch
