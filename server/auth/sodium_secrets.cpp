#include "server/auth/sodium_secrets.hpp"

#include <array>
#include <chrono>
#include <cstdlib>

#include <sodium.h>

namespace qudao::auth {
namespace {

constexpr int kMostAtOnce = 4;
constexpr std::chrono::seconds kLongestWait{2};
constexpr unsigned long long kPasses = 2;
constexpr std::size_t kMemoryBytes = 64u << 20;
constexpr std::size_t kTokenBytes = 32;

std::string hex(const unsigned char* bytes, std::size_t size) {
    std::string text(size * 2 + 1, '\0');
    sodium_bin2hex(text.data(), text.size(), bytes, size);
    text.pop_back();
    return text;
}

}  // namespace

// A place among those that hash; empty when none came free in time.
class SodiumSecrets::Place {
public:
    explicit Place(SodiumSecrets& secrets) : secrets_(secrets) {
        std::unique_lock lock(secrets_.mutex_);
        taken_ = secrets_.freed_.wait_for(lock, kLongestWait, [&] { return secrets_.hashing_ < kMostAtOnce; });
        if (taken_) ++secrets_.hashing_;
    }
    ~Place() {
        if (!taken_) return;
        {
            const std::lock_guard lock(secrets_.mutex_);
            --secrets_.hashing_;
        }
        secrets_.freed_.notify_one();
    }
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;
    explicit operator bool() const { return taken_; }

private:
    SodiumSecrets& secrets_;
    bool taken_ = false;
};

SodiumSecrets::SodiumSecrets() {
    if (sodium_init() < 0) std::abort();
}

std::string SodiumSecrets::random_token() {
    std::array<unsigned char, kTokenBytes> bytes;
    randombytes_buf(bytes.data(), bytes.size());
    std::string text(sodium_base64_encoded_len(bytes.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING), '\0');
    sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    text.pop_back();
    return text;
}

std::string SodiumSecrets::token_hash(std::string_view token) {
    std::array<unsigned char, 32> hash;
    crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(token.data()), token.size(), nullptr, 0);
    return hex(hash.data(), hash.size());
}

Result<std::string> SodiumSecrets::hash_password(std::string_view password) {
    const Place place(*this);
    if (!place) return Error::of("secrets.busy");
    std::array<char, crypto_pwhash_STRBYTES> hash{};
    if (crypto_pwhash_str(hash.data(), password.data(), password.size(), kPasses, kMemoryBytes) != 0)
        return Error::of("secrets.busy").because("argon2id: out of memory");
    return std::string(hash.data());
}

Result<bool> SodiumSecrets::verify_password(std::string_view hash, std::string_view password) {
    const Place place(*this);
    if (!place) return Error::of("secrets.busy");
    return crypto_pwhash_str_verify(std::string(hash).c_str(), password.data(), password.size()) == 0;
}

}  // namespace qudao::auth
