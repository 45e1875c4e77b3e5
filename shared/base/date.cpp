#include "shared/base/date.hpp"

#include <cassert>
#include <chrono>

namespace qudao {
namespace {

using std::chrono::day;
using std::chrono::month;
using std::chrono::sys_days;
using std::chrono::year;
using std::chrono::year_month_day;

constexpr std::int64_t kMsPerDay = 86'400'000;
constexpr std::int64_t kShanghaiOffsetMs = 8 * 3'600'000;

// Digits [from, from+count) as a number, or -1.
int digits(std::string_view text, std::size_t from, std::size_t count) {
    int value = 0;
    for (std::size_t i = from; i < from + count; ++i) {
        if (text[i] < '0' || text[i] > '9') return -1;
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

void put(std::string& out, unsigned value, int width) {
    std::string number = std::to_string(value);
    out.append(static_cast<std::size_t>(width) > number.size() ? static_cast<std::size_t>(width) - number.size() : 0, '0');
    out += number;
}

std::int64_t floor_div(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }

}  // namespace

Date make_date(int y, unsigned m, unsigned d) {
    const year_month_day ymd{year{y}, month{m}, day{d}};
    assert(ymd.ok());
    return Date{static_cast<std::int32_t>(sys_days{ymd}.time_since_epoch().count())};
}

CivilDate civil(Date date) {
    const year_month_day ymd{sys_days{std::chrono::days{date.days}}};
    return {static_cast<int>(ymd.year()), static_cast<unsigned>(ymd.month()), static_cast<unsigned>(ymd.day())};
}

Date add_days(Date date, std::int32_t count) { return Date{date.days + count}; }

unsigned last_day_of_month(int y, unsigned m) {
    return static_cast<unsigned>(std::chrono::year_month_day_last{year{y}, std::chrono::month_day_last{month{m}}}.day());
}

Date add_months(Date date, int months) {
    const CivilDate c = civil(date);
    const int index = c.year * 12 + static_cast<int>(c.month) - 1 + months;
    const int y = static_cast<int>(floor_div(index, 12));
    const auto m = static_cast<unsigned>(index - y * 12) + 1;
    const unsigned last = last_day_of_month(y, m);
    return make_date(y, m, c.day < last ? c.day : last);
}

std::string format_date(Date date) {
    if (!date) return {};
    const CivilDate c = civil(date);
    std::string out;
    put(out, static_cast<unsigned>(c.year), 4);
    out += '-';
    put(out, c.month, 2);
    out += '-';
    put(out, c.day, 2);
    return out;
}

Result<Date> parse_date(std::string_view text) {
    const auto bad = [&] { return Error::of("date.format").with("text", text); };
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return bad();
    const int y = digits(text, 0, 4);
    const int m = digits(text, 5, 2);
    const int d = digits(text, 8, 2);
    if (y < 1900 || m < 1 || d < 1) return bad();
    const year_month_day ymd{year{y}, month{static_cast<unsigned>(m)}, day{static_cast<unsigned>(d)}};
    if (!ymd.ok()) return bad();
    return make_date(y, static_cast<unsigned>(m), static_cast<unsigned>(d));
}

Period period_of(Date date) {
    const CivilDate c = civil(date);
    return Period{c.year * 100 + static_cast<int>(c.month)};
}

Date first_day(Period period) { return make_date(period.yyyymm / 100, static_cast<unsigned>(period.yyyymm % 100), 1); }

Period add_months(Period period, int months) { return period_of(add_months(first_day(period), months)); }

Result<Period> parse_period(std::string_view text) {
    const auto bad = [&] { return Error::of("period.format").with("text", text); };
    if (text.size() != 6) return bad();
    const int y = digits(text, 0, 4);
    const int m = digits(text, 4, 2);
    if (y < 1900 || m < 1 || m > 12) return bad();
    return Period{y * 100 + m};
}

Date date_in_shanghai(Instant at) {
    return Date{static_cast<std::int32_t>(floor_div(at.epoch_ms + kShanghaiOffsetMs, kMsPerDay))};
}

std::string format_instant(Instant at) {
    const std::int64_t local = at.epoch_ms + kShanghaiOffsetMs;
    const std::int64_t days = floor_div(local, kMsPerDay);
    const auto seconds = static_cast<unsigned>((local - days * kMsPerDay) / 1000);
    std::string out = format_date(Date{static_cast<std::int32_t>(days)});
    out += ' ';
    put(out, seconds / 3600, 2);
    out += ':';
    put(out, seconds / 60 % 60, 2);
    out += ':';
    put(out, seconds % 60, 2);
    return out;
}

Instant start_of_day(Date date) { return Instant{date.days * kMsPerDay - kShanghaiOffsetMs}; }

}  // namespace qudao
