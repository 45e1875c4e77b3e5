#include "client/engine/flow_groups.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <map>

#include "shared/base/random.hpp"

namespace qudao::engine {
namespace {

dto::FlowDto sum_of(const std::vector<dto::FlowDto>& flows) {
    dto::FlowDto sum;
    for (const dto::FlowDto& flow : flows) {
        sum.customers += flow.customers;
        sum.with_revenue += flow.with_revenue;
        sum.revenue_fen += flow.revenue_fen;
    }
    return sum;
}

std::map<std::int64_t, std::int64_t> customers(const std::vector<dto::FlowDto>& flows, std::int64_t dto::FlowDto::*side) {
    std::map<std::int64_t, std::int64_t> sums;
    for (const dto::FlowDto& flow : flows) sums[flow.*side] += flow.customers;
    return sums;
}

}  // namespace

TEST_CASE("few units are all told, and nothing is called others") {
    const std::vector<dto::FlowDto> flows{{1, 2, 5, 5, 500}, {3, 2, 7, 0, 0}, {3, 4, 1, 1, 10}};
    const auto groups = grouped(flows, 3);
    REQUIRE(groups.size() == 3);
    CHECK(groups[0].from == 3);
    CHECK(groups[0].customers == 7);
    for (const dto::FlowDto& group : groups) {
        CHECK(group.from != kOtherUnits);
        CHECK(group.to != kOtherUnits);
    }
    CHECK(grouped({}, 5).empty());
}

TEST_CASE("the largest units stand for themselves, the rest of a side together, two at least") {
    const std::vector<dto::FlowDto> flows{{1, 9, 50, 1, 5}, {2, 9, 40, 0, 0}, {3, 9, 30, 1, 3}, {4, 9, 20, 1, 2}, {3, 8, 25, 1, 1}};
    const auto groups = grouped(flows, 3);
    const auto left = customers(groups, &dto::FlowDto::from), right = customers(groups, &dto::FlowDto::to);
    CHECK(left == std::map<std::int64_t, std::int64_t>{{kOtherUnits, 60}, {1, 50}, {3, 55}});
    CHECK(right == std::map<std::int64_t, std::int64_t>{{8, 25}, {9, 140}});
    const auto others = std::find_if(groups.begin(), groups.end(), [](const dto::FlowDto& group) { return group.from == kOtherUnits; });
    REQUIRE(others != groups.end());
    CHECK(others->with_revenue == 1);
    CHECK(others->revenue_fen == 2);
    // Named four, others would be one unit: there is no need of them.
    CHECK(customers(grouped(flows, 4), &dto::FlowDto::from).count(kOtherUnits) == 0);
}

TEST_CASE("nobody is lost by grouping, nor by grouping what is grouped, which gives the same") {
    Random random(5);
    for (int round = 0; round < 200; ++round) {
        std::map<std::pair<std::int64_t, std::int64_t>, dto::FlowDto> unique;
        for (std::int64_t n = random.between(0, 300); n > 0; --n) {
            dto::FlowDto flow{random.between(1, 40), random.between(1, 60), random.between(1, 30), random.between(0, 3), random.between(0, 900)};
            unique[{flow.from, flow.to}] = flow;
        }
        std::vector<dto::FlowDto> flows;
        for (const auto& one : unique) flows.push_back(one.second);
        const auto many = grouped(flows, 15), few = grouped(many, 6);
        for (const auto& groups : {many, few}) {
            const dto::FlowDto all = sum_of(flows), kept = sum_of(groups);
            CHECK(kept.customers == all.customers);
            CHECK(kept.with_revenue == all.with_revenue);
            CHECK(kept.revenue_fen == all.revenue_fen);
        }
        for (const auto side : {&dto::FlowDto::from, &dto::FlowDto::to}) {
            const auto whole = customers(flows, side);
            for (const auto& [unit, count] : customers(many, side))
                if (unit != kOtherUnits) CHECK(whole.at(unit) == count);
            CHECK(customers(few, side) == customers(grouped(flows, 6), side));
            CHECK(customers(few, side).size() <= 6);
        }
    }
}

}  // namespace qudao::engine
