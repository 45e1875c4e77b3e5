#include "shared/memory/plain_secrets.hpp"

#include "shared/base/random.hpp"
#include "shared/base/secret.hpp"

namespace qudao::memory {
namespace {

constexpr std::string_view kPrefix = "plain:";
constexpr std::size_t kTokenCharacters = 43;  // 32 bytes in base64url
constexpr std::string_view kBase64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

std::string plain(std::string_view text) { return std::string(kPrefix).append(text); }

}  // namespace

std::string PlainSecrets::random_token() {
    Random random(seed_, tokens_++);
    std::string token;
    while (token.size() < kTokenCharacters) token.push_back(kBase64[static_cast<std::size_t>(random.below(kBase64.size()))]);
    return token;
}

std::string PlainSecrets::token_hash(std::string_view token) { return plain(token); }

Result<std::string> PlainSecrets::hash_password(std::string_view password) { return plain(password); }

Result<bool> PlainSecrets::verify_password(std::string_view hash, std::string_view password) { return same_secret(plain(password), hash); }

}  // namespace qudao::memory
