#include "shared/domain/round.hpp"

#include <array>
#include <catch2/catch.hpp>


namespace qudao {
namespace {

constexpr WindowPolicy kPolicy;
const Date kInside = make_date(2026, 11, 18);

RoundFacts facts(RoundPhase phase, std::vector<DepartmentState> departments = {}, std::int64_t open_conflicts = 0) {
    RoundFacts f;
    f.period = {202610};
    f.phase = phase;
    f.customers = 10;
    f.departments = std::move(departments);
    f.open_conflicts = open_conflicts;
    f.unplaced = 4;
    return f;
}
std::string tried(const RoundFacts& f, RoundAct act, std::optional<DepartmentState> department = std::nullopt, Date day = kInside) {
    const Status status = check_act(f, act, department, day, kPolicy);
    return status.ok() ? "ok" : status.error().code;
}
constexpr auto P = DepartmentState::pending;
constexpr auto C = DepartmentState::confirmed;
constexpr auto R = DepartmentState::returned;

std::string track(const RoundFacts& f) {
    std::string out;
    for (const StepState state : steps_of(f)) out += state == StepState::done ? 'x' : state == StepState::current ? '>' : '.';
    return out;
}

TEST_CASE("codes of rounds lead back") {
    for (int i = 0; i < 6; ++i) CHECK(round_phase_of(code_of(static_cast<RoundPhase>(i))) == static_cast<RoundPhase>(i));
    for (int i = 0; i < 12; ++i) CHECK(round_act_of(code_of(static_cast<RoundAct>(i))) == static_cast<RoundAct>(i));
    for (int i = 0; i < 3; ++i) CHECK(department_state_of(code_of(static_cast<DepartmentState>(i))) == static_cast<DepartmentState>(i));
    CHECK_FALSE(round_phase_of("open"));
}

TEST_CASE("a round walks its steps in order") {
    CHECK(tried(facts(RoundPhase::waiting), RoundAct::gather) == "ok");
    CHECK(tried(facts(RoundPhase::waiting), RoundAct::give) == "round.step");
    CHECK(tried(facts(RoundPhase::gathered), RoundAct::give) == "ok");
    CHECK(tried(facts(RoundPhase::given, {P, P, P}), RoundAct::mark, P) == "ok");
    CHECK(tried(facts(RoundPhase::given, {P, P, P}), RoundAct::confirm, P) == "ok");
    CHECK(tried(facts(RoundPhase::given, {C, C, P}), RoundAct::hand_over) == "round.departments_pending");
    CHECK(tried(facts(RoundPhase::given, {C, C, C}, 2), RoundAct::hand_over) == "round.open_conflicts");
    CHECK(tried(facts(RoundPhase::given, {C, C, C}, 2), RoundAct::decide) == "ok");
    CHECK(tried(facts(RoundPhase::given, {C, C, C}), RoundAct::hand_over) == "ok");
    CHECK(tried(facts(RoundPhase::handed_over, {C, C, C}), RoundAct::stage_1) == "ok");
    CHECK(tried(facts(RoundPhase::given, {C, C, C}), RoundAct::stage_1) == "round.step");
}

TEST_CASE("a step can be redone until the next is committed") {
    CHECK(tried(facts(RoundPhase::gathered), RoundAct::gather) == "ok");
    CHECK(tried(facts(RoundPhase::given, {P, R, P}), RoundAct::gather) == "ok");
    CHECK(tried(facts(RoundPhase::given, {P, C, P}), RoundAct::gather) == "round.step");
    CHECK(tried(facts(RoundPhase::given, {P, R, P}), RoundAct::give, R) == "ok");
    CHECK(tried(facts(RoundPhase::given, {P, C, P}), RoundAct::give, C) == "round.department_state");
    CHECK(tried(facts(RoundPhase::given, {C, C, C}), RoundAct::mark, C) == "round.department_state");
    CHECK(tried(facts(RoundPhase::given, {C, C, C}), RoundAct::reopen, C) == "ok");
    CHECK(tried(facts(RoundPhase::given, {P, C, C}), RoundAct::reopen, P) == "round.department_state");
    CHECK(tried(facts(RoundPhase::handed_over, {C, C, C}), RoundAct::reopen, C) == "round.step");
    CHECK(tried(facts(RoundPhase::handed_over, {C, C, C}), RoundAct::take_back) == "ok");
    CHECK(tried(facts(RoundPhase::placing, {C, C, C}), RoundAct::take_back) == "round.step");
    CHECK(tried(facts(RoundPhase::placing, {C, C, C}), RoundAct::stage_1) == "ok");
    CHECK(tried(facts(RoundPhase::placing, {C, C, C}), RoundAct::undo_stage_1) == "ok");
    CHECK(tried(facts(RoundPhase::handed_over, {C, C, C}), RoundAct::undo_stage_1) == "round.step");
}

TEST_CASE("nothing is done outside the round's own window but the close, and that only after it") {
    const auto on = [](RoundAct act, Date day) { return check_act(facts(RoundPhase::gathered), act, std::nullopt, day, kPolicy); };
    const Status early = on(RoundAct::give, make_date(2026, 11, 8));
    REQUIRE_FALSE(early.ok());
    CHECK(early.error().code == "round.not_open");
    CHECK(early.error().param("opens_on") == "2026-11-09");
    CHECK(on(RoundAct::give, make_date(2026, 11, 9)).ok());
    CHECK(on(RoundAct::give, make_date(2026, 12, 3)).ok());
    const Status late = on(RoundAct::give, make_date(2026, 12, 4));
    REQUIRE_FALSE(late.ok());
    CHECK(late.error().code == "round.over");
    CHECK(late.error().param("opens_on") == "2026-12-09");
    CHECK(on(RoundAct::close, make_date(2026, 12, 3)).error().code == "round.not_over");
    CHECK(on(RoundAct::close, make_date(2026, 12, 4)).ok());
    CHECK(tried(facts(RoundPhase::closed), RoundAct::close, std::nullopt, make_date(2026, 12, 4)) == "round.step");
}

TEST_CASE("an empty list is not given out") {
    RoundFacts f = facts(RoundPhase::gathered);
    f.customers = 0;
    CHECK(tried(f, RoundAct::give) == "round.nothing_gathered");
}

TEST_CASE("the track shows what is done, what is next and what lies ahead") {
    CHECK(track(facts(RoundPhase::waiting)) == ">.......");
    CHECK(track(facts(RoundPhase::gathered)) == "x>......");
    CHECK(track(facts(RoundPhase::given, {C, P, C})) == "xx>.....");
    CHECK(track(facts(RoundPhase::given, {C, C, C}, 1)) == "xxx>....");
    CHECK(track(facts(RoundPhase::given, {C, C, C})) == "xxxx>...");
    CHECK(track(facts(RoundPhase::handed_over, {C, C, C})) == "xxxxx>..");
    CHECK(track(facts(RoundPhase::placing, {C, C, C})) == "xxxxxx>.");
    RoundFacts placed = facts(RoundPhase::placing, {C, C, C});
    placed.unplaced = 0;
    CHECK(track(placed) == "xxxxxxx>");
    CHECK(track(facts(RoundPhase::closed)) == "xxxxxxxx");
}

MarkRows rows(std::initializer_list<std::array<const char*, 3>> list) {
    MarkRows out;
    std::uint32_t number = 2;
    for (const auto& [code, mark, note] : list) {
        out.row_number.push_back(number++);
        out.customer_code.push_back(code);
        out.mark.push_back(mark);
        out.note.push_back(note);
    }
    return out;
}

TEST_CASE("a marked workbook is checked row by row") {
    StringColumn given;
    for (const char* code : {"0771000000001", "0771000000002", "0771000000003"}) given.push_back(code);
    const CodeIndex index(given);
    const std::string long_note(256, 'n');
    const MarkPlan plan = check_marks(rows({{"0771000000001", "是", ""},
                                            {"0771000000002", "否", "note"},
                                            {"771000000003", "", ""},  // its zero lost
                                            {"0771000000001", "是", ""},
                                            {"0771000000009", "是", ""},
                                            {"", "是", ""},
                                            {"7.71E+11", "是", ""},
                                            {"0771000000002", "yes", ""},
                                            {"0771000000002", "是", long_note.c_str()}}),
                                      index);
    std::vector<std::string> faults;
    for (const MarkFault fault : plan.fault) faults.emplace_back(code_of(fault));
    CHECK(faults == std::vector<std::string>{"none", "none", "none", "repeated", "not_given", "customer_code_missing", "customer_code_bad", "mark_bad",
                                             "note_too_long"});
    CHECK(plan.refused == 6);
    CHECK(plan.claims == 1);
    CHECK(plan.customer[2] == 2);
    CHECK(plan.taken == std::vector<std::uint8_t>{1, 0, 0, 0, 0, 0, 0, 0, 0});
}

}  // namespace
}  // namespace qudao
