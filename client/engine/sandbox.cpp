#include "client/engine/sandbox.hpp"

#include "client/engine/workbench_types.hpp"
#include "shared/demo/fill.hpp"

namespace qudao::engine {
namespace {

class FillProgress final : public ports::Progress {
public:
    explicit FillProgress(const Sandbox::OnProgress& on_progress) : on_progress_(on_progress) {}
    bool report(std::string_view, std::int64_t done, std::int64_t total) override {
        return !on_progress_ || on_progress_({"sandbox", "filling", done, total});
    }

private:
    const Sandbox::OnProgress& on_progress_;
};

dto::JobDto job_of(const ports::JobName& name, const ports::JobState& state) {
    dto::JobDto job;
    job.key = name.key;
    job.state = state.finished ? (state.error ? "failed" : "done") : "running";
    job.phase = state.phase;
    job.done = state.done;
    job.total = state.total;
    return job;
}

}  // namespace

Sandbox::Sandbox(ports::Clock& clock, std::uint64_t seed, OnJob on_job)
    : clock_(clock),
      secrets_(seed),
      jobs_([on_job = std::move(on_job)](const ports::JobName& name, const ports::JobState& state) {
          if (on_job) on_job(job_of(name, state));
      }, &database_, &clock_),
      dispatcher_({database_, clock_, secrets_, jobs_, references_}) {}

Result<SandboxReady> Sandbox::fill(const SandboxStart& start, const OnProgress& on_progress) {
    const demo::Options options{static_cast<std::uint64_t>(start.seed), start.customers};
    Date day = demo::demo_day();
    if (!start.day.empty()) {
        QUDAO_TRY(given, parse_date(start.day));
        day = given;
    }
    FillProgress progress(on_progress);
    QUDAO_CHECK(demo::fill(database_, secrets_, options, progress));
    QUDAO_TRY(work, database_.begin(ports::Access::write));
    QUDAO_CHECK(work->settings().save_demo_date(day));
    QUDAO_CHECK(work->commit());
    SandboxReady& ready = ready_;
    ready.customers = options.customers;
    for (const demo::Account& account : demo::staff(options, demo::organisation(options)).accounts)
        ready.accounts.push_back({account.login, std::string(demo::kPassword), account.name, account.role, account.unit});
    return ready;
}

}  // namespace qudao::engine
