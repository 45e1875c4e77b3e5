#include "client/views/common/unit_names.hpp"

#include <catch2/catch.hpp>

#include "tests/unit/views/world_fixture.hpp"

using namespace qudao;
using namespace qudao::client;

namespace {

UnitRecord unit(std::int64_t id, const char* name, UnitKind kind, std::int64_t area) {
    UnitRecord record;
    record.id = UnitId{id};
    record.code = "C" + std::to_string(id);
    record.name = name;
    record.kind = kind;
    record.area_parent = UnitId{area};
    record.channel_parent = UnitId{id == 1 ? 0 : 1};
    record.channel = ChannelId{1};
    return record;
}

// Two networks; 青秀 and 鱼峰 each with a 城东一片 and its 1社区, 青秀 with another community of that name in 城西一片.
World namesakes() {
    std::vector<UnitRecord> units = {
        unit(1, "广西区电信有限公司", UnitKind::province, 0),
        unit(2, "南宁市电信分公司", UnitKind::local_network, 1),
        unit(3, "柳州市电信分公司", UnitKind::local_network, 1),
        unit(4, "青秀区公众客户部", UnitKind::department, 2),
        unit(5, "鱼峰区公众客户部", UnitKind::department, 3),
        unit(6, "城东一片", UnitKind::team, 4),
        unit(7, "城东一片", UnitKind::team, 5),
        unit(8, "城西一片", UnitKind::team, 4),
        unit(9, "1社区", UnitKind::community, 6),
        unit(10, "1社区", UnitKind::community, 7),
        unit(11, "1社区", UnitKind::community, 8),
        unit(12, "2社区", UnitKind::community, 6),
        unit(13, "1社区", UnitKind::community, 6),
    };
    World world = test::world();
    auto built = Organisation::build({{ChannelId{1}, "public", "公众客户", "Public"}}, std::move(units));
    REQUIRE(built);
    world.organisation = std::make_shared<const Organisation>(std::move(*built));
    return world;
}

}  // namespace

TEST_CASE("a unit alone in its name is told by it, others with the nearest unit that tells them apart") {
    const World world = namesakes();
    const UnitNames names(world, {12, 10, 9, 9, 0});
    CHECK(names.whole(12) == "2社区");
    CHECK(names.whole(9) == "青秀区公众客户部 / 1社区");   // the teams have one name as well
    CHECK(names.whole(10) == "鱼峰区公众客户部 / 1社区");
    CHECK(names.of(9).name == "1社区");
    CHECK(names.whole(0).empty());
    CHECK(names.whole(11) == "#11");
    // What counts is what is shown.
    CHECK(UnitNames(world, {9, 12}).whole(9) == "1社区");
    CHECK(UnitNames(world, {9, 11}).whole(9) == "城东一片 / 1社区");
    CHECK(UnitNames().whole(9) == "#9");
}

TEST_CASE("no two units that are shown have one name, however they share what is above them") {
    const World world = namesakes();
    // 9 shares its team's name with 10 and its department with 11.
    const UnitNames three(world, {9, 10, 11});
    CHECK(three.whole(9) == "南宁市电信分公司 / 青秀区公众客户部 / 城东一片 / 1社区");
    CHECK(three.whole(10) == "鱼峰区公众客户部 / 1社区");
    CHECK(three.whole(11) == "城西一片 / 1社区");
    // Brothers of one name have their code only.
    const UnitNames brothers(world, {9, 13});
    CHECK(brothers.whole(9) == "南宁市电信分公司 / 青秀区公众客户部 / 城东一片 / 1社区 C9");
    CHECK(brothers.whole(13) == "南宁市电信分公司 / 青秀区公众客户部 / 城东一片 / 1社区 C13");
    // The networks' channels are in the tree by channel alone, and a unit that nobody knows has a number.
    CHECK(UnitNames(test::world(), {test::kNanningPublic, 99}).whole(99) == "#99");
}

TEST_CASE("a list's names are made again when rows come, and when the organisation does") {
    World world = namesakes();
    ListRows rows(query::Source::handover);
    dto::ListPage page;
    page.columns = {"unit"};
    page.rows = {{std::int64_t{9}}, {std::int64_t{12}}};
    rows.append(page);
    ListUnitNames names;
    CHECK(names.of(world, rows, 1, "unit").whole(9) == "1社区");
    page.rows = {{std::int64_t{10}}};
    rows.append(page);
    CHECK(names.of(world, rows, 1, "unit").whole(9) == "青秀区公众客户部 / 1社区");
    rows.clear();
    page.rows = {{std::int64_t{9}}, {std::int64_t{12}}, {std::int64_t{11}}};
    rows.append(page);
    CHECK(names.of(world, rows, 2, "unit").whole(9) == "城东一片 / 1社区");
    world.organisation = test::world().organisation;
    CHECK(names.of(world, rows, 2, "unit").whole(9) == world.unit_name(9));
}
