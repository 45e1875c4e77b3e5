// Jobs on threads of their own, so that commits of minutes do not hold up requests of milliseconds.
//
// With a database given, jobs of a kind are kept there and taken by whichever server has a free thread (ports/jobs.hpp); a
// keeper thread moves leases on, takes what is due, and looks once a minute for what a date has made due. Without one there
// are only works of this process. See ports/job_store.hpp for what a lease is worth.
#pragma once

#include <condition_variable>
#include <deque>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "shared/ports/clock.hpp"
#include "shared/ports/database.hpp"
#include "shared/ports/jobs.hpp"

namespace qudao::jobs {

struct Limits {
    std::size_t threads = 2;       // one of them is kept for what people wait for: kinds take at most threads - 1, at least 1
    std::size_t waiting = 32;      // beyond it: jobs.busy
    std::size_t remembered = 256;  // finished ones, oldest forgotten first
};

struct Sharing {
    ports::Database* database = nullptr;
    const ports::Clock* clock = nullptr;
    std::string owner;  // names this server
    // Whether other servers see the progress of works of this process, too. Not worth it on a database with one writer: the
    // work itself holds it.
    bool works_recorded = false;
    std::int64_t lease_ms = 30'000;
    std::int64_t beat_ms = 1'000;   // how often is looked for jobs
    std::int64_t renew_ms = 1'000;  // how often progress is told and leases are moved on
    std::int64_t look_ms = 60'000;  // every_minute()
};

class ThreadJobs final : public ports::Jobs {
public:
    explicit ThreadJobs(Limits limits = {}, Sharing sharing = {});
    ~ThreadJobs() override;  // as stop(0)
    ThreadJobs(const ThreadJobs&) = delete;
    ThreadJobs& operator=(const ThreadJobs&) = delete;

    Status start(ports::JobName name, Work work) override;
    void define(std::string kind, ports::JobHandler handler) override;
    Result<ports::JobState> submit(const ports::JobOrder& order) override;
    std::optional<ports::JobState> state(const ports::JobName& name) override;
    void cancel(const ports::JobName& name) override;
    void every_minute(std::function<void()> look) override;

    // Begins to take jobs from the database, once every kind is defined.
    void serve();
    // Takes no more work, waits so long for what runs, then asks it to stop and waits for that: a job ends at its next
    // report, with nothing of it done. Jobs of a kind that did not end wait for another server.
    void stop(std::int64_t limit_ms);

private:
    struct Job;
    class Report;
    struct LastTime {
        std::int64_t renewed_ms = 0;
        std::int64_t looked_ms = 0;
        std::int64_t forgot_ms = 0;
    };
    using Write = std::function<Status(ports::JobStore&)>;

    void run();
    std::optional<Error> do_work(Job& job, std::string& outcome);
    void end(Job& job, const std::optional<Error>& error, const std::string& outcome);
    Status in_database(const Write& write);
    ports::JobTaker taker() const;
    std::shared_ptr<Job> find(const ports::JobName& name) const;
    void forget_oldest();

    void keep();
    void renew();
    void take_due();
    bool room_for_kinds() const;

    const Limits limits_;
    const Sharing sharing_;
    mutable std::mutex mutex_;
    std::condition_variable wake_;
    std::condition_variable quiet_;
    std::condition_variable beat_;
    std::map<std::string, ports::JobHandler> handlers_;
    std::vector<std::function<void()>> looks_;
    std::deque<std::shared_ptr<Job>> waiting_;
    std::list<std::shared_ptr<Job>> jobs_;  // oldest first
    std::size_t running_ = 0;
    std::size_t running_kinds_ = 0;  // or waiting here
    bool stopping_ = false;
    bool ended_ = false;
    bool hurry_ = false;  // something was submitted: do not wait for the next beat
    LastTime last_;       // the keeper's own
    std::vector<std::thread> threads_;
    std::thread keeper_;
};

}  // namespace qudao::jobs
