// The adjustment window (row D7): from the 9th to the 3rd of the next month, both included; and the lock of what was
// not placed in time (row D8). Both are policy data; the readings are these defaults.
#pragma once

#include "shared/base/date.hpp"
#include "shared/base/result.hpp"

namespace qudao {

struct WindowPolicy {
    unsigned open_day = 9;   // first day of the window, 2..28
    unsigned close_day = 3;  // last day, of the month after; 1..open_day-1
    friend bool operator==(const WindowPolicy&, const WindowPolicy&) = default;
};

// policy.window_days when the days are out of their ranges.
Status check_window_policy(const WindowPolicy& policy);

struct WindowState {
    bool open = false;
    Date opened_on;     // when open: its first day
    Date closes_on;     // when open: its last day, included
    Date next_opening;  // when closed: the day from which moves are possible again
    friend bool operator==(const WindowState&, const WindowState&) = default;
};
WindowState window_on(Date day, const WindowPolicy& policy);

// A lock holds through the day before `locked_until`; on that date the customer can be adjusted again.
inline bool is_locked(Date locked_until, Date day) { return locked_until && day < locked_until; }

// The round of an account period is worked on in the window that opens in the month after it: on the 9th all of the period's
// new customers are known. So the window of 9 November to 3 December is that of period 202610.
Period period_of_window(Date opened_on);
struct WindowSpan {
    Date opens_on;
    Date closes_on;  // included
    friend bool operator==(const WindowSpan&, const WindowSpan&) = default;
};
WindowSpan window_of(Period period, const WindowPolicy& policy);
// The period whose window is open on that day, else the one whose window opens next.
Period period_at(Date day, const WindowPolicy& policy);
// The last period whose window is over on that day.
Period last_closed_period(Date day, const WindowPolicy& policy);

// The period whose new customer one is who came with a file: the month it was installed in (where that is not said, the
// file's), not after the file's, and none whose window is over: who comes late belongs to the next round that is to be
// closed, so that nobody falls through. What the very first file brings was there before: only what was installed in a
// period still open is new, all else no period's (0).
struct Arrival {
    Date installed_on;
    Date file_day;
    bool first_file = false;
};
Period new_in(const Arrival& arrival, Date today, const WindowPolicy& policy);

// The same date a year on; of 29 February the 1st of March, so that a year is never cut short.
Date same_date_next_year(Date date);
// What is not placed when the window of its period closes is locked until the closing date of the year after.
Date lock_at_close(Period period, const WindowPolicy& policy);
// From when a locked customer can really be moved: the end of the lock or, outside a window, the opening after it.
Date adjustable_from(Date locked_until, const WindowPolicy& policy);

// How near the close is; warnings grow with it.
enum class Urgency : std::uint8_t { calm, soon, urgent, last_day };
struct Countdown {
    std::int32_t days_left = 0;  // today included; 0 when closed
    Urgency urgency = Urgency::calm;
    friend bool operator==(const Countdown&, const Countdown&) = default;
};
Countdown countdown(const WindowState& window, Date day);
std::string_view code_of(Urgency urgency);

}  // namespace qudao
