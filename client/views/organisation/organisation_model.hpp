// The organisation (rows E1-E4, G4): both trees; a unit added, renamed, moved, retired, deleted. A move shows first who would
// gain or lose sight of how many customers.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "client/views/common/address.hpp"
#include "client/views/common/effects.hpp"
#include "client/views/common/remote.hpp"
#include "client/views/common/unit_tree.hpp"
#include "client/views/common/world.hpp"
#include "shared/dto/audit_dto.hpp"
#include "shared/dto/unit_dto.hpp"

namespace qudao::client::organisation {

struct NewUnit {
    UnitKind kind = UnitKind::community;
    std::string code{};
    std::string name{};
    std::string billing_area{};
    std::int64_t channel = 0;
    std::int64_t channel_parent = 0;   // of a department, which has one in each tree
};

enum class Doing : std::uint8_t { nothing, adding, moving, deleting };

struct Model {
    UnitTree units;
    Doing doing = Doing::nothing;
    UnitTree target;                          // of a move: the new unit above
    Remote<dto::UnitMovePlanDto> plan;
    std::int64_t planned_target = 0;
    Remote<dto::UnitUsesDto> uses;            // of the unit that is to be deleted
    NewUnit fresh;
    Remote<dto::AuditPageDto> changes;        // of the unit chosen
    std::uint32_t chosen_version = 0;         // another unit, or the same changed: fields are filled anew
    bool saving = false;
    std::optional<Error> error;
};

struct Opened { Address address; };
struct OrganisationCame {};
struct UnitTreeUsed { UnitTreeEvent event; };
struct TargetTreeUsed { UnitTreeEvent event; };
struct SavePressed { std::string name; std::string billing_area; std::int32_t sort_order = 0; };
struct ActivityPressed {};
struct DoPressed { Doing doing = Doing::nothing; };
struct KindChosen { UnitKind kind = UnitKind::community; };
struct ChannelParentChosen { std::int64_t unit = 0; };
struct ChannelChosen { std::int64_t channel = 0; };
struct AddConfirmed { std::string code; std::string name; std::string billing_area; };
struct MoveConfirmed {};
struct DeleteConfirmed {};
struct UndoPressed { std::int64_t entry = 0; };
using Event = std::variant<Opened, OrganisationCame, UnitTreeUsed, TargetTreeUsed, SavePressed, ActivityPressed, DoPressed, KindChosen, ChannelParentChosen,
                           ChannelChosen, AddConfirmed, MoveConfirmed, DeleteConfirmed, UndoPressed, ApiReplied>;

Effects reduce(Model& model, const Event& event, const World& world);
Address address_of(const Model& model);

// The unit on the right, or none.
const UnitRecord* chosen(const Model& model, const World& world);
// Kinds that may be added below it, as the tree on screen has it.
std::vector<UnitKind> kinds_below(const Model& model, const World& world);
// Units of the channel tree that a new department may hang below; their names.
std::vector<std::int64_t> channel_parents(const World& world);

}  // namespace qudao::client::organisation
