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
  const ChartWords* words = nullptr;    // without: neither table nor picture; without `table`: the view has a table of its own
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

// What stands at one side of a flow: names are for people, two blocks may have one.
struct FlowBlock {
  std::string_view label = {};
  std::string_view note = {};            // beside its value, under the mouse
  bool others = false;                   // many together: drawn without a colour of its own
};
struct Flow {
  int from = 0, to = 0;                  // indexes of blocks
  std::int64_t value = 0;
  std::string_view note = {};
};
struct FlowChart {
  std::string_view from = {}, to = {};   // what the sides are called
  std::span<const FlowBlock> left, right;   // from top to bottom
  std::span<const Flow> flows;
  ValueWords words;
};
// How many blocks a side can be told apart by name in the height that is left.
[[nodiscard]] std::size_t flow_blocks_left();
void flow_picture(std::string_view id, const FlowChart& chart, const ChartOptions& options, bool& as_table);

// Bars lying down, before over after, one pair a unit, their figures beside them. More than there is room for are scrolled.
struct BarPair {
  std::string_view label = {};
  std::int64_t before = kNoValue, after = kNoValue;
};
struct PairChart {
  std::string_view before = {}, after = {}, change = {};   // what the two bars and their difference are called
  ValueWords words;
  ValueWords change_words;                                  // with its sign; differences of 0 are not said
};
void bar_pairs(std::string_view id, std::span<const BarPair> pairs, const PairChart& chart, const ChartOptions& options, bool& as_table);

}  // namespace qudao::ui
