// Feeds, cabinets and a customer's page without a browser.
#include <algorithm>
#include <catch2/catch.hpp>

#include "client/views/cabinets/cabinets_model.hpp"
#include "client/views/common/format.hpp"
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
    one.cabinet_id = 1;
    one.cabinet_unit = test::kCommunity;
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

TEST_CASE("feeds: over time each day counts once a source, oldest first, whatever was refused or came again") {
    const World world = test::world();
    feeds::Model model;
    const auto came = [&](const char* kind, const char* day, const char* source, std::int64_t fresh, const char* state = "done") {
        dto::FeedRunDto run = a_run(static_cast<std::int64_t>(model.runs.size()));
        run.kind = kind;
        run.day = day;
        run.source = source;
        run.state = state;
        run.fresh = fresh;
        run.rejected = 1;
        model.runs.push_back(run);
    };
    // Newest first, as they come.
    came("subscribers", "2026-11-17", "billing", 7);
    came("arrears", "2026-11-18", "accounts", 100);
    came("arrears", "2026-11-18", "billing", 20);
    came("subscribers", "2026-11-18", "billing", 500, "refused");
    came("subscribers", "2026-11-18", "billing", 3);
    came("subscribers", "2026-11-17", "billing", 999);  // what it was before it came again
    const auto told = [&](const feeds::Model& of) {
        std::string all;
        for (const feeds::TrendPoint& point : feeds::trend_of(of, world).points)
            all += point.of + (point.came ? "=" + std::to_string(point.fresh) + "/" + std::to_string(point.rejected) : "=none") + " ";
        return all;
    };
    CHECK(told(model) == "2026-11-17=7/1 2026-11-18=3/1 ");
    CHECK_FALSE(feeds::trend_of(model, world).monthly);
    came("subscribers", "2026-11-14", "billing", 9);
    CHECK(told(model) == "2026-11-14=9/1 2026-11-17=7/1 2026-11-18=3/1 ");  // nothing is known of a rhythm
    model.feeds.finish(std::vector<dto::FeedDto>(1));
    model.feeds.value[0].kind = "subscribers";
    model.feeds.value[0].rhythm_days = 1;
    CHECK(told(model) == "2026-11-14=9/1 2026-11-15=none 2026-11-16=none 2026-11-17=7/1 2026-11-18=3/1 ");

    CHECK(only<Navigate>(reduce(model, feeds::TabPressed{feeds::Tab::trend}, world)).address == "/feeds?tab=trend&kind=subscribers");
    CHECK(only<Navigate>(reduce(model, feeds::TrendKindPressed{"arrears"}, world)).address == "/feeds?tab=trend&kind=arrears");
    CHECK(told(model) == "2026-11-18=120/2 ");  // both sources

    feeds::Model linked;
    (void)reduce(linked, feeds::Opened{parse_address("/feeds?tab=trend&kind=charges")}, world);
    CHECK(linked.trend_kind == "charges");
    for (const std::int32_t period : {202610, 202609}) {
        linked.runs.push_back(a_run(period));
        linked.runs.back().kind = "charges";
        linked.runs.back().period = period;
    }
    CHECK(feeds::trend_of(linked, world).monthly);
    CHECK(told(linked) == period_words(world.words, 202609) + "=0/0 " + period_words(world.words, 202610) + "=0/0 ");
    (void)reduce(linked, feeds::Opened{parse_address("/feeds?tab=trend&kind=nonsense")}, world);
    CHECK(linked.trend_kind == "charges");
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

TEST_CASE("cabinets: a new one may be named by lines already, and a new range hold numbers") {
    const World world = test::world();
    cabinets::Model model;
    (void)reduce(model, cabinets::Opened{parse_address("/cabinets")}, world);
    (void)reduce(model, cabinets::CabinetsCame{"", true, dto::CabinetsDto{}}, world);
    (void)reduce(model, cabinets::NewPressed{}, world);
    const FetchServed asked = only<FetchServed>(reduce(model, cabinets::Named{.code = "CD-404", .name = "", .first = "", .last = ""}, world));
    CHECK_FALSE(asked.range);
    CHECK(asked.first == "CD-404");
    CHECK(reduce(model, cabinets::Named{.code = "CD-404", .name = "新箱", .first = "", .last = ""}, world).empty());  // the name changes nobody
    dto::ServedSubscribersDto on;
    on.subscribers = {served("1", "a", test::kPool)};
    on.subscribers[0].cabinet = "CD-404";
    (void)reduce(model, cabinets::ServedCame{asked.generation, true, on}, world);
    (void)reduce(model, cabinets::UnitsUsed{UnitPressed{test::kOther}}, world);
    CHECK(model.edit->preview.subscribers == 1);
    CHECK(model.edit->preview.movable == 1);
    CHECK(reduce(model, cabinets::Named{.code = "", .name = "新箱", .first = "", .last = ""}, world).empty());
    CHECK(model.edit->preview.subscribers == 0);

    (void)reduce(model, cabinets::TabPressed{cabinets::Tab::ranges}, world);
    (void)reduce(model, cabinets::NewPressed{}, world);
    CHECK(count_of<FetchServed>(reduce(model, cabinets::Named{.code = "", .name = "", .first = "07718", .last = ""}, world)) == 0);
    const FetchServed in = only<FetchServed>(reduce(model, cabinets::Named{.code = "", .name = "", .first = "07718", .last = "07719"}, world));
    CHECK(in.range);
    CHECK(in.last == "07719");
    (void)reduce(model, cabinets::ServedCame{in.generation, true, dto::ServedSubscribersDto{}}, world);
    (void)reduce(model, cabinets::UnitsUsed{UnitPressed{test::kOther}}, world);
    CHECK_FALSE(model.edit->preview.fault);
    dto::ServedSubscribersDto others;
    others.ranges = {{7, "07715", "07718", test::kCommunity, 1}};
    (void)reduce(model, cabinets::ServedCame{in.generation, true, others}, world);
    REQUIRE(model.edit->preview.fault);
    CHECK(model.edit->preview.fault->code == "partition.range_overlap");
}

// A range and a cabinet that serve the same community; two of the three subscribers are on the cabinet as well.
cabinets::Preview preview_of_range(const char* precedence) {
    const World world = test::world();
    dto::ServedSubscribersDto page;
    page.precedence = precedence;
    page.subscribers = {served("07710000001", "a", test::kCommunity), served("07710000002", "b", test::kCommunity), served("07710000003", "c", test::kCommunity)};
    page.subscribers[2].cabinet.clear();
    page.subscribers[2].cabinet_id = page.subscribers[2].cabinet_unit = 0;
    page.ranges = {{7, "07710000000", "07710000009", test::kCommunity, 1}};
    cabinets::Model model;
    (void)reduce(model, cabinets::TabPressed{cabinets::Tab::ranges}, world);
    (void)reduce(model, cabinets::RangesCame{"", true, dto::NumberRangesDto{page.ranges, std::nullopt}}, world);
    const FetchServed asked = only<FetchServed>(reduce(model, cabinets::RangePressed{7}, world));
    (void)reduce(model, cabinets::ServedCame{asked.generation, true, page}, world);
    (void)reduce(model, cabinets::UnitsUsed{UnitPressed{test::kOther}}, world);
    return model.edit->preview;
}

TEST_CASE("cabinets: the preview of a range leaves those whose cabinet wins where they are, if cabinets win") {
    const cabinets::Preview first = preview_of_range("cabinet_first");
    CHECK(first.subscribers == 3);
    REQUIRE(first.movable == 1);
    CHECK(first.customers[0].code == "c");
    CHECK(preview_of_range("range_first").movable == 3);
    // Cabinet and range disagree then: into the pool, whither a preview moves nobody.
    CHECK(preview_of_range("both_match").movable == 0);
}

TEST_CASE("cabinets: the preview of a cabinet moves nobody whose range wins") {
    const World world = test::world();
    const auto movable = [&](const char* precedence) {
        cabinets::Model model;
        (void)reduce(model, cabinets::Opened{parse_address("/cabinets")}, world);
        dto::CabinetsDto came;
        came.cabinets = {{1, "CD-1", "民族大道", test::kCommunity, 3}};
        (void)reduce(model, cabinets::CabinetsCame{"", true, came}, world);
        const FetchServed asked = only<FetchServed>(reduce(model, cabinets::CabinetPressed{"CD-1"}, world));
        dto::ServedSubscribersDto on;
        on.precedence = precedence;
        on.subscribers = {served("07710000001", "a", test::kCommunity)};
        on.ranges = {{7, "07710000000", "07710000009", test::kCommunity, 1}};
        (void)reduce(model, cabinets::ServedCame{asked.generation, true, on}, world);
        (void)reduce(model, cabinets::UnitsUsed{UnitPressed{test::kOther}}, world);
        return model.edit->preview.movable;
    };
    CHECK(movable("cabinet_first") == 1);
    CHECK(movable("range_first") == 0);
}

TEST_CASE("cabinets: ranges are found by a number, and come page by page") {
    const World world = test::world();
    cabinets::Model model;
    CHECK(only<FetchRanges>(reduce(model, cabinets::Opened{parse_address("/cabinets?tab=ranges")}, world)).text.empty());
    const Effects searched = reduce(model, cabinets::Searched{" ０7711234567 "}, world);
    CHECK(only<FetchRanges>(searched).text == "07711234567");
    CHECK(only<Navigate>(searched).address == "/cabinets?tab=ranges&number=07711234567");
    dto::NumberRangesDto page;
    page.ranges = {{7, "07711234000", "07711234999", test::kCommunity, 1}};
    page.next = "07711234000";
    (void)reduce(model, cabinets::RangesCame{"", true, page}, world);   // of the search before
    CHECK(model.ranges.value.empty());
    (void)reduce(model, cabinets::RangesCame{"07711234567", true, page}, world);
    CHECK(only<FetchRanges>(reduce(model, cabinets::MoreWanted{}, world)).after == "07711234000");
    CHECK(reduce(model, cabinets::MoreWanted{}, world).empty());
    // What does not come is said once, and the end of the list is not asked for over and over.
    CHECK(count_of<Notify>(reduce(model, cabinets::RangesCame{"07711234567", false, Error::of("network.unreachable")}, world)) == 1);
    CHECK(reduce(model, cabinets::MoreWanted{}, world).empty());
}

dto::ProposalsDto proposals_from(std::int64_t first, std::int64_t last, bool more) {
    dto::ProposalsDto page;
    for (std::int64_t id = first; id <= last; ++id) {
        dto::ProposalDto one;
        one.id = id;
        one.customer_code = "077100000" + std::to_string(1000 + id / 2);   // two of each customer
        one.to = test::kOther;
        page.proposals.push_back(std::move(one));
    }
    if (more) page.next = last;
    return page;
}

TEST_CASE("cabinets: proposals come page by page, and all or the chosen ones go to the workbench") {
    const World world = test::world();
    cabinets::Model model;
    CHECK(only<FetchProposals>(reduce(model, cabinets::Opened{parse_address("/cabinets?tab=proposals")}, world)).after == 0);
    (void)reduce(model, cabinets::ProposalsCame{0, proposals_from(2, 201, true)}, world);
    CHECK(cabinets::proposals_count(model) == "200+");
    (void)reduce(model, cabinets::ProposalChosen{3}, world);
    (void)reduce(model, cabinets::ProposalChosen{4}, world);
    (void)reduce(model, cabinets::ProposalChosen{4}, world);
    const auto lines = [](const Effects& effects) {
        const std::string cells = only<OpenMoves>(effects).cells;
        return std::count(cells.begin(), cells.end(), '\n') - 1;
    };
    CHECK(lines(reduce(model, cabinets::ProposalsMovePressed{}, world)) == 1);
    (void)reduce(model, cabinets::AllChosen{}, world);
    CHECK(model.chosen.size() == 200);
    (void)reduce(model, cabinets::AllChosen{}, world);
    CHECK(model.chosen.empty());
    // None chosen: all there are, of which one page has come.
    CHECK(only<FetchProposals>(reduce(model, cabinets::ProposalsMovePressed{}, world)).after == 201);
    CHECK(only<FetchProposals>(reduce(model, cabinets::ProposalsCame{201, proposals_from(202, 401, true)}, world)).after == 401);
    CHECK(lines(reduce(model, cabinets::ProposalsCame{401, proposals_from(402, 451, false)}, world)) == 225);
    CHECK(cabinets::proposals_count(model) == "450");
    (void)reduce(model, cabinets::ProposalClosed{450, std::nullopt}, world);
    CHECK(cabinets::proposals_count(model) == "449");
    CHECK(count_of<Notify>(reduce(model, cabinets::ProposalClosed{449, Error::of("feed.unknown_proposal")}, world)) == 1);
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
