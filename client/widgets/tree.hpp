// One row of a tree. The model keeps what is open and gives the rows in view order with their depth, so that a
// tree of ten thousand units is drawn by the clipper like any list.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>

#include "client/widgets/icon.hpp"

namespace qudao::ui {

struct TreeRow {
  std::int64_t key = 0;
  int depth = 0;
  std::string_view label = {};
  std::string_view count = {};         // at the right, muted
  Icon icon = Icon::none;
  bool expandable = false;
  bool expanded = false;
  bool selected = false;
  bool dim = false;               // inactive, or out of the person's scope
};

struct TreeRowEvents {
  bool chosen = false;
  bool toggled = false;
};

TreeRowEvents tree_row(const TreeRow& row);

// `count` rows, those in view only. `scroll_to_row` is given in the one frame that should bring that row into view.
void tree(std::string_view id, std::int64_t count, float height, const std::function<void(std::int64_t)>& draw_row,
          std::int64_t scroll_to_row = -1);

}  // namespace qudao::ui
