// Roles (row G2): what each may do and which menus it has.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "client/views/common/address.hpp"
#include "client/views/common/asked_for.hpp"
#include "client/views/common/effects.hpp"
#include "client/views/common/forms.hpp"
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
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("id", self.id);
        v("actions", self.actions);
        v("hidden_menus", self.hidden_menus);
        v("name", self.name);
    }
    friend bool operator==(const Draft&, const Draft&) = default;
};

struct Model {
    Remote<dto::RolesDto> roles;
    std::optional<Draft> draft;
    std::uint32_t draft_version = 0;
    std::int64_t wanted = 0;            // by the address; 0: the first
    std::int64_t restored_unix_ms = 0;  // the draft is one that was not saved, changed last then
    std::int64_t made_from = 0;         // the version of rights it was made from, if the role is another now
    bool saving = false;
    std::optional<Error> error;
};

struct Opened { Address address{}; };
struct RolePressed { std::int64_t role = 0; };
struct ActionPressed { Action action = Action::view_customer; };
struct MenuPressed { std::string item; };
struct NameTyped { std::string name; };
struct Discarded {};
struct SavePressed { std::string name; };
struct Retried {};
using Event = std::variant<Opened, RolePressed, ActionPressed, MenuPressed, NameTyped, Discarded, SavePressed, Retried, FormsCame, ApiReplied>;

Effects reduce(Model& model, const Event& event, const World& world);
Address address_of(const Model& model);

// What is asked for (asked_for.hpp), and what asks for it again.
inline void look(const Model& model, AskedFor& asked) {
    asked(model.roles);
    asked.doing(model.saving);
}
inline std::optional<Event> again(const Model&) { return Retried{}; }

// Whether the item is on the menu of who holds the role; `possible`: the role has the right the screen needs.
struct MenuState {
    bool possible = false;
    bool shown = false;
};
MenuState menu_state(const Draft& draft, const MenuItem& item);
bool changed(const Model& model, std::string_view name);

}  // namespace qudao::client::roles
