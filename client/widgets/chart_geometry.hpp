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

// What of a tile's words fits into it: a figure wholly or not at all, for a part of it reads as another; a name wholly or
// cut to some characters; no figure without a name.
struct TileWords {
  float line = 0, name_width = 0;       // of the name; how high and wide it would be
  float small_line = 0, value_width = 0;
};
struct TileFits {
  bool name = false, value = false;
};
[[nodiscard]] TileFits tile_fits(float width, float height, const TileWords& words);

// Two columns of blocks, from top to bottom in their order, and a band for every flow between them.
struct FlowValue {
  int from = 0, to = 0;               // indexes of the left and right blocks
  std::int64_t value = 0;
};
struct FlowLayout {
  struct Block {
    float top = 0, height = 0;          // true to scale
    std::int64_t value = 0;
    float room = 0;                     // of its name, with the block in the middle; the height or more
    [[nodiscard]] float middle() const { return top + height / 2; }
  };
  struct Band {
    float left_top = 0, right_top = 0, height = 0;
  };
  std::vector<Block> left, right;
  std::vector<Band> bands;            // as many as flows, in their order
};
struct FlowSpace {
  float height = 0, gap = 0;
  float least = 0;                    // room of a block, however small it is
};
[[nodiscard]] FlowLayout flow_layout(std::span<const FlowValue> flows, int left_blocks, int right_blocks, const FlowSpace& space);
// Where between its two ends, 0 to 1, a band is at a share of its way across: it leaves and comes level.
[[nodiscard]] float band_bend(float share);
// Blocks a side that can be told apart in this height.
[[nodiscard]] std::size_t flow_blocks_in(float height, float line);

}  // namespace qudao::ui
