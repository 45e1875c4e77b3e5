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
    ports::RoundCounts counts() { return must(reading(*world.database)->rounds().counts(kPeriod, world.everything())); }
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
        must_do(work.rounds().give(kPeriod, f.commercial, f.marks(f.commercial_pool, {0})));
        must_do(work.rounds().save_department(kPeriod, {f.key, DepartmentState::pending, f.admin, kNow, {}}));
        must_do(work.rounds().count_claims(kPeriod));
        CHECK(must(work.rounds().decide(kPeriod, f.fresh[0].id, f.key)));
    });
    // Again: who came since is added, and what was said stays.
    Customer late = f.fresh.front();
    late.id = {700};
    late.code = "0771888888870";
    f.write([&](ports::UnitOfWork& work) { must_do(work.customers().add({late})); });
    CHECK(f.gather() == count + 1);
    CHECK(f.gather() == count + 1);
    CHECK(f.gathered().size() == static_cast<std::size_t>(count + 1));
    CHECK(f.counts().conflicts == 1);
    CHECK(f.counts().open_conflicts == 0);
    CHECK(must(reading(*f.world.database)->rounds().departments(kPeriod, f.world.everything())).size() == 1);
    CHECK(must(reading(*f.world.database)->rounds().given(kPeriod, f.key)).size() == 6);
    const auto said = must(reading(*f.world.database)->rounds().marks(kPeriod, f.key));
    REQUIRE(said.size() == 2);  // one that is claimed, one with a note
    CHECK(said[0].customer == f.fresh[0].id);
    CHECK(said[0].claimed);
    CHECK(said[0].unit == f.key_pool);
    CHECK(said[1].customer == f.fresh[1].id);
    CHECK_FALSE(said[1].claimed);
    CHECK(said[1].note == "备注 ' \\");
    CHECK(must(reading(*f.world.database)->rounds().marks(Period{202609}, f.key)).empty());
    {
        const auto work = writing(*f.world.database);
        CHECK(must(work->rounds().gather(Period{199901})) == 0);
        CHECK(must(work->rounds().gather(Period{202609})) > 0);
    }
    CHECK(must(reading(*f.world.database)->rounds().gathered(Period{202609})).size() == 0);
}

TEST_CASE("a round is counted for what is in view", "[rounds][leaks]") {
    Field f;
    f.gather();
    f.write([&](ports::UnitOfWork& work) {
        auto& rounds = work.rounds();
        must_do(rounds.give(kPeriod, f.key, f.marks(f.key_pool, {})));
        must_do(rounds.give(kPeriod, f.commercial, f.marks(f.commercial_pool, {})));
        must_do(rounds.save_department(kPeriod, {f.key, DepartmentState::pending, f.admin, kNow, {}}));
        must_do(rounds.save_department(kPeriod, {f.commercial, DepartmentState::pending, f.admin, kNow, {}}));
        must_do(rounds.mark(kPeriod, f.key, f.marks(f.key_pool, {0, 1})));
        must_do(rounds.mark(kPeriod, f.commercial, f.marks(f.commercial_pool, {1, 2})));
        must_do(rounds.count_claims(kPeriod));
        (void)must(rounds.decide(kPeriod, f.fresh[1].id, f.key));
        must_do(rounds.set_targets(kPeriod));
        (void)must(rounds.lock_unplaced(kPeriod, make_date(2028, 1, 1), kNow));
    });
    const auto sum = [](const query::Page& page, std::string_view name) {
        std::int64_t total = 0;
        for (const auto& row : page.rows) total += std::get<std::int64_t>(row[Field::column(page, name)]);
        return total;
    };
    int partly = 0;
    const ports::RoundCounts whole = f.counts();
    CHECK(whole.to_move == 3);
    CHECK(whole.locked > 3);
    for (const auto& [shape, scope] : scopes_of_every_shape(f.world)) {
        INFO(shape);
        const ports::RoundCounts seen = must(reading(*f.world.database)->rounds().counts(kPeriod, scope));
        // As many as the lists of the same scope show.
        const query::Page listed = f.list(query::Source::round_customer, {equals("period", kPeriod.yyyymm)}, scope);
        CHECK(seen.gathered == static_cast<std::int64_t>(listed.rows.size()));
        CHECK(static_cast<std::size_t>(seen.new_customers) == f.list(query::Source::customer, {equals("new_in", kPeriod.yyyymm)}, scope).rows.size());
        CHECK(static_cast<std::size_t>(seen.unplaced) == f.list(query::Source::customer, {equals("new_in", kPeriod.yyyymm), equals("unassigned", 1)}, scope).rows.size());
        CHECK(static_cast<std::size_t>(seen.locked) == f.list(query::Source::lock, {equals("period", kPeriod.yyyymm)}, scope).rows.size());
        std::int64_t claimed = 0, conflicts = 0;
        for (const auto& row : listed.rows) {
            const auto claims = std::get<std::int64_t>(row[Field::column(listed, "claims")]);
            claimed += claims > 0 ? 1 : 0;
            conflicts += claims > 1 ? 1 : 0;
        }
        CHECK(seen.claimed == claimed);
        CHECK(seen.conflicts == conflicts);
        CHECK(seen.open_conflicts == 0);
        CHECK(seen.to_move == claimed);
        for (const ports::RoundDepartment& department : must(reading(*f.world.database)->rounds().departments(kPeriod, scope))) {
            const query::Page marks = f.list(query::Source::round_mark, {equals("period", kPeriod.yyyymm), equals("department", department.channel.value)}, scope);
            CHECK(department.given == static_cast<std::int64_t>(marks.rows.size()));
            CHECK(department.claims == sum(marks, "claimed"));
        }
        partly += seen.gathered > 0 && seen.gathered < whole.gathered ? 1 : 0;
    }
    CHECK(partly > 1);
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
    const auto departments = must(reading(*f.world.database)->rounds().departments(kPeriod, f.world.everything()));
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

TEST_CASE("a department's next marking replaces the one before as a whole, and touches no other's", "[rounds]") {
    Field f;
    f.gather();
    const auto claimed = [&](ChannelId channel) {
        const auto page = f.list(query::Source::round_mark, {equals("period", kPeriod.yyyymm), equals("department", channel.value), equals("claimed", 1)}, f.world.everything());
        std::set<std::string> codes;
        for (const auto& row : page.rows) codes.insert(std::get<std::string>(row[Field::column(page, "code")]));
        return codes;
    };
    const auto code = [&](std::size_t i) { return f.fresh[i].code; };
    f.write([&](ports::UnitOfWork& work) {
        must_do(work.rounds().give(kPeriod, f.key, f.marks(f.key_pool, {})));
        must_do(work.rounds().give(kPeriod, f.commercial, f.marks(f.commercial_pool, {})));
        must_do(work.rounds().mark(kPeriod, f.commercial, {{f.fresh[3].id, {}, true, ""}}));
        must_do(work.rounds().mark(kPeriod, f.key, {{f.fresh[0].id, {}, true, "甲"}, {f.fresh[1].id, {}, true, ""}}));
        must_do(work.rounds().mark(kPeriod, f.key, {{f.fresh[2].id, {}, true, "丙"}}));
        must_do(work.rounds().count_claims(kPeriod));
    });
    CHECK(claimed(f.key) == std::set<std::string>{code(2)});
    CHECK(claimed(f.commercial) == std::set<std::string>{code(3)});
    CHECK(f.counts().claimed == 2);
    const auto noted = f.list(query::Source::round_mark, {equals("period", kPeriod.yyyymm), equals("department", f.key.value)}, f.world.everything());
    std::set<std::string> notes;
    for (const auto& row : noted.rows) notes.insert(std::get<std::string>(row[Field::column(noted, "note")]));
    CHECK(notes == std::set<std::string>{"", "丙"});
    f.write([&](ports::UnitOfWork& work) { must_do(work.rounds().mark(kPeriod, f.key, {})); });
    CHECK(claimed(f.key).empty());
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

TEST_CASE("a lock that was lifted is set again at the close of the window it was lifted for", "[rounds]") {
    Field f;
    const Date until = make_date(2027, 12, 3);
    const Date later = make_date(2028, 1, 3);
    const auto state = [&](std::size_t i) { return *must(reading(*f.world.database)->customers().find(f.fresh[i].code, f.world.everything())); };
    f.write([&](ports::UnitOfWork& work) { (void)must(work.rounds().lock_unplaced(kPeriod, until, kNow)); });
    const auto lift = [&](ports::UnitOfWork& work, std::size_t i) {
        must_do(work.customers().set_lock(f.fresh[i].id, kNoDate));
        must_do(work.rounds().add_lock_event({kNow, f.fresh[i].id, f.admin, Period{202611}, until, kNoDate, "原因"}));
    };
    f.write([&](ports::UnitOfWork& work) {
        for (const std::size_t i : {0u, 1u}) lift(work, i);
    });
    const std::int32_t version = state(1).version;
    f.write([&](ports::UnitOfWork& work) {
        const ports::Moves moves = moves_of({{f.fresh[1].id.value, version, f.pool, f.home, ""}});  // placed in time
        (void)must(work.moves().apply(batch_by(f.admin, kNow, 1), moves, handovers_of(moves), no_progress));
    });
    f.write([&](ports::UnitOfWork& work) { CHECK(must(work.rounds().lock_unplaced(Period{202609}, later, kNow)) >= 0); });
    CHECK_FALSE(state(0).locked_until);  // another period's close
    std::int64_t others = 0;
    {
        const auto work = writing(*f.world.database);
        others = must(work->rounds().lock_unplaced(Period{202611}, later, kNow)) - 1;
    }
    f.write([&](ports::UnitOfWork& work) {
        CHECK(must(work.rounds().lock_unplaced(Period{202611}, later, kNow)) == others + 1);
        CHECK(must(work.rounds().lock_unplaced(Period{202611}, later, kNow)) == 0);
    });
    CHECK(state(0).locked_until == later);
    CHECK_FALSE(state(1).locked_until);
    CHECK(state(2).locked_until == until);  // was not lifted
    const auto events = must(reading(*f.world.database)->rounds().lock_events(f.fresh[0].id));
    REQUIRE(events.size() == 3);
    CHECK(events[0].locked_until == later);
    CHECK(events[0].period == Period{202611});
    CHECK_FALSE(events[0].person);
    CHECK_FALSE(events[0].locked_before);
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

    // The round that a batch was stage 1 of is found by it.
    const auto staged = [&](BatchId id) { return must(reading(*f.world.database)->rounds().of_stage_1(id)); };
    CHECK_FALSE(staged(batch.id));
    f.write([&](ports::UnitOfWork& work) {
        ports::Round round = must(work.rounds().load(Period{202611}, Locking::until_commit));
        round.stage_1_batch = batch.id;
        must_do(work.rounds().save(round));
        (void)must(work.rounds().load(kPeriod, Locking::until_commit));
    });
    CHECK(staged(batch.id) == Period{202611});
    CHECK_FALSE(staged(BatchId{batch.id.value + 1}));
    CHECK_FALSE(staged(BatchId{}));

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
