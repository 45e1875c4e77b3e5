#include "shared/base/random.hpp"

#include <array>
#include <catch2/catch.hpp>
#include <set>

namespace qudao {
namespace {

TEST_CASE("splitmix64 gives its published numbers") {
    // Of seed 1234567: the reference implementation by Vigna.
    CHECK(mix64(1234567) == 6457827717110365317u);
    CHECK(mix64(1234567 + 0x9E3779B97F4A7C15u) == 3203168211198807973u);
}

TEST_CASE("one seed, one row of numbers; another thing, another row") {
    Random a(5);
    Random b(5);
    Random c(6);
    Random thing(5, 1);
    std::set<std::uint64_t> seen;
    for (int i = 0; i < 100; ++i) {
        const std::uint64_t value = a.next();
        CHECK(value == b.next());
        CHECK(seen.insert(value).second);
        CHECK(seen.insert(c.next()).second);
        CHECK(seen.insert(thing.next()).second);
    }
}

TEST_CASE("numbers stay in their bounds and reach them") {
    Random random(1);
    std::set<std::int64_t> seen;
    for (int i = 0; i < 1000; ++i) {
        const std::int64_t value = random.between(-2, 3);
        CHECK(value >= -2);
        CHECK(value <= 3);
        seen.insert(value);
        CHECK(random.below(1) == 0);
    }
    CHECK(seen.size() == 6);
    int hits = 0;
    for (int i = 0; i < 10'000; ++i) hits += random.percent(30) ? 1 : 0;
    CHECK(hits > 2700);
    CHECK(hits < 3300);
    const std::array<int, 3> list = {7, 8, 9};
    for (int i = 0; i < 20; ++i) CHECK((random.pick(list) >= 7 && random.pick(list) <= 9));
}

}  // namespace
}  // namespace qudao
