// Charts, all in one manner: axes, a legend, figures under the mouse; each can be seen as a table instead, and saved
// as a picture. A chart is never the only carrier: the table has every figure.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "client/widgets/table.hpp"

namespace qudao::ui {

// "No data" is not 0: nothing is drawn, and the words say so.
inline constexpr std::int64_t kNoValue = INT64_MIN;

struct ChartWords {
  std::string_view chart, table, save, no_data, total;
};

struct ChartOptions {
  std::string_view label = {};          // its name, over it and for readers
  std::string_view unit = {};           // of the values: 户, 元
  std::string_view category = {};       // what the entries are: 单位, 账期
  std::string_view file_name = {};      // of the picture
  float height = 0;                     // 0: all that is left (at least 180)
  const ChartWords* words = nullptr;    // without: neither table nor picture
};

// How a value is said: thousands, yuan.
using ValueWords = std::function<std::string(std::int64_t)>;

struct Series {
  std::string_view name = {};
  std::span<const std::int64_t> values;   // one a category; kNoValue
};
struct AxisChart {
  std::span<const std::string> categories;
  std::span<const Series> series;
  ValueWords words;
};
// `as_table` is the view's own: whether the table is seen.
void bars(std::string_view id, const AxisChart& chart, const ChartOptions& options, bool& as_table);
void lines(std::string_view id, const AxisChart& chart, const ChartOptions& options, bool& as_table);

struct Tile {
  std::int64_t key = 0;
  std::string label;
  std::int64_t value = 0;
  std::string note;          // beside the value
};
// The key of the tile (or row) that was pressed, or -1.
[[nodiscard]] std::int64_t treemap(std::string_view id, std::span<const Tile> tiles, const ValueWords& words, const ChartOptions& options, bool& as_table);

struct Flow {
  std::string_view from = {}, to = {};   // equal names are one block
  std::int64_t value = 0;
};
struct FlowTitles {
  std::string_view from = {}, to = {};
};
void flow_picture(std::string_view id, std::span<const Flow> flows, const ValueWords& words, const FlowTitles& titles, const ChartOptions& options,
                  bool& as_table);

// Bars before and after, one pair a label, figures beside them.
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
