#include <algorithm>
#include <set>

#include "tests/contract/world.hpp"

namespace qudao::contract {
namespace {

using ports::Locking;
using ports::RoundMark;

ports::NoProgress no_progress;
constexpr Instant kNow{1'795'000'000'000};
constexpr Period kPeriod{202610};

// A world of which every third customer is new in the period, whatever the demonstration says.
struct Field {
    World world = make_world(12);
    std::vector<Customer> fresh;
    ChannelId key = channel("key_account");
    ChannelId commercial = channel("commercial");
    UnitId pool = world.unit("450103GZW0");
    UnitId home = world.unit("450103GZ0201");
    UnitId key_pool = world.unit("450103DKW0");
    UnitId commercial_pool = world.unit("450103SKW0");
    PersonId admin = world.person("qudao_admin");

    Field() {
        for (int i = 0; i < 6; ++i) {
            Customer customer = world.customers.front();
            customer.id = {500 + i};
            customer.code = "077188888880" + std::to_string(i);
            customer.place = i == 5 ? home : pool;  // the last found its community by itself
            customer.new_in = kPeriod;
            customer.locked_until = i == 4 ? make_date(2030, 1, 1) : kNoDate;  // locked for longer already
            customer.version = 1;
            fresh.push_back(customer);
        }
        Customer other = fresh.front();
        other.id = {600};
        other.code = "0771888888890";
        other.new_in = {202609};
        write([&](ports::UnitOfWork& work) {
            must_do(work.customers().add(fresh));
            must_do(work.customers().add({other}));
        });
    }
    ChannelId channel(std::string_view code) const { return world.org.channels()[world.org.find_channel(code)].id; }
    template <class Work>
    void write(Work body) {
        const auto work = writing(*world.database);
        body(*work);
        must_do(work->commit());
    }
    std::vector<std::int64_t> gathered() { return must(reading(*world.database)->rounds().gathered(kPeriod)).id; }
    // The demonstration's own customers of the period are gathered as well.
    std::int64_t gather() {
        std::int64_t count = 0;
        write([&](ports::UnitOfWork& work) { count = must(work.rounds().gather(kPeriod)); });
        return count;
    }
    std::vector<RoundMark> marks(UnitId unit, std::set<int> claimed) {
        std::vector<RoundMark> all;
        for (int i = 0; i < 6; ++i) all.push_back({fresh[static_cast<std::size_t>(i)].id, unit, claimed.count(i) != 0, i == 1 ? "备注 ' \\" : ""});
        return all;
    }
    ports::RoundCounts counts() { return must(reading(*world.database)->rounds().counts(kPeriod)); }
    query::Page list(query::Source source, std::vector<query::Filter> filters, const Scope& scope) {
        query::QuerySpec spec;
        spec.source = source;
        spec.filters = std::move(filters);
        spec.limit = 1000;
        REQUIRE(query::check(spec).ok());
        return must(reading(*world.database)->queries().run(spec, {admin, world.org, scope}, std::nullopt));
    }
    static std::size_t column(const query::Page& page, std::string_view name) {
        return static_cast<std::size_t>(std::find(page.columns.begin(), page.columns.end(), name) - page.columns.begin());
    }
};

query::Filter equals(std::string field, std::int64_t value) { return {std::move(field), query::Op::equal, {value}, Tree::area}; }

TEST_CASE("a round is made when it is first held, and stays as saved", "[rounds]") {
    Field f;
    CHECK(must(reading(*f.world.database)->rounds().load(kPeriod, Locking::none)).phase == RoundPhase::waiting);
    CHECK(must(reading(*f.world.database)->rounds().all()).empty());
    f.write([&](ports::UnitOfWork& work) {
        ports::Round round = must(work.rounds().load(kPeriod, Locking::until_commit));
        CHECK(round.phase == RoundPhase::waiting);
        round.phase = RoundPhase::closed;
        round.customers = 6;
        round.closed_at = kNow;
        round.locked = 3;
        must_do(work.rounds().save(round));
        ports::Round later = must(work.rounds().load(Period{202611}, Locking::until_commit));
        later.phase = RoundPhase::gathered;
        must_do(work.rounds().save(later));
        (void)must(work.rounds().load(Period{202612}, Locking::until_commit));
    });
    const auto all = must(reading(*f.world.database)->rounds().all());
    REQUIRE(all.size() == 2);
    CHECK(all[0].period == Period{202611});
    CHECK(all[1].period == kPeriod);
    CHECK(all[1].phase == RoundPhase::closed);
    CHECK(all[1].closed_at == kNow);
    CHECK(all[1].locked == 3);
    CHECK(all[1].customers == 6);
    {
        const auto work = writing(*f.world.database);
        ports::Round round = must(work->rounds().load(kPeriod, Locking::until_commit));
        round.phase = RoundPhase::waiting;
        must_do(work->rounds().save(round));
    }
    CHECK(must(reading(*f.world.database)->rounds().load(kPeriod, Locking::none)).phase == RoundPhase::closed);
}

TEST_CASE("gathering takes the period's new customers and no others, again as well", "[rounds]") {
    Field f;
    const std::int64_t count = f.gather();
    const auto ids = f.gathered();
    CHECK(static_cast<std::int64_t>(ids.size()) == count);
    CHECK(std::is_sorted(ids.begin(), ids.end()));
    for (const Customer& customer : f.fresh) CHECK(std::count(ids.begin(), ids.end(), customer.id.value) == 1);
    CHECK(std::count(ids.begin(), ids.end(), 600) == 0);
    f.write([&](ports::UnitOfWork& work) {
        must_do(work.rounds().give(kPeriod, f.key, f.marks(f.key_pool, {0})));
        must_do(work.rounds().save_department(kPeriod, {f.key, DepartmentState::pending, f.admin, kNow, {}}));
    });
    CHECK(f.gather() == count);
    CHECK(must(reading(*f.world.database)->rounds().departments(kPeriod)).empty());
    CHECK(must(reading(*f.world.database)->rounds().given(kPeriod, f.key)).size() == 0);
    {
        const auto work = writing(*f.world.database);
        CHECK(must(work->rounds().gather(Period{199901})) == 0);
        CHECK(must(work->rounds().gather(Period{202609})) > 0);
    }
    CHECK(must(reading(*f.world.database)->rounds().gathered(Period{202609})).size() == 0);
}

TEST_CASE("marks are given, marked and counted; conflicts are decided", "[rounds]") {
    Field f;
    f.gather();
    f.write([&](ports::UnitOfWork& work) {
        auto& rounds = work.rounds();
        must_do(rounds.give(kPeriod, f.key, f.marks(f.key_pool, {})));
        must_do(rounds.give(kPeriod, f.commercial, f.marks(f.commercial_pool, {})));
        must_do(rounds.save_department(kPeriod, {f.key, DepartmentState::pending, f.admin, kNow, "一"}));
        must_do(rounds.save_department(kPeriod, {f.key, DepartmentState::confirmed, f.admin, kNow, "二 '"}));
        must_do(rounds.save_department(kPeriod, {f.commercial, DepartmentState::returned, {}, kNow, ""}));
        must_do(rounds.mark(kPeriod, f.key, f.marks(f.key_pool, {0, 1})));
        must_do(rounds.mark(kPeriod, f.commercial, f.marks(f.commercial_pool, {1, 2, 3})));
        must_do(rounds.count_claims(kPeriod));
    });
    const auto departments = must(reading(*f.world.database)->rounds().departments(kPeriod));
    REQUIRE(departments.size() == 2);
    CHECK(departments[0].channel == f.key);
    CHECK(departments[0].state == DepartmentState::confirmed);
    CHECK(departments[0].note == "二 '");
    CHECK(departments[0].given == 6);
    CHECK(departments[0].claims == 2);
    CHECK(departments[1].claims == 3);
    CHECK(departments[1].state == DepartmentState::returned);
    CHECK_FALSE(departments[1].person);
    CHECK(f.counts().claimed == 4);
    CHECK(f.counts().conflicts == 1);
    CHECK(f.counts().open_conflicts == 1);

    f.write([&](ports::UnitOfWork& work) {
        CHECK_FALSE(must(work.rounds().decide(kPeriod, f.fresh[0].id, f.key)));         // claimed by one only
        CHECK_FALSE(must(work.rounds().decide(kPeriod, f.fresh[1].id, ChannelId{5})));  // not by that one
        CHECK(must(work.rounds().decide(kPeriod, f.fresh[1].id, f.commercial)));
        CHECK(must(work.rounds().decide(kPeriod, f.fresh[1].id, f.commercial)));  // again
    });
    CHECK(f.counts().open_conflicts == 0);
    // The one decided for lets go of it: nothing is decided any more.
    f.write([&](ports::UnitOfWork& work) {
        must_do(work.rounds().mark(kPeriod, f.commercial, f.marks(f.commercial_pool, {2, 3})));
        must_do(work.rounds().count_claims(kPeriod));
    });
    CHECK(f.counts().conflicts == 0);
    f.write([&](ports::UnitOfWork& work) {
        must_do(work.rounds().mark(kPeriod, f.commercial, f.marks(f.commercial_pool, {1, 2, 3})));
        must_do(work.rounds().count_claims(kPeriod));
        CHECK(must(work.rounds().decide(kPeriod, f.fresh[1].id, ChannelId{})));  // nobody's
        must_do(work.rounds().set_targets(kPeriod));
    });
    const auto targets = must(reading(*f.world.database)->rounds().targets(kPeriod));
    REQUIRE(targets.unit.size() == 3);
    CHECK(targets.customer_code[0] == f.fresh[0].code);
    CHECK(targets.unit == std::vector<std::int64_t>{f.key_pool.value, f.commercial_pool.value, f.commercial_pool.value});
    CHECK(f.counts().to_move == 3);

    const auto marked = f.list(query::Source::round_mark, {equals("period", kPeriod.yyyymm), equals("department", f.commercial.value), equals("claimed", 1)},
                               f.world.everything());
    CHECK(marked.rows.size() == 3);
    CHECK(std::get<std::string>(marked.rows[0][Field::column(marked, "note")]) == "备注 ' \\");
    const auto conflicts = f.list(query::Source::round_customer, {equals("period", kPeriod.yyyymm), equals("claims", 2)}, f.world.everything());
    REQUIRE(conflicts.rows.size() == 1);
    CHECK(std::get<std::string>(conflicts.rows[0][Field::column(conflicts, "code")]) == f.fresh[1].code);
    CHECK(conflicts.rows[0][Field::column(conflicts, "decided")] == query::Value(std::int64_t{0}));
    CHECK(conflicts.rows[0][Field::column(conflicts, "target")] == query::Value());
    // A department sees what it was given, and of the others' nothing.
    const Scope key_only(f.world.org, {{Tree::area, f.world.org.interval(Tree::area, f.world.org.find("GX45")), channel_bit(f.world.org.find_channel("key_account"))}});
    CHECK(f.list(query::Source::round_mark, {equals("period", kPeriod.yyyymm)}, key_only).rows.size() == 6);
    CHECK(f.list(query::Source::round_customer, {equals("period", kPeriod.yyyymm), equals("place", f.pool.value)}, key_only).rows.empty());

    f.write([&](ports::UnitOfWork& work) { must_do(work.rounds().clear_targets(kPeriod)); });
    CHECK(f.counts().to_move == 0);
}

TEST_CASE("the close locks what waits in a pool, once, and logs it", "[rounds]") {
    Field f;
    const Date until = make_date(2027, 12, 3);
    const ports::RoundCounts before = f.counts();
    std::int64_t locked = 0;
    {
        const auto work = writing(*f.world.database);
        CHECK(must(work->rounds().lock_unplaced(kPeriod, until, kNow)) >= 4);
    }
    const auto state = [&](int i) { return *must(reading(*f.world.database)->customers().find(f.fresh[static_cast<std::size_t>(i)].code, f.world.everything())); };
    CHECK_FALSE(state(0).locked_until);  // rolled back
    CHECK(must(reading(*f.world.database)->rounds().lock_events(f.fresh[0].id)).empty());
    f.write([&](ports::UnitOfWork& work) {
        locked = must(work.rounds().lock_unplaced(kPeriod, until, kNow));
        CHECK(must(work.rounds().lock_unplaced(kPeriod, until, kNow)) == 0);
    });
    CHECK(locked <= before.unplaced);
    for (int i = 0; i < 4; ++i) {
        CHECK(state(i).locked_until == until);
        CHECK(state(i).version == 2);
        const auto events = must(reading(*f.world.database)->rounds().lock_events(f.fresh[static_cast<std::size_t>(i)].id));
        REQUIRE(events.size() == 1);
        CHECK(events[0].locked_until == until);
        CHECK_FALSE(events[0].locked_before);
        CHECK_FALSE(events[0].person);
        CHECK(events[0].period == kPeriod);
    }
    CHECK(state(4).locked_until == make_date(2030, 1, 1));
    CHECK(state(4).version == 1);
    CHECK_FALSE(state(5).locked_until);  // is placed
    CHECK(f.list(query::Source::lock, {equals("period", kPeriod.yyyymm)}, f.world.everything()).rows.size() == static_cast<std::size_t>(locked));
    f.write([&](ports::UnitOfWork& work) {
        must_do(work.customers().set_lock(f.fresh[0].id, kNoDate));
        must_do(work.rounds().add_lock_event({kNow, f.fresh[0].id, f.admin, kPeriod, until, kNoDate, "原因 '"}));
    });
    const auto events = must(reading(*f.world.database)->rounds().lock_events(f.fresh[0].id));
    REQUIRE(events.size() == 2);
    CHECK(events[0].person == f.admin);
    CHECK(events[0].reason == "原因 '");
    CHECK_FALSE(events[0].locked_until);
}

TEST_CASE("periods that are not closed are found, also those nobody began", "[rounds]") {
    Field f;
    const auto unclosed = [&](std::int32_t last) { return must(reading(*f.world.database)->rounds().unclosed(Period{last})); };
    const auto has = [](const std::vector<Period>& all, std::int32_t period) { return std::count(all.begin(), all.end(), Period{period}) == 1; };
    CHECK(has(unclosed(202610), 202610));
    CHECK(has(unclosed(202610), 202609));
    CHECK_FALSE(has(unclosed(202609), 202610));
    f.write([&](ports::UnitOfWork& work) {
        ports::Round round = must(work.rounds().load(kPeriod, Locking::until_commit));
        round.phase = RoundPhase::closed;
        must_do(work.rounds().save(round));
        ports::Round empty = must(work.rounds().load(Period{202512}, Locking::until_commit));
        empty.phase = RoundPhase::given;
        must_do(work.rounds().save(empty));
    });
    CHECK_FALSE(has(unclosed(202610), 202610));
    CHECK(has(unclosed(202610), 202512));
    const auto all = unclosed(202612);
    CHECK(std::is_sorted(all.begin(), all.end()));
}

TEST_CASE("the log of a round is read newest first", "[rounds]") {
    Field f;
    f.write([&](ports::UnitOfWork& work) {
        must_do(work.rounds().add_event({kPeriod, kNow, f.admin, RoundAct::gather, {}, 6, ""}));
        must_do(work.rounds().add_event({kPeriod, kNow, {}, RoundAct::close, f.key, 3, "说明"}));
        must_do(work.rounds().add_event({Period{202611}, kNow, f.admin, RoundAct::gather, {}, 1, ""}));
    });
    const auto events = must(reading(*f.world.database)->rounds().events(kPeriod));
    REQUIRE(events.size() == 2);
    CHECK(events[0].act == RoundAct::close);
    CHECK_FALSE(events[0].person);
    CHECK(events[0].channel == f.key);
    CHECK(events[0].customers == 3);
    CHECK(events[0].note == "说明");
    CHECK(events[1].person == f.admin);
}

TEST_CASE("a hand-over is confirmed once; places are told back", "[rounds]") {
    Field f;
    const ports::Moves moves = moves_of({{f.fresh[0].id.value, 1, f.pool, f.home, "说"}});
    ports::Batch batch;
    f.write([&](ports::UnitOfWork& work) { batch = must(work.moves().apply(batch_by(f.admin, kNow, 1), moves, handovers_of(moves), no_progress)); });
    const auto changes = must(reading(*f.world.database)->rounds().place_changes(f.fresh[0].id));
    REQUIRE(changes.size() == 1);
    CHECK(changes[0].from == f.pool);
    CHECK(changes[0].to == f.home);
    CHECK(changes[0].batch == batch.id);
    CHECK(changes[0].person == f.admin);
    CHECK(changes[0].note == "说");
    CHECK(must(reading(*f.world.database)->rounds().place_changes(f.fresh[1].id)).empty());

    const auto open = [&] { return f.list(query::Source::handover, {{"confirmed_at", query::Op::has_no_data, {}, Tree::area}}, f.world.everything()).rows.size(); };
    CHECK(open() == 1);
    f.write([&](ports::UnitOfWork& work) {
        CHECK(must(work.rounds().confirm_handover(batch.id, f.home, f.admin, kNow)));
        CHECK_FALSE(must(work.rounds().confirm_handover(batch.id, f.home, f.world.person("nn_query"), Instant{1})));
        CHECK(code_of_error(work.rounds().confirm_handover(batch.id, f.pool, f.admin, kNow)) == "handover.unknown");
    });
    CHECK(open() == 0);
    const auto page = f.list(query::Source::handover, {}, f.world.everything());
    CHECK(page.rows[0][Field::column(page, "confirmed_by")] == query::Value(f.admin.value));
    CHECK(page.rows[0][Field::column(page, "confirmed_at")] == query::Value(kNow.epoch_ms));
}

}  // namespace
}  // namespace qudao::contract
