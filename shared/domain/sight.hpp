// Who gains or loses sight of customers by a move (row D11): for every person, the flows that enter or leave what that
// person may see.
#pragma once

#include <vector>

#include "shared/domain/move_plan.hpp"
#include "shared/domain/rights.hpp"

namespace qudao {

struct SightChange {
    PersonId person;
    std::int64_t gains = 0;  // customers
    std::int64_t loses = 0;
    friend bool operator==(const SightChange&, const SightChange&) = default;
};

// Ordered by person; only persons for whom something changes, and of those only the ones whose sight overlaps what the
// actor may see (`actor_view`), for the actor learns nothing of others.
std::vector<SightChange> sight_changes(const Organisation& org, const std::vector<Role>& roles, const std::vector<Grant>& grants,
                                       const std::vector<Flow>& flows, const Scope& actor_view);

}  // namespace qudao
