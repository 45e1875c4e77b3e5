#include "server/jobs/thread_jobs.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <typeinfo>

#include <cxxabi.h>
#include <spdlog/spdlog.h>

namespace qudao::jobs {

namespace {

// Of works of a process; what lasts of them is elsewhere.
constexpr std::int64_t kRememberedMs = 24 * 3600 * 1000;
constexpr std::int64_t kForgetEveryMs = 3600 * 1000;

// Nobody else hears of an error's detail: the person asking is told its code alone.
void log_failure(const ports::JobName& name, const Error& error) {
    std::string detail = error.detail.substr(0, 300);
    std::replace_if(detail.begin(), detail.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; }, ' ');
    spdlog::log(detail.empty() ? spdlog::level::info : spdlog::level::warn, "job {} of person {}: {} {}", name.key, name.person.value, error.code, detail);
}

void log_trouble(std::string_view what, const Error& error) { spdlog::warn("jobs: {}: {} {}", what, error.code, error.detail.substr(0, 300)); }

std::int64_t steady_ms() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

// A job of a kind ran out of its process: not its fault, and not its end.
bool interrupted(const Error& error) { return error.code == "work.cancelled" || error.code == "job.lost"; }

}  // namespace

struct ThreadJobs::Job {
    ports::JobName name;
    Work work;                            // of this process
    std::optional<ports::Job> taken;      // from the database: of a kind
    std::optional<ports::JobLease> lease; // when it is in the database
    ports::JobState state;                // guarded by the mutex
    std::atomic<bool> cancelled{false};
    std::atomic<bool> wanted{true};       // false: cancelled by a person, not by the server's end
};

class ThreadJobs::Report final : public ports::Progress {
public:
    Report(ThreadJobs& jobs, Job& job) : jobs_(jobs), job_(job) {}
    bool report(std::string_view phase, std::int64_t done, std::int64_t total) override {
        const std::lock_guard lock(jobs_.mutex_);
        job_.state.phase = phase;
        job_.state.done = done;
        job_.state.total = total;
        return !job_.cancelled;
    }

private:
    ThreadJobs& jobs_;
    Job& job_;
};

ThreadJobs::ThreadJobs(Limits limits, Sharing sharing) : limits_(limits), sharing_(std::move(sharing)) {
    for (std::size_t i = 0; i < limits_.threads; ++i) threads_.emplace_back([this] { run(); });
}

ThreadJobs::~ThreadJobs() { stop(0); }

void ThreadJobs::define(std::string kind, ports::JobHandler handler) {
    const std::lock_guard lock(mutex_);
    handlers_[std::move(kind)] = std::move(handler);
}

void ThreadJobs::every_minute(std::function<void()> look) {
    const std::lock_guard lock(mutex_);
    looks_.push_back(std::move(look));
}

void ThreadJobs::serve() {
    if (sharing_.database != nullptr && !keeper_.joinable()) keeper_ = std::thread([this] { keep(); });
}

ports::JobTaker ThreadJobs::taker() const {
    const Instant now = sharing_.clock->now();
    return {sharing_.owner, now, {now.epoch_ms + sharing_.lease_ms}};
}

Status ThreadJobs::in_database(const Write& write) {
    QUDAO_TRY(work, sharing_.database->begin(ports::Access::write));
    QUDAO_CHECK(write(work->jobs()));
    return work->commit();
}

std::shared_ptr<ThreadJobs::Job> ThreadJobs::find(const ports::JobName& name) const {
    // The newest of a name: one that failed may be asked for again.
    for (auto it = jobs_.rbegin(); it != jobs_.rend(); ++it)
        if ((*it)->name == name) return *it;
    return nullptr;
}

void ThreadJobs::forget_oldest() {
    for (auto it = jobs_.begin(); it != jobs_.end() && jobs_.size() > limits_.remembered;)
        it = (*it)->state.finished ? jobs_.erase(it) : std::next(it);
}

Status ThreadJobs::start(ports::JobName name, Work work) {
    auto job = std::make_shared<Job>();
    {
        const std::lock_guard lock(mutex_);
        const auto known = find(name);
        if (known && !known->state.finished) return done();
        if (stopping_ || waiting_.size() >= limits_.waiting) return Error::of("jobs.busy");
        job->name = std::move(name);
        job->work = std::move(work);
        job->state.phase = "waiting";
        jobs_.push_back(job);
        forget_oldest();
    }
    if (sharing_.database != nullptr && sharing_.works_recorded) {
        ports::JobLease lease;
        const Status recorded = in_database([&](ports::JobStore& store) -> Status {
            QUDAO_TRY(taken, store.take_own(job->name, "work", taker()));
            lease = taken.lease();
            return done();
        });
        const std::lock_guard lock(mutex_);
        if (!recorded) {
            jobs_.remove(job);
            return recorded;
        }
        job->lease = lease;
    }
    const std::lock_guard lock(mutex_);
    waiting_.push_back(std::move(job));
    wake_.notify_one();
    return done();
}

Result<ports::JobState> ThreadJobs::submit(const ports::JobOrder& order) {
    if (sharing_.database == nullptr) return Error::of("internal").because("jobs of a kind need a database");
    ports::JobState state;
    QUDAO_CHECK(in_database([&](ports::JobStore& store) -> Status {
        QUDAO_TRY(job, store.add(order, sharing_.clock->now()));
        state = std::move(job.state);
        return done();
    }));
    const std::lock_guard lock(mutex_);
    hurry_ = true;
    beat_.notify_one();
    return state;
}

std::optional<ports::JobState> ThreadJobs::state(const ports::JobName& name) {
    std::optional<ports::JobState> here;
    {
        const std::lock_guard lock(mutex_);
        if (const auto job = find(name)) here = job->state;
    }
    if (sharing_.database == nullptr || (here && !here->finished)) return here;
    // Ended here, or unknown: another server may have it by now.
    auto work = sharing_.database->begin(ports::Access::read);
    if (!work) return here;
    const auto found = (*work)->jobs().find(name);
    if (!found || !*found) return here;
    ports::JobState there = (*found)->state;
    // Nobody has looked since its server died.
    if (!(*found)->resumable && !there.finished && (*found)->lease_until < sharing_.clock->now()) {
        there.finished = true;
        there.error = Error::of("job.lost");
    }
    return there;
}

void ThreadJobs::cancel(const ports::JobName& name) {
    {
        const std::lock_guard lock(mutex_);
        if (const auto job = find(name)) {
            job->wanted = false;
            job->cancelled = true;
        }
    }
    if (sharing_.database == nullptr) return;
    const Status told = in_database([&](ports::JobStore& store) { return store.cancel(name, sharing_.clock->now()); });
    if (!told) log_trouble("cancel", told.error());
}

std::optional<Error> ThreadJobs::do_work(Job& job, std::string& outcome) {
    try {
        Report report(*this, job);
        if (!job.taken) {
            Status result = job.work(report);
            return result ? std::nullopt : std::optional(std::move(result).error());
        }
        ports::JobHandler handler;
        {
            const std::lock_guard lock(mutex_);
            handler = handlers_.at(job.taken->order.kind);
        }
        Result<std::string> result = handler({*job.taken, report});
        if (!result) return std::move(result).error();
        outcome = std::move(*result);
        return std::nullopt;
    } catch (...) {
        // Its type and not its words, which may hold SQL and what was bound to it.
        const std::type_info* type = abi::__cxa_current_exception_type();
        return Error::of("internal").because(type == nullptr ? "threw" : type->name());
    }
}

// Says in the database how it ended. When that fails the lease runs out, and others find the job lost.
void ThreadJobs::end(Job& job, const std::optional<Error>& error, const std::string& outcome) {
    if (!job.lease) return;
    const Instant now = sharing_.clock->now();
    const Status told = in_database([&](ports::JobStore& store) -> Status {
        if (!error) return store.finish(*job.lease, outcome, now);
        if (job.taken && job.wanted && interrupted(*error)) return store.release(*job.lease);
        return store.fail(*job.lease, *error, now);
    });
    if (!told && told.error().code != "job.lost") log_trouble("end", told.error());
}

void ThreadJobs::run() {
    std::unique_lock lock(mutex_);
    while (true) {
        wake_.wait(lock, [&] { return stopping_ || !waiting_.empty(); });
        if (waiting_.empty()) return;
        const std::shared_ptr<Job> job = std::move(waiting_.front());
        waiting_.pop_front();
        ++running_;
        lock.unlock();
        std::string outcome;
        std::optional<Error> error = do_work(*job, outcome);
        if (error) log_failure(job->name, *error);
        job->work = nullptr;  // what it held, a workbook's rows among it, is given back now
        end(*job, error, outcome);
        lock.lock();
        job->state.error = std::move(error);
        job->state.outcome = std::move(outcome);
        job->state.finished = true;
        --running_;
        if (job->taken) --running_kinds_;
        hurry_ = true;  // there is room for another
        beat_.notify_one();
        quiet_.notify_all();
    }
}

bool ThreadJobs::room_for_kinds() const {
    return !stopping_ && running_kinds_ < std::max<std::size_t>(1, limits_.threads - 1) && running_ + waiting_.size() < limits_.threads;
}

void ThreadJobs::keep() {
    std::unique_lock lock(mutex_);
    while (!ended_) {
        hurry_ = false;
        lock.unlock();
        renew();
        take_due();
        const std::int64_t now = steady_ms();
        if (now - last_.looked_ms >= sharing_.look_ms || last_.looked_ms == 0) {
            last_.looked_ms = now;
            lock.lock();
            const auto looks = stopping_ ? std::vector<std::function<void()>>() : looks_;
            lock.unlock();
            for (const auto& look : looks) look();
        }
        lock.lock();
        beat_.wait_for(lock, std::chrono::milliseconds(sharing_.beat_ms), [&] { return ended_ || hurry_; });
    }
}

void ThreadJobs::renew() {
    const std::int64_t now_ms = steady_ms();
    if (now_ms - last_.renewed_ms < sharing_.renew_ms) return;
    last_.renewed_ms = now_ms;
    std::vector<std::pair<std::shared_ptr<Job>, ports::JobState>> held;
    {
        const std::lock_guard lock(mutex_);
        for (const auto& job : jobs_)
            if (job->lease && !job->state.finished) held.emplace_back(job, job->state);
    }
    if (held.empty()) return;
    const Status renewed = in_database([&](ports::JobStore& store) -> Status {
        const Instant until = taker().lease_until;
        for (const auto& [job, state] : held) {
            QUDAO_TRY(hold, store.renew(*job->lease, state, until));
            if (hold == ports::JobHold::held) continue;
            if (hold == ports::JobHold::cancelled) job->wanted = false;
            job->cancelled = true;
        }
        return done();
    });
    if (!renewed) log_trouble("renew", renewed.error());
}

void ThreadJobs::take_due() {
    std::vector<std::string> kinds;
    bool room = false;
    {
        const std::lock_guard lock(mutex_);
        room = room_for_kinds();
        for (const auto& [kind, handler] : handlers_) kinds.push_back(kind);
    }
    if (!room) kinds.clear();
    const Instant now = sharing_.clock->now();
    const bool forget = now.epoch_ms - last_.forgot_ms >= kForgetEveryMs;
    if (!forget) {
        auto work = sharing_.database->begin(ports::Access::read);
        if (!work) return log_trouble("look", work.error());
        const auto due = (*work)->jobs().any_due(kinds, now);
        if (!due || !*due) return;
    }
    std::optional<ports::Job> taken;
    const Status looked = in_database([&](ports::JobStore& store) -> Status {
        QUDAO_CHECK(store.end_lost(now));
        if (forget) QUDAO_CHECK(store.forget({now.epoch_ms - kRememberedMs}));
        QUDAO_TRY(found, store.take(kinds, taker()));
        taken = std::move(found);
        return done();
    });
    if (!looked) return log_trouble("take", looked.error());
    if (forget) last_.forgot_ms = now.epoch_ms;
    if (!taken) return;
    auto job = std::make_shared<Job>();
    job->name = taken->order.name;
    job->lease = taken->lease();
    job->taken = std::move(taken);
    job->state.phase = "waiting";
    const std::lock_guard lock(mutex_);
    jobs_.push_back(job);
    waiting_.push_back(std::move(job));
    ++running_kinds_;
    forget_oldest();
    hurry_ = true;  // perhaps there is another
    wake_.notify_one();
}

void ThreadJobs::stop(std::int64_t limit_ms) {
    std::vector<std::shared_ptr<Job>> dropped;
    {
        std::unique_lock lock(mutex_);
        stopping_ = true;
        dropped.assign(waiting_.begin(), waiting_.end());
        waiting_.clear();
        for (const auto& job : dropped) job->state.phase = "stopping";
        quiet_.wait_for(lock, std::chrono::milliseconds(limit_ms), [&] { return running_ == 0; });
        for (const auto& job : jobs_) job->cancelled = true;
        wake_.notify_all();
    }
    for (const auto& job : dropped) {
        const Error error = Error::of(job->taken ? "work.cancelled" : "jobs.busy");
        end(*job, error, {});
        const std::lock_guard lock(mutex_);
        job->state.finished = true;
        job->state.error = error;
        if (job->taken) --running_kinds_;
    }
    for (std::thread& thread : threads_)
        if (thread.joinable()) thread.join();
    {
        const std::lock_guard lock(mutex_);
        ended_ = true;
        beat_.notify_all();
    }
    if (keeper_.joinable()) keeper_.join();
}

}  // namespace qudao::jobs
