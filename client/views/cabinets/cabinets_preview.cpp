#include "client/views/cabinets/cabinets_preview.hpp"

#include <algorithm>
#include <map>

#include "shared/workbook/move_template.hpp"

namespace qudao::client::cabinets {

Cabinet from_dto(const dto::CabinetDto& dto) { return {CabinetId{dto.id}, dto.code, dto.name, UnitId{dto.unit}, dto.version}; }

NumberRange from_dto(const dto::NumberRangeDto& dto) { return {RangeId{dto.id}, dto.first, dto.last, UnitId{dto.unit}, dto.version}; }

namespace {

// The cabinets these subscribers are on, the changed one as it is to be.
std::vector<Cabinet> cabinets_of(const Served& served, const Change& change) {
    std::map<std::string, Cabinet> by_code;
    for (const dto::ServedSubscriberDto& one : served.subscribers)
        if (one.cabinet_id != 0) by_code.try_emplace(one.cabinet, Cabinet{CabinetId{one.cabinet_id}, one.cabinet, {}, UnitId{one.cabinet_unit}});
    if (change.cabinet) by_code.insert_or_assign(change.cabinet->code, *change.cabinet);
    std::vector<Cabinet> cabinets;
    for (auto& [code, cabinet] : by_code) cabinets.push_back(std::move(cabinet));
    return cabinets;
}

std::vector<NumberRange> ranges_of(const Served& served, const Change& change) {
    std::vector<NumberRange> ranges = served.ranges;
    if (!change.range) return ranges;
    if (change.range->id) std::erase_if(ranges, [&](const NumberRange& range) { return range.id == change.range->id; });
    if (change.range->unit) ranges.push_back(*change.range);
    return ranges;
}

}  // namespace

void append(Served& served, const dto::ServedSubscribersDto& page) {
    served.subscribers.insert(served.subscribers.end(), page.subscribers.begin(), page.subscribers.end());
    served.policy = {precedence_of(page.precedence).value_or(Precedence::cabinet_first), UnitId{page.fallback_pool}};
    for (const dto::NumberRangeDto& range : page.ranges) {
        const auto same = [&](const NumberRange& known) { return known.id.value == range.id; };
        if (std::none_of(served.ranges.begin(), served.ranges.end(), same)) served.ranges.push_back(from_dto(range));
    }
}

Preview preview_of(const Organisation& org, const Served& all, const Change& change) {
    const std::vector<dto::ServedSubscriberDto>& served = all.subscribers;
    Preview preview;
    preview.subscribers = static_cast<std::int64_t>(served.size());
    const auto map = PlaceMap::build(org, cabinets_of(all, change), ranges_of(all, change), all.policy);
    if (!map) {
        preview.fault = map.error();
        return preview;
    }
    // As if all of them were new: of one contract the smallest number decides, as it would have.
    NewSubscribers rows;
    for (const dto::ServedSubscriberDto& one : served) rows.push_back(one.access_number, one.contract, one.cabinet, one.billing_area, 0);
    const Partition placed = partition(rows, *map);
    std::map<std::string, Affected> customers;
    for (std::size_t row = 0; row < served.size(); ++row) {
        const dto::ServedSubscriberDto& one = served[row];
        const UnitIndex then = placed.decision[placed.maker[row]].place;
        Affected affected{one.customer_code, one.customer_name, one.place, org.unit(then).id.value, false};
        const UnitIndex now = org.find(UnitId{one.place});
        const bool from_here = one.place == change.before || (now != kNoUnit && org.unit(now).kind == UnitKind::pool);
        affected.proposed = from_here && affected.then != affected.now && org.unit(then).kind != UnitKind::pool;
        customers.emplace(one.customer_code, std::move(affected));
    }
    for (auto& [code, affected] : customers) {
        preview.movable += affected.proposed ? 1 : 0;
        preview.customers.push_back(std::move(affected));
    }
    std::stable_sort(preview.customers.begin(), preview.customers.end(), [](const Affected& a, const Affected& b) { return a.proposed && !b.proposed; });
    return preview;
}

std::optional<WhatIf> what_if(const Organisation& org, const dto::PartitionFactsDto& facts, const std::string& access_number, const std::string& billing_area) {
    std::vector<Cabinet> cabinets;
    if (facts.cabinet) cabinets.push_back(from_dto(*facts.cabinet));
    std::vector<NumberRange> ranges;
    if (facts.range) ranges.push_back(from_dto(*facts.range));
    const PartitionPolicy policy{precedence_of(facts.precedence).value_or(Precedence::cabinet_first), UnitId{facts.fallback_pool}};
    const auto map = PlaceMap::build(org, std::move(cabinets), std::move(ranges), policy);
    if (!map) return std::nullopt;
    NewSubscribers rows;
    rows.push_back(access_number, "", facts.cabinet_code, billing_area, facts.contract_known ? 1 : 0);
    const Partition placed = partition(rows, *map);
    const Evidence& evidence = placed.evidence[0];
    const Decision& decision = placed.decision[0];
    const auto id = [&](UnitIndex unit) { return unit == kNoUnit ? std::int64_t{0} : org.unit(unit).id.value; };
    WhatIf trace;
    trace.access_number = access_number;
    trace.cabinet = facts.cabinet_code;
    trace.billing_area = billing_area;
    trace.precedence = code_of(evidence.precedence);
    trace.rule = code_of(decision.rule);
    trace.cabinet_finding = code_of(evidence.cabinet);
    if (!access_number.empty()) trace.range_finding = code_of(evidence.range);   // tried without one, there is nothing to find
    trace.area_finding = code_of(evidence.area);
    trace.cabinet_place = id(evidence.cabinet_place);
    trace.range_place = id(evidence.range_place);
    trace.pool = id(evidence.pool);
    if (facts.range) {
        trace.range_first = facts.range->first;
        trace.range_last = facts.range->last;
    }
    trace.place = id(decision.place);
    trace.disagreement = decision.disagreement;
    return trace;
}

std::string cells_of(const std::vector<MoveLine>& moves) {
    std::string cells;
    for (const std::string_view column : workbook::kMoveColumns) cells.append(cells.empty() ? "" : "\t").append(column);
    for (const MoveLine& move : moves) cells.append("\n").append(move.customer).append("\t").append(move.unit).append("\t").append(move.note);
    return cells.append("\n");
}

}  // namespace qudao::client::cabinets
