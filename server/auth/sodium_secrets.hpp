// Passwords and tokens by libsodium. argon2id with 64 MiB and two passes took 63 ms on the machine it was chosen on; at
// most four are hashed at once (256 MiB), the next waits at most two seconds and is then told secrets.busy.
#pragma once

#include <condition_variable>
#include <mutex>

#include "shared/ports/secrets.hpp"

namespace qudao::auth {

class SodiumSecrets final : public ports::Secrets {
public:
    SodiumSecrets();  // asserts that libsodium starts
    std::string random_token() override;
    std::string token_hash(std::string_view token) override;  // BLAKE2b, 32 bytes, hexadecimal
    Result<std::string> hash_password(std::string_view password) override;
    Result<bool> verify_password(std::string_view hash, std::string_view password) override;

private:
    class Place;
    std::mutex mutex_;
    std::condition_variable freed_;
    int hashing_ = 0;
};

}  // namespace qudao::auth
