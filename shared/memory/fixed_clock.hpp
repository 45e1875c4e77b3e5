// A clock that stands until it is set: sandbox and tests.
#pragma once

#include "shared/ports/clock.hpp"

namespace qudao::memory {

class FixedClock final : public ports::Clock {
public:
    explicit FixedClock(Instant at = {}) : at_(at) {}
    Instant now() const override { return at_; }
    void set(Instant at) { at_ = at; }
    void advance(std::int64_t ms) { at_.epoch_ms += ms; }

private:
    Instant at_;
};

}  // namespace qudao::memory
