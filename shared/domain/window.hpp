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

}  // namespace qudao
