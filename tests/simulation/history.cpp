#include "tests/simulation/history.hpp"

#include <catch2/catch.hpp>

#include "tests/contract/world.hpp"

namespace qudao::simulation {
namespace {

using Row = std::vector<query::Value>;

std::size_t column(query::Source source, std::string_view name) {
    query::QuerySpec spec;
    spec.source = source;
    const auto columns = query::columns_of(spec);
    for (std::size_t i = 0; i < columns.size(); ++i)
        if (columns[i] == name) return i;
    FAIL("no column " << name);
    return 0;
}
std::int64_t number(const Row& row, query::Source source, std::string_view name) {
    const auto* value = std::get_if<std::int64_t>(&row[column(source, name)]);
    return value == nullptr ? 0 : *value;
}
bool known(const Row& row, query::Source source, std::string_view name) { return row[column(source, name)].index() != 0; }

void check_customers(const Content& content, const std::vector<Customer>& at_first, const std::map<std::int64_t, int>& locks) {
    constexpr auto kSource = query::Source::customer;
    const Histories histories = histories_of(content);
    REQUIRE(content.customers.size() == at_first.size());
    for (std::size_t i = 0; i < at_first.size(); ++i) {
        const Customer& first = at_first[i];
        const Row& now = content.customers[i];
        REQUIRE(number(now, kSource, "id") == first.id.value);
        REQUIRE(known(now, kSource, "revenue") == first.revenue_fen.has_value());
        REQUIRE(number(now, kSource, "revenue") == first.revenue_fen.value_or(0));
        std::int64_t place = first.place.value;
        std::int64_t before_ms = INT64_MIN;
        std::int64_t changes = 0;
        if (const auto it = histories.find(first.id.value); it != histories.end())
            for (const Step& step : it->second) {
                REQUIRE(step.at_ms > before_ms);
                REQUIRE(step.from == place);
                REQUIRE(step.to != step.from);
                place = step.to;
                before_ms = step.at_ms;
                ++changes;
            }
        REQUIRE(number(now, kSource, "place") == place);
        if (const auto it = locks.find(first.id.value); it != locks.end()) changes += it->second;
        REQUIRE(number(now, kSource, "version") == first.version + changes);
    }
}

void check_batches(const Content& content) {
    constexpr auto kSource = query::Source::batch;
    std::map<std::int64_t, std::int64_t> adjustments;
    std::map<std::int64_t, std::map<std::int64_t, Step>> steps;  // by batch and customer
    for (const auto& [customer, history] : histories_of(content))
        for (const Step& step : history) {
            ++adjustments[step.batch];
            steps[step.batch][customer] = step;
        }
    std::map<std::int64_t, std::int64_t> handed;
    for (const Row& row : content.handovers) handed[number(row, query::Source::handover, "batch")] += number(row, query::Source::handover, "customers");
    std::int64_t before_ms = INT64_MIN;
    for (const Row& row : content.batches) {
        const std::int64_t id = number(row, kSource, "id");
        REQUIRE(number(row, kSource, "at") > before_ms);
        before_ms = number(row, kSource, "at");
        REQUIRE(number(row, kSource, "moved") == adjustments[id]);
        REQUIRE(number(row, kSource, "moved") == handed[id]);
        REQUIRE(number(row, kSource, "moved") + number(row, kSource, "unchanged") + number(row, kSource, "kept") == number(row, kSource, "rows"));
        const std::int64_t undone = number(row, kSource, "undo_of");
        if (undone == 0) continue;
        for (const auto& [customer, step] : steps[id]) {
            REQUIRE(steps[undone].count(customer) == 1);
            REQUIRE(step.from == steps[undone][customer].to);
            REQUIRE(step.to == steps[undone][customer].from);
        }
    }
}

}  // namespace

Histories histories_of(const Content& content) {
    constexpr auto kSource = query::Source::adjustment;
    Histories histories;
    for (const Row& row : content.adjustments)
        histories[number(row, kSource, "customer")].push_back(
            {number(row, kSource, "at"), number(row, kSource, "from"), number(row, kSource, "to"), number(row, kSource, "batch")});
    return histories;
}

void check_invariants(const Content& content, const std::vector<Customer>& at_first, const std::map<std::int64_t, int>& locks) {
    check_customers(content, at_first, locks);
    check_batches(content);
}

std::int64_t place_in(const Histories& histories, const Customer& at_first, std::int64_t at_ms) {
    std::int64_t place = at_first.place.value;
    if (const auto it = histories.find(at_first.id.value); it != histories.end())
        for (const Step& step : it->second)
            if (step.at_ms <= at_ms) place = step.to;
    return place;
}

}  // namespace qudao::simulation
