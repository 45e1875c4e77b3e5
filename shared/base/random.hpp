// Numbers that look random and are the same from one seed on every platform (splitmix64): demonstration data, the sandbox's
// tokens, tests. The standard distributions differ between compilers, so none is used. Not for secrets.
#pragma once

#include <cstddef>
#include <cstdint>

namespace qudao {

// One step of splitmix64: spreads a number over 64 bits.
constexpr std::uint64_t mix64(std::uint64_t value) {
    value += 0x9E3779B97F4A7C15u;
    value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9u;
    value = (value ^ (value >> 27)) * 0x94D049BB133111EBu;
    return value ^ (value >> 31);
}

class Random {
public:
    constexpr explicit Random(std::uint64_t seed) : state_(mix64(seed)) {}
    // An independent row of numbers for one thing (a customer, a table) of a seed.
    constexpr Random(std::uint64_t seed, std::uint64_t thing) : state_(mix64(mix64(seed) ^ mix64(~thing))) {}

    constexpr std::uint64_t next() {
        const std::uint64_t value = mix64(state_);
        state_ += 0x9E3779B97F4A7C15u;
        return value;
    }
    // 0 .. bound-1; bound > 0. The bias for bounds far below 2^64 is of no matter here.
    constexpr std::uint64_t below(std::uint64_t bound) { return next() % bound; }
    // from .. to, both included.
    constexpr std::int64_t between(std::int64_t from, std::int64_t to) {
        return from + static_cast<std::int64_t>(below(static_cast<std::uint64_t>(to - from) + 1));
    }
    constexpr bool one_in(std::uint64_t times) { return below(times) == 0; }
    constexpr bool percent(std::uint64_t chance) { return below(100) < chance; }
    template <class List>
    constexpr const auto& pick(const List& list) {
        return list[static_cast<std::size_t>(below(list.size()))];
    }

private:
    std::uint64_t state_;
};

}  // namespace qudao
