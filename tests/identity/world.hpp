// Small random worlds for identity cases: organisation, rights of one actor, customers, policy and day. All from a seed,
// with numbers that are the same on every platform.
#pragma once

#include <string>
#include <vector>

#include "shared/base/random.hpp"
#include "shared/domain/customer.hpp"
#include "shared/domain/move_plan.hpp"
#include "shared/domain/organisation.hpp"
#include "shared/domain/rights.hpp"

namespace qudao::identity {

// Below a size, as an index.
inline std::size_t index_below(Random& random, std::size_t size) { return static_cast<std::size_t>(random.below(size)); }

struct World {
    Organisation organisation;
    std::vector<Role> roles;
    std::vector<Grant> grants;
    PersonId actor{1};
    Rights rights;
    std::vector<Customer> customers;
    WindowPolicy window;
    Date day;
    Basis basis;
    Period revenue_period;

    PlanContext context() const { return {organisation, rights, window, day, basis, std::nullopt}; }
    // What the actor may see of the customers named, and the totals of the places in view.
    CustomerColumns visible() const;
    std::vector<UnitTotal> totals() const;
};

// In a directed world every reason can be met; `closed` puts the day outside the window. Else rights are at random.
struct Shape {
    bool directed = true;
    bool closed = false;
};
World make_world(Random& random, const Shape& shape);

}  // namespace qudao::identity
