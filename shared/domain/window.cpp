#include "shared/domain/window.hpp"

namespace qudao {

Status check_window_policy(const WindowPolicy& policy) {
    const bool good = policy.open_day >= 2 && policy.open_day <= 28 && policy.close_day >= 1 && policy.close_day < policy.open_day;
    return good ? done() : Status(Error::of("policy.window_days").with("open_day", policy.open_day).with("close_day", policy.close_day));
}

WindowState window_on(Date day, const WindowPolicy& policy) {
    const CivilDate today = civil(day);
    const Date opening = make_date(today.year, today.month, policy.open_day);
    const Date closing = make_date(today.year, today.month, policy.close_day);
    if (opening <= day) return {true, opening, add_months(closing, 1), kNoDate};
    if (day <= closing) return {true, add_months(opening, -1), closing, kNoDate};
    return {false, kNoDate, kNoDate, opening};
}

Period period_of_window(Date opened_on) { return add_months(period_of(opened_on), -1); }

WindowSpan window_of(Period period, const WindowPolicy& policy) {
    const CivilDate month = civil(first_day(add_months(period, 1)));
    const CivilDate after = civil(first_day(add_months(period, 2)));
    return {make_date(month.year, month.month, policy.open_day), make_date(after.year, after.month, policy.close_day)};
}

Period period_at(Date day, const WindowPolicy& policy) {
    const WindowState window = window_on(day, policy);
    return period_of_window(window.open ? window.opened_on : window.next_opening);
}

Period last_closed_period(Date day, const WindowPolicy& policy) { return add_months(period_at(day, policy), -1); }

Period new_in(const Arrival& arrival, Date today, const WindowPolicy& policy) {
    const Period open = period_at(today, policy);
    const Period of_file = period_of(arrival.file_day);
    const Period installed = arrival.installed_on && period_of(arrival.installed_on) < of_file ? period_of(arrival.installed_on) : of_file;
    if (!(installed < open)) return installed;
    return arrival.first_file ? Period{} : open;
}

Date same_date_next_year(Date date) {
    const CivilDate c = civil(date);
    if (c.month == 2 && c.day == 29) return make_date(c.year + 1, 3, 1);
    return make_date(c.year + 1, c.month, c.day);
}

Date lock_at_close(Period period, const WindowPolicy& policy) { return same_date_next_year(window_of(period, policy).closes_on); }

Date adjustable_from(Date locked_until, const WindowPolicy& policy) {
    const WindowState then = window_on(locked_until, policy);
    return then.open ? locked_until : then.next_opening;
}

Countdown countdown(const WindowState& window, Date day) {
    if (!window.open) return {};
    constexpr std::int32_t kSoonDays = 10;
    constexpr std::int32_t kUrgentDays = 3;
    const std::int32_t left = window.closes_on.days - day.days + 1;
    const Urgency urgency = left <= 1              ? Urgency::last_day
                            : left <= kUrgentDays ? Urgency::urgent
                            : left <= kSoonDays   ? Urgency::soon
                                                  : Urgency::calm;
    return {left, urgency};
}

std::string_view code_of(Urgency urgency) {
    constexpr std::string_view kCodes[] = {"calm", "soon", "urgent", "last_day"};
    return kCodes[static_cast<std::size_t>(urgency)];
}

}  // namespace qudao
