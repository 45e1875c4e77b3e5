// Work that outlives its request, on this server or another.
//
// Work is given in one of two ways:
//  - start(name, work): what only this process can do, as it holds what is needed (a workbook's rows). It ends with the
//    process; asking again under the same key does it again, so it must be safe to do twice (its lasting outcome is under
//    that key in the database). Where several servers share the database, its progress is seen from all of them.
//  - submit(order): a kind that was defined, with parameters. It is in the database before submit() returns, is done by
//    whichever server is free, and taken over when that one dies. It happens once: see job_store.hpp for how, and
//    JobTask for what the work has to do for it.
//
//    services.jobs.define("round.close", [services](const ports::JobTask& task) -> Result<std::string> {
//        QUDAO_TRY(work, services.database.begin(ports::Access::write));
//        …                                              // task.progress.report(…) now and then
//        QUDAO_CHECK(work->jobs().finish(task.job.lease(), outcome, services.clock.now()));
//        QUDAO_CHECK(work->commit());
//        return outcome;
//    });
//    services.jobs.every_minute([services] { if (due) (void)services.jobs.submit({{{}, "round.close-202611"}, "round.close", "{}"}); });
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "shared/base/id.hpp"
#include "shared/base/result.hpp"
#include "shared/ports/job_store.hpp"
#include "shared/ports/progress.hpp"

namespace qudao::ports {

// A job of a kind, being done here.
struct JobTask {
    const Job& job;      // order.parameters; lease() for finish() and hold()
    Progress& progress;  // false: cancelled, lost or the server is stopping; the work stops with work.cancelled
};
// The outcome, JSON or nothing. One that did not call finish() itself is finished after it returns, which is right only for
// work that may be done twice.
using JobHandler = std::function<Result<std::string>(const JobTask&)>;

class Jobs {
public:
    virtual ~Jobs() = default;
    using Work = std::function<Status(Progress&)>;
    // Runs `work` now or soon; the same name while it is under way here starts nothing. jobs.busy when too many wait.
    virtual Status start(JobName name, Work work) = 0;
    // Before the first submit(); each server defines all kinds.
    virtual void define(std::string kind, JobHandler handler) = 0;
    // As JobStore::add, in a transaction of its own: not from inside one. job.key_used, database.*.
    virtual Result<JobState> submit(const JobOrder& order) = 0;
    virtual std::optional<JobState> state(const JobName& name) = 0;
    virtual void cancel(const JobName& name) = 0;
    // Called soon and then about once a minute, on every server, one after another: the place to submit what a date has
    // made due. Must be quick.
    virtual void every_minute(std::function<void()> look) = 0;
};

}  // namespace qudao::ports
