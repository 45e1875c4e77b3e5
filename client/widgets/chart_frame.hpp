// What stands round every chart: its name, the way to its table and to a picture. Not for views.
#pragma once

#include <algorithm>

#include "client/widgets/chart.hpp"
#include "client/widgets/detail.hpp"

namespace qudao::ui::detail {

// Draws the head; then `area()` is where the chart goes, unless `table()` is to be drawn instead.
class ChartFrame {
 public:
  ChartFrame(std::string_view id, const ChartOptions& options, bool& as_table);
  ~ChartFrame();
  ChartFrame(const ChartFrame&) = delete;
  ChartFrame& operator=(const ChartFrame&) = delete;
  [[nodiscard]] bool table() const { return table_; }
  [[nodiscard]] float table_height() const { return std::max(area_.GetHeight(), 120.0F); }
  [[nodiscard]] const ImRect& area() const { return area_; }

 private:
  bool table_ = false;
  ImRect whole_, area_;
};

struct LegendEntry {
  std::string_view words = {};
  Colour colour = 0;
};
// Across the top of the area; what is left of it.
ImRect legend(const ImRect& area, std::span<const LegendEntry> entries);
// Two lines beside the mouse.
void hover_note(std::string_view what, std::string_view value);
[[nodiscard]] Colour series_colour(std::size_t index);
[[nodiscard]] std::string no_value_words(const ChartOptions& options);

}  // namespace qudao::ui::detail
