// Feeds, cabinets and a customer's page without a browser.
#include <algorithm>
#include <catch2/catch.hpp>

#include "client/views/cabinets/cabinets_model.hpp"
#include "client/views/customer/customer_model.hpp"
#include "client/views/feeds/feeds_model.hpp"
#include "tests/unit/views/world_fixture.hpp"

using namespace qudao;
using namespace qudao::client;
using qudao::client::test::count_of;
using qudao::client::test::only;

namespace {

dto::FeedRunDto a_run(std::int64_t id) {
    dto::FeedRunDto run;
    run.id = id;
    run.kind = "subscribers";
    run.state = "done";
    return run;
}

dto::ServedSubscriberDto served(const std::string& number, const std::string& customer, std::int64_t place) {
    dto::ServedSubscriberDto one;
    one.access_number = number;
    one.contract = "45" + customer;
    one.cabinet = "CD-1";
    one.customer_code = customer;
    one.customer_name = "客户" + customer;
    one.place = place;
    return one;
}

}  // namespace

TEST_CASE("feeds: arrears that the two sources state differently are a list of their own, and go out") {
    const World world = test::world();
    feeds::Model model;
    const Effects pressed = reduce(model, feeds::TabPressed{feeds::Tab::conflicts}, world);
    const FetchList asked = only<FetchList>(pressed);
    CHECK(asked.list == ListId::arrear_conflicts);
    CHECK(query::check(asked.spec).ok());
    CHECK(only<Navigate>(pressed).address == "/feeds?tab=conflicts");
    dto::ListPage page;
    page.columns = {"access_number"};
    page.rows = {{std::string("07711230001")}};
    (void)reduce(model, ListArrived{ListId::arrear_conflicts, model.conflicts.generation, true, page}, world);
    CHECK(model.conflicts.rows.size() == 1);
    const engine::ExportRequest request = only<ExportList>(reduce(model, feeds::ExportPressed{}, world)).request;
    for (const auto& column : request.columns) CHECK(query::find_field(query::Source::arrear_conflict, column.field) != nullptr);
    CHECK(count_of<FetchList>(reduce(model, feeds::Opened{parse_address("/feeds?tab=conflicts")}, world)) == 1);
    CHECK(count_of<FetchList>(reduce(model, feeds::Opened{parse_address("/feeds")}, world)) == 0);
    CHECK(reduce(model, feeds::ExportPressed{}, test::world(0)).empty());
}

TEST_CASE("feeds: a file is sent, imported, and the screen is asked for anew") {
    const World world = test::world();
    feeds::Model model;
    CHECK(count_of<FetchFeeds>(reduce(model, feeds::Opened{}, world)) == 1);
    dto::FeedsDto came;
    came.runs = {a_run(9), a_run(8)};
    came.next = 8;
    (void)reduce(model, feeds::FeedsCame{0, came}, world);
    CHECK(model.runs.size() == 2);
    CHECK(only<FetchFeeds>(reduce(model, feeds::MoreWanted{}, world)).before == 8);
    CHECK(reduce(model, feeds::MoreWanted{}, world).empty());
    (void)reduce(model, feeds::FeedsCame{8, came}, world);
    CHECK(model.runs.size() == 4);

    CHECK(count_of<UploadFeed>(reduce(model, feeds::FilePicked{}, world)) == 1);
    CHECK(reduce(model, feeds::FilePicked{}, world).empty());  // one at a time
    CHECK(reduce(model, feeds::PickPressed{}, world).empty());
    (void)reduce(model, feeds::Sent{500}, world);
    CHECK(model.upload->sent == 500);
    const Effects ended = reduce(model, feeds::UploadEnded{a_run(10)}, world);
    CHECK(count_of<FetchFeeds>(ended) == 1);
    CHECK(model.imported->id == 10);
    CHECK_FALSE(model.upload);
    (void)reduce(model, feeds::FilePicked{}, world);
    (void)reduce(model, feeds::UploadEnded{Error::of("feed.truncated").with("lines", 3)}, world);
    CHECK(model.error->code == "feed.truncated");
    CHECK_FALSE(model.imported);
}

TEST_CASE("feeds: what the first line says, and why one was refused") {
    CHECK(feeds::kind_of_head("#qudao-feed|lines|1|2026-11-18|UTF-8|97\n") == "lines");
    CHECK(feeds::kind_of_head("\xEF\xBB\xBF#qudao-feed|charges|1|") == "charges");
    CHECK_FALSE(feeds::kind_of_head("#qudao-feed|weather|1|"));
    CHECK_FALSE(feeds::kind_of_head("access_number,name"));
    CHECK_FALSE(feeds::kind_of_head(""));
    const World world = test::world();
    dto::FeedRunDto run = a_run(1);
    CHECK(feeds::refusal_words(world, run).empty());
    run.error = "feed.count";
    run.error_detail = "stated=10 found=9";
    CHECK(feeds::refusal_words(world, run).find("声明有 10 行，实际有 9 行") != std::string::npos);
    run.error = "feed.no_head";
    run.error_detail = "found=客户编码 a=b";
    CHECK(feeds::refusal_words(world, run).find("请") != std::string::npos);
}

TEST_CASE("cabinets: a change shows whom it concerns, and whom it would move") {
    const World world = test::world();
    cabinets::Model model;
    (void)reduce(model, cabinets::Opened{parse_address("/cabinets")}, world);
    dto::CabinetsDto came;
    came.cabinets = {{1, "CD-1", "民族大道", test::kCommunity, 3}};
    (void)reduce(model, cabinets::CabinetsCame{"", true, came}, world);
    (void)reduce(model, cabinets::RangesCame{0, dto::NumberRangesDto{}}, world);
    const FetchServed asked = only<FetchServed>(reduce(model, cabinets::CabinetPressed{"CD-1"}, world));
    CHECK(asked.first == "CD-1");
    dto::ServedSubscribersDto on;
    on.subscribers = {served("1", "a", test::kCommunity), served("2", "a", test::kCommunity), served("3", "b", test::kPool), served("4", "c", test::kOther)};
    (void)reduce(model, cabinets::ServedCame{asked.generation + 1, true, on}, world);
    CHECK(model.edit->served.loading());  // of another one
    (void)reduce(model, cabinets::ServedCame{asked.generation, true, on}, world);
    (void)reduce(model, cabinets::UnitsUsed{UnitPressed{test::kOther}}, world);
    const cabinets::Preview& preview = model.edit->preview;
    CHECK(preview.subscribers == 4);
    REQUIRE(preview.customers.size() == 3);
    CHECK(preview.movable == 2);  // c is there already
    CHECK(preview.customers[0].code == "a");
    CHECK(preview.customers[0].then == test::kOther);
    CHECK_FALSE(preview.customers[2].proposed);

    const SaveCabinet save = only<SaveCabinet>(reduce(model, cabinets::SavePressed{true}, world));
    CHECK(save.request.unit == test::kOther);
    CHECK(save.request.version == 3);
    CHECK(reduce(model, cabinets::SavePressed{true}, world).empty());
    const Effects saved = reduce(model, cabinets::Saved{}, world);
    const std::string cells = only<OpenMoves>(saved).cells;
    CHECK(std::count(cells.begin(), cells.end(), '\n') == 3);
    CHECK(cells.find("a\t" + world.unit_code(test::kOther)) != std::string::npos);
    CHECK_FALSE(model.edit);
}

TEST_CASE("cabinets: what would happen to a subscriber, by the partition itself") {
    const World world = test::world();
    cabinets::Model model;
    CHECK(only<FetchFacts>(reduce(model, cabinets::Asked{{"07710000001", "", "CD-1", ""}}, world)).cabinet == "CD-1");
    dto::PartitionFactsDto facts;
    facts.precedence = "cabinet_first";
    facts.cabinet_code = "CD-1";
    facts.cabinet = dto::CabinetDto{1, "CD-1", "", test::kCommunity, 1};
    (void)reduce(model, cabinets::FactsCame{facts}, world);
    REQUIRE(model.what_if);
    CHECK(model.what_if->place == test::kCommunity);
    CHECK(model.what_if->rule == "cabinet");
    const customer::Why why = customer::why_of(*model.what_if, world);
    CHECK(why.decision.find("CD-1") != std::string::npos);
    CHECK(why.decision.find(world.unit_name(test::kCommunity)) != std::string::npos);
    REQUIRE(why.details.size() == 1);  // the number lies in no range
    facts.contract_known = true;
    (void)reduce(model, cabinets::FactsCame{facts}, world);
    CHECK(model.what_if->place == 0);
}

TEST_CASE("a customer's page: asked for by code, and a late answer of another is dropped") {
    const World world = test::world();
    customer::Model model;
    CHECK(only<FetchCustomer>(reduce(model, customer::Opened{parse_address("/customer/0771000000001")}, world)).code == "0771000000001");
    dto::CustomerPageDto page;
    page.name = "别人";
    (void)reduce(model, customer::PageCame{"0771000000002", page}, world);
    CHECK(model.page.loading());
    (void)reduce(model, customer::PageCame{"0771000000001", page}, world);
    CHECK(model.page.ready());
    dto::TraceDto trace;
    trace.rule = "billing_area_pool";
    trace.cabinet = "CD-9";
    trace.cabinet_finding = "unknown";
    trace.range_finding = "unknown";
    trace.billing_area = "450103";
    trace.place = test::kPool;
    page.traces = {trace};
    page.place = test::kCommunity;
    CHECK(customer::moved_since(page, world).find(world.unit_name(test::kCommunity)) != std::string::npos);
    page.place = test::kPool;
    CHECK(customer::moved_since(page, world).empty());
    const customer::Why why = customer::why_of(trace, world);
    CHECK(why.decision.find("450103") != std::string::npos);
    REQUIRE(why.details.size() == 2);
    CHECK(why.details[0].find("CD-9") != std::string::npos);
}
