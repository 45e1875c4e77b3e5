// The monthly round (rows D1-D8): its page, its acts, the close, locks, and what was where when (D15).
//
// A round is the whole province's: run_round counts only where it covers every place, confirm_round where it covers every
// place of the department's channel. Whoever sees customers sees how far a round is.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "shared/domain/round.hpp"
#include "shared/service/move_service.hpp"

namespace qudao::service {

struct RoundPage {
    ports::Round round;
    WindowSpan window;
    Countdown countdown;  // days_left is 0 outside its own window
    bool open = false;    // its window is open
    ports::RoundCounts counts;
    std::vector<ports::RoundDepartment> departments;  // of all that take part, given or not
    std::array<StepState, kRoundSteps> steps{};
    std::vector<ports::RoundEvent> events;
    std::vector<Person> persons;  // named in departments and events
    std::vector<RoundAct> acts;   // that this person may do now (of a department: for any)
    std::vector<ChannelId> own_departments;  // that this person answers for
};
// round.period for one that is none.
Result<RoundPage> round_page(const Actor& actor, ports::UnitOfWork& work, Period period);

struct RoundsPage {
    Period current;              // its window is open, or opens next
    std::vector<ports::Round> rounds;
};
Result<RoundsPage> rounds(const Actor& actor, ports::UnitOfWork& work);

struct RoundOrder {
    PersonId person;
    Period period;
    RoundAct act = RoundAct::gather;
    ChannelId department;  // of give: 0 is all after gathering, else those that sent the list back; what they said stays
    std::string note;      // of send_back: why; must not be empty
};
// gather, give, hand_over, take_back and a stage_1 in which nobody moves (round.to_move else) need run_round; confirm, send_back and reopen confirm_round (reopen: either).
// Errors: those of check_act, rights.missing, round.unknown_department, round.note, round.given_already (nobody waits for a list).
Status act(const Services& services, const RoundOrder& order);

struct MarkOrder {
    PersonId person;
    Period period;
    ChannelId department;
    MarkRows rows;
};
// A department's marked workbook. Taken wholly, or not at all when a row is at fault: the plan says which.
Result<MarkPlan> take_marks(const Services& services, const MarkOrder& order);

struct Decision {
    CustomerId customer;
    ChannelId department;  // 0: nobody's
};
// round.no_conflict {customer} when one is not claimed by several, or not by the one decided for.
Status decide(const Services& services, PersonId person, Period period, const std::vector<Decision>& decisions);

// Stage 1 (row D5): every customer handed over goes to the pool of its new channel, as a bulk move like any other.
Result<PlannedMove> preview_stage_1(const Actor& actor, ports::UnitOfWork& work, Period period, ports::Progress& progress);
struct StageOrder {
    PersonId person;
    std::string key;
    std::string digest;
    Period period;
};
Result<ports::Batch> commit_stage_1(const Services& services, const StageOrder& order, ports::Progress& progress);
Status check_key(const Services& services, const StageOrder& order);

// Closes every period whose window is over: what is still in a pool is locked, logged and counted. Each period in a
// transaction of its own whose round row is held and noted as closed, so that it happens once however many servers ask,
// and after an outage all that was missed is made up. What was closed now.
Result<std::vector<ports::Round>> close_due(const Services& services);

// Has what is due closed by a job, looked for every minute; called once by whoever serves.
void keep_closing(const Services& services);

struct LiftOrder {
    PersonId person;
    std::string customer_code;
    std::string reason;
};
// For the window at hand, or the next one: what is still in a pool at its close is locked again. customer.unknown, lock.none,
// lock.reason, rights.missing.
Status lift_lock(const Services& services, const LiftOrder& order);

struct ReceivedHandover {
    BatchId batch;
    UnitId unit;
};
// How many were not confirmed before. rights.missing for a unit outside the scope of confirm_handover; handover.unknown;
// handover.undone {batch, undone_by}.
Result<std::int64_t> confirm_handovers(const Services& services, PersonId person, const std::vector<ReceivedHandover>& received);

struct CustomerHistory {
    Customer customer;
    Date on;                             // asked for; kNoDate: only the history
    std::optional<UnitId> place_then;    // at the end of that day; none: it was not there yet
    std::vector<ports::PlaceChange> changes;
    std::vector<ports::LockEvent> locks;
    std::vector<Person> persons;
};
// Of a customer the actor can see: customer.unknown; history.future for a day to come.
Result<CustomerHistory> customer_history(const Actor& actor, ports::UnitOfWork& work, std::string_view code, Date on);

}  // namespace qudao::service
