#include <catch2/catch.hpp>

#include "client/views/common/unit_tree.hpp"
#include "tests/unit/views/world_fixture.hpp"

using namespace qudao;
using namespace qudao::client;

namespace {

std::vector<std::int64_t> shown(const UnitTree& tree, const World& world) {
    std::vector<std::int64_t> ids;
    for (const UnitTreeRow& row : tree.rows) ids.push_back(world.organisation->unit(row.unit).id.value);
    return ids;
}

}  // namespace

TEST_CASE("the way to what one answers for is open") {
    const World world = test::world();
    UnitTree tree;
    refresh(tree, world);
    using namespace test;
    CHECK(shown(tree, world) == std::vector<std::int64_t>{kProvince, kNanning, kQingxiu, kDepartment, kTeam, kCommunity, kOther, kRetired, kPool});
    CHECK(tree.rows.front().depth == 0);
    CHECK(tree.rows[5].depth == 5);
    CHECK_FALSE(tree.rows[5].expandable);
    CHECK(tree.rows[7].dim);  // not in use
}

TEST_CASE("a unit folds away with all below it") {
    const World world = test::world();
    UnitTree tree;
    refresh(tree, world);
    CHECK_FALSE(reduce(tree, UnitToggled{test::kQingxiu}, world));
    CHECK(shown(tree, world) == std::vector<std::int64_t>{test::kProvince, test::kNanning, test::kQingxiu});
}

TEST_CASE("the same units stand in the other tree") {
    const World world = test::world();
    UnitTree tree;
    refresh(tree, world);
    (void)reduce(tree, UnitPressed{test::kCommunity}, world);
    CHECK(reduce(tree, TreeSwitched{Tree::channel}, world));
    CHECK(tree.selected == test::kCommunity);
    CHECK(tree.rows[1].depth == 1);
    CHECK(world.organisation->unit(tree.rows[1].unit).id.value == test::kPublicChannel);
    // What the other tree lacks is not kept chosen.
    (void)reduce(tree, UnitPressed{test::kNanningPublic}, world);
    (void)reduce(tree, TreeSwitched{Tree::area}, world);
    CHECK(tree.selected == 0);
}

TEST_CASE("typing finds units by name and by code, with the way to them") {
    const World world = test::world();
    UnitTree tree;
    (void)reduce(tree, UnitSearched{"2社区"}, world);
    CHECK(tree.found == 1);
    CHECK(shown(tree, world) == std::vector<std::int64_t>{test::kProvince, test::kNanning, test::kQingxiu, test::kDepartment, test::kTeam, test::kOther});
    CHECK(tree.rows.front().dim);
    CHECK_FALSE(tree.rows.back().dim);
    (void)reduce(tree, UnitSearched{"gz02"}, world);
    CHECK(tree.found == 4);
    (void)reduce(tree, UnitSearched{"不存在"}, world);
    CHECK(tree.found == 0);
    CHECK(tree.rows.empty());
    // Chosen while searching, it stays in sight when the search is over.
    (void)reduce(tree, UnitSearched{"1社区"}, world);
    (void)reduce(tree, UnitPressed{test::kCommunity}, world);
    (void)reduce(tree, UnitSearched{""}, world);
    CHECK(shown(tree, world).back() != test::kNanning);
}

TEST_CASE("a unit of an address is kept until the organisation comes") {
    World world = test::world();
    const auto organisation = std::exchange(world.organisation, nullptr);
    UnitTree tree;
    select_unit(tree, Tree::area, test::kCommunity, world);
    CHECK(tree.rows.empty());
    world.organisation = organisation;
    refresh(tree, world);
    CHECK(tree.selected == test::kCommunity);
    CHECK(tree.scroll_to == 5);
}

TEST_CASE("a unit outside what a person answers for has no count, for 0 would say that nobody is there") {
    World world = test::world();
    const auto sees = [&](std::int64_t id) { return world.sees_part_of(world.unit(id)); };
    world.home_units = {test::kTeam};
    CHECK(sees(test::kTeam));
    CHECK(sees(test::kCommunity));       // below
    CHECK(sees(test::kNanning));         // above, in one tree
    CHECK(sees(test::kNanningPublic));   // and in the other
    world.home_units = {test::kCommunity};
    CHECK_FALSE(sees(test::kOther));
    world.home_units = {};
    CHECK_FALSE(sees(test::kProvince));
}
