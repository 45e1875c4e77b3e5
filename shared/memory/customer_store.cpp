#include "shared/memory/stores.hpp"

namespace qudao::memory {
namespace {

constexpr std::size_t kReportEvery = 5000;

}  // namespace

Result<CustomerColumns> CustomerStore::states(const StringColumn& codes, const Organisation& org, const Scope& scope,
                                              ports::Locking locking, ports::Progress& progress) {
    const CustomerTable& table = transaction_.state.customers;
    const std::string_view phase = locking == ports::Locking::until_commit ? "locking" : "reading";
    const auto total = static_cast<std::int64_t>(codes.size());
    CustomerColumns found;
    std::vector<bool> named(table.size(), false);
    for (std::size_t i = 0; i < codes.size(); ++i) {
        if (i % kReportEvery == 0 && !progress.report(phase, static_cast<std::int64_t>(i), total)) return Error::of("work.cancelled");
        const std::uint32_t row = table.find(codes[i]);
        if (row == kNone || named[row]) continue;
        named[row] = true;
        const UnitIndex place = org.find(UnitId{table.place[row]});
        if (!scope.covers(place)) continue;
        found.push_back(table.code[row], table.id[row], table.version[row], place, table.locked_until[row], table.has_revenue[row] != 0,
                        table.revenue_fen[row]);
    }
    if (!progress.report(phase, total, total)) return Error::of("work.cancelled");
    return found;
}

Result<std::optional<Customer>> CustomerStore::find(std::string_view code, const Scope& scope) {
    State& state = transaction_.state;
    const std::uint32_t row = state.customers.find(code);
    if (row == kNone || !state.covers(scope, state.customers.place[row])) return std::optional<Customer>();
    return std::optional(state.customers.at(row));
}

Result<std::int64_t> CustomerStore::count() { return std::int64_t{transaction_.state.customers.size()}; }

Result<std::int64_t> CustomerStore::last_id() { return transaction_.state.customers.last_id; }

Status CustomerStore::add(const std::vector<Customer>& customers) {
    CustomerTable& table = transaction_.state.customers;
    transaction_.on_rollback([&table, before = table.size(), last_id = table.last_id] {
        table.truncate(before);
        table.last_id = last_id;
    });
    for (Customer customer : customers) {
        if (table.find(customer.code) != kNone) return Error::of("customer.code_taken").with("code", customer.code);
        if (!customer.id) customer.id.value = table.last_id + 1;
        table.push_back(customer);
        // Contracts lead to their customers (row C1); the first keeps it.
        auto& contracts = transaction_.state.contracts;
        if (customer.contract.empty() || !contracts.emplace(customer.contract, customer.id.value).second) continue;
        transaction_.on_rollback([&contracts, contract = customer.contract] { contracts.erase(contract); });
    }
    return done();
}

Status CustomerStore::set_lock(CustomerId customer, Date locked_until) {
    CustomerTable& table = transaction_.state.customers;
    const std::uint32_t row = table.find(customer);
    if (row == kNone) return Error::of("customer.unknown");
    transaction_.on_rollback([&table, row, lock = table.locked_until[row], version = table.version[row]] {
        table.locked_until[row] = lock;
        table.version[row] = version;
    });
    table.locked_until[row] = locked_until;
    ++table.version[row];
    return done();
}

}  // namespace qudao::memory
