// When the next feed of a kind is due, after the last that succeeded.
#pragma once

#include "shared/base/date.hpp"
#include "shared/feed/rows.hpp"

namespace qudao::feed {

inline constexpr unsigned kChargesDueDay = 5;  // charges of a month are due on the 5th of the month after it [fill]

// The day on which the next one should be here at the latest.
inline Date due_after(const Head& last) {
    const Format& format = format_of(last.kind);
    if (!format.by_period) return add_days(last.day, format.rhythm_days);
    const Date month = make_date(last.period.yyyymm / 100, static_cast<unsigned>(last.period.yyyymm % 100), kChargesDueDay);
    return add_months(month, 2);
}
// Days late; 0: not late.
inline std::int32_t days_late(const Head& last, Date today) {
    const Date due = due_after(last);
    return today > due ? today.days - due.days : 0;
}

}  // namespace qudao::feed
