#include "client/widgets/chart_geometry.hpp"

#include <algorithm>
#include <numeric>

namespace qudao::ui {
namespace {

std::int64_t floor_to(std::int64_t value, std::int64_t step) {
  std::int64_t whole = value / step * step;
  return whole > value ? whole - step : whole;
}

double worst_ratio(std::span<const std::int64_t> values, std::size_t from, std::size_t to, double scale, double side) {
  double sum = 0;
  for (std::size_t i = from; i < to; ++i) sum += static_cast<double>(values[i]) * scale;
  const double most = static_cast<double>(values[from]) * scale, least = static_cast<double>(values[to - 1]) * scale;
  return std::max(side * side * most / (sum * sum), sum * sum / (side * side * least));
}

// Block tops: in falling order of value, gaps between them.
std::vector<FlowLayout::Block> stack(const std::vector<std::int64_t>& values, double scale, float gap) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return values[a] > values[b]; });
  std::vector<FlowLayout::Block> blocks(values.size());
  double top = 0;
  for (const std::size_t at : order) {
    const double height = static_cast<double>(values[at]) * scale;
    blocks[at] = {static_cast<float>(top), static_cast<float>(height), values[at]};
    top += height + gap;
  }
  return blocks;
}

}  // namespace

Ticks ticks_for(std::int64_t least, std::int64_t most, int wanted) {
  least = std::min<std::int64_t>(least, 0);
  most = std::max<std::int64_t>(most, 0);
  if (least == most) most = least + 1;
  const double rough = (static_cast<double>(most) - static_cast<double>(least)) / std::max(wanted, 1);
  std::int64_t power = 1;
  while (static_cast<double>(power) * 10 <= rough) power *= 10;
  std::int64_t step = power;
  for (const std::int64_t factor : {1, 2, 5, 10}) {
    step = power * factor;
    if (static_cast<double>(step) >= rough) break;
  }
  Ticks ticks;
  ticks.step = step;
  ticks.first = floor_to(least, step);
  ticks.count = 1;
  while (ticks.last() < most) ++ticks.count;
  ticks.count = std::max(ticks.count, 2);
  return ticks;
}

std::vector<Area> treemap_areas(std::span<const std::int64_t> values, const Area& whole) {
  std::vector<Area> areas(values.size());
  std::size_t used = 0;
  double total = 0;
  while (used < values.size() && values[used] > 0) total += static_cast<double>(values[used++]);
  if (used == 0 || whole.width <= 0 || whole.height <= 0) return areas;
  const double scale = static_cast<double>(whole.width) * static_cast<double>(whole.height) / total;
  double x = whole.x, y = whole.y, width = whole.width, height = whole.height;
  for (std::size_t from = 0; from < used;) {
    const double side = std::max(std::min(width, height), 1e-6);
    std::size_t to = from + 1;
    while (to < used && worst_ratio(values, from, to + 1, scale, side) <= worst_ratio(values, from, to, scale, side)) ++to;
    double sum = 0;
    for (std::size_t i = from; i < to; ++i) sum += static_cast<double>(values[i]) * scale;
    const double thick = sum / side;
    double along = 0;
    for (std::size_t i = from; i < to; ++i) {
      const double length = static_cast<double>(values[i]) * scale / thick;
      const bool column = width >= height;   // a column at the left, else a row at the top
      areas[i] = column ? Area{static_cast<float>(x), static_cast<float>(y + along), static_cast<float>(thick), static_cast<float>(length)}
                        : Area{static_cast<float>(x + along), static_cast<float>(y), static_cast<float>(length), static_cast<float>(thick)};
      along += length;
    }
    if (width >= height) {
      x += thick;
      width -= thick;
    } else {
      y += thick;
      height -= thick;
    }
    from = to;
  }
  return areas;
}

FlowLayout flow_layout(std::span<const FlowValue> flows, int left_blocks, int right_blocks, float height, float gap) {
  std::vector<std::int64_t> left(static_cast<std::size_t>(left_blocks), 0), right(static_cast<std::size_t>(right_blocks), 0);
  std::int64_t total = 0;
  for (const FlowValue& flow : flows) {
    left[static_cast<std::size_t>(flow.from)] += flow.value;
    right[static_cast<std::size_t>(flow.to)] += flow.value;
    total += flow.value;
  }
  FlowLayout layout;
  layout.bands.resize(flows.size());
  const int most = std::max(left_blocks, right_blocks);
  const double room = std::max(static_cast<double>(height) - static_cast<double>(gap) * std::max(most - 1, 0), 1.0);
  const double scale = total > 0 ? room / static_cast<double>(total) : 0;
  layout.left = stack(left, scale, gap);
  layout.right = stack(right, scale, gap);
  // Bands leave a block in the order of the blocks they go to, so that few cross.
  std::vector<std::size_t> order(flows.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto place = [&](bool leaving) {
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      const auto other = [&](std::size_t i) {
        return leaving ? layout.right[static_cast<std::size_t>(flows[i].to)].top : layout.left[static_cast<std::size_t>(flows[i].from)].top;
      };
      return other(a) < other(b);
    });
    std::vector<float> at(leaving ? layout.left.size() : layout.right.size(), 0);
    for (const std::size_t i : order) {
      const auto block = static_cast<std::size_t>(leaving ? flows[i].from : flows[i].to);
      const auto thick = static_cast<float>(static_cast<double>(flows[i].value) * scale);
      const float top = (leaving ? layout.left[block].top : layout.right[block].top) + at[block];
      at[block] += thick;
      (leaving ? layout.bands[i].left_top : layout.bands[i].right_top) = top;
      layout.bands[i].height = thick;
    }
  };
  place(true);
  place(false);
  return layout;
}

}  // namespace qudao::ui
