// People (row G3): found, added, changed, deactivated; what one may see and do, and why.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "client/views/common/address.hpp"
#include "client/views/common/effects.hpp"
#include "client/views/common/remote.hpp"
#include "client/views/common/unit_tree.hpp"
#include "client/views/common/world.hpp"
#include "shared/dto/people_dto.hpp"

namespace qudao::client::people {

struct Conditions {
    std::string search{};
    std::string state = "active";
    std::int64_t role = 0;
    friend bool operator==(const Conditions&, const Conditions&) = default;
};

// What is being changed of the person on the right; a new one has no id.
struct Draft {
    std::int64_t id = 0;
    std::int32_t version = 0;
    std::string login{};
    std::string name{};
    bool active = true;
    std::vector<dto::HeldRoleDto> roles{};
};

// Told once, until the administrator says it was passed on.
struct FirstPassword {
    std::string login;
    std::string password;
};

struct Model {
    Conditions conditions;
    RemoteState list_state = RemoteState::idle;
    Error list_error;
    std::vector<dto::PersonRowDto> rows;
    std::int64_t total = 0;
    bool more = false;
    Remote<dto::RolesDto> roles;
    Remote<dto::PersonDto> person;      // of the row that is open
    std::optional<Draft> draft;
    std::uint32_t draft_version = 0;    // a new draft: fields are filled anew
    bool saving = false;
    std::optional<Error> error;         // of the last change
    std::optional<FirstPassword> first_password;
    bool giving = false;                // the dialog in which a role is given
    std::int64_t given_role = 0;
    UnitTree units;
};

struct Opened { Address address; };
struct Asked { Conditions conditions; };
struct RowPressed { std::int64_t person = 0; };
struct NewPressed {};
struct RoleTaken { std::size_t index = 0; };           // off the draft
struct GivePressed { bool open = true; };
struct RoleChosen { std::int64_t role = 0; };
struct UnitTreeUsed { UnitTreeEvent event; };
struct RoleGiven {};                                   // the chosen role at the chosen unit
struct SavePressed { std::string login; std::string name; };
struct ActivityPressed { std::string name; };          // leaves, or comes back
struct ResetPressed {};
struct EndSessionsPressed {};
struct SeeAsPressed {};
struct PasswordTold {};
struct MoreWanted {};
struct Retried {};
using Event = std::variant<Opened, Asked, RowPressed, NewPressed, RoleTaken, GivePressed, RoleChosen, UnitTreeUsed, RoleGiven, SavePressed, ActivityPressed,
                           ResetPressed, EndSessionsPressed, SeeAsPressed, PasswordTold, MoreWanted, Retried, ApiReplied>;

Effects reduce(Model& model, const Event& event, const World& world);
Address address_of(const Model& model);

const dto::RoleDto* find_role(const Model& model, std::int64_t role);
// A role fits a unit of its level alone.
bool fits_chosen(const Model& model, const World& world);

}  // namespace qudao::client::people
