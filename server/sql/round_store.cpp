#include <initializer_list>

#include "server/sql/bulk.hpp"
#include "server/sql/scope_sql.hpp"
#include "server/sql/sql_text.hpp"
#include "server/sql/stores.hpp"

namespace qudao::sql {
namespace {

constexpr std::string_view kRoundColumns = "select period, phase, customers, stage_1_batch, closed_at, locked from monthly_round";
constexpr std::string_view kRoundKinds = "itiiii";

ports::Round round_of(const Row& row) {
    ports::Round round;
    round.period = {static_cast<std::int32_t>(row.number(0))};
    round.phase = round_phase_of(row.text(1)).value_or(RoundPhase::waiting);
    round.customers = row.number(2);
    round.stage_1_batch = row.id<BatchId>(3);
    round.closed_at = {row.number(4)};
    round.locked = row.number(5);
    return round;
}

Bind named_period(Period period) { return named("period", std::int64_t{period.yyyymm}); }
Value or_null(std::int64_t id) { return id == 0 ? Value() : Value(id); }

// Customers of stage 1: they have a target, and its channel is not yet that of their place.
constexpr std::string_view kToMove =
    " from round_customer r join customer c on c.id = r.customer_id join unit up on up.id = c.place_id "
    "join unit ut on ut.id = r.target_unit where up.channel_id <> ut.channel_id and r.period = ";
constexpr std::string_view kGathered = " from round_customer r where r.period = ";
constexpr std::string_view kGatheredAt =
    " from round_customer r join customer c on c.id = r.customer_id join unit u on u.id = c.place_id where r.period = ";
// By the close.
constexpr std::string_view kLocked =
    " from lock_event l join customer c on c.id = l.customer_id join unit u on u.id = c.place_id where l.person_id is null and l.period = ";
// Of the period, in a pool, and not locked for as long.
constexpr std::string_view kUnplaced =
    " where new_in = :period and place_id in (select id from unit where is_pool = 1) and (locked_until is null or locked_until < :until)";

}  // namespace

// With until_commit the row is made first, so that there is one to hold; a second maker waits for the first.
Result<ports::Round> RoundStore::load(Period period, ports::Locking locking) {
    return guarded(session_, [&]() -> Result<ports::Round> {
        const bool lock = locking == ports::Locking::until_commit;
        if (lock) {
            constexpr std::string_view kMake = " into monthly_round (period, phase, customers, locked) values (:period, 'waiting', 0, 0)";
            session_.execute(session_.mariadb() ? "insert ignore" + std::string(kMake) : "insert or ignore" + std::string(kMake), {named_period(period)});
        }
        ports::Round round;
        round.period = period;
        session_.select(std::string(kRoundColumns) + " where period = :period" + (lock && session_.mariadb() ? " for update" : ""), kRoundKinds,
                        {named_period(period)}, [&](const Row& row) { round = round_of(row); });
        return round;
    });
}

Result<std::vector<ports::Round>> RoundStore::all() {
    return guarded(session_, [&]() -> Result<std::vector<ports::Round>> {
        std::vector<ports::Round> all;
        session_.select(std::string(kRoundColumns) + " where phase <> 'waiting' order by period desc", kRoundKinds, {},
                        [&](const Row& row) { all.push_back(round_of(row)); });
        return all;
    });
}

Result<std::optional<Period>> RoundStore::of_stage_1(BatchId batch) {
    return guarded(session_, [&]() -> Result<std::optional<Period>> {
        const auto period = session_.number("select period from monthly_round where stage_1_batch = :batch", {named("batch", batch.value)});
        return period ? std::optional(Period{static_cast<std::int32_t>(*period)}) : std::optional<Period>();
    });
}

Status RoundStore::save(const ports::Round& round) {
    return guarded(session_, [&]() -> Status {
        session_.execute(
            "update monthly_round set phase = :phase, customers = :customers, stage_1_batch = :batch, closed_at = :closed_at, locked = :locked "
            "where period = :period",
            {named("phase", code_of(round.phase)), named("customers", round.customers), {"batch", or_null(round.stage_1_batch.value)},
             {"closed_at", or_null(round.closed_at.epoch_ms)}, named("locked", round.locked), named_period(round.period)});
        return done();
    });
}

Result<std::vector<ports::RoundDepartment>> RoundStore::departments(Period period, const Scope& view) {
    return guarded(session_, [&]() -> Result<std::vector<ports::RoundDepartment>> {
        std::vector<ports::RoundDepartment> departments;
        session_.select("select channel_id, state, person_id, at, note from round_department where period = :period order by channel_id", "itiit",
                        {named_period(period)}, [&](const Row& row) {
                            ports::RoundDepartment department;
                            department.channel = row.id<ChannelId>(0);
                            department.state = department_state_of(row.text(1)).value_or(DepartmentState::pending);
                            department.person = row.id<PersonId>(2);
                            department.at = {row.number(3)};
                            department.note = row.text(4);
                            departments.push_back(std::move(department));
                        });
        SqlText sql;
        sql += "select m.channel_id, count(*), cast(sum(m.claimed) as signed) from round_mark m join unit u on u.id = m.unit_id where m.period = ";
        sql.value(std::int64_t{period.yyyymm});
        append_within(sql, view, "u");
        sql += " group by m.channel_id";
        session_.select(sql.text, "iii", sql.binds, [&](const Row& row) {
            for (ports::RoundDepartment& department : departments) {
                if (department.channel.value != row.number(0)) continue;
                department.given = row.number(1);
                department.claims = row.number(2);
            }
        });
        return departments;
    });
}

Status RoundStore::save_department(Period period, const ports::RoundDepartment& department) {
    return guarded(session_, [&]() -> Status {
        session_.execute("delete from round_department where period = :period and channel_id = :channel",
                         {named_period(period), named("channel", department.channel.value)});
        session_.execute(
            "insert into round_department (period, channel_id, state, person_id, at, note) values (:period, :channel, :state, :person, :at, :note)",
            {named_period(period), named("channel", department.channel.value), named("state", code_of(department.state)),
             {"person", or_null(department.person.value)}, named("at", department.at.epoch_ms), named("note", department.note)});
        return done();
    });
}

Result<std::vector<ports::RoundEvent>> RoundStore::events(Period period) {
    return guarded(session_, [&]() -> Result<std::vector<ports::RoundEvent>> {
        std::vector<ports::RoundEvent> events;
        session_.select("select at, person_id, act, channel_id, customers, note from round_event where period = :period order by id desc limit 200",
                        "iitiit", {named_period(period)}, [&](const Row& row) {
                            events.push_back({period, Instant{row.number(0)}, row.id<PersonId>(1), round_act_of(row.text(2)).value_or(RoundAct::gather),
                                              row.id<ChannelId>(3), row.number(4), std::string(row.text(5))});
                        });
        return events;
    });
}

Status RoundStore::add_event(const ports::RoundEvent& event) {
    return guarded(session_, [&]() -> Status {
        session_.execute(
            "insert into round_event (period, at, person_id, act, channel_id, customers, note) values (:period, :at, :person, :act, :channel, "
            ":customers, :note)",
            {named_period(event.period), named("at", event.at.epoch_ms), {"person", or_null(event.person.value)}, named("act", code_of(event.act)),
             {"channel", or_null(event.channel.value)}, named("customers", event.customers), named("note", event.note)});
        return done();
    });
}

Result<std::int64_t> RoundStore::gather(Period period) {
    return guarded(session_, [&]() -> Result<std::int64_t> {
        session_.execute(
            "insert into round_customer (period, customer_id, claims) select c.new_in, c.id, 0 from customer c left join round_customer r on "
            "r.period = c.new_in and r.customer_id = c.id where c.new_in = :period and r.customer_id is null",
            {named_period(period)});
        return session_.number("select count(*) from round_customer where period = :period", {named_period(period)}).value_or(0);
    });
}

Result<ports::RoundCustomers> RoundStore::read_customers(std::string_view statement, const Binds& binds) {
    return guarded(session_, [&]() -> Result<ports::RoundCustomers> {
        ports::RoundCustomers customers;
        session_.select(statement, "iti", binds, [&](const Row& row) {
            customers.id.push_back(row.number(0));
            customers.code.push_back(row.text(1));
            customers.place.push_back(row.number(2));
        });
        return customers;
    });
}

Result<ports::RoundCustomers> RoundStore::gathered(Period period) {
    return read_customers("select c.id, c.code, c.place_id from round_customer r join customer c on c.id = r.customer_id "
                          "where r.period = :period order by c.id",
                          {named_period(period)});
}

Status RoundStore::give(Period period, ChannelId channel, const std::vector<ports::RoundMark>& marks) {
    return guarded(session_, [&]() -> Status {
        session_.execute("delete from round_mark where period = :period and channel_id = :channel", {named_period(period), named("channel", channel.value)});
        BulkInsert insert(session_, "round_mark (period, customer_id, channel_id, unit_id, claimed, note)", 6);
        for (const ports::RoundMark& mark : marks)
            insert.add(std::int64_t{period.yyyymm}).add(mark.customer.value).add(channel.value).add(mark.unit.value).add(std::int64_t{mark.claimed}).add(mark.note);
        insert.finish();
        return done();
    });
}

Result<ports::RoundCustomers> RoundStore::given(Period period, ChannelId channel) {
    return read_customers("select c.id, c.code, c.place_id from round_mark m join customer c on c.id = m.customer_id "
                          "where m.period = :period and m.channel_id = :channel order by c.id",
                          {named_period(period), named("channel", channel.value)});
}

Result<std::vector<ports::RoundMark>> RoundStore::marks(Period period, ChannelId channel) {
    return guarded(session_, [&]() -> Result<std::vector<ports::RoundMark>> {
        std::vector<ports::RoundMark> marks;
        session_.select("select customer_id, unit_id, claimed, note from round_mark where period = :period and channel_id = :channel "
                        "and (claimed = 1 or note <> '') order by customer_id",
                        "iiit", {named_period(period), named("channel", channel.value)}, [&](const Row& row) {
                            marks.push_back({row.id<CustomerId>(0), row.id<UnitId>(1), row.number(2) != 0, std::string(row.text(3))});
                        });
        return marks;
    });
}

// Nearly all rows are alike: all are set back first, then the claimed ones and those with a note are set one by one.
Status RoundStore::mark(Period period, ChannelId channel, const std::vector<ports::RoundMark>& marks) {
    return guarded(session_, [&]() -> Status {
        session_.execute("update round_mark set claimed = 0, note = '' where period = :period and channel_id = :channel and (claimed = 1 or note <> '')",
                         {named_period(period), named("channel", channel.value)});
        for (const ports::RoundMark& mark : marks) {
            if (!mark.claimed && mark.note.empty()) continue;
            session_.execute(
                "update round_mark set claimed = :claimed, note = :note where period = :period and channel_id = :channel and customer_id = :customer",
                {named("claimed", std::int64_t{mark.claimed}), named("note", mark.note), named_period(period), named("channel", channel.value),
                 named("customer", mark.customer.value)});
        }
        return done();
    });
}

// Of a customer's claimed marks, inside a statement over round_customer. MariaDB is told its way: of marks written in the
// same transaction it has no statistics, and would read a whole department's for each customer.
std::string RoundStore::marks_of_customer() const {
    return std::string("from round_mark m") + (session_.mariadb() ? " force index (primary)" : "") +
           " where m.period = round_customer.period and m.customer_id = round_customer.customer_id and m.claimed = 1";
}

Status RoundStore::count_claims(Period period) {
    return guarded(session_, [&]() -> Status {
        session_.execute("update round_customer set claims = (select count(*) " + marks_of_customer() + ") where period = :period", {named_period(period)});
        session_.execute(
            "update round_customer set decided = null where period = :period and decided is not null and (claims < 2 or (decided <> 0 and not exists "
            "(select 1 " + marks_of_customer() + " and m.channel_id = round_customer.decided)))",
            {named_period(period)});
        return done();
    });
}

Result<bool> RoundStore::decide(Period period, CustomerId customer, ChannelId channel) {
    return guarded(session_, [&]() -> Result<bool> {
        if (channel.value != 0) {
            const auto claims = session_.number(
                "select claimed from round_mark where period = :period and customer_id = :customer and channel_id = :channel and claimed = 1",
                {named_period(period), named("customer", customer.value), named("channel", channel.value)});
            if (!claims) return false;
        }
        return session_.execute("update round_customer set decided = :channel where period = :period and customer_id = :customer and claims > 1",
                                {named("channel", channel.value), named_period(period), named("customer", customer.value)}) == 1;
    });
}

Result<ports::RoundCounts> RoundStore::counts(Period period, const Scope& view) {
    return guarded(session_, [&]() -> Result<ports::RoundCounts> {
        ports::RoundCounts counts;
        // Numbers from `from`, of the period, and in view by the alias of the unit.
        const auto count = [&](std::string_view numbers, std::string_view from, std::string_view unit, std::initializer_list<std::int64_t*> fields) {
            SqlText sql;
            ((sql += numbers) += from).value(std::int64_t{period.yyyymm});
            append_within(sql, view, unit);
            session_.select(sql.text, std::string(fields.size(), 'i'), sql.binds, [&](const Row& row) {
                std::size_t column = 0;
                for (std::int64_t* field : fields) *field = row.number(column++);
            });
        };
        count("select count(*), cast(coalesce(sum(u.is_pool), 0) as signed)", " from customer c join unit u on u.id = c.place_id where c.new_in = ", "u",
              {&counts.new_customers, &counts.unplaced});
        count("select count(*), cast(coalesce(sum(case when r.claims > 0 then 1 else 0 end), 0) as signed), "
              "cast(coalesce(sum(case when r.claims > 1 then 1 else 0 end), 0) as signed), "
              "cast(coalesce(sum(case when r.claims > 1 and r.decided is null then 1 else 0 end), 0) as signed)",
              view.whole() ? kGathered : kGatheredAt, "u", {&counts.gathered, &counts.claimed, &counts.conflicts, &counts.open_conflicts});
        count("select count(*)", kToMove, "up", {&counts.to_move});
        count("select count(*)", kLocked, "u", {&counts.locked});
        return counts;
    });
}

Status RoundStore::set_targets(Period period) {
    return guarded(session_, [&]() -> Status {
        session_.execute(
            "update round_customer set target_unit = (select m.unit_id " + marks_of_customer() +
                " and (round_customer.claims = 1 or m.channel_id = round_customer.decided)) where period = :period",
            {named_period(period)});
        return done();
    });
}

Status RoundStore::clear_targets(Period period) {
    return guarded(session_, [&]() -> Status {
        session_.execute("update round_customer set target_unit = null where period = :period", {named_period(period)});
        return done();
    });
}

Result<ports::RoundTargets> RoundStore::targets(Period period) {
    return guarded(session_, [&]() -> Result<ports::RoundTargets> {
        ports::RoundTargets targets;
        session_.select("select c.code, r.target_unit" + std::string(kToMove) + ":period order by c.id", "ti", {named_period(period)}, [&](const Row& row) {
            targets.customer_code.push_back(row.text(0));
            targets.unit.push_back(row.number(1));
        });
        return targets;
    });
}

// The log first, from what the update will find: both by the same condition, in one transaction. Those whose lock was lifted
// are few, and found by the log: asked for together with the others they would cost the index both ways.
Result<std::int64_t> RoundStore::lock_unplaced(Period period, Date locked_until, Instant at) {
    return guarded(session_, [&]() -> Result<std::int64_t> {
        const Binds which = {named_period(period), named("until", locked_until)};
        // MariaDB: nobody moves one of them between the statements.
        if (session_.mariadb()) session_.select("select id from customer" + std::string(kUnplaced) + " order by id for update", "i", which, [](const Row&) {});
        session_.execute(
            "insert into lock_event (at, customer_id, person_id, period, locked_before, locked_until, reason) "
            "select :at, id, null, new_in, locked_until, :lock_until, '' from customer" + std::string(kUnplaced) + " order by id",
            {named("at", at.epoch_ms), named("lock_until", locked_until), which[0], which[1]});
        std::int64_t locked = session_.execute("update customer set locked_until = :lock_until, version = version + 1" + std::string(kUnplaced),
                                               {named("lock_until", locked_until), which[0], which[1]});
        std::vector<ports::LockEvent> again;
        session_.select(std::string("select id, locked_until from customer where id in (select customer_id from lock_event where period = :period and locked_until is null) "
                        "and place_id in (select id from unit where is_pool = 1) and (locked_until is null or locked_until < :until) order by id") + (session_.mariadb() ? " for update" : ""),
                        "ii", which, [&](const Row& row) { again.push_back({at, row.id<CustomerId>(0), {}, period, row.date(1), locked_until, {}}); });
        for (const ports::LockEvent& event : again) {
            if (Status added = add_lock_event(event); !added) return added.error();
            locked += session_.execute("update customer set locked_until = :until, version = version + 1 where id = :id",
                                       {named("until", locked_until), named("id", event.customer.value)});
        }
        return locked;
    });
}

Result<std::vector<Period>> RoundStore::unclosed(Period last) {
    return guarded(session_, [&]() -> Result<std::vector<Period>> {
        std::vector<Period> periods;
        session_.select(
            "select distinct p.period from (select c.new_in as period from customer c join unit u on u.id = c.place_id "
            "where u.is_pool = 1 and c.new_in between 1 and :last union select period from monthly_round where period <= :last_too) p "
            "where not exists (select 1 from monthly_round r where r.period = p.period and r.phase = :closed) order by p.period",
            "i", {named("last", std::int64_t{last.yyyymm}), named("last_too", std::int64_t{last.yyyymm}), named("closed", code_of(RoundPhase::closed))},
            [&](const Row& row) { periods.push_back({static_cast<std::int32_t>(row.number(0))}); });
        return periods;
    });
}

Status RoundStore::add_lock_event(const ports::LockEvent& event) {
    return guarded(session_, [&]() -> Status {
        session_.execute(
            "insert into lock_event (at, customer_id, person_id, period, locked_before, locked_until, reason) values (:at, :customer, :person, "
            ":period, :before, :until, :reason)",
            {named("at", event.at.epoch_ms), named("customer", event.customer.value), {"person", or_null(event.person.value)}, named_period(event.period),
             named("before", event.locked_before), named("until", event.locked_until), named("reason", event.reason)});
        return done();
    });
}

Result<std::vector<ports::LockEvent>> RoundStore::lock_events(CustomerId customer) {
    return guarded(session_, [&]() -> Result<std::vector<ports::LockEvent>> {
        std::vector<ports::LockEvent> events;
        session_.select("select at, person_id, period, locked_before, locked_until, reason from lock_event where customer_id = :customer order by id desc",
                        "iiiiit", {named("customer", customer.value)}, [&](const Row& row) {
                            events.push_back({Instant{row.number(0)}, customer, row.id<PersonId>(1), Period{static_cast<std::int32_t>(row.number(2))},
                                              row.date(3), row.date(4), std::string(row.text(5))});
                        });
        return events;
    });
}

Result<std::vector<ports::PlaceChange>> RoundStore::place_changes(CustomerId customer) {
    return guarded(session_, [&]() -> Result<std::vector<ports::PlaceChange>> {
        std::vector<ports::PlaceChange> changes;
        session_.select("select a.valid_from, a.from_unit, a.to_unit, b.id, b.person_id, a.note from adjustment a join batch b on b.at = a.valid_from "
                        "where a.customer_id = :customer order by a.valid_from desc",
                        "iiiiit", {named("customer", customer.value)}, [&](const Row& row) {
                            changes.push_back({Instant{row.number(0)}, row.id<UnitId>(1), row.id<UnitId>(2), row.id<BatchId>(3), row.id<PersonId>(4),
                                               std::string(row.text(5))});
                        });
        return changes;
    });
}

Result<bool> RoundStore::confirm_handover(BatchId batch, UnitId unit, PersonId person, Instant at) {
    return guarded(session_, [&]() -> Result<bool> {
        const auto given = session_.number("select customers from handover where batch_id = :batch and unit_id = :unit",
                                           {named("batch", batch.value), named("unit", unit.value)});
        if (!given) return Error::of("handover.unknown").with("batch", batch.value).with("unit", unit.value);
        constexpr std::string_view kReceive = " into handover_receipt (batch_id, unit_id, person_id, at) values (:batch, :unit, :person, :at)";
        return session_.execute(session_.mariadb() ? "insert ignore" + std::string(kReceive) : "insert or ignore" + std::string(kReceive),
                                {named("batch", batch.value), named("unit", unit.value), named("person", person.value), named("at", at.epoch_ms)}) == 1;
    });
}

}  // namespace qudao::sql
