#include "client/widgets/palette.hpp"

namespace qudao::ui {
namespace {

// Okabe and Ito's colours, darkened where white paper asks for it.
constexpr std::array<Colour, kSeriesColours> kLightSeries{rgb(0x2F6FDE), rgb(0xD8741A), rgb(0x0F8A75), rgb(0xB0568F),
                                                          rgb(0x56A5DC), rgb(0xB39415), rgb(0x5A6780), rgb(0xA93411)};
constexpr std::array<Colour, kSeriesColours> kDarkSeries{rgb(0x6C9DF5), rgb(0xF0A04B), rgb(0x3CC2A7), rgb(0xD98BBD),
                                                         rgb(0x8FD0F5), rgb(0xE0CC5A), rgb(0xA3AFC4), rgb(0xF08562)};

constexpr Colours kLight{
    .page = rgb(0xF3F5F9), .surface = rgb(0xFFFFFF), .raised = rgb(0xFFFFFF), .sunken = rgb(0xF7F9FC),
    .line = rgb(0xE4E9F1), .line_strong = rgb(0xC9D2E0),
    .text = rgb(0x1C2536), .text_muted = rgb(0x5A6780), .text_faint = rgb(0x616D84), .text_on_solid = rgb(0xFFFFFF),
    .hover = rgb(0xF1F5FB), .pressed = rgb(0xE4EBF6), .selected = rgb(0xE8F0FD),
    .accent_hover = rgb(0x1A52B5), .accent_pressed = rgb(0x16469B),
    .bad_hover = rgb(0xAC3613), .bad_pressed = rgb(0x932D0F),
    .focus_ring = rgb(0x4D86E8), .scrim = rgb(0x0F1E38, 110), .shadow = rgb(0x1A2F55, 14),
    .nav = rgb(0x122B54), .nav_text = rgb(0xE7EEFA), .nav_text_muted = rgb(0x9DB2D4), .nav_hover = rgb(0x1B3A6C), .nav_selected = rgb(0x1F5FD0),
    .before = rgb(0xB3C0D4), .after = rgb(0x2F6FDE),
    .strip = rgb(0xFFE3A6), .strip_text = rgb(0x5F3A00),
    .tooltip = rgb(0x26324A, 245), .tooltip_text = rgb(0xFFFFFF),
    .scroll = rgb(0xCBD3E0), .scroll_hover = rgb(0xAAB6C8), .scroll_held = rgb(0x8D9BB2),
    .marked_text = rgb(0xBBD2F8),
    .mark_branch = rgb(0xBCD4FF), .mark_leaf = rgb(0xFFB454),
    .neutral = {rgb(0x5A6780), rgb(0x465269), rgb(0xEEF1F6), rgb(0xD8DFE9)},
    .accent = {rgb(0x1F5FD0), rgb(0x1A52B5), rgb(0xE8F0FD), rgb(0xBBD2F8)},
    .good = {rgb(0x0F7B6C), rgb(0x0B6659), rgb(0xE4F4F1), rgb(0xAEDCD3)},
    .warn = {rgb(0xD58A00), rgb(0x855000), rgb(0xFFF4DC), rgb(0xF1D79E)},
    .bad = {rgb(0xC4421B), rgb(0xA93411), rgb(0xFDEBE4), rgb(0xF3C1AE)},
    .series = kLightSeries,
};

constexpr Colours kDark{
    .page = rgb(0x10151F), .surface = rgb(0x181F2C), .raised = rgb(0x202938), .sunken = rgb(0x141A26),
    .line = rgb(0x2A3446), .line_strong = rgb(0x465470),
    .text = rgb(0xE6EBF4), .text_muted = rgb(0xA9B5C9), .text_faint = rgb(0x929FB6), .text_on_solid = rgb(0xFFFFFF),
    .hover = rgb(0x222C3D), .pressed = rgb(0x2B374B), .selected = rgb(0x1E3357),
    .accent_hover = rgb(0x3A72DC), .accent_pressed = rgb(0x2558B8),
    .bad_hover = rgb(0xD2532B), .bad_pressed = rgb(0xA93A15),
    .focus_ring = rgb(0x7FB0FF), .scrim = rgb(0x03060C, 165), .shadow = rgb(0x000000, 40),
    .nav = rgb(0x0C1526), .nav_text = rgb(0xDDE6F5), .nav_text_muted = rgb(0x8BA0C4), .nav_hover = rgb(0x17253F), .nav_selected = rgb(0x2560C9),
    .before = rgb(0x5B6B85), .after = rgb(0x6C9DF5),
    .strip = rgb(0x4A3608), .strip_text = rgb(0xFFE0A0),
    .tooltip = rgb(0x37445C, 250), .tooltip_text = rgb(0xF2F5FB),
    .scroll = rgb(0x3A465B), .scroll_hover = rgb(0x4D5C76), .scroll_held = rgb(0x657694),
    .marked_text = rgb(0x2B4F8F),
    .mark_branch = rgb(0xBCD4FF), .mark_leaf = rgb(0xFFB454),
    .neutral = {rgb(0x7F8DA5), rgb(0xB9C4D6), rgb(0x252F40), rgb(0x3B485E)},
    .accent = {rgb(0x2B66D4), rgb(0x8FB8FF), rgb(0x1B2E50), rgb(0x34558F)},
    .good = {rgb(0x178E7C), rgb(0x5FD0BC), rgb(0x12342F), rgb(0x23594F)},
    .warn = {rgb(0xD99A22), rgb(0xF2C063), rgb(0x3A2D10), rgb(0x664F1D)},
    .bad = {rgb(0xBF4520), rgb(0xFF9A78), rgb(0x40211A), rgb(0x74392A)},
    .series = kDarkSeries,
};

constexpr Sizes kComfortable{};
constexpr Sizes kCompact{.gap_xs = 3, .gap_s = 6, .gap_m = 9, .gap_l = 12, .gap_xl = 16,
                         .control_height = 28, .control_height_small = 24,
                         .row_height = 28, .header_row_height = 30,
                         .tree_row_height = 26, .menu_row_height = 32, .list_row_height = 28,
                         .top_bar_height = 42, .strip_height = 24, .side_menu_width = 180, .side_menu_narrow = 48, .least_column = 116,
                         .space = 0.7F};

}  // namespace

const Colours& colours_in(Scheme scheme) { return scheme == Scheme::dark ? kDark : kLight; }
const Sizes& sizes_in(Density density) { return density == Density::compact ? kCompact : kComfortable; }

const ToneColours& tone_in(const Colours& colours, Tone tone) {
  switch (tone) {
    case Tone::neutral: return colours.neutral;
    case Tone::accent: return colours.accent;
    case Tone::good: return colours.good;
    case Tone::warn: return colours.warn;
    case Tone::bad: return colours.bad;
  }
  return colours.neutral;
}

Tone tone_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::moved: return Tone::accent;
    case Verdict::unchanged: return Tone::neutral;
    case Verdict::refused: return Tone::bad;
    case Verdict::kept: return Tone::warn;
  }
  return Tone::neutral;
}

Tone tone_of_change(std::int64_t change) { return change > 0 ? Tone::good : change < 0 ? Tone::bad : Tone::neutral; }

std::string to_text(const Look& look) {
  const std::string scheme = look.scheme == SchemeChoice::dark ? "dark" : look.scheme == SchemeChoice::light ? "light" : "system";
  return scheme + (look.density == Density::compact ? " compact" : " comfortable");
}

Look look_in(std::string_view text) {
  const std::string_view scheme = text.substr(0, text.find(' '));
  Look look;
  if (scheme == "dark") look.scheme = SchemeChoice::dark;
  if (scheme == "light") look.scheme = SchemeChoice::light;
  if (text.ends_with(" compact")) look.density = Density::compact;
  return look;
}

Scheme scheme_of(const Look& look, bool system_is_dark) {
  if (look.scheme == SchemeChoice::system) return system_is_dark ? Scheme::dark : Scheme::light;
  return look.scheme == SchemeChoice::dark ? Scheme::dark : Scheme::light;
}

}  // namespace qudao::ui
