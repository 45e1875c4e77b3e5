#include <catch2/catch.hpp>

#include "client/views/customers/customers_model.hpp"
#include "shared/base/text.hpp"
#include "tests/unit/views/world_fixture.hpp"

using namespace qudao;
using namespace qudao::client;
using namespace qudao::client::customers;
using qudao::client::test::count_of;
using qudao::client::test::only;

namespace {

FetchList rows_asked(const Effects& effects) {
    for (const Effect& effect : effects)
        if (const auto* fetch = std::get_if<FetchList>(&effect); fetch != nullptr && fetch->list == ListId::customers) return *fetch;
    throw std::runtime_error("rows were not asked for");
}

const query::Filter* filter_on(const query::QuerySpec& spec, std::string_view field) {
    for (const auto& filter : spec.filters)
        if (filter.field == field) return &filter;
    return nullptr;
}

ListArrived page(std::uint32_t generation, std::vector<std::string> codes, bool first = true, std::optional<std::string> next = std::nullopt) {
    dto::ListPage rows;
    rows.columns = {"code"};
    for (std::string& code : codes) rows.rows.push_back({std::move(code)});
    rows.next = std::move(next);
    return {ListId::customers, generation, first, std::move(rows)};
}

}  // namespace

TEST_CASE("opening asks for rows and for sums of the same conditions") {
    const World world = test::world();
    Model model;
    const Effects effects = reduce(model, Opened{parse_address("/customers?unit=5&name=%E9%9F%A6&sort=-revenue")}, world);
    CHECK(count_of<FetchList>(effects) == 2);
    const FetchList rows = rows_asked(effects);
    CHECK(check(rows.spec).ok());
    REQUIRE(filter_on(rows.spec, "place") != nullptr);
    CHECK(filter_on(rows.spec, "place")->op == query::Op::under);
    CHECK(filter_on(rows.spec, "name")->op == query::Op::contains);
    CHECK(rows.spec.order.front().field == "revenue");
    CHECK(rows.spec.order.front().descending);
    const auto& sums = std::get<FetchList>(effects.front());
    CHECK(sums.spec.grouped());
    CHECK(sums.spec.filters.size() == rows.spec.filters.size());
    CHECK(check(sums.spec).ok());
}

TEST_CASE("without the organisation nothing is asked until it comes") {
    World world = test::world();
    const auto organisation = std::exchange(world.organisation, nullptr);
    Model model;
    CHECK(reduce(model, Opened{parse_address("/customers?unit=5")}, world).empty());
    world.organisation = organisation;
    const Effects effects = reduce(model, OrganisationCame{}, world);
    CHECK(rows_asked(effects).spec.filters.size() == 1);
    CHECK(model.units.selected == 5);
}

TEST_CASE("conditions become filters; codes are normalised") {
    const World world = test::world();
    Model model;
    Conditions c;
    c.code = " ０７７１ ";
    c.contract = "4501";
    c.channel = "public";
    c.revenue = "1,200.50";
    c.from = "2026-10-01";
    c.to = "2026-10-31";
    c.locked = true;
    const Effects effects = reduce(model, Asked{c}, world);
    const query::QuerySpec spec = rows_asked(effects).spec;
    CHECK(check(spec).ok());
    CHECK(filter_on(spec, "code")->values.front() == query::Value(std::string("0771")));
    CHECK(filter_on(spec, "contract")->op == query::Op::prefix);
    CHECK(filter_on(spec, "channel")->values.front() == query::Value(std::int64_t{1}));
    CHECK(filter_on(spec, "revenue")->values.front() == query::Value(std::int64_t{120050}));
    CHECK(filter_on(spec, "locked_until")->values.front() == query::Value(std::int64_t{world.day.days}));
    CHECK(only<Navigate>(effects).address.find("revenue=1,200.50") != std::string::npos);
}

TEST_CASE("a value that is none is said at its field, and nothing is asked") {
    const World world = test::world();
    Model model;
    Conditions c;
    c.revenue = "viel";
    CHECK(reduce(model, Asked{c}, world).empty());
    REQUIRE(model.fault);
    CHECK(model.fault->field == "revenue");
    c.revenue = "";
    c.to = "2026-02-30";
    CHECK(reduce(model, Asked{c}, world).empty());
    CHECK(model.fault->field == "to");
    c.to = "2026-02-28";
    CHECK_FALSE(reduce(model, Asked{c}, world).empty());
    CHECK_FALSE(model.fault);
}

TEST_CASE("in pools means the pools under the unit, and none when there are none") {
    const World world = test::world();
    Model model;
    Conditions c;
    c.in_pool = true;
    query::QuerySpec spec = rows_asked(reduce(model, Asked{c}, world)).spec;
    CHECK(spec.filters.front().values == std::vector<query::Value>{std::int64_t{test::kPool}});
    (void)reduce(model, UnitTreeUsed{UnitPressed{test::kTeam}}, world);
    spec = asking_of(model, world).spec;
    CHECK(filter_on(spec, "place") != nullptr);
    CHECK(spec.filters.back().values == std::vector<query::Value>{std::int64_t{0}});
    CHECK(check(spec).ok());
}

TEST_CASE("an answer to an older wish is dropped") {
    const World world = test::world();
    Model model;
    const auto first = rows_asked(reduce(model, Opened{}, world));
    const auto second = rows_asked(reduce(model, Asked{{.name = "韦"}}, world));
    (void)reduce(model, page(second.generation, {"b"}), world);
    (void)reduce(model, page(first.generation, {"a"}), world);
    REQUIRE(model.list.rows.size() == 1);
    CHECK(model.list.rows.text(0, "code") == "b");
}

TEST_CASE("scrolling asks for the next page once, until there is none") {
    const World world = test::world();
    Model model;
    const auto asked = rows_asked(reduce(model, Opened{}, world));
    (void)reduce(model, page(asked.generation, {"a"}, true, "cursor"), world);
    const Effects next = reduce(model, MoreWanted{}, world);
    CHECK(only<FetchList>(next).cursor == "cursor");
    CHECK(reduce(model, MoreWanted{}, world).empty());
    (void)reduce(model, page(asked.generation, {"b"}, false), world);
    CHECK(model.list.rows.size() == 2);
    CHECK(reduce(model, MoreWanted{}, world).empty());
}

TEST_CASE("a page that fails leaves the rows and can be asked for again") {
    const World world = test::world();
    Model model;
    const auto asked = rows_asked(reduce(model, Opened{}, world));
    (void)reduce(model, page(asked.generation, {"a"}, true, "cursor"), world);
    (void)reduce(model, MoreWanted{}, world);
    (void)reduce(model, ListArrived{ListId::customers, asked.generation, false, Error::of("network.unreachable")}, world);
    CHECK(model.list.rows.size() == 1);
    CHECK(model.list.more_error);
    CHECK(reduce(model, MoreWanted{}, world).empty());
    CHECK(only<FetchList>(reduce(model, Retried{}, world)).cursor == "cursor");
}

TEST_CASE("sorting asks anew but leaves the sums") {
    const World world = test::world();
    Model model;
    (void)reduce(model, Opened{}, world);
    const Effects effects = reduce(model, Sorted{{"name_key", true}}, world);
    CHECK(count_of<FetchList>(effects) == 1);
    CHECK(rows_asked(effects).spec.order.front().field == "name_key");
    CHECK(only<Navigate>(effects).address == "/customers?sort=-name_key");
}

TEST_CASE("a jump goes to a value of the column that is sorted by") {
    const World world = test::world();
    Model model;
    (void)reduce(model, Opened{parse_address("/customers?sort=name_key")}, world);
    auto spec = rows_asked(reduce(model, Jumped{"韦"}, world)).spec;
    REQUIRE(spec.start_at);
    CHECK(*spec.start_at == query::Value(name_key("韦")));
    CHECK(check(spec).ok());
    // Downwards all that begin with it lie at or below the place jumped to.
    const auto down = jump_value({"name_key", true}, "韦");
    CHECK(std::get<std::string>(*down) > name_key("韦建国"));
    CHECK_FALSE(jump_value({"revenue", false}, "abc"));
    (void)reduce(model, Sorted{{"revenue", false}}, world);
    CHECK(model.jump.empty());
    CHECK(reduce(model, Jumped{"abc"}, world).empty());
    CHECK(model.fault->field == "jump");
    CHECK(model.jump.empty());
}

TEST_CASE("sums tell no data from nothing") {
    const World world = test::world();
    Model model;
    const Effects effects = reduce(model, Opened{}, world);
    dto::ListPage sums;
    sums.columns = {"count", "known:revenue", "sum:revenue"};
    sums.rows = {{std::int64_t{12}, std::int64_t{0}, std::int64_t{0}}};
    (void)reduce(model, ListArrived{ListId::customer_sums, model.sums_generation, true, sums}, world);
    REQUIRE(model.sums.ready());
    CHECK(model.sums.value.customers == 12);
    CHECK(model.sums.value.with_revenue == 0);
}

TEST_CASE("only who may export does") {
    Model model;
    const World with = test::world(), without = test::world(action_bit(Action::view_customer));
    (void)reduce(model, Opened{parse_address("/customers?sort=name_key&at=x")}, with);
    CHECK(reduce(model, ExportPressed{}, without).empty());
    const engine::ExportRequest request = only<ExportList>(reduce(model, ExportPressed{}, with)).request;
    CHECK(request.source == "customer");
    CHECK_FALSE(request.list.start_at);
    for (const auto& column : request.columns) CHECK(query::find_field(query::Source::customer, column.field) != nullptr);
}

TEST_CASE("the picture of units shows what the conditions leave, rolled up the tree on screen") {
    const World world = test::world();
    Model model;
    Conditions c;
    c.name = "岑";
    (void)reduce(model, Opened{parse_address("/customers?unit=" + std::to_string(test::kTeam))}, world);
    CHECK(count_of<FetchList>(reduce(model, Asked{c}, world)) == 2);   // no picture, no sums by place
    const Effects effects = reduce(model, ShapePressed{true}, world);
    const auto& places = std::get<FetchList>(effects.front());
    CHECK(places.list == ListId::customer_places);
    CHECK(places.spec.group_by == std::vector<std::string>{"place"});
    CHECK(check(places.spec).ok());
    REQUIRE(filter_on(places.spec, "name") != nullptr);
    REQUIRE(filter_on(places.spec, "place") != nullptr);
    dto::ListPage page;
    page.columns = {"place", "count", "known:revenue", "sum:revenue"};
    page.rows = {{std::int64_t{test::kCommunity}, std::int64_t{3}, std::int64_t{2}, std::int64_t{500}}, {std::int64_t{424242}, std::int64_t{1}, std::int64_t{1}, std::int64_t{1}}};
    (void)reduce(model, ListArrived{ListId::customer_places, places.generation - 1, true, page}, world);
    CHECK_FALSE(model.below.ready());   // of an older question
    (void)reduce(model, ListArrived{ListId::customer_places, places.generation, true, page}, world);
    REQUIRE(model.below.ready());
    const UnitTotal& team = model.below.value[world.unit(test::kTeam)];
    CHECK(team.customers == 3);
    CHECK(team.revenue_fen == 500);
    const Effects anew = reduce(model, Reset{}, world);
    CHECK(count_of<FetchList>(anew) == 3);
    CHECK_FALSE(model.below.ready());
}
