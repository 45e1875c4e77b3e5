#include "client/views/common/forms_draw.hpp"

#include <algorithm>

#include "client/platform/platform.hpp"
#include "client/platform/timer.hpp"
#include "client/views/common/format.hpp"
#include "client/widgets/widgets.hpp"

namespace qudao::client {

bool draw_restored(std::int64_t changed_unix_ms, const World& world) {
    if (changed_unix_ms == 0) return false;
    constexpr std::int64_t kMinuteMs = 60'000;
    const Words& words = world.words;
    const std::int64_t minutes = std::max<std::int64_t>(platform::unix_ms() - changed_unix_ms, 0) / kMinuteMs;
    platform::wake_after(kMinuteMs);  // its age goes on
    const bool pressed = ui::banner(ui::Tone::accent, words(Text::form_restored, {{"age", age_words(words, minutes)}}), words.id(Text::form_give_up)).action;
    ui::gap(8);
    return pressed;
}

}  // namespace qudao::client
