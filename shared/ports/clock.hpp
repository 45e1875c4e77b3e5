// The only source of time. The business date of a demonstration database is the one fixed in its settings, not this.
#pragma once

#include "shared/base/date.hpp"

namespace qudao::ports {

class Clock {
public:
    virtual ~Clock() = default;
    virtual Instant now() const = 0;
};

}  // namespace qudao::ports
