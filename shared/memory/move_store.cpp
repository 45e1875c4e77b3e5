#include <algorithm>

#include "shared/memory/stores.hpp"

namespace qudao::memory {
namespace {

constexpr std::size_t kReportEvery = 5000;

std::pair<std::int64_t, std::string> key_of(PersonId person, std::string_view key) { return {person.value, std::string(key)}; }
std::string claim_of(const ports::Outcome& outcome) { return std::to_string(outcome.person.value) + '/' + outcome.key; }

}  // namespace

Result<std::optional<ports::Outcome>> MoveStore::claim(const ports::Outcome& outcome) {
    QUDAO_TRY(before, this->outcome(outcome.person, outcome.key));
    if (before) return before;
    transaction_.claimed.insert(claim_of(outcome));
    return std::optional<ports::Outcome>();
}

Status MoveStore::settle(const ports::Outcome& outcome) {
    if (transaction_.claimed.count(claim_of(outcome)) == 0) return Error::of("outcome.not_claimed");
    State& state = transaction_.state;
    const auto key = key_of(outcome.person, outcome.key);
    transaction_.on_rollback([&state, key] { state.outcomes.erase(key); });
    state.outcomes.insert_or_assign(key, outcome);
    return done();
}

Result<std::optional<ports::Outcome>> MoveStore::outcome(PersonId person, std::string_view key) {
    const auto it = transaction_.state.outcomes.find(key_of(person, key));
    return it == transaction_.state.outcomes.end() ? std::optional<ports::Outcome>() : std::optional(it->second);
}

Result<ports::Batch> MoveStore::apply(ports::Batch batch, const ports::Moves& moves, const std::vector<ports::Handover>& handovers,
                                      ports::Progress& progress) {
    State& state = transaction_.state;
    const auto row = static_cast<std::uint32_t>(state.batches.size());
    batch.id = {std::int64_t{row} + 1};
    if (row != 0) batch.at.epoch_ms = std::max(batch.at.epoch_ms, state.batches.back().batch.at.epoch_ms + 1);

    transaction_.on_rollback([&state, row, first = state.adjustments.size(), handed = state.handovers.size()] {
        CustomerTable& customers = state.customers;
        const AdjustmentTable& log = state.adjustments;
        for (std::uint32_t at = log.size(); at-- > first;) {
            customers.place[log.customer[at]] = log.from[at];
            --customers.version[log.customer[at]];
            customers.last_adjustment[log.customer[at]] = log.previous[at];
        }
        state.adjustments.truncate(first);
        state.handovers.resize(handed);
        state.batches.resize(row);
    });
    state.batches.push_back({batch, state.adjustments.size(), state.adjustments.size()});
    QUDAO_CHECK(move_customers(moves, row, progress));
    state.batches[row].end_adjustment = state.adjustments.size();
    for (const ports::Handover& handover : handovers) state.handovers.push_back({row, handover});
    return batch;
}

Status MoveStore::move_customers(const ports::Moves& moves, std::uint32_t batch_row, ports::Progress& progress) {
    CustomerTable& customers = transaction_.state.customers;
    AdjustmentTable& log = transaction_.state.adjustments;
    const auto total = static_cast<std::int64_t>(moves.size());
    for (std::size_t i = 0; i < moves.size(); ++i) {
        if (i % kReportEvery == 0 && !progress.report("writing", static_cast<std::int64_t>(i), total)) return Error::of("work.cancelled");
        const std::uint32_t customer = customers.find(CustomerId{moves.customer[i]});
        if (customer == kNone || customers.version[customer] != moves.version[i] || customers.place[customer] != moves.from[i])
            return Error::of("moves.stale").with("row", std::int64_t{moves.row_number[i]});
        customers.place[customer] = moves.to[i];
        ++customers.version[customer];
        log.batch.push_back(batch_row);
        log.customer.push_back(customer);
        log.row_number.push_back(moves.row_number[i]);
        log.from.push_back(moves.from[i]);
        log.to.push_back(moves.to[i]);
        log.version.push_back(customers.version[customer]);
        log.previous.push_back(customers.last_adjustment[customer]);
        log.note.push_back(moves.note[i]);
        customers.last_adjustment[customer] = log.size() - 1;
    }
    return progress.report("writing", total, total) ? done() : Status(Error::of("work.cancelled"));
}

Result<std::optional<ports::Batch>> MoveStore::batch(BatchId id, PersonId actor, const Scope& view) {
    State& state = transaction_.state;
    if (id.value < 1 || id.value > static_cast<std::int64_t>(state.batches.size())) return std::optional<ports::Batch>();
    const StoredBatch& stored = state.batches[static_cast<std::size_t>(id.value) - 1];
    const bool visible = stored.batch.person == actor || state.covers_any_end(view, stored);
    return visible ? std::optional(state.as_seen(stored, actor, view)) : std::optional<ports::Batch>();
}

Result<ports::BatchRows> MoveStore::rows(BatchId id, const Scope& view) {
    State& state = transaction_.state;
    ports::BatchRows rows;
    if (id.value < 1 || id.value > static_cast<std::int64_t>(state.batches.size())) return rows;
    const StoredBatch& stored = state.batches[static_cast<std::size_t>(id.value) - 1];
    const AdjustmentTable& log = state.adjustments;
    std::vector<std::uint32_t> order;
    for (std::uint32_t at = stored.first_adjustment; at < stored.end_adjustment; ++at)
        if (state.covers_an_end(view, at)) order.push_back(at);
    std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return log.row_number[a] < log.row_number[b]; });
    for (const std::uint32_t at : order) {
        const std::uint32_t customer = log.customer[at];
        rows.moves.row_number.push_back(log.row_number[at]);
        rows.moves.customer.push_back(state.customers.id[customer]);
        rows.moves.version.push_back(log.version[at]);
        rows.moves.from.push_back(log.from[at]);
        rows.moves.to.push_back(log.to[at]);
        rows.moves.note.push_back(log.note[at]);
        rows.customer_code.push_back(state.customers.code[customer]);
    }
    return rows;
}

Result<std::vector<ports::Batch>> MoveStore::undos_of(BatchId id, PersonId actor, const Scope& view) {
    State& state = transaction_.state;
    std::vector<ports::Batch> undos;
    for (const StoredBatch& stored : state.batches)
        if (stored.batch.undo_of == id && (stored.batch.person == actor || state.covers_any_end(view, stored))) undos.push_back(state.as_seen(stored, actor, view));
    return undos;
}

Result<std::optional<UnitId>> MoveStore::place_at(CustomerId customer, Instant at) {
    const State& state = transaction_.state;
    const std::uint32_t row = state.customers.find(customer);
    if (row == kNone) return std::optional<UnitId>();
    const Date installed_on = state.customers.installed_on[row];
    if (installed_on && at < start_of_day(installed_on)) return std::optional<UnitId>();
    UnitId place{state.customers.place[row]};
    for (std::uint32_t step = state.customers.last_adjustment[row]; step != kNone; step = state.adjustments.previous[step]) {
        if (!(at < state.batches[state.adjustments.batch[step]].batch.at)) break;
        place = {state.adjustments.from[step]};
    }
    return std::optional(place);
}

}  // namespace qudao::memory
