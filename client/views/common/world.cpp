#include "client/views/common/world.hpp"

#include <algorithm>

namespace qudao::client {

std::string World::unit_name(std::int64_t id) const {
    if (id == 0) return {};
    const UnitIndex index = unit(id);
    return index == kNoUnit ? "#" + std::to_string(id) : organisation->unit(index).name;
}

std::string World::unit_path(std::int64_t id, Tree tree) const {
    const UnitIndex index = unit(id);
    if (index == kNoUnit) return unit_name(id);
    const Tree in = organisation->in_tree(tree, index) ? tree : Tree::channel;
    std::string path;
    for (UnitIndex at = index; at != kNoUnit && at != organisation->root(); at = organisation->parent(in, at)) {
        const std::string& name = organisation->unit(at).name;
        path = path.empty() ? name : name + " / " + path;
    }
    return path.empty() ? organisation->unit(index).name : path;
}

std::string World::unit_above(std::int64_t id) const {
    const UnitIndex index = unit(id);
    if (index == kNoUnit) return {};
    const Tree in = organisation->in_tree(Tree::area, index) ? Tree::area : Tree::channel;
    const UnitIndex parent = organisation->parent(in, index);
    return parent == kNoUnit ? std::string() : unit_path(organisation->unit(parent).id.value, in);
}

std::string World::unit_code(std::int64_t id) const {
    const UnitIndex index = unit(id);
    return index == kNoUnit ? std::string() : organisation->unit(index).code;
}

bool World::sees_part_of(UnitIndex unit) const {
    if (!organisation) return false;
    const auto below = [&](UnitIndex low, UnitIndex high) {
        for (const Tree tree : {Tree::area, Tree::channel})
            for (UnitIndex at = low; at != kNoUnit; at = organisation->parent(tree, at))
                if (at == high) return true;
        return false;
    };
    return std::any_of(home_units.begin(), home_units.end(), [&](std::int64_t id) {
        const UnitIndex home = organisation->find(UnitId{id});
        return home != kNoUnit && (below(unit, home) || below(home, unit));
    });
}

std::string World::channel_name(const Channel& channel) const {
    return language() == Language::en && !channel.name_en.empty() ? channel.name_en : channel.name;
}

std::string World::channel_name(std::int64_t id) const {
    if (!organisation) return {};
    const ChannelIndex index = organisation->find_channel(ChannelId{id});
    return index == kNoChannel ? std::string() : channel_name(organisation->channels()[index]);
}

std::string World::channel_of(std::int64_t id) const {
    const UnitIndex index = unit(id);
    return index == kNoUnit ? std::string() : channel_name(organisation->unit(index).channel.value);
}

std::string World::role_name(std::string_view code, std::string_view name) const { return std::string(role_label(language(), code, name)); }

void take_session(World& world, dto::SessionDto session) {
    world.actions = 0;
    world.home_units.clear();
    for (const dto::GrantDto& grant : session.grants) {
        for (const std::string& code : grant.actions)
            if (const auto action = action_of(code)) world.actions |= action_bit(*action);
        if (std::find(world.home_units.begin(), world.home_units.end(), grant.unit) == world.home_units.end())
            world.home_units.push_back(grant.unit);
    }
    const auto day = parse_date(session.day);
    world.day = day ? *day : kNoDate;
    world.session = std::move(session);
}

}  // namespace qudao::client
