// The organisation (rows E1-E4, G4): both trees; a unit added, renamed, moved, retired, deleted. A move shows first who would
// gain or lose sight of how many customers.
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

// What of a unit is typed.
struct Fields {
    std::string name{};
    std::string billing_area{};
    std::string order{};
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("name", self.name);
        v("billing_area", self.billing_area);
        v("order", self.order);
    }
    friend bool operator==(const Fields&, const Fields&) = default;
};
Fields fields_of(const UnitRecord& unit);

enum class Doing : std::uint8_t { nothing, adding, moving, deleting, undoing };

struct Model {
    UnitTree units;
    Doing doing = Doing::nothing;
    UnitTree target;                          // of a move: the new unit above
    Remote<dto::UnitMovePlanDto> plan;
    std::int64_t planned_target = 0;
    std::int64_t undone_entry = 0;            // of the audit trail: the move that is to be undone
    Remote<dto::UnitUsesDto> uses;            // of the unit that is to be deleted
    NewUnit fresh;
    Remote<dto::AuditPageDto> changes;        // of the unit chosen
    Fields typed;                             // of the unit chosen
    std::int64_t restored_unix_ms = 0;        // they are what was not saved, changed last then
    std::int64_t made_from = 0;               // the basis they were made from, if the unit is another now
    std::uint32_t chosen_version = 0;         // another unit, or the same changed: fields are filled anew
    bool saving = false;
    std::optional<Error> error;
};

struct Opened { Address address; };
struct OrganisationCame {};
struct UnitTreeUsed { UnitTreeEvent event; };
struct TargetTreeUsed { UnitTreeEvent event; };
struct Typed { Fields fields; };
struct Discarded {};
struct SavePressed {};
struct ActivityPressed {};
struct DoPressed { Doing doing = Doing::nothing; };
struct KindChosen { UnitKind kind = UnitKind::community; };
struct ChannelParentChosen { std::int64_t unit = 0; };
struct ChannelChosen { std::int64_t channel = 0; };
struct AddConfirmed { std::string code; std::string name; std::string billing_area; };
struct MoveConfirmed {};
struct DeleteConfirmed {};
struct UndoPressed { std::int64_t entry = 0; };
struct Retried {};   // the changes of the unit chosen
struct UndoConfirmed {};
using Event = std::variant<Opened, OrganisationCame, UnitTreeUsed, TargetTreeUsed, Typed, Discarded, SavePressed, ActivityPressed, DoPressed, KindChosen, ChannelParentChosen,
                           ChannelChosen, AddConfirmed, MoveConfirmed, DeleteConfirmed, UndoPressed, UndoConfirmed, Retried, FormsCame, ApiReplied>;

Effects reduce(Model& model, const Event& event, const World& world);

// What is asked for (asked_for.hpp), and what asks for it again.
inline void look(const Model& model, AskedFor& asked) {
    asked.by_hand(model.plan);
    asked.by_hand(model.uses);
    asked(model.changes);
    asked.doing(model.saving);
}
inline std::optional<Event> again(const Model&) { return Retried{}; }
Address address_of(const Model& model);

// The unit on the right, or none.
const UnitRecord* chosen(const Model& model, const World& world);
// Kinds that may be added below it, as the tree on screen has it.
std::vector<UnitKind> kinds_below(const Model& model, const World& world);
// Units of the channel tree that a new department may hang below; their names.
std::vector<std::int64_t> channel_parents(const World& world);

}  // namespace qudao::client::organisation
