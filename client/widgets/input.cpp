#include "client/widgets/input.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "client/platform/platform.hpp"
#include "client/widgets/detail.hpp"
#include "client/widgets/layout.hpp"
#include "client/widgets/text.hpp"

namespace qudao::ui {
namespace {

using namespace detail;

constexpr float kIconRoom = 30;

void label_above(std::string_view label, bool required) {
  muted(shown(label));
  if (!required) return;
  ImGui::SameLine(0, 4);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  put(at, theme().colour.bad.text, "*");
  ImGui::NewLine();
}

struct Frame {
  ImRect box;
  bool active = false, hovered = false;
};

// The border tells the state; the text widget inside is drawn without one.
void draw_frame(const Frame& frame, bool enabled, bool invalid) {
  const Colours& c = theme().colour;
  const float radius = theme().size.radius_m;
  if (frame.active)
    canvas().AddRect(frame.box.Min - ImVec2(1.5F, 1.5F), frame.box.Max + ImVec2(1.5F, 1.5F),
                     with_alpha(invalid ? c.bad.solid : c.accent.solid, 46), radius + 1.5F, 0, 3);
  canvas().AddRectFilled(frame.box.Min, frame.box.Max, enabled ? c.surface : c.neutral.soft, radius);
  const Colour border = invalid ? c.bad.solid : frame.active ? c.accent.solid : frame.hovered && enabled ? c.accent.line : c.line_strong;
  canvas().AddRect(frame.box.Min, frame.box.Max, border, radius);
}

void line_below(std::string_view error, std::string_view help) {
  const FaceScope face(Face::small);
  if (!error.empty()) {
    told(Tone::bad, error);
  } else if (!help.empty()) {
    muted(help);
  }
}

// The value goes through a buffer of its limit: ImGui then refuses what is too long, at a whole character.
bool edit(const char* id, std::string& value, const InputOptions& options, ImVec2 size) {
  std::vector<char> buffer(static_cast<std::size_t>(options.max_bytes) + 1);
  const std::size_t length = std::min(value.size(), buffer.size() - 1);
  std::copy_n(value.begin(), length, buffer.begin());
  ImGuiInputTextFlags flags = ImGuiInputTextFlags_None;
  if (options.password) flags |= ImGuiInputTextFlags_Password;
  if (options.lines > 1) flags |= ImGuiInputTextFlags_Multiline;
  if (!options.enabled) flags |= ImGuiInputTextFlags_ReadOnly;
  const bool composed = platform::text_is_composed() && ImGui::GetActiveID() == id_of(id);
  const std::string placeholder(composed ? std::string_view{} : options.placeholder);
  const bool changed = ImGui::InputTextEx(id, options.lines > 1 ? nullptr : placeholder.c_str(), buffer.data(),
                                          static_cast<int>(buffer.size()), size, flags);
  if (options.keep_arrows && ImGui::GetActiveID() == id_of(id))
    ImGui::GetCurrentContext()->ActiveIdUsingNavDirMask |= (1U << ImGuiDir_Up) | (1U << ImGuiDir_Down);
  if (changed) value = buffer.data();
  return changed;
}

bool clear_cross(ImGuiID id, const ImRect& frame) {
  const ImRect box(ImVec2(frame.Max.x - kIconRoom, frame.Min.y), frame.Max);
  // For the mouse: by the keyboard a field is emptied as any text is.
  ImGui::PushItemFlag(ImGuiItemFlags_NoNav, true);
  const Press at = press_at(id, box, true, false);
  ImGui::PopItemFlag();
  if (at.seen) {
    const Colours& c = theme().colour;
    put_icon(ImVec2(box.Min.x + 8, box.Min.y + (box.GetHeight() - 14) / 2), 14, at.hovered ? c.text : c.text_faint, Icon::cross);
  }
  return at.pressed;
}

}  // namespace

InputResult input_text(std::string_view label, std::string& value, const InputOptions& options) {
  if (skipped()) return {};
  ImGui::BeginGroup();
  if (options.label_place == LabelPlace::above) label_above(label, options.required);
  if (options.label_place == LabelPlace::left) {
    align_to_controls();
    muted(shown(label));
    beside();
  }
  const float width = options.width > 0 ? options.width : options.width < 0 ? width_left() : theme().size.form_width;
  const float height = options.lines > 1 ? ImGui::GetFontSize() * static_cast<float>(options.lines) + 2 * ImGui::GetStyle().FramePadding.y
                                         : theme().size.control_height;
  const bool can_clear = options.clearable && options.enabled && !value.empty();
  const float left_room = options.icon == Icon::none ? 0 : kIconRoom - 8;
  const float right_room = can_clear ? kIconRoom - 8 : 0;

  const std::string id = "##" + std::string(label);
  const ImGuiID input_id = id_of(id);
  Frame frame;
  frame.box = ImRect(ImGui::GetCursorScreenPos(), ImGui::GetCursorScreenPos() + ImVec2(width, height));
  frame.active = ImGui::GetActiveID() == input_id;
  frame.hovered = ImGui::IsWindowHovered() && ImGui::IsMouseHoveringRect(frame.box.Min, frame.box.Max);
  draw_frame(frame, options.enabled, !options.error.empty());
  put_icon(ImVec2(frame.box.Min.x + 10, frame.box.Min.y + (height - 16) / 2), 16, theme().colour.text_faint, options.icon);

  InputResult result;
  ImGui::PushStyleColor(ImGuiCol_FrameBg, 0U);
  ImGui::PushStyleColor(ImGuiCol_NavHighlight, 0U);
  ImGui::PushStyleColor(ImGuiCol_Text, options.enabled ? theme().colour.text : theme().colour.text_faint);
  ImGui::PushStyleVar(ImGuiStyleVar_FrameBorderSize, 0.0F);
  ImGui::SetCursorScreenPos(frame.box.Min + ImVec2(left_room, 0));
  if (options.focus_now) ImGui::SetKeyboardFocusHere();
  result.changed = edit(id.c_str(), value, options, ImVec2(width - left_room - right_room, height));
  ImGui::PopStyleVar();
  ImGui::PopStyleColor(3);
  a11y::note_last_item(options.icon == Icon::search ? a11y::Role::searchbox : a11y::Role::textbox, shown(label),
                       options.password ? std::string_view{} : std::string_view(value),
                       {.disabled = !options.enabled, .invalid = !options.error.empty()});
  result.left = ImGui::IsItemDeactivated();
  const ImGuiIO& io = ImGui::GetIO();
  result.submitted = result.left && options.lines == 1 &&
                     (ImGui::IsKeyPressed(io.KeyMap[ImGuiKey_Enter], false) || ImGui::IsKeyPressed(io.KeyMap[ImGuiKey_KeyPadEnter], false));

  if (can_clear && clear_cross(id_of(id + "clear"), frame.box)) {
    if (frame.active) ImGui::ClearActiveID();
    value.clear();
    result.changed = true;
  }
  ImGui::SetCursorScreenPos(frame.box.Min);
  ImGui::ItemSize(frame.box.GetSize(), ImGui::GetStyle().FramePadding.y);
  line_below(options.error, options.help);
  ImGui::EndGroup();
  return result;
}

InputResult search_field(std::string_view label, std::string& value, InputOptions options) {
  options.icon = Icon::search;
  options.clearable = true;
  options.label_place = LabelPlace::hidden;
  return input_text(label, value, options);
}

}  // namespace qudao::ui
