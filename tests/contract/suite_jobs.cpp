#include <atomic>
#include <thread>

#include "tests/contract/world.hpp"

namespace qudao::contract {
namespace {

const ports::JobName kName{PersonId{7}, "key-of-a-job-0001"};
const std::vector<std::string> kKinds = {"feed.import", "round.close"};

ports::JobTaker taker(std::int64_t now_ms, const std::string& owner = "one") { return {owner, {now_ms}, {now_ms + 30'000}}; }

// One database with a short way to do one thing in a transaction of its own.
struct Store {
    std::unique_ptr<ports::Database> database = backend().make();

    template <class Body>
    auto in(Body body) {
        const auto work = writing(*database);
        auto result = must(body(work->jobs()));
        must_do(work->commit());
        return result;
    }
    template <class Body>
    std::string error_of(Body body) {
        const auto work = writing(*database);
        return code_of_error(body(work->jobs()));
    }
    ports::Job add(const ports::JobName& name, const std::string& kind = "feed.import", const std::string& parameters = "{}", std::int64_t now = 1000) {
        return in([&](auto& jobs) { return jobs.add({name, kind, parameters}, {now}); });
    }
    std::optional<ports::Job> take(const ports::JobTaker& by) {
        return in([&](auto& jobs) { return jobs.take(kKinds, by); });
    }
    ports::Job found(const ports::JobName& name = kName) { return *must(reading(*database)->jobs().find(name)); }
    bool due(std::int64_t now) { return must(reading(*database)->jobs().any_due(kKinds, {now})); }
};

TEST_CASE("a job is added once, and is what it was added as", "[jobs]") {
    Store store;
    CHECK_FALSE(must(reading(*store.database)->jobs().find(kName)).has_value());
    CHECK_FALSE(store.due(1000));
    const ports::Job added = store.add(kName, "feed.import", R"({"file":"客户.csv"})");
    CHECK(added.waiting);
    CHECK(store.due(1000));
    const ports::Job found = store.found();
    CHECK(found.id == added.id);
    CHECK(found.order.name == kName);
    CHECK(found.order.kind == "feed.import");
    CHECK(found.order.parameters == R"({"file":"客户.csv"})");
    CHECK(found.resumable);
    CHECK(found.created_at == Instant{1000});
    CHECK(found.attempt == 0);
    CHECK_FALSE(found.state.finished);
    CHECK(store.add(kName, "feed.import", R"({"file":"客户.csv"})", 2000).id == added.id);
    CHECK(store.error_of([](auto& jobs) { return jobs.add({kName, "feed.import", "{}"}, {1}); }) == "job.key_used");
    CHECK(store.error_of([](auto& jobs) { return jobs.add({kName, "round.close", R"({"file":"客户.csv"})"}, {1}); }) == "job.key_used");
    CHECK_FALSE(store.add({PersonId{8}, kName.key}).id == added.id);
}

TEST_CASE("the oldest of the kinds known is taken, by one", "[jobs]") {
    Store store;
    store.add({{}, "not-known-here"}, "other");
    store.add(kName);
    store.add({{}, "round-202611"}, "round.close");
    const auto first = store.take(taker(2000));
    REQUIRE(first);
    CHECK(first->order.name == kName);
    CHECK(first->attempt == 1);
    CHECK(first->owner == "one");
    CHECK(first->lease_until == Instant{32'000});
    CHECK_FALSE(first->waiting);
    CHECK(store.take(taker(2000, "two"))->order.kind == "round.close");
    CHECK_FALSE(store.take(taker(2000)).has_value());
    CHECK_FALSE(store.due(2000));
}

TEST_CASE("progress is told, and how it ended", "[jobs]") {
    Store store;
    store.add(kName);
    const ports::JobLease lease = store.take(taker(1000))->lease();
    ports::JobState progress;
    progress.phase = "writing";
    progress.done = 5'000'000'000;
    progress.total = 6'000'000'000;
    CHECK(store.in([&](auto& jobs) { return jobs.renew(lease, progress, {50'000}); }) == ports::JobHold::held);
    CHECK(store.found().state.done == 5'000'000'000);
    CHECK(store.found().state.total == 6'000'000'000);
    CHECK(store.found().state.phase == "writing");
    CHECK(store.found().lease_until == Instant{50'000});
    store.in([&](auto& jobs) { return jobs.hold(lease); });
    store.in([&](auto& jobs) { return jobs.finish(lease, R"({"read":1})", {9000}); });
    CHECK(store.found().state.finished);
    CHECK(store.found().state.outcome == R"({"read":1})");
    CHECK_FALSE(store.found().state.error);
    CHECK(store.found().finished_at == Instant{9000});
    store.in([&](auto& jobs) { return jobs.finish(lease, "", {9999}); });  // twice is once
    CHECK(store.found().state.outcome == R"({"read":1})");
    CHECK(store.error_of([&](auto& jobs) { return jobs.hold(lease); }) == "job.lost");
    CHECK(store.error_of([&](auto& jobs) { return jobs.fail(lease, Error::of("x"), {1}); }) == "job.lost");
    CHECK(store.in([&](auto& jobs) { return jobs.renew(lease, progress, {99'000}); }) == ports::JobHold::lost);
    CHECK(store.add(kName).state.finished);  // done is done
    CHECK_FALSE(store.take(taker(999'000)).has_value());
}

TEST_CASE("a job that failed says why, and waits again when it is asked for again", "[jobs]") {
    Store store;
    store.add(kName);
    const ports::JobLease lease = store.take(taker(1000))->lease();
    const Error error = Error::of("feed.header").with("column", "合同号").with("row", 1).at("file", "encoding", 7).because("secret");
    store.in([&](auto& jobs) { return jobs.fail(lease, error, {2000}); });
    const ports::JobState state = store.found().state;
    REQUIRE(state.error);
    CHECK(state.error->code == "feed.header");
    CHECK(state.error->params == error.params);
    CHECK(state.error->fields == error.fields);
    CHECK(state.error->detail.empty());
    CHECK_FALSE(store.take(taker(99'000)).has_value());
    CHECK_FALSE(store.add(kName).state.finished);
    CHECK(store.take(taker(99'000))->attempt == 2);
}

TEST_CASE("a lease that ran out is another's, and the first one can do nothing more", "[jobs]") {
    Store store;
    store.add(kName);
    const ports::JobLease first = store.take(taker(1000))->lease();
    CHECK_FALSE(store.take(taker(31'000, "two")).has_value());
    CHECK_FALSE(store.due(31'000));
    CHECK(store.due(31'001));
    const auto second = store.take(taker(31'001, "two"));
    REQUIRE(second);
    CHECK(second->attempt == 2);
    CHECK(second->owner == "two");
    CHECK(store.in([&](auto& jobs) { return jobs.renew(first, {}, {90'000}); }) == ports::JobHold::lost);
    CHECK(store.error_of([&](auto& jobs) { return jobs.hold(first); }) == "job.lost");
    CHECK(store.error_of([&](auto& jobs) { return jobs.finish(first, "{}", {1}); }) == "job.lost");
    store.in([&](auto& jobs) { return jobs.release(first); });  // not its to give
    CHECK_FALSE(store.found().waiting);
    store.in([&](auto& jobs) { return jobs.finish(second->lease(), "{}", {1}); });
    CHECK(store.error_of([&](auto& jobs) { return jobs.finish(first, "{}", {1}); }) == "job.lost");
}

TEST_CASE("what is finished in a transaction that is rolled back is not finished", "[jobs]") {
    Store store;
    store.add(kName);
    const ports::JobLease lease = store.take(taker(1000))->lease();
    {
        const auto work = writing(*store.database);
        must_do(work->jobs().finish(lease, "{}", {1}));
    }
    CHECK_FALSE(store.found().state.finished);
    store.in([&](auto& jobs) { return jobs.hold(lease); });
}

TEST_CASE("a job given back waits for anybody; one that kills every server is given up", "[jobs]") {
    Store store;
    store.add(kName);
    std::int64_t now = 1000;
    for (int i = 0; i < 10; ++i) {  // a server that stops in good order is no loss
        const auto taken = store.take(taker(now));
        REQUIRE(taken);
        store.in([&](auto& jobs) { return jobs.release(taken->lease()); });
        CHECK(store.found().waiting);
    }
    int taken = 0;
    while (store.take(taker(now))) {
        ++taken;
        now += 31'000;
        REQUIRE(taken < 100);
    }
    CHECK(taken == ports::kMostLosses);
    CHECK(store.found().state.error->code == "job.gave_up");
}

TEST_CASE("work of one process: taken at once, lost with the process, and taken again by whoever has the work", "[jobs]") {
    Store store;
    const auto own = [&](std::int64_t now, const std::string& owner) {
        return store.in([&](auto& jobs) { return jobs.take_own(kName, "work", taker(now, owner)); });
    };
    const ports::Job first = own(1000, "one");
    CHECK_FALSE(first.resumable);
    CHECK(first.attempt == 1);
    CHECK_FALSE(store.take(taker(99'000, "two")).has_value());  // its kind is nobody's
    const ports::Job second = own(2000, "two");
    CHECK(second.id == first.id);
    CHECK(second.attempt == 2);
    store.in([](auto& jobs) { return jobs.end_lost({32'000}); });
    CHECK_FALSE(store.found().state.finished);
    CHECK(store.due(32'001));
    store.in([](auto& jobs) { return jobs.end_lost({32'001}); });
    CHECK(store.found().state.error->code == "job.lost");
    CHECK_FALSE(store.due(99'000));
    CHECK_FALSE(own(40'000, "two").state.finished);
    store.add({{}, "round-202611"}, "round.close");
    CHECK(store.error_of([](auto& jobs) { return jobs.take_own({{}, "round-202611"}, "work", taker(1)); }) == "job.key_used");
    CHECK(store.error_of([](auto& jobs) { return jobs.add({kName, "work", ""}, {1}); }) == "job.key_used");
    store.in([](auto& jobs) { return jobs.end_lost({99'000}); });
    store.in([](auto& jobs) { return jobs.forget({98'000}); });
    CHECK(store.found().state.finished);
    store.in([](auto& jobs) { return jobs.forget({99'001}); });
    CHECK_FALSE(must(reading(*store.database)->jobs().find(kName)).has_value());
    CHECK(must(reading(*store.database)->jobs().find({{}, "round-202611"})).has_value());
}

TEST_CASE("a waiting job is cancelled at once, a running one hears of it", "[jobs]") {
    Store store;
    store.add(kName);
    store.in([](auto& jobs) { return jobs.cancel(kName, {5}); });
    CHECK(store.found().state.error->code == "work.cancelled");
    CHECK_FALSE(store.take(taker(1000)).has_value());
    store.add(kName);
    const ports::JobLease lease = store.take(taker(1000))->lease();
    store.in([](auto& jobs) { return jobs.cancel(kName, {5}); });
    CHECK_FALSE(store.found().state.finished);
    CHECK(store.in([&](auto& jobs) { return jobs.renew(lease, {}, {1}); }) == ports::JobHold::cancelled);
    store.in([](auto& jobs) { return jobs.cancel({PersonId{1}, "nobody's"}, {5}); });
}

#ifndef __EMSCRIPTEN__

TEST_CASE("however many want a job at once, one gets it", "[jobs]") {
    if (!backend().traits.concurrent) return;
    Store store;
    constexpr int kJobs = 12;
    constexpr int kServers = 4;
    std::atomic<int> added{0};
    std::atomic<int> taken{0};
    std::atomic<int> trouble{0};
    std::vector<std::thread> servers;
    for (int server = 0; server < kServers; ++server)
        servers.emplace_back([&, server] {
            for (int i = 0; i < kJobs; ++i) {
                auto work = store.database->begin(ports::Access::write);
                const ports::JobName name{{}, "job-" + std::to_string(i)};
                if (work && (*work)->jobs().add({name, "round.close", "{}"}, {1}) && (*work)->commit()) ++added;
                else ++trouble;
            }
            for (int i = 0; i < kJobs * 2; ++i) {
                auto work = store.database->begin(ports::Access::write);
                if (!work) { ++trouble; continue; }
                const auto job = (*work)->jobs().take(kKinds, taker(1000, std::to_string(server)));
                if (!job || !(*work)->commit()) ++trouble;
                else if (*job) ++taken;
            }
        });
    for (std::thread& server : servers) server.join();
    CHECK(trouble.load() == 0);
    CHECK(added.load() == kJobs * kServers);
    CHECK(taken.load() == kJobs);
    for (int i = 0; i < kJobs; ++i) CHECK(store.found({{}, "job-" + std::to_string(i)}).attempt == 1);
}

TEST_CASE("what a job finished in a transaction under way cannot be taken from it", "[jobs]") {
    if (!backend().traits.concurrent) return;
    Store store;
    store.add(kName);
    const ports::JobLease lease = store.take(taker(1000))->lease();
    auto work = writing(*store.database);
    must_do(work->jobs().finish(lease, "{}", {1}));
    std::optional<ports::Job> stolen;
    std::atomic<bool> looked{false};
    std::thread other([&] {
        auto begun = store.database->begin(ports::Access::write);
        if (begun) {
            auto job = (*begun)->jobs().take(kKinds, taker(99'000, "two"));
            if (job && *job && (*begun)->commit()) stolen = **job;
        }
        looked = true;
    });
    std::this_thread::sleep_for(std::chrono::milliseconds(150));
    CHECK_FALSE(looked.load());
    must_do(work->commit());
    work.reset();
    other.join();
    CHECK_FALSE(stolen.has_value());
    CHECK(store.found().state.finished);
}

#endif

}  // namespace
}  // namespace qudao::contract
