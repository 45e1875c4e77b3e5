// What must hold of any content, whatever was done to get there.
#pragma once

#include <map>

#include "shared/domain/customer.hpp"
#include "tests/simulation/side.hpp"

namespace qudao::simulation {

struct Step {
    std::int64_t at_ms = 0;
    std::int64_t from = 0;
    std::int64_t to = 0;
    std::int64_t batch = 0;
};
using Histories = std::map<std::int64_t, std::vector<Step>>;  // by customer, in time

Histories histories_of(const Content& content);

// Each customer in one place, which its chain of adjustments leads to from where it was at first; versions count every
// change; nobody lost or added, no revenue lost or added; batches in time, with as many adjustments and hand-overs as they
// say; an undo takes each of its customers to where the batch undone had found them. `locks`: changes of locks by customer.
void check_invariants(const Content& content, const std::vector<Customer>& at_first, const std::map<std::int64_t, int>& locks);

// Where a customer was at an instant, worked out from its history.
std::int64_t place_in(const Histories& histories, const Customer& at_first, std::int64_t at_ms);

}  // namespace qudao::simulation
