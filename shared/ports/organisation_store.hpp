#pragma once

#include <vector>

#include "shared/domain/organisation.hpp"

namespace qudao::ports {

struct OrganisationRecords {
    std::vector<Channel> channels;
    std::vector<UnitRecord> units;
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
};

}  // namespace qudao::ports
