// Work that outlives its request. A job is named by the person and the idempotency key it was asked for with; its lasting
// outcome is in the database (OutcomeStore), here is only what is under way.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "shared/base/id.hpp"
#include "shared/base/result.hpp"
#include "shared/ports/progress.hpp"

namespace qudao::ports {

struct JobName {
    PersonId person;
    std::string key;
    friend bool operator==(const JobName&, const JobName&) = default;
};

struct JobState {
    bool finished = false;
    std::string phase;
    std::int64_t done = 0;
    std::int64_t total = 0;
    std::optional<Error> error;  // finished without an outcome
};

class Jobs {
public:
    virtual ~Jobs() = default;
    using Work = std::function<Status(Progress&)>;
    // Runs `work` now or soon; the same name while it is under way starts nothing. jobs.busy when too many wait.
    virtual Status start(JobName name, Work work) = 0;
    virtual std::optional<JobState> state(const JobName& name) = 0;
    virtual void cancel(const JobName& name) = 0;
};

}  // namespace qudao::ports
