#include "server/jobs/thread_jobs.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <typeinfo>

#include <cxxabi.h>
#include <spdlog/spdlog.h>

namespace qudao::jobs {

namespace {

// Nobody else hears of an error's detail: the person asking is told its code alone.
void log_failure(const ports::JobName& name, const Error& error) {
    std::string detail = error.detail.substr(0, 300);
    std::replace_if(detail.begin(), detail.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; }, ' ');
    spdlog::log(detail.empty() ? spdlog::level::info : spdlog::level::warn, "job {} of person {}: {} {}", name.key, name.person.value, error.code, detail);
}

}  // namespace

struct ThreadJobs::Job {
    ports::JobName name;
    Work work;
    ports::JobState state;  // guarded by the mutex
    std::atomic<bool> cancelled{false};
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

ThreadJobs::ThreadJobs(Limits limits) : limits_(limits) {
    for (std::size_t i = 0; i < limits_.threads; ++i) threads_.emplace_back([this] { run(); });
}

ThreadJobs::~ThreadJobs() { stop(0); }

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
    const std::lock_guard lock(mutex_);
    const auto known = find(name);
    if (known && !known->state.finished) return done();
    if (stopping_ || waiting_.size() >= limits_.waiting) return Error::of("jobs.busy");
    auto job = std::make_shared<Job>();
    job->name = std::move(name);
    job->work = std::move(work);
    job->state.phase = "waiting";
    jobs_.push_back(job);
    waiting_.push_back(std::move(job));
    forget_oldest();
    wake_.notify_one();
    return done();
}

std::optional<ports::JobState> ThreadJobs::state(const ports::JobName& name) {
    const std::lock_guard lock(mutex_);
    const auto job = find(name);
    return job ? std::optional(job->state) : std::nullopt;
}

void ThreadJobs::cancel(const ports::JobName& name) {
    const std::lock_guard lock(mutex_);
    if (const auto job = find(name)) job->cancelled = true;
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
        std::optional<Error> error;
        try {
            Report report(*this, *job);
            Status result = job->work(report);
            if (!result) error = std::move(result).error();
        } catch (...) {
            // Its type and not its words, which may hold SQL and what was bound to it.
            const std::type_info* type = abi::__cxa_current_exception_type();
            error = Error::of("internal").because(type == nullptr ? "threw" : type->name());
        }
        if (error) log_failure(job->name, *error);
        job->work = nullptr;  // what it held, a workbook's rows among it, is given back now
        lock.lock();
        job->state.error = std::move(error);
        job->state.finished = true;
        --running_;
        quiet_.notify_all();
    }
}

void ThreadJobs::stop(std::int64_t limit_ms) {
    {
        std::unique_lock lock(mutex_);
        stopping_ = true;
        for (const auto& job : waiting_) {
            job->state.finished = true;
            job->state.error = Error::of("jobs.busy");
        }
        waiting_.clear();
        quiet_.wait_for(lock, std::chrono::milliseconds(limit_ms), [&] { return running_ == 0; });
        for (const auto& job : jobs_) job->cancelled = true;
        wake_.notify_all();
    }
    for (std::thread& thread : threads_)
        if (thread.joinable()) thread.join();
}

}  // namespace qudao::jobs
