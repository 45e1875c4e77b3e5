#include <algorithm>
#include <set>

#include "shared/memory/stores.hpp"

namespace qudao::memory {
namespace {

constexpr std::size_t kMostEvents = 200;

auto key_of(const StoredRoundCustomer& row) { return std::pair(row.period, row.customer); }
auto key_of(const StoredRoundMark& row) { return std::tuple(row.period, row.customer, row.channel); }

template <class Row>
void sort_rows(std::vector<Row>& rows) {
    std::sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) { return key_of(a) < key_of(b); });
}

// A copy of a table, given back changed, so that a rollback finds what was.
template <class T, class Edit>
void edit(Transaction& transaction, T& table, Edit edit_copy) {
    T copy = table;
    edit_copy(copy);
    change(transaction, table, std::move(copy));
}

}  // namespace

bool RoundStore::is_pool(std::uint32_t customer) {
    State& state = transaction_.state;
    const UnitIndex unit = state.index().find(UnitId{state.customers.place[customer]});
    return unit != kNoUnit && state.index().unit(unit).kind == UnitKind::pool;
}

Result<ports::Round> RoundStore::load(Period period, ports::Locking) {
    const auto& rounds = transaction_.state.rounds;
    const auto it = rounds.find(period.yyyymm);
    if (it != rounds.end()) return it->second;
    ports::Round round;
    round.period = period;
    return round;
}

Result<std::vector<ports::Round>> RoundStore::all() {
    std::vector<ports::Round> all;
    const auto& rounds = transaction_.state.rounds;
    for (auto it = rounds.rbegin(); it != rounds.rend(); ++it)
        if (it->second.phase != RoundPhase::waiting) all.push_back(it->second);
    return all;
}

Result<std::optional<Period>> RoundStore::of_stage_1(BatchId batch) {
    for (const auto& [period, round] : transaction_.state.rounds)
        if (batch && round.stage_1_batch == batch) return std::optional(Period{period});
    return std::optional<Period>();
}

Status RoundStore::save(const ports::Round& round) {
    edit(transaction_, transaction_.state.rounds, [&](auto& rounds) { rounds[round.period.yyyymm] = round; });
    return done();
}

Result<std::vector<ports::RoundDepartment>> RoundStore::departments(Period period, const Scope& view) {
    State& state = transaction_.state;
    std::vector<ports::RoundDepartment> departments;
    for (const auto& [key, department] : state.round_departments) {
        if (key.first != period.yyyymm) continue;
        departments.push_back(department);
        for (const StoredRoundMark& mark : state.round_marks) {
            if (mark.period != period.yyyymm || mark.channel != department.channel.value || !state.covers(view, mark.unit)) continue;
            ++departments.back().given;
            departments.back().claims += mark.claimed ? 1 : 0;
        }
    }
    return departments;
}

Status RoundStore::save_department(Period period, const ports::RoundDepartment& department) {
    edit(transaction_, transaction_.state.round_departments, [&](auto& all) { all[{period.yyyymm, department.channel.value}] = department; });
    return done();
}

Result<std::vector<ports::RoundEvent>> RoundStore::events(Period period) {
    std::vector<ports::RoundEvent> events;
    const auto& all = transaction_.state.round_events;
    for (auto it = all.rbegin(); it != all.rend() && events.size() < kMostEvents; ++it)
        if (it->period == period) events.push_back(*it);
    return events;
}

Status RoundStore::add_event(const ports::RoundEvent& event) {
    auto& events = transaction_.state.round_events;
    transaction_.on_rollback([&events, before = events.size()] { events.resize(before); });
    events.push_back(event);
    return done();
}

Result<std::int64_t> RoundStore::gather(Period period) {
    State& state = transaction_.state;
    std::int64_t gathered = 0;
    edit(transaction_, state.round_customers, [&](auto& rows) {
        const auto before = static_cast<std::ptrdiff_t>(rows.size());
        for (std::uint32_t customer = 0; customer < state.customers.size(); ++customer) {
            if (state.customers.new_in[customer] != period.yyyymm) continue;
            const StoredRoundCustomer fresh{period.yyyymm, customer};
            const auto less = [](const StoredRoundCustomer& a, const StoredRoundCustomer& b) { return key_of(a) < key_of(b); };
            if (!std::binary_search(rows.begin(), rows.begin() + before, fresh, less)) rows.push_back(fresh);
        }
        sort_rows(rows);
        gathered = std::count_if(rows.begin(), rows.end(), [&](const StoredRoundCustomer& row) { return row.period == period.yyyymm; });
    });
    return gathered;
}

Result<ports::RoundCustomers> RoundStore::gathered(Period period) {
    const State& state = transaction_.state;
    std::vector<std::uint32_t> found;
    for (const StoredRoundCustomer& row : state.round_customers)
        if (row.period == period.yyyymm) found.push_back(row.customer);
    std::sort(found.begin(), found.end(), [&](std::uint32_t a, std::uint32_t b) { return state.customers.id[a] < state.customers.id[b]; });
    ports::RoundCustomers customers;
    for (const std::uint32_t customer : found) {
        customers.id.push_back(state.customers.id[customer]);
        customers.code.push_back(state.customers.code[customer]);
        customers.place.push_back(state.customers.place[customer]);
    }
    return customers;
}

Status RoundStore::give(Period period, ChannelId channel, const std::vector<ports::RoundMark>& marks) {
    State& state = transaction_.state;
    edit(transaction_, state.round_marks, [&](auto& rows) {
        std::erase_if(rows, [&](const StoredRoundMark& row) { return row.period == period.yyyymm && row.channel == channel.value; });
        for (const ports::RoundMark& mark : marks)
            rows.push_back({period.yyyymm, state.customers.find(mark.customer), channel.value, mark.unit.value, mark.claimed, mark.note});
        sort_rows(rows);
    });
    return done();
}

Result<ports::RoundCustomers> RoundStore::given(Period period, ChannelId channel) {
    const State& state = transaction_.state;
    std::vector<std::uint32_t> found;
    for (const StoredRoundMark& row : state.round_marks)
        if (row.period == period.yyyymm && row.channel == channel.value) found.push_back(row.customer);
    std::sort(found.begin(), found.end(), [&](std::uint32_t a, std::uint32_t b) { return state.customers.id[a] < state.customers.id[b]; });
    ports::RoundCustomers customers;
    for (const std::uint32_t customer : found) {
        customers.id.push_back(state.customers.id[customer]);
        customers.code.push_back(state.customers.code[customer]);
        customers.place.push_back(state.customers.place[customer]);
    }
    return customers;
}

Result<std::vector<ports::RoundMark>> RoundStore::marks(Period period, ChannelId channel) {
    const State& state = transaction_.state;
    std::vector<ports::RoundMark> marks;
    for (const StoredRoundMark& row : state.round_marks)
        if (row.period == period.yyyymm && row.channel == channel.value && (row.claimed || !row.note.empty()))
            marks.push_back({CustomerId{state.customers.id[row.customer]}, UnitId{row.unit}, row.claimed, row.note});
    std::sort(marks.begin(), marks.end(), [](const ports::RoundMark& a, const ports::RoundMark& b) { return a.customer < b.customer; });
    return marks;
}

Status RoundStore::mark(Period period, ChannelId channel, const std::vector<ports::RoundMark>& marks) {
    State& state = transaction_.state;
    edit(transaction_, state.round_marks, [&](auto& rows) {
        for (StoredRoundMark& row : rows) {
            if (row.period != period.yyyymm || row.channel != channel.value) continue;
            row.claimed = false;
            row.note.clear();
        }
        for (const ports::RoundMark& mark : marks) {
            const StoredRoundMark wanted{period.yyyymm, state.customers.find(mark.customer), channel.value};
            const auto it = std::lower_bound(rows.begin(), rows.end(), wanted, [](const auto& a, const auto& b) { return key_of(a) < key_of(b); });
            if (it == rows.end() || key_of(*it) != key_of(wanted)) continue;
            it->claimed = mark.claimed;
            it->note = mark.note;
        }
    });
    return done();
}

Status RoundStore::count_claims(Period period) {
    State& state = transaction_.state;
    edit(transaction_, state.round_customers, [&](auto& rows) {
        std::map<std::uint32_t, std::set<std::int64_t>> claiming;
        for (const StoredRoundMark& mark : state.round_marks)
            if (mark.period == period.yyyymm && mark.claimed) claiming[mark.customer].insert(mark.channel);
        for (StoredRoundCustomer& row : rows) {
            if (row.period != period.yyyymm) continue;
            const auto it = claiming.find(row.customer);
            row.claims = it == claiming.end() ? 0 : static_cast<std::int32_t>(it->second.size());
            const bool stands = row.claims > 1 && row.decided && (*row.decided == 0 || it->second.count(*row.decided) != 0);
            if (!stands) row.decided.reset();
        }
    });
    return done();
}

Result<bool> RoundStore::decide(Period period, CustomerId customer, ChannelId channel) {
    State& state = transaction_.state;
    const std::uint32_t row = state.customers.find(customer);
    const StoredRoundCustomer* found = state.find_gathered(period.yyyymm, row);
    if (found == nullptr || found->claims < 2) return false;
    const bool claimed = channel.value == 0 || std::any_of(state.round_marks.begin(), state.round_marks.end(), [&](const StoredRoundMark& mark) {
        return mark.period == period.yyyymm && mark.customer == row && mark.channel == channel.value && mark.claimed;
    });
    if (!claimed) return false;
    StoredRoundCustomer& stored = state.round_customers[static_cast<std::size_t>(found - state.round_customers.data())];
    change(transaction_, stored.decided, std::optional<std::int64_t>(channel.value));
    return true;
}

Result<ports::RoundCounts> RoundStore::counts(Period period, const Scope& view) {
    State& state = transaction_.state;
    ports::RoundCounts counts;
    const auto seen = [&](std::uint32_t customer) { return state.covers(view, state.customers.place[customer]); };
    for (std::uint32_t customer = 0; customer < state.customers.size(); ++customer) {
        if (state.customers.new_in[customer] != period.yyyymm || !seen(customer)) continue;
        ++counts.new_customers;
        counts.unplaced += is_pool(customer) ? 1 : 0;
    }
    for (const StoredRoundCustomer& row : state.round_customers) {
        if (row.period != period.yyyymm || !seen(row.customer)) continue;
        ++counts.gathered;
        counts.claimed += row.claims > 0 ? 1 : 0;
        counts.conflicts += row.claims > 1 ? 1 : 0;
        counts.open_conflicts += row.claims > 1 && !row.decided ? 1 : 0;
    }
    for (const StoredRoundCustomer* row : to_move(period)) counts.to_move += seen(row->customer) ? 1 : 0;
    for (const ports::LockEvent& event : state.lock_events)
        counts.locked += event.period == period && !event.person && seen(state.customers.find(event.customer)) ? 1 : 0;
    return counts;
}

Status RoundStore::set_targets(Period period) {
    State& state = transaction_.state;
    edit(transaction_, state.round_customers, [&](auto& rows) {
        std::map<std::uint32_t, std::int64_t> target;
        for (const StoredRoundMark& mark : state.round_marks) {
            if (mark.period != period.yyyymm || !mark.claimed) continue;
            const StoredRoundCustomer* gathered = state.find_gathered(period.yyyymm, mark.customer);
            if (gathered != nullptr && (gathered->claims == 1 || gathered->decided == mark.channel)) target[mark.customer] = mark.unit;
        }
        for (StoredRoundCustomer& row : rows)
            if (row.period == period.yyyymm) row.target = target.count(row.customer) != 0 ? target[row.customer] : 0;
    });
    return done();
}

Status RoundStore::clear_targets(Period period) {
    edit(transaction_, transaction_.state.round_customers, [&](auto& rows) {
        for (StoredRoundCustomer& row : rows)
            if (row.period == period.yyyymm) row.target = 0;
    });
    return done();
}

// By customer: those whose target's channel is not yet that of their place.
std::vector<const StoredRoundCustomer*> RoundStore::to_move(Period period) {
    State& state = transaction_.state;
    const Organisation& org = state.index();
    std::vector<const StoredRoundCustomer*> found;
    for (const StoredRoundCustomer& row : state.round_customers) {
        if (row.period != period.yyyymm || row.target == 0) continue;
        const UnitIndex from = org.find(UnitId{state.customers.place[row.customer]});
        const UnitIndex to = org.find(UnitId{row.target});
        if (from != kNoUnit && to != kNoUnit && org.channel_of(from) != org.channel_of(to)) found.push_back(&row);
    }
    std::sort(found.begin(), found.end(), [&](const auto* a, const auto* b) { return state.customers.id[a->customer] < state.customers.id[b->customer]; });
    return found;
}

Result<ports::RoundTargets> RoundStore::targets(Period period) {
    State& state = transaction_.state;
    ports::RoundTargets targets;
    for (const StoredRoundCustomer* row : to_move(period)) {
        targets.customer_code.push_back(state.customers.code[row->customer]);
        targets.unit.push_back(row->target);
    }
    return targets;
}

Result<std::int64_t> RoundStore::lock_unplaced(Period period, Date locked_until, Instant at) {
    State& state = transaction_.state;
    std::int64_t locked = 0;
    CustomerStore customers(transaction_);
    std::set<std::int64_t> lifted;
    for (const ports::LockEvent& event : state.lock_events)
        if (event.period == period && !event.locked_until) lifted.insert(event.customer.value);
    for (std::uint32_t customer = 0; customer < state.customers.size(); ++customer) {
        const Date before = state.customers.locked_until[customer];
        const CustomerId id{state.customers.id[customer]};
        const bool due = state.customers.new_in[customer] == period.yyyymm || lifted.count(id.value) != 0;
        if (!due || !is_pool(customer) || locked_until <= before) continue;
        QUDAO_CHECK(customers.set_lock(id, locked_until));
        QUDAO_CHECK(add_lock_event({at, id, {}, period, before, locked_until, {}}));
        ++locked;
    }
    return locked;
}

Result<std::vector<Period>> RoundStore::unclosed(Period last) {
    State& state = transaction_.state;
    std::set<std::int32_t> periods;
    for (std::uint32_t customer = 0; customer < state.customers.size(); ++customer) {
        const std::int32_t period = state.customers.new_in[customer];
        if (period != 0 && period <= last.yyyymm && is_pool(customer)) periods.insert(period);
    }
    for (const auto& [period, round] : state.rounds)
        if (period <= last.yyyymm) periods.insert(period);
    std::vector<Period> unclosed;
    for (const std::int32_t period : periods) {
        const auto it = state.rounds.find(period);
        if (it == state.rounds.end() || it->second.phase != RoundPhase::closed) unclosed.push_back({period});
    }
    return unclosed;
}

Status RoundStore::add_lock_event(const ports::LockEvent& event) {
    auto& events = transaction_.state.lock_events;
    transaction_.on_rollback([&events, before = events.size()] { events.resize(before); });
    events.push_back(event);
    return done();
}

Result<std::vector<ports::LockEvent>> RoundStore::lock_events(CustomerId customer) {
    std::vector<ports::LockEvent> found;
    const auto& events = transaction_.state.lock_events;
    for (auto it = events.rbegin(); it != events.rend(); ++it)
        if (it->customer == customer) found.push_back(*it);
    return found;
}

Result<std::vector<ports::PlaceChange>> RoundStore::place_changes(CustomerId customer) {
    const State& state = transaction_.state;
    std::vector<ports::PlaceChange> changes;
    const std::uint32_t row = state.customers.find(customer);
    if (row == kNone) return changes;
    const AdjustmentTable& log = state.adjustments;
    for (std::uint32_t step = state.customers.last_adjustment[row]; step != kNone; step = log.previous[step]) {
        const ports::Batch& batch = state.batches[log.batch[step]].batch;
        changes.push_back({batch.at, UnitId{log.from[step]}, UnitId{log.to[step]}, batch.id, batch.person, std::string(log.note[step])});
    }
    return changes;
}

Result<bool> RoundStore::confirm_handover(BatchId batch, UnitId unit, PersonId person, Instant at) {
    for (StoredHandover& handover : transaction_.state.handovers) {
        if (std::int64_t{handover.batch} + 1 != batch.value || !(handover.handover.unit == unit)) continue;
        if (handover.confirmed_by) return false;
        change(transaction_, handover.confirmed_by, person);
        change(transaction_, handover.confirmed_at, at);
        return true;
    }
    return Error::of("handover.unknown").with("batch", batch.value).with("unit", unit.value);
}

}  // namespace qudao::memory
