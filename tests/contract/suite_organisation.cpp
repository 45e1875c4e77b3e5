#include <algorithm>

#include "tests/contract/world.hpp"

namespace qudao::contract {
namespace {

bool same(const UnitRecord& a, const UnitRecord& b) {
    return a.id == b.id && a.code == b.code && a.name == b.name && a.kind == b.kind && a.channel == b.channel &&
           a.area_parent == b.area_parent && a.channel_parent == b.channel_parent && a.billing_area == b.billing_area &&
           a.sort_order == b.sort_order && a.active == b.active;
}
bool same(const Channel& a, const Channel& b) { return a.id == b.id && a.code == b.code && a.name == b.name && a.name_en == b.name_en; }

void check_same(const ports::OrganisationRecords& got, const ports::OrganisationRecords& expected) {
    REQUIRE(got.channels.size() == expected.channels.size());
    REQUIRE(got.units.size() == expected.units.size());
    for (std::size_t i = 0; i < got.channels.size(); ++i) CHECK(same(got.channels[i], expected.channels[i]));
    for (std::size_t i = 0; i < got.units.size(); ++i) {
        INFO(got.units[i].code);
        CHECK(same(got.units[i], expected.units[i]));
    }
}

TEST_CASE("an organisation comes back as it went in, ordered by id", "[organisation]") {
    const World world = make_world(12, false);
    ports::OrganisationRecords shuffled = world.records;
    std::reverse(shuffled.channels.begin(), shuffled.channels.end());
    std::reverse(shuffled.units.begin(), shuffled.units.end());
    {
        const auto work = writing(*world.database);
        must_do(work->organisation().add(shuffled));
        must_do(work->commit());
    }
    check_same(must(reading(*world.database)->organisation().load()), world.records);
}

TEST_CASE("an empty database has no organisation", "[organisation]") {
    const auto database = backend().make();
    const auto records = must(reading(*database)->organisation().load());
    CHECK(records.units.empty());
    CHECK(records.channels.empty());
}

TEST_CASE("units are added to what is there and join its trees", "[organisation]") {
    const World world = make_world(12);
    UnitRecord fresh = world.records.units.back();
    fresh.id = {9001};
    fresh.code = "450103GZ0299";
    fresh.name = "城东二片 '99' 社区\\";
    fresh.kind = UnitKind::community;
    fresh.channel = {3};
    fresh.area_parent = fresh.channel_parent = world.unit("450103GZ02");
    {
        const auto work = writing(*world.database);
        must_do(work->organisation().add({{}, {fresh}}));
        must_do(work->settings().bump_units());
        must_do(work->commit());
    }
    auto work = reading(*world.database);
    auto records = must(work->organisation().load());
    ports::OrganisationRecords expected = world.records;
    expected.units.push_back(fresh);
    check_same(records, expected);

    // The intervals moved with it: a customer put behind the new unit is found by the new scopes.
    const Organisation org = must(Organisation::build(records.channels, records.units));
    const Scope behind(org, {{Tree::area, org.interval(Tree::area, org.find("GX4502")), kAllChannels}});
    const Customer& customer = world.customers[10];  // of 柳州
    REQUIRE(org.unit(org.find(customer.place)).code.starts_with("4502"));
    CHECK(must(work->customers().find(customer.code, behind)).has_value());
    const Scope before(org, {{Tree::area, org.interval(Tree::area, org.find("GX4501")), kAllChannels}});
    CHECK_FALSE(must(work->customers().find(customer.code, before)).has_value());
}

TEST_CASE("a broken organisation is refused whole", "[organisation]") {
    const World world = make_world(12);
    UnitRecord unit = world.records.units.back();
    unit.id = {9001};
    unit.code = "NEW1";
    const auto refused = [&](const UnitRecord& record) {
        const auto work = writing(*world.database);
        return code_of_error(work->organisation().add({{}, {record}}));
    };
    UnitRecord wrong = unit;
    wrong.id = world.records.units.front().id;
    CHECK(refused(wrong) == "organisation.duplicate_id");
    wrong = unit;
    wrong.code = world.records.units.front().code;
    CHECK(refused(wrong) == "organisation.duplicate_code");
    wrong = unit;
    wrong.area_parent = {123456};
    CHECK(refused(wrong) == "organisation.unknown_parent");
    wrong = unit;
    wrong.area_parent = wrong.channel_parent = wrong.id;
    CHECK(refused(wrong) == "organisation.cycle");
    wrong = unit;
    wrong.channel = {77};
    CHECK(refused(wrong) == "organisation.unknown_channel");
    CHECK(must(reading(*world.database)->organisation().load()).units.size() == world.records.units.size());
}

TEST_CASE("a unit is retired and brought back", "[organisation]") {
    const World world = make_world(12);
    const auto active = [&] {
        const auto records = must(reading(*world.database)->organisation().load());
        return must(Organisation::build(records.channels, records.units)).unit(world.org.find("450103GZ0201")).active;
    };
    const auto set = [&](bool value, bool commit) {
        const auto work = writing(*world.database);
        must_do(work->organisation().set_active(world.unit("450103GZ0201"), value));
        if (commit) must_do(work->commit());
    };
    set(false, false);
    CHECK(active());
    set(false, true);
    CHECK_FALSE(active());
    set(true, true);
    CHECK(active());
    CHECK(code_of_error(writing(*world.database)->organisation().set_active({98765}, false)) == "organisation.unknown_unit");
}

}  // namespace
}  // namespace qudao::contract
