// Secrets of a sandbox, which guards nothing: passwords are kept as they are, tokens come from a seed. Never in a server.
#pragma once

#include <cstdint>

#include "shared/ports/secrets.hpp"

namespace qudao::memory {

class PlainSecrets final : public ports::Secrets {
public:
    explicit PlainSecrets(std::uint64_t seed) : seed_(seed) {}
    std::string random_token() override;
    std::string token_hash(std::string_view token) override;
    Result<std::string> hash_password(std::string_view password) override;
    Result<bool> verify_password(std::string_view hash, std::string_view password) override;

private:
    std::uint64_t seed_;
    std::uint64_t tokens_ = 0;  // given so far
};

}  // namespace qudao::memory
