// Demonstration data, made from a seed and a size: the same bytes natively and in WASM. Guangxi's local networks, area
// codes and Nanning's districts are real; every other name, number and address is invented. Customers are made one by one
// from their number, so that two million never lie in memory at once.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/date.hpp"
#include "shared/domain/customer.hpp"
#include "shared/domain/rights.hpp"
#include "shared/ports/organisation_store.hpp"

namespace qudao::demo {

inline constexpr std::int64_t kFewestCustomers = 12;
inline constexpr std::int64_t kMostCustomers = 2'000'000;
inline constexpr std::int64_t kMostSandboxCustomers = 20'000;
inline constexpr std::string_view kPassword = "demo-2026";  // of every account of a demonstration; printed, no secret
inline constexpr Period kRevenuePeriod{202610};
Date demo_day();  // 2026-11-18, inside the window of 9 November to 3 December

struct Options {
    std::uint64_t seed = 20261118;
    std::int64_t customers = 20'000;
};
Status check(const Options& options);  // demo.size with `least` and `most`

// About 80 units for a dozen customers, some 7,000 for a million. Always there: 城东二片1社区 (450103GZ0201).
ports::OrganisationRecords organisation(const Options& options);

std::vector<Role> roles();  // standard_roles(): ids 1..17, an account for each

// One account of each kind, to be printed.
struct Account {
    std::string login;
    std::string name;
    std::string role;  // as the role is named
    std::string unit;  // as the unit is named
};
struct Staff {
    std::vector<Person> persons;  // with ids
    std::vector<Grant> grants;
    std::vector<Account> accounts;
};
// The printed accounts; a channel administrator per local network and channel; a lead per team; a manager per community.
Staff staff(const Options& options, const ports::OrganisationRecords& records);

}  // namespace qudao::demo
