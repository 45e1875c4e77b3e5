// Jobs as every server on the database sees them: work that outlives its request and, where it is resumable, the server
// that began it. One row a job, named by who asked and a key of theirs; there is never a second one of a name.
//
// Whoever runs a job holds it by a lease, an instant that is moved on while the work goes on. When it runs out, the server
// is taken for dead: a resumable job is taken by another one, from its beginning; any other ends as failed with job.lost.
//
// The lease only saves needless work. What makes a job happen ONCE is that its work calls finish() (or hold(), in each
// transaction but the last) in the transaction that does it, just before the commit: it fails with job.lost when the job
// has been taken away meanwhile, and the row stays locked until the commit. So whatever a job does is committed by one
// holder only, and "done" is never said of what was not.
//
// Instants come from the servers' clocks, which agree within a few seconds; a lease is much longer than that.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/date.hpp"
#include "shared/base/id.hpp"
#include "shared/base/result.hpp"

namespace qudao::ports {

using JobId = Id<struct JobTag>;

// Who asked, and under which key. No person: the system itself, e.g. {{}, "round.close-202611"}.
struct JobName {
    PersonId person;
    std::string key;  // up to 64 characters
    friend bool operator==(const JobName&, const JobName&) = default;
};

struct JobState {
    bool finished = false;
    std::string phase;
    std::int64_t done = 0;
    std::int64_t total = 0;
    std::optional<Error> error;  // finished without an outcome
    std::string outcome;         // finished well: JSON as the kind has it; empty when it has nothing to say
};

struct JobOrder {
    JobName name;
    std::string kind;        // "feed.import", up to 40 characters
    std::string parameters;  // JSON as the kind reads it; up to 16 MB
};

// A hold on a job; `attempt` tells it from earlier and later ones.
struct JobLease {
    JobId job;
    std::int32_t attempt = 0;
};

struct Job {
    JobId id;
    JobOrder order;
    bool resumable = true;
    bool waiting = false;        // nobody has it
    std::int32_t attempt = 0;    // how often it was taken
    std::string owner;           // of the last lease
    Instant lease_until;
    Instant created_at;
    Instant finished_at;
    JobState state;
    JobLease lease() const { return {id, attempt}; }
};

// Who takes a job, and until when it is theirs.
struct JobTaker {
    std::string owner;  // for people to read; up to 80 characters
    Instant now;
    Instant lease_until;
};

enum class JobHold : std::uint8_t {
    held,
    cancelled,  // still ours, but nobody wants it any more
    lost,       // somebody else's by now, or ended
};

// Leases of a job that may run out before it is given up as job.gave_up: work that kills every server that tries it.
inline constexpr std::int32_t kMostLosses = 5;

class JobStore {
public:
    virtual ~JobStore() = default;
    virtual Result<std::optional<Job>> find(const JobName& name) = 0;
    // Adds a resumable job as waiting. One of that name that waits, runs or is done is left as it is and returned; one that
    // failed waits again. job.key_used: the name has another kind or other parameters.
    virtual Result<Job> add(const JobOrder& order, Instant now) = 0;
    // The oldest job of these kinds that waits or whose lease has run out; its lease is the taker's now.
    virtual Result<std::optional<Job>> take(const std::vector<std::string>& kinds, const JobTaker& taker) = 0;
    // A job that is not resumable, since its work is known to the taker alone: added, or taken from whoever had it (what
    // it does must be safe to do twice at once, as a commit under its idempotency key is). job.key_used: a resumable one.
    virtual Result<Job> take_own(const JobName& name, std::string_view kind, const JobTaker& taker) = 0;
    // Whether take() or end_lost() would find something; reads only.
    virtual Result<bool> any_due(const std::vector<std::string>& kinds, Instant now) = 0;

    // Moves the lease on and tells others how far it is.
    virtual Result<JobHold> renew(const JobLease& lease, const JobState& progress, Instant lease_until) = 0;
    virtual Status hold(const JobLease& lease) = 0;                                        // job.lost
    virtual Status finish(const JobLease& lease, std::string_view outcome, Instant now) = 0;  // job.lost; twice is once
    virtual Status fail(const JobLease& lease, const Error& error, Instant now) = 0;       // job.lost
    virtual Status release(const JobLease& lease) = 0;  // waits again, for anybody; nothing when it is not ours

    // A waiting one ends at once with work.cancelled, a running one hears of it by renew().
    virtual Status cancel(const JobName& name, Instant now) = 0;
    // Ends those with job.lost that are not resumable and whose lease has run out.
    virtual Status end_lost(Instant now) = 0;
    // Forgets those that are not resumable and ended before; what lasts of them is elsewhere (MoveStore::outcome).
    virtual Status forget(Instant finished_before) = 0;
};

}  // namespace qudao::ports
