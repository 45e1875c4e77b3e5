#include <catch2/catch.hpp>

#include "client/views/customer/customer_model.hpp"
#include "client/views/handovers/handovers_model.hpp"
#include "client/views/history/history_model.hpp"
#include "client/views/log/log_model.hpp"
#include "tests/unit/views/world_fixture.hpp"

using namespace qudao;
using namespace qudao::client;
using qudao::client::test::count_of;
using qudao::client::test::only;

TEST_CASE("the log is searched by customer, units, person, days and batch") {
    log::Conditions c;
    c.code = "0771";
    c.from_unit = test::kTeam;
    c.to_unit = test::kOther;
    c.tree = Tree::channel;
    c.person = 7;
    c.kind = "undo";
    c.since = "2026-11-09";
    c.until = "2026-11-18";
    c.batch = "12";
    const log::Asking asking = log::asking_of(c);
    REQUIRE_FALSE(asking.fault);
    CHECK(asking.spec.filters.size() == 8);
    CHECK(query::check(asking.spec).ok());
    // The last day counts whole, in Shanghai.
    for (const auto& filter : asking.spec.filters) {
        if (filter.field != "at") continue;
        if (filter.op == query::Op::less) CHECK(filter.values.front() == query::Value(start_of_day(make_date(2026, 11, 19)).epoch_ms));
        else CHECK(filter.values.front() == query::Value(start_of_day(make_date(2026, 11, 9)).epoch_ms));
    }
}

TEST_CASE("the log of locks is searched by customer, unit, person and days, and goes out as it is shown") {
    const World world = test::world();
    log::Conditions c;
    c.kind = "lock";
    c.code = "0771";
    c.to_unit = test::kTeam;
    c.person = 7;
    c.since = "2026-11-09";
    c.until = "2026-12-04";
    const log::Asking asking = log::asking_of(c);
    CHECK(asking.spec.source == query::Source::lock);
    CHECK(asking.spec.filters.size() == 5);
    CHECK(query::check(asking.spec).ok());
    CHECK(log::asking_of({.kind = "lock", .until = "2026-11-31"}).fault->field == "until");
    log::Model model;
    const FetchList asked = only<FetchList>(reduce(model, log::Asked{c}, world));
    CHECK(asked.list == ListId::log_locks);
    dto::ListPage page;
    page.columns = {"code"};
    page.rows = {{std::string("0771000000001")}};
    (void)reduce(model, ListArrived{ListId::log_locks, model.locks.generation, true, page}, world);
    CHECK(model.locks.rows.size() == 1);
    CHECK(model.list.rows.size() == 0);
    const engine::ExportRequest request = only<ExportList>(reduce(model, log::ExportPressed{}, world)).request;
    CHECK(request.source == "lock");
    for (const auto& column : request.columns) CHECK(query::find_field(query::Source::lock, column.field) != nullptr);
    CHECK(to_text(log::address_of(model)).find("kind=lock") != std::string::npos);
}

TEST_CASE("a wrong day or batch number is said at its field") {
    CHECK(log::asking_of({.since = "18.11.2026"}).fault->field == "since");
    CHECK(log::asking_of({.until = "2026-11-31"}).fault->field == "until");
    CHECK(log::asking_of({.batch = "B12"}).fault->field == "batch");
}

TEST_CASE("a unit is chosen in a dialog, or taken back") {
    const World world = test::world();
    log::Model model;
    (void)reduce(model, log::Opened{}, world);
    (void)reduce(model, log::PickPressed{log::Picking::to}, world);
    (void)reduce(model, log::UnitTreeUsed{UnitPressed{test::kCommunity}}, world);
    const Effects taken = reduce(model, log::UnitTaken{false}, world);
    CHECK(model.conditions.to_unit == test::kCommunity);
    CHECK(model.conditions.from_unit == 0);
    CHECK(model.picking == log::Picking::none);
    CHECK(count_of<FetchList>(taken) == 1);
    (void)reduce(model, log::PickPressed{log::Picking::to}, world);
    CHECK(model.units.selected == test::kCommunity);
    (void)reduce(model, log::UnitTaken{true}, world);
    CHECK(model.conditions.to_unit == 0);
}

TEST_CASE("where a customer was on a day can be asked for one that was never moved") {
    const World world = test::world();
    customer::Model page;
    (void)reduce(page, customer::Opened{parse_address("/customer/0771500020001")}, world);
    CHECK(only<OpenHistory>(reduce(page, customer::HistoryPressed{}, world)).customer_code == "0771500020001");
    history::Model model;
    CHECK(only<FetchHistory>(reduce(model, history::Opened{"0771500020001"}, world)).on == kNoDate);
    CHECK(only<FetchHistory>(reduce(model, history::DayAsked{" 2026-11-02 "}, world)).on == make_date(2026, 11, 2));
    CHECK(reduce(model, history::DayAsked{"2.11."}, world).empty());
    CHECK(model.fault);
    dto::CustomerHistoryDto found;
    found.code = "0771500020001";
    (void)reduce(model, history::Came{"0771500020002", found}, world);
    CHECK_FALSE(model.found.ready());
    (void)reduce(model, history::Came{"0771500020001", found}, world);
    CHECK(model.found.ready());
    (void)reduce(model, history::Closed{}, world);
    CHECK(model.code.empty());
    CHECK(reduce(model, history::Retried{}, world).empty());
}

TEST_CASE("who can be asked for comes with the batches") {
    const World world = test::world();
    log::Model model;
    (void)reduce(model, log::Opened{}, world);
    dto::ListPage page;
    page.columns = {"person", "count"};
    page.rows = {{std::int64_t{7}, std::int64_t{3}}};
    page.persons = {{{7, "覃晓燕"}}};
    (void)reduce(model, ListArrived{ListId::log_persons, model.persons_generation, true, page}, world);
    REQUIRE(model.persons.size() == 1);
    CHECK(model.persons.front().name == "覃晓燕");
    // Who lifted locks and moved nobody can be asked for as well.
    page.persons = {{{7, "覃晓燕"}, {9, "韦建国"}}};
    (void)reduce(model, ListArrived{ListId::log_lock_persons, model.persons_generation, true, page}, world);
    REQUIRE(model.persons.size() == 2);
    CHECK(model.persons.back().name == "韦建国");
}

TEST_CASE("the log goes out with the words of its codes") {
    const World world = test::world();
    log::Model model;
    (void)reduce(model, log::Opened{}, world);
    const engine::ExportRequest request = only<ExportList>(reduce(model, log::ExportPressed{}, world)).request;
    CHECK(request.source == "adjustment");
    for (const auto& column : request.columns) CHECK(query::find_field(query::Source::adjustment, column.field) != nullptr);
    CHECK(request.values.code.size() == request.values.text.size());
}

TEST_CASE("hand-over lists that wait are neither confirmed nor undone") {
    const World world = test::world();
    handovers::Model model;
    const FetchList asked = only<FetchList>(reduce(model, handovers::Opened{parse_address("/handovers?waiting=1")}, world));
    CHECK(query::check(asked.spec).ok());
    REQUIRE(asked.spec.filters.size() == 2);
    CHECK(asked.spec.filters[1].field == "undone_by");
}

TEST_CASE("a row of the hand-over list leads to its customers in the log") {
    const World world = test::world();
    handovers::Model model;
    (void)reduce(model, handovers::Opened{parse_address("/handovers?unit=5")}, world);
    CHECK(model.list.spec.filters.size() == 1);
    CHECK(query::check(model.list.spec).ok());
    const Effects effects = reduce(model, handovers::RowPressed{12, test::kCommunity}, world);
    CHECK(only<Navigate>(effects).address == "/log?to=6&batch=12");
}
