// How everything looks, as it is now: the palette of the chosen look and the faces text is drawn in. Views name a
// token or a tone, never a number.
#pragma once

#include <cstdint>
#include <vector>

#include "client/platform/platform.hpp"
#include "client/widgets/palette.hpp"

namespace qudao::ui {

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

// Once, when the application is opened(), and outside of a frame whenever the person or the system chooses
// another look: ImGui's style and the page round the canvas.
void apply_look(const Look& look);
[[nodiscard]] const Look& current_look();
// A low window (a small screen, a high zoom) is compact whatever was chosen. Before anything of a frame is drawn.
void fit_look(float height);
// The usual look; for pages that offer no choice.
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
