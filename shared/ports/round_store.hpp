// Monthly rounds as they are kept, the log of locks, and receipts of hand-overs. What is possible when is decided by
// domain/round.hpp; here things are only written down.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "shared/base/date.hpp"
#include "shared/base/id.hpp"
#include "shared/domain/rights.hpp"
#include "shared/domain/round.hpp"
#include "shared/ports/customer_store.hpp"

namespace qudao::ports {

struct Round {
    Period period;
    RoundPhase phase = RoundPhase::waiting;
    std::int64_t customers = 0;
    BatchId stage_1_batch;
    Instant closed_at;
    std::int64_t locked = 0;  // by the close
};

struct RoundDepartment {
    ChannelId channel;
    DepartmentState state = DepartmentState::pending;
    PersonId person;  // who gave the list or answered last
    Instant at;
    std::string note;
    std::int64_t given = 0;   // counted, not stored
    std::int64_t claims = 0;  // counted, not stored
};

struct RoundEvent {
    Period period;
    Instant at;
    PersonId person;  // 0: the program by itself
    RoundAct act = RoundAct::gather;
    ChannelId channel;  // of the department it is about
    std::int64_t customers = 0;
    std::string note;
    bool counted = true;  // not stored: whether the asker is told how many
};

// Customers of a list, with their places.
struct RoundCustomers {
    std::vector<std::int64_t> id;
    StringColumn code;
    std::vector<std::int64_t> place;
    std::size_t size() const { return id.size(); }
};

struct RoundMark {
    CustomerId customer;
    UnitId unit;  // the department's pool
    bool claimed = false;
    std::string note;
};

struct RoundCounts {
    std::int64_t new_customers = 0;   // of the period, by their own record
    std::int64_t unplaced = 0;        // of those, in a pool
    std::int64_t gathered = 0;
    std::int64_t claimed = 0;         // gathered and claimed by at least one
    std::int64_t conflicts = 0;       // claimed by several
    std::int64_t open_conflicts = 0;
    std::int64_t to_move = 0;         // stage 1: their target's channel is not yet that of their place
    std::int64_t locked = 0;          // by the close
};

// Where hand-over sends customers that are not in that channel yet.
struct RoundTargets {
    StringColumn customer_code;
    std::vector<std::int64_t> unit;
};

struct LockEvent {
    Instant at;
    CustomerId customer;
    PersonId person;  // 0: the close
    Period period;
    Date locked_before;
    Date locked_until;
    std::string reason;
};

struct PlaceChange {
    Instant at;
    UnitId from;
    UnitId to;
    BatchId batch;
    PersonId person;
    std::string note;
};

class RoundStore {
public:
    virtual ~RoundStore() = default;
    // With until_commit nobody else changes this round, or makes it, before this transaction ends; it is made when missing.
    virtual Result<Round> load(Period period, Locking locking) = 0;
    virtual Result<std::vector<Round>> all() = 0;  // that were begun or closed, the newest first
    virtual Result<std::optional<Period>> of_stage_1(BatchId batch) = 0;  // whose stage 1 that batch was, the last one of it
    virtual Status save(const Round& round) = 0;   // one that load() gave with until_commit

    // By channel; given and claims are of the marks whose unit is in view.
    virtual Result<std::vector<RoundDepartment>> departments(Period period, const Scope& view) = 0;
    virtual Status save_department(Period period, const RoundDepartment& department) = 0;
    virtual Result<std::vector<RoundEvent>> events(Period period) = 0;  // the newest first, at most 200
    virtual Status add_event(const RoundEvent& event) = 0;

    // Adds the period's new customers that were not gathered yet; departments, marks and decisions of before stay. How many
    // there are now.
    virtual Result<std::int64_t> gather(Period period) = 0;
    virtual Result<RoundCustomers> gathered(Period period) = 0;          // ordered by id
    virtual Status give(Period period, ChannelId channel, const std::vector<RoundMark>& marks) = 0;  // replaces
    virtual Result<RoundCustomers> given(Period period, ChannelId channel) = 0;  // ordered by id
    // What a department said, of those it claimed or noted something about; ordered by customer id.
    virtual Result<std::vector<RoundMark>> marks(Period period, ChannelId channel) = 0;
    // Replaces the department's marking: claimed and note of those named, which must have been given; all others have none.
    virtual Status mark(Period period, ChannelId channel, const std::vector<RoundMark>& marks) = 0;
    // Counts the claims of each customer anew; a decision stands only where several claim it and the one decided for is among them.
    virtual Status count_claims(Period period) = 0;
    // Of customers that several claim: false when it is not such a one or that channel does not claim it. A channel of 0: nobody's.
    virtual Result<bool> decide(Period period, CustomerId customer, ChannelId channel) = 0;
    virtual Result<RoundCounts> counts(Period period, const Scope& view) = 0;  // of customers whose place is in view
    // Hand-over: the pool of the one that claims or was decided for. Withdrawn: none.
    virtual Status set_targets(Period period) = 0;
    virtual Status clear_targets(Period period) = 0;
    virtual Result<RoundTargets> targets(Period period) = 0;  // ordered by customer id

    // Locks every customer of the period that is in a pool and not locked for longer, and logs it; likewise those of earlier
    // periods whose lock was lifted for this one (a lock event of the period without a date). How many.
    virtual Result<std::int64_t> lock_unplaced(Period period, Date locked_until, Instant at) = 0;
    // Periods up to and with `last` that have customers and are not closed, ascending.
    virtual Result<std::vector<Period>> unclosed(Period last) = 0;
    virtual Status add_lock_event(const LockEvent& event) = 0;
    virtual Result<std::vector<LockEvent>> lock_events(CustomerId customer) = 0;   // the newest first
    virtual Result<std::vector<PlaceChange>> place_changes(CustomerId customer) = 0;  // the newest first

    // False when it was confirmed before; handover.unknown when that batch gave that unit nothing.
    virtual Result<bool> confirm_handover(BatchId batch, UnitId unit, PersonId person, Instant at) = 0;
};

}  // namespace qudao::ports
