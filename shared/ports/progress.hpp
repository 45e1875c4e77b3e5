// How long work says how far it is, and hears that nobody wants it any more.
#pragma once

#include <cstdint>
#include <string_view>

namespace qudao::ports {

class Progress {
public:
    virtual ~Progress() = default;
    // `phase` is a stable code ("reading", "locking", "planning", "staging", "writing", "committing"). Called often:
    // must be cheap. False: cancelled, the work should stop and undo what it did.
    virtual bool report(std::string_view phase, std::int64_t done, std::int64_t total) = 0;
};

class NoProgress final : public Progress {
public:
    bool report(std::string_view, std::int64_t, std::int64_t) override { return true; }
};

}  // namespace qudao::ports
