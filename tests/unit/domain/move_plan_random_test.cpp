// The plan against the rules written down the slow way, a row at a time, over random files, customers and rights.
#include <catch2/catch.hpp>
#include <map>

#include "shared/base/random.hpp"
#include "tests/unit/domain/small_province.hpp"

namespace qudao {
namespace {

using test::kCommercialMask;
using test::kCross;
using test::kMove;
using test::kPublicMask;
using test::kView;
using test::small_province;

struct Expected {
    Verdict verdict = Verdict::refused;
    Reason reason = Reason::none;
    std::int32_t detail = 0;
};

struct Scene {
    test::Customers customers;
    MoveRows rows;
    std::vector<std::uint8_t> dropped;
    Rights rights;
    Date day;
    std::optional<bool> time_allows;
    Date undo_window;
};

Expected judge(const Scene& scene, std::size_t row, const std::map<std::string, std::uint32_t>& mentioned) {
    const Organisation& org = small_province();
    const auto refused = [](Reason reason, std::int32_t detail = 0) { return Expected{Verdict::refused, reason, detail}; };
    if (!scene.dropped.empty() && scene.dropped[row] != 0) return {Verdict::dropped, Reason::none, 0};
    if (scene.rows.defect[row] != Reason::none) return refused(scene.rows.defect[row]);
    std::size_t c = 0;
    while (c < scene.customers.columns.size() && scene.customers.columns.code[c] != scene.rows.customer_code[row]) ++c;
    if (c == scene.customers.columns.size()) return refused(Reason::customer_not_visible);
    const auto first = mentioned.find(std::string(scene.rows.customer_code[row]));
    if (first != mentioned.end()) return refused(Reason::repeated, static_cast<std::int32_t>(first->second));
    const UnitIndex to = org.find(scene.rows.target_code[scene.rows.target[row]]);
    if (to == kNoUnit) return refused(Reason::unit_unknown);
    if (!is_place(org.unit(to).kind)) return refused(Reason::unit_not_place);
    if (!org.unit(to).active) return refused(Reason::unit_inactive);
    if (!scene.rows.expected_version.empty() && scene.rows.expected_version[row] != scene.customers.columns.version[c]) return refused(Reason::changed_since);
    const UnitIndex from = scene.customers.columns.place[c];
    if (from == to) return {Verdict::unchanged, Reason::none, 0};
    const Scope& within = scene.rights.scope(Action::move_customer);
    const Scope& across = scene.rights.scope(Action::cross_channel);
    if (org.channel_of(from) == org.channel_of(to)) {
        if (!within.covers(from)) return refused(Reason::customer_out_of_scope);
        if (!within.covers(to)) return refused(Reason::target_out_of_scope);
    } else {
        if (!within.covers(from) && !across.covers(from)) return refused(Reason::customer_out_of_scope);
        if (!within.covers(to) && !across.covers(to)) return refused(Reason::target_out_of_scope);
        if (!across.covers(from) || !across.covers(to)) return refused(Reason::cross_channel);
    }
    const Date lock = scene.customers.columns.locked_until[c];
    if (lock && scene.day < lock) return refused(Reason::locked, adjustable_from(lock, WindowPolicy{}).days);
    const WindowState window = window_on(scene.day, WindowPolicy{});
    if (scene.time_allows && !*scene.time_allows) return refused(Reason::undo_window_past, scene.undo_window ? scene.undo_window.days : 0);
    if (!scene.time_allows && !window.open) return refused(Reason::window_closed, window.next_opening.days);
    return {Verdict::moved, Reason::none, 0};
}

Scene random_scene(Random& random) {
    static const std::vector<std::string> units = {"C1", "C2", "C3", "C4", "C5", "C6", "A1", "W1", "W2", "T1", "KP", "N1", "??", ""};
    static const std::vector<std::string> places = {"C1", "C2", "C3", "C4", "C5", "C6", "A1", "W1", "W2"};
    static const std::vector<std::string> holders = {"P", "N1", "N2", "B1", "B2", "D1", "D2", "T3", "KP", "KC", "KC1", "C1"};
    static const std::vector<ActionMask> masks = {kMove, kMove, kCross, kMove | kCross, kView};
    static const std::vector<ChannelMask> channels = {kAllChannels, kAllChannels, kPublicMask, kCommercialMask, 0};
    Scene scene;
    scene.day = random.percent(75) ? make_date(2026, 11, 18) : make_date(2026, 12, 5);
    if (random.percent(20)) scene.time_allows = random.percent(50);
    if (scene.time_allows) scene.undo_window = random.percent(50) ? make_date(2026, 10, 9) : kNoDate;
    std::vector<test::Held> held;
    for (std::int64_t i = random.between(0, 4); i > 0; --i) {
        const ActionMask actions = random.pick(masks);
        const std::string unit = random.pick(holders);
        held.push_back({actions, unit, random.pick(channels)});
    }
    scene.rights = test::rights_of(held);
    const std::int64_t customers = random.between(0, 12);
    for (std::int64_t i = 0; i < customers; ++i) {
        const std::string place = random.pick(places);
        const auto version = static_cast<std::int32_t>(random.between(1, 3));
        const Date lock = random.percent(80) ? kNoDate : add_days(scene.day, static_cast<std::int32_t>(random.between(-1, 1)));
        scene.customers.add("c" + std::to_string(i), place, version, lock, random.percent(80) ? std::optional<Fen>(random.between(0, 999)) : std::nullopt);
    }
    test::Rows rows;
    const std::int64_t count = random.between(0, 15);
    for (std::int64_t i = 0; i < count; ++i) {
        const std::string customer = "c" + std::to_string(random.between(0, 13));
        const std::string unit = random.pick(units);
        rows.add(customer, unit, random.percent(8) ? static_cast<Reason>(random.between(1, 4)) : Reason::none);
    }
    scene.rows = rows.done();
    if (random.percent(25))
        for (std::int64_t i = 0; i < count; ++i) scene.rows.expected_version.push_back(static_cast<std::int32_t>(random.between(1, 3)));
    if (random.percent(30))
        for (std::int64_t i = 0; i < count; ++i) scene.dropped.push_back(random.percent(25) ? 1 : 0);
    return scene;
}

TEST_CASE("random plans are what the rules say, one row at a time") {
    Random random(20261118);
    std::map<Reason, int> met;
    for (int round = 0; round < 4000; ++round) {
        const Scene scene = random_scene(random);
        const CodeIndex index(scene.customers.columns.code);
        const MovePlan plan = plan_moves(scene.rows, scene.customers.columns, index,
                                         {small_province(), scene.rights, WindowPolicy{}, scene.day, Basis{}, scene.time_allows, scene.undo_window}, scene.dropped);
        std::map<std::string, std::uint32_t> mentioned;
        std::vector<UnitTotal> arriving(small_province().size());
        std::vector<UnitTotal> leaving(small_province().size());
        std::array<std::int64_t, kVerdicts> by_verdict{};
        for (std::size_t row = 0; row < scene.rows.size(); ++row) {
            const Expected expected = judge(scene, row, mentioned);
            INFO("round " << round << ", row " << row);
            REQUIRE(code_of(plan.verdict[row]) == code_of(expected.verdict));
            REQUIRE(code_of(plan.reason[row]) == code_of(expected.reason));
            REQUIRE(plan.detail[row] == expected.detail);
            ++met[expected.reason];
            ++by_verdict[static_cast<std::size_t>(expected.verdict)];
            const bool names = expected.verdict != Verdict::dropped && scene.rows.defect[row] == Reason::none && expected.reason != Reason::customer_not_visible;
            if (names) mentioned.emplace(std::string(scene.rows.customer_code[row]), scene.rows.row_number[row]);
            REQUIRE((plan.customer[row] != MovePlan::kNoCustomer) == names);
            if (expected.verdict != Verdict::moved) continue;
            const std::uint32_t c = plan.customer[row];
            const UnitTotal total{1, scene.customers.columns.has_revenue[c], scene.customers.columns.revenue_fen[c]};
            leaving[scene.customers.columns.place[c]] += total;
            arriving[small_province().find(scene.rows.target_code[scene.rows.target[row]])] += total;
        }
        REQUIRE(plan.arriving == arriving);
        REQUIRE(plan.leaving == leaving);
        REQUIRE(plan.by_verdict == by_verdict);
    }
    for (std::size_t reason = 0; reason < kReasons; ++reason) {
        INFO(code_of(static_cast<Reason>(reason)));
        CHECK(met[static_cast<Reason>(reason)] > 20);
    }
}

}  // namespace
}  // namespace qudao
