// A database filled with a small demonstration, what is known to be in it, and short ways to begin, expect and compare.
#pragma once

#include <catch2/catch.hpp>
#include <memory>
#include <string>
#include <vector>

#include "shared/demo/demo.hpp"
#include "tests/contract/suite.hpp"

namespace qudao::contract {

// The value, or the test fails with what went wrong.
template <class T>
T must(Result<T> result) {
    if (!result) {
        INFO(result.error().code << ' ' << result.error().detail);
        FAIL("unexpected error");
    }
    return std::move(result).value();
}
inline void must_do(Status status) { must(std::move(status)); }
template <class T>
std::string code_of_error(const Result<T>& result) {
    return result.ok() ? std::string("no error") : result.error().code;
}

std::unique_ptr<ports::UnitOfWork> reading(ports::Database& database);
std::unique_ptr<ports::UnitOfWork> writing(ports::Database& database);

struct World {
    demo::Options options;
    ports::OrganisationRecords records;
    Organisation org;
    std::vector<Role> roles;
    demo::Staff staff;
    std::vector<Customer> customers;  // as stored at first, by id
    std::unique_ptr<ports::Database> database;

    UnitId unit(std::string_view code) const { return org.unit(org.find(code)).id; }
    PersonId person(std::string_view login) const;
    Scope scope(std::string_view login, Action action = Action::view_customer) const;
    Scope everything() const;
    const Customer& customer(std::string_view code) const;
};
World make_world(std::int64_t customers, bool filled = true);

// Scopes of every shape: none, all, one unit of either tree, channels of a branch, several terms, overlapping ones.
std::vector<std::pair<std::string, Scope>> scopes_of_every_shape(const World& world);

// Texts that databases like to change.
const std::vector<std::string>& awkward_texts();

bool same(const Customer& a, const Customer& b);
bool same(const ports::Batch& a, const ports::Batch& b);

// One that stops the work at the given report, counted from 1.
class StopAt final : public ports::Progress {
public:
    explicit StopAt(int report_number) : left_(report_number) {}
    bool report(std::string_view, std::int64_t, std::int64_t) override { return --left_ > 0; }

private:
    int left_;
};

// Makes and applies batches through the store, without a service.
struct Move {
    std::int64_t customer = 0;
    std::int32_t version = 1;
    UnitId from;
    UnitId to;
    std::string note;
};
ports::Moves moves_of(const std::vector<Move>& list);
std::vector<ports::Handover> handovers_of(const ports::Moves& moves);
ports::Batch batch_by(PersonId person, Instant at, std::int64_t rows);

// The seed of random tests: QUDAO_TEST_SEED, else a new one every run; printed.
std::uint64_t test_seed();

}  // namespace qudao::contract
