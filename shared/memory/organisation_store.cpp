#include <algorithm>

#include "shared/memory/stores.hpp"

namespace qudao::memory {

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
    std::sort(whole.channels.begin(), whole.channels.end(), [](const Channel& a, const Channel& b) { return a.id < b.id; });
    auto built = Organisation::build(whole.channels, whole.units);
    if (!built) return std::move(built).error();
    change(transaction_, state.organisation, std::move(whole));
    change(transaction_, state.indexed, std::shared_ptr<const Organisation>(std::make_shared<Organisation>(std::move(built).value())));
    return done();
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

}  // namespace qudao::memory
