#include "server/jobs/thread_jobs.hpp"

#include <catch2/catch.hpp>

#include <atomic>
#include <chrono>
#include <future>
#include <thread>

using namespace qudao;
using jobs::ThreadJobs;

namespace {

ports::JobName named(const std::string& key, std::int64_t person = 1) { return {PersonId{person}, key}; }

ports::JobState finished(ThreadJobs& jobs, const ports::JobName& name) {
    for (int i = 0; i < 2000; ++i) {
        const auto state = jobs.state(name);
        if (state && state->finished) return *state;
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    FAIL("the job did not finish");
    return {};
}

void wait_for_writing(ThreadJobs& jobs, const ports::JobName& name) {
    for (int i = 0; i < 5000 && jobs.state(name)->phase != "writing"; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    REQUIRE(jobs.state(name)->phase == "writing");
}

// Work that runs until it is let go.
struct Gate {
    std::promise<void> open;
    std::shared_future<void> opened = open.get_future().share();
    ports::Jobs::Work work() {
        return [opened = opened](ports::Progress& progress) {
            (void)progress.report("writing", 1, 2);
            opened.wait();
            return progress.report("writing", 2, 2) ? done() : Status(Error::of("work.cancelled"));
        };
    }
};

}  // namespace

TEST_CASE("a job runs, tells how far it is, and how it ended") {
    ThreadJobs jobs;
    Gate gate;
    REQUIRE(jobs.start(named("a"), gate.work()));
    wait_for_writing(jobs, named("a"));
    const auto state = jobs.state(named("a"));
    CHECK_FALSE(state->finished);
    CHECK(state->phase == "writing");
    CHECK(state->done == 1);
    CHECK(state->total == 2);
    gate.open.set_value();
    CHECK_FALSE(finished(jobs, named("a")).error);
    REQUIRE(jobs.start(named("b"), [](ports::Progress&) { return Status(Error::of("moves.stale")); }));
    CHECK(finished(jobs, named("b")).error->code == "moves.stale");
    CHECK_FALSE(jobs.state(named("c")));
    CHECK_FALSE(jobs.state(named("a", 2)));
}

TEST_CASE("the same name while it is under way starts nothing, afterwards it starts again") {
    ThreadJobs jobs;
    Gate gate;
    std::atomic<int> runs = 0;
    const auto counted = [&](ports::Progress& progress) {
        ++runs;
        return gate.work()(progress);
    };
    REQUIRE(jobs.start(named("a"), counted));
    REQUIRE(jobs.start(named("a"), counted));
    gate.open.set_value();
    finished(jobs, named("a"));
    CHECK(runs == 1);
    REQUIRE(jobs.start(named("a"), counted));
    finished(jobs, named("a"));
    CHECK(runs == 2);
}

TEST_CASE("whatever work throws ends the job and not the program, and its words stay inside") {
    ThreadJobs jobs;
    REQUIRE(jobs.start(named("a"), [](ports::Progress&) -> Status { throw std::runtime_error("secret"); }));
    REQUIRE(jobs.start(named("b"), [](ports::Progress&) -> Status { throw 7; }));
    for (const char* key : {"a", "b"}) {
        const auto error = finished(jobs, named(key)).error;
        REQUIRE(error);
        CHECK(error->code == "internal");
        CHECK(error->detail.find("secret") == std::string::npos);
    }
}

TEST_CASE("too much waiting is refused, and the oldest that ended are forgotten") {
    ThreadJobs jobs({1, 2, 4});
    Gate gate;
    REQUIRE(jobs.start(named("running"), gate.work()));
    wait_for_writing(jobs, named("running"));
    REQUIRE(jobs.start(named("1"), gate.work()));
    REQUIRE(jobs.start(named("2"), gate.work()));
    const Status refused = jobs.start(named("3"), gate.work());
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == "jobs.busy");
    gate.open.set_value();
    finished(jobs, named("2"));
    for (int i = 0; i < 10; ++i) {
        REQUIRE(jobs.start(named("x" + std::to_string(i)), [](ports::Progress&) { return done(); }));
        finished(jobs, named("x" + std::to_string(i)));
    }
    CHECK_FALSE(jobs.state(named("running")));
    CHECK(jobs.state(named("x9")));
}

TEST_CASE("cancelling is heard at the next report") {
    ThreadJobs jobs;
    REQUIRE(jobs.start(named("a"), [](ports::Progress& progress) {
        while (progress.report("writing", 0, 1)) std::this_thread::sleep_for(std::chrono::milliseconds(1));
        return Status(Error::of("work.cancelled"));
    }));
    jobs.cancel(named("a"));
    CHECK(finished(jobs, named("a")).error->code == "work.cancelled");
}

TEST_CASE("stopping waits for what runs, drops what waits, and takes no more") {
    ThreadJobs jobs({1, 8, 8});
    Gate gate;
    REQUIRE(jobs.start(named("running"), gate.work()));
    wait_for_writing(jobs, named("running"));
    REQUIRE(jobs.start(named("waiting"), gate.work()));
    std::thread later([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
        gate.open.set_value();
    });
    jobs.stop(5000);
    later.join();
    CHECK_FALSE(jobs.state(named("running"))->error);
    CHECK(jobs.state(named("waiting"))->error->code == "jobs.busy");
    CHECK_FALSE(jobs.start(named("new"), gate.work()));
}

TEST_CASE("stopping does not wait for ever: what runs on is asked to end") {
    ThreadJobs jobs;
    REQUIRE(jobs.start(named("a"), [](ports::Progress& progress) {
        while (progress.report("writing", 0, 1)) std::this_thread::sleep_for(std::chrono::milliseconds(1));
        return Status(Error::of("work.cancelled"));
    }));
    wait_for_writing(jobs, named("a"));
    jobs.stop(50);
    CHECK(jobs.state(named("a"))->error->code == "work.cancelled");
}
