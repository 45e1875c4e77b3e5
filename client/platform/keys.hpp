// The keys ImGui is told of. The numbers are shared with js/input.js; text never comes as keys.
#pragma once

#include <cstdint>

namespace qudao::platform {

enum class Key : std::uint16_t {
  tab = 1, left, right, up, down, page_up, page_down, home, end, insert, del, backspace, space, enter, escape,
  keypad_enter, a, c, v, x, y, z, k,
};
inline constexpr int kKeyCount = 24;

}  // namespace qudao::platform
