// A monthly round from its list to its close, over either transport: in the sandbox as on the server.
#include "tests/use_cases/page.hpp"

#include "shared/domain/round.hpp"

namespace qudao::test {
namespace {

constexpr Period kPeriod{202610};  // of the window the demonstration's day is in

struct Round {
    std::unique_ptr<Server> server = new_server(2000);
    Page admin{*server};
    Organisation org;

    Round() {
        REQUIRE(admin.log_in("qudao_admin"));
        org = admin.organisation();
    }
    std::int64_t channel(std::string_view code) const { return org.channels()[org.find_channel(code)].id.value; }
    dto::RoundDto show() {
        auto round = admin.wait<dto::RoundDto>([&](const auto& ticket, auto reply) { admin.api().round(ticket, kPeriod, reply); });
        REQUIRE(round);
        return *round;
    }
    Result<dto::RoundDto> act(const std::string& what) {
        return admin.wait<dto::RoundDto>([&](const auto& ticket, auto reply) { admin.api().act_round(ticket, kPeriod, {what, std::nullopt, std::nullopt}, reply); });
    }
    Result<dto::RoundDto> answer(std::string_view department, const std::string& what) {
        return admin.wait<dto::RoundDto>(
            [&](const auto& ticket, auto reply) { admin.api().answer_round(ticket, kPeriod, {what, channel(department), std::nullopt}, reply); });
    }
    // A department's workbook, through the engine that reads it.
    Result<dto::MarksDto> hand_back(std::string_view department, const std::string& csv) {
        admin.workbench().open_marks("marks.csv", csv, channel(department));
        const auto read = admin.next<engine::MarksRead>();
        CHECK(read.facts.department == channel(department));
        return admin.wait<dto::MarksDto>([&](const auto& ticket, auto reply) { admin.api().send_marks(ticket, kPeriod, read.body, reply); });
    }
    void set_day(int year, unsigned month, unsigned day) {
        REQUIRE(admin.wait<dto::SessionDto>([&](const auto& ticket, auto reply) { admin.api().set_demo_date(ticket, make_date(year, month, day), reply); }));
    }
    dto::ListPage customers(const dto::ListRequest& request, query::Source source = query::Source::customer) {
        const auto page = admin.list(source, request);
        REQUIRE(page);
        return *page;
    }
    // New and still in a pool of the public channel.
    std::vector<std::string> waiting() {
        dto::ListRequest request;
        request.limit = 1000;
        request.filters = {{"new_in", "equal", {std::int64_t{kPeriod.yyyymm}}, std::nullopt},
                           {"unassigned", "equal", {std::int64_t{1}}, std::nullopt},
                           {"channel", "equal", {channel("public")}, std::nullopt}};
        const dto::ListPage page = customers(request);
        std::vector<std::string> codes;
        for (std::size_t row = 0; row < page.rows.size(); ++row) codes.push_back(value_text(page, row, "code"));
        return codes;
    }
};

std::string marks_csv(const std::vector<std::pair<std::string, std::string>>& rows) {
    std::string csv = "\xEF\xBB\xBF";
    for (std::size_t i = 0; i < kMarkColumns.size(); ++i) csv += (i == 0 ? "" : ",") + std::string(kMarkColumns[i]);
    csv += "\r\n";
    for (const auto& [code, mark] : rows) csv += code + ",,,,,," + mark + ",\r\n";
    return csv;
}

std::string step(const dto::RoundDto& round, std::string_view name) {
    for (const dto::RoundStepDto& one : round.steps)
        if (one.step == name) return one.state;
    return {};
}

}  // namespace

TEST_CASE("a whole round: gathered, given, confirmed, resolved, handed over, moved, closed", "[round]") {
    Round round;
    const auto rounds = round.admin.wait<dto::RoundsDto>([&](const auto& ticket, auto reply) { round.admin.api().rounds(ticket, reply); });
    REQUIRE(rounds);
    CHECK(rounds->current == kPeriod.yyyymm);
    const std::vector<std::string> codes = round.waiting();
    REQUIRE(codes.size() >= 4);
    CHECK(round.act("give").error().code == "round.step");
    REQUIRE(round.act("gather"));
    const auto given = round.act("give");
    REQUIRE(given);
    CHECK(given->departments.size() == 3);
    for (const dto::RoundDepartmentDto& department : given->departments) CHECK(department.given == given->gathered);

    // One faulty row and nothing is taken; the faulty rows come back as a workbook.
    const auto refused = round.hand_back("key_account", marks_csv({{codes[0], "是"}, {"0771999999999", "是"}}));
    REQUIRE(refused);
    CHECK_FALSE(refused->taken);
    REQUIRE(refused->faults.size() == 1);
    CHECK(refused->faults[0].row == 3);
    CHECK(refused->faults[0].reason == "not_given");
    round.admin.workbench().mark_faults({"faults.xlsx", {static_cast<std::uint32_t>(refused->faults[0].index)}, {"不在名单里"}});
    const auto made = round.admin.next<engine::FileMade>();
    CHECK(made.purpose == "marks");
    CHECK(made.name == "faults.xlsx");
    CHECK(round.show().claimed == 0);

    const auto taken = round.hand_back("key_account", marks_csv({{codes[0], "是"}, {codes[1], "是"}, {codes[2], "否"}}));
    REQUIRE(taken);
    CHECK(taken->taken);
    CHECK(taken->claims == 2);
    REQUIRE(round.hand_back("commercial", marks_csv({{codes[1], "是"}, {codes[2], "是"}}))->taken);
    for (const char* department : {"key_account", "commercial", "contracted"}) REQUIRE(round.answer(department, "confirm"));
    CHECK(step(round.show(), "resolve") == "current");

    dto::ListRequest conflicts;
    conflicts.filters = {{"period", "equal", {std::int64_t{kPeriod.yyyymm}}, std::nullopt}, {"claims", "greater", {std::int64_t{1}}, std::nullopt}};
    const dto::ListPage conflict = round.customers(conflicts, query::Source::round_customer);
    REQUIRE(conflict.rows.size() == 1);
    CHECK(value_text(conflict, 0, "code") == codes[1]);
    CHECK(round.act("hand_over").error().code == "round.open_conflicts");
    const dto::DecisionsRequest decision{{{value_number(conflict, 0, "customer"), round.channel("key_account")}}};
    REQUIRE(round.admin.wait<dto::RoundDto>([&](const auto& ticket, auto reply) { round.admin.api().decide_round(ticket, kPeriod, decision, reply); }));
    REQUIRE(round.act("hand_over"));

    const auto plan = round.admin.wait<dto::PlanDto>([&](const auto& ticket, auto reply) { round.admin.api().preview_stage_1(ticket, kPeriod, reply); });
    REQUIRE(plan);
    CHECK(count_of(plan->verdicts, "moved") == 3);
    const std::string key = new_key();
    for (int again = 0; again < 2; ++again) {
        const auto batch = round.admin.wait<dto::BatchDto>(
            [&](const auto& ticket, auto reply) { round.admin.api().commit_stage_1(ticket, kPeriod, {key, plan->digest}, {}, reply); });
        REQUIRE(batch);
        CHECK(batch->moved == 3);
        CHECK(round.show().stage_1_batch == batch->id);
    }
    dto::RoundDto shown = round.show();
    CHECK(shown.phase == "placing");
    CHECK(shown.to_move == 0);
    CHECK(step(shown, "stage_2") == "current");

    // The close, seen by the next look at the round; nothing is closed twice.
    round.set_day(2026, 12, 3);
    CHECK(round.show().urgency == "last_day");
    const std::int64_t left = round.show().unplaced;
    round.set_day(2026, 12, 4);
    round.set_day(2026, 12, 4);
    shown = round.show();
    CHECK(shown.phase == "closed");
    CHECK(shown.locked == left);
    const auto history = round.admin.wait<dto::CustomerHistoryDto>(
        [&](const auto& ticket, auto reply) { round.admin.api().customer_history(ticket, codes[3], make_date(2026, 11, 18), reply); });
    REQUIRE(history);
    CHECK(history->locked_until == "2027-12-03");
    CHECK(history->locks.size() == 1);
    CHECK(history->place_then == history->place);
    const auto lifted = round.admin.wait<Done>([&](const auto& ticket, auto reply) { round.admin.api().lift_lock(ticket, {codes[3], "名单遗漏"}, reply); });
    CHECK(lifted);
    const auto twice = round.admin.wait<Done>([&](const auto& ticket, auto reply) { round.admin.api().lift_lock(ticket, {codes[3], "again"}, reply); });
    CHECK(twice.error().code == "lock.none");
}

TEST_CASE("a department's file that is not its list is refused by name", "[round]") {
    Round round;
    REQUIRE(round.act("gather"));
    REQUIRE(round.act("give"));
    round.admin.workbench().open_marks("x.csv", "客户编码,备注\r\n0771000000001,\r\n", round.channel("commercial"));
    while (round.admin.events().empty()) round.admin.run_dry();
    const auto* failed = std::get_if<engine::Failed>(&round.admin.events().front());
    REQUIRE(failed != nullptr);
    CHECK(failed->during == "marks");
    CHECK(failed->error.code == "workbook.header");
}

TEST_CASE("what was handed over is confirmed by the unit that got it", "[round][handovers]") {
    Round round;
    const std::vector<std::string> codes = round.waiting();
    const auto plan = round.admin.preview(rows_of({{codes[0], std::string(kHome), ""}}));
    REQUIRE(plan);
    const auto batch = round.admin.commit(new_key(), plan->digest, rows_of({{codes[0], std::string(kHome), ""}}));
    REQUIRE(batch);
    Page manager(*round.server);
    REQUIRE(manager.log_in("cm_qx01"));
    dto::ListRequest waiting;
    waiting.filters = {{"confirmed_at", "has_no_data", {}, std::nullopt}};
    REQUIRE(manager.list(query::Source::handover, waiting)->rows.size() == 1);
    const dto::ReceivedRequest received{{{batch->id, round.org.unit(round.org.find(kHome)).id.value}}};
    for (const std::int64_t expected : {1, 0}) {
        const auto confirmed = manager.wait<dto::ConfirmedDto>([&](const auto& ticket, auto reply) { manager.api().confirm_handovers(ticket, received, reply); });
        REQUIRE(confirmed);
        CHECK(confirmed->confirmed == expected);
    }
    CHECK(manager.list(query::Source::handover, waiting)->rows.empty());
}

}  // namespace qudao::test
