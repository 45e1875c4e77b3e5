#include "shared/base/digest.hpp"

#include <array>
#include <cstring>

#include <xxhash.h>

namespace qudao {
namespace {
constexpr std::size_t kBufferBytes = 4096;
}

// Small values are gathered before they reach the hash: its update call costs more than eight bytes are worth.
struct Digest::State {
    XXH3_state_t hash;
    std::array<unsigned char, kBufferBytes> buffer;
    std::size_t used = 0;

    void write(const void* data, std::size_t size) {
        if (size > buffer.size() - used) flush();
        if (size > buffer.size()) {
            XXH3_128bits_update(&hash, data, size);
            return;
        }
        std::memcpy(buffer.data() + used, data, size);
        used += size;
    }
    void flush() {
        XXH3_128bits_update(&hash, buffer.data(), used);
        used = 0;
    }
};

Digest::Digest() : state_(new State) { XXH3_128bits_reset(&state_->hash); }
Digest::~Digest() = default;

Digest& Digest::add(std::int64_t value) {
    std::array<unsigned char, 8> bytes;
    auto rest = static_cast<std::uint64_t>(value);
    for (unsigned char& byte : bytes) {
        byte = static_cast<unsigned char>(rest & 0xff);
        rest >>= 8;
    }
    state_->write(bytes.data(), bytes.size());
    return *this;
}

Digest& Digest::add(std::string_view text) {
    add(static_cast<std::int64_t>(text.size()));
    state_->write(text.data(), text.size());
    return *this;
}

std::string Digest::hex() const {
    state_->flush();
    XXH128_canonical_t canonical;
    XXH128_canonicalFromHash(&canonical, XXH3_128bits_digest(&state_->hash));
    static constexpr char kHex[] = "0123456789abcdef";
    std::string out;
    out.reserve(32);
    for (const unsigned char byte : canonical.digest) {
        out.push_back(kHex[byte >> 4]);
        out.push_back(kHex[byte & 15]);
    }
    return out;
}

std::uint64_t hash64(std::string_view text) { return XXH3_64bits(text.data(), text.size()); }

}  // namespace qudao
