// Jobs on threads of their own, so that commits of minutes do not hold up requests of milliseconds. Progress is kept in the
// process; what lasts is in the database (see ports/jobs.hpp).
#pragma once

#include <condition_variable>
#include <deque>
#include <list>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "shared/ports/jobs.hpp"

namespace qudao::jobs {

struct Limits {
    std::size_t threads = 2;
    std::size_t waiting = 32;    // beyond it: jobs.busy
    std::size_t remembered = 256;  // finished ones, oldest forgotten first
};

class ThreadJobs final : public ports::Jobs {
public:
    explicit ThreadJobs(Limits limits = {});
    ~ThreadJobs() override;  // as stop(0)
    ThreadJobs(const ThreadJobs&) = delete;
    ThreadJobs& operator=(const ThreadJobs&) = delete;

    Status start(ports::JobName name, Work work) override;
    std::optional<ports::JobState> state(const ports::JobName& name) override;
    void cancel(const ports::JobName& name) override;

    // Takes no more work, waits so long for what runs, then asks it to stop and waits for that: a job ends at its next
    // report, with nothing of it done.
    void stop(std::int64_t limit_ms);

private:
    struct Job;
    class Report;
    void run();
    std::shared_ptr<Job> find(const ports::JobName& name) const;
    void forget_oldest();

    const Limits limits_;
    mutable std::mutex mutex_;
    std::condition_variable wake_;
    std::condition_variable quiet_;
    std::deque<std::shared_ptr<Job>> waiting_;
    std::list<std::shared_ptr<Job>> jobs_;  // oldest first
    std::size_t running_ = 0;
    bool stopping_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace qudao::jobs
