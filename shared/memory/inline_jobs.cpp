#include "shared/memory/inline_jobs.hpp"

#include <algorithm>
#include <cstdint>

namespace qudao::memory {

class InlineJobs::Report final : public ports::Progress {
public:
    Report(Job& job, const Listener& listener) : job_(job), listener_(listener) {}
    bool report(std::string_view phase, std::int64_t done_count, std::int64_t total) override {
        job_.state.phase = phase;
        job_.state.done = done_count;
        job_.state.total = total;
        if (listener_) listener_(job_.name, job_.state);
        return !job_.cancelled;
    }

private:
    Job& job_;
    const Listener& listener_;
};

InlineJobs::Job& InlineJobs::remember(ports::JobName name) {
    std::erase_if(jobs_, [&](const Job& job) { return job.name == name; });
    // Only finished ones are forgotten: a job may start another from its listener.
    while (jobs_.size() >= kKept && jobs_.front().state.finished) jobs_.pop_front();
    return jobs_.emplace_back(Job{std::move(name), {}, false});
}

void InlineJobs::end(Job& job, Result<std::string> result) {
    job.state.finished = true;
    if (result) job.state.outcome = std::move(*result);
    else job.state.error = std::move(result).error();
    if (listener_) listener_(job.name, job.state);
}

Status InlineJobs::start(ports::JobName name, Work work) {
    if (const Job* same = find(name); same != nullptr && !same->state.finished) return done();
    Job& job = remember(std::move(name));
    Report report(job, listener_);
    Status status = work(report);
    end(job, status ? Result<std::string>(std::string()) : Result<std::string>(std::move(status).error()));
    return done();
}

Status InlineJobs::in_database(const Write& write) {
    QUDAO_TRY(work, database_->begin(ports::Access::write));
    QUDAO_CHECK(write(work->jobs()));
    return work->commit();
}

Result<ports::JobState> InlineJobs::submit(const ports::JobOrder& order) {
    if (database_ == nullptr) return Error::of("internal").because("jobs of a kind need a database");
    const auto handler = handlers_.find(order.kind);
    if (handler == handlers_.end()) return Error::of("internal").because("no such kind of job: " + order.kind);
    ports::Job task;
    QUDAO_CHECK(in_database([&](ports::JobStore& store) -> Status {
        QUDAO_TRY(added, store.add(order, clock_->now()));
        task = std::move(added);
        if (!task.waiting) return done();
        // Nobody else takes it: a lease without end.
        QUDAO_TRY(taken, store.take({order.kind}, {"here", clock_->now(), {INT64_MAX}}));
        task = std::move(*taken);
        return done();
    }));
    if (task.state.finished) return task.state;
    if (const Job* same = find(order.name); same != nullptr && !same->state.finished) return same->state;
    Job& job = remember(order.name);
    Report report(job, listener_);
    Result<std::string> result = handler->second({task, report});
    const Status ended = in_database([&](ports::JobStore& store) {
        return result ? store.finish(task.lease(), *result, clock_->now()) : store.fail(task.lease(), result.error(), clock_->now());
    });
    if (!ended && result) result = ended.error();
    end(job, std::move(result));
    return job.state;
}

std::optional<ports::JobState> InlineJobs::state(const ports::JobName& name) {
    if (const Job* job = find(name)) return job->state;
    if (database_ == nullptr) return std::nullopt;
    const auto work = database_->begin(ports::Access::read);
    if (!work) return std::nullopt;
    const auto stored = (*work)->jobs().find(name);
    return stored && *stored ? std::optional((*stored)->state) : std::nullopt;
}

void InlineJobs::look() {
    for (const auto& look : looks_) look();
}

void InlineJobs::cancel(const ports::JobName& name) {
    if (Job* job = find(name)) job->cancelled = true;
}

InlineJobs::Job* InlineJobs::find(const ports::JobName& name) {
    const auto it = std::find_if(jobs_.begin(), jobs_.end(), [&](const Job& job) { return job.name == name; });
    return it == jobs_.end() ? nullptr : &*it;
}

}  // namespace qudao::memory
