#include "client/platform/glyph_atlas.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <unordered_set>
#include <utility>

#include "client/platform/bridge.hpp"
#include "client/platform/shelf_packer.hpp"
#include "client/platform/stb_truetype.hpp"
#include "imgui.h"

namespace qudao::platform {
namespace {

// 2048 is the least that every WebGL 2 offers; at density 1 it holds some 14,000 characters of body size.
constexpr int kTextureWidth = 2048, kFirstHeight = 256, kLargestHeight = 2048;
constexpr int kPadding = 1;          // between boxes, against bilinear neighbours
constexpr int kWhiteBox = 4;         // where ImGui's untextured triangles look
constexpr float kLineHeight = 1.25F;
// Middle of capitals and of ideographs above the baseline, in em; measured on the shipped font.
constexpr float kMiddle = 0.36F;
// Grey edges are darkened: coverage blended in sRGB space looks thin for dark text on white.
constexpr float kContrast = 0.80F;
constexpr float kBoldEm = 0.045F;    // widening of strokes for the bold faces
constexpr int kLargestBox = 256;

bool takes_no_room(std::uint32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0xAD || (c >= 0x300 && c <= 0x36F) || (c >= 0x200B && c <= 0x200F) ||
         (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || (c >= 0xFE00 && c <= 0xFE0F) || c == 0xFEFF ||
         (c >= 0xE0000 && c <= 0xE0FFF);
}

bool is_ideograph(std::uint32_t c) { return c >= 0x4E00 && c <= 0x9FFF; }

bool is_icon(std::uint32_t c) { return c >= 0xE000 && c <= 0xF8FF; }

struct Bitmap {
  std::vector<std::uint8_t> alpha;
  int width = 0, height = 0;
  int left = 0, top = 0;             // of the box, from the pen at the baseline, y down
  float advance = 0;
};

void widen(Bitmap& bitmap, float amount_px) {
  const int whole = static_cast<int>(amount_px);
  const float part = amount_px - static_cast<float>(whole);
  const int width = bitmap.width + whole + 1;
  std::vector<std::uint8_t> out(static_cast<std::size_t>(width) * static_cast<std::size_t>(bitmap.height));
  for (int y = 0; y < bitmap.height; ++y) {
    const std::uint8_t* in = bitmap.alpha.data() + static_cast<std::ptrdiff_t>(y) * bitmap.width;
    std::uint8_t* row = out.data() + static_cast<std::ptrdiff_t>(y) * width;
    for (int x = 0; x < bitmap.width; ++x) {
      for (int shift = 0; shift <= whole; ++shift) row[x + shift] = std::max(row[x + shift], in[x]);
      const float spill = static_cast<float>(in[x]) * part;
      row[x + whole + 1] = std::max(row[x + whole + 1], static_cast<std::uint8_t>(spill));
    }
  }
  bitmap.alpha.swap(out);
  bitmap.width = width;
}

struct Miss {
  int face = 0;
  std::uint32_t character = 0;
};

struct Face {
  AtlasFace spec;
  ImFont* font = nullptr;
  float em_px = 0;                   // device pixels
  float baseline_px = 0;             // from the top of the line
  bool used = false;                 // shown at least once: only then is its Latin made
  ImFontGlyph blank{};               // what is shown for the one pass before a glyph is made
};

// A font file and where its glyphs are.
struct Outlines {
  std::string bytes;
  stbtt_fontinfo info{};

  bool open(std::string font_bytes) {
    bytes = std::move(font_bytes);
    const auto* data = reinterpret_cast<const unsigned char*>(bytes.data());
    const int offset = bytes.size() > 64 ? stbtt_GetFontOffsetForIndex(data, 0) : -1;
    const bool good = offset >= 0 && stbtt_InitFont(&info, data, offset) != 0;
    if (!good) bytes.clear();
    return good;
  }
  [[nodiscard]] int glyph_of(std::uint32_t character) const {
    return bytes.empty() ? 0 : stbtt_FindGlyphIndex(&info, static_cast<int>(character));
  }
};

}  // namespace

struct GlyphAtlas::Impl {
  Outlines main_font, more_font;
  bool more_wanted = false, more_asked = false;
  std::vector<std::unique_ptr<Face>> faces;
  std::array<std::uint8_t, 256> contrast{};
  float density = 0;

  ShelfPacker packer;
  // Not a vector: its filling is a call for each byte where the library is built for size, 30 ms of the first page.
  std::unique_ptr<std::uint8_t[]> pixels;
  int height = 0;
  int first_dirty = 0, last_dirty = 0;
  bool resized = true;

  std::vector<Miss> missed;
  std::unordered_set<std::uint64_t> missed_once;
  std::int64_t glyphs = 0;

  [[nodiscard]] std::size_t pixel_count() const { return static_cast<std::size_t>(kTextureWidth) * static_cast<std::size_t>(height); }
  void start_afresh();
  void reset_face(int index);
  [[nodiscard]] bool make_latin(int face);
  [[nodiscard]] bool make(const Miss& miss);
  [[nodiscard]] Bitmap rasterise(const Face& face, std::uint32_t character);
  [[nodiscard]] static Bitmap from_font(const Face& face, const Outlines& outlines, int glyph_index);
  [[nodiscard]] static Bitmap from_browser(const Face& face, std::uint32_t character);
  [[nodiscard]] PackedBox place(int width, int height_px);
  [[nodiscard]] bool grow();
  void copy_in(const Bitmap& bitmap, const PackedBox& box);
  void add_to_font(Face& face, std::uint32_t character, const Bitmap& bitmap, const PackedBox& box);
  void mark_dirty(int first, int last);
};

GlyphAtlas::GlyphAtlas() : impl_(std::make_unique<Impl>()) {}
GlyphAtlas::~GlyphAtlas() = default;

bool GlyphAtlas::open(std::string font_bytes, const std::vector<AtlasFace>& faces) {
  if (!impl_->main_font.open(std::move(font_bytes))) return false;
  for (std::size_t i = 0; i < impl_->contrast.size(); ++i)
    impl_->contrast[i] = static_cast<std::uint8_t>(255.0F * std::pow(static_cast<float>(i) / 255.0F, kContrast) + 0.5F);

  ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
  atlas.Flags = ImFontAtlasFlags_NoMouseCursors | ImFontAtlasFlags_NoBakedLines;
  for (const AtlasFace& spec : faces) {
    auto face = std::make_unique<Face>();
    face->spec = spec;
    face->font = IM_NEW(ImFont);
    atlas.Fonts.push_back(face->font);
    impl_->faces.push_back(std::move(face));
  }
  atlas.TexReady = true;
  return true;
}

bool GlyphAtlas::open_more(std::string font_bytes) {
  if (!impl_->more_font.open(std::move(font_bytes))) return false;
  impl_->start_afresh();
  return true;
}

bool GlyphAtlas::take_more_wanted() { return std::exchange(impl_->more_wanted, false); }

void GlyphAtlas::set_density(float density) {
  if (density == impl_->density) return;
  impl_->density = density;
  impl_->start_afresh();
}

void GlyphAtlas::note_miss(const ImFont* font, std::uint32_t character) {
  const auto is_it = [font](const auto& face) { return face->font == font; };
  const auto found = std::find_if(impl_->faces.begin(), impl_->faces.end(), is_it);
  if (found == impl_->faces.end()) return;  // ImGui's stand-in font for passwords
  const auto face = static_cast<int>(found - impl_->faces.begin());
  if (impl_->missed_once.insert((static_cast<std::uint64_t>(face) << 32) | character).second)
    impl_->missed.push_back({face, character});
}

bool GlyphAtlas::make_missing() {
  if (impl_->missed.empty()) return false;
  const std::vector<Miss> work = std::exchange(impl_->missed, {});
  impl_->missed_once.clear();
  for (const Miss& miss : work) {
    const bool first_of_face = !impl_->faces[static_cast<std::size_t>(miss.face)]->used;
    if ((!first_of_face || impl_->make_latin(miss.face)) && impl_->make(miss)) continue;
    // Full at its limit: begin again; the next pass misses just what is on screen.
    impl_->start_afresh();
    break;
  }
  return true;
}

GlyphAtlas::Pixels GlyphAtlas::take_changes() {
  Pixels out{impl_->pixels.get(), kTextureWidth, impl_->height, impl_->first_dirty, impl_->last_dirty, impl_->resized};
  impl_->first_dirty = impl_->last_dirty = 0;
  impl_->resized = false;
  return out;
}

void GlyphAtlas::everything_changed() { impl_->resized = true; }
std::int64_t GlyphAtlas::glyph_count() const { return impl_->glyphs; }
std::int64_t GlyphAtlas::bytes() const { return static_cast<std::int64_t>(impl_->pixel_count()); }

void GlyphAtlas::Impl::start_afresh() {
  glyphs = 0;
  height = kFirstHeight;
  packer = ShelfPacker(kTextureWidth, height);
  pixels = std::make_unique<std::uint8_t[]>(pixel_count());
  const PackedBox white = packer.place(kWhiteBox, kWhiteBox);
  for (int y = 0; y < kWhiteBox; ++y)
    std::memset(pixels.get() + static_cast<std::ptrdiff_t>(white.y + y) * kTextureWidth + white.x, 255, kWhiteBox);
  ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
  atlas.TexWidth = kTextureWidth;
  atlas.TexHeight = height;
  atlas.TexUvScale = ImVec2(1.0F / kTextureWidth, 1.0F / static_cast<float>(height));
  atlas.TexUvWhitePixel = ImVec2(2.0F / kTextureWidth, 2.0F / static_cast<float>(height));
  for (int i = 0; i < static_cast<int>(faces.size()); ++i) reset_face(i);
  mark_dirty(0, height);
  resized = true;
}

void GlyphAtlas::Impl::reset_face(int index) {
  Face& face = *faces[static_cast<std::size_t>(index)];
  face.em_px = std::round(face.spec.size_px * density);
  ImFont& font = *face.font;
  font.ClearOutputData();
  font.ContainerAtlas = ImGui::GetIO().Fonts;
  font.FontSize = std::round(face.spec.size_px * kLineHeight) * density;
  face.baseline_px = std::round(font.FontSize / 2 + face.em_px * kMiddle);
  font.Ascent = face.baseline_px;
  font.Descent = face.baseline_px - font.FontSize;
  font.FallbackChar = '?';
  font.EllipsisChar = 0x2026;
  face.blank = ImFontGlyph{};
  face.blank.AdvanceX = face.em_px;
  font.FallbackGlyph = &face.blank;
  font.FallbackAdvanceX = face.em_px;  // right for every ideograph, also before it is made
  font.DirtyLookupTables = false;
  if (face.used) (void)make_latin(index);
}

// Latin is on every screen that uses a face: made at once, its widths are right in the next pass and after a reset in the
// first. A face that was never shown costs nothing: the first page shows two of them.
bool GlyphAtlas::Impl::make_latin(int face) {
  faces[static_cast<std::size_t>(face)]->used = true;
  for (std::uint32_t c = 0x20; c < 0x7F; ++c)
    if (!make({face, c})) return false;
  return true;
}

bool GlyphAtlas::Impl::make(const Miss& miss) {
  Face& face = *faces[static_cast<std::size_t>(miss.face)];
  if (miss.character < static_cast<std::uint32_t>(face.font->IndexLookup.Size) &&
      face.font->IndexLookup[static_cast<int>(miss.character)] != static_cast<ImWchar>(-1))
    return true;
  const Bitmap bitmap = rasterise(face, miss.character);
  PackedBox box{0, 0, true};
  if (bitmap.width > 0 && bitmap.height > 0) {
    box = place(bitmap.width + kPadding, bitmap.height + kPadding);
    if (!box.placed) return false;
    copy_in(bitmap, box);
  }
  add_to_font(face, miss.character, bitmap, box);
  ++glyphs;
  return true;
}

Bitmap GlyphAtlas::Impl::rasterise(const Face& face, std::uint32_t character) {
  Bitmap bitmap;
  if (character == '\t') {
    bitmap.advance = face.em_px * 2;
  } else if (!takes_no_room(character)) {
    const bool icon = is_icon(character);
    const int index = icon ? 0 : main_font.glyph_of(character);
    const int late_index = icon || index != 0 ? 0 : more_font.glyph_of(character);
    bitmap = index != 0 ? from_font(face, main_font, index) : late_index != 0 ? from_font(face, more_font, late_index) : from_browser(face, character);
    if (index == 0 && is_ideograph(character) && !std::exchange(more_asked, true)) more_wanted = true;
    if (face.spec.bold && !is_icon(character) && bitmap.width > 0) widen(bitmap, face.em_px * kBoldEm);
    if (!is_icon(character))
      for (std::uint8_t& value : bitmap.alpha) value = contrast[value];
  }
  return bitmap;
}

Bitmap GlyphAtlas::Impl::from_font(const Face& face, const Outlines& outlines, int glyph_index) {
  const stbtt_fontinfo& info = outlines.info;
  const float scale = stbtt_ScaleForMappingEmToPixels(&info, face.em_px);
  int advance = 0, bearing = 0, x0 = 0, y0 = 0, x1 = 0, y1 = 0;
  stbtt_GetGlyphHMetrics(&info, glyph_index, &advance, &bearing);
  stbtt_GetGlyphBitmapBox(&info, glyph_index, scale, scale, &x0, &y0, &x1, &y1);
  Bitmap bitmap;
  bitmap.width = std::min(x1 - x0, kLargestBox);
  bitmap.height = std::min(y1 - y0, kLargestBox);
  bitmap.left = x0;
  bitmap.top = y0;
  bitmap.advance = std::round(static_cast<float>(advance) * scale);
  bitmap.alpha.resize(static_cast<std::size_t>(bitmap.width) * static_cast<std::size_t>(bitmap.height));
  if (!bitmap.alpha.empty())
    stbtt_MakeGlyphBitmap(&info, bitmap.alpha.data(), bitmap.width, bitmap.height, bitmap.width, scale, scale, glyph_index);
  return bitmap;
}

Bitmap GlyphAtlas::Impl::from_browser(const Face& face, std::uint32_t character) {
  const float side = std::round(face.em_px * 1.15F);
  // As much as js/glyphs.js may fill.
  const int most = std::min(kLargestBox, static_cast<int>(std::ceil(is_icon(character) ? side + 2 : face.em_px * 2)));
  std::vector<std::uint8_t> box(static_cast<std::size_t>(most) * static_cast<std::size_t>(most));
  std::array<float, 5> metrics{};  // width, height, left, top, advance
  if (is_icon(character)) {
    qd_glyph_icon(static_cast<int>(character), side, box.data(), metrics.data());
    // The square is centred on the middle of capitals; the inked box lies inside it.
    metrics[3] += std::round(-face.em_px * kMiddle - side / 2);
  } else {
    qd_glyph_text(static_cast<int>(character), face.em_px, box.data(), metrics.data());
  }
  Bitmap bitmap;
  bitmap.width = static_cast<int>(metrics[0]);
  bitmap.height = static_cast<int>(metrics[1]);
  bitmap.left = static_cast<int>(metrics[2]);
  bitmap.top = static_cast<int>(metrics[3]);
  bitmap.advance = std::round(metrics[4]);
  box.resize(static_cast<std::size_t>(bitmap.width) * static_cast<std::size_t>(bitmap.height));
  bitmap.alpha = std::move(box);
  return bitmap;
}

PackedBox GlyphAtlas::Impl::place(int width, int height_px) {
  PackedBox box = packer.place(width, height_px);
  while (!box.placed && grow()) box = packer.place(width, height_px);
  return box;
}

bool GlyphAtlas::Impl::grow() {
  if (height >= kLargestHeight) return false;
  const std::size_t made = pixel_count();
  height *= 2;
  packer.grow_to(height);
  auto taller = std::make_unique<std::uint8_t[]>(pixel_count());
  std::memcpy(taller.get(), pixels.get(), made);
  pixels = std::move(taller);
  ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
  atlas.TexHeight = height;
  atlas.TexUvScale.y = 1.0F / static_cast<float>(height);
  atlas.TexUvWhitePixel.y /= 2;
  for (const auto& face : faces)
    for (ImFontGlyph& glyph : face->font->Glyphs) {
      glyph.V0 /= 2;
      glyph.V1 /= 2;
    }
  resized = true;
  return true;
}

void GlyphAtlas::Impl::copy_in(const Bitmap& bitmap, const PackedBox& box) {
  for (int y = 0; y < bitmap.height; ++y)
    std::memcpy(pixels.get() + static_cast<std::ptrdiff_t>(box.y + y) * kTextureWidth + box.x,
                bitmap.alpha.data() + static_cast<std::ptrdiff_t>(y) * bitmap.width, static_cast<std::size_t>(bitmap.width));
  mark_dirty(box.y, box.y + bitmap.height);
}

void GlyphAtlas::Impl::add_to_font(Face& face, std::uint32_t character, const Bitmap& bitmap, const PackedBox& box) {
  ImFont& font = *face.font;
  ImFontGlyph glyph{};
  glyph.Codepoint = character;
  glyph.Visible = bitmap.width > 0 && bitmap.height > 0 ? 1U : 0U;
  glyph.AdvanceX = bitmap.advance;
  glyph.X0 = static_cast<float>(bitmap.left);
  glyph.Y0 = face.baseline_px + static_cast<float>(bitmap.top);
  glyph.X1 = glyph.X0 + static_cast<float>(bitmap.width);
  glyph.Y1 = glyph.Y0 + static_cast<float>(bitmap.height);
  glyph.U0 = static_cast<float>(box.x) / kTextureWidth;
  glyph.V0 = static_cast<float>(box.y) / static_cast<float>(height);
  glyph.U1 = static_cast<float>(box.x + bitmap.width) / kTextureWidth;
  glyph.V1 = static_cast<float>(box.y + bitmap.height) / static_cast<float>(height);
  font.Glyphs.push_back(glyph);

  // What BuildLookupTable would do, for one character: it would walk the whole table for each batch.
  const int index = static_cast<int>(character);
  const int old_size = font.IndexLookup.Size;
  if (index >= old_size) {
    // In blocks, or the table would be moved for nearly every new character.
    font.GrowIndex((index / 4096 + 1) * 4096);
    for (int i = old_size; i < font.IndexAdvanceX.Size; ++i) font.IndexAdvanceX[i] = font.FallbackAdvanceX;
  }
  font.IndexLookup[index] = static_cast<ImWchar>(font.Glyphs.Size - 1);
  font.IndexAdvanceX[index] = glyph.AdvanceX;
}

void GlyphAtlas::Impl::mark_dirty(int first, int last) {
  if (first_dirty == last_dirty) {
    first_dirty = first;
    last_dirty = last;
  } else {
    first_dirty = std::min(first_dirty, first);
    last_dirty = std::max(last_dirty, last);
  }
}

}  // namespace qudao::platform
