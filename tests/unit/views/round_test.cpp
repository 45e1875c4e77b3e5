#include <catch2/catch.hpp>

#include "client/views/round/round_lists.hpp"
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

TEST_CASE("gathering again asks when lists are out; who came late is told, and lists are given to whom they are missing") {
    const World world = test::world();
    dto::RoundDto round = a_round("given", {"gather", "give"});
    round.new_customers = 12;
    round.gathered = 10;
    for (const char* state : {"pending", "confirmed", "pending"}) {
        dto::RoundDepartmentDto department;
        department.state = state;
        round.departments.push_back(department);
    }
    Model model = opened(world, round);
    CHECK(reduce(model, ActPressed{"gather", 0}, world).empty());
    CHECK(model.asking.act == "gather");
    CHECK(only<ActRound>(reduce(model, Asked{}, world)).act == "gather");

    CHECK_FALSE(lists_to_give(round));
    round.departments[2].state = "returned";
    CHECK(lists_to_give(round));
    CHECK(late_words(round, world).find("2") != std::string::npos);
    const std::string before = late_words(round, world);
    round.phase = "placing";
    CHECK(late_words(round, world) != before);
    CHECK_FALSE(late_words(round, world).empty());
    round.phase = "closed";
    CHECK(late_words(round, world).empty());
    round.phase = "given";
    round.gathered = 12;
    CHECK(late_words(round, world).empty());
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
    CHECK(count_of<CountHandovers>(done) == 1);
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

TEST_CASE("a lock is lifted with a reason") {
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
}

TEST_CASE("new customers are summed by the units below the one above them all, in either tree, and lead to their list") {
    World world = test::world();
    Model model = opened(world);
    dto::ListPage page;
    page.columns = {"place", "count"};
    page.rows = {{test::kCommunity, std::int64_t{5}}, {test::kPool, std::int64_t{3}}};
    (void)reduce(model, ListArrived{ListId::round_progress, model.placed.generation, true, page}, world);
    CHECK(model.progress_tree == Tree::area);
    CHECK(model.progress_top == test::kQingxiu);
    REQUIRE(model.units.size() == 2);
    for (const UnitProgress& one : model.units) {
        const bool pool = one.unit == test::kPool;
        CHECK((pool || one.unit == test::kDepartment));
        CHECK(one.customers == (pool ? 3 : 5));
        CHECK(one.unplaced == (pool ? 3 : 0));
    }
    CHECK(only<Navigate>(reduce(model, ProgressPressed{test::kPool}, world)).address == "/customers?unit=8&pool=1&period=202610");
    CHECK(only<Navigate>(reduce(model, ProgressTreePressed{Tree::channel}, world)).address == "/round?by=channel");
    CHECK(model.progress_top == test::kNanningPublic);
    CHECK(only<Navigate>(reduce(model, ProgressPressed{test::kTeam}, world)).address == "/customers?unit=5&tree=channel&pool=1&period=202610");

    // Whose rights are over a channel sees its tree.
    dto::GrantDto grant;
    grant.channels = {"public"};
    world.session.grants = {grant};
    Model other = opened(world);
    (void)reduce(other, ListArrived{ListId::round_progress, other.placed.generation, true, page}, world);
    CHECK(other.progress_tree == Tree::channel);
}

namespace {

dto::ListPage conflicts_page(std::int64_t first, std::int64_t last, bool more) {
    dto::ListPage page;
    page.columns = {"customer", "code", "decided"};
    for (std::int64_t id = first; id <= last; ++id) page.rows.push_back({id, "0771" + std::to_string(id), query::Value()});
    if (more) page.next = "next";
    return page;
}
// Departments 1 and 2 claim all of them.
dto::ListPage claims_page(const FetchList& asked) {
    dto::ListPage page;
    page.columns = {"customer", "department", "note"};
    for (const query::Filter& filter : asked.spec.filters)
        if (filter.field == "customer")
            for (const query::Value& customer : filter.values)
                for (const std::int64_t department : {1, 2}) page.rows.push_back({customer, department, std::string(department == 1 ? "老客户" : "")});
    return page;
}
Model in_conflict(const World& world, std::int64_t customers) {
    Model model = opened(world, a_round("given", {"decide"}));
    (void)reduce(model, TabChosen{Tab::conflicts}, world);
    for (std::int64_t from = 1; from <= customers; from += 100) {
        const bool more = from + 100 <= customers;
        Effects effects = reduce(model, ListArrived{ListId::round_conflicts, model.conflicts.generation, from == 1, conflicts_page(from, std::min(customers, from + 99), more)}, world);
        const FetchList asked = only<FetchList>(effects);
        REQUIRE(query::check(asked.spec).ok());
        (void)reduce(model, ListArrived{ListId::round_claims, asked.generation, true, claims_page(asked)}, world);
        if (more) (void)reduce(model, MoreWanted{}, world);
    }
    return model;
}

}  // namespace

TEST_CASE("every conflict has its claiming departments, however many there are, and stays in place when it is decided") {
    const World world = test::world();
    Model model = in_conflict(world, 1250);
    CHECK(model.conflicts.rows.size() == 1250);
    CHECK(model.claims.value.size() == 1250);
    REQUIRE(model.claims.value[1201].size() == 2);
    CHECK(model.claims.value[1201][0].note == "老客户");
    const DecideRound one = only<DecideRound>(reduce(model, Decided{1201, 2}, world));
    REQUIRE(one.decisions.size() == 1);
    CHECK(reduce(model, Decided{1202, 2}, world).empty());   // one at a time
    CHECK(reduce(model, Acted{a_round("given", {"decide"})}, world).empty());
    CHECK(model.conflicts.rows.size() == 1250);
    CHECK(decided_of(model, 1200) == 2);
    CHECK_FALSE(decided_of(model, 1199));
}

TEST_CASE("the claims of a page that are on their way are not lost when the next page comes") {
    const World world = test::world();
    Model model = opened(world, a_round("given", {"decide"}));
    (void)reduce(model, TabChosen{Tab::conflicts}, world);
    const FetchList first = only<FetchList>(reduce(model, ListArrived{ListId::round_conflicts, model.conflicts.generation, true, conflicts_page(1, 100, true)}, world));
    (void)reduce(model, MoreWanted{}, world);
    CHECK(reduce(model, ListArrived{ListId::round_conflicts, model.conflicts.generation, false, conflicts_page(101, 200, false)}, world).empty());
    const FetchList second = only<FetchList>(reduce(model, ListArrived{ListId::round_claims, first.generation, true, claims_page(first)}, world));
    (void)reduce(model, ListArrived{ListId::round_claims, second.generation, true, Error::of("network.unreachable")}, world);
    CHECK(model.claims.failed());
    const FetchList again = only<FetchList>(reduce(model, Retried{}, world));
    (void)reduce(model, ListArrived{ListId::round_claims, again.generation, true, claims_page(again)}, world);
    CHECK(model.claims.value.size() == 200);
}

TEST_CASE("chosen conflicts are decided in one request; what the department does not claim is left out and said") {
    const World world = test::world();
    Model model = in_conflict(world, 1100);
    model.claims.value[7].erase(model.claims.value[7].begin());   // department 1 does not claim it
    (void)reduce(model, AllConflictsChosen{}, world);
    CHECK(model.chosen.size() == 1100);
    const DecideRound all = only<DecideRound>(reduce(model, ChosenDecided{1}, world));
    CHECK(all.decisions.size() == 1099);
    const Effects done = reduce(model, Acted{a_round("given", {"decide"})}, world);
    CHECK(only<Notify>(done).tone == NoticeTone::warn);
    CHECK(model.chosen == std::set<std::int64_t>{7});
    CHECK(only<DecideRound>(reduce(model, ChosenDecided{0}, world)).decisions.size() == 1);
    // A refusal leaves all as it was.
    (void)reduce(model, Acted{Error::of("round.no_conflict")}, world);
    CHECK_FALSE(decided_of(model, 6));
    CHECK_FALSE(model.acting);
}

TEST_CASE("all that a department claims and nobody has decided is decided at once, beyond what one request takes") {
    const World world = test::world();
    Model model = in_conflict(world, 100);
    const FetchList counted = only<FetchList>(reduce(model, AllDecidedPressed{2}, world));
    CHECK(query::check(counted.spec).ok());
    CHECK(reduce(model, Asked{}, world).empty());   // not counted yet
    dto::ListPage count;
    count.columns = {"count"};
    count.rows = {{std::int64_t{5500}}};
    (void)reduce(model, ListArrived{ListId::round_undecided_count, counted.generation, true, count}, world);
    CHECK(model.undecided.value == 5500);
    FetchList page = only<FetchList>(reduce(model, Asked{}, world));
    CHECK(query::check(page.spec).ok());
    std::int64_t left = 5500;
    std::int64_t decided = 0;
    int requests = 0;
    Effects effects;
    while (true) {
        const std::int64_t in_page = std::min<std::int64_t>(1000, left);
        left -= in_page;
        dto::ListPage ids = conflicts_page(10'000 + left, 10'000 + left + in_page - 1, left > 0);
        effects = reduce(model, ListArrived{ListId::round_undecided, page.generation, true, ids}, world);
        if (count_of<DecideRound>(effects) == 1) {
            decided += static_cast<std::int64_t>(only<DecideRound>(effects).decisions.size());
            ++requests;
            effects = reduce(model, Acted{a_round("given", {"decide"})}, world);
        }
        if (count_of<Notify>(effects) == 1) break;
        page = only<FetchList>(effects);
    }
    CHECK(decided == 5500);
    CHECK(requests == 2);
    CHECK_FALSE(model.acting);
    CHECK(model.asking.act.empty());
    CHECK(count_of<FetchList>(effects) == 1);   // the list is looked at anew
}

TEST_CASE("of a round that closed by itself only what was done counts as done") {
    dto::RoundDto round = a_round("closed");
    round.gathered = 12;
    round.departments.resize(2);
    round.departments[0].state = "pending";
    round.departments[1].state = "confirmed";
    for (const char* step : {"confirm", "resolve", "hand_over", "stage_1", "stage_2"}) {
        CAPTURE(step);
        CHECK(passed_by(round, step));
    }
    for (const char* step : {"gather", "give", "close"}) CHECK_FALSE(passed_by(round, step));
    round.departments.front().state = "confirmed";
    round.stage_1_batch = 7;
    round.unplaced = 0;
    for (const dto::RoundStepDto& step : round.steps) CHECK_FALSE(passed_by(round, step.step));
    // One that goes on passes nothing by.
    CHECK_FALSE(passed_by(a_round("given"), "confirm"));
}
