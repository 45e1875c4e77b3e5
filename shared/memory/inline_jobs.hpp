// Jobs without threads: start() and submit() do the work before they return. Progress goes to a callback, which is where
// the engine posts it to the page and where cancel() may be called; the state of the last works is kept. Jobs of a kind
// are kept in the database given.
#pragma once

#include <list>
#include <functional>
#include <map>
#include <vector>

#include "shared/ports/clock.hpp"
#include "shared/ports/database.hpp"
#include "shared/ports/jobs.hpp"

namespace qudao::memory {

class InlineJobs final : public ports::Jobs {
public:
    using Listener = std::function<void(const ports::JobName&, const ports::JobState&)>;
    // Without a database there is no submit().
    explicit InlineJobs(Listener listener = {}, ports::Database* database = nullptr, const ports::Clock* clock = nullptr)
        : listener_(std::move(listener)), database_(database), clock_(clock) {}

    Status start(ports::JobName name, Work work) override;
    void define(std::string kind, ports::JobHandler handler) override { handlers_[std::move(kind)] = std::move(handler); }
    Result<ports::JobState> submit(const ports::JobOrder& order) override;
    std::optional<ports::JobState> state(const ports::JobName& name) override;
    void cancel(const ports::JobName& name) override;
    void every_minute(std::function<void()> look) override { looks_.push_back(std::move(look)); }

    // There is no thread that would do it: whoever lets time pass calls this.
    void look();

private:
    struct Job {
        ports::JobName name;
        ports::JobState state;
        bool cancelled = false;
    };
    class Report;
    Job* find(const ports::JobName& name);
    Job& remember(ports::JobName name);
    using Write = std::function<Status(ports::JobStore&)>;
    Status in_database(const Write& write);
    void end(Job& job, Result<std::string> result);

    static constexpr std::size_t kKept = 64;
    Listener listener_;
    ports::Database* database_;
    const ports::Clock* clock_;
    std::map<std::string, ports::JobHandler> handlers_;
    std::vector<std::function<void()>> looks_;
    std::list<Job> jobs_;  // references stay while others come and go
};

}  // namespace qudao::memory
