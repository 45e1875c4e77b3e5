// Keys of other systems and what they read (row A7): one customer identity for all channels. A key is named, holds for a
// unit and some channels, expires, can be revoked, and is told once.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "shared/service/audit.hpp"
#include "shared/service/context.hpp"

namespace qudao::service {

inline constexpr std::int32_t kLongestKeyDays = 730;

struct NewKey {
    std::string name;
    UnitId unit;
    ChannelMask channels = kAllChannels;
    Date expires_on;
};
struct AddedKey {
    ApiKeyId key;
    std::string token;  // told once: only its hash is kept
};
// keys.name, keys.name_taken, keys.unknown_unit, keys.channels, keys.expiry {most_days}.
Result<AddedKey> add_key(const Services& services, PersonId actor, const NewKey& key);
Status revoke_key(const Services& services, PersonId actor, ApiKeyId key);

struct KeyLine {
    ports::ApiKey key;
    std::string created_by;
};
Result<std::vector<KeyLine>> keys(ports::UnitOfWork& work);

// The key a request came with: key.none for none, an unknown, expired or revoked one, all alike.
Result<ports::ApiKey> admit_key(const Services& services, std::string_view token);

// Customers by one of their numbers, within the key's scope; the others might as well not exist.
struct IdentityQuestion {
    std::string code;
    std::string contract;
};
struct Identity {
    Customer customer;
    UnitRecord place;
    std::string channel;      // code, of the marketing attribute
    std::string statistical;  // code, of the statistical attribute
};
Result<std::vector<Identity>> identities(const Services& services, const ports::ApiKey& key, const IdentityQuestion& question);

}  // namespace qudao::service
