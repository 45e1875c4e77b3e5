// A 128-bit digest (XXH3) over a canonical little-endian byte stream: the same on every platform. It tells change
// apart from no change; it is no seal against a forger, and nothing relies on it for that: the server plans anew.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace qudao {

class Digest {
public:
    Digest();
    ~Digest();
    Digest(const Digest&) = delete;
    Digest& operator=(const Digest&) = delete;

    Digest& add(std::int64_t value);
    Digest& add(std::string_view text);  // length first, so that ("a","bc") and ("ab","c") differ
    std::string hex() const;             // 32 lower-case digits of what was added so far

private:
    struct State;
    std::unique_ptr<State> state_;
};

// 64-bit hash of a text for in-memory tables; never persisted, never lets an order depend on it.
std::uint64_t hash64(std::string_view text);

}  // namespace qudao
