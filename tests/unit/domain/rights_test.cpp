#include "shared/domain/rights.hpp"

#include <catch2/catch.hpp>

#include "tests/unit/domain/small_province.hpp"

namespace qudao {
namespace {

using test::at;
using test::id_of;
using test::kCommercialMask;
using test::kMove;
using test::kPublicMask;
using test::kView;
using test::rights_of;
using test::small_province;

std::string covered(const Scope& scope) {
    std::string out;
    for (const UnitIndex unit : small_province().preorder(Tree::area))
        if (is_place(small_province().unit(unit).kind) && scope.covers(unit)) out += small_province().unit(unit).code + " ";
    return out;
}
std::string seen(const std::vector<test::Held>& held) { return covered(rights_of(held).scope(Action::view_customer)); }

TEST_CASE("a role at a unit covers what is below it in its tree") {
    CHECK(seen({{kView, "C1"}}) == "C1 ");
    CHECK(seen({{kView, "T1"}}) == "C1 C2 C3 ");
    CHECK(seen({{kView, "D1"}}) == "W1 C1 C2 C3 ");
    CHECK(seen({{kView, "N1"}}) == "W1 C1 C2 C3 W2 C4 C5 A1 ");
    CHECK(seen({{kView, "P"}}) == "W1 C1 C2 C3 W2 C4 C5 A1 C6 ");
    CHECK(seen({{kView, "KC"}}) == "W2 C4 C6 ");
    CHECK(seen({{kView, "KP1"}}) == "W1 C1 C2 C3 C5 A1 ");
}

TEST_CASE("channels narrow it") {
    CHECK(seen({{kView, "P", kPublicMask}}) == "W1 C1 C2 C3 C5 A1 ");
    CHECK(seen({{kView, "N1", kCommercialMask}}) == "W2 C4 ");
    CHECK(seen({{kView, "P", 0}}) == "");
    CHECK(seen({{kView, "P", 4}}) == "");
    CHECK(seen({{kView, "KC", kPublicMask}}) == "");
}

TEST_CASE("roles add up, action by action") {
    CHECK(seen({{kView, "C1"}, {kView, "KC2"}, {kView, "B2", kPublicMask}}) == "C1 C5 A1 C6 ");
    CHECK(seen({{kView, "P", kPublicMask}, {kView, "P", kCommercialMask}}) == "W1 C1 C2 C3 W2 C4 C5 A1 C6 ");
    const Rights rights = rights_of({{kMove, "T1"}, {kView, "N1"}});
    CHECK(covered(rights.scope(Action::move_customer)) == "C1 C2 C3 ");
    CHECK(covered(rights.scope(Action::view_customer)) == "W1 C1 C2 C3 W2 C4 C5 A1 ");
    CHECK(rights.may(Action::move_customer));
    CHECK_FALSE(rights.may(Action::cross_channel));
    CHECK_FALSE(Rights().may(Action::view_customer));
}

TEST_CASE("terms over one interval merge, empty ones go") {
    const Organisation& org = small_province();
    const Interval all = org.interval(Tree::area, at("P"));
    const Scope scope(org, {{Tree::area, all, kPublicMask}, {Tree::area, Interval{}, kAllChannels}, {Tree::area, all, kCommercialMask}, {Tree::channel, all, 0}});
    REQUIRE(scope.terms().size() == 1);
    CHECK(scope.terms()[0].channels == (kPublicMask | kCommercialMask));
    CHECK_FALSE(scope.empty());
    CHECK(Scope().empty());
    CHECK_FALSE(Scope().covers(0));
    CHECK_FALSE(scope.covers(kNoUnit));
}

TEST_CASE("whether anything below a unit is covered") {
    const Organisation& org = small_province();
    const Scope scope = rights_of({{kView, "C4"}}).scope(Action::view_customer);
    CHECK(scope.covers_any(org, Tree::area, at("P")));
    CHECK(scope.covers_any(org, Tree::area, at("B1")));
    CHECK_FALSE(scope.covers_any(org, Tree::area, at("B2")));
    CHECK(scope.covers_any(org, Tree::channel, at("KC1")));
    CHECK_FALSE(scope.covers_any(org, Tree::channel, at("KP")));
}

TEST_CASE("other people's grants do not count") {
    const std::vector<Role> roles = {{RoleId{1}, "r", "角色", kView}};
    const std::vector<Grant> grants = {{PersonId{2}, RoleId{1}, id_of("P"), kAllChannels}};
    CHECK_FALSE(Rights(small_province(), roles, grants, PersonId{1}).may(Action::view_customer));
    CHECK(Rights(small_province(), roles, grants, PersonId{2}).may(Action::view_customer));
}

TEST_CASE("grants that point nowhere are refused and give nothing") {
    const std::vector<Role> roles = {{RoleId{1}, "r", "角色", kView}};
    const std::vector<Grant> good = {{PersonId{1}, RoleId{1}, id_of("C1"), kAllChannels}};
    const std::vector<Grant> no_role = {{PersonId{1}, RoleId{9}, id_of("C1"), kAllChannels}};
    const std::vector<Grant> no_unit = {{PersonId{1}, RoleId{1}, UnitId{1}, kAllChannels}};
    CHECK(check_grants(small_province(), roles, good).ok());
    CHECK(check_grants(small_province(), roles, no_role).error().code == "rights.unknown_role");
    CHECK(check_grants(small_province(), roles, no_unit).error().code == "rights.unknown_unit");
    CHECK_FALSE(Rights(small_province(), roles, no_role, PersonId{1}).may(Action::view_customer));
    CHECK_FALSE(Rights(small_province(), roles, no_unit, PersonId{1}).may(Action::view_customer));
}

TEST_CASE("names of actions lead back") {
    for (std::size_t i = 0; i < kActions; ++i) CHECK(action_of(code_of(static_cast<Action>(i))) == static_cast<Action>(i));
    CHECK_FALSE(action_of("everything").has_value());
}

}  // namespace
}  // namespace qudao
