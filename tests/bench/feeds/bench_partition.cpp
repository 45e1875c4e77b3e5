// partition() of 1,000,000 new subscribers against a bare kernel that finds contract, cabinet, range and area of each, and
// says no more than place, rule and who makes the customer. The same source natively and in WASM; tests/bench/run makes the
// ratios. The map of places is made before: it is made once for all steps of an import.
#include <algorithm>
#include <array>
#include <string>

#include "shared/base/digest.hpp"
#include "shared/domain/partition.hpp"
#include "tests/bench/measure.hpp"

namespace {

using namespace qudao;

constexpr std::size_t kSubscribers = 1'000'000;
constexpr std::size_t kCommunities = 5'000;
constexpr std::size_t kCabinetsPerCommunity = 2;
constexpr std::size_t kRanges = 1'500;
constexpr std::uint64_t kRangeNumbers = 1'000;
constexpr std::size_t kAreas = 12;
constexpr int kPairs = 9;

std::uint64_t next_random(std::uint64_t& state) {
    state += 0x9E3779B97F4A7C15u;
    std::uint64_t z = state;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}
std::size_t below(std::uint64_t& state, std::size_t count) { return static_cast<std::size_t>(next_random(state) % count); }

UnitRecord unit_of(std::int64_t id, UnitKind kind, std::int64_t area_parent, std::int64_t channel_parent, std::int64_t channel) {
    UnitRecord unit;
    unit.id = UnitId{id};
    unit.code = "4501GZ" + std::to_string(100'000 + id);
    unit.name = unit.code;
    unit.kind = kind;
    unit.area_parent = UnitId{area_parent};
    unit.channel_parent = UnitId{channel_parent};
    unit.channel = ChannelId{channel};
    return unit;
}
std::string area_of(std::size_t i) { return std::to_string(450'101 + i); }

Organisation organisation() {
    std::vector<Channel> channels = {{ChannelId{1}, "public", "公众客户", "Public"}};
    std::vector<UnitRecord> units = {unit_of(1, UnitKind::province, 0, 0, 0), unit_of(2, UnitKind::local_network, 1, 0, 0),
                                     unit_of(3, UnitKind::channel, 0, 1, 1)};
    const auto next = [&] { return static_cast<std::int64_t>(units.size() + 1); };
    for (std::size_t i = 0; i < kAreas; ++i) {
        UnitRecord pool = unit_of(next(), UnitKind::pool, 2, 3, 1);
        pool.billing_area = area_of(i);
        units.push_back(std::move(pool));
    }
    for (std::size_t i = 0; i < kCommunities; ++i) units.push_back(unit_of(next(), UnitKind::community, 2, 3, 1));
    return std::move(*Organisation::build(std::move(channels), std::move(units)));
}

std::string cabinet_code(std::size_t i) { return "CD-GJ" + std::to_string(10'000 + i); }

struct Case {
    Organisation org = organisation();
    PlaceMap map;
    NewSubscribers rows;

    Case() : map(make_map()) {
        std::uint64_t seed = 20261118;
        for (std::size_t i = 0; i < kSubscribers; ++i) {
            const std::string number = "0771" + std::to_string(1'000'000 + (i * 7919) % 9'000'000);
            const std::string contract = "45" + std::to_string(1'000'000'000 + below(seed, kSubscribers));
            const std::size_t what = below(seed, 10);  // seven have a cabinet that is entered, one another, two none
            const std::string cabinet = what < 7 ? cabinet_code(below(seed, kCommunities * kCabinetsPerCommunity)) : what < 8 ? "CD-404" : "";
            rows.push_back(number, contract, cabinet, area_of(below(seed, kAreas)), 0);
        }
        // One contract in four is known; known_customer is a function of the contract.
        for (std::size_t i = 0; i < kSubscribers; ++i) {
            const std::uint64_t hash = hash64(rows.contract[i]);
            rows.known_customer[i] = hash % 4 == 0 ? static_cast<std::int64_t>(hash >> 8) : 0;
        }
    }

private:
    PlaceMap make_map() const {
        std::vector<std::int64_t> communities;
        for (UnitIndex unit = 0; unit < org.size(); ++unit)
            if (org.unit(unit).kind == UnitKind::community) communities.push_back(org.unit(unit).id.value);
        std::vector<Cabinet> cabinets;
        for (std::size_t i = 0; i < kCommunities * kCabinetsPerCommunity; ++i)
            cabinets.push_back({CabinetId{static_cast<std::int64_t>(i + 1)}, cabinet_code(i), "", UnitId{communities[i % kCommunities]}, 1});
        std::vector<NumberRange> ranges;
        for (std::uint64_t i = 0; i < kRanges; ++i) {
            const std::uint64_t first = 1'000'000 + i * 3 * kRangeNumbers;
            ranges.push_back({RangeId{static_cast<std::int64_t>(i + 1)}, "0771" + std::to_string(first), "0771" + std::to_string(first + kRangeNumbers - 1),
                              UnitId{communities[static_cast<std::size_t>(i * 31) % kCommunities]}, 1});
        }
        return std::move(*PlaceMap::build(org, std::move(cabinets), std::move(ranges), {}));
    }
};

constexpr std::uint32_t kNobody = 0xFFFFFFFFu;

// Strings to numbers, and nothing else.
struct Table {
    struct Slot {
        std::uint32_t tag = 0;
        std::uint32_t value = kNobody;
    };
    std::vector<Slot> slots;
    std::uint32_t mask = 0;

    explicit Table(std::size_t entries) {
        std::uint32_t count = 16;
        while (count < entries * 2) count *= 2;
        slots.resize(count);
        mask = count - 1;
    }
    // The slot of the text, or the empty one where it belongs. `text_of` gives the text of a slot's value.
    template <class TextOf>
    Slot& at(std::uint64_t hash, std::string_view text, TextOf text_of) {
        const auto tag = static_cast<std::uint32_t>(hash >> 32);
        std::uint32_t at = static_cast<std::uint32_t>(hash) & mask;
        while (slots[at].value != kNobody && !(slots[at].tag == tag && text_of(slots[at].value) == text)) at = (at + 1) & mask;
        slots[at].tag = tag;
        return slots[at];
    }
};

struct Kernel {
    struct Span {
        std::uint64_t first;
        std::uint64_t last;
        UnitIndex place;
    };
    const PlaceMap& map;
    Table cabinets;
    Table areas;
    std::vector<std::string> area_codes;
    std::vector<UnitIndex> cabinet_places;
    std::vector<UnitIndex> pools;
    std::vector<Span> spans;

    explicit Kernel(const PlaceMap& places) : map(places), cabinets(places.cabinets().size()), areas(kAreas) {
        for (std::uint32_t i = 0; i < map.cabinets().size(); ++i) {
            cabinet(map.cabinets()[i].code).value = i;
            cabinet_places.push_back(map.cabinet(i).place);
        }
        for (std::uint32_t i = 0; i < kAreas; ++i) area_codes.push_back(area_of(i));
        for (std::uint32_t i = 0; i < kAreas; ++i) {
            area(area_codes[i]).value = i;
            pools.push_back(map.pool_of(area_codes[i]));
        }
        for (std::uint32_t i = 0; i < map.ranges().size(); ++i)
            spans.push_back({digits(map.ranges()[i].first), digits(map.ranges()[i].last), map.range(i).place});
    }
    Table::Slot& cabinet(std::string_view code) {
        return cabinets.at(hash64(code), code, [&](std::uint32_t i) { return std::string_view(map.cabinets()[i].code); });
    }
    Table::Slot& area(std::string_view code) {
        return areas.at(hash64(code), code, [&](std::uint32_t i) { return std::string_view(area_codes[i]); });
    }
    static std::uint64_t digits(std::string_view text) {
        std::uint64_t number = 0;
        for (const char c : text) number = number * 10 + static_cast<std::uint64_t>(c - '0');
        return number;
    }
    UnitIndex place_of_number(std::string_view number) const {
        const std::uint64_t wanted = digits(number);
        const auto after = std::upper_bound(spans.begin(), spans.end(), wanted, [](std::uint64_t n, const Span& span) { return n < span.first; });
        return after == spans.begin() || wanted > (after - 1)->last ? kNoUnit : (after - 1)->place;
    }

    static constexpr std::size_t kAhead = 64;
    // Of each contract the row with the smallest number makes the customer.
    std::vector<std::uint32_t> makers(const NewSubscribers& rows) const {
        Table contracts(rows.size());
        std::vector<std::uint32_t> best;
        std::vector<std::uint32_t> group(rows.size(), kNobody);
        std::vector<std::uint32_t> first;
        std::array<std::uint64_t, kAhead> hashes{};
        for (std::size_t row = 0; row < rows.size(); ++row) {
            if (row % kAhead == 0)
                for (std::size_t i = 0; i < kAhead && row + i < rows.size(); ++i) {
                    hashes[i] = hash64(rows.contract[row + i]);
                    __builtin_prefetch(&contracts.slots[static_cast<std::uint32_t>(hashes[i]) & contracts.mask]);
                }
            if (rows.known_customer[row] != 0) continue;
            Table::Slot& slot = contracts.at(hashes[row % kAhead], rows.contract[row], [&](std::uint32_t at) { return rows.contract[first[at]]; });
            if (slot.value == kNobody) {
                slot.value = static_cast<std::uint32_t>(best.size());
                best.push_back(static_cast<std::uint32_t>(row));
                first.push_back(static_cast<std::uint32_t>(row));
            } else if (rows.access_number[row] < rows.access_number[best[slot.value]]) {
                best[slot.value] = static_cast<std::uint32_t>(row);
            }
            group[row] = slot.value;
        }
        for (std::uint32_t& one : group)
            if (one != kNobody) one = best[one];
        return group;
    }
    std::int64_t run(const NewSubscribers& rows) {
        const std::vector<std::uint32_t> maker = makers(rows);
        std::vector<UnitIndex> place(rows.size(), kNoUnit);
        std::vector<std::uint8_t> rule(rows.size());
        std::int64_t fresh = 0;
        for (std::size_t row = 0; row < rows.size(); ++row) {
            const std::uint32_t box = rows.cabinet[row].empty() ? kNobody : cabinet(rows.cabinet[row]).value;
            const UnitIndex by_cabinet = box == kNobody ? kNoUnit : cabinet_places[box];
            const UnitIndex by_range = place_of_number(rows.access_number[row]);
            const std::uint32_t which = area(rows.billing_area[row]).value;
            const UnitIndex pool = which == kNobody ? map.fallback_pool() : pools[which];
            if (maker[row] != row) {
                rule[row] = maker[row] == kNobody ? 0 : 1;
                continue;
            }
            ++fresh;
            place[row] = by_cabinet != kNoUnit ? by_cabinet : by_range != kNoUnit ? by_range : pool;
            rule[row] = by_cabinet != kNoUnit ? (by_cabinet == by_range ? 4 : 2) : by_range != kNoUnit ? 3 : 5;
        }
        bench::keep(place);
        bench::keep(rule);
        return fresh;
    }
};

}  // namespace

int main() {
    const Case data;
    Kernel kernel(data.map);
    bench::alternate(
        kPairs, "partition", [&] { bench::keep(partition(data.rows, data.map)); }, "kernel", [&] { bench::keep(kernel.run(data.rows)); });
    // They must have done the same work.
    return partition(data.rows, data.map).new_customers == kernel.run(data.rows) ? 0 : 1;
}
