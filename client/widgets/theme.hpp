// How everything looks: the one place for colours, sizes and faces. Views name a token or a tone, never a
// number. Light only for now; a dark theme is a second Colours.
#pragma once

#include <cstdint>
#include <vector>

#include "client/platform/platform.hpp"

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

struct ToneColours {
  Colour solid = 0;    // buttons, bars
  Colour text = 0;     // on white: contrast 4.5 or more
  Colour soft = 0;     // backgrounds of badges and banners
  Colour line = 0;     // their border
};

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
  ToneColours neutral, accent, good, warn, bad;
};

// CSS pixels.
struct Sizes {
  float gap_xs = 4, gap_s = 8, gap_m = 12, gap_l = 16, gap_xl = 24;
  float radius_s = 4, radius_m = 6, radius_l = 10;
  float control_height = 34, control_height_small = 28;
  float row_height = 38, header_row_height = 38;
  float top_bar_height = 52, strip_height = 26, side_menu_width = 208;
  float form_width = 320;
};

enum class Face : std::uint8_t { body, small, strong, heading, title, figure };
inline constexpr int kFaceCount = 6;

struct FaceSpec {
  float size_px = 14;
  bool bold = false;
};

struct Theme {
  Colours colour;
  Sizes size;
  FaceSpec face[kFaceCount];
};

[[nodiscard]] const Theme& theme();
[[nodiscard]] const ToneColours& colours_of(Tone tone);
[[nodiscard]] Tone tone_of(Verdict verdict);

// Once, when the application is opened(): ImGui's style.
void apply_theme();
// For platform::PageOptions, in the order of Face.
[[nodiscard]] std::vector<platform::AtlasFace> atlas_faces();

// Text drawn while it lives is in this face.
class FaceScope {
 public:
  explicit FaceScope(Face face);
  ~FaceScope();
  FaceScope(const FaceScope&) = delete;
  FaceScope& operator=(const FaceScope&) = delete;
};

}  // namespace qudao::ui
