// What roles may do, which menus they have, and the main menu (rows G1, G2). For whoever manages roles: everywhere, since a
// role is the same at every unit.
#pragma once

#include <string>
#include <vector>

#include "shared/domain/menu.hpp"
#include "shared/service/audit.hpp"
#include "shared/service/context.hpp"

namespace qudao::service {

struct RoleLine {
    Role role;
    std::int64_t holders = 0;  // active people
};
std::vector<RoleLine> roles(const Actor& actor);

struct RoleChange {
    RoleId role;
    std::int64_t rights_version = 0;  // that the person looked at
    std::string name;
    ActionMask actions = 0;
    std::vector<std::string> hidden_menus;
};
// roles.unknown, roles.stale, roles.name, menu.unknown_item; people.last_administrator, people.self.
Status change_role(const Services& services, PersonId actor, const RoleChange& change);

Result<std::vector<MenuPlace>> menu(ports::UnitOfWork& work);
// What check_menu says.
Status change_menu(const Services& services, PersonId actor, std::int64_t rights_version, const std::vector<MenuPlace>& menu);
// Of the actor, by the roles held.
Result<std::vector<MenuPlace>> menu_of_actor(const Actor& actor, ports::UnitOfWork& work);

}  // namespace qudao::service
