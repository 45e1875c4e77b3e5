#include "client/engine/world.hpp"

namespace qudao::engine {

Rights rights_of(const dto::SessionDto& session, const Organisation& org) {
    std::vector<Role> roles;
    std::vector<Grant> grants;
    const PersonId person{session.person};
    for (const dto::GrantDto& held : session.grants) {
        // A role of its own for each grant: the session tells what each gives.
        Role role;
        role.id = RoleId{static_cast<std::int64_t>(roles.size()) + 1};
        for (const std::string& action : held.actions)
            if (const auto known = action_of(action)) role.actions |= action_bit(*known);
        Grant grant{person, role.id, UnitId{held.unit}, kAllChannels};
        if (!held.channels.empty()) {
            grant.channels = 0;
            for (const std::string& channel : held.channels) grant.channels |= channel_bit(org.find_channel(channel));
        }
        roles.push_back(std::move(role));
        grants.push_back(grant);
    }
    return Rights(org, roles, grants, person);
}

}  // namespace qudao::engine
