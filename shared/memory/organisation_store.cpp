#include <algorithm>

#include "shared/memory/feed_store.hpp"
#include "shared/memory/stores.hpp"

namespace qudao::memory {
namespace {

Status rebuild(Transaction& transaction, ports::OrganisationRecords whole) {
    std::vector<Channel> channels = whole.channels;
    std::sort(channels.begin(), channels.end(), [](const Channel& a, const Channel& b) { return a.id < b.id; });
    auto built = Organisation::build(std::move(channels), whole.units);
    if (!built) return std::move(built).error();
    change(transaction, transaction.state.organisation, std::move(whole));
    change(transaction, transaction.state.indexed, std::shared_ptr<const Organisation>(std::make_shared<Organisation>(std::move(built).value())));
    return done();
}

}  // namespace

Result<ports::OrganisationRecords> OrganisationStore::load() {
    ports::OrganisationRecords records = transaction_.state.organisation;
    const auto by_id = [](const auto& a, const auto& b) { return a.id < b.id; };
    std::sort(records.channels.begin(), records.channels.end(), by_id);
    std::sort(records.units.begin(), records.units.end(), by_id);
    return records;
}

Status OrganisationStore::add(const ports::OrganisationRecords& records) {
    State& state = transaction_.state;
    ports::OrganisationRecords whole = state.organisation;
    whole.channels.insert(whole.channels.end(), records.channels.begin(), records.channels.end());
    whole.units.insert(whole.units.end(), records.units.begin(), records.units.end());
    return rebuild(transaction_, std::move(whole));
}

Status OrganisationStore::set_active(UnitId unit, bool active) {
    State& state = transaction_.state;
    for (std::size_t i = 0; i < state.organisation.units.size(); ++i) {
        if (!(state.organisation.units[i].id == unit)) continue;
        transaction_.on_rollback([&state, i, before = state.organisation.units[i].active] { state.organisation.units[i].active = before; });
        state.organisation.units[i].active = active;  // the index stays: activity moves no unit
        return done();
    }
    return Error::of("organisation.unknown_unit").with("unit", unit.value);
}

Status OrganisationStore::change(const UnitRecord& unit) {
    ports::OrganisationRecords whole = transaction_.state.organisation;
    const auto known = std::find_if(whole.units.begin(), whole.units.end(), [&](const UnitRecord& one) { return one.id == unit.id; });
    if (known == whole.units.end()) return Error::of("organisation.unknown_unit").with("unit", unit.id.value);
    *known = unit;
    return rebuild(transaction_, std::move(whole));
}

Status OrganisationStore::remove(UnitId unit) {
    ports::OrganisationRecords whole = transaction_.state.organisation;
    if (std::erase_if(whole.units, [&](const UnitRecord& one) { return one.id == unit; }) == 0)
        return Error::of("organisation.unknown_unit").with("unit", unit.value);
    // A key that opens nothing any more goes with it; that it was is in the audit trail.
    std::vector<ports::ApiKey> keys = transaction_.state.keys;
    if (std::erase_if(keys, [&](const ports::ApiKey& key) { return key.unit == unit && key.revoked_at.epoch_ms != 0; }) != 0)
        memory::change(transaction_, transaction_.state.keys, std::move(keys));
    return rebuild(transaction_, std::move(whole));
}

Result<std::vector<ports::UnitUse>> OrganisationStore::uses(UnitId unit) {
    const State& state = transaction_.state;
    std::vector<ports::UnitUse> uses;
    const auto add = [&](std::string_view what, std::int64_t count) {
        if (count != 0) uses.push_back({std::string(what), count});
    };
    add("customers", std::count(state.customers.place.begin(), state.customers.place.end(), unit.value));
    std::int64_t adjustments = 0;
    for (std::size_t i = 0; i < state.adjustments.from.size(); ++i)
        adjustments += state.adjustments.from[i] == unit.value || state.adjustments.to[i] == unit.value ? 1 : 0;
    add("adjustments", adjustments);
    const auto names = [unit](std::int64_t column) { return column == unit.value; };
    add("batches", std::count_if(state.batches.begin(), state.batches.end(), [&](const StoredBatch& batch) {
            for (std::uint32_t i = batch.first_adjustment; i < batch.end_adjustment; ++i)
                if (names(state.adjustments.from[i]) || names(state.adjustments.to[i])) return true;
            return false;
        }));
    std::int64_t handovers = 0;
    for (const StoredHandover& one : state.handovers)
        if (one.handover.unit == unit) handovers += one.confirmed_by ? 2 : 1;  // the receipt counts, too
    add("handovers", handovers);
    add("rounds", std::count_if(state.round_marks.begin(), state.round_marks.end(), [&](const StoredRoundMark& mark) { return names(mark.unit); }) +
                      std::count_if(state.round_customers.begin(), state.round_customers.end(),
                                    [&](const StoredRoundCustomer& customer) { return names(customer.target); }));
    const FeedTables& feeds = *state.feeds;
    add("cabinets", std::count_if(feeds.cabinets.begin(), feeds.cabinets.end(), [&](const auto& one) { return one.second.unit == unit; }));
    add("ranges", std::count_if(feeds.ranges.begin(), feeds.ranges.end(), [&](const auto& one) { return one.second.unit == unit; }));
    add("policies", feeds.policy.fallback_pool == unit ? 1 : 0);
    add("proposals", std::count_if(feeds.proposals.begin(), feeds.proposals.end(),
                                   [&](const ports::CabinetProposal& one) { return one.from == unit || one.to == unit; }));
    add("traces", std::count_if(feeds.traces.begin(), feeds.traces.end(), [&](const ports::PartitionTrace& trace) {
            return trace.cabinet_place == unit || trace.range_place == unit || trace.pool == unit || trace.place == unit;
        }));
    add("roles", std::count_if(state.grants.begin(), state.grants.end(), [&](const Grant& grant) { return grant.unit == unit; }));
    add("keys", std::count_if(state.keys.begin(), state.keys.end(), [&](const ports::ApiKey& key) { return key.unit == unit && key.revoked_at.epoch_ms == 0; }));
    return uses;
}

}  // namespace qudao::memory
