// The machine's clock.
#pragma once

#include <chrono>

#include "shared/ports/clock.hpp"

namespace qudao::app {

class SystemClock final : public ports::Clock {
public:
    Instant now() const override {
        const auto since = std::chrono::system_clock::now().time_since_epoch();
        return {std::chrono::duration_cast<std::chrono::milliseconds>(since).count()};
    }
};

}  // namespace qudao::app
