// Imports cut off, and a worker that is gone, over every store.
#include "tests/contract/feeds_world.hpp"

namespace qudao::contract {
namespace {

// Stops as a killed program would: by leaving, with nothing tidied up, at one of the transactions.
struct Killed {};
class KilledDatabase final : public ports::Database {
public:
    KilledDatabase(ports::Database& database, int begins) : database_(database), left_(begins) {}
    Result<std::unique_ptr<ports::UnitOfWork>> begin(ports::Access access) override {
        if (left_-- == 0) throw Killed{};
        return database_.begin(access);
    }

private:
    ports::Database& database_;
    int left_;
};

TEST_CASE("feeds: uploads that nobody finishes go, the oldest of a person's first") {
    Feeds feeds;
    const Instant now = feeds.clock.now();
    const PersonId one = feeds.world.person("qudao_admin");
    const PersonId other = feeds.world.person("sysadmin");
    std::vector<FeedRunId> ids;
    const auto begin = [&](PersonId person, std::int64_t hours_ago) {
        const auto work = writing(*feeds.world.database);
        ports::FeedRun run;
        run.state = FeedState::received;
        run.person = person;
        run.started_at = run.seen_at = Instant{now.epoch_ms - hours_ago * 3'600'000};
        ids.push_back(must(work->feeds().add(run)));
        must_do(work->feeds().add_part(ids.back(), 0, "x"));
        must_do(work->commit());
    };
    for (const std::int64_t hours : {30, 23, 5, 4, 3, 2}) begin(one, hours);
    begin(other, 23);
    {
        const auto work = writing(*feeds.world.database);
        REQUIRE(must(work->feeds().waiting()).size() == 7);
        must_do(service::drop_abandoned_uploads(*work, one, now));
        must_do(work->commit());
    }
    const auto work = reading(*feeds.world.database);
    std::vector<FeedRunId> left;
    for (const ports::FeedRun& run : must(work->feeds().waiting())) left.push_back(run.id);
    CHECK(left == std::vector<FeedRunId>{ids[3], ids[4], ids[5], ids[6]});  // three of the one's, and the fourth is to come
    for (std::size_t i = 0; i < ids.size(); ++i) {
        CHECK(must(work->feeds().part(ids[i], 0)).has_value() == (i > 2));
        CHECK(must(work->feeds().find(ids[i]))->error_code == (i > 2 ? "" : "feed.abandoned"));
    }
}

}  // namespace

TEST_CASE("feeds: cut off at any transaction, another worker finishes: nothing twice, nothing lost") {
    std::vector<std::string> rows;
    Feeds whole;
    for (int i = 0; i < 9; ++i)
        rows.push_back("0771200000" + std::to_string(i) + "|客户|地址|在用|48000000000" + std::to_string(i / 2) + "|450103|2026-11-17|T-GJ00" + std::to_string(i % 4));
    const std::string text = subscribers_file(rows);
    const ports::FeedCounts counts = must(whole.import(Kind::subscribers, text)).run.counts;
    const std::string expected = picture(whole);
    for (int begins = 0;; ++begins) {
        Feeds feeds;
        KilledDatabase killed(*feeds.world.database, begins);
        feed::TextSource source(text);
        bool finished = false;
        try {
            finished = service::import_feed({killed, feeds.clock}, source, {Kind::subscribers, "test.txt", PersonId{}, FeedRunId{}}, feeds.quiet, feeds.limits).ok();
        } catch (const Killed&) {
        }
        INFO("cut off at transaction " << begins);
        if (!finished) {
            auto again = feeds.import(Kind::subscribers, text);
            if (!again) {
                CHECK(again.error().code == "feed.busy");  // until the lease has run out
                feeds.clock.set({feeds.clock.now().epoch_ms + 31'000});
                again = feeds.import(Kind::subscribers, text);
            }
            CHECK(must(std::move(again)).run.counts == counts);
        }
        REQUIRE(picture(feeds) == expected);
        auto work = reading(*feeds.world.database);
        CHECK(must(work->feeds().under_way(Kind::subscribers)).empty());
        for (const ports::FeedRun& run : must(work->feeds().list(Kind::subscribers, FeedRunId{}, 10))) CHECK(must(work->feeds().staged_subscribers(run.id, "", 1)).size() == 0);
        if (finished) break;
    }
}

TEST_CASE("feeds: an upload cut off at any transaction goes on at once when its job is taken over") {
    Feeds whole;
    std::vector<std::string> rows = morning(whole);
    for (int i = 0; i < 6; ++i) rows.push_back("0771300000" + std::to_string(i) + "|客户|地址|在用|49000000000" + std::to_string(i / 2) + "|450103||");
    const std::string text = subscribers_file(rows);
    const ports::FeedCounts counts = must(whole.import(Kind::subscribers, text)).run.counts;
    const std::string expected = picture(whole);
    for (int begins = 0;; ++begins) {
        Feeds feeds;
        auto work = writing(*feeds.world.database);
        ports::FeedRun run;
        run.state = FeedState::received;
        run.bytes = static_cast<std::int64_t>(text.size());
        run.id = must(work->feeds().add(run));
        must_do(work->feeds().add_part(run.id, 0, text));
        must_do(work->commit());
        work.reset();
        KilledDatabase killed(*feeds.world.database, begins);
        bool finished = false;
        try {
            finished = service::import_upload({killed, feeds.clock}, run.id, feeds.quiet, feeds.limits).ok();
        } catch (const Killed&) {
        }
        INFO("cut off at transaction " << begins);
        CHECK(must(service::import_upload(feeds.tools(), run.id, feeds.quiet, feeds.limits)).run.counts == counts);
        REQUIRE(picture(feeds) == expected);
        if (finished) break;
    }
}

TEST_CASE("feeds: a worker that was thought gone can write no more") {
    Feeds feeds;
    auto work = writing(*feeds.world.database);
    ports::FeedRun run;
    run.head.day = make_date(2026, 11, 18);
    run.head.source = "billing";
    run.id = must(work->feeds().add(run));
    ports::FeedRun taken = run;
    must_do(work->feeds().take_over(taken));
    CHECK(taken.attempt == 2);
    CHECK(code_of_error(work->feeds().save(run)) == "feed.taken_over");
    must_do(work->feeds().save(taken));
    must_do(work->commit());
}

TEST_CASE("feeds: an upload's parts are read as one file and are gone when it is over") {
    Feeds feeds;
    const std::string text = subscribers_file(morning(feeds));
    auto work = writing(*feeds.world.database);
    ports::FeedRun run;
    run.state = FeedState::received;
    run.head.source = "";
    run.id = must(work->feeds().add(run));
    for (std::size_t at = 0, part = 0; at < text.size(); at += 100, ++part)
        must_do(work->feeds().add_part(run.id, static_cast<std::int32_t>(part), text.substr(at, 100)));
    must_do(work->commit());
    work.reset();
    const FeedOutcome outcome = must(service::import_upload(feeds.tools(), run.id, feeds.quiet, feeds.limits));
    CHECK(outcome.run.id == run.id);
    CHECK(outcome.run.counts.fresh == 5);
    CHECK_FALSE(must(reading(*feeds.world.database)->feeds().part(run.id, 0)));
    CHECK(must(service::import_upload(feeds.tools(), run.id, feeds.quiet, feeds.limits)).run.counts == outcome.run.counts);
    CHECK(code_of_error(service::import_upload(feeds.tools(), FeedRunId{99}, feeds.quiet)) == "feed.unknown_upload");
}

}  // namespace qudao::contract
