#include "shared/domain/window.hpp"

#include <catch2/catch.hpp>

namespace qudao {
namespace {

constexpr WindowPolicy kPolicy;  // from the 9th to the 3rd of the next month

TEST_CASE("the days around the borders of a window") {
    const auto on = [](int year, unsigned month, unsigned day) { return window_on(make_date(year, month, day), kPolicy); };
    CHECK(on(2026, 11, 8) == WindowState{false, kNoDate, kNoDate, make_date(2026, 11, 9)});
    CHECK(on(2026, 11, 9) == WindowState{true, make_date(2026, 11, 9), make_date(2026, 12, 3), kNoDate});
    CHECK(on(2026, 12, 3) == WindowState{true, make_date(2026, 11, 9), make_date(2026, 12, 3), kNoDate});
    CHECK(on(2026, 12, 4) == WindowState{false, kNoDate, kNoDate, make_date(2026, 12, 9)});
    CHECK(on(2026, 11, 30).open);
    CHECK(on(2026, 12, 1).opened_on == make_date(2026, 11, 9));
}

TEST_CASE("a window goes over the end of the year") {
    const WindowState state = window_on(make_date(2026, 12, 31), kPolicy);
    CHECK(state == WindowState{true, make_date(2026, 12, 9), make_date(2027, 1, 3), kNoDate});
    CHECK(window_on(make_date(2027, 1, 3), kPolicy) == state);
    CHECK(window_on(make_date(2027, 1, 4), kPolicy) == WindowState{false, kNoDate, kNoDate, make_date(2027, 1, 9)});
}

TEST_CASE("February, leap and not") {
    CHECK(window_on(make_date(2028, 2, 29), kPolicy) == WindowState{true, make_date(2028, 2, 9), make_date(2028, 3, 3), kNoDate});
    CHECK(window_on(make_date(2026, 2, 28), kPolicy) == WindowState{true, make_date(2026, 2, 9), make_date(2026, 3, 3), kNoDate});
    CHECK(window_on(make_date(2028, 3, 1), kPolicy).opened_on == make_date(2028, 2, 9));
    CHECK(window_on(make_date(2100, 3, 3), kPolicy).closes_on == make_date(2100, 3, 3));
}

TEST_CASE("every day of four years is inside exactly the window that names it, or names the next opening") {
    for (const WindowPolicy policy : {WindowPolicy{}, WindowPolicy{2, 1}, WindowPolicy{28, 27}, WindowPolicy{28, 1}, WindowPolicy{15, 3}}) {
        REQUIRE(check_window_policy(policy).ok());
        WindowState previous;
        for (Date day = make_date(2025, 1, 1); day < make_date(2029, 1, 1); day = add_days(day, 1)) {
            const WindowState state = window_on(day, policy);
            const unsigned number = civil(day).day;
            REQUIRE(state.open == (number >= policy.open_day || number <= policy.close_day));
            if (state.open) {
                REQUIRE(state.opened_on <= day);
                REQUIRE(day <= state.closes_on);
                REQUIRE(civil(state.opened_on).day == policy.open_day);
                REQUIRE(civil(state.closes_on).day == policy.close_day);
                REQUIRE_FALSE(state.next_opening);
                if (previous.open) REQUIRE((previous == state || day == state.opened_on));
            } else {
                REQUIRE(day < state.next_opening);
                REQUIRE(window_on(state.next_opening, policy).open);
                REQUIRE_FALSE(window_on(add_days(state.next_opening, -1), policy).open);
                REQUIRE_FALSE(state.opened_on);
            }
            previous = state;
        }
    }
}

TEST_CASE("policies that make no window are refused") {
    for (const WindowPolicy policy : {WindowPolicy{1, 0}, WindowPolicy{9, 9}, WindowPolicy{9, 10}, WindowPolicy{29, 3}, WindowPolicy{9, 0}, WindowPolicy{0, 0}}) {
        const Status status = check_window_policy(policy);
        REQUIRE_FALSE(status.ok());
        CHECK(status.error().code == "policy.window_days");
    }
}

TEST_CASE("a lock holds through the day before its date") {
    const Date until = make_date(2027, 11, 4);
    CHECK(is_locked(until, make_date(2027, 11, 3)));
    CHECK_FALSE(is_locked(until, until));
    CHECK_FALSE(is_locked(until, make_date(2027, 11, 5)));
    CHECK_FALSE(is_locked(kNoDate, make_date(2026, 1, 1)));
}

TEST_CASE("a period's window opens in the month after it, also over the end of the year") {
    CHECK(window_of(Period{202610}, kPolicy) == WindowSpan{make_date(2026, 11, 9), make_date(2026, 12, 3)});
    CHECK(window_of(Period{202611}, kPolicy) == WindowSpan{make_date(2026, 12, 9), make_date(2027, 1, 3)});
    CHECK(window_of(Period{202612}, kPolicy) == WindowSpan{make_date(2027, 1, 9), make_date(2027, 2, 3)});
    CHECK(window_of(Period{202801}, kPolicy) == WindowSpan{make_date(2028, 2, 9), make_date(2028, 3, 3)});
    CHECK(period_of_window(make_date(2027, 1, 9)) == Period{202612});
}

TEST_CASE("the period of a day and the last one that is over, at every border") {
    const auto at = [](int year, unsigned month, unsigned day) { return period_at(make_date(year, month, day), kPolicy).yyyymm; };
    const auto closed = [](int year, unsigned month, unsigned day) { return last_closed_period(make_date(year, month, day), kPolicy).yyyymm; };
    CHECK(at(2026, 12, 3) == 202610);
    CHECK(closed(2026, 12, 3) == 202609);
    CHECK(at(2026, 12, 4) == 202611);  // its window opens next
    CHECK(closed(2026, 12, 4) == 202610);
    CHECK(at(2026, 12, 8) == 202611);
    CHECK(closed(2026, 12, 8) == 202610);
    CHECK(at(2026, 12, 9) == 202611);
    CHECK(closed(2026, 12, 9) == 202610);
    CHECK(at(2027, 1, 3) == 202611);
    CHECK(at(2027, 1, 4) == 202612);
    CHECK(closed(2027, 1, 4) == 202611);
    CHECK(at(2028, 2, 29) == 202801);
}

TEST_CASE("every day of five years, the closed period is the one before the period at hand, and its window is over") {
    for (Date day = make_date(2024, 1, 1); day < make_date(2029, 1, 1); day = add_days(day, 1)) {
        const Period current = period_at(day, kPolicy);
        const Period last = last_closed_period(day, kPolicy);
        REQUIRE(add_months(last, 1) == current);
        REQUIRE(window_of(last, kPolicy).closes_on < day);
        REQUIRE(day <= window_of(current, kPolicy).closes_on);
    }
}

TEST_CASE("a new customer belongs to the month it was installed in, and to no round that is over") {
    const WindowPolicy policy;
    const Date none = kNoDate;
    const auto period = [&](Date installed, Date file, Date today, bool first = false) { return new_in({installed, file, first}, today, policy).yyyymm; };
    const Date nov18 = make_date(2026, 11, 18);  // 202610 is at hand
    CHECK(period(make_date(2026, 11, 17), nov18, nov18) == 202611);
    CHECK(period(make_date(2026, 10, 31), make_date(2026, 11, 1), make_date(2026, 11, 1)) == 202610);  // the file of the 1st brings the 31st
    CHECK(period(make_date(2026, 10, 31), nov18, nov18) == 202610);                                    // late, in time for its round
    CHECK(period(none, nov18, nov18) == 202611);
    CHECK(period(make_date(2030, 1, 1), nov18, nov18) == 202611);  // never after its file
    // Its round is over: the next one that is to be closed.
    CHECK(period(make_date(2026, 9, 30), nov18, nov18) == 202610);
    CHECK(period(none, make_date(2026, 11, 30), make_date(2027, 1, 3)) == 202611);
    CHECK(period(none, make_date(2026, 11, 30), make_date(2027, 1, 4)) == 202612);
    CHECK(period(make_date(2026, 12, 31), make_date(2027, 1, 15), make_date(2027, 1, 15)) == 202612);
    // The very first file brings the stock: no round is made of it.
    CHECK(period(make_date(2015, 3, 1), nov18, nov18, true) == 0);
    CHECK(period(make_date(2026, 9, 30), nov18, nov18, true) == 0);
    CHECK(period(make_date(2026, 10, 1), nov18, nov18, true) == 202610);
    CHECK(period(none, nov18, nov18, true) == 202611);
}

TEST_CASE("what is not placed is locked until the closing date of the year after") {
    CHECK(lock_at_close(Period{202610}, kPolicy) == make_date(2027, 12, 3));
    CHECK(lock_at_close(Period{202611}, kPolicy) == make_date(2028, 1, 3));
    CHECK(same_date_next_year(make_date(2026, 12, 31)) == make_date(2027, 12, 31));
    CHECK(same_date_next_year(make_date(2027, 2, 28)) == make_date(2028, 2, 28));
    // No year is cut short: 366 days from the leap day.
    CHECK(same_date_next_year(make_date(2028, 2, 29)) == make_date(2029, 3, 1));
}

TEST_CASE("a locked customer can be moved when the lock has ended and a window is open") {
    CHECK(adjustable_from(make_date(2027, 12, 3), kPolicy) == make_date(2027, 12, 3));
    CHECK(adjustable_from(make_date(2027, 12, 4), kPolicy) == make_date(2027, 12, 9));
    CHECK(adjustable_from(make_date(2027, 12, 8), kPolicy) == make_date(2027, 12, 9));
    CHECK(adjustable_from(make_date(2027, 12, 9), kPolicy) == make_date(2027, 12, 9));
}

TEST_CASE("warnings grow as the close nears") {
    const auto on = [](unsigned month, unsigned day) {
        const Date date = make_date(2026, month, day);
        return countdown(window_on(date, kPolicy), date);
    };
    CHECK(on(11, 9) == Countdown{25, Urgency::calm});
    CHECK(on(11, 23) == Countdown{11, Urgency::calm});
    CHECK(on(11, 24) == Countdown{10, Urgency::soon});
    CHECK(on(12, 1) == Countdown{3, Urgency::urgent});
    CHECK(on(12, 3) == Countdown{1, Urgency::last_day});
    CHECK(on(12, 4) == Countdown{0, Urgency::calm});
}

}  // namespace
}  // namespace qudao
