#include "shared/memory/inline_jobs.hpp"

#include <catch2/catch.hpp>
#include <vector>

#include "shared/memory/fixed_clock.hpp"

namespace qudao::memory {
namespace {

const ports::JobName kName{PersonId{1}, "key-0123456789abcdef"};

TEST_CASE("work is done when start returns, and its state is remembered") {
    std::vector<std::string> heard;
    InlineJobs jobs([&](const ports::JobName& name, const ports::JobState& state) {
        CHECK(name == kName);
        heard.push_back(state.phase + " " + std::to_string(state.done) + "/" + std::to_string(state.total) + (state.finished ? " finished" : ""));
    });
    CHECK_FALSE(jobs.state(kName).has_value());
    REQUIRE(jobs.start(kName, [](ports::Progress& progress) {
        CHECK(progress.report("planning", 0, 10));
        CHECK(progress.report("writing", 10, 10));
        return done();
    }).ok());
    CHECK(heard == std::vector<std::string>{"planning 0/10", "writing 10/10", "writing 10/10 finished"});
    const auto state = jobs.state(kName);
    REQUIRE(state.has_value());
    CHECK(state->finished);
    CHECK_FALSE(state->error.has_value());
    CHECK_FALSE(jobs.state({PersonId{2}, kName.key}).has_value());
}

TEST_CASE("an error of the work is its state, not start's") {
    InlineJobs jobs;
    CHECK(jobs.start(kName, [](ports::Progress&) { return Status(Error::of("moves.stale")); }).ok());
    REQUIRE(jobs.state(kName)->error.has_value());
    CHECK(jobs.state(kName)->error->code == "moves.stale");
    CHECK(jobs.start(kName, [](ports::Progress&) { return done(); }).ok());  // asked again, done again
    CHECK_FALSE(jobs.state(kName)->error.has_value());
}

TEST_CASE("work is cancelled from its listener") {
    InlineJobs* cancels = nullptr;
    InlineJobs jobs([&](const ports::JobName& name, const ports::JobState& state) {
        if (state.done == 2) cancels->cancel(name);
    });
    cancels = &jobs;
    REQUIRE(jobs.start(kName, [](ports::Progress& progress) {
        for (std::int64_t i = 0; i < 10; ++i)
            if (!progress.report("writing", i, 10)) return Status(Error::of("work.cancelled"));
        return done();
    }).ok());
    CHECK(jobs.state(kName)->error->code == "work.cancelled");
    CHECK(jobs.state(kName)->done == 2);
    jobs.cancel({PersonId{9}, "nobody"});
}

TEST_CASE("the same name while it runs starts nothing; others start inside it") {
    InlineJobs jobs;
    int runs = 0;
    const ports::JobName other{PersonId{1}, "another-key-00000"};
    REQUIRE(jobs.start(kName, [&](ports::Progress& progress) {
        ++runs;
        CHECK(jobs.start(kName, [&](ports::Progress&) { ++runs; return done(); }).ok());
        CHECK(jobs.start(other, [&](ports::Progress&) { ++runs; return done(); }).ok());
        progress.report("after", 1, 1);
        return done();
    }).ok());
    CHECK(runs == 2);
    CHECK(jobs.state(kName)->phase == "after");
    CHECK(jobs.state(other)->finished);
}

TEST_CASE("only the last jobs are remembered") {
    InlineJobs jobs;
    for (int i = 0; i < 500; ++i) CHECK(jobs.start({PersonId{1}, std::to_string(i)}, [](ports::Progress&) { return done(); }).ok());
    CHECK_FALSE(jobs.state({PersonId{1}, "0"}).has_value());
    CHECK(jobs.state({PersonId{1}, "499"}).has_value());
}

TEST_CASE("a clock stands until it is set") {
    FixedClock clock(Instant{5});
    CHECK(clock.now() == Instant{5});
    clock.advance(10);
    CHECK(clock.now() == Instant{15});
    clock.set(Instant{1});
    CHECK(clock.now() == Instant{1});
}

}  // namespace
}  // namespace qudao::memory
