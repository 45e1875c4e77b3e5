#include "shared/dto/organisation_dto.hpp"

#include <algorithm>

namespace qudao::dto {

OrganisationDto organisation_part(const Organisation& org, const Basis& basis, std::int64_t after_id) {
    std::vector<const UnitRecord*> units;
    for (const UnitRecord& unit : org.units())
        if (unit.id.value > after_id) units.push_back(&unit);
    std::sort(units.begin(), units.end(), [](const UnitRecord* a, const UnitRecord* b) { return a->id < b->id; });
    OrganisationDto part;
    part.basis = {basis.number, basis.rights_version, basis.policy_version};
    for (const Channel& channel : org.channels()) part.channels.push_back({channel.id.value, channel.code, channel.name, channel.name_en});
    const std::size_t count = std::min(units.size(), kUnitsPerPart);
    for (std::size_t i = 0; i < count; ++i) {
        const UnitRecord& unit = *units[i];
        part.id.push_back(unit.id.value);
        part.code.push_back(unit.code);
        part.name.push_back(unit.name);
        part.kind.push_back(code_of(unit.kind));
        part.channel.push_back(unit.channel.value);
        part.area_parent.push_back(unit.area_parent.value);
        part.channel_parent.push_back(unit.channel_parent.value);
        part.billing_area.push_back(unit.billing_area);
        part.sort_order.push_back(unit.sort_order);
        part.active.push_back(unit.active ? 1 : 0);
    }
    if (units.size() > count) part.next_after = part.id.back();
    return part;
}

Status add_part(ports::OrganisationRecords& records, const OrganisationDto& part) {
    const std::size_t count = part.id.size();
    const auto differs = [&](std::size_t size) { return size != count; };
    if (differs(part.code.size()) || differs(part.name.size()) || differs(part.kind.size()) || differs(part.channel.size()) ||
        differs(part.area_parent.size()) || differs(part.channel_parent.size()) || differs(part.billing_area.size()) ||
        differs(part.sort_order.size()) || differs(part.active.size()))
        return Error::of("request.invalid").at("id", "length");
    records.channels.clear();
    for (const ChannelDto& channel : part.channels) records.channels.push_back({ChannelId{channel.id}, channel.code, channel.name, channel.name_en});
    for (std::size_t i = 0; i < count; ++i) {
        const auto kind = unit_kind_of(part.kind[i]);
        if (!kind) return Error::of("request.invalid").at("kind", "choice", static_cast<std::int64_t>(i) + 1);
        UnitRecord unit;
        unit.id = UnitId{part.id[i]};
        unit.code = std::string(part.code[i]);
        unit.name = std::string(part.name[i]);
        unit.kind = *kind;
        unit.channel = ChannelId{part.channel[i]};
        unit.area_parent = UnitId{part.area_parent[i]};
        unit.channel_parent = UnitId{part.channel_parent[i]};
        unit.billing_area = std::string(part.billing_area[i]);
        unit.sort_order = part.sort_order[i];
        unit.active = part.active[i] != 0;
        records.units.push_back(std::move(unit));
    }
    return done();
}

std::vector<UnitTotal> place_totals(const UnitTotalsDto& dto, const Organisation& org) {
    std::vector<UnitTotal> totals(org.size());
    const std::size_t count = std::min({dto.unit.size(), dto.customers.size(), dto.with_revenue.size(), dto.revenue_fen.size()});
    for (std::size_t i = 0; i < count; ++i) {
        const UnitIndex unit = org.find(UnitId{dto.unit[i]});
        if (unit != kNoUnit) totals[unit] += UnitTotal{dto.customers[i], dto.with_revenue[i], dto.revenue_fen[i]};
    }
    return totals;
}

}  // namespace qudao::dto
