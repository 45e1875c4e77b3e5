// Changing the organisation (row G4). Whoever manages units manages those within the own scope: a unit and the parents it
// gets must all lie there. Every change is in the audit trail as the unit's whole record before and after, and is undone
// from there.
#pragma once

#include <string>
#include <vector>

#include "shared/domain/unit_change.hpp"
#include "shared/service/audit.hpp"
#include "shared/service/context.hpp"

namespace qudao::service {

struct ChangedUnit {
    UnitRecord unit;
    AuditId entry;
    Basis basis;
};

// units.out_of_scope {unit}; and what check_unit says.
Result<ChangedUnit> add_unit(const Services& services, PersonId actor, UnitRecord unit);

// Name, order, billing area, in use or retired; `basis` is the number the person looked at (units.stale). Retiring a unit
// with customers in it is units.occupied {unit, customers}; one with units below it in use, units.has_children {count}; the policy's fallback
// pool, units.fallback_pool.
struct UnitChange {
    UnitId unit;
    std::int64_t basis = 0;
    std::string name;
    std::int32_t sort_order = 0;
    std::string billing_area;
    bool active = true;
};
Result<ChangedUnit> change_unit(const Services& services, PersonId actor, const UnitChange& change);

struct UnitMove {
    UnitId unit;
    std::int64_t basis = 0;  // of the preview; ignored by the preview itself
    UnitId area_parent;
    UnitId channel_parent;
};
struct UnitMovePlan {
    Basis basis;
    std::int64_t units = 0;       // that move, the unit among them
    std::int64_t customers = 0;   // in them, as far as the actor sees
    std::vector<SightChange> sight;
    std::vector<Person> persons;  // of the sight, ordered by id
    struct KeySight {
        std::string name;
        std::int64_t gains = 0;
        std::int64_t loses = 0;
    };
    std::vector<KeySight> keys;   // of other systems that are good today
};
Result<UnitMovePlan> preview_unit_move(const Actor& actor, ports::UnitOfWork& work, const UnitMove& move);
// units.stale when units, rights or policy have changed since the preview.
Result<ChangedUnit> move_unit(const Services& services, PersonId actor, const UnitMove& move);

// What hangs on it: units below ("units") first.
Result<std::vector<ports::UnitUse>> unit_uses(const Actor& actor, ports::UnitOfWork& work, UnitId unit);
// units.in_use with the counts as parameters, while anything hangs on it.
Status delete_unit(const Services& services, PersonId actor, UnitId unit, std::int64_t basis);

// The newest changes of a unit within reach, which the same people may undo.
Result<AuditPage> unit_changes(const Actor& actor, ports::UnitOfWork& work, UnitId unit);

// Makes a change, a move, an addition or a deletion undone: audit.unknown, audit.not_undoable, audit.undone, units.changed_since when the
// unit is no longer as the change left it; and what forbids the change itself.
Result<ChangedUnit> undo_unit_change(const Services& services, PersonId actor, AuditId entry);
bool undoable(const ports::AuditEntry& entry);

}  // namespace qudao::service
