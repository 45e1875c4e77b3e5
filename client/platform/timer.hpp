// Something to be done later, once. The loop is woken afterwards. Timers do not hold settle() back.
#pragma once

#include <cstdint>
#include <functional>

namespace qudao::platform {

using TimerId = std::int32_t;  // 0 is none

TimerId call_after(std::int64_t delay_ms, std::function<void()> action);
void cancel_timer(TimerId id);  // of one that has fired: nothing happens

// Draws once more in `delay_ms` (a toast that goes, a clock on screen); the earliest wish wins.
void wake_after(std::int64_t delay_ms);

}  // namespace qudao::platform
