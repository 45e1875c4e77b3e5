// People (row G3): found, added, changed, deactivated; what one may see and do, and why.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "client/views/common/address.hpp"
#include "client/views/common/asked_for.hpp"
#include "client/views/common/effects.hpp"
#include "client/views/common/forms.hpp"
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
    // As it is kept while it is not saved.
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("id", self.id);
        v("version", self.version);
        v("login", self.login);
        v("name", self.name);
        v("active", self.active);
        v("roles", self.roles);
    }
};

inline constexpr std::int64_t kNewPerson = -1;

// Told once, until the administrator says it was passed on.
struct FirstPassword {
    std::string login;
    std::string password;
};

struct Model {
    Conditions conditions;
    std::uint32_t conditions_version = 0;  // changes when the fields are to show them anew
    RemoteState list_state = RemoteState::idle;
    Error list_error;
    std::vector<dto::PersonRowDto> rows;
    bool rows_anew = false;             // the answer under way replaces them
    std::int64_t total = 0;
    bool more = false;
    Remote<dto::RolesDto> roles;
    std::int64_t open = 0;              // the person on the right; kNewPerson
    Remote<dto::PersonDto> person;      // of the row that is open
    std::optional<Draft> draft;
    std::uint32_t draft_version = 0;    // a new draft: fields are filled anew
    std::int64_t restored_unix_ms = 0;  // the draft is one that was not saved, changed last then
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
struct Typed { std::string login; std::string name; };
struct Discarded {};                                   // what was not saved is given up
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
using Event = std::variant<Opened, Asked, RowPressed, NewPressed, Typed, Discarded, RoleTaken, GivePressed, RoleChosen, UnitTreeUsed, RoleGiven, SavePressed, ActivityPressed,
                           ResetPressed, EndSessionsPressed, SeeAsPressed, PasswordTold, MoreWanted, Retried, FormsCame, ApiReplied>;

Effects reduce(Model& model, const Event& event, const World& world);

// What is asked for (asked_for.hpp), and what asks for it again.
inline void look(const Model& model, AskedFor& asked) {
    asked(model.list_state, model.list_error);
    asked(model.roles);
    asked.by_hand(model.person);
    asked.doing(model.saving);
}
inline std::optional<Event> again(const Model&) { return Retried{}; }
Address address_of(const Model& model);

const dto::RoleDto* find_role(const Model& model, std::int64_t role);
// A role fits a unit of its level alone.
bool fits_chosen(const Model& model, const World& world);

}  // namespace qudao::client::people
