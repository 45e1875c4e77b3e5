#include <catch2/catch.hpp>

#include "shared/domain/totals.hpp"
#include "tests/unit/domain/small_province.hpp"

namespace qudao {
namespace {

using test::at;
using test::Customers;
using test::kCross;
using test::kMove;
using test::kPublicMask;
using test::kView;
using test::rights_of;
using test::Rows;
using test::small_province;

const Date kInside = make_date(2026, 11, 18);
const Date kOutside = make_date(2026, 12, 5);

struct Case {
    Rights rights = rights_of({{kMove | kCross, "P"}});
    Date day = kInside;
    std::optional<bool> time_allows;
    Date undo_window;
    MovePlan plan(const Customers& customers, const MoveRows& rows, const std::vector<std::uint8_t>& dropped = {}) const {
        const CodeIndex index(customers.columns.code);
        return plan_moves(rows, customers.columns, index, {small_province(), rights, WindowPolicy{}, day, Basis{1, 1, 1}, time_allows, undo_window}, dropped);
    }
};

std::string verdict_of_row(const MovePlan& plan, std::size_t row) {
    std::string out(code_of(plan.verdict[row]));
    if (plan.reason[row] != Reason::none) out += " " + std::string(code_of(plan.reason[row]));
    return out;
}

TEST_CASE("a row moves its customer") {
    const Customers customers = Customers().add("c1", "C1", 3, kNoDate, 500).add("c2", "C2");
    const MoveRows rows = Rows().add("c1", "C5").add("c2", "W1").done();
    const MovePlan plan = Case().plan(customers, rows);
    CHECK(verdict_of_row(plan, 0) == "moved");
    CHECK(verdict_of_row(plan, 1) == "moved");
    CHECK(plan.count(Verdict::moved) == 2);
    CHECK(plan.count(Reason::none) == 2);
    CHECK(plan.customer[0] == 0);
    CHECK(plan.target[rows.target[0]] == at("C5"));
    CHECK(plan.leaving[at("C1")] == UnitTotal{1, 1, 500});
    CHECK(plan.arriving[at("C5")] == UnitTotal{1, 1, 500});
    CHECK(plan.window.open);
}

TEST_CASE("already there is unchanged, whatever rights, locks and window say") {
    const Customers customers = Customers().add("c1", "C1", 1, make_date(2030, 1, 1));
    Case outside;
    outside.rights = rights_of({{kView, "P"}});
    outside.day = kOutside;
    const MovePlan plan = outside.plan(customers, Rows().add("c1", "C1").done());
    CHECK(verdict_of_row(plan, 0) == "unchanged");
    CHECK(plan.arriving[at("C1")] == UnitTotal{});
}

TEST_CASE("what is wrong with the row itself stands, whatever else") {
    const Customers customers = Customers().add("c1", "C1");
    const MoveRows rows = Rows().add("", "C5", Reason::customer_code_missing).add("7E+11", "C5", Reason::customer_code_bad).add("c1", "", Reason::target_missing)
                              .add("c1", "C5", Reason::note_too_long, "长").add("c1", "C5").done();
    const MovePlan plan = Case().plan(customers, rows);
    CHECK(verdict_of_row(plan, 0) == "refused customer_code_missing");
    CHECK(verdict_of_row(plan, 1) == "refused customer_code_bad");
    CHECK(verdict_of_row(plan, 2) == "refused target_missing");
    CHECK(verdict_of_row(plan, 3) == "refused note_too_long");
    CHECK(verdict_of_row(plan, 4) == "moved");  // a defective row names nobody
    CHECK(plan.customer[3] == MovePlan::kNoCustomer);
}

TEST_CASE("a customer named again is refused with the row of its first mention") {
    const Customers customers = Customers().add("c1", "C1").add("c2", "C2");
    const MoveRows rows = Rows().add("c1", "nowhere").add("c2", "C5").add("c1", "C5").add("c1", "C5").add("cx", "C5").add("cx", "C5").done();
    const MovePlan plan = Case().plan(customers, rows);
    CHECK(verdict_of_row(plan, 0) == "refused unit_unknown");
    CHECK(verdict_of_row(plan, 2) == "refused repeated");
    CHECK(plan.detail[2] == 2);
    CHECK(verdict_of_row(plan, 3) == "refused repeated");
    CHECK(plan.detail[3] == 2);
    CHECK(verdict_of_row(plan, 5) == "refused customer_not_visible");  // unknown ones are not told apart, not even as repeated
}

TEST_CASE("a dropped row counts nowhere and hides no repetition") {
    const Customers customers = Customers().add("c1", "C1");
    const MoveRows rows = Rows().add("c1", "C2").add("c1", "C5").add("", "", Reason::customer_code_missing).done();
    const MovePlan plan = Case().plan(customers, rows, {1, 0, 1});
    CHECK(verdict_of_row(plan, 0) == "dropped");
    CHECK(verdict_of_row(plan, 1) == "moved");
    CHECK(verdict_of_row(plan, 2) == "dropped");
    CHECK(plan.count(Verdict::dropped) == 2);
    CHECK(plan.count(Verdict::refused) == 0);
    CHECK(plan.arriving[at("C2")] == UnitTotal{});
    CHECK(plan.customer[0] == MovePlan::kNoCustomer);
}

TEST_CASE("targets that are none") {
    const Customers customers = Customers().add("c1", "C1").add("c2", "C1").add("c3", "C1").add("c4", "C1").add("c5", "C1");
    const MovePlan plan = Case().plan(customers, Rows().add("c1", "X9").add("c2", "T1").add("c3", "KP").add("c4", "C3").add("c5", "A1").done());
    CHECK(verdict_of_row(plan, 0) == "refused unit_unknown");
    CHECK(verdict_of_row(plan, 1) == "refused unit_not_place");
    CHECK(verdict_of_row(plan, 2) == "refused unit_not_place");
    CHECK(verdict_of_row(plan, 3) == "refused unit_inactive");
    CHECK(verdict_of_row(plan, 4) == "moved");
}

TEST_CASE("out of a retired community one can go") {
    const Customers customers = Customers().add("c1", "C3");
    CHECK(verdict_of_row(Case().plan(customers, Rows().add("c1", "C1").done()), 0) == "moved");
}

TEST_CASE("rights to move, inside one channel and across") {
    struct Try {
        std::vector<test::Held> held;
        const char* from;
        const char* to;
        const char* expected;
    };
    const std::vector<Try> tries = {
        {{{kMove, "P"}}, "C1", "C5", "moved"},
        {{{kMove, "P"}}, "C1", "C4", "refused cross_channel"},
        {{{kMove, "N1"}}, "C1", "C6", "refused target_out_of_scope"},
        {{{kMove, "B1"}}, "C5", "C1", "refused customer_out_of_scope"},
        {{{kMove, "B1"}}, "C5", "C6", "refused customer_out_of_scope"},
        {{{kMove, "P", kPublicMask}}, "C1", "C4", "refused target_out_of_scope"},
        {{{kMove, "KP"}}, "C1", "C5", "moved"},
        {{{kMove, "KP"}}, "C4", "C2", "refused customer_out_of_scope"},
        {{{kMove | kCross, "P"}}, "C1", "C4", "moved"},
        {{{kMove | kCross, "N1"}}, "C1", "C4", "moved"},
        {{{kMove | kCross, "N1"}}, "C1", "C6", "refused target_out_of_scope"},
        {{{kMove, "P"}, {kCross, "N1"}}, "C1", "C6", "refused cross_channel"},
        {{{kMove, "P"}, {kCross, "N1"}}, "C1", "C4", "moved"},
        {{{kCross, "P"}}, "C1", "C4", "moved"},
        {{{kCross, "P"}}, "C1", "C5", "refused customer_out_of_scope"},
        {{{kMove, "T1"}, {kCross, "P"}}, "C1", "C5", "refused target_out_of_scope"},
        {{{kView, "P"}}, "C1", "C5", "refused customer_out_of_scope"},
        {{}, "C1", "C5", "refused customer_out_of_scope"},
    };
    for (const Try& t : tries) {
        Case c;
        c.rights = rights_of(t.held);
        INFO(t.from << " to " << t.to << " expecting " << t.expected);
        CHECK(verdict_of_row(c.plan(Customers().add("c", t.from), Rows().add("c", t.to).done()), 0) == t.expected);
    }
}

TEST_CASE("a lock refuses until its day and says which") {
    const Customers customers = Customers().add("c1", "C1", 1, make_date(2026, 11, 19)).add("c2", "C1", 1, make_date(2026, 11, 18)).add("c3", "C1", 1, make_date(2026, 1, 1));
    const MovePlan plan = Case().plan(customers, Rows().add("c1", "C2").add("c2", "C2").add("c3", "C2").done());
    CHECK(verdict_of_row(plan, 0) == "refused locked");
    CHECK(Date{plan.detail[0]} == make_date(2026, 11, 19));
    CHECK(verdict_of_row(plan, 1) == "moved");
    CHECK(verdict_of_row(plan, 2) == "moved");
}

TEST_CASE("a closed window refuses and names the next opening") {
    Case closed;
    closed.day = kOutside;
    const Customers customers = Customers().add("c1", "C1");
    const MoveRows rows = Rows().add("c1", "C2").done();
    const MovePlan plan = closed.plan(customers, rows);
    CHECK(verdict_of_row(plan, 0) == "refused window_closed");
    CHECK(Date{plan.detail[0]} == make_date(2026, 12, 9));
    CHECK_FALSE(plan.window.open);
    closed.time_allows = true;  // an undo with a right of its own
    CHECK(verdict_of_row(closed.plan(customers, rows), 0) == "moved");
}

TEST_CASE("an undo outside its own window says which that was, whether or not another is open") {
    const Customers customers = Customers().add("c1", "C1");
    const MoveRows rows = Rows().add("c1", "C2").done();
    for (const Date day : {kOutside, kInside}) {
        Case undo;
        undo.day = day;
        undo.time_allows = false;
        undo.undo_window = make_date(2026, 10, 9);
        const MovePlan refused = undo.plan(customers, rows);
        CHECK(verdict_of_row(refused, 0) == "refused undo_window_past");
        CHECK(Date{refused.detail[0]} == make_date(2026, 10, 9));
        undo.undo_window = kNoDate;  // of a batch made outside any window
        CHECK(undo.plan(customers, rows).detail[0] == 0);
    }
}

TEST_CASE("an undo keeps what changed since") {
    const Customers customers = Customers().add("c1", "C5", 4).add("c2", "C5", 6).add("c3", "C1", 9);
    MoveRows rows = Rows().add("c1", "C1").add("c2", "C1").add("c3", "C1").done();
    rows.expected_version = {4, 5, 8};
    const MovePlan plan = Case().plan(customers, rows);
    CHECK(verdict_of_row(plan, 0) == "moved");
    CHECK(verdict_of_row(plan, 1) == "refused changed_since");
    CHECK(verdict_of_row(plan, 2) == "refused changed_since");  // even where it is at home again
}

// Everything wrong with one row at once, then mended one by one: each time the next reason shows.
TEST_CASE("of several reasons the first in the order is given") {
    const Reason order[] = {Reason::note_too_long,   Reason::customer_not_visible, Reason::repeated,          Reason::unit_unknown,        Reason::unit_not_place,
                            Reason::unit_inactive,   Reason::changed_since,        Reason::customer_out_of_scope, Reason::target_out_of_scope, Reason::cross_channel,
                            Reason::locked,          Reason::window_closed};
    for (std::size_t mended = 0; mended <= std::size(order); ++mended) {
        const auto wrong = [&](Reason reason) {
            for (std::size_t i = mended; i < std::size(order); ++i)
                if (order[i] == reason) return true;
            return false;
        };
        const Customers customers = Customers().add("c1", "C1", 5, wrong(Reason::locked) ? make_date(2030, 1, 1) : kNoDate);
        const char* target = wrong(Reason::unit_unknown) ? "??" : wrong(Reason::unit_not_place) ? "T2" : wrong(Reason::unit_inactive) ? "C3" : "C4";
        Rows rows;
        if (wrong(Reason::repeated)) rows.add("c1", "C1");
        rows.add(wrong(Reason::customer_not_visible) ? "stranger" : "c1", target, wrong(Reason::note_too_long) ? Reason::note_too_long : Reason::none);
        MoveRows done = rows.done();
        done.expected_version.assign(done.size(), wrong(Reason::changed_since) ? 4 : 5);
        Case c;
        std::vector<test::Held> held;
        if (!wrong(Reason::customer_out_of_scope)) held.push_back({kMove, "D1"});
        if (!wrong(Reason::target_out_of_scope)) held.push_back({kMove, "D2"});
        if (!wrong(Reason::cross_channel)) held.push_back({kCross, "P"});
        c.rights = rights_of(held);
        c.day = wrong(Reason::window_closed) ? kOutside : kInside;
        const MovePlan plan = c.plan(customers, done);
        INFO(mended);
        CHECK(plan.reason.back() == (mended < std::size(order) ? order[mended] : Reason::none));
    }
}

TEST_CASE("flows: how many go from where to where") {
    const Customers customers = Customers().add("a", "C1", 1, kNoDate, 10).add("b", "C1", 1, kNoDate, std::nullopt).add("c", "C2", 1, kNoDate, 30).add("d", "C1", 1, kNoDate, 40);
    const MoveRows rows = Rows().add("a", "C5").add("b", "C5").add("c", "C5").add("d", "W1").add("zzz", "C5").done();
    const MovePlan plan = Case().plan(customers, rows);
    const std::vector<Flow> expected = {{at("C1"), at("W1"), {1, 1, 40}}, {at("C1"), at("C5"), {2, 1, 10}}, {at("C2"), at("C5"), {1, 1, 30}}};
    CHECK(flows_of(plan, rows, customers.columns) == expected);  // W1 lies before C5
    CHECK(flows_of(plan, Rows().done(), customers.columns).empty());
}

TEST_CASE("nothing plans to nothing") {
    const MovePlan plan = Case().plan(Customers(), MoveRows{});
    CHECK(plan.verdict.empty());
    CHECK(plan.count(Verdict::moved) == 0);
    CHECK(plan.arriving.size() == small_province().size());
}

TEST_CASE("rows keep each target code once") {
    const MoveRows rows = Rows().add("a", "C1").add("b", "C2").add("c", "C1").add("d", "").done();
    CHECK(rows.target_code.size() == 3);
    CHECK(rows.target == std::vector<std::uint32_t>{0, 1, 0, 2});
    CHECK(rows.row_number == std::vector<std::uint32_t>{2, 3, 4, 5});
}

TEST_CASE("names of verdicts and reasons lead back") {
    for (std::size_t i = 0; i < kVerdicts; ++i) CHECK(verdict_of(code_of(static_cast<Verdict>(i))) == static_cast<Verdict>(i));
    for (std::size_t i = 0; i < kReasons; ++i) CHECK(reason_of(code_of(static_cast<Reason>(i))) == static_cast<Reason>(i));
    CHECK_FALSE(verdict_of("lost").has_value());
    CHECK_FALSE(reason_of("").has_value());
}

}  // namespace
}  // namespace qudao
