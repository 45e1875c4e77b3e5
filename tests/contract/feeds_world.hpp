// A small world with the partition's data, and feed files for it.
#pragma once

#include <algorithm>
#include <catch2/catch.hpp>

#include "shared/memory/fixed_clock.hpp"
#include "shared/service/feed_service.hpp"
#include "tests/contract/world.hpp"

namespace qudao::contract {

using feed::Kind;
using ports::FeedState;
using service::FeedOutcome;

struct Feeds {
    World world = make_world(12);
    memory::FixedClock clock{start_of_day(make_date(2026, 11, 18))};
    ports::NoProgress quiet;
    service::FeedLimits limits{3, 2, 30'000};

    Feeds() {
        auto work = writing(*world.database);
        must_do(work->partition().add({{CabinetId{}, "T-GJ001", "民族大道", world.unit("450103GZ0201"), 1},
                                       {CabinetId{}, "T-GJ002", "", world.unit("450103GZ0101"), 1},
                                       {CabinetId{}, "T-GJ003", "", UnitId{}, 1}}));
        must_do(work->partition().save(NumberRange{{}, "07715550000", "07715559999", world.unit("450103GZ0101"), 1}));
        must_do(work->partition().add_area_codes({{"450103", "0771"}}));
        must_do(work->commit());
    }
    void set_day(int year, unsigned month, unsigned day) {  // the world is a demonstration with a date of its own
        auto work = writing(*world.database);
        must_do(work->settings().save_demo_date(make_date(year, month, day)));
        must_do(work->commit());
    }
    service::FeedTools tools() { return {*world.database, clock}; }
    Result<FeedOutcome> import(Kind kind, const std::string& text, ports::Progress* progress = nullptr) {
        feed::TextSource source(text);
        return service::import_feed(tools(), source, {kind, "test.txt", PersonId{}, FeedRunId{}}, progress == nullptr ? quiet : *progress, limits);
    }
    std::optional<Customer> customer_of(std::string_view contract) {
        auto work = reading(*world.database);
        const auto id = must(work->partition().customer_of_contract(contract, world.everything()));
        if (!id) return std::nullopt;
        for (const ports::Subscriber& one : must(work->feeds().subscribers_of(*id, 1))) {
            const auto served = must(work->partition().subscriber(one.access_number, world.everything()));
            return must(work->customers().find(served->customer_code, world.everything()));
        }
        return std::nullopt;
    }
    std::vector<ports::Subscriber> subscribers(CustomerId customer) { return must(reading(*world.database)->feeds().subscribers_of(customer, 100)); }
    std::vector<ports::PartitionTrace> traces(CustomerId customer) { return must(reading(*world.database)->feeds().traces_of(customer, 100)); }
};

inline std::string subscribers_file(const std::vector<std::string>& lines, std::string_view day = "2026-11-18") {
    std::string text = "#qudao-feed|subscribers|1|" + std::string(day) + "|UTF-8|billing\naccess_number|name|address|status|contract|billing_area|installed_on|cabinet\n";
    for (const std::string& line : lines) text += line + "\n";
    return text + "#end|" + std::to_string(lines.size()) + "\n";
}
inline std::string file(std::string_view kind, std::string_view day, std::string_view source, std::string_view columns, const std::vector<std::string>& lines) {
    std::string text = "#qudao-feed|" + std::string(kind) + "|1|" + std::string(day) + "|UTF-8|" + std::string(source) + "\n" + std::string(columns) + "\n";
    for (const std::string& line : lines) text += line + "\n";
    return text + "#end|" + std::to_string(lines.size()) + "\n";
}

inline std::string known_contract(const Feeds& feeds) { return feeds.world.customers[0].contract; }
inline std::vector<std::string> morning(const Feeds& feeds) {
    return {"07711000001|张三|民族大道1号|在用|" + known_contract(feeds) + "|450103|2020-01-01|",
            "07715550001|李四|民族大道2号|在用|470000000001|450103|2026-11-17|T-GJ001",
            "07711000003|王五|民族大道3号|在用|470000000002|450103|2026-11-17|T-GJ003",
            "13300000001|赵六|民族大道4号|停机保号|470000000003|450103||",
            "07711000002|王五|民族大道3号|在用|470000000002|450103|2026-11-17|T-GJ002",
            "07711000009|没有合同||在用||450103||",
            "13300000001|又一个|民族大道5号|在用|470000000009|450103||"};
}

// Everything that an import may change, to compare two databases or one before and after.
inline std::string picture(Feeds& feeds) {
    auto work = reading(*feeds.world.database);
    std::string out = std::to_string(must(work->customers().count()));
    const std::int64_t last = must(work->customers().last_id());
    for (std::int64_t id = 1; id <= last; ++id) {
        for (const ports::Subscriber& one : must(work->feeds().subscribers_of(CustomerId{id}, 100))) {
            const auto served = must(work->partition().subscriber(one.access_number, feeds.world.everything()));
            out += "\n" + one.access_number + " " + one.name + " " + one.status + " " + one.contract + " " + served->customer_code + " " + std::to_string(served->place.value) + " " + served->cabinet;
        }
        out += "\n" + std::to_string(id) + " traces " + std::to_string(must(work->feeds().traces_of(CustomerId{id}, 100)).size());
    }
    return out;
}

}  // namespace qudao::contract
