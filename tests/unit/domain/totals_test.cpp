#include "shared/domain/totals.hpp"

#include <catch2/catch.hpp>

#include "tests/unit/domain/small_province.hpp"

namespace qudao {
namespace {

using test::at;
using test::small_province;

TEST_CASE("places add up to both trees alike") {
    const Organisation& org = small_province();
    std::vector<UnitTotal> places(org.size());
    std::int64_t number = 1;
    UnitTotal all;
    for (UnitIndex unit = 0; unit < org.size(); ++unit)
        if (is_place(org.unit(unit).kind)) {
            places[unit] = {number, number / 2, number * 100};
            all += places[unit];
            ++number;
        }
    const auto area = roll_up(org, Tree::area, places);
    const auto channel = roll_up(org, Tree::channel, places);
    CHECK(area[at("P")] == all);
    CHECK(channel[at("P")] == all);
    for (const char* shared : {"D1", "D2", "T1", "T3", "C1", "W1"}) CHECK(area[at(shared)] == channel[at(shared)]);
    UnitTotal both = channel[at("KC1")];
    both += channel[at("KC2")];
    CHECK(channel[at("KC")] == both);
    CHECK(area[at("N1")] == [&] {
        UnitTotal sum = area[at("B1")];
        sum += area[at("B2")];
        return sum;
    }());
    CHECK(area[at("KP")] == UnitTotal{});  // not in that tree
    CHECK(channel[at("N1")] == UnitTotal{});
}

TEST_CASE("after is before, more and less") {
    MovePlan plan;
    plan.arriving.resize(2);
    plan.leaving.resize(2);
    plan.leaving[0] = {2, 1, 500};
    plan.arriving[1] = {2, 1, 500};
    const std::vector<UnitTotal> before = {{10, 9, 9000}, {0, 0, 0}};
    const auto after = totals_after(before, plan);
    CHECK(after[0] == UnitTotal{8, 8, 8500});
    CHECK(after[1] == UnitTotal{2, 1, 500});
}

}  // namespace
}  // namespace qudao
