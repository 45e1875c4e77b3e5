#include "server/sql/stores.hpp"

namespace qudao::sql {
namespace {

constexpr std::string_view kFailures = "select failures, last_at from login_failure where subject = :subject";

Bind none_or(std::string_view name, PersonId person) { return {std::string(name), person ? Value(person.value) : Value()}; }

}  // namespace

Status SessionStore::add(const ports::Session& session) {
    return guarded(session_, [&]() -> Status {
        session_.execute(
            "replace into session (token_hash, person_id, csrf_token, created_at, seen_at, seen_as, must_change) "
            "values (:token, :person, :csrf, :created, :seen, :seen_as, :must_change)",
            {named("token", session.token_hash), named("person", session.person.value), named("csrf", session.csrf_token),
             named("created", session.created_at.epoch_ms), named("seen", session.seen_at.epoch_ms), none_or("seen_as", session.seen_as),
             named("must_change", std::int64_t{session.must_change_password})});
        return done();
    });
}

Result<std::optional<ports::Session>> SessionStore::find(std::string_view token_hash) {
    return guarded(session_, [&]() -> Result<std::optional<ports::Session>> {
        std::optional<ports::Session> found;
        session_.select("select person_id, csrf_token, created_at, seen_at, seen_as, must_change from session where token_hash = :token",
                        "itiiii", {named("token", token_hash)}, [&](const Row& row) {
                            found = ports::Session{std::string(token_hash), row.id<PersonId>(0), std::string(row.text(1)), {row.number(2)},
                                                   {row.number(3)}, row.id<PersonId>(4), row.number(5) != 0};
                        });
        return found;
    });
}

Status SessionStore::touch(std::string_view token_hash, Instant seen_at) {
    return guarded(session_, [&]() -> Status {
        session_.execute("update session set seen_at = :seen where token_hash = :token",
                         {named("seen", seen_at.epoch_ms), named("token", token_hash)});
        return done();
    });
}

Status SessionStore::remove(std::string_view token_hash) {
    return guarded(session_, [&]() -> Status {
        session_.execute("delete from session where token_hash = :token", {named("token", token_hash)});
        return done();
    });
}

Status SessionStore::remove_seen_before(Instant seen_before) {
    return guarded(session_, [&]() -> Status {
        session_.execute("delete from session where seen_at < :before", {named("before", seen_before.epoch_ms)});
        return done();
    });
}

Status SessionStore::remove_of(PersonId person, std::string_view except_token_hash) {
    return guarded(session_, [&]() -> Status {
        session_.execute("delete from session where person_id = :person and token_hash <> :kept",
                         {named("person", person.value), named("kept", except_token_hash)});
        return done();
    });
}

Result<std::int64_t> SessionStore::count_of(PersonId person) {
    return guarded(session_, [&]() -> Result<std::int64_t> {
        return session_.number("select count(*) from session where person_id = :person", {named("person", person.value)}).value_or(0);
    });
}

Status SessionStore::set_seen_as(std::string_view token_hash, PersonId person) {
    return guarded(session_, [&]() -> Status {
        session_.execute("update session set seen_as = :seen_as where token_hash = :token", {none_or("seen_as", person), named("token", token_hash)});
        return done();
    });
}

Status SessionStore::clear_must_change(std::string_view token_hash) {
    return guarded(session_, [&]() -> Status {
        session_.execute("update session set must_change = 0 where token_hash = :token", {named("token", token_hash)});
        return done();
    });
}

Result<SessionStore::Failures> SessionStore::failures(std::string_view key) {
    return guarded(session_, [&]() -> Result<Failures> {
        Failures failures;
        session_.select(kFailures, "ii", {named("subject", key)},
                        [&](const Row& row) { failures = {static_cast<std::int32_t>(row.number(0)), {row.number(1)}}; });
        return failures;
    });
}

Result<SessionStore::Failures> SessionStore::record_failure(std::string_view key, Instant at, Instant forgotten) {
    return guarded(session_, [&]() -> Result<Failures> {
        Failures before;
        session_.select(std::string(kFailures) + (session_.mariadb() ? " for update" : ""), "ii", {named("subject", key)},
                        [&](const Row& row) { before = {static_cast<std::int32_t>(row.number(0)), {row.number(1)}}; });
        // The two databases differ in the words, not in what is done.
        const std::string statement =
            std::string("insert into login_failure (subject, failures, last_at) values (:subject, 1, :at) ") +
            (session_.mariadb() ? "on duplicate key update failures = case when last_at < :forgotten then 1 else failures + 1 end, last_at = values(last_at)"
                                : "on conflict (subject) do update set failures = case when last_at < :forgotten then 1 else failures + 1 end, last_at = excluded.last_at");
        session_.execute(statement, {named("subject", key), named("at", at.epoch_ms), named("forgotten", forgotten.epoch_ms)});
        return before;
    });
}

Status SessionStore::take_back_failure(std::string_view key) {
    return guarded(session_, [&]() -> Status {
        session_.execute("update login_failure set failures = failures - 1 where subject = :subject and failures > 0", {named("subject", key)});
        return done();
    });
}

Status SessionStore::keep_until(std::string_view key, Instant until) {
    return guarded(session_, [&]() -> Status {
        session_.execute("replace into login_failure (subject, failures, last_at) values (:subject, 0, :until)",
                         {named("subject", key), named("until", until.epoch_ms)});
        return done();
    });
}

Status SessionStore::remove_failures_before(Instant before) {
    return guarded(session_, [&]() -> Status {
        session_.execute("delete from login_failure where last_at < :before", {named("before", before.epoch_ms)});
        return done();
    });
}

Status SessionStore::clear_failures(std::string_view key) {
    return guarded(session_, [&]() -> Status {
        session_.execute("delete from login_failure where subject = :subject", {named("subject", key)});
        return done();
    });
}

}  // namespace qudao::sql
