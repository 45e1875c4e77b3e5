#include <catch2/catch.hpp>

#include "client/app/app_model.hpp"
#include "client/views/common/address.hpp"
#include "tests/unit/views/world_fixture.hpp"

using namespace qudao;
using namespace qudao::client;

TEST_CASE("an address comes back as it was") {
    Address address{{"customers"}, {}};
    address.with("name", "南宁 & 青秀").with("unit", 12).with("code", "");
    const std::string text = to_text(address);
    CHECK(text == "/customers?name=南宁%20%26%20青秀&unit=12");
    CHECK(parse_address(text) == address);
    CHECK(parse_address("/customers?name=%E5%8D%97%E5%AE%81%20%26%20%E9%9D%92%E7%A7%80&unit=12") == address);
    CHECK(parse_address(text).number("unit") == 12);
}

TEST_CASE("an address somebody edited is taken as far as it goes") {
    CHECK(parse_address("").path.empty());
    CHECK(parse_address("//customers///?").segment(0) == "customers");
    CHECK(parse_address("/customers?unit=abc").number("unit") == 0);
    CHECK(parse_address("/customers?unit=-5").number("unit") == 0);
    CHECK(parse_address("/customers?unit=99999999999999999999").number("unit") == 0);
    CHECK(parse_address("/customers?name=%E5%8").get("name").substr(1) == "%8");
    CHECK(parse_address("/a?b").get("b").empty());
    CHECK(parse_address("/batch/7").segment(1) == "7");
}

namespace {

AppModel inside() {
    AppModel model;
    model.world = test::world();
    model.stage = Stage::inside;
    return model;
}

}  // namespace

TEST_CASE("an address opens its screen with its conditions") {
    AppModel model = inside();
    const Effects effects = open_address(model, "/log?batch=12&kind=undo");
    CHECK(model.screen == shell::Screen::log);
    CHECK(model.log.conditions.batch == "12");
    CHECK(model.log.conditions.kind == "undo");
    CHECK(test::count_of<FetchList>(effects) == 3);
    CHECK(open_address(model, "/log?batch=12&kind=undo").empty());
    CHECK_FALSE(open_address(model, "/log?batch=13").empty());
}

TEST_CASE("no address, or an unknown one, opens the customer list") {
    AppModel fresh = inside();
    CHECK(test::count_of<FetchList>(open_address(fresh, "")) == 2);
    CHECK(fresh.address == "/customers");
    AppModel model = inside();
    const Effects effects = open_address(model, "/no/such/screen");
    CHECK(model.screen == shell::Screen::customers);
    // It is said, and the address is the one of what is shown.
    CHECK(test::count_of<Notify>(effects) == 1);
    CHECK(test::only<Navigate>(effects).address == "/customers");
    CHECK(test::only<Navigate>(effects).replace);
    CHECK(open_address(model, "/customers").empty());
}

TEST_CASE("the customer list is as it was left when one comes back by the menu") {
    AppModel model = inside();
    (void)open_address(model, "/customers?unit=" + std::to_string(test::kTeam));
    (void)open_address(model, "/batches");
    const std::string back = address_to_open(model, "customers");
    CHECK(back == "/customers?unit=" + std::to_string(test::kTeam));
    CHECK(open_address(model, back).empty());
    CHECK(model.screen == shell::Screen::customers);
    // Pressed once more it begins anew.
    CHECK(address_to_open(model, "customers") == "/customers");
}

TEST_CASE("every screen says the address that opens it") {
    AppModel model = inside();
    for (const char* address : {"/customers?unit=5&tree=channel&name=韦&channel=public&revenue=500&from=2026-10-01&to=2026-10-31&locked=1&pool=1&sort=-revenue&at=1000",
                                "/batches?kind=move&mine=1&file=调整", "/batch/12", "/log?code=0771&from=5&to=6&tree=channel&person=7&kind=move&since=2026-11-01&until=2026-11-30&batch=3",
                                "/customers?view=map", "/people?search=nn&state=all&role=17&person=9", "/people?new=1", "/roles?role=17",
                                "/organisation?unit=5&tree=channel", "/audit?kind=unit.&search=nn_query&from=2026-11-01&until=2026-11-30&entry=8",
                                "/handovers?unit=5&tree=channel", "/moves"}) {
        CAPTURE(address);
        (void)open_address(model, address);
        CHECK(model.address == address);
        CHECK(shows(model, address));
    }
}

TEST_CASE("another person finds nothing of the one before") {
    AppModel model = inside();
    (void)open_address(model, "/customers?name=x");
    model.workbench.file_name = "moves.xlsx";
    model.workbench.stage = workbench::Stage::planned;
    model.world.words = Words(Language::en);
    forget_person(model);
    CHECK(model.workbench.stage == workbench::Stage::empty);
    CHECK(model.customers.conditions.none());
    CHECK(model.world.session.login.empty());
    CHECK(model.world.language() == Language::en);
    CHECK(model.address == "/customers?name=x");
}

TEST_CASE("what failed for want of a network is asked for again, and nothing else") {
    AppModel model = inside();
    (void)open_address(model, "/batches");
    const auto fail = [&](const char* code) { (void)list_arrived(model, {ListId::batches, model.batches.list.generation, true, Error::of(code)}); };
    const Passing passing = [](const Error& error) { return error.code == "network.unreachable"; };
    fail("rights.missing");
    CHECK(ask_again(model, passing).empty());
    (void)reduce(model, AppEvent(batches::Event(batches::Retried{})));
    fail("network.unreachable");
    CHECK(test::count_of<FetchList>(ask_again(model, passing)) == 1);
    CHECK(ask_again(model, passing).empty());
    model.workbench.trouble = workbench::Trouble{"commit", Error::of("network.unreachable")};
    model.workbench.uncertain = true;
    CHECK(ask_again(model, passing).empty());
    model.workbench.trouble->during = "ask";
    CHECK(test::count_of<RetryWorkbook>(ask_again(model, passing)) == 1);
}

namespace {

ListId only_list(const Effects& effects) { return test::only<FetchList>(effects).list; }

}  // namespace

TEST_CASE("every screen that has failed for want of a network asks again") {
    AppModel model = inside();
    const Passing passing = [](const Error& error) { return error.code == "network.unreachable"; };
    const auto failed = [](auto& remote) { remote.finish(Error::of("network.unreachable")); };
    failed(model.round.rounds);
    CHECK(test::count_of<FetchRounds>(ask_again(model, passing)) == 1);
    failed(model.feeds.feeds);
    CHECK(test::count_of<FetchFeeds>(ask_again(model, passing)) == 1);
    model.cabinets.tab = cabinets::Tab::cabinets;
    failed(model.cabinets.cabinets);
    CHECK(test::count_of<FetchCabinets>(ask_again(model, passing)) == 1);
    failed(model.customer.page);
    CHECK(test::count_of<FetchCustomer>(ask_again(model, passing)) == 1);
    model.history.code = "0771000000001";
    failed(model.history.found);
    CHECK(test::count_of<FetchHistory>(ask_again(model, passing)) == 1);
    // Of several lists the one on screen.
    model.cabinets.tab = cabinets::Tab::ranges;
    failed(model.cabinets.ranges);
    CHECK(test::count_of<FetchRanges>(ask_again(model, passing)) == 1);
    model.cabinets.tab = cabinets::Tab::proposals;
    failed(model.cabinets.proposals);
    const Effects again = ask_again(model, passing);
    CHECK(test::count_of<FetchProposals>(again) == 1);
    CHECK(test::count_of<Navigate>(again) == 0);   // whoever is elsewhere by now stays there
    const auto list_failed = [](PagedList& list) {
        list.state = RemoteState::failed;
        list.error = Error::of("network.unreachable");
    };
    model.log.conditions.kind = "lock";
    list_failed(model.log.locks);
    CHECK(only_list(ask_again(model, passing)) == ListId::log_locks);
    model.feeds.tab = feeds::Tab::conflicts;
    list_failed(model.feeds.conflicts);
    CHECK(only_list(ask_again(model, passing)) == ListId::arrear_conflicts);
    model.feeds.feeds = {};
    failed(model.roles.roles);
    failed(model.menus.menu);
    failed(model.policies.policies);
    failed(model.api_keys.keys);
    failed(model.organisation.changes);
    model.organisation.units.selected = test::kTeam;
    for (RemoteState* state : {&model.people.list_state, &model.audit.state}) *state = RemoteState::failed;
    model.people.list_error = model.audit.error = Error::of("network.unreachable");
    CHECK(test::count_of<CallApi>(ask_again(model, passing)) == 7);
    CHECK(ask_again(model, passing).empty());
}

TEST_CASE("an undo that is looked at has an address; back closes it") {
    AppModel model = inside();
    (void)open_address(model, "/batch/12?undo=1");
    dto::BatchDto batch;
    batch.id = 12;
    CHECK(test::count_of<FetchUndoPlan>(reduce(model, AppEvent(batch::Event(batch::BatchCame{12, batch})))) == 1);
    CHECK(to_text(batch::address_of(model.batch)) == "/batch/12?undo=1");
    CHECK(open_address(model, "/batch/12").empty());
    CHECK_FALSE(model.batch.undo.open);
    CHECK(test::count_of<FetchUndoPlan>(open_address(model, "/batch/12?undo=1")) == 1);
}

TEST_CASE("what is looked at in administration goes into the address, as a step back undoes") {
    AppModel model = inside();
    model.world = test::world(0xFFFFFFFFu);
    const auto said = [](const Effects& effects) {
        for (const Effect& effect : effects)
            if (const auto* to = std::get_if<Navigate>(&effect)) return to->replace ? "replaced " + to->address : to->address;
        return std::string();
    };
    people::Conditions conditions;
    conditions.search = "nn";
    conditions.state = "all";
    CHECK(said(reduce(model, people::Event(people::Asked{conditions}))) == "/people?search=nn&state=all");
    CHECK(said(reduce(model, people::Event(people::RowPressed{9}))) == "/people?search=nn&state=all&person=9");
    CHECK(said(reduce(model, people::Event(people::NewPressed{}))) == "/people?search=nn&state=all&new=1");
    CHECK(said(reduce(model, roles::Event(roles::RolePressed{17}))) == "/roles?role=17");
    const std::string team = std::to_string(test::kTeam);
    CHECK(said(reduce(model, organisation::Event(organisation::UnitTreeUsed{UnitPressed{test::kTeam}}))) == "/organisation?unit=" + team);
    CHECK(said(reduce(model, audit::Event(audit::Asked{{"unit.", "nn_query", "2026-11-01", ""}}))) == "/audit?kind=unit.&search=nn_query&from=2026-11-01");
    CHECK(said(reduce(model, audit::Event(audit::RowPressed{8}))) == "/audit?kind=unit.&search=nn_query&from=2026-11-01&entry=8");
    CHECK(said(reduce(model, customers::Event(customers::ShapePressed{true}))) == "/customers?view=map");
    model.workbench.stage = workbench::Stage::planned;
    model.workbench.tab = workbench::Tab::flows;
    (void)reduce(model, workbench::Event(workbench::ShapePressed{true}));
    CHECK(to_text(workbench::address_of(model.workbench)) == "/moves?tab=flows&flows=chart");
}

TEST_CASE("a tab of the browser is named after what is on screen") {
    AppModel model = inside();
    model.stage = Stage::login;
    CHECK(name_of_screen(model).empty());
    model.stage = Stage::inside;
    (void)open_address(model, "/customers?unit=" + std::to_string(test::kTeam));
    CHECK(name_of_screen(model) == model.world.unit_name(test::kTeam) + " · 客户查询");
    (void)open_address(model, "/batch/12");
    CHECK(name_of_screen(model) == "调整批次 12");
    (void)open_address(model, "/log");
    CHECK(name_of_screen(model) == "调整日志");
}

TEST_CASE("what stood in the way of saving is no longer said once it has passed") {
    AppModel model = inside();
    const Passing passing = [](const Error& error) { return error.code == "session.none"; };
    model.people.error = Error::of("session.none");
    model.roles.error = Error::of("people.last_administrator");
    model.workbench.trouble = workbench::Trouble{"commit", Error::of("session.none")};
    (void)ask_again(model, passing);
    CHECK_FALSE(model.people.error);
    CHECK(model.roles.error);
    CHECK_FALSE(model.workbench.trouble);
    model.workbench.trouble = workbench::Trouble{"commit", Error::of("session.none")};
    model.workbench.uncertain = true;   // it may have been done: that stands until it is known
    (void)ask_again(model, passing);
    CHECK(model.workbench.trouble);
    (void)reduce(model, workbench::Event(workbench::CommitNotTaken{}));
    CHECK_FALSE(model.workbench.trouble);
    CHECK_FALSE(model.workbench.uncertain);
}
