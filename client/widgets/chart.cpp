#include "client/widgets/chart.hpp"

#include <algorithm>
#include <string>

#include "client/widgets/detail.hpp"
#include "client/widgets/layout.hpp"
#include "client/widgets/text.hpp"

namespace qudao::ui {
namespace {

using namespace detail;

constexpr float kRow = 44, kBar = 11, kFigures = 136;

void legend(const BarChartOptions& options) {
  const Colours& c = theme().colour;
  const auto entry = [&](Colour colour, std::string_view words) {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    canvas().AddRectFilled(at + ImVec2(0, 4), at + ImVec2(10, 14), colour, 2);
    ImGui::Dummy(ImVec2(10, ImGui::GetFontSize()));
    beside(6);
    muted(words);
  };
  entry(c.before, options.before_label);
  beside(18);
  entry(c.after, options.after_label);
  gap(6);
}

// Straight at the axis, round at the end; never so short that a small value looks like none.
void bar(ImVec2 at, float length, Colour colour) {
  if (length > 0) canvas().AddRectFilled(at, at + ImVec2(std::max(length, 2.0F), kBar), colour, 3, ImDrawFlags_RoundCornersRight);
}

void row(const BarPair& pair, std::int64_t largest, const BarChartOptions& options) {
  const Colours& c = theme().colour;
  const ImVec2 start = ImGui::GetCursorScreenPos();
  const float width = width_left(), text_y = start.y + (kRow - ImGui::GetFontSize()) / 2;
  const ImRect label(ImVec2(start.x, text_y), ImVec2(start.x + options.label_width - 10, text_y + ImGui::GetFontSize()));
  const bool cut = put_cut(label, c.text, pair.label);
  const float left = start.x + options.label_width, right = start.x + width - kFigures - 14;
  const float top = start.y + kRow / 2 - kBar - 1;
  // Where there is no room for bars the figures stand alone.
  const bool has_room = right - left >= 32;
  if (has_room) canvas().AddLine(ImVec2(left - 1, start.y + 4), ImVec2(left - 1, start.y + kRow - 4), c.line_strong);
  if (has_room && !pair.no_data && largest > 0) {
    const auto length = [&](std::int64_t value) {
      return static_cast<float>(static_cast<double>(std::max<std::int64_t>(value, 0)) / static_cast<double>(largest)) * (right - left);
    };
    bar(ImVec2(left, top), length(pair.before), c.before);
    bar(ImVec2(left, top + kBar + 2), length(pair.after), c.after);
  }
  // Figures: before → after above, the change below.
  std::string words(pair.before_words);
  if (!pair.no_data) words.append(" → ").append(pair.after_words);
  const float figures = start.x + width - kFigures;
  const bool changed = !pair.change_words.empty() && !pair.no_data;
  const float first_y = changed ? start.y + 4 : text_y;
  put_cut(ImRect(ImVec2(figures, first_y), ImVec2(start.x + width, first_y + ImGui::GetFontSize())), pair.no_data ? c.text_faint : c.text, words);
  a11y::note(a11y::Role::text, {start.x, start.y, start.x + width, start.y + kRow}, std::string(pair.label) + ": " + words,
             pair.change_words);
  if (changed) {
    const FaceScope face(Face::small);
    const Tone tone = pair.change_sign > 0 ? Tone::good : pair.change_sign < 0 ? Tone::bad : Tone::neutral;
    put(ImVec2(figures, start.y + kRow - ImGui::GetFontSize() - 4), colours_of(tone).text, pair.change_words);
  }
  ImGui::ItemSize(ImVec2(width, kRow), 0);
  ImGui::ItemAdd(ImRect(start, start + ImVec2(width, kRow)), 0);
  if (cut && ImGui::IsMouseHoveringRect(label.Min, label.Max)) tooltip(pair.label);
}

}  // namespace

void bar_chart(std::string_view id, std::span<const BarPair> bars, const BarChartOptions& options) {
  if (skipped()) return;
  const std::string name(id);
  legend(options);
  std::int64_t largest = 0;
  for (const BarPair& pair : bars)
    if (!pair.no_data) largest = std::max({largest, pair.before, pair.after});
  const float full = kRow * static_cast<float>(bars.size());
  const bool scrolls = options.max_height > 0 && full > options.max_height;
  const ImVec2 start = ImGui::GetCursorScreenPos();
  if (scrolls) ImGui::BeginChild(name.c_str(), ImVec2(0, options.max_height), false, ImGuiWindowFlags_NoBackground);
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(0, 0));
  ImGui::BeginGroup();
  a11y::note(a11y::Role::image, {start.x, start.y, start.x + width_left(), start.y + 8}, options.label);
  ImGuiListClipper clipper;
  clipper.Begin(static_cast<int>(bars.size()), kRow);
  while (clipper.Step())
    for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i) row(bars[static_cast<std::size_t>(i)], largest, options);
  clipper.End();
  ImGui::EndGroup();
  ImGui::PopStyleVar();
  if (scrolls) ImGui::EndChild();
}

}  // namespace qudao::ui
