// Charts with axes: bars side by side, lines over time.
#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "client/widgets/chart_frame.hpp"
#include "client/widgets/chart_geometry.hpp"
#include "client/widgets/layout.hpp"

namespace qudao::ui {
namespace {

using namespace detail;

std::int64_t value_at(const Series& series, std::size_t at) { return at < series.values.size() ? series.values[at] : kNoValue; }

std::string words_of(const AxisChart& chart, std::int64_t value, const ChartOptions& options) {
  return value == kNoValue ? no_value_words(options) : chart.words(value);
}

void chart_table(const AxisChart& chart, const ChartOptions& options, float height) {
  std::vector<Column> columns{{.key = "category", .title = options.category}};
  for (const Series& series : chart.series) columns.push_back({.key = series.name, .title = series.name, .align = Align::right});
  Table table("chart_table", columns,
              {.row_count = static_cast<std::int64_t>(chart.categories.size()), .height = height,
               .clickable = false, .label = options.label});
  while (table.next_row()) {
    const auto at = static_cast<std::size_t>(table.row());
    table.begin_row({.key = table.row(), .label = chart.categories[at]});
    table.cell(chart.categories[at]);
    for (const Series& series : chart.series) {
      const std::int64_t value = value_at(series, at);
      if (value == kNoValue) table.cell_muted(words_of(chart, value, options));
      else table.number(words_of(chart, value, options));
    }
  }
  (void)table.end();
}

// The plot with its axes drawn: values to the left, categories below.
struct Plot {
  ImRect box;
  Ticks ticks;
  float step = 0;                     // of a category
  [[nodiscard]] float y(std::int64_t value) const {
    const double share = static_cast<double>(value - ticks.first) / static_cast<double>(ticks.last() - ticks.first);
    return static_cast<float>(box.Max.y - share * box.GetHeight());
  }
  [[nodiscard]] float middle(std::size_t category) const { return box.Min.x + step * (static_cast<float>(category) + 0.5F); }
};

Plot draw_axes(const AxisChart& chart, const ImRect& area) {
  const Colours& c = theme().colour;
  std::int64_t least = 0, most = 0;
  for (const Series& series : chart.series)
    for (const std::int64_t value : series.values)
      if (value != kNoValue) {
        least = std::min(least, value);
        most = std::max(most, value);
      }
  const FaceScope face(Face::small);
  const float line = ImGui::GetFontSize();
  Plot plot;
  plot.ticks = ticks_for(least, most, std::clamp(static_cast<int>(area.GetHeight() / 48), 2, 6));
  float left = 0;
  for (int i = 0; i < plot.ticks.count; ++i) left = std::max(left, measure(chart.words(plot.ticks.first + plot.ticks.step * i)).x);
  plot.box = ImRect(ImVec2(area.Min.x + left + 10, area.Min.y + line / 2), ImVec2(area.Max.x - 4, area.Max.y - line - 8));
  plot.step = plot.box.GetWidth() / static_cast<float>(std::max<std::size_t>(chart.categories.size(), 1));
  for (int i = 0; i < plot.ticks.count; ++i) {
    const std::int64_t value = plot.ticks.first + plot.ticks.step * i;
    const float y = std::round(plot.y(value));
    canvas().AddLine(ImVec2(plot.box.Min.x, y), ImVec2(plot.box.Max.x, y), value == 0 ? c.line_strong : c.line);
    const std::string words = chart.words(value);
    put(ImVec2(plot.box.Min.x - 8 - measure(words).x, y - line / 2), c.text_muted, words);
  }
  // As many categories as there is room for.
  float widest = 0;
  for (const std::string& category : chart.categories) widest = std::max(widest, measure(category).x);
  const auto each = static_cast<std::size_t>(std::max(1.0F, std::ceil((std::min(widest, 120.0F) + 12) / std::max(plot.step, 1.0F))));
  for (std::size_t i = 0; i < chart.categories.size(); i += each) {
    const float width = std::min(measure(chart.categories[i]).x, plot.step * static_cast<float>(each) - 6);
    const float x = plot.middle(i) - width / 2;
    put_cut(ImRect(ImVec2(x, plot.box.Max.y + 6), ImVec2(x + width + 1, plot.box.Max.y + 6 + line)), c.text_muted, chart.categories[i]);
  }
  return plot;
}

std::vector<LegendEntry> legend_of(const AxisChart& chart) {
  std::vector<LegendEntry> entries;
  for (std::size_t i = 0; i < chart.series.size(); ++i) entries.push_back({chart.series[i].name, series_colour(i)});
  return entries;
}

// What stands under the mouse, in words; and every figure for readers.
void tell(const AxisChart& chart, const ChartOptions& options, const Plot& plot) {
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const bool over = ImGui::IsWindowHovered() && plot.box.Contains(mouse);
  for (std::size_t i = 0; i < chart.categories.size(); ++i) {
    std::string all;
    for (const Series& series : chart.series) {
      if (!all.empty()) all += " · ";
      if (chart.series.size() > 1) all.append(series.name).append(" ");
      all += words_of(chart, value_at(series, i), options);
    }
    const float left = plot.box.Min.x + plot.step * static_cast<float>(i);
    a11y::note(a11y::Role::text, {left, plot.box.Min.y, left + plot.step, plot.box.Max.y}, chart.categories[i] + ": " + all);
    if (over && mouse.x >= left && mouse.x < left + plot.step) hover_note(chart.categories[i], all);
  }
}

}  // namespace

void bars(std::string_view id, const AxisChart& chart, const ChartOptions& options, bool& as_table) {
  if (skipped()) return;
  const ChartFrame frame(id, options, as_table);
  if (frame.table()) return chart_table(chart, options, frame.table_height());
  const Plot plot = draw_axes(chart, legend(frame.area(), legend_of(chart)));
  const auto count = static_cast<float>(std::max<std::size_t>(chart.series.size(), 1));
  const float width = std::clamp(plot.step * 0.72F / count, 2.0F, 36.0F);
  for (std::size_t i = 0; i < chart.categories.size(); ++i) {
    float x = plot.middle(i) - width * count / 2;
    for (std::size_t s = 0; s < chart.series.size(); ++s, x += width) {
      const std::int64_t value = value_at(chart.series[s], i);
      if (value == kNoValue || value == 0) continue;
      const float top = plot.y(std::max<std::int64_t>(value, 0)), bottom = plot.y(std::min<std::int64_t>(value, 0));
      canvas().AddRectFilled(ImVec2(std::round(x) + 1, std::min(top, bottom - 1)), ImVec2(std::round(x + width) - 1, bottom), series_colour(s), 2);
    }
  }
  tell(chart, options, plot);
}

void lines(std::string_view id, const AxisChart& chart, const ChartOptions& options, bool& as_table) {
  if (skipped()) return;
  const ChartFrame frame(id, options, as_table);
  if (frame.table()) return chart_table(chart, options, frame.table_height());
  const Plot plot = draw_axes(chart, legend(frame.area(), legend_of(chart)));
  for (std::size_t s = 0; s < chart.series.size(); ++s) {
    const Colour colour = series_colour(s);
    ImVec2 before;
    bool joined = false;    // a month without data breaks the line: nothing is made up for it
    for (std::size_t i = 0; i < chart.categories.size(); ++i) {
      const std::int64_t value = value_at(chart.series[s], i);
      if (value == kNoValue) {
        joined = false;
        continue;
      }
      const ImVec2 at(plot.middle(i), plot.y(value));
      if (joined) canvas().AddLine(before, at, colour, 2);
      // The shape of the points differs too.
      if (s % 2 == 0) canvas().AddCircleFilled(at, 3.5F, colour);
      else canvas().AddRectFilled(at - ImVec2(3, 3), at + ImVec2(3, 3), colour);
      before = at;
      joined = true;
    }
  }
  tell(chart, options, plot);
}

}  // namespace qudao::ui
