#include "client/engine/row_ranges.hpp"

#include <catch2/catch.hpp>

using namespace qudao::engine;

TEST_CASE("marked rows are told as ranges, and read back from whatever stands there") {
    CHECK(ranges_of({}).empty());
    CHECK(ranges_of({0, 0, 0}).empty());
    CHECK(ranges_of({1, 0, 1, 1, 1, 0, 1}) == "0,2-4,6");
    CHECK(rows_of_ranges("0,2-4,6", 7) == std::vector<std::uint32_t>{0, 2, 3, 4, 6});
    CHECK(rows_of_ranges("0,2-4,6", 4) == std::vector<std::uint32_t>{0, 2, 3});
    CHECK(rows_of_ranges("", 4).empty());
    CHECK(rows_of_ranges("x,-,1-,-2,3-1,99999999999999,2", 4) == std::vector<std::uint32_t>{2});
    CHECK(rows_of_ranges("0-4294967295", 2) == std::vector<std::uint32_t>{0, 1});
}
