// Keys of other systems (row A7). Only the hash of a key is kept; `hint` is its beginning, to tell keys apart.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/date.hpp"
#include "shared/base/id.hpp"
#include "shared/base/result.hpp"
#include "shared/domain/channel.hpp"

namespace qudao {
using ApiKeyId = Id<struct ApiKeyTag>;
}

namespace qudao::ports {

struct ApiKey {
    ApiKeyId id;
    std::string name;
    std::string token_hash;
    std::string hint;
    UnitId unit;                 // its scope: the unit and what is below it
    ChannelMask channels = kAllChannels;
    Date expires_on;             // the last day it is good for
    PersonId created_by;
    Instant created_at;
    Instant revoked_at;          // 0: not
    Instant used_at;             // to the hour; 0: never
};

class KeyStore {
public:
    virtual ~KeyStore() = default;
    virtual Result<ApiKeyId> add(const ApiKey& key) = 0;  // keys.name_taken
    virtual Result<std::vector<ApiKey>> all() = 0;        // ordered by id
    virtual Result<std::optional<ApiKey>> find(std::string_view token_hash) = 0;
    virtual Status revoke(ApiKeyId key, Instant at) = 0;  // keys.unknown, also of one that is revoked
    virtual Status touch(ApiKeyId key, Instant at) = 0;   // of an unknown one: nothing
};

}  // namespace qudao::ports
