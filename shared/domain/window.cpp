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

}  // namespace qudao
