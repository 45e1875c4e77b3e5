// One unit of work at a time: a transaction with every store on it.
#pragma once

#include <memory>

#include "shared/ports/audit_store.hpp"
#include "shared/ports/customer_store.hpp"
#include "shared/ports/feed_store.hpp"
#include "shared/ports/job_store.hpp"
#include "shared/ports/key_store.hpp"
#include "shared/ports/move_store.hpp"
#include "shared/ports/organisation_store.hpp"
#include "shared/ports/partition_store.hpp"
#include "shared/ports/people_store.hpp"
#include "shared/ports/query_store.hpp"
#include "shared/ports/round_store.hpp"
#include "shared/ports/settings_store.hpp"

namespace qudao::ports {

// Destroyed without commit() it rolls back. Not shared between threads. References end with it. Writing through one begun
// for reading is a bug.
class UnitOfWork {
public:
    virtual ~UnitOfWork() = default;
    virtual SettingsStore& settings() = 0;
    virtual OrganisationStore& organisation() = 0;
    virtual PeopleStore& people() = 0;
    virtual SessionStore& sessions() = 0;
    virtual CustomerStore& customers() = 0;
    virtual MoveStore& moves() = 0;
    virtual QueryStore& queries() = 0;
    virtual JobStore& jobs() = 0;
    virtual RoundStore& rounds() = 0;
    virtual PartitionStore& partition() = 0;
    virtual FeedStore& feeds() = 0;
    virtual AuditStore& audit() = 0;
    virtual KeyStore& keys() = 0;
    virtual Status commit() = 0;
};

enum class Access : std::uint8_t { read, write };

class Database {
public:
    virtual ~Database() = default;
    // database.unavailable, database.busy.
    virtual Result<std::unique_ptr<UnitOfWork>> begin(Access access) = 0;
};

}  // namespace qudao::ports
