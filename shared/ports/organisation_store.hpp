#pragma once

#include <string>
#include <vector>

#include "shared/domain/organisation.hpp"

namespace qudao::ports {

struct OrganisationRecords {
    std::vector<Channel> channels;
    std::vector<UnitRecord> units;
};

struct UnitUse {
    std::string what;
    std::int64_t count = 0;
    friend bool operator==(const UnitUse&, const UnitUse&) = default;
};

class OrganisationStore {
public:
    virtual ~OrganisationStore() = default;
    // Both ordered by id: a channel mask names channels by their position.
    virtual Result<OrganisationRecords> load() = 0;
    // Adds channels and units with the ids they carry, and stores each unit's preorder intervals of both trees (the SQL
    // stores join on them). Refuses what Organisation::build refuses, looking at the whole.
    virtual Status add(const OrganisationRecords& records) = 0;
    virtual Status set_active(UnitId unit, bool active) = 0;  // the caller bumps the basis; organisation.unknown_unit
    // All of one unit but its id, or it is taken out; intervals follow. As add(); organisation.unknown_unit. Nothing may hang
    // on a unit that is removed: ask uses() before.
    virtual Status change(const UnitRecord& unit) = 0;
    virtual Status remove(UnitId unit) = 0;
    // What hangs on a unit but for other units, nothing left out; only counts above 0. `what`: customers, adjustments,
    // batches, handovers, rounds, cabinets, ranges, policies, proposals, traces, roles, keys.
    virtual Result<std::vector<UnitUse>> uses(UnitId unit) = 0;
};

}  // namespace qudao::ports
