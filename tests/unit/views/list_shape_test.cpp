#include <catch2/catch.hpp>

#include "client/views/common/list_shape.hpp"
#include "client/views/common/paged_list.hpp"
#include "tests/unit/views/world_fixture.hpp"

using namespace qudao;
using namespace qudao::client;
using query::Op;
using query::Source;

namespace {

std::vector<query::Filter> meant(std::string_view field, std::string_view text, Source source = Source::customer) {
    auto filters = filters_of(source, {std::string(field), std::string(text)}, World());
    REQUIRE(filters);
    return *filters;
}
void check_range(const std::vector<query::Filter>& filters, std::int64_t first, std::int64_t last) {
    REQUIRE(filters.size() == 2);
    CHECK(filters[0].op == Op::greater_equal);
    CHECK(filters[1].op == Op::less_equal);
    CHECK(std::get<std::int64_t>(filters[0].values.at(0)) == first);
    CHECK(std::get<std::int64_t>(filters[1].values.at(0)) == last);
}

}  // namespace

TEST_CASE("a number typed into a column's filter") {
    check_range(meant("revenue", "500"), 50000, 50000);
    check_range(meant("revenue", "100..1,000.50"), 10000, 100050);
    check_range(meant("revenue", " １００～５００ "), 10000, 50000);
    CHECK(meant("revenue", ">=500").at(0).op == Op::greater_equal);
    CHECK(meant("revenue", "≥ 500").at(0).op == Op::greater_equal);
    CHECK(meant("revenue", "＞500").at(0).op == Op::greater);
    CHECK(meant("revenue", "<500").at(0).op == Op::less);
    CHECK(meant("revenue", "<=500").at(0).op == Op::less_equal);
    CHECK(meant("revenue", "=").at(0).op == Op::has_no_data);
    check_range(meant("rows", "1,240", Source::batch), 1240, 1240);
}

TEST_CASE("a date typed into a column's filter stands for all its days") {
    check_range(meant("installed_on", "2026-10-05"), make_date(2026, 10, 5).days, make_date(2026, 10, 5).days);
    check_range(meant("installed_on", "2026-02"), make_date(2026, 2, 1).days, make_date(2026, 2, 28).days);
    check_range(meant("installed_on", "2026"), make_date(2026, 1, 1).days, make_date(2026, 12, 31).days);
    check_range(meant("installed_on", "2026-01..2026-06"), make_date(2026, 1, 1).days, make_date(2026, 6, 30).days);
    CHECK(std::get<std::int64_t>(meant("installed_on", ">2026-10").at(0).values.at(0)) == make_date(2026, 10, 31).days);
    check_range(meant("at", "2026-11-18", Source::batch), start_of_day(make_date(2026, 11, 18)).epoch_ms, start_of_day(make_date(2026, 11, 19)).epoch_ms - 1);
}

TEST_CASE("a text typed into a column's filter") {
    CHECK(meant("name", "南宁").at(0).op == Op::contains);
    CHECK(meant("code", "0771").at(0).op == Op::prefix);
    CHECK(meant("code", "=0771000000001").at(0).op == Op::equal);
    CHECK(std::get<std::string>(meant("code", " ０７７１ ").at(0).values.at(0)) == "0771");
}

TEST_CASE("a filter that means nothing says so") {
    for (const std::string_view text : {"x", ">=", "1..", "..", "1.2.3", "2026-13"}) {
        CAPTURE(text);
        const auto filters = filters_of(Source::customer, {"revenue", std::string(text)}, World());
        REQUIRE_FALSE(filters);
        CHECK(filters.error().code == "list.filter");
    }
    for (const std::string_view text : {"2026-13", "2026-00", "26", "2026-02-30", "18-11-2026"}) CHECK_FALSE(filters_of(Source::customer, {"installed_on", std::string(text)}, World()));
    CHECK(filters_of(Source::customer, {"nothing", "1"}, World()).error().code == "query.unknown_field");
}

TEST_CASE("units and channels are filtered by name or code") {
    const World world = test::world();
    const auto found = filters_of(Source::customer, {"place", "社区"}, world);
    REQUIRE(found);
    REQUIRE(found->size() == 1);
    CHECK(found->at(0).op == Op::any_of);
    CHECK_FALSE(found->at(0).values.empty());
    const auto none = filters_of(Source::customer, {"place", "没有这样的单位"}, world);
    REQUIRE(none);
    CHECK(std::get<std::int64_t>(none->at(0).values.at(0)) == 0);  // nothing, not everything
}

TEST_CASE("every filter that is understood passes the catalogue's own check") {
    const World world = test::world();
    for (const Source source : {Source::customer, Source::adjustment, Source::batch, Source::handover})
        for (const query::Field& field : query::fields_of(source))
            for (const std::string_view text : {"1", "2026-10", ">=5", "=5", "a", "=", "0..9"}) {
                const auto filters = filters_of(source, {std::string(field.name), std::string(text)}, world);
                if (!filters) continue;
                query::QuerySpec spec;
                spec.source = source;
                spec.filters = *filters;
                CAPTURE(field.name, text);
                CHECK(query::check(spec));
            }
}

TEST_CASE("a list's shape goes through the address and back") {
    ListShape shape{{{"revenue", true}, {"code", false}}, {{"name", "南&宁=1"}, {"revenue", ">=500"}}};
    Address address{{"customers"}, {}};
    put_shape(address, shape);
    const ListShape back = shape_in(parse_address(to_text(address)));
    REQUIRE(back.sorts.size() == 2);
    CHECK(back.sorts[0].field == "revenue");
    CHECK(back.sorts[0].descending);
    CHECK_FALSE(back.sorts[1].descending);
    CHECK(back.filters == shape.filters);
    CHECK(shape_in(Address{{"customers"}, {}}).none());
}

TEST_CASE("a header pressed sorts alone, with Shift after the others") {
    auto order = sorted_by({{"code", false}}, "revenue", true, false);
    REQUIRE(order.size() == 1);
    order = sorted_by(order, "code", false, true);
    REQUIRE(order.size() == 2);
    CHECK(order[1].field == "code");
    order = sorted_by(order, "revenue", false, true);
    REQUIRE(order.size() == 2);
    CHECK_FALSE(order[0].descending);
    CHECK(filtered_by({{"name", "a"}}, "name", " ").empty());
    CHECK(filtered_by({{"name", "a"}}, "code", "1").size() == 2);
}

TEST_CASE("a list asks for its screen's conditions and its shape together") {
    PagedList list{ListId::customers, Source::customer};
    query::QuerySpec spec;
    spec.source = Source::customer;
    spec.order = {{"code", false}};
    spec.start_at = query::Value(std::string("0771"));
    (void)start(list, spec);
    CHECK(list.spec.start_at);
    const World world;
    REQUIRE(reshape(list, {{{"revenue", true}, {"contract", false}}, {{"code", "0772"}}}, world).size() == 1);
    CHECK(list.spec.filters.size() == 1);
    REQUIRE(list.spec.order.size() == 1);      // a contract is not sortable
    CHECK(list.spec.order[0].field == "revenue");
    CHECK_FALSE(list.spec.start_at);           // a place in the order of codes
    CHECK(reshape(list, {{}, {{"revenue", "viel"}}}, world).empty());
    REQUIRE(list.shape_fault);
    CHECK(list.shape_fault->field == "revenue");
    REQUIRE(reshape(list, {}, world).size() == 1);
    CHECK(list.spec.filters.empty());
    CHECK(list.spec.order[0].field == "code");
}
