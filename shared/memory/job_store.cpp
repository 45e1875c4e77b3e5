#include <algorithm>

#include "shared/memory/stores.hpp"

namespace qudao::memory {
namespace {

using Jobs = std::vector<StoredJob>;

StoredJob* find_in(Jobs& jobs, const ports::JobName& name) {
    const auto it = std::find_if(jobs.begin(), jobs.end(), [&](const StoredJob& stored) { return stored.job.order.name == name; });
    return it == jobs.end() ? nullptr : &*it;
}

bool running(const StoredJob& stored) { return !stored.job.waiting && !stored.job.state.finished; }

// The job while that lease is the last one.
StoredJob* of_lease(Jobs& jobs, const ports::JobLease& lease) {
    const auto it = std::find_if(jobs.begin(), jobs.end(), [&](const StoredJob& stored) { return stored.job.id == lease.job; });
    return it == jobs.end() || it->job.attempt != lease.attempt || it->job.waiting ? nullptr : &*it;
}

Error lost() { return Error::of("job.lost"); }

void end(StoredJob& stored, Instant now, std::optional<Error> error, std::string_view outcome = {}) {
    stored.job.waiting = false;
    stored.job.finished_at = now;
    stored.job.state.finished = true;
    if (error) error->detail.clear();  // for the log of whoever failed
    stored.job.state.error = std::move(error);
    stored.job.state.outcome = outcome;
}

void hand(StoredJob& stored, const ports::JobTaker& taker) {
    ports::Job& job = stored.job;
    job.waiting = false;
    ++job.attempt;
    job.owner = taker.owner;
    job.lease_until = taker.lease_until;
    job.state = {};
    job.state.phase = "waiting";
    stored.cancelled = false;
}

StoredJob& append(State& state, Jobs& jobs, const ports::JobOrder& order, bool resumable, Instant now) {
    StoredJob stored;
    stored.job.id = {++state.last_job};  // never given twice, also after a rollback
    stored.job.order = order;
    stored.job.resumable = resumable;
    stored.job.waiting = true;
    stored.job.created_at = now;
    stored.job.state.phase = "waiting";
    jobs.push_back(std::move(stored));
    return jobs.back();
}

bool is_kind(const std::vector<std::string>& kinds, const StoredJob& stored) {
    return std::find(kinds.begin(), kinds.end(), stored.job.order.kind) != kinds.end();
}

bool lapsed(const StoredJob& stored, Instant now) { return running(stored) && stored.job.lease_until < now; }

}  // namespace

Result<std::optional<ports::Job>> JobStore::find(const ports::JobName& name) {
    const StoredJob* stored = find_in(transaction_.state.jobs, name);
    return stored == nullptr ? std::optional<ports::Job>() : std::optional(stored->job);
}

Result<ports::Job> JobStore::add(const ports::JobOrder& order, Instant now) {
    Jobs jobs = transaction_.state.jobs;
    StoredJob* stored = find_in(jobs, order.name);
    if (stored == nullptr) {
        stored = &append(transaction_.state, jobs, order, true, now);
    } else {
        if (!stored->job.resumable || stored->job.order.kind != order.kind || stored->job.order.parameters != order.parameters)
            return Error::of("job.key_used");
        if (!stored->job.state.error) return stored->job;
        stored->job.waiting = true;
        stored->job.state = {};
        stored->job.state.phase = "waiting";
        stored->job.finished_at = {};
        stored->cancelled = false;
        stored->losses = 0;
    }
    ports::Job job = stored->job;
    change(transaction_, transaction_.state.jobs, std::move(jobs));
    return job;
}

Result<std::optional<ports::Job>> JobStore::take(const std::vector<std::string>& kinds, const ports::JobTaker& taker) {
    Jobs jobs = transaction_.state.jobs;
    std::optional<ports::Job> taken;
    for (StoredJob& stored : jobs) {
        const bool ran_out = lapsed(stored, taker.now);
        if (!stored.job.resumable || !is_kind(kinds, stored) || !(stored.job.waiting || ran_out)) continue;
        if (ran_out && ++stored.losses >= ports::kMostLosses) {
            end(stored, taker.now, Error::of("job.gave_up"));
            continue;
        }
        hand(stored, taker);
        taken = stored.job;
        break;
    }
    change(transaction_, transaction_.state.jobs, std::move(jobs));
    return taken;
}

Result<ports::Job> JobStore::take_own(const ports::JobName& name, std::string_view kind, const ports::JobTaker& taker) {
    Jobs jobs = transaction_.state.jobs;
    StoredJob* stored = find_in(jobs, name);
    if (stored != nullptr && stored->job.resumable) return Error::of("job.key_used");
    if (stored == nullptr) stored = &append(transaction_.state, jobs, {name, std::string(kind), {}}, false, taker.now);
    hand(*stored, taker);
    stored->job.finished_at = {};
    ports::Job job = stored->job;
    change(transaction_, transaction_.state.jobs, std::move(jobs));
    return job;
}

Result<bool> JobStore::any_due(const std::vector<std::string>& kinds, Instant now) {
    for (const StoredJob& stored : transaction_.state.jobs) {
        const bool ran_out = lapsed(stored, now);
        if (stored.job.resumable ? is_kind(kinds, stored) && (stored.job.waiting || ran_out) : ran_out) return true;
    }
    return false;
}

Result<ports::JobHold> JobStore::renew(const ports::JobLease& lease, const ports::JobState& progress, Instant lease_until) {
    Jobs jobs = transaction_.state.jobs;
    StoredJob* stored = of_lease(jobs, lease);
    if (stored == nullptr || stored->job.state.finished) return ports::JobHold::lost;
    stored->job.lease_until = lease_until;
    stored->job.state.phase = progress.phase;
    stored->job.state.done = progress.done;
    stored->job.state.total = progress.total;
    const bool cancelled = stored->cancelled;
    change(transaction_, transaction_.state.jobs, std::move(jobs));
    return cancelled ? ports::JobHold::cancelled : ports::JobHold::held;
}

Status JobStore::hold(const ports::JobLease& lease) {
    const StoredJob* stored = of_lease(transaction_.state.jobs, lease);
    return stored == nullptr || stored->job.state.finished ? Status(lost()) : done();
}

Status JobStore::finish(const ports::JobLease& lease, std::string_view outcome, Instant now) {
    Jobs jobs = transaction_.state.jobs;
    StoredJob* stored = of_lease(jobs, lease);
    if (stored == nullptr) return lost();
    if (stored->job.state.finished) return stored->job.state.error ? Status(lost()) : done();
    end(*stored, now, std::nullopt, outcome);
    change(transaction_, transaction_.state.jobs, std::move(jobs));
    return done();
}

Status JobStore::fail(const ports::JobLease& lease, const Error& error, Instant now) {
    Jobs jobs = transaction_.state.jobs;
    StoredJob* stored = of_lease(jobs, lease);
    if (stored == nullptr || stored->job.state.finished) return lost();
    end(*stored, now, error);
    change(transaction_, transaction_.state.jobs, std::move(jobs));
    return done();
}

Status JobStore::release(const ports::JobLease& lease) {
    Jobs jobs = transaction_.state.jobs;
    StoredJob* stored = of_lease(jobs, lease);
    if (stored == nullptr || stored->job.state.finished) return done();
    stored->job.waiting = true;
    change(transaction_, transaction_.state.jobs, std::move(jobs));
    return done();
}

Status JobStore::cancel(const ports::JobName& name, Instant now) {
    Jobs jobs = transaction_.state.jobs;
    StoredJob* stored = find_in(jobs, name);
    if (stored == nullptr || stored->job.state.finished) return done();
    if (stored->job.waiting) end(*stored, now, Error::of("work.cancelled"));
    else stored->cancelled = true;
    change(transaction_, transaction_.state.jobs, std::move(jobs));
    return done();
}

Status JobStore::end_lost(Instant now) {
    Jobs jobs = transaction_.state.jobs;
    for (StoredJob& stored : jobs)
        if (!stored.job.resumable && lapsed(stored, now)) end(stored, now, lost());
    change(transaction_, transaction_.state.jobs, std::move(jobs));
    return done();
}

Status JobStore::forget(Instant finished_before) {
    Jobs jobs = transaction_.state.jobs;
    std::erase_if(jobs, [&](const StoredJob& stored) {
        return !stored.job.resumable && stored.job.state.finished && stored.job.finished_at.epoch_ms < finished_before.epoch_ms;
    });
    change(transaction_, transaction_.state.jobs, std::move(jobs));
    return done();
}

}  // namespace qudao::memory
