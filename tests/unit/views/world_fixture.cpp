#include "tests/unit/views/world_fixture.hpp"

#include <stdexcept>

#include "shared/domain/menu.hpp"

namespace qudao::client::test {
namespace {

UnitRecord unit(std::int64_t id, const char* code, const char* name, UnitKind kind, std::int64_t area, std::int64_t channel_parent, bool in_channel) {
    UnitRecord record;
    record.id = UnitId{id};
    record.code = code;
    record.name = name;
    record.kind = kind;
    record.area_parent = UnitId{area};
    record.channel_parent = UnitId{channel_parent};
    record.channel = ChannelId{in_channel ? 1 : 0};
    record.active = id != kRetired;
    return record;
}

}  // namespace

World world(ActionMask actions) {
    std::vector<UnitRecord> units = {
        unit(kProvince, "GX", "广西区电信有限公司", UnitKind::province, 0, 0, false),
        unit(kNanning, "GX4501", "南宁市电信分公司", UnitKind::local_network, kProvince, 0, false),
        unit(kQingxiu, "450103", "南宁市青秀中心", UnitKind::branch, kNanning, 0, false),
        unit(kDepartment, "450103GZ", "青秀区公众客户部", UnitKind::department, kQingxiu, kNanningPublic, true),
        unit(kTeam, "450103GZ02", "城东二片", UnitKind::team, kDepartment, kDepartment, true),
        unit(kCommunity, "450103GZ0201", "城东二片1社区", UnitKind::community, kTeam, kTeam, true),
        unit(kOther, "450103GZ0202", "城东二片2社区", UnitKind::community, kTeam, kTeam, true),
        unit(kRetired, "450103GZ0203", "城东二片3社区", UnitKind::community, kTeam, kTeam, true),
        unit(kPool, "450103GZWF", "公众客户未分配社区", UnitKind::pool, kQingxiu, kNanningPublic, true),
        unit(kPublicChannel, "GZ", "公众客户渠道", UnitKind::channel, 0, kProvince, true),
        unit(kNanningPublic, "4501GZ", "南宁公众客户", UnitKind::network_channel, 0, kPublicChannel, true),
    };
    auto built = Organisation::build({{ChannelId{1}, "public", "公众客户", "Public"}}, std::move(units));
    if (!built) throw std::runtime_error(built.error().code);
    World world;
    dto::SessionDto session;
    session.person = 7;
    session.login = "nn_public";
    session.name = "覃晓燕";
    session.day = "2026-11-18";
    session.demonstration = true;
    session.revenue_period = 202610;
    session.window = {true, "2026-11-09", "2026-12-03", "", 9, 3};
    dto::GrantDto grant;
    grant.unit = kTeam;
    for (std::size_t i = 0; i < kActions; ++i)
        if ((actions & action_bit(static_cast<Action>(i))) != 0) grant.actions.emplace_back(code_of(static_cast<Action>(i)));
    session.grants = {grant};
    for (const MenuItem& item : standard_menu())
        if (!item.right || (actions & action_bit(*item.right)) != 0) session.menu.push_back({std::string(item.code), std::string(item.section), false});
    take_session(world, std::move(session));
    world.organisation = std::make_shared<const Organisation>(std::move(*built));
    return world;
}

}  // namespace qudao::client::test
