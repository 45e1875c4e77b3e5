#include "shared/service/session_service.hpp"

#include <algorithm>

#include "shared/base/secret.hpp"
#include "shared/domain/password_policy.hpp"
#include "shared/service/audit.hpp"

namespace qudao::service {
namespace {

constexpr std::int64_t kSecond = 1000;
constexpr std::int64_t kIdleMs = 8 * 3600 * kSecond;
constexpr std::int64_t kAbsoluteMs = 24 * 3600 * kSecond;
constexpr std::int64_t kTouchEveryMs = 60 * kSecond;  // so that reading does not write at every request
constexpr std::int64_t kForgetMs = 3600 * kSecond;
constexpr std::int64_t kKnownMs = 30 * 24 * 3600 * kSecond;  // how long an address stays known to an account
constexpr std::int64_t kLongestWaitMs = 300 * kSecond;
constexpr std::int32_t kFreeAccountFailures = 5;
constexpr std::int32_t kFreeAddressFailures = 20;

std::int64_t wait_ms(const ports::SessionStore::Failures& failures, std::int32_t free, Instant now) {
    const std::int64_t since = now.epoch_ms - failures.last_at.epoch_ms;
    if (failures.count < free || since >= kForgetMs) return 0;
    const std::int32_t doublings = std::min(failures.count - free, 20);
    return std::max<std::int64_t>(0, std::min(kSecond << doublings, kLongestWaitMs) - since);
}

std::string address_key(const LogIn& request) { return "address:" + request.address; }
std::string password_key(PersonId person) { return "password:" + std::to_string(person.value); }

// Under which keys an attempt counts. From where its person logged in lately attempts count by themselves: guesses from
// elsewhere hold up guesses from elsewhere, not the person.
struct AttemptKeys {
    std::string account;
    std::string address;
    std::string known;  // kept while the address is known to the account
};
Result<AttemptKeys> keys_of(const Services& services, ports::SessionStore& sessions, const LogIn& request, Instant now) {
    const std::string account = account_failures(services, request.login);
    AttemptKeys keys{account, address_key(request), "known:" + services.secrets.token_hash(account + "@" + request.address)};
    QUDAO_TRY(known, sessions.failures(keys.known));
    if (now < known.last_at) keys.account = "from " + keys.known;
    return keys;
}

Status check_wait(std::int64_t wait) {
    return wait == 0 ? done() : Status(Error::of("session.slow_down").with("seconds", (wait + kSecond - 1) / kSecond));
}

std::int64_t longest_wait(const ports::SessionStore::Failures& account, const ports::SessionStore::Failures& address, Instant now) {
    return std::max(wait_ms(account, kFreeAccountFailures, now), wait_ms(address, kFreeAddressFailures, now));
}

Status check_slow_down(ports::SessionStore& sessions, const AttemptKeys& keys, Instant now) {
    QUDAO_TRY(account, sessions.failures(keys.account));
    QUDAO_TRY(address, sessions.failures(keys.address));
    return check_wait(longest_wait(account, address, now));
}

Status forget_attempts(const Services& services, PersonId person) {
    QUDAO_TRY(work, services.database.begin(ports::Access::write));
    QUDAO_CHECK(work->sessions().clear_failures(password_key(person)));
    return work->commit();
}

Instant forgotten(Instant now) { return {now.epoch_ms - kForgetMs}; }

// Counted for the account before the password is looked at, one after the other: of many at once no more get through than of
// many in turn. For the address failures alone count: an office behind one may log in all at once.
Result<AttemptKeys> count_attempt(const Services& services, const LogIn& request, Instant now) {
    {
        // Who must wait is told so without anything being written.
        QUDAO_TRY(work, services.database.begin(ports::Access::read));
        QUDAO_TRY(keys, keys_of(services, work->sessions(), request, now));
        QUDAO_CHECK(check_slow_down(work->sessions(), keys, now));
    }
    QUDAO_TRY(work, services.database.begin(ports::Access::write));
    QUDAO_TRY(keys, keys_of(services, work->sessions(), request, now));
    QUDAO_TRY(account, work->sessions().record_failure(keys.account, now, forgotten(now)));
    QUDAO_CHECK(check_wait(wait_ms(account, kFreeAccountFailures, now)));
    QUDAO_CHECK(work->commit());
    return std::move(keys);
}

// A good password: it was no failure.
Status count_success(ports::SessionStore& sessions, const AttemptKeys& keys, Instant now) {
    QUDAO_CHECK(sessions.clear_failures(keys.account));
    return sessions.keep_until(keys.known, {now.epoch_ms + kKnownMs});
}

Status count_failure(const Services& services, const AttemptKeys& keys, Instant now) {
    QUDAO_TRY(work, services.database.begin(ports::Access::write));
    QUDAO_TRY(before, work->sessions().record_failure(keys.address, now, forgotten(now)));
    (void)before;
    return work->commit();
}

// The password was not looked at: the server was too busy.
Error take_back(const Services& services, const AttemptKeys& keys, Error why) {
    auto work = services.database.begin(ports::Access::write);
    if (work && (*work)->sessions().take_back_failure(keys.account)) (void)(*work)->commit();
    return why;
}

// By itself, holding nothing else; it can wait for the next log-in.
void sweep_attempts(const Services& services, Instant now) {
    auto work = services.database.begin(ports::Access::write);
    if (work && (*work)->sessions().remove_failures_before(forgotten(now))) (void)(*work)->commit();
}

bool has_ended(const ports::Session& session, Instant now) {
    return now.epoch_ms - session.seen_at.epoch_ms > kIdleMs || now.epoch_ms - session.created_at.epoch_ms > kAbsoluteMs;
}

// Who was deactivated holds nothing any more: that ends the session rather than closing a door. So it does for who looks with
// another's rights and may no longer.
Status check_right(const Services& services, ports::UnitOfWork& work, const ports::Session& session, std::optional<NeededRight> needed) {
    if (!needed && !session.seen_as) return done();
    QUDAO_TRY(reference, load_reference(services, work));
    if (session.seen_as && !holds(*reference, session.person, Action::see_as)) return Error::of("session.none");
    const PersonId person = session.seen_as ? session.seen_as : session.person;
    if (!needed) return done();
    if (needed->everywhere ? holds_everywhere(*reference, person, needed->right) : holds(*reference, person, needed->right)) return done();
    QUDAO_TRY(persons, work.people().persons({person}));
    if (persons.empty() || !persons.front().active) return Error::of("session.none");
    return Error::of("rights.missing").with("right", code_of(needed->right)).because("person " + std::to_string(session.person.value));
}

Status record_end_of_seeing(ports::UnitOfWork& work, const ports::Session& session, Instant now) {
    if (!session.seen_as) return done();
    QUDAO_TRY(persons, work.people().persons({session.seen_as}));
    const std::string subject = persons.empty() ? std::string() : persons.front().login + " " + persons.front().name;
    const auto entry = record(work, session.person, now, {"see_as.end", session.seen_as.value, subject});
    return entry ? done() : Status(entry.error());
}

// What verify_password is given for an unknown login, so that it takes as long as for a known one.
Result<std::string> decoy_hash(const Services& services) { return services.secrets.hash_password("no such person"); }

}  // namespace

// Hashed: people type passwords where the login belongs.
std::string account_failures(const Services& services, std::string_view login) { return "login:" + services.secrets.token_hash(login); }

Result<OpenedSession> log_in(const Services& services, const LogIn& request) {
    const Instant now = services.clock.now();
    std::optional<ports::Credentials> credentials;
    QUDAO_TRY(keys, count_attempt(services, request, now));
    {
        QUDAO_TRY(work, services.database.begin(ports::Access::read));
        QUDAO_TRY(found, work->people().credentials(request.login));
        credentials = std::move(found);
    }
    // Hashing takes long: no transaction is open meanwhile.
    bool good = false;
    if (credentials) {
        const auto matches = services.secrets.verify_password(credentials->password_hash, request.password);
        if (!matches) return take_back(services, keys, matches.error());
        good = *matches && credentials->person.active;
    } else if (const auto decoy = decoy_hash(services); !decoy) {
        return take_back(services, keys, decoy.error());
    }
    if (!good) {
        QUDAO_CHECK(count_failure(services, keys, now));
        // An unknown login is not written down: people type passwords there.
        return Error::of("session.refused").because(credentials ? "login " + credentials->person.login : "unknown login");
    }
    OpenedSession opened;
    opened.token = services.secrets.random_token();
    opened.session = {services.secrets.token_hash(opened.token), credentials->person.id, services.secrets.random_token(), now, now, {},
                      credentials->person.must_change_password};
    {
        QUDAO_TRY(work, services.database.begin(ports::Access::write));
        QUDAO_CHECK(count_success(work->sessions(), keys, now));
        QUDAO_CHECK(work->sessions().remove_seen_before(Instant{now.epoch_ms - kIdleMs}));
        if (!request.replaces.empty()) {
            const std::string replaced = services.secrets.token_hash(request.replaces);
            QUDAO_TRY(session, work->sessions().find(replaced));
            if (session) QUDAO_CHECK(record_end_of_seeing(*work, *session, now));
            QUDAO_CHECK(work->sessions().remove(replaced));
        }
        QUDAO_CHECK(work->sessions().add(opened.session));
        QUDAO_CHECK(work->commit());
    }
    sweep_attempts(services, now);
    return opened;
}

Result<ports::Session> admit(const Services& services, std::string_view token, std::optional<NeededRight> needed) {
    if (token.empty()) return Error::of("session.none");
    const Instant now = services.clock.now();
    const std::string hash = services.secrets.token_hash(token);
    std::optional<ports::Session> session;
    {
        QUDAO_TRY(work, services.database.begin(ports::Access::read));
        QUDAO_TRY(found, work->sessions().find(hash));
        if (!found) return Error::of("session.none").because("unknown token");
        if (has_ended(*found, now)) return Error::of("session.none").because("ended");
        QUDAO_CHECK(check_right(services, *work, *found, needed));
        session = std::move(found);
    }
    if (now.epoch_ms - session->seen_at.epoch_ms > kTouchEveryMs) {
        QUDAO_TRY(work, services.database.begin(ports::Access::write));
        QUDAO_CHECK(work->sessions().touch(hash, now));
        QUDAO_CHECK(work->commit());
    }
    return std::move(*session);
}

Status log_out(const Services& services, std::string_view token) {
    QUDAO_TRY(work, services.database.begin(ports::Access::write));
    const std::string hash = services.secrets.token_hash(token);
    QUDAO_TRY(session, work->sessions().find(hash));
    if (session) QUDAO_CHECK(record_end_of_seeing(*work, *session, services.clock.now()));
    QUDAO_CHECK(work->sessions().remove(hash));
    return work->commit();
}

Status log_out_everywhere(const Services& services, const ports::Session& session) {
    QUDAO_TRY(work, services.database.begin(ports::Access::write));
    QUDAO_CHECK(record_end_of_seeing(*work, session, services.clock.now()));
    QUDAO_CHECK(work->sessions().remove_of(session.person, {}));
    return work->commit();
}

Status change_password(const Services& services, const ports::Session& session, std::string_view current, std::string_view password) {
    const Instant now = services.clock.now();
    Person person;
    std::string hash_before;
    {
        QUDAO_TRY(work, services.database.begin(ports::Access::read));
        QUDAO_TRY(persons, work->people().persons({session.person}));
        if (persons.empty()) return Error::of("session.none");
        person = std::move(persons.front());
        QUDAO_TRY(credentials, work->people().credentials(person.login));
        if (!credentials) return Error::of("session.none");
        hash_before = std::move(credentials->password_hash);
    }
    {
        // Counted first, as log-ins are.
        QUDAO_TRY(work, services.database.begin(ports::Access::write));
        QUDAO_TRY(before, work->sessions().record_failure(password_key(person.id), now, forgotten(now)));
        QUDAO_CHECK(check_wait(wait_ms(before, kFreeAccountFailures, now)));
        QUDAO_CHECK(work->commit());
    }
    // Hashing takes long: no transaction is open meanwhile.
    QUDAO_TRY(right, services.secrets.verify_password(hash_before, current));
    if (!right) return Error::of("people.password_wrong");
    QUDAO_CHECK(forget_attempts(services, person.id));
    if (same_secret(current, password)) return Error::of("people.password_same");
    QUDAO_CHECK(check_password(password, person.login, person.name));
    QUDAO_TRY(hash, services.secrets.hash_password(password));
    QUDAO_TRY(work, services.database.begin(ports::Access::write));
    QUDAO_CHECK(work->people().set_password(session.person, hash));
    if (person.must_change_password) {
        person.must_change_password = false;
        QUDAO_CHECK(work->people().change_person(person));
    }
    QUDAO_CHECK(work->sessions().remove_of(session.person, session.token_hash));
    QUDAO_CHECK(work->sessions().clear_must_change(session.token_hash));
    auto entry = record(*work, session.person, now, {"person.change_password", session.person.value, person.login + " " + person.name});
    if (!entry) return std::move(entry).error();
    return work->commit();
}

Status see_as(const Services& services, const ports::Session& session, PersonId person) {
    QUDAO_TRY(work, services.database.begin(ports::Access::write));
    QUDAO_TRY(actor, load_actor(services, *work, session.person));
    if (!actor.rights.may(Action::see_as)) return Error::of("rights.missing").with("right", code_of(Action::see_as));
    QUDAO_TRY(persons, work->people().persons({person}));
    QUDAO_TRY(grants, work->people().grants_of(person));
    const Organisation& org = actor.organisation();
    const bool reached = std::all_of(grants.begin(), grants.end(), [&](const Grant& grant) {
        return actor.rights.scope(Action::see_as).reaches(org, org.find(grant.unit));
    });
    if (persons.empty() || !persons.front().active || grants.empty() || !reached || person == session.person) return Error::of("people.unknown");
    QUDAO_CHECK(work->sessions().set_seen_as(session.token_hash, person));
    auto entry = record(*work, actor, {"see_as.begin", person.value, persons.front().login + " " + persons.front().name});
    if (!entry) return std::move(entry).error();
    return work->commit();
}

Status see_as_oneself(const Services& services, const ports::Session& session) {
    if (!session.seen_as) return done();
    QUDAO_TRY(work, services.database.begin(ports::Access::write));
    QUDAO_CHECK(work->sessions().set_seen_as(session.token_hash, {}));
    QUDAO_CHECK(record_end_of_seeing(*work, session, services.clock.now()));
    return work->commit();
}

Status set_demo_date(const Services& services, PersonId person, Date day) {
    QUDAO_TRY(work, services.database.begin(ports::Access::write));
    QUDAO_TRY(actor, load_actor(services, *work, person));
    if (!actor.settings.demonstration) return Error::of("settings.not_demonstration");
    if (!actor.rights.may(Action::set_demo_date)) return Error::of("rights.missing").with("right", code_of(Action::set_demo_date));
    QUDAO_CHECK(work->settings().save_demo_date(day));
    const dto::Json before{{"day", format_date(actor.settings.demo_date)}};
    const auto entry = record(*work, actor, {"policy.demo_date", 0, "", before, {{"day", format_date(day)}}});
    if (!entry) return entry.error();
    return work->commit();
}

}  // namespace qudao::service
