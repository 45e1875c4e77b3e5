#include <catch2/catch.hpp>

#include "client/views/round/round_model.hpp"
#include "shared/workbook/move_template.hpp"
#include "tests/unit/views/world_fixture.hpp"

using namespace qudao;
using namespace qudao::client;
using namespace qudao::client::round;
using qudao::client::test::count_of;
using qudao::client::test::only;

namespace {

dto::RoundDto a_round(const std::string& phase = "given", std::vector<std::string> acts = {}) {
    dto::RoundDto round;
    round.period = 202610;
    round.phase = phase;
    round.open = true;
    round.opens_on = "2026-11-09";
    round.closes_on = "2026-12-03";
    round.locks_until = "2027-12-03";
    round.days_left = 16;
    round.urgency = "calm";
    round.unplaced = 12;
    round.acts = std::move(acts);
    for (const char* step : {"gather", "give", "confirm", "resolve", "hand_over", "stage_1", "stage_2", "close"}) round.steps.push_back({step, "ahead"});
    return round;
}
Model opened(const World& world, dto::RoundDto round = a_round()) {
    Model model;
    (void)reduce(model, Opened{parse_address("/round")}, world);
    dto::RoundsDto rounds;
    rounds.current = 202610;
    (void)reduce(model, RoundsCame{rounds}, world);
    (void)reduce(model, RoundCame{202610, std::move(round)}, world);
    return model;
}

}  // namespace

TEST_CASE("the current round is asked for when the periods are known") {
    const World world = test::world();
    Model model;
    CHECK(count_of<FetchRounds>(reduce(model, Opened{parse_address("/round")}, world)) == 1);
    dto::RoundsDto rounds;
    rounds.current = 202610;
    const Effects effects = reduce(model, RoundsCame{rounds}, world);
    CHECK(only<FetchRound>(effects).period == Period{202610});
    CHECK(query::check(model.placed.spec).ok());
    (void)reduce(model, RoundCame{202609, a_round()}, world);
    CHECK_FALSE(model.round.ready());
    (void)reduce(model, RoundCame{202610, a_round()}, world);
    CHECK(model.round.ready());
    CHECK(to_text(address_of(model)) == "/round");
}

TEST_CASE("an address names the period and the tab") {
    const World world = test::world();
    Model model = opened(world);
    const Effects effects = reduce(model, Opened{parse_address("/round?period=202609&tab=locks")}, world);
    CHECK(only<FetchRound>(effects).period == Period{202609});
    CHECK(model.tab == Tab::locks);
    CHECK(to_text(address_of(model)) == "/round?period=202609&tab=locks");
    CHECK(query::check(model.locks.spec).ok());
    (void)reduce(model, TabChosen{Tab::conflicts}, world);
    CHECK(query::check(model.conflicts.spec).ok());
    CHECK(query::check(model.claims.spec).ok());
}

TEST_CASE("the next act is the step that is due, if the person may do it") {
    dto::RoundDto round = a_round("given", {"decide"});
    CHECK(next_act(round).empty());
    round.steps[3].state = "current";
    CHECK(next_act(round) == "decide");
    round.acts.clear();
    CHECK(next_act(round).empty());
    round.steps[3].state = "done";
    round.steps[4].state = "current";
    round.acts = {"hand_over"};
    CHECK(next_act(round) == "hand_over");
}

TEST_CASE("the line about the close grows louder") {
    const World world = test::world();
    dto::RoundDto round = a_round();
    CHECK(close_line(round, world).tone == NoticeTone::neutral);
    round.urgency = "soon";
    CHECK(close_line(round, world).tone == NoticeTone::warn);
    round.urgency = "urgent";
    CHECK(close_line(round, world).tone == NoticeTone::bad);
    round.urgency = "last_day";
    CHECK(close_line(round, world).words.find("2027-12-03") != std::string::npos);
    round.unplaced = 0;
    CHECK(close_line(round, world).tone == NoticeTone::good);
    round.phase = "closed";
    round.closed_at = "2026-12-04 00:00:30";
    CHECK(close_line(round, world).words.find("2026-12-04 00:00") != std::string::npos);
}

TEST_CASE("an act without a word is done at once, one that needs a word asks first") {
    const World world = test::world();
    Model model = opened(world);
    CHECK(only<ActRound>(reduce(model, ActPressed{"gather", 0}, world)).act == "gather");
    CHECK(model.acting);
    CHECK(reduce(model, ActPressed{"give", 0}, world).empty());  // one at a time
    (void)reduce(model, Acted{a_round("gathered")}, world);
    CHECK_FALSE(model.acting);
    CHECK(model.round.value.phase == "gathered");
    CHECK(reduce(model, ActPressed{"send_back", 2}, world).empty());
    CHECK(model.asking.act == "send_back");
    const ActRound sent = only<ActRound>(reduce(model, Asked{"缺地址"}, world));
    CHECK(sent.department == 2);
    CHECK(sent.note == "缺地址");
    // A refusal stays in the dialog.
    (void)reduce(model, Acted{Error::of("round.step")}, world);
    CHECK(model.error);
    CHECK(model.asking.act == "send_back");
    (void)reduce(model, AskingClosed{}, world);
    CHECK(model.asking.act.empty());
}

TEST_CASE("stage 1 is planned, shown and committed by its digest") {
    const World world = test::world();
    dto::RoundDto round = a_round("handed_over", {"stage_1"});
    round.to_move = 3;
    Model model = opened(world, round);
    CHECK(count_of<FetchStagePlan>(reduce(model, ActPressed{"stage_1", 0}, world)) == 1);
    CHECK(reduce(model, Asked{}, world).empty());  // not planned yet
    dto::PlanDto plan;
    plan.digest = "d";
    plan.can_commit = true;
    (void)reduce(model, StagePlanCame{plan}, world);
    CHECK(only<CommitStage>(reduce(model, Asked{}, world)).digest == "d");
    (void)reduce(model, AskingClosed{}, world);
    CHECK(model.asking.act == "stage_1");  // under way
    dto::BatchDto batch;
    batch.moved = 3;
    const Effects done = reduce(model, StageEnded{batch}, world);
    CHECK(count_of<RefreshTotals>(done) == 1);
    CHECK(model.asking.act.empty());
    // Nobody to move: it is over at once.
    model.round.value.to_move = 0;
    CHECK(only<ActRound>(reduce(model, ActPressed{"stage_1", 0}, world)).act == "stage_1");
}

TEST_CASE("faulty rows of a marked workbook are given back with their sentences") {
    const World world = test::world();
    Model model = opened(world);
    CHECK(only<PickMarks>(reduce(model, MarksPressed{1}, world)).department == 1);
    (void)reduce(model, MarksOpened{1, "marks.xlsx"}, world);
    CHECK(reduce(model, MarksPressed{1}, world).empty());
    dto::MarksDto marks;
    marks.refused = 1;
    marks.faults = {{7, 5, "repeated"}};
    CHECK(reduce(model, MarksEnded{marks}, world).empty());
    const SaveMarkFaults save = only<SaveMarkFaults>(reduce(model, FaultsWanted{}, world));
    CHECK(save.request.index == std::vector<std::uint32_t>{5});
    REQUIRE(save.request.reason.size() == 1);
    CHECK(save.request.reason[0] != "repeated");
    marks.taken = true;
    CHECK(count_of<FetchRound>(reduce(model, MarksEnded{marks}, world)) == 1);
}

TEST_CASE("the department's list goes out by the columns of the format") {
    const World world = test::world();
    Model model = opened(world);
    const ExportList list = only<ExportList>(reduce(model, ListWanted{1}, world));
    REQUIRE(list.request.columns.size() == kMarkColumns.size());
    for (std::size_t i = 0; i < kMarkColumns.size(); ++i) CHECK(list.request.columns[i].title == kMarkColumns[i]);
    CHECK(list.request.source == "round_mark");
    auto spec = dto::to_spec(query::Source::round_mark, list.request.list);
    REQUIRE(spec.ok());
    CHECK(query::check(*spec).ok());
}

TEST_CASE("stage 2 goes out as the template of bulk moves, its targets to be filled in") {
    const World world = test::world();
    Model model = opened(world);
    const engine::ExportRequest request = only<ExportList>(reduce(model, StageTwoWanted{}, world)).request;
    REQUIRE(request.columns.size() == workbook::kMoveColumns.size());
    for (std::size_t i = 0; i < request.columns.size(); ++i) CHECK(request.columns[i].title == workbook::kMoveColumns[i]);
    CHECK(request.columns[1].as == "blank");
    auto spec = dto::to_spec(query::Source::customer, request.list);
    REQUIRE(spec.ok());
    CHECK(query::check(*spec).ok());
    CHECK(reduce(model, StageTwoWanted{}, test::world(0)).empty());
}

TEST_CASE("a lock is lifted with a reason; new customers are summed by network") {
    const World world = test::world();
    Model model = opened(world);
    (void)reduce(model, LiftPressed{"0771000000001", "某公司"}, world);
    const LiftLock lift = only<LiftLock>(reduce(model, Asked{"遗漏"}, world));
    CHECK(lift.customer_code == "0771000000001");
    CHECK(lift.reason == "遗漏");
    (void)reduce(model, Lifted{Error::of("lock.none").with("code", "x")}, world);
    CHECK(model.asking.act == "lift");
    (void)reduce(model, Lifted{std::nullopt}, world);
    CHECK(model.asking.act.empty());

    dto::ListPage page;
    page.columns = {"place", "count"};
    page.rows = {{test::kCommunity, std::int64_t{5}}, {test::kPool, std::int64_t{3}}};
    (void)reduce(model, ListArrived{ListId::round_progress, model.placed.generation, true, page}, world);
    REQUIRE(model.networks.size() == 1);
    CHECK(model.networks[0].unit == test::kNanning);
    CHECK(model.networks[0].customers == 8);
    CHECK(model.networks[0].unplaced == 3);
}
