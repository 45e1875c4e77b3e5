// Civil dates, account periods (账期) and instants. Civil time is Asia/Shanghai, which has had no daylight saving
// since 1991 and is a constant eight hours ahead of UTC. Nothing here reads a clock: see ports::Clock.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "shared/base/result.hpp"

namespace qudao {

// A civil date as days since 1970-01-01. kNoDate marks "none" (it compares below every real date).
struct Date {
    std::int32_t days = INT32_MIN;
    explicit operator bool() const { return days != INT32_MIN; }
    friend bool operator==(Date, Date) = default;
    friend bool operator<(Date a, Date b) { return a.days < b.days; }
    friend bool operator<=(Date a, Date b) { return a.days <= b.days; }
    friend bool operator>(Date a, Date b) { return b < a; }
    friend bool operator>=(Date a, Date b) { return b <= a; }
};
inline constexpr Date kNoDate{};

struct CivilDate {
    int year = 0;
    unsigned month = 0;  // 1..12
    unsigned day = 0;    // 1..31
};

Date make_date(int year, unsigned month, unsigned day);  // asserts a real date
CivilDate civil(Date date);
Date add_days(Date date, std::int32_t days);
// The same day of the month so many months on; 31 January + 1 month is the last of February.
Date add_months(Date date, int months);
unsigned last_day_of_month(int year, unsigned month);

std::string format_date(Date date);                // "2026-11-23", "" for none
Result<Date> parse_date(std::string_view text);    // strict yyyy-MM-dd, years 1900..9999; `date.format`

// Account period: a natural month, YYYYMM.
struct Period {
    std::int32_t yyyymm = 0;
    explicit operator bool() const { return yyyymm != 0; }
    friend bool operator==(Period, Period) = default;
    friend bool operator<(Period a, Period b) { return a.yyyymm < b.yyyymm; }
};
Period period_of(Date date);
Period add_months(Period period, int months);
Date first_day(Period period);
Result<Period> parse_period(std::string_view text);  // `period.format`

// An instant: milliseconds since 1970-01-01T00:00Z.
struct Instant {
    std::int64_t epoch_ms = 0;
    friend bool operator==(Instant, Instant) = default;
    friend bool operator<(Instant a, Instant b) { return a.epoch_ms < b.epoch_ms; }
};
Date date_in_shanghai(Instant at);
std::string format_instant(Instant at);  // "2026-11-23 09:30:05", Shanghai civil time
// Start of a civil day in Shanghai.
Instant start_of_day(Date date);

}  // namespace qudao
