#include "client/widgets/theme.hpp"

#include "imgui.h"

namespace qudao::ui {
namespace {

constexpr Colours kLight{
    .page = rgb(0xF3F5F9),
    .surface = rgb(0xFFFFFF),
    .raised = rgb(0xFFFFFF),
    .sunken = rgb(0xF7F9FC),
    .line = rgb(0xE4E9F1),
    .line_strong = rgb(0xC9D2E0),
    .text = rgb(0x1C2536),
    .text_muted = rgb(0x5A6780),
    .text_faint = rgb(0x8A96AB),
    .text_on_solid = rgb(0xFFFFFF),
    .hover = rgb(0xF1F5FB),
    .pressed = rgb(0xE4EBF6),
    .selected = rgb(0xE8F0FD),
    .accent_hover = rgb(0x1A52B5),
    .accent_pressed = rgb(0x16469B),
    .bad_hover = rgb(0xAC3613),
    .bad_pressed = rgb(0x932D0F),
    .focus_ring = rgb(0x6FA0F2),
    .scrim = rgb(0x0F1E38, 110),
    .shadow = rgb(0x1A2F55, 14),
    .nav = rgb(0x122B54),
    .nav_text = rgb(0xE7EEFA),
    .nav_text_muted = rgb(0x9DB2D4),
    .nav_hover = rgb(0x1B3A6C),
    .nav_selected = rgb(0x1F5FD0),
    .before = rgb(0xB3C0D4),
    .after = rgb(0x2F6FDE),
    .neutral = {rgb(0x5A6780), rgb(0x465269), rgb(0xEEF1F6), rgb(0xD8DFE9)},
    .accent = {rgb(0x1F5FD0), rgb(0x1A52B5), rgb(0xE8F0FD), rgb(0xBBD2F8)},
    .good = {rgb(0x0F7B6C), rgb(0x0B6659), rgb(0xE4F4F1), rgb(0xAEDCD3)},
    .warn = {rgb(0xD58A00), rgb(0x855000), rgb(0xFFF4DC), rgb(0xF1D79E)},
    .bad = {rgb(0xC4421B), rgb(0xA93411), rgb(0xFDEBE4), rgb(0xF3C1AE)},
};

constexpr Theme kTheme{.colour = kLight,
                       .size = {},
                       .face = {{14, false}, {12, false}, {14, true}, {16, true}, {20, true}, {26, true}}};

ImVec4 vec(Colour colour) { return ImGui::ColorConvertU32ToFloat4(colour); }

void apply_sizes(ImGuiStyle& style) {
  const Sizes& s = kTheme.size;
  const float line = 18;  // of the body face
  style.Alpha = 1;
  style.DisabledAlpha = 1;  // widgets draw their own disabled look
  style.WindowPadding = ImVec2(s.gap_l, s.gap_l);
  style.WindowRounding = s.radius_l;
  style.WindowBorderSize = 0;
  style.WindowMinSize = ImVec2(16, 16);
  style.ChildRounding = s.radius_m;
  style.ChildBorderSize = 1;
  style.PopupRounding = s.radius_m;
  style.PopupBorderSize = 1;
  style.FramePadding = ImVec2(s.gap_m, (s.control_height - line) / 2);
  style.FrameRounding = s.radius_m;
  style.FrameBorderSize = 1;
  style.ItemSpacing = ImVec2(s.gap_s, s.gap_s);
  style.ItemInnerSpacing = ImVec2(s.gap_s, s.gap_xs);
  style.CellPadding = ImVec2(s.gap_m, 0);
  style.IndentSpacing = s.gap_l;
  style.ScrollbarSize = 12;
  style.ScrollbarRounding = 6;
  style.GrabMinSize = 28;
  style.GrabRounding = 6;
  style.AntiAliasedLinesUseTex = false;
}

void apply_colours(ImGuiStyle& style) {
  const Colours& c = kTheme.colour;
  ImVec4* const to = style.Colors;
  to[ImGuiCol_Text] = vec(c.text);
  to[ImGuiCol_TextDisabled] = vec(c.text_faint);
  to[ImGuiCol_WindowBg] = vec(c.page);
  to[ImGuiCol_ChildBg] = vec(with_alpha(c.surface, 0));
  to[ImGuiCol_PopupBg] = vec(c.raised);
  to[ImGuiCol_Border] = vec(c.line);
  to[ImGuiCol_BorderShadow] = ImVec4(0, 0, 0, 0);
  to[ImGuiCol_FrameBg] = vec(c.surface);
  to[ImGuiCol_FrameBgHovered] = vec(c.surface);
  to[ImGuiCol_FrameBgActive] = vec(c.surface);
  to[ImGuiCol_ScrollbarBg] = ImVec4(0, 0, 0, 0);
  to[ImGuiCol_ScrollbarGrab] = vec(rgb(0xCBD3E0));
  to[ImGuiCol_ScrollbarGrabHovered] = vec(rgb(0xAAB6C8));
  to[ImGuiCol_ScrollbarGrabActive] = vec(rgb(0x8D9BB2));
  to[ImGuiCol_Button] = vec(c.surface);
  to[ImGuiCol_ButtonHovered] = vec(c.hover);
  to[ImGuiCol_ButtonActive] = vec(c.pressed);
  to[ImGuiCol_Header] = vec(c.selected);
  to[ImGuiCol_HeaderHovered] = vec(c.hover);
  to[ImGuiCol_HeaderActive] = vec(c.pressed);
  to[ImGuiCol_Separator] = vec(c.line);
  to[ImGuiCol_SeparatorHovered] = vec(c.accent.line);
  to[ImGuiCol_SeparatorActive] = vec(c.accent.solid);
  to[ImGuiCol_TableHeaderBg] = vec(c.sunken);
  to[ImGuiCol_TableBorderStrong] = vec(c.line);
  to[ImGuiCol_TableBorderLight] = vec(c.line);
  to[ImGuiCol_TableRowBg] = ImVec4(0, 0, 0, 0);
  to[ImGuiCol_TableRowBgAlt] = ImVec4(0, 0, 0, 0);
  to[ImGuiCol_TextSelectedBg] = vec(rgb(0xBBD2F8));
  to[ImGuiCol_NavHighlight] = vec(c.focus_ring);
  to[ImGuiCol_ModalWindowDimBg] = vec(c.scrim);
  to[ImGuiCol_DragDropTarget] = vec(c.accent.solid);
}

}  // namespace

const Theme& theme() { return kTheme; }

const ToneColours& colours_of(Tone tone) {
  switch (tone) {
    case Tone::neutral: return kTheme.colour.neutral;
    case Tone::accent: return kTheme.colour.accent;
    case Tone::good: return kTheme.colour.good;
    case Tone::warn: return kTheme.colour.warn;
    case Tone::bad: return kTheme.colour.bad;
  }
  return kTheme.colour.neutral;
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

void apply_theme() {
  ImGuiStyle& style = ImGui::GetStyle();
  apply_sizes(style);
  apply_colours(style);
}

std::vector<platform::AtlasFace> atlas_faces() {
  std::vector<platform::AtlasFace> faces;
  for (const FaceSpec& spec : kTheme.face) faces.push_back({spec.size_px, spec.bold});
  return faces;
}

FaceScope::FaceScope(Face face) { ImGui::PushFont(ImGui::GetIO().Fonts->Fonts[static_cast<int>(face)]); }
FaceScope::~FaceScope() { ImGui::PopFont(); }

}  // namespace qudao::ui
