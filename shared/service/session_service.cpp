#include "shared/service/session_service.hpp"

#include <algorithm>

namespace qudao::service {
namespace {

constexpr std::int64_t kSecond = 1000;
constexpr std::int64_t kIdleMs = 8 * 3600 * kSecond;
constexpr std::int64_t kAbsoluteMs = 24 * 3600 * kSecond;
constexpr std::int64_t kTouchEveryMs = 60 * kSecond;  // so that reading does not write at every request
constexpr std::int64_t kForgetMs = 3600 * kSecond;
constexpr std::int64_t kLongestWaitMs = 300 * kSecond;
constexpr std::int32_t kFreeAccountFailures = 5;
constexpr std::int32_t kFreeAddressFailures = 20;

std::int64_t wait_ms(const ports::SessionStore::Failures& failures, std::int32_t free, Instant now) {
    const std::int64_t since = now.epoch_ms - failures.last_at.epoch_ms;
    if (failures.count < free || since >= kForgetMs) return 0;
    const std::int32_t doublings = std::min(failures.count - free, 20);
    return std::max<std::int64_t>(0, std::min(kSecond << doublings, kLongestWaitMs) - since);
}

std::string account_key(const LogIn& request) { return "login:" + request.login; }
std::string address_key(const LogIn& request) { return "address:" + request.address; }

Status check_slow_down(ports::SessionStore& sessions, const LogIn& request, Instant now) {
    QUDAO_TRY(account, sessions.failures(account_key(request)));
    QUDAO_TRY(address, sessions.failures(address_key(request)));
    const std::int64_t wait = std::max(wait_ms(account, kFreeAccountFailures, now), wait_ms(address, kFreeAddressFailures, now));
    if (wait == 0) return done();
    return Error::of("session.slow_down").with("seconds", (wait + kSecond - 1) / kSecond);
}

Status note_failure(const Services& services, const LogIn& request, Instant now) {
    QUDAO_TRY(work, services.database.begin(ports::Access::write));
    QUDAO_CHECK(work->sessions().record_failure(account_key(request), now));
    QUDAO_CHECK(work->sessions().record_failure(address_key(request), now));
    return work->commit();
}

bool has_ended(const ports::Session& session, Instant now) {
    return now.epoch_ms - session.seen_at.epoch_ms > kIdleMs || now.epoch_ms - session.created_at.epoch_ms > kAbsoluteMs;
}

// What verify_password is given for an unknown login, so that it takes as long as for a known one.
Result<std::string> decoy_hash(const Services& services) { return services.secrets.hash_password("no such person"); }

}  // namespace

Result<OpenedSession> log_in(const Services& services, const LogIn& request) {
    const Instant now = services.clock.now();
    std::optional<ports::Credentials> credentials;
    {
        QUDAO_TRY(work, services.database.begin(ports::Access::read));
        QUDAO_CHECK(check_slow_down(work->sessions(), request, now));
        QUDAO_TRY(found, work->people().credentials(request.login));
        credentials = std::move(found);
    }
    // Hashing takes long: no transaction is open meanwhile.
    bool good = false;
    if (credentials) {
        QUDAO_TRY(matches, services.secrets.verify_password(credentials->password_hash, request.password));
        good = matches && credentials->person.active;
    } else {
        QUDAO_TRY(decoy, decoy_hash(services));
        (void)decoy;
    }
    if (!good) {
        QUDAO_CHECK(note_failure(services, request, now));
        // An unknown login is not written down: people type passwords there.
        return Error::of("session.refused").because(credentials ? "login " + credentials->person.login : "unknown login");
    }
    OpenedSession opened;
    opened.token = services.secrets.random_token();
    opened.session = {services.secrets.token_hash(opened.token), credentials->person.id, services.secrets.random_token(), now, now};
    QUDAO_TRY(work, services.database.begin(ports::Access::write));
    QUDAO_CHECK(work->sessions().clear_failures(account_key(request)));
    QUDAO_CHECK(work->sessions().remove_seen_before(Instant{now.epoch_ms - kIdleMs}));
    QUDAO_CHECK(work->sessions().add(opened.session));
    QUDAO_CHECK(work->commit());
    return opened;
}

Result<ports::Session> admit(const Services& services, std::string_view token, std::optional<Action> right) {
    if (token.empty()) return Error::of("session.none");
    const Instant now = services.clock.now();
    const std::string hash = services.secrets.token_hash(token);
    std::optional<ports::Session> session;
    {
        QUDAO_TRY(work, services.database.begin(ports::Access::read));
        QUDAO_TRY(found, work->sessions().find(hash));
        if (!found) return Error::of("session.none").because("unknown token");
        if (has_ended(*found, now)) return Error::of("session.none").because("ended");
        if (right) {
            QUDAO_TRY(reference, load_reference(services, *work));
            if (!holds(*reference, found->person, *right)) {
                // Who was deactivated holds nothing any more: that ends the session rather than closing a door.
                QUDAO_TRY(persons, work->people().persons({found->person}));
                if (persons.empty() || !persons.front().active) return Error::of("session.none");
                return Error::of("rights.missing").with("right", code_of(*right)).because("person " + std::to_string(found->person.value));
            }
        }
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
    QUDAO_CHECK(work->sessions().remove(services.secrets.token_hash(token)));
    return work->commit();
}

Status set_demo_date(const Services& services, PersonId person, Date day) {
    QUDAO_TRY(work, services.database.begin(ports::Access::write));
    QUDAO_TRY(actor, load_actor(services, *work, person));
    if (!actor.settings.demonstration) return Error::of("settings.not_demonstration");
    if (!actor.rights.may(Action::set_demo_date)) return Error::of("rights.missing").with("right", code_of(Action::set_demo_date));
    QUDAO_CHECK(work->settings().save_demo_date(day));
    return work->commit();
}

}  // namespace qudao::service
