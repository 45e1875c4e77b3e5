#include "shared/domain/organisation.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <set>

#include "tests/unit/domain/small_province.hpp"

namespace qudao {
namespace {

using test::at;
using test::small_channels;
using test::small_province;
using test::small_units;

std::string codes(const std::vector<UnitIndex>& units) {
    std::string out;
    for (const UnitIndex unit : units) out += small_province().unit(unit).code + " ";
    return out;
}

TEST_CASE("units lie in the preorder of the area tree, then what is in the channel tree alone") {
    const Organisation& org = small_province();
    CHECK(codes(org.preorder(Tree::area)) == "P N1 B1 D1 W1 T1 C1 C2 C3 D2 W2 T2 C4 B2 D3 T3 C5 A1 N2 B3 D4 T4 C6 ");
    for (std::size_t i = 0; i < org.preorder(Tree::area).size(); ++i) CHECK(org.preorder(Tree::area)[i] == i);
    CHECK(org.size() == small_units().size());
    CHECK(org.root() == at("P"));
}

TEST_CASE("the channel tree over the same lower units") {
    const Organisation& org = small_province();
    CHECK(codes(org.preorder(Tree::channel)) == "P KP KP1 D1 W1 T1 C1 C2 C3 D3 T3 C5 A1 KC KC1 D2 W2 T2 C4 KC2 D4 T4 C6 ");
    CHECK(org.path(Tree::channel, at("C1")) == "名P / 名KP / 名KP1 / 名D1 / 名T1 / 名C1");
    CHECK(org.path(Tree::area, at("C1"), ">") == "名P>名N1>名B1>名D1>名T1>名C1");
    CHECK_FALSE(org.in_tree(Tree::channel, at("N1")));
    CHECK_FALSE(org.in_tree(Tree::area, at("KP")));
    CHECK(org.in_tree(Tree::area, at("D1")));
    CHECK(org.in_tree(Tree::channel, at("D1")));
    CHECK(org.depth(Tree::area, at("C1")) == 5);
    CHECK(org.depth(Tree::area, at("P")) == 0);
    CHECK(codes(org.children(Tree::area, at("B1"))) == "D1 D2 ");
    CHECK(codes(org.children(Tree::channel, at("KC"))) == "KC1 KC2 ");
    CHECK(org.children(Tree::area, at("C1")).empty());
    CHECK(org.children(Tree::channel, at("N1")).empty());
}

TEST_CASE("an interval holds a unit and all below it, and nothing else") {
    const Organisation& org = small_province();
    for (const Tree tree : {Tree::area, Tree::channel})
        for (UnitIndex top = 0; top < org.size(); ++top)
            for (UnitIndex unit = 0; unit < org.size(); ++unit) {
                if (!org.in_tree(tree, unit)) continue;
                bool below = false;
                for (UnitIndex up = unit; up != kNoUnit; up = org.parent(tree, up)) below = below || up == top;
                CHECK(org.interval(tree, top).contains(org.position(tree, unit)) == below);
            }
}

TEST_CASE("units and channels are found by code and id") {
    const Organisation& org = small_province();
    for (UnitIndex unit = 0; unit < org.size(); ++unit) {
        CHECK(org.find(org.unit(unit).code) == unit);
        CHECK(org.find(org.unit(unit).id) == unit);
    }
    CHECK(org.find("c1") == kNoUnit);
    CHECK(org.find("") == kNoUnit);
    CHECK(org.find(UnitId{0}) == kNoUnit);
    CHECK(org.find_channel("commercial") == 1);
    CHECK(org.find_channel(ChannelId{10}) == 0);
    CHECK(org.find_channel("x") == kNoChannel);
    CHECK(org.channel_of(at("C4")) == 1);
    CHECK(org.channel_of(at("N1")) == kNoChannel);
    CHECK(channel_bit(kNoChannel) == 0);
}

TEST_CASE("the order of the records does not matter") {
    auto units = small_units();
    for (int turn = 0; turn < 5; ++turn) {
        std::rotate(units.begin(), units.begin() + 7, units.end());
        const Organisation org = Organisation::build(small_channels(), units).value();
        for (const Tree tree : {Tree::area, Tree::channel})
            for (const UnitRecord& unit : units)
                CHECK(org.interval(tree, org.find(unit.code)) == small_province().interval(tree, at(unit.code)));
    }
}

TEST_CASE("siblings stand by sort order, then code") {
    auto units = small_units();
    for (UnitRecord& unit : units) unit.sort_order = unit.code == "C2" ? -5 : 0;
    const Organisation org = Organisation::build(small_channels(), units).value();
    std::string order;
    for (const UnitIndex unit : org.children(Tree::area, org.find("T1"))) order += org.unit(unit).code;
    CHECK(order == "C2C1C3");
}

TEST_CASE("what is broken is refused with its first offender") {
    const auto built = [](auto&& change) {
        auto channels = small_channels();
        auto units = small_units();
        change(channels, units);
        const auto result = Organisation::build(channels, units);
        return result.ok() ? std::string("ok") : result.error().code + " " + std::string(result.error().param("unit"));
    };
    const auto find = [](std::vector<UnitRecord>& units, std::string_view code) -> UnitRecord& {
        return *std::find_if(units.begin(), units.end(), [&](const UnitRecord& unit) { return unit.code == code; });
    };
    CHECK(built([](auto&, auto&) {}) == "ok");
    CHECK(built([&](auto&, auto& units) { find(units, "C2").id = find(units, "C1").id; }) == "organisation.duplicate_id C2");
    CHECK(built([&](auto&, auto& units) { find(units, "C2").code = "C1"; }) == "organisation.duplicate_code C1");
    CHECK(built([&](auto&, auto& units) { find(units, "C2").area_parent = {1}; }) == "organisation.unknown_parent C2");
    CHECK(built([&](auto&, auto& units) { find(units, "C2").channel_parent = {1}; }) == "organisation.unknown_parent C2");
    CHECK(built([&](auto&, auto& units) { find(units, "D1").area_parent = find(units, "T1").id; }).starts_with("organisation.cycle"));
    CHECK(built([&](auto&, auto& units) { find(units, "C1").area_parent = find(units, "C1").id; }) == "organisation.cycle C1");
    CHECK(built([&](auto&, auto& units) { find(units, "C1").channel = {99}; }) == "organisation.unknown_channel C1");
    CHECK(built([&](auto&, auto& units) { find(units, "C1").channel = {}; }) == "organisation.place_without_channel C1");
    CHECK(built([&](auto&, auto& units) { find(units, "P").kind = UnitKind::branch; }) == "organisation.no_root ");
    CHECK(built([&](auto&, auto& units) {
              find(units, "N2").kind = UnitKind::province;
              find(units, "N2").area_parent = {};
          }) == "organisation.several_roots N2");
    CHECK(built([&](auto& channels, auto&) { channels.resize(33, channels.front()); }) == "organisation.too_many_channels ");
    CHECK(built([&](auto&, auto& units) { units.clear(); }) == "organisation.no_root ");
}

TEST_CASE("a tree a hundred thousand deep needs no deep stack") {
    std::vector<UnitRecord> units(100'000);
    for (std::size_t i = 0; i < units.size(); ++i) {
        units[i].id = {static_cast<std::int64_t>(i) + 1};
        units[i].code = std::to_string(i);
        units[i].kind = i == 0 ? UnitKind::province : UnitKind::department;
        units[i].area_parent = {static_cast<std::int64_t>(i)};
    }
    const auto org = Organisation::build({}, units);
    REQUIRE(org.ok());
    CHECK(org->interval(Tree::area, 0).last == 99'999);
}

TEST_CASE("names of kinds and trees lead back") {
    std::set<std::string_view> seen;
    for (int kind = 0; kind < 10; ++kind) {
        const auto value = static_cast<UnitKind>(kind);
        CHECK(seen.insert(code_of(value)).second);
        CHECK(unit_kind_of(code_of(value)) == value);
    }
    CHECK_FALSE(unit_kind_of("village").has_value());
    CHECK(tree_of("area") == Tree::area);
    CHECK(tree_of("channel") == Tree::channel);
    CHECK_FALSE(tree_of("both").has_value());
    CHECK(is_place(UnitKind::pool));
    CHECK(is_place(UnitKind::contracted_area));
    CHECK(is_place(UnitKind::community));
    CHECK_FALSE(is_place(UnitKind::team));
}

}  // namespace
}  // namespace qudao
