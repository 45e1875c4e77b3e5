#include <atomic>
#include <chrono>
#include <thread>

#include "tests/contract/world.hpp"

namespace qudao::contract {
namespace {

Customer extra_customer(const World& world) {
    Customer customer = world.customers.front();
    customer.id = {};
    customer.code = "0999123456789";
    return customer;
}

TEST_CASE("what is not committed is gone", "[transactions]") {
    const World world = make_world(12);
    const auto count = [&] { return must(reading(*world.database)->customers().count()); };
    {
        const auto work = writing(*world.database);
        must_do(work->customers().add({extra_customer(world)}));
        CHECK(must(work->customers().count()) == 13);
    }
    CHECK(count() == 12);
    {
        const auto work = writing(*world.database);
        must_do(work->customers().add({extra_customer(world)}));
        must_do(work->commit());
    }
    CHECK(count() == 13);
}

TEST_CASE("units of work follow one another without end", "[transactions]") {
    const World world = make_world(12);
    for (int round = 0; round < 50; ++round) {
        const auto work = writing(*world.database);
        must_do(work->settings().bump_units());
        if (round % 2 == 0) must_do(work->commit());
    }
    const Basis before = must(reading(*world.database)->settings().load()).basis;
    CHECK(before.number >= 25);
}

#ifndef __EMSCRIPTEN__

TEST_CASE("readers do not wait for a writer and see nothing of it before it commits", "[transactions]") {
    const World world = make_world(12);
    if (!backend().traits.concurrent) {
        const auto work = writing(*world.database);
        CHECK(code_of_error(world.database->begin(ports::Access::read)) == "database.busy");
        CHECK(code_of_error(world.database->begin(ports::Access::write)) == "database.busy");
        return;
    }
    const auto writer = writing(*world.database);
    must_do(writer->customers().add({extra_customer(world)}));
    CHECK(must(reading(*world.database)->customers().count()) == 12);
    must_do(writer->commit());
    CHECK(must(reading(*world.database)->customers().count()) == 13);
}

TEST_CASE("a reader keeps what it saw first", "[transactions]") {
    if (!backend().traits.snapshot_reads) return;
    const World world = make_world(12);
    const auto reader = reading(*world.database);
    CHECK(must(reader->customers().count()) == 12);
    {
        const auto writer = writing(*world.database);
        must_do(writer->customers().add({extra_customer(world)}));
        must_do(writer->commit());
    }
    CHECK(must(reader->customers().count()) == 12);
    CHECK_FALSE(must(reader->customers().find("0999123456789", world.everything())).has_value());
    CHECK(must(reading(*world.database)->customers().count()) == 13);
}

TEST_CASE("two that want one key: the second waits and is told what the first did", "[transactions]") {
    if (!backend().traits.concurrent) return;
    const World world = make_world(12);
    const ports::Outcome claim{world.person("qudao_admin"), "key-of-two-0001", "digest", ""};
    std::atomic<bool> claimed{false};
    std::optional<ports::Outcome> seen;
    std::string failure;
    auto first = writing(*world.database);
    REQUIRE_FALSE(must(first->moves().claim(claim)).has_value());
    std::thread second([&] {
        auto begun = world.database->begin(ports::Access::write);
        if (!begun) {
            failure = begun.error().code;
            return;
        }
        auto answer = (*begun)->moves().claim(claim);
        claimed = true;
        if (answer) seen = *answer;
        else failure = answer.error().code;
    });
    std::this_thread::sleep_for(std::chrono::milliseconds(150));
    CHECK_FALSE(claimed.load());
    ports::Outcome settled = claim;
    settled.body = "42";
    must_do(first->moves().settle(settled));
    must_do(first->commit());
    first.reset();
    second.join();
    CHECK(failure == "");
    REQUIRE(seen);
    CHECK(seen->body == "42");
}

TEST_CASE("rights do not change under a commit", "[transactions]") {
    if (!backend().traits.concurrent) return;
    const World world = make_world(12);
    auto commit = writing(*world.database);
    const Basis held = must(commit->settings().load_for_share()).basis;
    std::atomic<bool> changed{false};
    std::atomic<bool> failed{false};
    std::thread administrator([&] {
        auto begun = world.database->begin(ports::Access::write);
        failed = !begun || !(*begun)->settings().bump_rights() || !(*begun)->commit();
        changed = true;
    });
    std::this_thread::sleep_for(std::chrono::milliseconds(150));
    CHECK_FALSE(changed.load());
    CHECK(must(commit->settings().load()).basis == held);
    must_do(commit->commit());
    commit.reset();
    administrator.join();
    CHECK_FALSE(failed.load());
    CHECK(must(reading(*world.database)->settings().load()).basis.rights_version == held.rights_version + 1);
}

TEST_CASE("two writers that touch one customer follow one another", "[transactions]") {
    if (!backend().traits.concurrent) return;
    const World world = make_world(12);
    std::atomic<int> failures{0};
    const auto bump = [&] {
        for (int round = 0; round < 20; ++round) {
            auto begun = world.database->begin(ports::Access::write);
            if (!begun || !(*begun)->customers().set_lock(world.customers[0].id, make_date(2027, 1, 1)) || !(*begun)->commit()) ++failures;
        }
    };
    std::thread one(bump);
    std::thread two(bump);
    one.join();
    two.join();
    CHECK(failures.load() == 0);
    CHECK(must(reading(*world.database)->customers().find(world.customers[0].code, world.everything()))->version == world.customers[0].version + 40);
}

#endif

}  // namespace
}  // namespace qudao::contract
