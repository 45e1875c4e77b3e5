#include <set>

#include "tests/contract/world.hpp"

namespace qudao::contract {
namespace {

ports::NoProgress no_progress;

StringColumn codes_of(const World& world) {
    StringColumn codes;
    for (const Customer& customer : world.customers) codes.push_back(customer.code);
    return codes;
}

Customer awkward_customer(const World& world, std::size_t number, const std::string& text) {
    Customer customer = world.customers.front();
    customer.id = {};
    customer.code = "0999" + std::to_string(100'000'000 + number);
    customer.name = customer.address = text;
    customer.contract = std::to_string(number);
    return customer;
}

TEST_CASE("customers come back as they went in", "[customers]") {
    const World world = make_world(60);
    const auto work = reading(*world.database);
    CHECK(must(work->customers().count()) == 60);
    int with_lock = 0;
    int without_revenue = 0;
    for (const Customer& customer : world.customers) {
        const auto found = must(work->customers().find(customer.code, world.everything()));
        REQUIRE(found);
        INFO(customer.code);
        CHECK(same(*found, customer));
        with_lock += customer.locked_until ? 1 : 0;
        without_revenue += customer.revenue_fen ? 0 : 1;
    }
    CHECK(with_lock > 0);
    CHECK(without_revenue > 0);
}

TEST_CASE("texts are kept to the byte", "[customers]") {
    const World world = make_world(12);
    std::vector<Customer> added;
    for (const std::string& text : awkward_texts()) added.push_back(awkward_customer(world, added.size(), text));
    {
        const auto work = writing(*world.database);
        must_do(work->customers().add(added));
        must_do(work->commit());
    }
    std::set<std::int64_t> ids;
    for (const Customer& customer : added) {
        const auto found = must(reading(*world.database)->customers().find(customer.code, world.everything()));
        REQUIRE(found);
        CHECK(found->name == customer.name);
        CHECK(found->address == customer.address);
        CHECK(found->id.value > 12);
        ids.insert(found->id.value);
    }
    CHECK(ids.size() == added.size());
}

TEST_CASE("extreme numbers and dates are kept", "[customers]") {
    const World world = make_world(12);
    Customer customer = awkward_customer(world, 1, "极端");
    customer.id = {4'000'000'000};
    customer.revenue_fen = 9'007'199'254'740'993;  // does not fit a double
    customer.installed_on = make_date(1900, 1, 1);
    customer.locked_until = make_date(9999, 12, 31);
    Customer negative = awkward_customer(world, 2, "负数");
    negative.revenue_fen = -123;
    Customer zero = awkward_customer(world, 3, "零");
    zero.revenue_fen = 0;
    {
        const auto work = writing(*world.database);
        must_do(work->customers().add({customer, negative, zero}));
        must_do(work->commit());
    }
    const auto work = reading(*world.database);
    CHECK(same(*must(work->customers().find(customer.code, world.everything())), customer));
    CHECK(must(work->customers().find(negative.code, world.everything()))->revenue_fen == -123);
    CHECK(must(work->customers().find(zero.code, world.everything()))->revenue_fen == 0);
}

TEST_CASE("no customer is found outside the scope", "[customers][leaks]") {
    const World world = make_world(60);
    const auto work = reading(*world.database);
    for (const auto& [shape, scope] : scopes_of_every_shape(world)) {
        INFO(shape);
        const CustomerColumns states =
            must(work->customers().states(codes_of(world), world.org, scope, ports::Locking::none, no_progress));
        std::set<std::string> seen;
        for (std::size_t i = 0; i < states.size(); ++i) seen.emplace(states.code[i]);
        CHECK(seen.size() == states.size());
        for (const Customer& customer : world.customers) {
            const bool expected = scope.covers(world.org.find(customer.place));
            INFO(customer.code << " in " << world.org.unit(world.org.find(customer.place)).code);
            CHECK(must(work->customers().find(customer.code, scope)).has_value() == expected);
            CHECK((seen.count(customer.code) == 1) == expected);
        }
    }
}

TEST_CASE("states name id, version, place, lock and revenue", "[customers]") {
    const World world = make_world(60);
    for (const auto locking : {ports::Locking::none, ports::Locking::until_commit}) {
        const auto work = writing(*world.database);
        const CustomerColumns states = must(work->customers().states(codes_of(world), world.org, world.everything(), locking, no_progress));
        REQUIRE(states.size() == world.customers.size());
        for (std::size_t i = 0; i < states.size(); ++i) {
            const Customer& customer = world.customer(states.code[i]);
            CHECK(states.id[i] == customer.id.value);
            CHECK(states.version[i] == customer.version);
            CHECK(world.org.unit(states.place[i]).id == customer.place);
            CHECK(states.locked_until[i] == customer.locked_until);
            CHECK((states.has_revenue[i] != 0) == customer.revenue_fen.has_value());
            CHECK(states.revenue_fen[i] == customer.revenue_fen.value_or(0));
        }
    }
}

TEST_CASE("codes asked for twice come once, unknown and strange ones not at all", "[customers]") {
    const World world = make_world(12);
    StringColumn codes;
    for (int round = 0; round < 3; ++round)
        for (const Customer& customer : world.customers) codes.push_back(customer.code);
    for (const std::string& text : awkward_texts()) codes.push_back(text);
    codes.push_back("");
    codes.push_back(world.customers[0].code + " ");
    const auto work = reading(*world.database);
    CHECK(must(work->customers().states(codes, world.org, world.everything(), ports::Locking::none, no_progress)).size() == 12);
    CHECK(must(work->customers().states({}, world.org, world.everything(), ports::Locking::none, no_progress)).size() == 0);
    CHECK_FALSE(must(work->customers().find(world.customers[0].code + " ", world.everything())).has_value());
}

TEST_CASE("more codes than one request of the store takes, of which most are unknown", "[customers]") {
    const World world = make_world(60);
    StringColumn codes;
    for (std::int64_t i = 0; i < 12'000; ++i) codes.push_back(i % 200 == 0 ? world.customers[static_cast<std::size_t>(i / 200)].code : "0888" + std::to_string(100'000'000 + i));
    const auto work = writing(*world.database);
    CHECK(must(work->customers().states(codes, world.org, world.everything(), ports::Locking::until_commit, no_progress)).size() == 60);
    StopAt at_once(1);
    CHECK(code_of_error(work->customers().states(codes, world.org, world.everything(), ports::Locking::none, at_once)) == "work.cancelled");
}

TEST_CASE("a customer code is there once", "[customers]") {
    const World world = make_world(12);
    {
        const auto work = writing(*world.database);
        Customer again = awkward_customer(world, 1, "重复");
        again.code = world.customers[3].code;
        const Status status = work->customers().add({awkward_customer(world, 2, "新"), again});
        REQUIRE_FALSE(status.ok());
        CHECK(status.error().code == "customer.code_taken");
        CHECK(status.error().param("code") == again.code);
    }
    CHECK(must(reading(*world.database)->customers().count()) == 12);
}

TEST_CASE("a lock is set and lifted, and bumps the version", "[customers]") {
    const World world = make_world(12);
    const Customer& customer = world.customers[2];
    const auto set = [&](Date until, bool commit) {
        const auto work = writing(*world.database);
        must_do(work->customers().set_lock(customer.id, until));
        if (commit) must_do(work->commit());
    };
    const auto now = [&] { return *must(reading(*world.database)->customers().find(customer.code, world.everything())); };
    set(make_date(2027, 5, 1), false);
    CHECK(same(now(), customer));
    set(make_date(2027, 5, 1), true);
    CHECK(now().locked_until == make_date(2027, 5, 1));
    CHECK(now().version == customer.version + 1);
    set(kNoDate, true);
    CHECK_FALSE(now().locked_until);
    CHECK(now().version == customer.version + 2);
    CHECK(code_of_error(writing(*world.database)->customers().set_lock({987'654}, kNoDate)) == "customer.unknown");
}

}  // namespace
}  // namespace qudao::contract
