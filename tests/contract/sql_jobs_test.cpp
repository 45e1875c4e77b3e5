// Jobs of several servers on one database: each "server" is a ThreadJobs with a database of its own to the same address.
#include <catch2/catch.hpp>

#include <atomic>
#include <chrono>
#include <functional>
#include <thread>

#include "server/jobs/thread_jobs.hpp"
#include "server/sql/open.hpp"
#include "tests/support/mariadb.hpp"

using namespace qudao;
using namespace std::chrono_literals;

namespace {

class RealClock final : public ports::Clock {
public:
    Instant now() const override {
        return {std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch()).count()};
    }
};

void each_database(const std::function<void(const std::string&)>& body) {
    body(test::new_sqlite_url());
    if (const std::string url = test::new_mariadb_url(); !url.empty()) body(url);
    else WARN("skipped on MariaDB: it is not installed");
}

bool eventually(const std::function<bool()>& holds) {
    for (int i = 0; i < 1500; ++i) {
        if (holds()) return true;
        std::this_thread::sleep_for(10ms);
    }
    return false;
}

struct Server {
    RealClock clock;
    std::unique_ptr<sql::Database> database;
    std::unique_ptr<jobs::ThreadJobs> jobs;

    Server(const std::string& url, const std::string& owner, std::int64_t lease_ms = 400, std::int64_t renew_ms = 50) {
        database = std::move(*sql::open(url));
        REQUIRE(database->migrate().ok());
        jobs::Sharing sharing;
        sharing.database = database.get();
        sharing.clock = &clock;
        sharing.owner = owner;
        sharing.works_recorded = true;
        sharing.lease_ms = lease_ms;
        sharing.beat_ms = 30;
        sharing.renew_ms = renew_ms;
        sharing.look_ms = 50;
        jobs = std::make_unique<jobs::ThreadJobs>(jobs::Limits{2, 8, 64}, sharing);
    }
    // What a job of the tests does: one more customer group in a table of its own, in the transaction that finishes it.
    Result<std::string> count_once(const ports::JobTask& task, std::chrono::milliseconds takes) {
        auto work = database->begin(ports::Access::write);
        if (!work) return work.error();
        QUDAO_TRY(settings, (*work)->settings().load());
        QUDAO_CHECK((*work)->settings().save_revenue_period(Period{settings.revenue_period.yyyymm + 1}));
        std::this_thread::sleep_for(takes);
        QUDAO_CHECK((*work)->jobs().finish(task.job.lease(), R"({"counted":1})", clock.now()));
        QUDAO_CHECK((*work)->commit());
        return std::string(R"({"counted":1})");
    }
    std::int64_t counted() {
        auto work = database->begin(ports::Access::read);
        return (*work)->settings().load()->revenue_period.yyyymm;
    }
    bool finished(const ports::JobName& name) {
        const auto state = jobs->state(name);
        return state && state->finished;
    }
};

const ports::JobName kClose{{}, "round.close-202611"};
const ports::JobOrder kCloseOrder{kClose, "round.close", R"({"period":202611})"};

}  // namespace

TEST_CASE("a job that every server asks for is done once, and all of them see it") {
    each_database([](const std::string& url) {
        CAPTURE(url);
        Server one(url, "one");
        Server two(url, "two");
        std::atomic<int> runs = 0;
        for (Server* server : {&one, &two}) {
            server->jobs->define("round.close", [server, &runs](const ports::JobTask& task) {
                ++runs;
                CHECK(task.job.order.parameters == kCloseOrder.parameters);
                return server->count_once(task, 20ms);
            });
            server->jobs->every_minute([server] { (void)server->jobs->submit(kCloseOrder); });
            server->jobs->serve();
        }
        REQUIRE(eventually([&] { return one.finished(kClose) && two.finished(kClose); }));
        std::this_thread::sleep_for(300ms);  // several looks more
        CHECK(runs.load() == 1);
        CHECK(one.counted() == 1);
        for (Server* server : {&one, &two}) {
            CHECK(server->jobs->state(kClose)->outcome == R"({"counted":1})");
            CHECK_FALSE(server->jobs->state(kClose)->error);
        }
    });
}

TEST_CASE("a job whose server died is taken over, and done once") {
    each_database([](const std::string& url) {
        CAPTURE(url);
        Server two(url, "two");
        {
            // Died: took it and was heard of no more.
            const auto work = std::move(*two.database->begin(ports::Access::write));
            REQUIRE(work->jobs().add(kCloseOrder, two.clock.now()).ok());
            REQUIRE(work->jobs().take({"round.close"}, {"dead", two.clock.now(), {two.clock.now().epoch_ms + 300}}).ok());
            REQUIRE(work->commit().ok());
        }
        two.jobs->define("round.close", [&](const ports::JobTask& task) { return two.count_once(task, 0ms); });
        two.jobs->serve();
        CHECK_FALSE(two.finished(kClose));
        REQUIRE(eventually([&] { return two.finished(kClose); }));
        CHECK(two.counted() == 1);
    });
}

TEST_CASE("a server that was only slow has its work refused when another one took it") {
    each_database([](const std::string& url) {
        CAPTURE(url);
        Server slow(url, "slow", 200, 60'000);  // does not renew
        Server quick(url, "quick");
        std::atomic<int> begun = 0;
        slow.jobs->define("round.close", [&](const ports::JobTask& task) -> Result<std::string> {
            ++begun;
            std::this_thread::sleep_for(800ms);
            return slow.count_once(task, 0ms);
        });
        slow.jobs->serve();
        REQUIRE(slow.jobs->submit(kCloseOrder).ok());
        REQUIRE(eventually([&] { return begun == 1; }));
        quick.jobs->define("round.close", [&](const ports::JobTask& task) { return quick.count_once(task, 0ms); });
        quick.jobs->serve();
        REQUIRE(eventually([&] { return quick.finished(kClose); }));
        slow.jobs->stop(5000);
        CHECK(quick.counted() == 1);
        CHECK_FALSE(quick.jobs->state(kClose)->error);
    });
}

TEST_CASE("a server that stops in good order leaves its jobs to others") {
    each_database([](const std::string& url) {
        CAPTURE(url);
        Server one(url, "one", 60'000);
        Server two(url, "two", 60'000);
        std::atomic<bool> begun = false;
        one.jobs->define("round.close", [&](const ports::JobTask& task) -> Result<std::string> {
            begun = true;
            while (task.progress.report("writing", 1, 2)) std::this_thread::sleep_for(5ms);
            return Error::of("work.cancelled");
        });
        one.jobs->serve();
        REQUIRE(one.jobs->submit(kCloseOrder).ok());
        REQUIRE(eventually([&] { return begun.load(); }));
        // Told to others while it runs.
        REQUIRE(eventually([&] { return two.jobs->state(kClose)->phase == "writing"; }));
        one.jobs->stop(0);
        two.jobs->define("round.close", [&](const ports::JobTask& task) { return two.count_once(task, 0ms); });
        two.jobs->serve();
        REQUIRE(eventually([&] { return two.finished(kClose); }));
        CHECK(two.counted() == 1);
    });
}

TEST_CASE("a work of one process is seen from another server, and ends as lost when its server dies") {
    each_database([](const std::string& url) {
        CAPTURE(url);
        Server two(url, "two");
        two.jobs->serve();
        const ports::JobName name{PersonId{3}, "commit-0123456789"};
        {
            Server one(url, "one", 400);
            one.jobs->serve();
            REQUIRE(one.jobs->start(name, [](ports::Progress& progress) {
                while (progress.report("writing", 3, 4)) std::this_thread::sleep_for(5ms);
                return Status(Error::of("work.cancelled"));
            }).ok());
            REQUIRE(eventually([&] { return two.jobs->state(name) && two.jobs->state(name)->done == 3; }));
            std::this_thread::sleep_for(600ms);  // longer than the lease: it is moved on
            CHECK_FALSE(two.finished(name));
            two.jobs->cancel(name);
            REQUIRE(eventually([&] { return two.finished(name); }));
            CHECK(two.jobs->state(name)->error->code == "work.cancelled");
        }
        {
            const auto work = std::move(*two.database->begin(ports::Access::write));
            REQUIRE(work->jobs().take_own(name, "work", {"dead", two.clock.now(), {two.clock.now().epoch_ms + 200}}).ok());
            REQUIRE(work->commit().ok());
        }
        CHECK_FALSE(two.finished(name));
        REQUIRE(eventually([&] { return two.finished(name); }));
        CHECK(two.jobs->state(name)->error->code == "job.lost");
        // Asked for again, by whoever has the work.
        REQUIRE(two.jobs->start(name, [](ports::Progress&) { return done(); }).ok());
        REQUIRE(eventually([&] { return two.finished(name); }));
        CHECK_FALSE(two.jobs->state(name)->error);
    });
}
