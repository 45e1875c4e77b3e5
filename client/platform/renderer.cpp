#include "client/platform/renderer.hpp"

#include <algorithm>
#include <cstddef>
#include <vector>

#include "client/platform/bridge.hpp"
#include "client/platform/glyph_atlas.hpp"
#include "imgui.h"

namespace qudao::platform {

static_assert(sizeof(ImDrawVert) == 20 && offsetof(ImDrawVert, uv) == 8 && offsetof(ImDrawVert, col) == 16,
              "js/gl.js names these offsets");
static_assert(sizeof(ImDrawIdx) == 2, "js/gl.js draws UNSIGNED_SHORT");

void render(const ImDrawData& data, GlyphAtlas& atlas, float density) {
  const GlyphAtlas::Pixels changes = atlas.take_changes();
  if (changes.resized || changes.first_row < changes.last_row)
    qd_gl_atlas(changes.data, changes.width, changes.height, changes.first_row, changes.last_row, changes.resized ? 1 : 0);

  const ImVec4 clear = ImGui::GetStyleColorVec4(ImGuiCol_WindowBg);
  qd_gl_begin(data.DisplaySize.x, data.DisplaySize.y, density, ImGui::ColorConvertFloat4ToU32(clear));
  std::vector<float> commands;
  for (int n = 0; n < data.CmdListsCount; ++n) {
    const ImDrawList& list = *data.CmdLists[n];
    commands.clear();
    for (const ImDrawCmd& cmd : list.CmdBuffer) {
      const float left = std::max(cmd.ClipRect.x, 0.0F), top = std::max(cmd.ClipRect.y, 0.0F);
      if (cmd.ClipRect.z <= left || cmd.ClipRect.w <= top || cmd.ElemCount == 0) continue;
      // Offsets stay below 2^24, where a float is exact: 16-bit indices a list, and lists of some megabytes.
      commands.insert(commands.end(),
                      {left, top, cmd.ClipRect.z, cmd.ClipRect.w, static_cast<float>(cmd.ElemCount),
                       static_cast<float>(cmd.IdxOffset), static_cast<float>(cmd.VtxOffset)});
    }
    if (commands.empty()) continue;
    qd_gl_list(list.VtxBuffer.Data, list.VtxBuffer.size_in_bytes(), list.IdxBuffer.Data, list.IdxBuffer.size_in_bytes(),
               commands.data(), static_cast<int>(commands.size() / 7));
  }
  qd_gl_end();
}

}  // namespace qudao::platform
