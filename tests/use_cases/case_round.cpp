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
    Result<dto::RoundDto> answer(std::string_view department, const std::string& what, std::optional<std::string> note = std::nullopt) {
        return admin.wait<dto::RoundDto>(
            [&](const auto& ticket, auto reply) { admin.api().answer_round(ticket, kPeriod, {what, channel(department), note}, reply); });
    }
    Result<dto::RoundDto> give_to(std::string_view department) {
        return admin.wait<dto::RoundDto>(
            [&](const auto& ticket, auto reply) { admin.api().act_round(ticket, kPeriod, {"give", channel(department), std::nullopt}, reply); });
    }
    std::pair<std::string, std::int64_t> said_by(std::string_view department) {
        for (const dto::RoundDepartmentDto& one : show().departments)
            if (one.department == channel(department)) return {one.state, one.claims};
        return {};
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
    CHECK(taken->not_named == given->gathered - 3);
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
    // The log goes out in words: who lifted it, that it is lifted, and what nobody did.
    engine::ExportRequest log;
    log.source = "lock";
    log.format = "csv";
    log.file_name = "锁定.csv";
    log.list.filters = {{"code", "equal", {codes[3]}, std::nullopt}};
    log.list.order = {{"id", false}};
    log.columns = {{"code", "客户编码", "", 16}, {"locked_before", "此前锁定至", "", 12}, {"locked_until", "锁定至", "", 12}, {"person", "操作人", "", 12}};
    log.values.code = {"locked_until.", "person."};
    log.values.text = {"已解除", "系统"};
    round.admin.workbench().export_list(log);
    const std::string log_text = round.admin.next<engine::FileMade>().bytes;
    REQUIRE_FALSE(shown.persons.empty());
    CHECK(log_text.find(codes[3] + ",,2027-12-03,系统\r\n") != std::string::npos);
    CHECK(log_text.find(codes[3] + ",2027-12-03,已解除," + shown.persons[0].name + "\r\n") != std::string::npos);
    const auto twice = round.admin.wait<Done>([&](const auto& ticket, auto reply) { round.admin.api().lift_lock(ticket, {codes[3], "again"}, reply); });
    CHECK(twice.error().code == "lock.none");
    // Not placed in the window that is at hand: locked again at its close, whatever else that round had.
    round.set_day(2027, 1, 4);
    const auto again = round.admin.wait<dto::CustomerHistoryDto>(
        [&](const auto& ticket, auto reply) { round.admin.api().customer_history(ticket, codes[3], make_date(2026, 11, 18), reply); });
    REQUIRE(again);
    CHECK(again->locked_until == "2028-01-03");
    CHECK(again->locks.size() == 3);
    const auto ahead = round.admin.wait<dto::CustomerHistoryDto>(
        [&](const auto& ticket, auto reply) { round.admin.api().customer_history(ticket, codes[3], make_date(2099, 1, 1), reply); });
    CHECK(ahead.error().code == "history.future");
}

TEST_CASE("lists are given again to whom they are missing, and no mark is lost by it", "[round]") {
    using Said = std::pair<std::string, std::int64_t>;
    Round round;
    const std::vector<std::string> codes = round.waiting();
    REQUIRE(round.act("gather"));
    REQUIRE(round.act("give"));
    CHECK(round.act("give").error().code == "round.given_already");
    REQUIRE(round.hand_back("key_account", marks_csv({{codes[0], "是"}, {codes[1], "是"}}))->taken);
    REQUIRE(round.hand_back("commercial", marks_csv({{codes[2], "是"}}))->taken);
    REQUIRE(round.answer("commercial", "send_back", "名单不全"));
    REQUIRE(round.act("give"));
    CHECK(round.said_by("key_account") == Said{"pending", 2});
    CHECK(round.said_by("commercial") == Said{"pending", 1});
    REQUIRE(round.give_to("key_account"));
    CHECK(round.said_by("key_account") == Said{"pending", 2});
    // Gathering again when nobody came since leaves the lists where they are.
    CHECK(round.act("gather")->phase == "given");
    CHECK(round.said_by("key_account") == Said{"pending", 2});
    REQUIRE(round.answer("contracted", "confirm"));
    CHECK(round.act("gather").error().code == "round.step");
    CHECK(round.give_to("contracted").error().code == "round.department_state");
    CHECK(round.give_to("public").error().code == "round.unknown_department");
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

    // What was undone is said to be, waits for nobody and is not confirmed.
    const auto second = round.admin.preview(rows_of({{codes[1], std::string(kHome), ""}}));
    REQUIRE(second);
    const auto undone = round.admin.commit(new_key(), second->digest, rows_of({{codes[1], std::string(kHome), ""}}));
    REQUIRE(undone);
    CHECK(manager.list(query::Source::handover, waiting)->rows.size() == 1);
    const auto plan_back = round.admin.preview_undo(undone->id);
    REQUIRE(plan_back);
    const auto back = round.admin.undo(undone->id, new_key(), plan_back->digest);
    REQUIRE(back);
    const auto listed = manager.list(query::Source::handover, waiting);
    REQUIRE(listed->rows.size() == 1);
    CHECK(value_number(*listed, 0, "undone_by") == back->id);
    waiting.filters.push_back({"undone_by", "has_no_data", {}, std::nullopt});
    CHECK(manager.list(query::Source::handover, waiting)->rows.empty());
    const dto::ReceivedRequest of_undone{{{undone->id, received.received[0].unit}}};
    const auto refused = manager.wait<dto::ConfirmedDto>([&](const auto& ticket, auto reply) { manager.api().confirm_handovers(ticket, of_undone, reply); });
    CHECK(refused.error().code == "handover.undone");
}

}  // namespace qudao::test
