// Feeds of which each file replaces the one before as a whole, in memory.
#include <algorithm>

#include "shared/memory/feed_store.hpp"

namespace qudao::memory {
namespace {

std::tuple<feed::Kind, std::string, std::int32_t> current_key(const feed::Head& head) { return {head.kind, head.source, head.period.yyyymm}; }

const std::map<StagedKey, StagedRow>* rows_of(const FeedTables& tables, std::optional<FeedRunId> run) {
    if (!run) return nullptr;
    const auto it = tables.staged.find(run->value);
    return it == tables.staged.end() ? nullptr : &it->second;
}

}  // namespace

Result<std::optional<FeedRunId>> FeedStore::current(const feed::Head& head) {
    const auto it = tables().current.find(current_key(head));
    return it == tables().current.end() ? std::optional<FeedRunId>() : std::optional(FeedRunId{it->second});
}

Result<ports::FeedCounts> FeedStore::compare(feed::Kind, FeedRunId run, std::optional<FeedRunId> earlier) {
    ports::FeedCounts counts;
    const auto* now = rows_of(tables(), run);
    const auto* before = rows_of(tables(), earlier);
    if (now == nullptr) return counts;
    for (const auto& [key, row] : *now) {
        const auto old = before == nullptr ? decltype(before->end()){} : before->find(key);
        if (before == nullptr || old == before->end()) ++counts.fresh;
        else if (old->second == row) ++counts.unchanged;
        else ++counts.changed;
    }
    return counts;
}

Result<std::int64_t> FeedStore::unknown_numbers(feed::Kind kind, FeedRunId run) {
    const auto* rows = rows_of(tables(), run);
    if (rows == nullptr) return std::int64_t{0};
    const std::size_t column = feed::number_column(kind);
    return std::count_if(rows->begin(), rows->end(), [&](const auto& row) { return tables().subscribers.count(row.second.text[column]) == 0; });
}

Status FeedStore::make_current(const feed::Head& head, FeedRunId run) {
    change_tables().current.insert_or_assign(current_key(head), run.value);
    return done();
}

Result<std::int64_t> FeedStore::merge_arrears(std::optional<FeedRunId> billing, std::optional<FeedRunId> accounts) {
    FeedTables& tables = change_tables();
    tables.arrears.clear();
    const auto take = [&](const std::map<StagedKey, StagedRow>* rows, std::string_view source) {
        if (rows == nullptr) return;
        for (const auto& [key, row] : *rows) {
            const ports::Arrear stated{row.text[0], row.number[1], Period{static_cast<std::int32_t>(row.number[2])}, std::string(source), std::nullopt};
            const auto [it, fresh] = tables.arrears.emplace(row.text[0], stated);
            if (!fresh && it->second.amount_fen != stated.amount_fen) it->second.other_amount_fen = stated.amount_fen;
        }
    };
    take(rows_of(tables, accounts), "accounts");
    take(rows_of(tables, billing), "billing");
    return std::count_if(tables.arrears.begin(), tables.arrears.end(), [](const auto& one) { return one.second.other_amount_fen.has_value(); });
}

Result<std::vector<ports::Arrear>> FeedStore::arrear_conflicts(std::string_view after, std::size_t limit) {
    std::vector<ports::Arrear> found;
    for (const auto& [number, arrear] : tables().arrears)
        if (arrear.other_amount_fen && number > after && found.size() < limit) found.push_back(arrear);
    return found;
}

Result<std::int64_t> FeedStore::sum_revenue(FeedRunId charges, CustomerId after, std::size_t limit) {
    CustomerTable& customers = transaction_.state.customers;
    std::vector<std::int64_t> ids;
    for (const std::int64_t id : customers.id)
        if (id > after.value) ids.push_back(id);
    std::sort(ids.begin(), ids.end());
    if (ids.size() > limit) ids.resize(limit);
    if (ids.empty()) return std::int64_t{0};
    std::map<std::int64_t, Fen> sums;
    if (const auto* rows = rows_of(tables(), charges)) {
        for (const auto& [key, row] : *rows) {
            const auto subscriber = tables().subscribers.find(row.text[0]);
            if (subscriber != tables().subscribers.end()) sums[subscriber->second.customer.value] += row.number[2];
        }
    }
    transaction_.on_rollback([&customers, revenue = customers.revenue_fen, has = customers.has_revenue] {
        std::copy(revenue.begin(), revenue.end(), customers.revenue_fen.begin());
        std::copy(has.begin(), has.end(), customers.has_revenue.begin());
    });
    for (const std::int64_t id : ids) {
        const std::uint32_t row = customers.find(CustomerId{id});
        const auto sum = sums.find(id);
        customers.has_revenue[row] = sum == sums.end() ? 0 : 1;
        customers.revenue_fen[row] = sum == sums.end() ? 0 : sum->second;
    }
    return ids.back();
}

Result<std::vector<ports::OrderInProgress>> FeedStore::orders_of(CustomerId customer, std::size_t limit) {
    std::vector<ports::OrderInProgress> found;
    for (const auto& [key, run] : tables().current) {
        if (std::get<0>(key) != feed::Kind::orders) continue;
        const auto* rows = rows_of(tables(), FeedRunId{run});
        if (rows == nullptr) continue;
        for (const auto& [order, row] : *rows) {
            const auto subscriber = tables().subscribers.find(row.text[1]);
            if (subscriber == tables().subscribers.end() || !(subscriber->second.customer == customer) || found.size() >= limit) continue;
            found.push_back({row.text[0], row.text[1], row.text[2], row.text[3], Date{static_cast<std::int32_t>(row.number[4])}});
        }
    }
    return found;
}

Result<std::vector<ports::Arrear>> FeedStore::arrears_of(CustomerId customer, std::size_t limit) {
    std::vector<ports::Arrear> found;
    for (const auto& [number, arrear] : tables().arrears) {
        const auto subscriber = tables().subscribers.find(number);
        if (subscriber != tables().subscribers.end() && subscriber->second.customer == customer && found.size() < limit) found.push_back(arrear);
    }
    return found;
}

}  // namespace qudao::memory
