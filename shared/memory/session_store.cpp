#include "shared/base/secret.hpp"
#include "shared/memory/stores.hpp"

namespace qudao::memory {
namespace {

// Puts back what a map held under a key, or that it held nothing.
template <class T>
void remember(Transaction& transaction, TextMap<T>& map, std::string_view key) {
    const auto it = map.find(key);
    std::optional<T> before;
    if (it != map.end()) before = it->second;
    transaction.on_rollback([&map, before, name = std::string(key)] {
        if (before) map.insert_or_assign(name, *before);
        else map.erase(name);
    });
}

}  // namespace

Status SessionStore::add(const ports::Session& session) {
    remember(transaction_, transaction_.state.sessions, session.token_hash);
    transaction_.state.sessions.insert_or_assign(session.token_hash, session);
    return done();
}

Result<std::optional<ports::Session>> SessionStore::find(std::string_view token_hash) {
    const auto it = transaction_.state.sessions.find(token_hash);
    return it == transaction_.state.sessions.end() ? std::optional<ports::Session>() : std::optional(it->second);
}

Status SessionStore::touch(std::string_view token_hash, Instant seen_at) {
    const auto it = transaction_.state.sessions.find(token_hash);
    if (it == transaction_.state.sessions.end()) return done();
    remember(transaction_, transaction_.state.sessions, token_hash);
    it->second.seen_at = seen_at;
    return done();
}

Status SessionStore::remove(std::string_view token_hash) {
    const auto it = transaction_.state.sessions.find(token_hash);
    if (it == transaction_.state.sessions.end()) return done();
    remember(transaction_, transaction_.state.sessions, token_hash);
    transaction_.state.sessions.erase(it);
    return done();
}

Status SessionStore::remove_seen_before(Instant seen_before) {
    auto& sessions = transaction_.state.sessions;
    for (auto it = sessions.begin(); it != sessions.end();) {
        if (!(it->second.seen_at < seen_before)) {
            ++it;
            continue;
        }
        remember(transaction_, sessions, it->first);
        it = sessions.erase(it);
    }
    return done();
}

Status SessionStore::remove_of(PersonId person, std::string_view except_token_hash) {
    auto& sessions = transaction_.state.sessions;
    for (auto it = sessions.begin(); it != sessions.end();) {
        if (!(it->second.person == person) || same_secret(it->first, except_token_hash)) {
            ++it;
            continue;
        }
        remember(transaction_, sessions, it->first);
        it = sessions.erase(it);
    }
    return done();
}

Result<std::int64_t> SessionStore::count_of(PersonId person) {
    std::int64_t count = 0;
    for (const auto& [token, session] : transaction_.state.sessions) count += session.person == person ? 1 : 0;
    return count;
}

Status SessionStore::set_seen_as(std::string_view token_hash, PersonId person) {
    const auto it = transaction_.state.sessions.find(token_hash);
    if (it == transaction_.state.sessions.end()) return done();
    remember(transaction_, transaction_.state.sessions, token_hash);
    it->second.seen_as = person;
    return done();
}

Status SessionStore::clear_must_change(std::string_view token_hash) {
    const auto it = transaction_.state.sessions.find(token_hash);
    if (it == transaction_.state.sessions.end()) return done();
    remember(transaction_, transaction_.state.sessions, token_hash);
    it->second.must_change_password = false;
    return done();
}

Result<SessionStore::Failures> SessionStore::failures(std::string_view key) {
    const auto it = transaction_.state.failures.find(key);
    return it == transaction_.state.failures.end() ? Failures{} : it->second;
}

Result<SessionStore::Failures> SessionStore::record_failure(std::string_view key, Instant at, Instant forgotten) {
    remember(transaction_, transaction_.state.failures, key);
    Failures& failures = transaction_.state.failures[std::string(key)];
    const Failures before = failures;
    failures = {failures.last_at < forgotten ? 1 : failures.count + 1, at};
    return before;
}

Status SessionStore::take_back_failure(std::string_view key) {
    const auto it = transaction_.state.failures.find(key);
    if (it == transaction_.state.failures.end() || it->second.count == 0) return done();
    remember(transaction_, transaction_.state.failures, key);
    --it->second.count;
    return done();
}

Status SessionStore::keep_until(std::string_view key, Instant until) {
    remember(transaction_, transaction_.state.failures, key);
    transaction_.state.failures[std::string(key)] = {0, until};
    return done();
}

Status SessionStore::remove_failures_before(Instant before) {
    auto& all = transaction_.state.failures;
    for (auto it = all.begin(); it != all.end();) {
        if (!(it->second.last_at < before)) {
            ++it;
            continue;
        }
        remember(transaction_, all, it->first);
        it = all.erase(it);
    }
    return done();
}

Status SessionStore::clear_failures(std::string_view key) {
    const auto it = transaction_.state.failures.find(key);
    if (it == transaction_.state.failures.end()) return done();
    remember(transaction_, transaction_.state.failures, key);
    transaction_.state.failures.erase(it);
    return done();
}

}  // namespace qudao::memory
