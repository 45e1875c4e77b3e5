#include "server/sql/stores.hpp"

namespace qudao::sql {
namespace {

constexpr std::string_view kKey =
    "select id, name, token_hash, hint, unit_id, channels, expires_on, created_by, created_at, revoked_at, used_at from api_key";
constexpr std::string_view kKinds = "itttiiiiiii";

ports::ApiKey key_of(const Row& row) {
    ports::ApiKey key;
    key.id = row.id<ApiKeyId>(0);
    key.name = row.text(1);
    key.token_hash = row.text(2);
    key.hint = row.text(3);
    key.unit = row.id<UnitId>(4);
    key.channels = static_cast<ChannelMask>(row.number(5));
    key.expires_on = row.date(6);
    key.created_by = row.id<PersonId>(7);
    key.created_at = {row.number(8)};
    key.revoked_at = {row.number(9)};
    key.used_at = {row.number(10)};
    return key;
}

}  // namespace

Result<ApiKeyId> KeyStore::add(const ports::ApiKey& key) {
    return guarded(session_, [&]() -> Result<ApiKeyId> {
        if (session_.number("select id from api_key where name = :name", {named("name", key.name)}))
            return Error::of("keys.name_taken").with("name", key.name);
        session_.execute(
            "insert into api_key (name, token_hash, hint, unit_id, channels, expires_on, created_by, created_at) "
            "values (:name, :hash, :hint, :unit, :channels, :expires, :created_by, :created_at)",
            {named("name", key.name), named("hash", key.token_hash), named("hint", key.hint), named("unit", key.unit.value),
             named("channels", std::int64_t{key.channels}), named("expires", key.expires_on), named("created_by", key.created_by.value),
             named("created_at", key.created_at.epoch_ms)});
        return ApiKeyId{session_.last_id()};
    });
}

Result<std::vector<ports::ApiKey>> KeyStore::all() {
    return guarded(session_, [&]() -> Result<std::vector<ports::ApiKey>> {
        std::vector<ports::ApiKey> keys;
        session_.select(std::string(kKey) + " order by id", kKinds, {}, [&](const Row& row) { keys.push_back(key_of(row)); });
        return keys;
    });
}

Result<std::optional<ports::ApiKey>> KeyStore::find(std::string_view token_hash) {
    return guarded(session_, [&]() -> Result<std::optional<ports::ApiKey>> {
        std::optional<ports::ApiKey> found;
        session_.select(std::string(kKey) + " where token_hash = :hash", kKinds, {named("hash", token_hash)},
                        [&](const Row& row) { found = key_of(row); });
        return found;
    });
}

Status KeyStore::revoke(ApiKeyId key, Instant at) {
    return guarded(session_, [&]() -> Status {
        const auto changed = session_.execute("update api_key set revoked_at = :at where id = :id and revoked_at is null",
                                              {named("at", at.epoch_ms), named("id", key.value)});
        return changed == 0 ? Status(Error::of("keys.unknown").with("key", key.value)) : done();
    });
}

Status KeyStore::touch(ApiKeyId key, Instant at) {
    return guarded(session_, [&]() -> Status {
        session_.execute("update api_key set used_at = :at where id = :id", {named("at", at.epoch_ms), named("id", key.value)});
        return done();
    });
}

}  // namespace qudao::sql
