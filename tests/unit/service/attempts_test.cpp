// Attempts at a password that come while others are still being looked at.
#include <functional>

#include <catch2/catch.hpp>

#include "shared/demo/fill.hpp"
#include "shared/memory/database.hpp"
#include "shared/memory/fixed_clock.hpp"
#include "shared/memory/inline_jobs.hpp"
#include "shared/memory/plain_reference_cache.hpp"
#include "shared/memory/plain_secrets.hpp"
#include "shared/service/session_service.hpp"

using namespace qudao;

namespace {

// Looking at a password takes so long that the next attempt comes meanwhile, as often as `more` says.
class SlowSecrets final : public ports::Secrets {
public:
    std::string random_token() override { return inner.random_token(); }
    std::string token_hash(std::string_view token) override { return inner.token_hash(token); }
    Result<std::string> hash_password(std::string_view password) override { return inner.hash_password(password); }
    Result<bool> verify_password(std::string_view hash, std::string_view password) override {
        if (busy) return Error::of("secrets.busy");
        ++looked_at;
        if (more > 0) {
            --more;
            meanwhile();
        }
        return inner.verify_password(hash, password);
    }
    memory::PlainSecrets inner{1};
    std::function<void()> meanwhile;
    int more = 0;
    int looked_at = 0;
    bool busy = false;
};

}  // namespace

TEST_CASE("of many attempts at once no more are looked at than of many in turn") {
    memory::Database database;
    memory::FixedClock clock{Instant{1'795'000'000'000}};
    SlowSecrets secrets;
    memory::InlineJobs jobs;
    memory::PlainReferenceCache references;
    ports::NoProgress quiet;
    REQUIRE(demo::fill(database, secrets, {1, 100}, quiet).ok());
    const service::Services services{database, clock, secrets, jobs, references};
    int refused = 0;
    int slowed_down = 0;
    const auto guess = [&] {
        const auto opened = service::log_in(services, {"nn_query", "guess", "10.0.0.1", {}});
        REQUIRE_FALSE(opened.ok());
        (opened.error().code == "session.slow_down" ? slowed_down : refused) += 1;
    };
    secrets.meanwhile = guess;
    secrets.more = 40;
    guess();
    CHECK(secrets.looked_at == 5);
    CHECK(refused == 5);
    CHECK(slowed_down == 1);
    // When the wait is over, one more and not forty.
    clock.set(Instant{clock.now().epoch_ms + 1'001});
    secrets.more = 40;
    guess();
    CHECK(secrets.looked_at == 6);
    CHECK(slowed_down == 2);
}

TEST_CASE("an attempt that the server was too busy to look at is none; right ones count for nothing") {
    memory::Database database;
    memory::FixedClock clock{Instant{1'795'000'000'000}};
    SlowSecrets secrets;
    memory::InlineJobs jobs;
    memory::PlainReferenceCache references;
    ports::NoProgress quiet;
    REQUIRE(demo::fill(database, secrets, {1, 100}, quiet).ok());
    const service::Services services{database, clock, secrets, jobs, references};
    secrets.busy = true;
    for (int i = 0; i < 30; ++i) CHECK(service::log_in(services, {"nn_query", "demo-2026", "10.0.0.1", {}}).error().code == "secrets.busy");
    secrets.busy = false;
    // Thirty at once from one address, each right.
    secrets.more = 30;
    int opened = 0;
    const char* const logins[] = {"nn_query", "nn_public", "nn_lead", "sysadmin", "qudao_admin"};
    secrets.meanwhile = [&] { opened += service::log_in(services, {logins[secrets.more % 5], "demo-2026", "10.0.0.1", {}}).ok() ? 1 : 0; };
    CHECK(service::log_in(services, {"nn_query", "demo-2026", "10.0.0.1", {}}).ok());
    CHECK(opened >= 20);  // of five people no more than five each at once
}
