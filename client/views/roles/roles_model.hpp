// Roles (row G2): what each may do and which menus it has.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "client/views/common/address.hpp"
#include "client/views/common/effects.hpp"
#include "client/views/common/remote.hpp"
#include "client/views/common/world.hpp"
#include "shared/domain/menu.hpp"
#include "shared/dto/people_dto.hpp"

namespace qudao::client::roles {

struct Draft {
    std::int64_t id = 0;
    ActionMask actions = 0;
    std::vector<std::string> hidden_menus;
    std::string name;
};

struct Model {
    Remote<dto::RolesDto> roles;
    std::optional<Draft> draft;
    std::uint32_t draft_version = 0;
    bool saving = false;
    std::optional<Error> error;
};

struct Opened {};
struct RolePressed { std::int64_t role = 0; };
struct ActionPressed { Action action = Action::view_customer; };
struct MenuPressed { std::string item; };
struct SavePressed { std::string name; };
struct Retried {};
using Event = std::variant<Opened, RolePressed, ActionPressed, MenuPressed, SavePressed, Retried, ApiReplied>;

Effects reduce(Model& model, const Event& event, const World& world);

// Whether the item is on the menu of who holds the role; `possible`: the role has the right the screen needs.
struct MenuState {
    bool possible = false;
    bool shown = false;
};
MenuState menu_state(const Draft& draft, const MenuItem& item);
bool changed(const Model& model, std::string_view name);

}  // namespace qudao::client::roles
