// Where the parts of a chart stand: ticks of an axis, tiles of a treemap, bands of a flow. Numbers in, numbers out.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace qudao::ui {

// Round steps of 1, 2 or 5 times a power of ten, from at or below the least to at or above the most (0 included).
struct Ticks {
  std::int64_t first = 0, step = 1;
  int count = 2;                      // ticks, both ends included
  [[nodiscard]] std::int64_t last() const { return first + step * (count - 1); }
};
[[nodiscard]] Ticks ticks_for(std::int64_t least, std::int64_t most, int wanted);

struct Area {
  float x = 0, y = 0, width = 0, height = 0;
};
// Squarified (Bruls, Huizing, van Wijk 2000): areas in proportion, as near to squares as may be. Values must come in
// falling order; those of 0 or less get an empty area.
[[nodiscard]] std::vector<Area> treemap_areas(std::span<const std::int64_t> values, const Area& whole);

// Two columns of blocks and a band for every flow between them. Blocks are in falling order of what goes through them.
struct FlowValue {
  int from = 0, to = 0;               // indexes of the left and right blocks
  std::int64_t value = 0;
};
struct FlowLayout {
  struct Block {
    float top = 0, height = 0;
    std::int64_t value = 0;
  };
  struct Band {
    float left_top = 0, right_top = 0, height = 0;
  };
  std::vector<Block> left, right;
  std::vector<Band> bands;            // as many as flows, in their order
};
[[nodiscard]] FlowLayout flow_layout(std::span<const FlowValue> flows, int left_blocks, int right_blocks, float height, float gap);

}  // namespace qudao::ui
