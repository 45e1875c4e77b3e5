#include "client/widgets/detail.hpp"

#include <cmath>

namespace qudao::ui {

std::string icon_text(Icon icon) {
  char buffer[5] = {};
  return ImTextCharToUtf8(buffer, kFirstIconCodepoint + static_cast<unsigned>(icon));
}

void icon(Icon which, Colour colour, float size_px) {
  using namespace detail;
  if (skipped()) return;
  ImGuiWindow& window = *ImGui::GetCurrentWindow();
  const float line = ImGui::GetFontSize();
  const ImVec2 at(window.DC.CursorPos.x, window.DC.CursorPos.y + window.DC.CurrLineTextBaseOffset + (line - size_px) / 2);
  ImGui::ItemSize(ImVec2(size_px, line), 0);
  if (ImGui::ItemAdd(ImRect(at, at + ImVec2(size_px, size_px)), 0)) put_icon(at, size_px, colour, which);
}

namespace detail {

bool put_cut(const ImRect& box, Colour colour, std::string_view words) {
  const ImVec2 size = measure(words);
  const bool cut = size.x > box.GetWidth() + 0.5F;
  if (!cut) {
    put(box.Min, colour, words);
    return false;
  }
  ImGui::PushStyleColor(ImGuiCol_Text, colour);
  ImGui::RenderTextEllipsis(&canvas(), box.Min, box.Max, box.Max.x, box.Max.x, words.data(), words.data() + words.size(), &size);
  ImGui::PopStyleColor();
  return true;
}

void put_icon(ImVec2 at, float size, Colour colour, Icon icon) {
  if (icon == Icon::none) return;
  // The glyph is rasterised as a square of 1.15 em in whole device pixels, in the middle of its line
  // (GlyphAtlas): at 16 and 30 pixels it is shown as it was made.
  const Face face = size > 20 ? Face::figure : Face::body;
  ImFont* const font = ImGui::GetIO().Fonts->Fonts[static_cast<int>(face)];
  const float pixel = ImGui::GetIO().FontGlobalScale;
  const float made = std::round(theme().face[static_cast<int>(face)].size_px / pixel * 1.15F) * pixel;
  const float line = font->FontSize * pixel * size / made;
  const std::string glyph = icon_text(icon);
  const ImVec2 corner(at.x, at.y + (size - line) / 2);
  canvas().AddText(font, line, corner, colour, glyph.data(), glyph.data() + glyph.size());
}

void show_focus_after_tab() {
  ImGuiContext& g = *ImGui::GetCurrentContext();
  g.NavDisableHighlight = false;
  g.NavDisableMouseHover = true;
}

namespace {

Press behave(ImGuiID id, const ImRect& box, bool enabled, bool tab_stop) {
  Press result{box, false, false, false, false};
  // Inputable is what makes it a stop for Tab.
  const ImGuiItemFlags flags = !enabled ? ImGuiItemFlags_Disabled : tab_stop ? ImGuiItemFlags_Inputable : ImGuiItemFlags_None;
  result.seen = ImGui::ItemAdd(box, id, nullptr, flags);
  if (!result.seen || !enabled) return result;
  result.pressed = ImGui::ButtonBehavior(box, id, &result.hovered, &result.held);
  ImGuiContext& g = *ImGui::GetCurrentContext();
  if (g.NavActivateInputId == id) {
    if ((g.NavActivateFlags & ImGuiActivateFlags_TryToPreserveState) != 0) {
      show_focus_after_tab();
    } else {
      result.pressed = true;  // Enter; Space is ImGui's own
    }
  }
  if (result.hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  ImGui::RenderNavHighlight(box, id);
  return result;
}

}  // namespace

Press press(ImGuiID id, ImVec2 size, bool enabled, float text_base) {
  const ImVec2 at = ImGui::GetCurrentWindow()->DC.CursorPos;
  ImGui::ItemSize(size, text_base);
  return behave(id, ImRect(at, at + size), enabled, true);
}

Press press_at(ImGuiID id, const ImRect& box, bool enabled, bool tab_stop) { return behave(id, box, enabled, tab_stop); }

void card_shadow(const ImRect& box, float radius) {
  // Three soft rings; more would not be told apart at these strengths.
  const Colour shade = theme().colour.shadow;
  for (int i = 3; i >= 1; --i) {
    const auto spread = static_cast<float>(i);
    canvas().AddRectFilled(ImVec2(box.Min.x - spread, box.Min.y - spread + 1), ImVec2(box.Max.x + spread, box.Max.y + spread + 1),
                           with_alpha(shade, static_cast<std::uint32_t>(5 + 2 * (3 - i))), radius + spread);
  }
}

Region::Region(float right) {
  ImGuiWindow& window = *ImGui::GetCurrentWindow();
  work_right_ = window.WorkRect.Max.x;
  content_right_ = window.ContentRegionRect.Max.x;
  window.WorkRect.Max.x = window.ContentRegionRect.Max.x = right;
  ImGui::BeginGroup();
}

Region::~Region() {
  ImGui::EndGroup();
  ImGuiWindow& window = *ImGui::GetCurrentWindow();
  window.WorkRect.Max.x = work_right_;
  window.ContentRegionRect.Max.x = content_right_;
}

}  // namespace detail
}  // namespace qudao::ui
