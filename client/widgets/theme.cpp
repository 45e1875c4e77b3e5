#include "client/widgets/theme.hpp"

#include "imgui.h"

namespace qudao::ui {
namespace {

// About where a list under its conditions has no rows left in comfortable spacing.
constexpr float kLowWindow = 620;

struct Current {
  Look look;
  Density density = Density::comfortable;   // in force
  Theme theme{colours_in(Scheme::light), sizes_in(Density::comfortable),
              {{14, false}, {12, false}, {14, true}, {16, true}, {20, true}, {26, true}}};
};

// The one look of the page, as ImGui's style is one.
Current& current() {
  static Current the_look;
  return the_look;
}

ImVec4 vec(Colour colour) { return ImGui::ColorConvertU32ToFloat4(colour); }

void apply_sizes(ImGuiStyle& style) {
  const Sizes& s = theme().size;
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
  const Colours& c = theme().colour;
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
  to[ImGuiCol_ScrollbarGrab] = vec(c.scroll);
  to[ImGuiCol_ScrollbarGrabHovered] = vec(c.scroll_hover);
  to[ImGuiCol_ScrollbarGrabActive] = vec(c.scroll_held);
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
  to[ImGuiCol_TextSelectedBg] = vec(c.marked_text);
  to[ImGuiCol_NavHighlight] = vec(c.focus_ring);
  to[ImGuiCol_ModalWindowDimBg] = vec(c.scrim);
  to[ImGuiCol_DragDropTarget] = vec(c.accent.solid);
}

}  // namespace

const Theme& theme() { return current().theme; }
const Look& current_look() { return current().look; }

const ToneColours& colours_of(Tone tone) { return tone_in(theme().colour, tone); }

void apply_look(const Look& look) {
  Current& now = current();
  const Scheme scheme = scheme_of(look, platform::prefers_dark());
  now.look = look;
  now.theme.colour = colours_in(scheme);
  now.density = look.density;
  now.theme.size = sizes_in(look.density);
  ImGuiStyle& style = ImGui::GetStyle();
  apply_sizes(style);
  apply_colours(style);
  platform::set_page_dark(scheme == Scheme::dark);
  platform::wake();
}

void fit_look(float height) {
  Current& now = current();
  const Density density = height < kLowWindow ? Density::compact : now.look.density;
  if (density == now.density) return;
  now.density = density;
  now.theme.size = sizes_in(density);
  apply_sizes(ImGui::GetStyle());
}

void apply_theme() { apply_look({SchemeChoice::light, Density::comfortable}); }

std::vector<platform::AtlasFace> atlas_faces() {
  std::vector<platform::AtlasFace> faces;
  for (const FaceSpec& spec : theme().face) faces.push_back({spec.size_px, spec.bold});
  return faces;
}

FaceScope::FaceScope(Face face) { ImGui::PushFont(ImGui::GetIO().Fonts->Fonts[static_cast<int>(face)]); }
FaceScope::~FaceScope() { ImGui::PopFont(); }

}  // namespace qudao::ui
