#include "tests/contract/world.hpp"

namespace qudao::contract {
namespace {

ports::Session session_of(const World& world, const std::string& token, std::int64_t seen_ms) {
    return {token, world.person("nn_query"), "csrf-" + token, Instant{1'000}, Instant{seen_ms}};
}

TEST_CASE("a session is kept, touched and removed", "[sessions]") {
    const World world = make_world(12);
    {
        const auto work = writing(*world.database);
        must_do(work->sessions().add(session_of(world, "token-a", 2'000'000'000'123)));
        must_do(work->commit());
    }
    const auto find = [&](std::string_view token) { return must(reading(*world.database)->sessions().find(token)); };
    const auto found = find("token-a");
    REQUIRE(found);
    CHECK(found->person == world.person("nn_query"));
    CHECK(found->csrf_token == "csrf-token-a");
    CHECK(found->created_at == Instant{1'000});
    CHECK(found->seen_at == Instant{2'000'000'000'123});
    CHECK_FALSE(find("TOKEN-A").has_value());
    CHECK_FALSE(find("token-a ").has_value());
    {
        const auto work = writing(*world.database);
        must_do(work->sessions().touch("token-a", Instant{2'000'000'000'999}));
        must_do(work->sessions().touch("unknown", Instant{5}));
        must_do(work->commit());
    }
    CHECK(find("token-a")->seen_at == Instant{2'000'000'000'999});
    {
        const auto work = writing(*world.database);
        must_do(work->sessions().remove("token-a"));
        must_do(work->sessions().remove("unknown"));
    }
    CHECK(find("token-a").has_value());
    {
        const auto work = writing(*world.database);
        must_do(work->sessions().remove("token-a"));
        must_do(work->commit());
    }
    CHECK_FALSE(find("token-a").has_value());
}

TEST_CASE("sessions not seen for long are removed, those at the limit stay", "[sessions]") {
    const World world = make_world(12);
    const auto work = writing(*world.database);
    for (const std::int64_t seen_ms : {100, 200, 300}) must_do(work->sessions().add(session_of(world, std::to_string(seen_ms), seen_ms)));
    must_do(work->sessions().remove_seen_before(Instant{200}));
    CHECK_FALSE(must(work->sessions().find("100")).has_value());
    CHECK(must(work->sessions().find("200")).has_value());
    CHECK(must(work->sessions().find("300")).has_value());
}

TEST_CASE("failed log-ins are counted by key", "[sessions]") {
    const auto database = backend().make();
    const auto record = [&](std::string_view key, std::int64_t at_ms) {
        const auto work = writing(*database);
        const auto before = must(work->sessions().record_failure(key, Instant{at_ms}, Instant{at_ms - 3'600'000}));
        must_do(work->commit());
        return before.count;
    };
    const auto failures = [&](std::string_view key) { return must(reading(*database)->sessions().failures(key)); };
    CHECK(failures("login:甲").count == 0);
    record("login:甲", 1'700'000'000'000);
    record("login:甲", 1'700'000'000'500);
    record("address:::1", 7);
    CHECK(failures("login:甲").count == 2);
    CHECK(failures("login:甲").last_at == Instant{1'700'000'000'500});
    CHECK(failures("address:::1").count == 1);
    {
        const auto work = writing(*database);
        must_do(work->sessions().clear_failures("login:甲"));
        must_do(work->sessions().clear_failures("login:unknown"));
        must_do(work->commit());
    }
    CHECK(failures("login:甲").count == 0);
    CHECK(failures("address:::1").count == 1);
}

TEST_CASE("failed log-ins are forgotten, and what is old is swept", "[sessions]") {
    const auto database = backend().make();
    constexpr std::int64_t kHour = 3'600'000;
    const auto record = [&](std::string_view key, std::int64_t at_ms) {
        const auto work = writing(*database);
        const auto before = must(work->sessions().record_failure(key, Instant{at_ms}, Instant{at_ms - kHour}));
        must_do(work->commit());
        return before.count;
    };
    const auto count = [&](std::string_view key) { return must(reading(*database)->sessions().failures(key)).count; };
    for (int i = 0; i < 30; ++i) CHECK(record("address:1", 10 * kHour + i) == i);
    CHECK(record("address:1", 11 * kHour + 29) == 30);  // an hour after the last: not before it
    CHECK(count("address:1") == 31);
    CHECK(record("address:1", 12 * kHour + 30) == 31);  // longer: the first again
    CHECK(count("address:1") == 1);
    record("address:2", 3 * kHour);
    {
        const auto work = writing(*database);
        must_do(work->sessions().take_back_failure("address:1"));
        must_do(work->sessions().take_back_failure("address:1"));
        must_do(work->sessions().take_back_failure("nobody"));
        must_do(work->sessions().keep_until("known:1", Instant{90 * kHour}));
        must_do(work->sessions().keep_until("known:1", Instant{91 * kHour}));
        must_do(work->sessions().remove_failures_before(Instant{12 * kHour + 30}));
        must_do(work->commit());
    }
    CHECK(count("address:1") == 0);
    CHECK(count("nobody") == 0);
    const auto at = [&](std::string_view key) { return must(reading(*database)->sessions().failures(key)).last_at.epoch_ms; };
    CHECK(at("address:1") == 12 * kHour + 30);
    CHECK(at("address:2") == 0);
    CHECK(at("known:1") == 91 * kHour);
    {
        const auto work = writing(*database);
        must_do(work->sessions().remove_failures_before(Instant{100 * kHour}));
    }
    CHECK(at("known:1") == 91 * kHour);
}

TEST_CASE("sessions roll back", "[sessions]") {
    const World world = make_world(12);
    {
        const auto work = writing(*world.database);
        must_do(work->sessions().add(session_of(world, "kept", 10)));
        must_do(work->commit());
    }
    {
        const auto work = writing(*world.database);
        must_do(work->sessions().add(session_of(world, "lost", 10)));
        must_do(work->sessions().remove_seen_before(Instant{1'000}));
        (void)must(work->sessions().record_failure("login:x", Instant{1}, Instant{0}));
    }
    const auto work = reading(*world.database);
    CHECK(must(work->sessions().find("kept")).has_value());
    CHECK_FALSE(must(work->sessions().find("lost")).has_value());
    CHECK(must(work->sessions().failures("login:x")).count == 0);
}

}  // namespace
}  // namespace qudao::contract
