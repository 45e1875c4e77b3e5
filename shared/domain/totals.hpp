// Customers and revenue of units before and after a plan, rolled up either tree (row D11). Revenue is that of one named
// period; units of whose customers the period has no data have with_revenue 0, which is shown as "no data", not as 0.
#pragma once

#include <vector>

#include "shared/domain/move_plan.hpp"

namespace qudao {

// Place totals (by dense index, only places filled) summed up a tree: every unit gets the sum of all below it.
std::vector<UnitTotal> roll_up(const Organisation& org, Tree tree, const std::vector<UnitTotal>& places);

// before + arriving - leaving, by dense unit index.
std::vector<UnitTotal> totals_after(const std::vector<UnitTotal>& before, const MovePlan& plan);

}  // namespace qudao
