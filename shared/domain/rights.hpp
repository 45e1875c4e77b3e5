// Rights are data: a role gives actions; a role held at a unit gives them over the unit's subtree, narrowed to a set of
// channels; several roles add up (section F). The union, per action, is a Scope: every query and store call takes one by
// type and without a default, so that none can forget it.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/id.hpp"
#include "shared/domain/organisation.hpp"

namespace qudao {

enum class Action : std::uint8_t {
    view_customer,   // see customers of the scope and what happened to them
    move_customer,   // move customers of the scope to places of the scope, inside one channel (D6)
    cross_channel,   // ... also from one channel to another (D5)
    undo_anytime,    // undo a batch outside the window it was made in (D14)
    export_list,     // take lists out as workbooks
    set_demo_date,   // set the date of a sandbox or demonstration database
    manage_people,   // add, change and deactivate people whose roles are all within the scope (G3)
    manage_units,    // add, rename, move, retire and delete units of the scope (G4)
    manage_roles,    // what roles may do, which menus they have, and the main menu (G1, G2)
    see_as,          // look at screens with another's rights, read-only
    view_audit,      // search the trail of administrative changes
    manage_keys,     // give other systems keys to the read API (A7), and take them away
    run_round,       // gather, give out, decide conflicts and hand over the monthly round (D4); of the whole province
    confirm_round,   // answer for a department in the monthly round (D3); of a whole channel
    lift_lock,       // lift a lock before its date (D8)
    confirm_handover,  // confirm what is new to a unit of the scope (D12)
    manage_feeds,    // import feeds of other systems, and see what became of them (A6)
    manage_cabinets, // change which unit of the scope a cabinet or number range serves (G5)
    manage_policies, // the adjustment window and the precedence of the partition (D7, C4); of the whole province
};
// A new one goes last (a role's mask is stored), and into standard_roles.cpp, rights.cpp and the client's words.
inline constexpr std::size_t kActions = 19;
using ActionMask = std::uint32_t;
constexpr ActionMask action_bit(Action action) { return ActionMask{1} << static_cast<unsigned>(action); }
std::string_view code_of(Action action);
std::optional<Action> action_of(std::string_view code);

// Where in the company a role belongs: it can be given at units of these kinds alone (see fits).
enum class RoleLevel : std::uint8_t {
    unset,       // of a database made before levels: to be brought up by add_standard_roles
    province,    // the province and its channels
    network,     // local networks and their channels
    branch,      // branches and departments
    front_line,  // district teams, communities, contracted areas, pools
};
std::string_view code_of(RoleLevel level);
std::optional<RoleLevel> role_level_of(std::string_view code);
bool fits(RoleLevel level, UnitKind kind);

struct Role {
    RoleId id;
    std::string code;
    std::string name;
    ActionMask actions = 0;
    RoleLevel level = RoleLevel::unset;
    std::vector<std::string> hidden_menus{};  // codes of menu items that its holders do not need, though they could (G2)
};

// A role held at a unit, for some channels.
struct Grant {
    PersonId person;
    RoleId role;
    UnitId unit;
    ChannelMask channels = kAllChannels;
};

// One term of a scope: the units of an interval of one tree whose channel is in the mask.
struct ScopeTerm {
    Tree tree = Tree::area;
    Interval interval;
    ChannelMask channels = kAllChannels;
    friend bool operator==(const ScopeTerm&, const ScopeTerm&) = default;
};

// The places for which somebody may do one thing. Default-made it is empty: nothing.
class Scope {
public:
    Scope() = default;
    // Built by Rights, or by a test; terms over the same interval and tree are merged, empty ones dropped.
    Scope(const Organisation& org, std::vector<ScopeTerm> terms);

    // For steps that are taken for the whole company, whoever takes them; never for what somebody is shown.
    static Scope of_everything(const Organisation& org);

    const std::vector<ScopeTerm>& terms() const { return terms_; }
    bool empty() const { return terms_.empty(); }
    bool whole() const { return whole_; }  // every place there is lies within
    // By dense index; constant time.
    bool covers(UnitIndex unit) const { return unit < allowed_.size() && allowed_[unit] != 0; }
    bool covers_any(const Organisation& org, Tree tree, UnitIndex under) const;
    // Whether a unit of any kind, with all below it, lies within: what administration of units and people asks. A unit above
    // the channels needs all of them; one of the channel tree alone counts when all departments below it do.
    bool reaches(const Organisation& org, UnitIndex unit) const;

private:
    std::vector<ScopeTerm> terms_;
    std::vector<std::uint8_t> allowed_;  // one byte a unit
    bool whole_ = false;
};

// All rights of one person, over one organisation.
class Rights {
public:
    Rights() = default;
    Rights(const Organisation& org, const std::vector<Role>& roles, const std::vector<Grant>& grants, PersonId person);

    const Scope& scope(Action action) const;
    // Held anywhere at all?
    bool may(Action action) const { return !scope(action).empty(); }

private:
    // Made for every request: what a person may do at the same places is one scope, made once. None: empty.
    std::array<std::shared_ptr<const Scope>, kActions> scopes_;
};

// Why somebody may do something: which role, held where, gives it.
struct RightReason {
    Action action = Action::view_customer;
    RoleId role;
    UnitId unit;
    ChannelMask channels = kAllChannels;
};
// Ordered by action, then as the grants come. One reason each for every grant that gives a right.
std::vector<RightReason> reasons_of(const std::vector<Role>& roles, const std::vector<Grant>& grants, PersonId person);

// Checked when grants are read: unknown role or unit is an error (rights.unknown_role, rights.unknown_unit).
Status check_grants(const Organisation& org, const std::vector<Role>& roles, const std::vector<Grant>& grants);

}  // namespace qudao
