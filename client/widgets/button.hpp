// Things one presses. Labels are `translated###stable_key`; what follows ### is not shown.
#pragma once

#include <span>
#include <string_view>

#include "client/widgets/icon.hpp"

namespace qudao::ui {

enum class ButtonKind : std::uint8_t { secondary, primary, danger, quiet };

struct ButtonOptions {
  ButtonKind kind = ButtonKind::secondary;
  Icon icon = Icon::none;
  float width = 0;                    // 0: as wide as needed; < 0: all that is left
  bool enabled = true;
  bool small = false;
  std::string_view why_disabled = {};      // tooltip while it is disabled; say what would enable it
  std::string_view hint = {};              // tooltip otherwise
};

[[nodiscard]] bool button(std::string_view label, const ButtonOptions& options = {});
[[nodiscard]] bool primary_button(std::string_view label, ButtonOptions options = {});
[[nodiscard]] bool danger_button(std::string_view label, ButtonOptions options = {});
[[nodiscard]] bool quiet_button(std::string_view label, ButtonOptions options = {});
// Only the icon is seen; the label is its tooltip and its name for readers.
[[nodiscard]] bool icon_button(Icon icon, std::string_view label, const ButtonOptions& options = {});
[[nodiscard]] bool link(std::string_view label);
[[nodiscard]] float button_width(std::string_view label, Icon icon = Icon::none, bool small = false);

struct TabItem {
  std::string_view label = {};
  std::string_view count = {};             // a small number after it; "" for none
  Icon icon = Icon::none;
};
// Return the new choice, or -1 when nothing was pressed.
[[nodiscard]] int tabs(std::string_view id, std::span<const TabItem> items, int current);
// The same as one joined control, for two to four short words.
[[nodiscard]] int segmented(std::string_view id, std::span<const TabItem> items, int current);
[[nodiscard]] float segmented_width(std::span<const TabItem> items);

}  // namespace qudao::ui
