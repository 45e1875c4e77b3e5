// The audit trail: searched, with what was and what became of it.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "client/views/common/address.hpp"
#include "client/views/common/asked_for.hpp"
#include "client/views/common/effects.hpp"
#include "client/views/common/remote.hpp"
#include "client/views/common/world.hpp"
#include "shared/dto/audit_dto.hpp"
#include "shared/dto/list_dto.hpp"

namespace qudao::client::audit {

struct Conditions {
    std::string kind{};     // "unit." | "person." | ...
    std::string search{};
    std::string from{};
    std::string until{};
    std::int64_t person = 0;
    friend bool operator==(const Conditions&, const Conditions&) = default;
};

struct Model {
    Conditions conditions;
    std::uint32_t conditions_version = 0;
    RemoteState state = RemoteState::idle;
    Error error;
    std::vector<dto::AuditEntryDto> rows;
    std::vector<dto::PersonNameDto> persons;   // who did what was read so far: whom one can ask for
    std::int64_t next = 0;
    std::int64_t open = 0;       // the entry looked at
    bool undoing = false;
    std::optional<Error> undo_error;
};

struct Opened { Address address; };
struct Asked { Conditions conditions; };
struct RowPressed { std::int64_t entry = 0; };
struct UndoPressed {};
struct MoreWanted {};
struct Retried {};
using Event = std::variant<Opened, Asked, RowPressed, UndoPressed, MoreWanted, Retried, ApiReplied>;

Effects reduce(Model& model, const Event& event, const World& world);

// What is asked for (asked_for.hpp), and what asks for it again.
inline void look(const Model& model, AskedFor& asked) {
    asked(model.state, model.error);
    asked.doing(model.undoing);
}
inline std::optional<Event> again(const Model&) { return Retried{}; }
Address address_of(const Model& model);

inline constexpr std::string_view kKinds[] = {"", "person.", "role.", "menu.", "unit.", "cabinet.", "range.", "lock.", "policy.", "key.", "see_as."};
const dto::AuditEntryDto* opened(const Model& model);

// "name: 旧 → 新" for each member that differs.
struct Difference {
    std::string member;
    std::string before;
    std::string after;
};
std::vector<Difference> differences(const dto::AuditEntryDto& entry);
// A side of a difference as people read it: what is kept by code or number (a right, a unit, a channel, a menu item,
// a precedence, yes and no) is said in words; "—" for nothing.
std::string value_words(const World& world, std::string_view member, const std::string& value);

}  // namespace qudao::client::audit
