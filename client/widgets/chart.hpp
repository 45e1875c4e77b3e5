// Bars before and after, one pair a label. Figures stand beside the bars: the chart is never the only carrier.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace qudao::ui {

struct BarPair {
  std::string_view label = {};
  std::int64_t before = 0, after = 0;
  std::string_view before_words = {}, after_words = {};   // as they are to be printed
  std::string_view change_words = {};                // "+12", "−3"; "" when nothing changed
  int change_sign = 0;
  bool no_data = false;                         // "no data" is not 0: `before_words` says it, no bars are drawn
};

struct BarChartOptions {
  std::string_view label = {};                       // its name for readers
  std::string_view before_label = {}, after_label = {};
  float label_width = 150;
  float max_height = 0;                         // 0: all bars; else it scrolls
};

void bar_chart(std::string_view id, std::span<const BarPair> bars, const BarChartOptions& options);

}  // namespace qudao::ui
