// The partition of new subscribers: rules C1-C7 one by one, and the properties that hold for all input.
#include <algorithm>
#include <catch2/catch.hpp>
#include <numeric>

#include "shared/base/random.hpp"
#include "shared/domain/partition.hpp"
#include "tests/unit/domain/small_province.hpp"

namespace qudao {
namespace {

using test::id_of;

// The small province, its pools with billing areas: W1 is the public pool of "AREA1".
const Organisation& province() {
    static const Organisation org = [] {
        std::vector<UnitRecord> units = test::small_units();
        for (UnitRecord& unit : units)
            if (unit.kind == UnitKind::pool) unit.billing_area = "AREA1";
        return Organisation::build(test::small_channels(), std::move(units)).value();
    }();
    return org;
}

std::vector<Cabinet> cabinets() {
    return {{CabinetId{1}, "CD-GJ001", "", id_of("C1"), 1}, {CabinetId{2}, "CD-GJ002", "", id_of("C2"), 1},
            {CabinetId{3}, "CD-GJ003", "", UnitId{}, 1},    {CabinetId{4}, "CD-GJ004", "", id_of("C3"), 1},
            {CabinetId{5}, "CD-GJ005", "", id_of("A1"), 1}};
}
std::vector<NumberRange> ranges() {
    return {{RangeId{1}, "07715000000", "07715099999", id_of("C1"), 1},
            {RangeId{2}, "07715100000", "07715199999", id_of("A1"), 1},
            {RangeId{3}, "13300000000", "13300000009", id_of("C5"), 1}};
}
PlaceMap map_with(Precedence precedence = Precedence::cabinet_first) {
    auto map = PlaceMap::build(province(), cabinets(), ranges(), {precedence, UnitId{}});
    REQUIRE(map.ok());
    return std::move(map).value();
}

struct One {
    Decision decision;
    Evidence evidence;
};
One place(const PlaceMap& map, std::string_view number, std::string_view cabinet, std::string_view area, std::int64_t customer = 0) {
    NewSubscribers rows;
    rows.push_back(number, "450000000001", cabinet, area, customer);
    const Partition result = partition(rows, map);
    return {result.decision[0], result.evidence[0]};
}
std::string placed(const One& one) { return one.decision.place == kNoUnit ? "" : province().unit(one.decision.place).code; }

}  // namespace

TEST_CASE("partition: a known contract leads to its customer, whatever else is known") {
    const One one = place(map_with(), "07715000001", "CD-GJ002", "AREA1", 77);
    CHECK(one.decision.rule == PartitionRule::contract_known);
    CHECK(one.decision.place == kNoUnit);
    CHECK_FALSE(one.decision.disagreement);
    CHECK(one.evidence.cabinet_place == province().find("C2"));
}

TEST_CASE("partition: a mapped cabinet wins, then a mapped range, then the pool of the billing area") {
    const PlaceMap map = map_with();
    SECTION("cabinet alone") {
        const One one = place(map, "07719999999", "CD-GJ002", "AREA1");
        CHECK(one.decision.rule == PartitionRule::cabinet);
        CHECK(placed(one) == "C2");
    }
    SECTION("both, the same place") {
        const One one = place(map, "07715000001", "CD-GJ001", "AREA1");
        CHECK(one.decision.rule == PartitionRule::cabinet_and_range);
        CHECK_FALSE(one.decision.disagreement);
    }
    SECTION("both, different places: the cabinet, and the disagreement is recorded") {
        const One one = place(map, "07715000001", "CD-GJ002", "AREA1");
        CHECK(one.decision.rule == PartitionRule::cabinet);
        CHECK(placed(one) == "C2");
        CHECK(one.decision.disagreement);
    }
    SECTION("range alone, into a contracted area") {
        const One one = place(map, "07715100000", "", "AREA1");
        CHECK(one.decision.rule == PartitionRule::number_range);
        CHECK(placed(one) == "A1");
    }
    SECTION("both ends of a range are in it, the next numbers are not") {
        CHECK(placed(place(map, "13300000000", "", "")) == "C5");
        CHECK(placed(place(map, "13300000009", "", "")) == "C5");
        CHECK(placed(place(map, "13300000010", "", "")) == "W1");
        CHECK(placed(place(map, "1330000000", "", "")) == "W1");
        CHECK(placed(place(map, "133000000000", "", "")) == "W1");
    }
    SECTION("what is unknown, unmapped or closed counts as nothing, and is named") {
        CHECK(place(map, "1", "CD-GJ999", "AREA1").evidence.cabinet == Finding::unknown);
        CHECK(place(map, "1", "CD-GJ003", "AREA1").evidence.cabinet == Finding::unmapped);
        CHECK(place(map, "1", "CD-GJ004", "AREA1").evidence.cabinet == Finding::closed);
        CHECK(place(map, "1", "", "AREA1").evidence.cabinet == Finding::not_given);
        for (const char* cabinet : {"CD-GJ999", "CD-GJ003", "CD-GJ004", ""}) {
            CHECK(place(map, "1", cabinet, "AREA1").decision.rule == PartitionRule::billing_area_pool);
            CHECK(placed(place(map, "1", cabinet, "AREA1")) == "W1");
        }
    }
    SECTION("a billing area without a pool still has a place") {
        const One one = place(map, "user@adsl", "", "NOWHERE");
        CHECK(one.decision.rule == PartitionRule::fallback_pool);
        CHECK(placed(one) == "W1");
    }
}

TEST_CASE("partition: other policies of precedence") {
    const One by_range = place(map_with(Precedence::range_first), "07715000001", "CD-GJ002", "AREA1");
    CHECK(by_range.decision.rule == PartitionRule::number_range);
    CHECK(placed(by_range) == "C1");
    CHECK(by_range.decision.disagreement);
    CHECK(placed(place(map_with(Precedence::range_first), "07719999999", "CD-GJ002", "AREA1")) == "C2");

    const PlaceMap both = map_with(Precedence::both_match);
    CHECK(placed(place(both, "07715000001", "CD-GJ001", "AREA1")) == "C1");
    CHECK(placed(place(both, "07715000001", "CD-GJ002", "AREA1")) == "W1");
    CHECK(place(both, "07715000001", "CD-GJ002", "AREA1").decision.disagreement);
    CHECK(placed(place(both, "07715000001", "", "AREA1")) == "W1");
}

TEST_CASE("partition: of several new subscribers with one contract the smallest number places the customer") {
    const PlaceMap map = map_with();
    NewSubscribers rows;
    rows.push_back("07715000002", "450000000001", "CD-GJ002", "AREA1", 0);
    rows.push_back("07715000001", "450000000001", "CD-GJ001", "AREA1", 0);
    rows.push_back("07715000003", "450000000002", "", "AREA1", 0);
    rows.push_back("07715000009", "", "", "AREA1", 0);
    rows.push_back("07715000008", "", "", "AREA1", 0);
    const Partition result = partition(rows, map);
    CHECK(result.maker == std::vector<std::uint32_t>{1, 1, 2, 3, 4});
    CHECK(result.decision[0].rule == PartitionRule::contract_shared);
    CHECK(result.decision[1].rule == PartitionRule::cabinet_and_range);
    CHECK(result.new_customers == 4);
    CHECK(result.count(PartitionRule::contract_shared) == 1);
}

TEST_CASE("partition: maps that cannot be") {
    const auto error_of = [](std::vector<Cabinet> cabinet, std::vector<NumberRange> range) {
        const auto map = PlaceMap::build(province(), std::move(cabinet), std::move(range), {});
        return map.ok() ? std::string("none") : map.error().code;
    };
    const UnitId c1 = id_of("C1");
    CHECK(error_of({}, {}) == "none");
    CHECK(error_of({}, {{RangeId{1}, "100", "200", c1, 1}, {RangeId{2}, "200", "300", c1, 1}}) == "partition.range_overlap");
    CHECK(error_of({}, {{RangeId{1}, "100", "200", c1, 1}, {RangeId{2}, "0150", "0160", c1, 1}}) == "none");
    CHECK(error_of({}, {{RangeId{1}, "200", "100", c1, 1}}) == "partition.range_order");
    CHECK(error_of({}, {{RangeId{1}, "100", "2000", c1, 1}}) == "partition.range_lengths");
    CHECK(error_of({}, {{RangeId{1}, "10a", "200", c1, 1}}) == "partition.range_digits");
    CHECK(error_of({{CabinetId{1}, "X", "", c1, 1}, {CabinetId{2}, "X", "", c1, 1}}, {}) == "partition.cabinet_repeated");
    CHECK(error_of({{CabinetId{1}, "X", "", UnitId{999}, 1}}, {}) == "partition.unknown_unit");
    std::vector<UnitRecord> without = test::small_units();
    for (UnitRecord& unit : without) unit.active = unit.active && unit.kind != UnitKind::pool;
    const Organisation poolless = Organisation::build(test::small_channels(), without).value();
    CHECK(PlaceMap::build(poolless, {}, {}, {}).error().code == "partition.no_pool");
}

namespace {

struct Case {
    std::string number, contract, cabinet, area;
    std::int64_t customer;
};

std::vector<Case> random_cases(Random& random, std::size_t count) {
    constexpr std::array<std::string_view, 8> kCabinets = {"",         "CD-GJ001", "CD-GJ002", "CD-GJ003",
                                                           "CD-GJ004", "CD-GJ005", "CD-GJ404", "cd-gj001"};
    constexpr std::array<std::string_view, 3> kAreas = {"", "AREA1", "AREA2"};
    std::vector<Case> cases;
    for (std::size_t i = 0; i < count; ++i) {
        const std::uint64_t contract = random.below(count);
        Case one;
        one.number = random.one_in(20) ? "adsl" + std::to_string(i) : "07715" + std::to_string(100000 + i).substr(random.one_in(2) ? 1 : 0);
        one.number += random.one_in(9) ? std::to_string(random.below(50)) : "";
        one.contract = random.one_in(15) ? "" : "45" + std::to_string(contract);
        one.customer = one.contract.empty() ? 0 : contract % 3 == 0 ? static_cast<std::int64_t>(contract) + 1 : 0;
        one.cabinet = random.pick(kCabinets);
        one.area = random.pick(kAreas);
        cases.push_back(std::move(one));
    }
    // Access numbers are distinct.
    std::sort(cases.begin(), cases.end(), [](const Case& a, const Case& b) { return a.number < b.number; });
    cases.erase(std::unique(cases.begin(), cases.end(), [](const Case& a, const Case& b) { return a.number == b.number; }), cases.end());
    return cases;
}

NewSubscribers columns_of(const std::vector<Case>& cases, const std::vector<std::size_t>& order) {
    NewSubscribers rows;
    for (const std::size_t i : order) rows.push_back(cases[i].number, cases[i].contract, cases[i].cabinet, cases[i].area, cases[i].customer);
    return rows;
}

}  // namespace

TEST_CASE("partition: total, deterministic, independent of the order of rows; the trace explains the result") {
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        Random random(seed, 0xFEED);
        const auto precedence = static_cast<Precedence>(random.below(3));
        const PlaceMap map = map_with(precedence);
        const std::vector<Case> cases = random_cases(random, 1 + static_cast<std::size_t>(random.below(400)));
        std::vector<std::size_t> order(cases.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        const Partition straight = partition(columns_of(cases, order), map);
        const Partition again = partition(columns_of(cases, order), map);
        for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[static_cast<std::size_t>(random.below(i))]);
        const Partition shuffled = partition(columns_of(cases, order), map);
        INFO("seed " << seed);
        REQUIRE(straight.decision == again.decision);
        std::int64_t made = 0;
        for (std::size_t i = 0; i < order.size(); ++i) {
            const std::size_t row = order[i];
            REQUIRE(shuffled.decision[i] == straight.decision[row]);
            REQUIRE(shuffled.evidence[i] == straight.evidence[row]);
            const bool joins = cases[row].customer != 0;
            REQUIRE((shuffled.maker[i] == Partition::kNone) == joins);
            if (!joins) REQUIRE(order[shuffled.maker[i]] == straight.maker[row]);
            // Total: whoever makes a customer has an active place for it.
            if (!joins && shuffled.maker[i] == i) {
                ++made;
                REQUIRE(shuffled.decision[i].place != kNoUnit);
                REQUIRE(is_place(province().unit(shuffled.decision[i].place).kind));
                REQUIRE(province().unit(shuffled.decision[i].place).active);
            } else {
                REQUIRE(shuffled.decision[i].place == kNoUnit);
            }
            REQUIRE(decide(shuffled.evidence[i]) == shuffled.decision[i]);
        }
        REQUIRE(made == shuffled.new_customers);
        REQUIRE(std::accumulate(shuffled.by_rule.begin(), shuffled.by_rule.end(), std::int64_t{0}) == static_cast<std::int64_t>(cases.size()));
    }
}

}  // namespace qudao
