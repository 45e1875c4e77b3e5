#include <catch2/catch.hpp>

#include "client/views/common/format.hpp"
#include "client/views/common/list_rows.hpp"
#include "client/views/common/paged_list.hpp"

using namespace qudao;
using namespace qudao::client;

TEST_CASE("rows are kept by columns, no data apart from 0") {
    ListRows rows(query::Source::customer);
    dto::ListPage page;
    page.columns = {"code", "revenue"};
    page.rows = {{std::string("0771000000001"), std::int64_t{0}}, {std::string("0771000000002"), std::monostate{}}};
    rows.append(page);
    REQUIRE(rows.size() == 2);
    CHECK(rows.text(1, "code") == "0771000000002");
    CHECK(rows.number(0, "revenue") == 0);
    CHECK_FALSE(rows.number(1, "revenue"));
    CHECK_FALSE(rows.number(2, "revenue"));
    CHECK(rows.text(0, "unknown").empty());
    rows.clear();
    CHECK(rows.size() == 0);
}

TEST_CASE("names of persons come with the rows") {
    ListRows rows(query::Source::batch);
    dto::ListPage page;
    page.columns = {"id", "person"};
    page.rows = {{std::int64_t{1}, std::int64_t{7}}};
    page.persons = {{{7, "覃晓燕"}}};
    rows.append(page);
    CHECK(rows.person(7) == "覃晓燕");
    CHECK(rows.person(8).empty());
}

TEST_CASE("a list stops growing where nobody scrolls any more") {
    PagedList list(ListId::customers, query::Source::customer);
    (void)start(list, {});
    dto::ListPage page;
    page.columns = {"id"};
    page.rows.assign(static_cast<std::size_t>(kMostListRows), {std::int64_t{1}});
    page.next = "more";
    REQUIRE(take(list, {ListId::customers, list.generation, true, page}));
    CHECK(list.full());
    CHECK(more(list).empty());
}

TEST_CASE("numbers are said as people read them") {
    const Words zh(Language::zh), en(Language::en);
    CHECK(signed_count(12) == "+12");
    CHECK(signed_count(-1234) == "−1,234");
    CHECK(signed_count(0) == "0");
    CHECK(signed_yuan(-5) == "−0.05");
    CHECK(period_words(zh, 202610) == "2026年10月");
    CHECK(period_words(zh, 202603) == "2026年3月");
    CHECK(period_words(en, 202603) == "2026-03");
    CHECK(revenue_words(zh, {5, 0, 0}) == "无数据");
    CHECK(revenue_words(zh, {5, 1, 0}) == "0.00");
    CHECK(yuan_or_no_data(zh, 1234567) == "12,345.67");
    CHECK(to_the_minute("2026-11-23 09:30:05") == "2026-11-23 09:30");
}
