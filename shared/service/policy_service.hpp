// Policies: the adjustment window (row D7) and what wins when cabinet and number range disagree (row C4). They are one for all,
// so they ask for their right over the whole province. A change holds from then on: nobody who has a place is moved by it.
#pragma once

#include <vector>

#include "shared/service/context.hpp"

namespace qudao::service {

struct Policies {
    WindowPolicy window;
    PartitionPolicy partition;
    friend bool operator==(const Policies&, const Policies&) = default;
};
Result<Policies> policies(const Actor& actor, ports::UnitOfWork& work);

// New customers placed since a month ago, decided again. Only places that the actor may see.
struct PlacedOtherwise {
    UnitId from;
    UnitId to;
    std::int64_t customers = 0;
};
struct PolicyEffect {
    WindowState window_now;
    WindowState window_then;
    std::int64_t would_lock = 0;  // by closes that fall due with the change
    Date since;
    std::int64_t decided = 0;
    std::int64_t otherwise = 0;
    std::vector<PlacedOtherwise> pairs;  // the most first
};
// policy.window_days, policy.fallback_pool.
Result<PolicyEffect> preview_policies(const Actor& actor, ports::UnitOfWork& work, const Policies& then);

struct PolicyChange {
    std::int64_t basis = 0;  // policy.stale when units, rights or policies have changed since
    Policies policies;
};
// As preview_policies. What did not change is not written down.
Status change_policies(const Services& services, PersonId person, const PolicyChange& change);

}  // namespace qudao::service
