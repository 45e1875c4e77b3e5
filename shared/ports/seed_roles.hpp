// Brings the roles of a database up to the seventeen it begins with.
#pragma once

#include <algorithm>
#include <vector>

#include "shared/domain/standard_roles.hpp"
#include "shared/ports/people_store.hpp"

namespace qudao::ports {

// Adds what is missing by code, and completes roles that were made before roles had a level; what a person has changed
// since stays. True when something was written: the caller bumps the rights.
inline Result<bool> add_standard_roles(PeopleStore& people) {
    QUDAO_TRY(roles, people.roles());
    bool wrote = false;
    std::vector<Role> missing;
    std::int64_t next = 1;
    for (const Role& role : roles) next = std::max(next, role.id.value + 1);
    for (const Role& standard : standard_roles()) {
        const auto known = std::find_if(roles.begin(), roles.end(), [&](const Role& role) { return role.code == standard.code; });
        Role role = standard;
        if (known == roles.end()) {
            role.id = RoleId{next++};
            missing.push_back(std::move(role));
        } else if (known->level == RoleLevel::unset) {
            role.id = known->id;
            QUDAO_CHECK(people.change_role(role));
            wrote = true;
        }
    }
    if (missing.empty()) return wrote;
    QUDAO_CHECK(people.add_roles(missing));
    return true;
}

}  // namespace qudao::ports
