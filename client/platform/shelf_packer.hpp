// Places glyph boxes on shelves in a texture that can only grow downwards, so that what is placed stays.
// Pure.
#pragma once

#include <vector>

namespace qudao::platform {

struct PackedBox {
  int x = 0, y = 0;
  bool placed = false;
};

class ShelfPacker {
 public:
  ShelfPacker() = default;
  ShelfPacker(int width, int height) : width_(width), height_(height) {}

  void grow_to(int height) { height_ = height; }
  [[nodiscard]] int width() const { return width_; }
  [[nodiscard]] int height() const { return height_; }

  // Boxes come with their padding included.
  [[nodiscard]] PackedBox place(int box_width, int box_height) {
    Shelf* best = nullptr;
    for (Shelf& shelf : shelves_)
      // A shelf much higher than the box would waste it; a quarter more is the usual spread in one face.
      if (shelf.height >= box_height && shelf.height <= box_height + box_height / 4 + 2 &&
          shelf.used + box_width <= width_ && (best == nullptr || shelf.height < best->height))
        best = &shelf;
    if (best == nullptr) {
      if (top_ + box_height > height_ || box_width > width_) return {};
      shelves_.push_back({top_, box_height, 0});
      top_ += box_height;
      best = &shelves_.back();
    }
    const PackedBox box{best->used, best->top, true};
    best->used += box_width;
    return box;
  }

 private:
  struct Shelf {
    int top = 0, height = 0, used = 0;
  };
  int width_ = 0, height_ = 0, top_ = 0;
  std::vector<Shelf> shelves_;
};

}  // namespace qudao::platform
