#include <string>

#include "server/sql/error_text.hpp"
#include "server/sql/sql_text.hpp"
#include "server/sql/stores.hpp"

namespace qudao::sql {
namespace {

constexpr std::string_view kJobs =
    "select id, person_id, idempotency_key, kind, parameters, resumable, state, attempt, owner, lease_until, created_at, finished_at, "
    "phase, done_count, total_count, outcome, error, losses from job";
constexpr std::string_view kJobKinds = "iitttititiiitiitti";

struct StoredJob {
    ports::Job job;
    std::int64_t losses = 0;
};

StoredJob stored_in(const Row& row) {
    StoredJob stored;
    ports::Job& job = stored.job;
    job.id = row.id<ports::JobId>(0);
    job.order = {{row.id<PersonId>(1), std::string(row.text(2))}, std::string(row.text(3)), std::string(row.text(4))};
    job.resumable = row.number(5) != 0;
    const std::string_view state = row.text(6);
    job.waiting = state == "waiting";
    job.attempt = static_cast<std::int32_t>(row.number(7));
    job.owner = row.text(8);
    job.lease_until = {row.number(9)};
    job.created_at = {row.number(10)};
    job.finished_at = {row.number(11)};
    job.state.finished = state == "done" || state == "failed";
    job.state.phase = row.text(12);
    job.state.done = row.number(13);
    job.state.total = row.number(14);
    job.state.outcome = row.text(15);
    if (state == "failed") job.state.error = error_in(row.text(16));
    stored.losses = row.number(17);
    return stored;
}

std::optional<StoredJob> read_one(Session& session, std::string_view where, const Binds& binds) {
    std::optional<StoredJob> found;
    session.select(std::string(kJobs) + std::string(where), kJobKinds, binds, [&](const Row& row) { found = stored_in(row); });
    return found;
}

Binds name_binds(const ports::JobName& name) {
    return {named("person", name.person.value), named("idempotency_key", name.key)};
}
std::optional<StoredJob> find_named(Session& session, const ports::JobName& name) {
    return read_one(session, " where person_id = :person and idempotency_key = :idempotency_key", name_binds(name));
}

Error lost() { return Error::of("job.lost"); }

// False: the name was taken meanwhile.
bool insert(Session& session, const ports::JobOrder& order, bool resumable, Instant now) {
    Binds binds = name_binds(order.name);
    binds.push_back(named("kind", order.kind));
    binds.push_back(named("parameters", order.parameters));
    binds.push_back(named("resumable", std::int64_t{resumable ? 1 : 0}));
    binds.push_back(named("created", now.epoch_ms));
    try {
        session.execute(
            "insert into job (person_id, idempotency_key, kind, parameters, resumable, state, attempt, losses, owner, lease_until, cancelled, "
            "phase, done_count, total_count, created_at) values (:person, :idempotency_key, :kind, :parameters, :resumable, 'waiting', 0, 0, "
            "'', 0, 0, 'waiting', 0, 0, :created)",
            binds);
        return true;
    } catch (const Failure& failure) {
        if (failure.kind() != Failure::Kind::duplicate) throw;
        return false;
    }
}

// Ends the job where `where` (over id and attempt, and more) still holds; whether it did.
bool end(Session& session, const ports::JobLease& lease, std::string_view where, const std::optional<Error>& error, std::string_view outcome,
         Instant now) {
    return session.execute(
               "update job set state = :state, error = :error, outcome = :outcome, finished_at = :now where id = :id and attempt = :attempt and " +
                   std::string(where),
               {named("state", error ? "failed" : "done"), {"error", error ? Value(text_of(*error)) : Value()}, named("outcome", outcome),
                named("now", now.epoch_ms), named("id", lease.job.value), named("attempt", std::int64_t{lease.attempt})}) == 1;
}

// Of the job as it was seen: nobody took it meanwhile, and, as `where` says, more.
bool hand(Session& session, const ports::Job& seen, const ports::JobTaker& taker, std::int64_t losses, const std::string& where = {}) {
    return session.execute(
               std::string("update job set state = 'running', attempt = attempt + 1, losses = :losses, owner = :owner, lease_until = :until, cancelled = 0, "
               "phase = 'waiting', done_count = 0, total_count = 0, outcome = null, error = null, finished_at = null where id = :id and attempt = "
               ":attempt") + where,
               {named("losses", losses), named("owner", taker.owner), named("until", taker.lease_until.epoch_ms), named("id", seen.id.value),
                named("attempt", std::int64_t{seen.attempt})}) == 1;
}

void append_kinds(SqlText& sql, const std::vector<std::string>& kinds) {
    sql += "resumable = 1 and kind in (";
    for (std::size_t i = 0; i < kinds.size(); ++i) {
        if (i != 0) sql += ", ";
        sql.value(kinds[i]);
    }
    sql += ")";
}

void append_waits_or_lapsed(SqlText& sql, Instant now) {
    sql += " and (state = 'waiting' or (state = 'running' and lease_until < ";
    sql.value(now.epoch_ms) += "))";
}

Binds lease_binds(const ports::JobLease& lease) { return {named("id", lease.job.value), named("attempt", std::int64_t{lease.attempt})}; }

}  // namespace

Result<std::optional<ports::Job>> JobStore::find(const ports::JobName& name) {
    return guarded(session_, [&]() -> Result<std::optional<ports::Job>> {
        auto found = find_named(session_, name);
        return found ? std::optional(std::move(found->job)) : std::nullopt;
    });
}

Result<ports::Job> JobStore::add(const ports::JobOrder& order, Instant now) {
    return guarded(session_, [&]() -> Result<ports::Job> {
        // Looked for first: a second insert would hold on to the row that stands in its way.
        auto found = find_named(session_, order.name);
        if (!found) {
            (void)insert(session_, order, true, now);
            found = find_named(session_, order.name);
        }
        if (!found) return Error::of("job.unknown");
        if (!found->job.resumable || found->job.order.kind != order.kind || found->job.order.parameters != order.parameters)
            return Error::of("job.key_used");
        if (!found->job.state.error) return std::move(found->job);
        session_.execute(
            "update job set state = 'waiting', losses = 0, cancelled = 0, phase = 'waiting', done_count = 0, total_count = 0, error = null, "
            "finished_at = null where id = :id and state = 'failed'",
            {named("id", found->job.id.value)});
        found = find_named(session_, order.name);
        return std::move(found->job);
    });
}

Result<std::optional<ports::Job>> JobStore::take(const std::vector<std::string>& kinds, const ports::JobTaker& taker) {
    return guarded(session_, [&]() -> Result<std::optional<ports::Job>> {
        if (kinds.empty()) return std::optional<ports::Job>();
        const std::string lapsed = "state = 'running' and lease_until < " + std::to_string(taker.now.epoch_ms);
        SqlText due;
        due += " where ";
        append_kinds(due, kinds);
        append_waits_or_lapsed(due, taker.now);
        due += " order by id limit 1";
        // Another server may take it between the look and the update, which then finds another attempt: look again.
        while (auto found = read_one(session_, due.text, due.binds)) {
            const bool ran_out = !found->job.waiting;
            const std::int64_t losses = found->losses + (ran_out ? 1 : 0);
            if (ran_out && losses >= ports::kMostLosses) {
                (void)end(session_, found->job.lease(), lapsed, Error::of("job.gave_up"), {}, taker.now);
                continue;
            }
            if (!hand(session_, found->job, taker, losses, " and " + (ran_out ? lapsed : std::string("state = 'waiting'")))) continue;
            return std::optional(std::move(find_named(session_, found->job.order.name)->job));
        }
        return std::optional<ports::Job>();
    });
}

Result<ports::Job> JobStore::take_own(const ports::JobName& name, std::string_view kind, const ports::JobTaker& taker) {
    return guarded(session_, [&]() -> Result<ports::Job> {
        if (!find_named(session_, name)) (void)insert(session_, {name, std::string(kind), {}}, false, taker.now);
        while (true) {
            auto found = find_named(session_, name);
            if (!found) return Error::of("job.unknown");
            if (found->job.resumable) return Error::of("job.key_used");
            if (hand(session_, found->job, taker, 0)) return std::move(find_named(session_, name)->job);
        }
    });
}

Result<bool> JobStore::any_due(const std::vector<std::string>& kinds, Instant now) {
    return guarded(session_, [&]() -> Result<bool> {
        SqlText sql;
        sql += "select 1 from job where (resumable = 0 and state = 'running' and lease_until < ";
        sql.value(now.epoch_ms) += ")";
        if (!kinds.empty()) {
            sql += " or (";
            append_kinds(sql, kinds);
            append_waits_or_lapsed(sql, now);
            sql += ")";
        }
        sql += " limit 1";
        return session_.number(sql.text, sql.binds).has_value();
    });
}

Result<ports::JobHold> JobStore::renew(const ports::JobLease& lease, const ports::JobState& progress, Instant lease_until) {
    return guarded(session_, [&]() -> Result<ports::JobHold> {
        Binds binds = lease_binds(lease);
        binds.push_back(named("until", lease_until.epoch_ms));
        binds.push_back(named("phase", progress.phase));
        binds.push_back(named("done", progress.done));
        binds.push_back(named("total", progress.total));
        const auto changed = session_.execute(
            "update job set lease_until = :until, phase = :phase, done_count = :done, total_count = :total where id = :id and attempt = :attempt "
            "and state = 'running'",
            binds);
        if (changed == 0) return ports::JobHold::lost;
        const bool cancelled = session_.number("select cancelled from job where id = :id", {named("id", lease.job.value)}) == 1;
        return cancelled ? ports::JobHold::cancelled : ports::JobHold::held;
    });
}

Status JobStore::hold(const ports::JobLease& lease) {
    return guarded(session_, [&]() -> Status {
        std::string statement = "select 1 from job where id = :id and attempt = :attempt and state = 'running'";
        if (session_.mariadb()) statement += " for update";
        return session_.number(statement, lease_binds(lease)) ? done() : Status(lost());
    });
}

Status JobStore::finish(const ports::JobLease& lease, std::string_view outcome, Instant now) {
    return guarded(session_, [&]() -> Status {
        if (end(session_, lease, "state = 'running'", std::nullopt, outcome, now)) return done();
        const bool mine = session_.number("select 1 from job where id = :id and attempt = :attempt and state = 'done'", lease_binds(lease)).has_value();
        return mine ? done() : Status(lost());
    });
}

Status JobStore::fail(const ports::JobLease& lease, const Error& error, Instant now) {
    return guarded(session_, [&]() -> Status { return end(session_, lease, "state = 'running'", error, {}, now) ? done() : Status(lost()); });
}

Status JobStore::release(const ports::JobLease& lease) {
    return guarded(session_, [&]() -> Status {
        session_.execute("update job set state = 'waiting' where id = :id and attempt = :attempt and state = 'running'", lease_binds(lease));
        return done();
    });
}

Status JobStore::cancel(const ports::JobName& name, Instant now) {
    return guarded(session_, [&]() -> Status {
        Binds binds = name_binds(name);
        session_.execute("update job set cancelled = 1 where person_id = :person and idempotency_key = :idempotency_key and state = 'running'", binds);
        binds.push_back(named("error", text_of(Error::of("work.cancelled"))));
        binds.push_back(named("now", now.epoch_ms));
        session_.execute(
            "update job set state = 'failed', error = :error, finished_at = :now where person_id = :person and idempotency_key = :idempotency_key "
            "and state = 'waiting'",
            binds);
        return done();
    });
}

Status JobStore::end_lost(Instant now) {
    return guarded(session_, [&]() -> Status {
        session_.execute(
            "update job set state = 'failed', error = :error, finished_at = :ended where resumable = 0 and state = 'running' and lease_until < :now",
            {named("error", text_of(lost())), named("ended", now.epoch_ms), named("now", now.epoch_ms)});
        return done();
    });
}

Status JobStore::forget(Instant finished_before) {
    return guarded(session_, [&]() -> Status {
        session_.execute("delete from job where resumable = 0 and finished_at < :before", {named("before", finished_before.epoch_ms)});
        return done();
    });
}

}  // namespace qudao::sql
