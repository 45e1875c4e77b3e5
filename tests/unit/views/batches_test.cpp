#include <catch2/catch.hpp>

#include "client/views/batch/batch_model.hpp"
#include "client/views/batches/batches_model.hpp"
#include "tests/unit/views/world_fixture.hpp"

using namespace qudao;
using namespace qudao::client;
using namespace qudao::client::batch;
using qudao::client::test::count_of;
using qudao::client::test::only;

namespace {

dto::BatchDto a_batch(std::int64_t id) {
    dto::BatchDto batch;
    batch.id = id;
    batch.kind = "move";
    batch.moved = 3;
    return batch;
}
dto::PlanDto a_plan(bool can_commit = true) {
    dto::PlanDto plan;
    plan.digest = "0123456789abcdef0123456789abcdef";
    plan.can_commit = can_commit;
    plan.verdicts = {{"moved", 2}, {"unchanged", 0}, {"refused", 1}};
    return plan;
}
Model opened(const World& world, std::int64_t id = 12) {
    Model model;
    (void)reduce(model, Opened{parse_address("/batch/" + std::to_string(id))}, world);
    (void)reduce(model, BatchCame{id, a_batch(id)}, world);
    return model;
}

}  // namespace

TEST_CASE("a batch's page asks for the batch, its units and its rows") {
    const World world = test::world();
    Model model;
    const Effects effects = reduce(model, Opened{parse_address("/batch/12")}, world);
    CHECK(only<FetchBatch>(effects).batch == BatchId{12});
    CHECK(count_of<FetchList>(effects) == 2);
    CHECK(query::check(model.units.spec).ok());
    CHECK(query::check(model.rows.spec).ok());
    CHECK(model.rows.spec.order.front().field == "row");  // as they stand in the file
    (void)reduce(model, BatchCame{11, a_batch(11)}, world);
    CHECK_FALSE(model.batch.ready());
    (void)reduce(model, BatchCame{12, a_batch(12)}, world);
    CHECK(model.batch.ready());
}

TEST_CASE("an address without a number is an unknown batch") {
    const World world = test::world();
    Model model;
    CHECK(reduce(model, Opened{parse_address("/batch/abc")}, world).empty());
    REQUIRE(model.batch.failed());
    CHECK(model.batch.error.code == "moves.unknown_batch");
}

TEST_CASE("an undo is previewed, confirmed, watched, and leads to its own page") {
    const World world = test::world();
    Model model = opened(world);
    CHECK(only<FetchUndoPlan>(reduce(model, UndoPressed{}, world)).batch == BatchId{12});
    CHECK(reduce(model, UndoConfirmed{}, world).empty());  // not before the plan is there
    (void)reduce(model, UndoPlanCame{12, a_plan()}, world);
    CHECK(counts_of(model.undo.plan.value).back == 2);
    CHECK(counts_of(model.undo.plan.value).kept == 1);
    const UndoBatch asked = only<UndoBatch>(reduce(model, UndoConfirmed{}, world));
    CHECK(asked.digest == a_plan().digest);
    CHECK_FALSE(asked.same_key);
    CHECK(reduce(model, UndoConfirmed{}, world).empty());  // a second press does nothing
    dto::JobDto job;
    job.phase = "writing";
    (void)reduce(model, UndoProgressed{12, job}, world);
    CHECK(model.undo.under_way->phase == "writing");
    const Effects done = reduce(model, UndoEnded{12, a_batch(13)}, world);
    CHECK(only<Navigate>(done).address == "/batch/13?new=1");
    CHECK(count_of<RefreshTotals>(done) == 1);
    CHECK(count_of<CountHandovers>(done) == 1);   // the lists of what went back wait for nobody
}

TEST_CASE("the rows that an undo leaves come part by part, of one and the same plan") {
    const World world = test::world();
    Model model = opened(world);
    (void)reduce(model, UndoPressed{}, world);
    dto::PlanDto plan = a_plan();
    plan.verdicts = {{"moved", 2}, {"refused", 3}};
    plan.refused.resize(2);
    (void)reduce(model, UndoPlanCame{12, plan}, world);
    CHECK(has_more_kept(model.undo.plan.value));
    CHECK(only<FetchUndoPlan>(reduce(model, MoreKeptWanted{}, world)).after == 2);
    CHECK(reduce(model, MoreKeptWanted{}, world).empty());  // it is on its way
    (void)reduce(model, UndoPlanCame{12, Error::of("network.unreachable"), 2}, world);
    REQUIRE(model.undo.more_error);
    CHECK(only<FetchUndoPlan>(reduce(model, Retried{}, world)).after == 2);
    dto::PlanDto rest = plan;
    rest.refused.resize(1);
    rest.refused[0].row = 77;
    (void)reduce(model, UndoPlanCame{12, rest, 2}, world);
    REQUIRE(model.undo.plan.value.refused.size() == 3);
    CHECK(model.undo.plan.value.refused[2].row == 77);
    CHECK_FALSE(has_more_kept(model.undo.plan.value));
    CHECK(reduce(model, MoreKeptWanted{}, world).empty());

    // Of another plan: all anew.
    (void)reduce(model, UndoPressed{}, world);
    (void)reduce(model, UndoPlanCame{12, plan}, world);
    (void)reduce(model, MoreKeptWanted{}, world);
    rest.digest = "fedcba9876543210fedcba9876543210";
    CHECK(only<FetchUndoPlan>(reduce(model, UndoPlanCame{12, rest, 2}, world)).after == 0);
    CHECK(model.undo.plan.loading());
}

TEST_CASE("an undo that moves nobody cannot be confirmed") {
    const World world = test::world();
    Model model = opened(world);
    (void)reduce(model, UndoPressed{}, world);
    (void)reduce(model, UndoPlanCame{12, a_plan(false)}, world);
    CHECK(reduce(model, UndoConfirmed{}, world).empty());
}

TEST_CASE("a stale undo is planned anew; a lost answer is asked for under the same key") {
    const World world = test::world();
    Model model = opened(world);
    (void)reduce(model, UndoPressed{}, world);
    (void)reduce(model, UndoPlanCame{12, a_plan()}, world);
    (void)reduce(model, UndoConfirmed{}, world);
    CHECK(count_of<FetchUndoPlan>(reduce(model, UndoEnded{12, Error::of("moves.stale")}, world)) == 1);
    CHECK(model.undo.error->code == "moves.stale");
    (void)reduce(model, UndoPlanCame{12, a_plan()}, world);
    (void)reduce(model, UndoConfirmed{}, world);
    (void)reduce(model, UndoEnded{12, Error::of("network.unreachable")}, world);
    CHECK(model.undo.uncertain);
    CHECK(only<UndoBatch>(reduce(model, UndoConfirmed{}, world)).same_key);
}

TEST_CASE("the list of batches narrows by kind and author") {
    const World world = test::world();
    batches::Model model;
    (void)reduce(model, batches::Opened{}, world);
    CHECK(model.list.spec.filters.empty());
    (void)reduce(model, batches::KindPressed{"undo"}, world);
    const Effects effects = reduce(model, batches::MinePressed{true}, world);
    CHECK(model.list.spec.filters.size() == 2);
    CHECK(query::check(model.list.spec).ok());
    CHECK(only<Navigate>(effects).address == "/batches?kind=undo&mine=1");
    CHECK(only<Navigate>(reduce(model, batches::RowPressed{12}, world)).address == "/batch/12");
}
