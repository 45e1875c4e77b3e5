#include "shared/memory/state.hpp"

#include <algorithm>
#include <cassert>

#include "shared/base/pinyin.hpp"
#include "shared/base/text.hpp"
#include "shared/memory/feed_store.hpp"

namespace qudao::memory {

std::uint32_t CustomerTable::find(std::string_view customer_code) const {
    const auto it = by_code.find(customer_code);
    return it == by_code.end() ? kNone : it->second;
}

std::uint32_t CustomerTable::find(CustomerId customer) const {
    const auto it = by_id.find(customer.value);
    return it == by_id.end() ? kNone : it->second;
}

void CustomerTable::push_back(const Customer& customer) {
    const std::uint32_t row = size();
    by_id.emplace(customer.id.value, row);
    by_code.emplace(customer.code, row);
    last_id = std::max(last_id, customer.id.value);
    id.push_back(customer.id.value);
    code.push_back(customer.code);
    name.push_back(customer.name);
    name_key.push_back(qudao::name_key(customer.name));
    initials.push_back(name_initials(customer.name));
    contract.push_back(customer.contract);
    address.push_back(customer.address);
    place.push_back(customer.place.value);
    statistical.push_back(customer.statistical.value);
    installed_on.push_back(customer.installed_on);
    has_revenue.push_back(customer.revenue_fen ? 1 : 0);
    revenue_fen.push_back(customer.revenue_fen.value_or(0));
    version.push_back(customer.version);
    locked_until.push_back(customer.locked_until);
    new_in.push_back(customer.new_in.yyyymm);
    last_adjustment.push_back(kNone);
}

void CustomerTable::truncate(std::uint32_t rows) {
    for (std::uint32_t row = rows; row < size(); ++row) {
        by_id.erase(id[row]);
        by_code.erase(by_code.find(code[row]));
    }
    for (StringColumn* column : {&code, &name, &name_key, &initials, &contract, &address}) column->truncate(rows);
    for (auto* column : {&id, &place, &statistical}) column->resize(rows);
    for (auto* column : {&installed_on, &locked_until}) column->resize(rows);
    revenue_fen.resize(rows);
    has_revenue.resize(rows);
    version.resize(rows);
    new_in.resize(rows);
    last_adjustment.resize(rows);
}

Customer CustomerTable::at(std::uint32_t row) const {
    Customer customer;
    customer.id = {id[row]};
    customer.code = code[row];
    customer.name = name[row];
    customer.contract = contract[row];
    customer.address = address[row];
    customer.place = {place[row]};
    customer.statistical = {statistical[row]};
    customer.installed_on = installed_on[row];
    if (has_revenue[row] != 0) customer.revenue_fen = revenue_fen[row];
    customer.version = version[row];
    customer.locked_until = locked_until[row];
    customer.new_in = {new_in[row]};
    return customer;
}

void AdjustmentTable::truncate(std::uint32_t rows) {
    for (auto* column : {&batch, &customer, &row_number, &previous}) column->resize(rows);
    for (auto* column : {&from, &to}) column->resize(rows);
    version.resize(rows);
    note.truncate(rows);
}

State::State() : feeds(std::make_unique<FeedTables>()) {}
State::~State() = default;

const Organisation& State::index() {
    if (!indexed) {
        auto built = Organisation::build(organisation.channels, organisation.units);
        indexed = std::make_shared<const Organisation>(built ? std::move(built).value() : Organisation{});
    }
    return *indexed;
}

const StoredRoundCustomer* State::find_gathered(std::int32_t period, std::uint32_t customer) const {
    const auto it = std::lower_bound(round_customers.begin(), round_customers.end(), std::pair(period, customer),
                                     [](const StoredRoundCustomer& row, const auto& key) { return std::pair(row.period, row.customer) < key; });
    return it != round_customers.end() && it->period == period && it->customer == customer ? &*it : nullptr;
}

bool State::covers_any_end(const Scope& scope, const StoredBatch& batch) {
    for (std::uint32_t row = batch.first_adjustment; row < batch.end_adjustment; ++row)
        if (covers_an_end(scope, row)) return true;
    return false;
}

ports::Batch State::as_seen(const StoredBatch& stored, PersonId actor, const Scope& view) {
    ports::Batch batch = stored.batch;
    if (batch.person == actor || view.whole()) return batch;
    batch.moved = 0;
    for (std::uint32_t row = stored.first_adjustment; row < stored.end_adjustment; ++row) batch.moved += covers_an_end(view, row) ? 1 : 0;
    batch.rows = batch.moved;
    batch.unchanged = 0;
    batch.kept = 0;
    return batch;
}

Transaction::Transaction(State& database_state, ports::Access access)
    : state(database_state), writes_(access == ports::Access::write) {
    if (writes_) state.being_written = true;
}

Transaction::~Transaction() {
    if (ended_) return;
    for (auto step = steps_.rbegin(); step != steps_.rend(); ++step) (*step)();
    if (writes_) state.being_written = false;
}

void Transaction::on_rollback(std::function<void()> step) {
    assert(writes_ && !ended_);
    steps_.push_back(std::move(step));
}

void Transaction::commit() {
    assert(!ended_);
    ended_ = true;
    steps_.clear();
    if (writes_) state.being_written = false;
}

}  // namespace qudao::memory
