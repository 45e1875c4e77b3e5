#include <algorithm>

#include "shared/base/secret.hpp"
#include "shared/memory/stores.hpp"

namespace qudao::memory {

// The id of a key is its place, from 1: keys are never deleted.
Result<ApiKeyId> KeyStore::add(const ports::ApiKey& key) {
    std::vector<ports::ApiKey>& keys = transaction_.state.keys;
    for (const ports::ApiKey& known : keys)
        if (known.name == key.name) return Error::of("keys.name_taken").with("name", key.name);
    transaction_.on_rollback([&keys] { keys.pop_back(); });
    keys.push_back(key);
    keys.back().id = ApiKeyId{static_cast<std::int64_t>(keys.size())};
    keys.back().revoked_at = {};
    keys.back().used_at = {};
    return keys.back().id;
}

Result<std::vector<ports::ApiKey>> KeyStore::all() { return transaction_.state.keys; }

Result<std::optional<ports::ApiKey>> KeyStore::find(std::string_view token_hash) {
    for (const ports::ApiKey& key : transaction_.state.keys)
        if (same_secret(key.token_hash, token_hash)) return std::optional(key);
    return std::optional<ports::ApiKey>();
}

Status KeyStore::revoke(ApiKeyId key, Instant at) {
    std::vector<ports::ApiKey>& keys = transaction_.state.keys;
    for (std::size_t i = 0; i < keys.size(); ++i) {
        if (!(keys[i].id == key) || keys[i].revoked_at.epoch_ms != 0) continue;
        transaction_.on_rollback([&keys, i] { keys[i].revoked_at = {}; });
        keys[i].revoked_at = at;
        return done();
    }
    return Error::of("keys.unknown").with("key", key.value);
}

Status KeyStore::touch(ApiKeyId key, Instant at) {
    std::vector<ports::ApiKey>& keys = transaction_.state.keys;
    for (std::size_t i = 0; i < keys.size(); ++i) {
        if (!(keys[i].id == key)) continue;
        transaction_.on_rollback([&keys, i, before = keys[i].used_at] { keys[i].used_at = before; });
        keys[i].used_at = at;
    }
    return done();
}

}  // namespace qudao::memory
