#include <catch2/catch.hpp>

#include "shared/feed/due.hpp"

namespace qudao::feed {

TEST_CASE("feed due: by rhythm, and charges on the 5th of the month after their month") {
    Head daily;
    daily.kind = Kind::subscribers;
    daily.day = make_date(2026, 11, 30);
    CHECK(days_late(daily, make_date(2026, 11, 30)) == 0);
    CHECK(days_late(daily, make_date(2026, 12, 1)) == 0);
    CHECK(days_late(daily, make_date(2026, 12, 3)) == 2);
    Head weekly = daily;
    weekly.kind = Kind::lines;
    CHECK(days_late(weekly, make_date(2026, 12, 7)) == 0);
    CHECK(days_late(weekly, make_date(2026, 12, 8)) == 1);
    Head monthly;
    monthly.kind = Kind::charges;
    monthly.period = {202611};  // the next, of December, on 5 January
    CHECK(due_after(monthly) == make_date(2027, 1, 5));
    CHECK(days_late(monthly, make_date(2027, 1, 5)) == 0);
    CHECK(days_late(monthly, make_date(2027, 1, 7)) == 2);
}

}  // namespace qudao::feed
