// Changing the organisation (row G4): what may hang below what, and what a move would do to who sees whom.
#pragma once

#include <vector>

#include "shared/domain/move_plan.hpp"
#include "shared/domain/rights.hpp"
#include "shared/domain/sight.hpp"

namespace qudao {

// Whether a unit of `kind` hangs below one of `above` in that tree.
bool hangs_below(Tree tree, UnitKind kind, UnitKind above);

// Kind, code, name, channel and parents of a unit that is added or moved, against the organisation as it is. Errors, with
// `unit`: units.code, units.name, units.billing_area, units.kind (a province is never added), units.parent (missing, of
// the wrong kind, retired, or below the unit itself), units.parent_channel (a unit stays in its channel: customers cross
// channels by adjustment, where it is seen and logged), units.parents_differ (below departments both trees are one).
Status check_unit(const Organisation& org, const UnitRecord& unit);

// The organisation with one unit added (an id it does not have), or changed (one that it has).
Result<Organisation> with_unit(const Organisation& org, const UnitRecord& unit);

// Who gains or loses sight of customers of the places at or below `unit` when the organisation becomes `after`. `totals` by
// index of `before`. Ordered by person; only for whom something changes.
std::vector<SightChange> sight_of_change(const Organisation& before, const Organisation& after, UnitId unit, const std::vector<UnitTotal>& totals,
                                         const std::vector<Role>& roles, const std::vector<Grant>& grants);

}  // namespace qudao
