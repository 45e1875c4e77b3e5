#include "shared/domain/totals.hpp"

namespace qudao {

std::vector<UnitTotal> roll_up(const Organisation& org, Tree tree, const std::vector<UnitTotal>& places) {
    std::vector<UnitTotal> sums(org.size());
    const auto& order = org.preorder(tree);
    // Backwards through the preorder, children come before their parent.
    for (auto it = order.rbegin(); it != order.rend(); ++it) {
        sums[*it] += places[*it];
        const UnitIndex up = org.parent(tree, *it);
        if (up != kNoUnit) sums[up] += sums[*it];
    }
    return sums;
}

std::vector<UnitTotal> totals_after(const std::vector<UnitTotal>& before, const MovePlan& plan) {
    std::vector<UnitTotal> after = before;
    for (std::size_t unit = 0; unit < after.size(); ++unit) {
        after[unit] += plan.arriving[unit];
        after[unit] -= plan.leaving[unit];
    }
    return after;
}

}  // namespace qudao
