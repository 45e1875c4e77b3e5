// Our own line icons. Each is a character of the private use area that the platform rasterises from a path at
// the size and density of the face it is drawn in; icon_text() puts it into any label.
#pragma once

#include <cstdint>
#include <string>

#include "client/widgets/theme.hpp"

namespace qudao::ui {

// The order is that of kIconPaths in client/platform/js/icons.js.
enum class Icon : std::uint16_t {
  none, upload, download, file, search, check, cross, warning, info, forbidden, equal, arrow_right, arrow_left,
  arrow_up, arrow_down, chevron_right, chevron_down, chevron_up, chevron_left, undo, refresh, user, users, building,
  tree, list, chart, clock, calendar, lock, unlock, settings, logout, menu, filter, sort, trash, plus, minus, edit,
  eye, link, copy, home, move, channel, log, flask, globe, more, table, key, inbox, help, external, drag,
};
inline constexpr std::uint32_t kFirstIconCodepoint = 0xE000;

[[nodiscard]] std::string icon_text(Icon icon);  // UTF-8
// Draws it at the cursor and advances.
void icon(Icon which, Colour colour, float size_px = 16);

}  // namespace qudao::ui
