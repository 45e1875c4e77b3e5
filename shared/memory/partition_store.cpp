#include <algorithm>

#include "shared/memory/feed_store.hpp"

namespace qudao::memory {

Result<PartitionPolicy> PartitionStore::policy() { return tables().policy; }

Status PartitionStore::save_policy(const PartitionPolicy& policy) {
    change_tables().policy = policy;
    return done();
}

Result<std::vector<Cabinet>> PartitionStore::cabinets() {
    std::vector<Cabinet> found;
    for (const auto& [code, cabinet] : tables().cabinets) found.push_back(cabinet);
    return found;
}

Result<std::vector<NumberRange>> PartitionStore::ranges() {
    std::vector<NumberRange> found;
    for (const auto& [id, range] : tables().ranges) found.push_back(range);
    return found;
}

Result<std::vector<Cabinet>> PartitionStore::find_cabinets(std::string_view text, std::string_view after, std::size_t limit) {
    std::vector<Cabinet> found;
    for (auto it = tables().cabinets.upper_bound(after); it != tables().cabinets.end() && found.size() < limit; ++it) {
        const Cabinet& cabinet = it->second;
        if (cabinet.code.find(text) != std::string::npos || cabinet.name.find(text) != std::string::npos) found.push_back(cabinet);
    }
    return found;
}

Result<std::optional<Cabinet>> PartitionStore::cabinet(std::string_view code) {
    const auto it = tables().cabinets.find(code);
    return it == tables().cabinets.end() ? std::optional<Cabinet>() : std::optional(it->second);
}

Status PartitionStore::save(const Cabinet& cabinet) {
    FeedTables& tables = change_tables();
    const auto same_code = tables.cabinets.find(cabinet.code);
    if (!cabinet.id) {
        if (same_code != tables.cabinets.end()) return Error::of("cabinet.code_taken").with("code", cabinet.code);
        Cabinet fresh = cabinet;
        fresh.id = {++tables.last_cabinet};
        fresh.version = 1;
        tables.cabinets.emplace(fresh.code, std::move(fresh));
        return done();
    }
    const auto stored = std::find_if(tables.cabinets.begin(), tables.cabinets.end(), [&](const auto& one) { return one.second.id == cabinet.id; });
    if (stored == tables.cabinets.end() || stored->second.version != cabinet.version) return Error::of("cabinet.stale").with("code", cabinet.code);
    tables.cabinets.erase(stored);
    Cabinet next = cabinet;
    ++next.version;
    tables.cabinets.insert_or_assign(next.code, next);
    return done();
}

Status PartitionStore::save(const NumberRange& range) {
    FeedTables& tables = change_tables();
    NumberRange next = range;
    if (!range.id) {
        next.id = {++tables.last_range};
        next.version = 1;
    } else {
        const auto stored = tables.ranges.find(range.id.value);
        if (stored == tables.ranges.end() || stored->second.version != range.version) return Error::of("range.stale");
        ++next.version;
    }
    tables.ranges.insert_or_assign(next.id.value, next);
    return done();
}

Status PartitionStore::remove(RangeId range, std::int32_t version) {
    FeedTables& tables = change_tables();
    const auto stored = tables.ranges.find(range.value);
    if (stored == tables.ranges.end() || stored->second.version != version) return Error::of("range.stale");
    tables.ranges.erase(stored);
    return done();
}

Status PartitionStore::add(const std::vector<Cabinet>& cabinets) {
    FeedTables& tables = change_tables();
    for (Cabinet cabinet : cabinets) {
        cabinet.id = {++tables.last_cabinet};
        tables.cabinets.emplace(cabinet.code, cabinet);
    }
    return done();
}

Result<std::vector<std::pair<std::string, std::string>>> PartitionStore::area_codes() {
    return std::vector<std::pair<std::string, std::string>>(tables().area_codes.begin(), tables().area_codes.end());
}

Status PartitionStore::add_area_codes(const std::vector<std::pair<std::string, std::string>>& codes) {
    FeedTables& tables = change_tables();
    for (const auto& [code, area_code] : codes) tables.area_codes.insert_or_assign(code, area_code);
    return done();
}

template <class Wanted>
std::vector<ports::ServedSubscriber> PartitionStore::served(std::string_view after, std::size_t limit, const Scope& view, Wanted wanted) {
    const CustomerTable& customers = transaction_.state.customers;
    std::vector<ports::ServedSubscriber> found;
    for (auto it = tables().subscribers.upper_bound(after); it != tables().subscribers.end() && found.size() < limit; ++it) {
        const ports::Subscriber& subscriber = it->second;
        ports::ServedSubscriber one;
        one.id = subscriber.id;
        one.access_number = subscriber.access_number;
        one.contract = subscriber.contract;
        one.cabinet = subscriber.cabinet;
        one.billing_area = subscriber.billing_area;
        const auto line = tables().lines.find(subscriber.access_number);
        if (one.cabinet.empty() && line != tables().lines.end()) one.cabinet = line->second.first;
        const std::uint32_t row = customers.find(subscriber.customer);
        if (row == kNone || !wanted(one) || !transaction_.state.covers(view, customers.place[row])) continue;
        if (const auto cabinet = tables().cabinets.find(one.cabinet); cabinet != tables().cabinets.end()) {
            one.cabinet_id = cabinet->second.id;
            one.cabinet_unit = cabinet->second.unit;
        }
        one.customer = subscriber.customer;
        one.customer_code = customers.code[row];
        one.customer_name = customers.name[row];
        one.place = {customers.place[row]};
        one.locked_until = customers.locked_until[row];
        found.push_back(std::move(one));
    }
    return found;
}

Result<std::vector<ports::ServedSubscriber>> PartitionStore::on_cabinet(std::string_view code, const Scope& view, std::string_view after, std::size_t limit) {
    return served(after, limit, view, [&](const ports::ServedSubscriber& one) { return one.cabinet == code; });
}

Result<std::vector<ports::ServedSubscriber>> PartitionStore::in_range(std::string_view first, std::string_view last, const Scope& view, std::string_view after,
                                                                     std::size_t limit) {
    return served(after, limit, view, [&](const ports::ServedSubscriber& one) {
        return one.access_number.size() == first.size() && one.access_number >= first && one.access_number <= last;
    });
}

Result<std::optional<ports::ServedSubscriber>> PartitionStore::subscriber(std::string_view access_number, const Scope& view) {
    const auto found = served("", SIZE_MAX, view, [&](const ports::ServedSubscriber& one) { return one.access_number == access_number; });
    return found.empty() ? std::optional<ports::ServedSubscriber>() : std::optional(found.front());
}

Result<std::optional<CustomerId>> PartitionStore::customer_of_contract(std::string_view contract, const Scope& view) {
    State& state = transaction_.state;
    const auto it = state.contracts.find(contract);
    const std::uint32_t row = it == state.contracts.end() ? kNone : state.customers.find(CustomerId{it->second});
    if (row == kNone || !state.covers(view, state.customers.place[row])) return std::optional<CustomerId>();
    return std::optional(CustomerId{it->second});
}

}  // namespace qudao::memory
