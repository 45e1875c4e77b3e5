// The glyphs that are on screen, in one one-channel texture. ImGui's own atlas builder is not used: it wants
// to know all characters beforehand, and 6,763 of them in six faces would be 30 MB and half a second.
// Instead ImFont::FindGlyph (patched at build, toolchains/patch_imgui.py) tells what it misses, and before
// the next pass those are rasterised: with stb_truetype from the shipped font, icons and whatever the font
// lacks (𠮷) by the browser. When the texture is full it doubles in height; at its limit it starts afresh
// with what is on screen. The shipped font is in two files; ideographs of the second are drawn by the browser until it
// has come.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "client/platform/platform.hpp"

struct ImFont;

namespace qudao::platform {

class GlyphAtlas {
 public:
  GlyphAtlas();
  ~GlyphAtlas();
  GlyphAtlas(const GlyphAtlas&) = delete;
  GlyphAtlas& operator=(const GlyphAtlas&) = delete;

  // False if the bytes are no font. Needs ImGui's context; faces become io.Fonts in their order.
  [[nodiscard]] bool open(std::string font_bytes, const std::vector<AtlasFace>& faces);
  // The rest of the font; everything is made anew. False if the bytes are no font.
  [[nodiscard]] bool open_more(std::string font_bytes);
  // An ideograph was missed that the first file has not; true once.
  [[nodiscard]] bool take_more_wanted();
  // Device pixels per CSS pixel; another one empties the atlas.
  void set_density(float density);

  void note_miss(const ImFont* font, std::uint32_t character);
  // Makes what was missed; true if there was anything, so that the frame must be drawn again. Between frames.
  bool make_missing();

  // For the renderer. Rows [first, last) have changed since the last call.
  struct Pixels {
    const std::uint8_t* data = nullptr;
    int width = 0, height = 0;
    int first_row = 0, last_row = 0;
    bool resized = false;
  };
  [[nodiscard]] Pixels take_changes();
  void everything_changed();               // the texture was lost
  [[nodiscard]] std::int64_t glyph_count() const;
  [[nodiscard]] std::int64_t bytes() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace qudao::platform
