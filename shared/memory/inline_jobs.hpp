// Jobs without threads: start() does the work before it returns. Progress goes to a callback, which is where the engine
// posts it to the page and where cancel() may be called; the state of the last jobs is kept.
#pragma once

#include <list>
#include <functional>

#include "shared/ports/jobs.hpp"

namespace qudao::memory {

class InlineJobs final : public ports::Jobs {
public:
    using Listener = std::function<void(const ports::JobName&, const ports::JobState&)>;
    explicit InlineJobs(Listener listener = {}) : listener_(std::move(listener)) {}

    Status start(ports::JobName name, Work work) override;
    std::optional<ports::JobState> state(const ports::JobName& name) override;
    void cancel(const ports::JobName& name) override;

private:
    struct Job {
        ports::JobName name;
        ports::JobState state;
        bool cancelled = false;
    };
    class Report;
    Job* find(const ports::JobName& name);

    static constexpr std::size_t kKept = 64;
    Listener listener_;
    std::list<Job> jobs_;  // references stay while others come and go
};

}  // namespace qudao::memory
