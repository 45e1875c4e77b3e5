#include "client/widgets/text.hpp"

#include <algorithm>
#include <cmath>

#include "client/widgets/detail.hpp"
#include "client/widgets/layout.hpp"
#include "client/widgets/line_break.hpp"

namespace qudao::ui {
namespace {

using namespace detail;

void line(std::string_view words, Colour colour, a11y::Role role = a11y::Role::text, int level = 0) {
  if (skipped()) return;
  ImGui::PushStyleColor(ImGuiCol_Text, colour);
  ImGui::TextUnformatted(words.data(), words.data() + words.size());
  ImGui::PopStyleColor();
  a11y::note_last_item(role, words, {}, {.level = level});
}

void right_aligned(std::string_view digits, Colour colour) {
  const float spare = width_left() - measure(digits).x;
  if (spare > 0) ImGui::SetCursorPosX(ImGui::GetCursorPosX() + spare);
  line(digits, colour);
}

}  // namespace

namespace detail {

void put_wrapped(std::string_view words, float width, Colour colour, a11y::Role role, int level) {
  if (skipped()) return;
  const ImFont& font = *ImGui::GetFont();
  const float scale = ImGui::GetFontSize() / font.FontSize;
  const float room = width > 0 ? width : std::max(width_left(), 40.0F);
  const auto lines = break_lines(words, room, [&](std::uint32_t c) { return font.GetCharAdvance(c) * scale; });

  const float step = std::round(ImGui::GetFontSize() * 1.2F);
  ImGuiWindow& window = *ImGui::GetCurrentWindow();
  const ImVec2 at(window.DC.CursorPos.x, window.DC.CursorPos.y + window.DC.CurrLineTextBaseOffset);
  float widest = 0;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    put(ImVec2(at.x, at.y + step * static_cast<float>(i)), colour, lines[i]);
    widest = std::max(widest, measure(lines[i]).x);
  }
  const ImVec2 size(widest, step * static_cast<float>(lines.size()) - (step - ImGui::GetFontSize()));
  ImGui::ItemSize(size, 0);
  ImGui::ItemAdd(ImRect(at, at + size), 0);
  a11y::note_last_item(role, words, {}, {.level = level});
}

}  // namespace detail

void text(std::string_view words) { line(words, theme().colour.text); }
void muted(std::string_view words) { line(words, theme().colour.text_muted); }
void toned(Tone tone, std::string_view words) { line(words, colours_of(tone).text); }

void told(Tone tone, std::string_view words) { line(words, colours_of(tone).text, a11y::Role::alert); }

void strong(std::string_view words) {
  const FaceScope face(Face::strong);
  line(words, theme().colour.text);
}

void small(std::string_view words) {
  const FaceScope face(Face::small);
  line(words, theme().colour.text_muted);
}

void heading(std::string_view words, float width) {
  const FaceScope face(Face::heading);
  detail::put_wrapped(words, width, theme().colour.text, a11y::Role::heading, 2);
}

void title(std::string_view words) {
  const FaceScope face(Face::title);
  line(words, theme().colour.text, a11y::Role::heading, 1);
}

void wrapped(std::string_view words, float width) { detail::put_wrapped(words, width, theme().colour.text, a11y::Role::text); }
void wrapped_muted(std::string_view words, float width) { detail::put_wrapped(words, width, theme().colour.text_muted, a11y::Role::text); }

void wrapped_small(std::string_view words, float width) {
  const FaceScope face(Face::small);
  detail::put_wrapped(words, width, theme().colour.text_muted, a11y::Role::text);
}

float text_width(std::string_view words) { return measure(words).x; }

void cut_toned(Tone tone, std::string_view words, float width) {
  ImGui::PushStyleColor(ImGuiCol_Text, colours_of(tone).text);
  cut(words, width);
  ImGui::PopStyleColor();
}

void cut(std::string_view words, float width) {
  if (skipped()) return;
  ImGuiWindow& window = *ImGui::GetCurrentWindow();
  const float room = width > 0 ? width : std::max(width_left(), 8.0F);
  const ImVec2 at(window.DC.CursorPos.x, window.DC.CursorPos.y + window.DC.CurrLineTextBaseOffset);
  const ImVec2 size(std::min(measure(words).x, room), ImGui::GetFontSize());
  ImGui::ItemSize(size, 0);
  const ImRect box(at, at + ImVec2(room, size.y));
  if (!ImGui::ItemAdd(ImRect(at, at + size), 0)) return;
  const bool was_cut = put_cut(box, ImGui::GetColorU32(ImGuiCol_Text), words);
  a11y::note_last_item(a11y::Role::text, words);
  if (was_cut) tooltip(words);
}

void cut_after(std::string_view lead, std::string_view words) {
  const float room = width_left() - measure(words).x;
  // Less than a few characters and … say nothing.
  if (room >= std::min(measure(lead).x, 3 * ImGui::GetFontSize())) {
    ImGui::PushStyleColor(ImGuiCol_Text, theme().colour.text_muted);
    cut(lead, room);
    ImGui::PopStyleColor();
    ImGui::SameLine(0, 0);
  }
  cut(words);
}

void number(std::string_view digits) { right_aligned(digits, theme().colour.text); }
void number_toned(Tone tone, std::string_view digits) { right_aligned(digits, colours_of(tone).text); }

void field(std::string_view name, std::string_view value, float name_width) {
  const float start = ImGui::GetCursorPosX();
  muted(name);
  ImGui::SameLine(0, 0);
  ImGui::SetCursorPosX(start + name_width);
  wrapped(value);
}

void figure(std::string_view label, std::string_view value, std::string_view change, Tone change_tone) {
  ImGui::BeginGroup();
  muted(label);
  {
    const FaceScope face(Face::figure);
    line(value, theme().colour.text);
  }
  if (!change.empty()) {
    const FaceScope face(Face::small);
    line(change, colours_of(change_tone).text);
  }
  ImGui::EndGroup();
}

void tooltip(std::string_view words) {
  if (words.empty() || !ImGui::IsItemHovered(ImGuiHoveredFlags_AllowWhenDisabled)) return;
  ImGui::PushStyleColor(ImGuiCol_PopupBg, theme().colour.tooltip);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(10, 7));
  ImGui::PushStyleVar(ImGuiStyleVar_PopupBorderSize, 0.0F);
  ImGui::BeginTooltip();
  detail::put_wrapped(words, std::min(measure(words).x + 1, 360.0F), theme().colour.tooltip_text, a11y::Role::status);
  ImGui::EndTooltip();
  ImGui::PopStyleVar(2);
  ImGui::PopStyleColor();
}

}  // namespace qudao::ui
