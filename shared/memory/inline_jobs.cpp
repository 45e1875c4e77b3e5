#include "shared/memory/inline_jobs.hpp"

#include <algorithm>

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

Status InlineJobs::start(ports::JobName name, Work work) {
    if (const Job* same = find(name); same != nullptr && !same->state.finished) return done();
    std::erase_if(jobs_, [&](const Job& job) { return job.name == name; });
    // Only finished ones are forgotten: a job may start another from its listener.
    while (jobs_.size() >= kKept && jobs_.front().state.finished) jobs_.pop_front();
    Job& job = jobs_.emplace_back(Job{std::move(name), {}, false});
    Report report(job, listener_);
    Status status = work(report);
    job.state.finished = true;
    if (!status) job.state.error = std::move(status).error();
    if (listener_) listener_(job.name, job.state);
    return done();
}

std::optional<ports::JobState> InlineJobs::state(const ports::JobName& name) {
    const Job* job = find(name);
    return job == nullptr ? std::nullopt : std::optional(job->state);
}

void InlineJobs::cancel(const ports::JobName& name) {
    if (Job* job = find(name)) job->cancelled = true;
}

InlineJobs::Job* InlineJobs::find(const ports::JobName& name) {
    const auto it = std::find_if(jobs_.begin(), jobs_.end(), [&](const Job& job) { return job.name == name; });
    return it == jobs_.end() ? nullptr : &*it;
}

}  // namespace qudao::memory
