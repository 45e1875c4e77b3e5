// plan_moves over 100,000 rows against a bare kernel that does no more than code-string probe, verdict and before/after.
// Index build and digest are timed apart. The same source natively and in WASM; tests/bench/run makes the ratios.
#include <array>
#include <string>

#include "shared/base/digest.hpp"
#include "shared/domain/move_plan.hpp"
#include "tests/bench/measure.hpp"

namespace {

using namespace qudao;

constexpr std::size_t kRows = 100'000;
constexpr std::size_t kCommunities = 5'000;
constexpr int kPairs = 9;

std::uint64_t next_random(std::uint64_t& state) {
    state += 0x9E3779B97F4A7C15u;
    std::uint64_t z = state;
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

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

Organisation organisation() {
    std::vector<Channel> channels = {{ChannelId{1}, "public", "公众客户", "Public"}, {ChannelId{2}, "commercial", "商业客户", "Commercial"}};
    std::vector<UnitRecord> units = {unit_of(1, UnitKind::province, 0, 0, 0), unit_of(2, UnitKind::local_network, 1, 0, 0),
                                     unit_of(3, UnitKind::channel, 0, 1, 1), unit_of(4, UnitKind::channel, 0, 1, 2)};
    for (std::size_t i = 0; i < kCommunities; ++i)
        units.push_back(unit_of(static_cast<std::int64_t>(5 + i), UnitKind::community, 2, i % 2 == 0 ? 3 : 4, i % 2 == 0 ? 1 : 2));
    return std::move(*Organisation::build(std::move(channels), std::move(units)));
}

struct Case {
    Organisation org = organisation();
    Rights rights{org, {{RoleId{1}, "admin", "admin", 0xFFFFFFFFu}}, {{PersonId{1}, RoleId{1}, UnitId{1}, kAllChannels}}, PersonId{1}};
    CustomerColumns customers;
    MoveRows rows;
    PlanContext context{org, rights, {}, make_date(2026, 11, 18), {1, 1, 1}, std::nullopt};

    Case() {
        std::uint64_t seed = 20261118;
        std::vector<UnitIndex> places;
        for (UnitIndex unit = 0; unit < org.size(); ++unit)
            if (is_place(org.unit(unit).kind)) places.push_back(unit);
        std::vector<std::string> codes;
        for (std::size_t i = 0; i < kRows; ++i) {
            codes.push_back("0771" + std::to_string(100'000'000 + next_random(seed) % 800'000'000));
            customers.push_back(codes.back(), static_cast<std::int64_t>(i + 1), 1, places[next_random(seed) % places.size()], kNoDate, i % 10 != 0,
                                static_cast<Fen>(next_random(seed) % 100'000));
        }
        MoveRowsBuilder builder;
        for (std::size_t i = 0; i < kRows; ++i) {
            // Rows come in another order than the store's; one in a hundred names nobody.
            const std::string& code = codes[(i * 7919) % kRows];
            const std::string& target = org.unit(places[next_random(seed) % places.size()]).code;
            builder.add(static_cast<std::uint32_t>(i + 2), i % 100 == 99 ? "0000000000000" : code, target, "");
        }
        rows = std::move(builder).finish();
    }
};

// The kernel: its own table, its own arrays, the least that yields a verdict a row and totals a unit; target codes are found
// by the organisation here as there.
struct Kernel {
    struct Slot {
        std::uint32_t tag = 0;
        std::uint32_t row = 0xFFFFFFFFu;
    };
    std::vector<Slot> slots;
    std::uint32_t mask = 0;
    const CustomerColumns& customers;

    explicit Kernel(const CustomerColumns& columns) : customers(columns) {
        std::uint32_t count = 16;
        while (count < columns.size() * 3) count *= 2;
        slots.resize(count);
        mask = count - 1;
        for (std::uint32_t row = 0; row < columns.size(); ++row) {
            const std::uint64_t hash = hash64(columns.code[row]);
            std::uint32_t at = static_cast<std::uint32_t>(hash) & mask;
            while (slots[at].row != 0xFFFFFFFFu) at = (at + 1) & mask;
            slots[at] = {static_cast<std::uint32_t>(hash >> 32), row};
        }
    }
    std::uint32_t probe(std::uint64_t hash, std::string_view code) const {
        for (std::uint32_t at = static_cast<std::uint32_t>(hash) & mask; slots[at].row != 0xFFFFFFFFu; at = (at + 1) & mask)
            if (slots[at].tag == static_cast<std::uint32_t>(hash >> 32) && customers.code[slots[at].row] == code) return slots[at].row;
        return 0xFFFFFFFFu;
    }
    static constexpr std::size_t kAhead = 64;
    std::int64_t run(const MoveRows& rows, const Organisation& org) const {
        std::vector<std::uint8_t> verdict(rows.size());
        std::vector<UnitTotal> arriving(org.size());
        std::vector<UnitTotal> leaving(org.size());
        std::vector<UnitIndex> targets;
        for (std::size_t i = 0; i < rows.target_code.size(); ++i) targets.push_back(org.find(rows.target_code[i]));
        std::array<std::uint64_t, kAhead> hashes{};
        for (std::size_t row = 0; row < rows.size(); ++row) {
            // A probe misses the cache: its line is asked for some rows before it is needed.
            if (row % kAhead == 0)
                for (std::size_t i = 0; i < kAhead && row + i < rows.size(); ++i) {
                    hashes[i] = hash64(rows.customer_code[row + i]);
                    __builtin_prefetch(&slots[static_cast<std::uint32_t>(hashes[i]) & mask]);
                }
            const std::uint32_t customer = probe(hashes[row % kAhead], rows.customer_code[row]);
            if (customer == 0xFFFFFFFFu) {
                verdict[row] = 2;
                continue;
            }
            const UnitIndex to = targets[rows.target[row]];
            const UnitIndex from = customers.place[customer];
            if (from == to) {
                verdict[row] = 1;
                continue;
            }
            const UnitTotal total{1, customers.has_revenue[customer], customers.revenue_fen[customer]};
            leaving[from] += total;
            arriving[to] += total;
        }
        bench::keep(verdict);
        return arriving[org.size() - 1].customers;
    }
};

}  // namespace

int main() {
    const Case data;
    const Kernel kernel(data.customers);
    const CodeIndex index(data.customers.code);
    bench::alternate(
        kPairs, "plan", [&] { bench::keep(plan_moves(data.rows, data.customers, index, data.context)); }, "kernel",
        [&] { bench::keep(kernel.run(data.rows, data.org)); });
    const MovePlan plan = plan_moves(data.rows, data.customers, index, data.context);
    bench::alternate(
        kPairs, "index", [&] { bench::keep(CodeIndex(data.customers.code)); }, "digest",
        [&] { bench::keep(digest_of(plan, data.rows, data.customers, data.context)); });
    return plan.count(Verdict::moved) > 0 ? 0 : 1;
}
