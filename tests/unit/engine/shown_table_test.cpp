#include <catch2/catch.hpp>

#include "client/engine/shown_table.hpp"

using namespace qudao;
using namespace qudao::engine;

namespace {

std::string cells(std::initializer_list<std::string_view> all) {
    std::string out;
    for (const std::string_view cell : all) out.append(cell).append(1, kCellEnd);
    return out;
}

}  // namespace

TEST_CASE("what a table shows becomes a workbook") {
    const ShownTable table{"客户", "客户.xlsx", {"客户编码", "收入", "行数"}, {"text", "yuan", "integer"}, 2};
    const auto bytes = write_shown(table, cells({"0771000000001", "1234.50", "1240", "=1+1", "无数据", ""}));
    REQUIRE(bytes);
    CHECK(bytes->substr(0, 2) == "PK");
    CHECK(write_shown(table, cells({"0771000000001", "1234.50", "1240", "=1+1", "无数据", ""})) .value() == *bytes);
}

TEST_CASE("cells that do not fill the table are refused") {
    const ShownTable table{"客户", "客户.xlsx", {"a", "b"}, {"text", "text"}, 1};
    CHECK_FALSE(write_shown(table, cells({"1"})));
    CHECK_FALSE(write_shown(table, cells({"1", "2", "3"})));
    CHECK_FALSE(write_shown({"客户", "x", {}, {}, 0}, ""));
    CHECK_FALSE(write_shown({"客户", "x", {"a"}, {}, 1}, cells({"1"})));
    CHECK(write_shown({"客户", "x", {"a"}, {"text"}, 0}, ""));
}
