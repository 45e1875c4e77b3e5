#include "client/engine/flow_groups.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace qudao::engine {
namespace {

// The units of one side that stand for themselves.
std::set<std::int64_t> named(std::span<const dto::FlowDto> flows, std::int64_t dto::FlowDto::*side, std::size_t most) {
    std::map<std::int64_t, std::int64_t> customers;
    for (const dto::FlowDto& flow : flows) customers[flow.*side] += flow.customers;
    const bool all = customers.size() <= most;
    customers.erase(kOtherUnits);
    std::vector<std::pair<std::int64_t, std::int64_t>> order;   // equal ones by id
    for (const auto& [unit, count] : customers) order.emplace_back(-count, unit);
    std::sort(order.begin(), order.end());
    if (!all) order.resize(std::min(order.size(), most - 1));
    std::set<std::int64_t> units;
    for (const auto& one : order) units.insert(one.second);
    return units;
}

}  // namespace

std::vector<dto::FlowDto> grouped(std::span<const dto::FlowDto> flows, std::size_t most) {
    most = std::max<std::size_t>(most, 2);
    const std::set<std::int64_t> left = named(flows, &dto::FlowDto::from, most), right = named(flows, &dto::FlowDto::to, most);
    std::map<std::pair<std::int64_t, std::int64_t>, dto::FlowDto> sums;
    for (const dto::FlowDto& flow : flows) {
        const std::int64_t from = left.count(flow.from) != 0 ? flow.from : kOtherUnits, to = right.count(flow.to) != 0 ? flow.to : kOtherUnits;
        dto::FlowDto& sum = sums[{from, to}];
        sum.from = from;
        sum.to = to;
        sum.customers += flow.customers;
        sum.with_revenue += flow.with_revenue;
        sum.revenue_fen += flow.revenue_fen;
    }
    std::vector<dto::FlowDto> groups;
    groups.reserve(sums.size());
    for (const auto& sum : sums) groups.push_back(sum.second);
    std::stable_sort(groups.begin(), groups.end(), [](const dto::FlowDto& a, const dto::FlowDto& b) { return b.customers < a.customers; });
    return groups;
}

}  // namespace qudao::engine
