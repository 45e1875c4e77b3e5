#include "tests/unit/domain/small_province.hpp"

namespace qudao::test {

std::vector<Channel> small_channels() {
    return {{ChannelId{10}, "public", "公众客户", "Public"}, {ChannelId{20}, "commercial", "商业客户", "Commercial"}};
}

std::vector<UnitRecord> small_units() {
    std::vector<UnitRecord> units;
    const auto id = [&](std::string_view code) {
        for (const UnitRecord& unit : units)
            if (unit.code == code) return unit.id;
        return UnitId{};
    };
    const auto add = [&](std::string_view code, UnitKind kind, std::int64_t channel, std::string_view area, std::string_view by_channel, bool active = true) {
        UnitRecord unit;
        unit.id = {static_cast<std::int64_t>(units.size()) * 7 + 100};
        unit.code = code;
        unit.name = "名" + std::string(code);
        unit.kind = kind;
        unit.channel = {channel};
        unit.area_parent = id(area);
        unit.channel_parent = id(by_channel);
        unit.sort_order = static_cast<std::int32_t>(units.size());
        unit.active = active;
        units.push_back(unit);
    };
    using enum UnitKind;
    add("P", province, 0, "", "");
    add("KP", UnitKind::channel, 10, "", "P");
    add("KC", UnitKind::channel, 20, "", "P");
    add("N1", local_network, 0, "P", "");
    add("N2", local_network, 0, "P", "");
    add("KP1", network_channel, 10, "", "KP");
    add("KC1", network_channel, 20, "", "KC");
    add("KC2", network_channel, 20, "", "KC");
    add("B1", branch, 0, "N1", "");
    add("B2", branch, 0, "N1", "");
    add("B3", branch, 0, "N2", "");
    add("D1", department, 10, "B1", "KP1");
    add("D2", department, 20, "B1", "KC1");
    add("D3", department, 10, "B2", "KP1");
    add("D4", department, 20, "B3", "KC2");
    add("W1", pool, 10, "D1", "D1");
    add("W2", pool, 20, "D2", "D2");
    add("T1", team, 10, "D1", "D1");
    add("T2", team, 20, "D2", "D2");
    add("T3", team, 10, "D3", "D3");
    add("T4", team, 20, "D4", "D4");
    add("C1", community, 10, "T1", "T1");
    add("C2", community, 10, "T1", "T1");
    add("C3", community, 10, "T1", "T1", false);
    add("C4", community, 20, "T2", "T2");
    add("C5", community, 10, "T3", "T3");
    add("A1", contracted_area, 10, "T3", "T3");
    add("C6", community, 20, "T4", "T4");
    return units;
}

const Organisation& small_province() {
    static const Organisation org = Organisation::build(small_channels(), small_units()).value();
    return org;
}

Rights rights_of(const std::vector<Held>& held) {
    std::vector<Role> roles;
    std::vector<Grant> grants;
    for (const Held& h : held) {
        const RoleId role{static_cast<std::int64_t>(roles.size()) + 1};
        roles.push_back({role, "r" + std::to_string(role.value), "角色", h.actions});
        grants.push_back({PersonId{1}, role, id_of(h.unit), h.channels});
    }
    return Rights(small_province(), roles, grants, PersonId{1});
}

Customers& Customers::add(std::string_view code, std::string_view place, std::int32_t version, Date lock, std::optional<Fen> revenue) {
    columns.push_back(code, next_id++, version, at(place), lock, revenue.has_value(), revenue.value_or(0));
    return *this;
}

Rows& Rows::add(std::string_view customer, std::string_view target, Reason defect, std::string_view note) {
    builder.add(next_row++, customer, target, note, defect);
    return *this;
}

}  // namespace qudao::test
