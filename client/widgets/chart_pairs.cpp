// Bars lying down, two a unit: before and after, with an axis over them and the figures beside them.
#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "client/widgets/chart_frame.hpp"
#include "client/widgets/chart_geometry.hpp"
#include "client/widgets/layout.hpp"
#include "client/widgets/text.hpp"

namespace qudao::ui {
namespace {

using namespace detail;

constexpr float kRow = 44, kBar = 11, kGap = 14;

bool known(const BarPair& pair) { return pair.before != kNoValue || pair.after != kNoValue; }
std::int64_t change_of(const BarPair& pair) { return pair.before == kNoValue || pair.after == kNoValue ? 0 : pair.after - pair.before; }

std::string words_of(std::int64_t value, const PairChart& chart, const ChartOptions& options) {
  return value == kNoValue ? no_value_words(options) : chart.words(value);
}

void pair_table(std::span<const BarPair> pairs, const PairChart& chart, const ChartOptions& options, float height) {
  const std::array<Column, 4> columns{Column{.key = "category", .title = options.category}, Column{.key = "before", .title = chart.before, .width = 140, .align = Align::right},
                                      Column{.key = "after", .title = chart.after, .width = 140, .align = Align::right}, Column{.key = "change", .title = chart.change, .width = 124, .align = Align::right}};
  Table table("pair_table", columns, {.row_count = static_cast<std::int64_t>(pairs.size()), .height = height, .clickable = false, .label = options.label});
  while (table.next_row()) {
    const BarPair& pair = pairs[static_cast<std::size_t>(table.row())];
    table.begin_row({.key = table.row(), .label = pair.label});
    table.cell(pair.label);
    for (const std::int64_t value : {pair.before, pair.after}) {
      if (value == kNoValue) table.cell_muted(words_of(value, chart, options));
      else table.number(words_of(value, chart, options));
    }
    const std::int64_t change = change_of(pair);
    table.cell_toned(tone_of_change(change), change == 0 ? std::string() : chart.change_words(change));
  }
  (void)table.end();
}

// Where names, bars and figures stand, from left to right.
struct Lanes {
  Ticks ticks;
  float name_width = 0, left = 0, right = 0, end = 0;
  // Where there is no room for bars the figures stand alone.
  [[nodiscard]] bool has_room() const { return right - left >= 32; }
  [[nodiscard]] float x(std::int64_t value) const {
    const double share = static_cast<double>(value - ticks.first) / static_cast<double>(ticks.last() - ticks.first);
    return static_cast<float>(left + share * (right - left));
  }
};

std::string figures_of(const BarPair& pair, const PairChart& chart, const ChartOptions& options) {
  if (!known(pair)) return no_value_words(options);
  return words_of(pair.before, chart, options) + " → " + words_of(pair.after, chart, options);
}

Lanes lanes_of(std::span<const BarPair> pairs, const PairChart& chart, const ChartOptions& options, const ImRect& area) {
  Lanes lanes;
  std::int64_t least = 0, most = 0;
  float names = 0, figures = 0;
  for (const BarPair& pair : pairs) {
    names = std::max(names, measure(pair.label).x);
    figures = std::max(figures, measure(figures_of(pair, chart, options)).x);
    for (const std::int64_t value : {pair.before, pair.after}) {
      if (value == kNoValue) continue;
      least = std::min(least, value);
      most = std::max(most, value);
    }
  }
  const float width = area.GetWidth();
  lanes.name_width = std::min(names, width * 0.28F);
  lanes.end = area.Max.x;
  lanes.left = area.Min.x + lanes.name_width + kGap;
  lanes.right = area.Max.x - std::min(figures, width * 0.4F) - kGap;
  lanes.ticks = ticks_for(least, most, std::clamp(static_cast<int>((lanes.right - lanes.left) / 110), 2, 7));
  return lanes;
}

// Values over the bars, where they stay while the units are scrolled.
void draw_axis(const Lanes& lanes, const PairChart& chart, ImVec2 at) {
  const FaceScope face(Face::small);
  for (int i = 0; i < lanes.ticks.count; ++i) {
    const std::int64_t value = lanes.ticks.first + lanes.ticks.step * i;
    const std::string words = chart.words(value);
    put(ImVec2(lanes.x(value) - measure(words).x / 2, at.y), theme().colour.text_muted, words);
  }
}

void draw_grid(const Lanes& lanes, float top, float bottom) {
  const Colours& c = theme().colour;
  for (int i = 0; i < lanes.ticks.count; ++i) {
    const std::int64_t value = lanes.ticks.first + lanes.ticks.step * i;
    const float x = std::round(lanes.x(value));
    canvas().AddLine(ImVec2(x, top), ImVec2(x, bottom), value == 0 ? c.line_strong : c.line);
  }
}

// Round at its end; never so short that a small value looks like none.
void draw_bar(const Lanes& lanes, float y, std::int64_t value, Colour colour) {
  if (value == kNoValue || value == 0) return;
  const float zero = lanes.x(0), end = lanes.x(value);
  const bool grows = value > 0;
  const ImVec2 from(grows ? zero : std::min(end, zero - 2), y), to(grows ? std::max(end, zero + 2) : zero, y + kBar);
  canvas().AddRectFilled(from, to, colour, 3, grows ? ImDrawFlags_RoundCornersRight : ImDrawFlags_RoundCornersLeft);
}

void draw_row(const BarPair& pair, const Lanes& lanes, const PairChart& chart, const ChartOptions& options) {
  const Colours& c = theme().colour;
  const ImVec2 start = ImGui::GetCursorScreenPos();
  const ImRect whole(start, ImVec2(lanes.end, start.y + kRow));
  const float line = ImGui::GetFontSize(), middle = start.y + (kRow - line) / 2;
  put_cut(ImRect(ImVec2(start.x, middle), ImVec2(start.x + lanes.name_width + 1, middle + line)), c.text, pair.label);
  if (lanes.has_room()) {
    draw_grid(lanes, whole.Min.y, whole.Max.y);
    draw_bar(lanes, start.y + kRow / 2 - kBar - 1, pair.before, c.before);
    draw_bar(lanes, start.y + kRow / 2 + 1, pair.after, c.after);
  }
  const std::string figures = figures_of(pair, chart, options);
  const std::int64_t change = change_of(pair);
  const std::string changed = change == 0 ? std::string() : chart.change_words(change);
  const float x = lanes.right + kGap, y = changed.empty() ? middle : start.y + 4;
  put_cut(ImRect(ImVec2(x, y), ImVec2(lanes.end, y + line)), known(pair) ? c.text : c.text_faint, figures);
  if (!changed.empty()) {
    const FaceScope face(Face::small);
    put(ImVec2(x, whole.Max.y - ImGui::GetFontSize() - 4), colours_of(tone_of_change(change)).text, changed);
  }
  a11y::note(a11y::Role::text, {whole.Min.x, whole.Min.y, whole.Max.x, whole.Max.y}, std::string(pair.label) + ": " + figures, changed);
  ImGui::ItemSize(whole.GetSize(), 0);
  ImGui::ItemAdd(whole, 0);
  if (ImGui::IsWindowHovered() && ImGui::IsMouseHoveringRect(whole.Min, whole.Max)) hover_note(pair.label, changed.empty() ? figures : figures + " · " + changed);
}

}  // namespace

void bar_pairs(std::string_view id, std::span<const BarPair> pairs, const PairChart& chart, const ChartOptions& options, bool& as_table) {
  if (skipped()) return;
  const ChartFrame frame(id, options, as_table);
  if (frame.table()) return pair_table(pairs, chart, options, frame.table_height());
  const Colours& c = theme().colour;
  const std::array<LegendEntry, 2> entries{LegendEntry{chart.before, c.before}, LegendEntry{chart.after, c.after}};
  const ImRect area = legend(frame.area(), entries);
  const float axis = ImGui::GetFontSize() + 4;
  const ImRect rows(ImVec2(area.Min.x, area.Min.y + axis), area.Max);
  const bool scrolls = kRow * static_cast<float>(pairs.size()) > rows.GetHeight();
  const float bar_room = scrolls ? ImGui::GetStyle().ScrollbarSize + 4 : 0;
  const Lanes lanes = lanes_of(pairs, chart, options, ImRect(rows.Min, ImVec2(rows.Max.x - bar_room, rows.Max.y)));
  if (lanes.has_room()) draw_axis(lanes, chart, area.Min);
  ImGui::SetCursorScreenPos(rows.Min);
  ImGui::BeginChild("pairs", rows.GetSize(), false, ImGuiWindowFlags_NoBackground);
  ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(0, 0));
  ImGuiListClipper clipper;
  clipper.Begin(static_cast<int>(pairs.size()), kRow);
  while (clipper.Step())
    for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i) draw_row(pairs[static_cast<std::size_t>(i)], lanes, chart, options);
  clipper.End();
  ImGui::PopStyleVar();
  ImGui::EndChild();
}

}  // namespace qudao::ui
