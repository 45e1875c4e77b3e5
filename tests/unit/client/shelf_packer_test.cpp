#include "client/platform/shelf_packer.hpp"

#include <catch2/catch.hpp>
#include <vector>

using qudao::platform::PackedBox;
using qudao::platform::ShelfPacker;

TEST_CASE("boxes never overlap and stay inside, also after growing") {
  ShelfPacker packer(256, 64);
  std::vector<std::vector<int>> owner(512, std::vector<int>(256, 0));
  int placed = 0, height = 64;
  for (int i = 1; i <= 400; ++i) {
    const int w = 3 + i * 7 % 23, h = 4 + i * 5 % 19;
    PackedBox box = packer.place(w, h);
    while (!box.placed && height < 512) {
      height *= 2;
      packer.grow_to(height);
      box = packer.place(w, h);
    }
    if (!box.placed) continue;
    ++placed;
    REQUIRE(box.x + w <= 256);
    REQUIRE(box.y + h <= height);
    for (int y = box.y; y < box.y + h; ++y)
      for (int x = box.x; x < box.x + w; ++x) {
        REQUIRE(owner[static_cast<std::size_t>(y)][static_cast<std::size_t>(x)] == 0);
        owner[static_cast<std::size_t>(y)][static_cast<std::size_t>(x)] = i;
      }
  }
  CHECK(placed > 350);
}

TEST_CASE("what cannot fit is refused") {
  ShelfPacker packer(32, 32);
  CHECK_FALSE(packer.place(33, 4).placed);
  CHECK_FALSE(packer.place(4, 33).placed);
  CHECK(packer.place(32, 32).placed);
  CHECK_FALSE(packer.place(1, 1).placed);
}
