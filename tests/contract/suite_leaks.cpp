// No list shows what is out of the asker's scope. A new query::Source does not compile here until it says which of its
// fields are units that make a row visible: that is its leak test.
#include "tests/contract/query_world.hpp"

#include "shared/memory/fixed_clock.hpp"
#include "shared/service/feed_service.hpp"

namespace qudao::contract {
namespace {

// The unit fields of a source, of which one in the scope makes the row visible; none: visible by other means, told where.
std::vector<std::string> unit_fields_of(query::Source source) {
    switch (source) {  // no default: the compiler asks for the new one
        case query::Source::customer: return {"place"};
        case query::Source::adjustment: return {"from", "to"};
        case query::Source::handover: return {"unit"};
        case query::Source::round_customer: return {"place"};
        case query::Source::round_mark: return {"unit"};
        case query::Source::lock: return {"place"};
        case query::Source::arrear_conflict: return {"place"};
        case query::Source::batch: return {};  // by its adjustments or its author: suite_moves.cpp
    }
    return {};
}

// A round of customers in every pool there is, each marked for its own pool; all of them locked by the close.
void make_round(const World& world) {
    constexpr Period kPeriod{202608};
    std::vector<Customer> fresh;
    for (const UnitRecord& unit : world.records.units) {
        if (unit.kind != UnitKind::pool) continue;
        Customer customer = world.customers.front();
        const auto number = static_cast<std::int64_t>(fresh.size());
        customer.id = {50'000 + number};
        customer.code = "0998" + std::to_string(100'000'000 + number);
        customer.place = unit.id;
        customer.new_in = kPeriod;
        customer.locked_until = kNoDate;
        customer.version = 1;
        fresh.push_back(customer);
    }
    REQUIRE(fresh.size() > 1);
    const auto work = writing(*world.database);
    must_do(work->customers().add(fresh));
    (void)must(work->rounds().load(kPeriod, ports::Locking::until_commit));
    CHECK(must(work->rounds().gather(kPeriod)) >= static_cast<std::int64_t>(fresh.size()));
    std::vector<ports::RoundMark> marks;
    for (const Customer& customer : fresh) marks.push_back({customer.id, customer.place, true, {}});
    must_do(work->rounds().give(kPeriod, world.org.channels()[0].id, marks));
    CHECK(must(work->rounds().lock_unplaced(kPeriod, make_date(2030, 1, 1), Instant{1'795'000'000'000})) > 0);
    must_do(work->commit());
}

// Arrears of every customer's first number that the two sources state differently.
void make_arrear_conflicts(const World& world) {
    std::vector<ports::Subscriber> subscribers;
    std::string lines[2];
    for (const Customer& customer : world.customers) {
        ports::Subscriber one;
        one.id = {900'000 + customer.id.value};
        one.access_number = "0779" + std::to_string(9'000'000 + customer.id.value);
        one.customer = customer.id;
        one.status = "in_use";
        one.as_of = make_date(2026, 11, 18);
        lines[0] += one.access_number + "|1.00|202610\n";
        lines[1] += one.access_number + "|2.50|202609\n";
        subscribers.push_back(std::move(one));
    }
    {
        const auto work = writing(*world.database);
        must_do(work->feeds().save_subscribers(subscribers));
        must_do(work->commit());
    }
    memory::FixedClock clock{start_of_day(make_date(2026, 11, 18))};
    ports::NoProgress quiet;
    for (const int side : {0, 1}) {
        const std::string head = std::string("#qudao-feed|arrears|1|2026-11-18|UTF-8|") + (side == 0 ? "billing" : "accounts") + "\naccess_number|amount|since\n";
        feed::TextSource source(head + lines[side] + "#end|" + std::to_string(subscribers.size()) + "\n");
        (void)must(service::import_feed({*world.database, clock}, source, {feed::Kind::arrears, "test.txt", PersonId{}, FeedRunId{}}, quiet));
    }
}

TEST_CASE("no row of a list is out of the asker's scope", "[leaks]") {
    QueryWorld q;
    const World& world = q.world;
    make_round(world);
    make_arrear_conflicts(world);
    for (const query::Source source : query::sources()) {
        const std::vector<std::string> fields = unit_fields_of(source);
        if (fields.empty()) continue;
        std::int64_t seen = 0;
        for (const auto& [name, scope] : q.scopes) {
            INFO(query::code_of(source) << ", scope: " << name);
            query::QuerySpec spec;
            spec.source = source;
            spec.limit = query::kMaxPageRows;
            const auto page = must(reading(*world.database)->queries().run(spec, {PersonId{987654}, world.org, scope}, std::nullopt));
            for (const auto& row : page.rows) {
                bool covered = false;
                for (std::size_t column = 0; column < page.columns.size(); ++column)
                    for (const std::string& field : fields)
                        if (page.columns[column] == field)
                            covered = covered || scope.covers(world.org.find(UnitId{std::get<std::int64_t>(row[column])}));
                CHECK(covered);
                ++seen;
            }
            if (scope.empty()) CHECK(page.rows.empty());
        }
        CHECK(seen > 0);
    }
}

}  // namespace
}  // namespace qudao::contract
