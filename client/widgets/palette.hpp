// Every colour and size, in two schemes and two densities: plain values, tested without a browser. Views name a
// token or a tone, never a number. How they get on screen: theme.hpp.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace qudao::ui {

using Colour = std::uint32_t;  // ImGui's packed colour (IM_COL32)

constexpr Colour rgb(std::uint32_t hex, std::uint32_t alpha = 255) {
  return (alpha << 24) | ((hex & 0xFFU) << 16) | (hex & 0xFF00U) | ((hex >> 16) & 0xFFU);
}
constexpr Colour with_alpha(Colour colour, std::uint32_t alpha) { return (colour & 0x00FFFFFFU) | (alpha << 24); }

// What a thing says by its colour. Never the only carrier: a word or an icon stands beside it.
enum class Tone : std::uint8_t { neutral, accent, good, warn, bad };

// The outcome of one row of a bulk move, and of one customer of an undo. The colours differ in lightness and in
// the blue-orange direction, which every common kind of colour blindness keeps apart; the icons differ in shape.
enum class Verdict : std::uint8_t { moved, unchanged, refused, kept };
[[nodiscard]] Tone tone_of(Verdict verdict);
[[nodiscard]] Tone tone_of_change(std::int64_t change);   // more, less, the same

struct ToneColours {
  Colour solid = 0;    // buttons, bars
  Colour text = 0;     // on a surface or on `soft`: contrast 4.5 or more
  Colour soft = 0;     // backgrounds of badges and banners
  Colour line = 0;     // their border
};

inline constexpr std::size_t kSeriesColours = 8;

struct Colours {
  Colour page = 0, surface = 0, raised = 0, sunken = 0;
  Colour line = 0, line_strong = 0;
  Colour text = 0, text_muted = 0, text_faint = 0, text_on_solid = 0;
  Colour hover = 0, pressed = 0, selected = 0;
  Colour accent_hover = 0, accent_pressed = 0;
  Colour bad_hover = 0, bad_pressed = 0;
  Colour focus_ring = 0, scrim = 0, shadow = 0;
  Colour nav = 0, nav_text = 0, nav_text_muted = 0, nav_hover = 0, nav_selected = 0;
  Colour before = 0, after = 0;                      // the pair of a before/after chart
  Colour strip = 0, strip_text = 0;                  // 测试环境, over every screen
  Colour tooltip = 0, tooltip_text = 0;
  Colour scroll = 0, scroll_hover = 0, scroll_held = 0;
  Colour marked_text = 0;                            // behind selected text
  Colour mark_branch = 0, mark_leaf = 0;             // the product's mark
  ToneColours neutral, accent, good, warn, bad;
  std::array<Colour, kSeriesColours> series{};       // of charts: told apart in every common colour blindness
};

// CSS pixels.
struct Sizes {
  float gap_xs = 4, gap_s = 8, gap_m = 12, gap_l = 16, gap_xl = 24;
  float radius_s = 4, radius_m = 6, radius_l = 10;
  float control_height = 34, control_height_small = 28;
  float row_height = 38, header_row_height = 38;
  float tree_row_height = 32, menu_row_height = 36, list_row_height = 32;
  float top_bar_height = 52, strip_height = 26, side_menu_width = 208, side_menu_narrow = 56;
  float narrow_screen = 1100;                        // below it the side menu shows its icons only
  float least_column = 132;                          // of Columns: below it they go on in another line
  float form_width = 320;
  float space = 1;   // what views' gaps and paddings are multiplied with
};

enum class Scheme : std::uint8_t { light, dark };
enum class Density : std::uint8_t { comfortable, compact };
[[nodiscard]] const Colours& colours_in(Scheme scheme);
[[nodiscard]] const Sizes& sizes_in(Density density);
[[nodiscard]] const ToneColours& tone_in(const Colours& colours, Tone tone);

// What a person chose; kept by the browser as text.
enum class SchemeChoice : std::uint8_t { system, light, dark };
struct Look {
  SchemeChoice scheme = SchemeChoice::system;
  Density density = Density::comfortable;
  friend bool operator==(const Look&, const Look&) = default;
};
[[nodiscard]] std::string to_text(const Look& look);          // "dark compact"
[[nodiscard]] Look look_in(std::string_view text);            // whatever is unknown is the usual
[[nodiscard]] Scheme scheme_of(const Look& look, bool system_is_dark);

}  // namespace qudao::ui
