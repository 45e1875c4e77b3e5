#include "shared/domain/sight.hpp"

#include <catch2/catch.hpp>

#include "tests/unit/domain/small_province.hpp"

namespace qudao {
namespace {

using test::at;
using test::id_of;
using test::kView;
using test::small_province;

TEST_CASE("who gains and who loses sight of customers") {
    const std::vector<Role> roles = {{RoleId{1}, "manager", "客户经理", kView}, {RoleId{2}, "none", "无", 0}};
    const std::vector<Grant> grants = {
        {PersonId{9}, RoleId{1}, id_of("C1"), kAllChannels},  {PersonId{8}, RoleId{1}, id_of("C5"), kAllChannels},
        {PersonId{7}, RoleId{1}, id_of("N1"), kAllChannels},  // sees both ends: nothing changes
        {PersonId{6}, RoleId{1}, id_of("KC"), kAllChannels},  {PersonId{5}, RoleId{2}, id_of("C5"), kAllChannels},
        {PersonId{4}, RoleId{1}, id_of("C2"), kAllChannels},  {PersonId{4}, RoleId{1}, id_of("C5"), kAllChannels},
    };
    const std::vector<Flow> flows = {{at("C1"), at("C5"), {30, 0, 0}}, {at("C1"), at("C4"), {7, 0, 0}}, {at("C5"), at("C1"), {2, 0, 0}}, {at("C2"), at("C5"), {5, 0, 0}}};
    const Scope all(small_province(), {{Tree::area, small_province().interval(Tree::area, at("P")), kAllChannels}});
    const std::vector<SightChange> expected = {
        {PersonId{4}, 30, 2},   // C2 → C5 stays in sight
        {PersonId{6}, 7, 0},
        {PersonId{8}, 35, 2},
        {PersonId{9}, 2, 37},
    };
    CHECK(sight_changes(small_province(), roles, grants, flows, all) == expected);
}

TEST_CASE("the actor hears only of those whose sight overlaps the actor's") {
    const std::vector<Role> roles = {{RoleId{1}, "manager", "客户经理", kView}};
    const std::vector<Grant> grants = {{PersonId{1}, RoleId{1}, id_of("C1"), kAllChannels}, {PersonId{2}, RoleId{1}, id_of("C6"), kAllChannels}};
    const std::vector<Flow> flows = {{at("C1"), at("C6"), {3, 0, 0}}};
    const Scope actor(small_province(), {{Tree::area, small_province().interval(Tree::area, at("N1")), kAllChannels}});
    CHECK(sight_changes(small_province(), roles, grants, flows, actor) == std::vector<SightChange>{{PersonId{1}, 0, 3}});
    CHECK(sight_changes(small_province(), roles, grants, flows, Scope()).empty());
    CHECK(sight_changes(small_province(), roles, grants, {}, actor).empty());
}

}  // namespace
}  // namespace qudao
