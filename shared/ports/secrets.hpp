// Passwords and tokens. The server does it with libsodium; a sandbox, which guards nothing, with a plain comparison.
#pragma once

#include <string>
#include <string_view>

#include "shared/base/result.hpp"

namespace qudao::ports {

class Secrets {
public:
    virtual ~Secrets() = default;
    virtual std::string random_token() = 0;                        // 32 random bytes, base64url
    virtual std::string token_hash(std::string_view token) = 0;    // only this is stored
    // argon2id; secrets.busy when too many are being hashed at once.
    virtual Result<std::string> hash_password(std::string_view password) = 0;
    virtual Result<bool> verify_password(std::string_view hash, std::string_view password) = 0;
};

}  // namespace qudao::ports
