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

// Pixels a unit of value so that all blocks have their room.
double scale_of(const std::vector<std::int64_t>& values, const FlowSpace& space, double least) {
  const double count = static_cast<double>(values.size());
  const double whole = std::max(static_cast<double>(space.height) - static_cast<double>(space.gap) * (count - 1), 1.0);
  double scale = 0;
  // Those below the least take it from the others, which may bring more of them below it.
  for (std::size_t small = 0, before = values.size() + 1; small != before;) {
    before = small;
    const double rest = whole - least * static_cast<double>(small);
    double sum = 0;
    for (const std::int64_t value : values)
      if (static_cast<double>(value) * scale >= least || small == 0) sum += static_cast<double>(value);
    scale = sum > 0 ? rest / sum : 0;
    small = static_cast<std::size_t>(std::count_if(values.begin(), values.end(), [&](std::int64_t value) { return static_cast<double>(value) * scale < least; }));
  }
  return scale;
}

double least_of(std::size_t blocks, const FlowSpace& space) {
  if (blocks == 0) return 0;
  const double count = static_cast<double>(blocks);
  return std::min(static_cast<double>(space.least), std::max(static_cast<double>(space.height) - static_cast<double>(space.gap) * (count - 1), 1.0) / count);
}

std::vector<FlowLayout::Block> stack(const std::vector<std::int64_t>& values, double scale, const FlowSpace& space) {
  const double least = least_of(values.size(), space);
  std::vector<FlowLayout::Block> blocks;
  double top = 0;
  for (const std::int64_t value : values) {
    const double height = static_cast<double>(value) * scale, room = std::max(height, least);
    blocks.push_back({static_cast<float>(top + (room - height) / 2), static_cast<float>(height), value, static_cast<float>(room)});
    top += room + static_cast<double>(space.gap);
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

TileFits tile_fits(float width, float height, const TileWords& words) {
  constexpr float kBeside = 10, kFewest = 4;   // margins; characters of a name that still say something
  const float room = width - kBeside;
  TileFits fits;
  fits.name = height > words.line + 6 && room >= std::min(words.name_width, kFewest * words.line);
  fits.value = fits.name && height > words.line + words.small_line + 10 && room >= words.value_width;
  return fits;
}

float band_bend(float share) {
  // A cubic whose inner points are half-way across: find how far along it this share is.
  float low = 0, high = 1;
  for (int i = 0; i < 20; ++i) {
    const float t = (low + high) / 2, u = 1 - t;
    (1.5F * u * u * t + 1.5F * u * t * t + t * t * t < share ? low : high) = t;
  }
  const float t = (low + high) / 2;
  return 3 * (1 - t) * t * t + t * t * t;
}

std::size_t flow_blocks_in(float height, float line) {
  constexpr float kLines = 1.7F;   // a block that is more than its name's line
  return static_cast<std::size_t>(std::clamp(static_cast<int>(height / std::max(line * kLines, 1.0F)), 4, 15));
}

FlowLayout flow_layout(std::span<const FlowValue> flows, int left_blocks, int right_blocks, const FlowSpace& space) {
  std::vector<std::int64_t> left(static_cast<std::size_t>(left_blocks), 0), right(static_cast<std::size_t>(right_blocks), 0);
  for (const FlowValue& flow : flows) {
    left[static_cast<std::size_t>(flow.from)] += flow.value;
    right[static_cast<std::size_t>(flow.to)] += flow.value;
  }
  FlowLayout layout;
  layout.bands.resize(flows.size());
  if (flows.empty()) return layout;
  // A band is as thick at both ends: the side with less room for it decides.
  const double scale = std::min(scale_of(left, space, least_of(left.size(), space)), scale_of(right, space, least_of(right.size(), space)));
  layout.left = stack(left, scale, space);
  layout.right = stack(right, scale, space);
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
