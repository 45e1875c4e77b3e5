// What the widgets share among themselves: not for views.
#pragma once

#include <string>
#include <string_view>

#include "client/platform/a11y.hpp"
#include "client/widgets/icon.hpp"
#include "client/widgets/theme.hpp"
#include "imgui.h"
#include "imgui_internal.h"

namespace qudao::ui::detail {

namespace a11y = platform::a11y;

inline ImVec2 operator+(ImVec2 a, ImVec2 b) { return {a.x + b.x, a.y + b.y}; }
inline ImVec2 operator-(ImVec2 a, ImVec2 b) { return {a.x - b.x, a.y - b.y}; }

inline std::string_view shown(std::string_view label) { return label.substr(0, label.find("##")); }
inline ImGuiID id_of(std::string_view label) {
  return ImGui::GetCurrentWindow()->GetID(label.data(), label.data() + label.size());
}
inline bool skipped() { return ImGui::GetCurrentWindow()->SkipItems; }
inline ImDrawList& canvas() { return *ImGui::GetWindowDrawList(); }
inline ImVec2 measure(std::string_view words) {
  return ImGui::CalcTextSize(words.data(), words.data() + words.size());
}
inline void put(ImVec2 at, Colour colour, std::string_view words) {
  canvas().AddText(at, colour, words.data(), words.data() + words.size());
}
// One line between two edges, cut with … when it does not fit; true if it was cut.
bool put_cut(const ImRect& box, Colour colour, std::string_view words);
// An icon centred in a square at `at`, as high as `size`.
void put_icon(ImVec2 at, float size, Colour colour, Icon icon);

struct Press {
  ImRect box;
  bool seen = false;       // false: clipped away, nothing need be drawn
  bool pressed = false, hovered = false, held = false;
};
// A box at the cursor that can be pressed, by mouse, touch, or keyboard.
Press press(ImGuiID id, ImVec2 size, bool enabled, float text_base = 0);
// The same somewhere else, taking no room. Not every such place is worth a stop of Tab.
Press press_at(ImGuiID id, const ImRect& box, bool enabled, bool tab_stop = true);

// Tab has brought the keyboard's focus here. ImGui takes Tab for a wish to type and so hides its ring.
void show_focus_after_tab();

// Broken into lines at `width` (0: what is left), said as `role`.
void put_wrapped(std::string_view words, float width, Colour colour, a11y::Role role, int level = 0);

void card_shadow(const ImRect& box, float radius);

// The look of lists and menus that open over the page, while it lives.
class PopupStyle {
 public:
  PopupStyle() {
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(6, 6));
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(6, 2));
    ImGui::PushStyleColor(ImGuiCol_Border, theme().colour.line_strong);
  }
  ~PopupStyle() {
    ImGui::PopStyleColor();
    ImGui::PopStyleVar(2);
  }
  PopupStyle(const PopupStyle&) = delete;
  PopupStyle& operator=(const PopupStyle&) = delete;
};

// Content stays between the cursor and `right` while it lives; a new line starts below the first.
class Region {
 public:
  explicit Region(float right);
  ~Region();
  Region(const Region&) = delete;
  Region& operator=(const Region&) = delete;

 private:
  float work_right_, content_right_;
};

}  // namespace qudao::ui::detail
