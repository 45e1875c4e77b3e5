#include "shared/base/date.hpp"

#include <catch2/catch.hpp>

namespace qudao {
namespace {

TEST_CASE("days are counted from 1970") {
    CHECK(make_date(1970, 1, 1).days == 0);
    CHECK(make_date(1969, 12, 31).days == -1);
    CHECK(make_date(2026, 11, 23).days == 20780);
    CHECK(make_date(2000, 2, 29).days - make_date(2000, 2, 28).days == 1);
    CHECK(make_date(1900, 3, 1).days - make_date(1900, 2, 28).days == 1);  // 1900 was no leap year
}

TEST_CASE("a date and its civil parts are the same thing") {
    for (std::int32_t days = -25'000; days < 60'000; days += 7) {
        const CivilDate c = civil(Date{days});
        REQUIRE(make_date(c.year, c.month, c.day).days == days);
        REQUIRE(parse_date(format_date(Date{days})).value().days == days);
    }
}

TEST_CASE("no date is below every date and has no text") {
    CHECK_FALSE(kNoDate);
    CHECK(kNoDate < make_date(1900, 1, 1));
    CHECK(format_date(kNoDate).empty());
    CHECK(make_date(1970, 1, 1));
}

TEST_CASE("months are added to the same day, or to the last one there is") {
    CHECK(add_months(make_date(2026, 1, 31), 1) == make_date(2026, 2, 28));
    CHECK(add_months(make_date(2028, 1, 31), 1) == make_date(2028, 2, 29));
    CHECK(add_months(make_date(2026, 12, 15), 1) == make_date(2027, 1, 15));
    CHECK(add_months(make_date(2026, 1, 15), -1) == make_date(2025, 12, 15));
    CHECK(add_months(make_date(2026, 3, 31), -13) == make_date(2025, 2, 28));
    CHECK(add_months(make_date(2028, 2, 29), 12) == make_date(2029, 2, 28));
    CHECK(add_months(make_date(2026, 5, 5), 0) == make_date(2026, 5, 5));
    CHECK(add_days(make_date(2026, 12, 31), 1) == make_date(2027, 1, 1));
    CHECK(last_day_of_month(2028, 2) == 29);
    CHECK(last_day_of_month(2100, 2) == 28);
    CHECK(last_day_of_month(2000, 2) == 29);
    CHECK(last_day_of_month(2026, 4) == 30);
}

TEST_CASE("dates are read strictly") {
    CHECK(parse_date("2026-11-23").value() == make_date(2026, 11, 23));
    CHECK(parse_date("1900-01-01").ok());
    CHECK(parse_date("9999-12-31").ok());
    for (const char* text : {"", "2026-11-2", "2026-1-23", "2026/11/23", "20261123", "2026-13-01", "2026-00-10", "2026-02-29", "2026-11-31",
                             "2026-11-23 ", " 2026-11-23", "1899-12-31", "0000-01-01", "2026-11-00", "２０２６-11-23", "+026-11-23", "2026-+1-23"}) {
        INFO(text);
        const auto result = parse_date(text);
        REQUIRE_FALSE(result.ok());
        CHECK(result.error().code == "date.format");
        CHECK(result.error().param("text") == text);
    }
}

TEST_CASE("periods") {
    CHECK(period_of(make_date(2026, 1, 31)) == Period{202601});
    CHECK(period_of(make_date(2026, 12, 1)) == Period{202612});
    CHECK(parse_period("202610").value() == Period{202610});
    for (const char* text : {"", "2026", "202613", "202600", "2026-1", "20261", "2026100", "189912", "abcdef"}) {
        INFO(text);
        CHECK_FALSE(parse_period(text).ok());
    }
    CHECK_FALSE(Period{});
    CHECK(Period{202609} < Period{202610});
}

TEST_CASE("an instant belongs to the day it is in Shanghai") {
    const Date day = make_date(2026, 11, 23);
    const Instant start = start_of_day(day);
    CHECK(format_instant(start) == "2026-11-23 00:00:00");
    CHECK(date_in_shanghai(start) == day);
    CHECK(date_in_shanghai(Instant{start.epoch_ms - 1}) == add_days(day, -1));
    CHECK(date_in_shanghai(Instant{start.epoch_ms + 86'399'999}) == day);
    CHECK(format_instant(Instant{start.epoch_ms + 86'399'999}) == "2026-11-23 23:59:59");
    CHECK(format_instant(Instant{0}) == "1970-01-01 08:00:00");
    CHECK(date_in_shanghai(Instant{-28'800'001}) == make_date(1969, 12, 31));
    CHECK(format_instant(Instant{-28'800'001}) == "1969-12-31 23:59:59");
}

}  // namespace
}  // namespace qudao
