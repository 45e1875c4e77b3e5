#include <catch2/catch.hpp>

#include <numeric>

#include "client/widgets/chart_geometry.hpp"

using namespace qudao::ui;

TEST_CASE("an axis has round steps that cover the values") {
    const Ticks ticks = ticks_for(0, 4830, 5);
    CHECK(ticks.first == 0);
    CHECK(ticks.step == 1000);
    CHECK(ticks.last() == 5000);
    for (const auto& [least, most] : std::vector<std::pair<std::int64_t, std::int64_t>>{{0, 0}, {0, 1}, {5, 7}, {-3, 12}, {-900, -20}, {0, 1'000'000'000'000}, {-1, 0}, {0, 999}}) {
        CAPTURE(least, most);
        const Ticks t = ticks_for(least, most, 5);
        CHECK(t.first <= least);
        CHECK(t.first <= 0);
        CHECK(t.last() >= most);
        CHECK(t.count >= 2);
        CHECK(t.count <= 9);
        std::int64_t step = t.step;
        while (step % 10 == 0) step /= 10;
        CHECK((step == 1 || step == 2 || step == 5));
    }
}

TEST_CASE("tiles fill their area in proportion and do not overlap") {
    const std::vector<std::int64_t> values{600, 500, 310, 220, 140, 100, 60, 40, 20, 9, 1, 0, -5};
    const Area whole{10, 20, 600, 400};
    const std::vector<Area> areas = treemap_areas(values, whole);
    REQUIRE(areas.size() == values.size());
    double total = 0;
    for (const auto value : values) total += value > 0 ? static_cast<double>(value) : 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        CAPTURE(i);
        const double part = values[i] > 0 ? static_cast<double>(values[i]) / total : 0;
        CHECK(static_cast<double>(areas[i].width) * areas[i].height == Approx(part * 240000).epsilon(0.001));
        if (values[i] <= 0) continue;
        CHECK(areas[i].x >= whole.x - 0.01F);
        CHECK(areas[i].y >= whole.y - 0.01F);
        CHECK(areas[i].x + areas[i].width <= whole.x + whole.width + 0.1F);
        CHECK(areas[i].y + areas[i].height <= whole.y + whole.height + 0.1F);
        for (std::size_t j = 0; j < i; ++j) {
            const float w = std::min(areas[i].x + areas[i].width, areas[j].x + areas[j].width) - std::max(areas[i].x, areas[j].x);
            const float h = std::min(areas[i].y + areas[i].height, areas[j].y + areas[j].height) - std::max(areas[i].y, areas[j].y);
            CHECK((w <= 0.05F || h <= 0.05F));
        }
    }
    CHECK(treemap_areas({}, whole).empty());
    CHECK(treemap_areas(std::vector<std::int64_t>{0, 0}, whole)[0].width == 0);
}

TEST_CASE("a flow's bands are as thick at both ends, and fill their blocks") {
    const std::vector<FlowValue> flows{{0, 0, 620}, {0, 1, 340}, {1, 0, 280}, {2, 2, 1}, {1, 1, 59}};
    const FlowLayout layout = flow_layout(flows, 3, 3, {400, 8});
    REQUIRE(layout.left.size() == 3);
    REQUIRE(layout.bands.size() == flows.size());
    CHECK(layout.left[0].value == 960);
    CHECK(layout.right[0].value == 900);
    const auto total = [](const std::vector<FlowLayout::Block>& blocks) {
        return std::accumulate(blocks.begin(), blocks.end(), 0.0F, [](float sum, const FlowLayout::Block& block) { return sum + block.height; });
    };
    CHECK(total(layout.left) == Approx(total(layout.right)));
    CHECK(total(layout.left) + 2 * 8 == Approx(400));
    for (std::size_t block = 0; block < 3; ++block) {
        float left = 0, right = 0;
        for (std::size_t i = 0; i < flows.size(); ++i) {
            if (flows[i].from == static_cast<int>(block)) left += layout.bands[i].height;
            if (flows[i].to == static_cast<int>(block)) right += layout.bands[i].height;
        }
        CHECK(left == Approx(layout.left[block].height));
        CHECK(right == Approx(layout.right[block].height));
    }
    for (std::size_t i = 0; i < flows.size(); ++i) {
        const auto& from = layout.left[static_cast<std::size_t>(flows[i].from)];
        CHECK(layout.bands[i].left_top >= from.top - 0.01F);
        CHECK(layout.bands[i].left_top + layout.bands[i].height <= from.top + from.height + 0.05F);
    }
    CHECK(flow_layout({}, 0, 0, {100, 8}).bands.empty());
}

TEST_CASE("every block of a flow has room for its name, however small it is, and all keep one scale") {
    // Many small ones beside the others, as when a whole province is moved.
    std::vector<FlowValue> flows;
    for (int i = 0; i < 8; ++i) flows.push_back({i, 0, 3 + i});
    flows.push_back({8, 1, 1800});
    flows.push_back({8, 0, 4});
    const FlowSpace space{210, 4, 16};
    const FlowLayout layout = flow_layout(flows, 9, 2, space);
    const double scale = static_cast<double>(layout.left[8].height) / 1804;
    CHECK(scale > 0);
    for (const auto* side : {&layout.left, &layout.right}) {
        float bottom = -space.gap;
        for (const FlowLayout::Block& block : *side) {
            CHECK(block.room >= 16 - 0.01F);
            CHECK(block.middle() - block.room / 2 == Approx(bottom + space.gap).margin(0.01));
            CHECK(static_cast<double>(block.height) == Approx(static_cast<double>(block.value) * scale).epsilon(0.001));
            bottom = block.middle() + block.room / 2;
        }
        CHECK(bottom <= space.height + 0.1F);
    }
    CHECK(layout.left[8].middle() + layout.left[8].room / 2 == Approx(space.height).epsilon(0.001));
    // Less height than the least of all of them: they share it.
    const FlowLayout low = flow_layout(flows, 9, 2, {60, 4, 16});
    CHECK(low.left[8].middle() + low.left[8].room / 2 <= 60.1F);
}

TEST_CASE("a band leaves and comes level, and is half-way up half-way across") {
    CHECK(band_bend(0) == Approx(0).margin(0.001));
    CHECK(band_bend(1) == Approx(1).margin(0.001));
    CHECK(band_bend(0.5F) == Approx(0.5).margin(0.001));
    CHECK(band_bend(0.1F) < 0.05F);
    for (float share = 0; share < 0.99F; share += 0.01F) CHECK(band_bend(share) <= band_bend(share + 0.01F));
}

TEST_CASE("a flow has as many blocks as can be told apart") {
    CHECK(flow_blocks_in(212, 16) == 7);
    CHECK(flow_blocks_in(2000, 16) == 15);
    CHECK(flow_blocks_in(-5, 16) == 4);
}

TEST_CASE("a tile's figure is whole or left out, and never without its name") {
    const TileWords words{16, 120, 14, 90};
    const auto fits = [&](float width, float height) { return tile_fits(width, height, words); };
    CHECK(fits(140, 60).name);
    CHECK(fits(140, 60).value);
    CHECK(fits(105, 60).name);          // cut, to some characters
    CHECK(fits(105, 60).value);
    CHECK_FALSE(fits(99, 60).value);
    CHECK(fits(99, 60).name);
    CHECK_FALSE(fits(60, 60).name);     // one character and … say nothing
    CHECK_FALSE(fits(140, 18).name);
    CHECK(fits(140, 30).name);
    CHECK_FALSE(fits(140, 30).value);
    // A short name in a narrow tile; its longer figure is left out.
    CHECK(tile_fits(50, 60, {16, 32, 14, 90}).name);
    CHECK_FALSE(tile_fits(50, 60, {16, 32, 14, 90}).value);
    for (float width = 0; width < 200; ++width)
        for (float height = 0; height < 80; ++height) {
            const TileFits fit = fits(width, height);
            if (fit.value) CHECK((fit.name && width >= words.value_width));
        }
}
