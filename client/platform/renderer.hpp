// ImGui's triangles to WebGL 2. The drawing itself is js/gl.js; this flattens the lists for it.
// For client/platform only.
#pragma once

struct ImDrawData;

namespace qudao::platform {

class GlyphAtlas;

void render(const ImDrawData& data, GlyphAtlas& atlas, float density);

}  // namespace qudao::platform
