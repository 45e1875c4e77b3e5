#include "shared/domain/rights.hpp"

#include <algorithm>
#include <array>
#include <tuple>

namespace qudao {
namespace {

constexpr std::array<std::string_view, kActions> kActionCodes = {"view_customer", "move_customer", "cross_channel",
                                                                 "undo_anytime",  "export_list",   "set_demo_date",
                                                                 "manage_people", "manage_units",  "manage_roles",
                                                                 "see_as",        "view_audit",    "manage_keys",
                                                                 "run_round",     "confirm_round", "lift_lock",
                                                                 "confirm_handover", "manage_feeds",  "manage_cabinets",
                                                                 "manage_policies"};
constexpr std::array<std::string_view, 5> kLevelCodes = {"", "province", "network", "branch", "front_line"};

auto order_of(const ScopeTerm& term) { return std::tuple(term.tree, term.interval.first, term.interval.last); }

const Role* find_role(const std::vector<Role>& roles, RoleId id) {
    for (const Role& role : roles)
        if (role.id == id) return &role;
    return nullptr;
}

}  // namespace

std::string_view code_of(Action action) { return kActionCodes[static_cast<std::size_t>(action)]; }

std::optional<Action> action_of(std::string_view code) {
    for (std::size_t i = 0; i < kActions; ++i)
        if (kActionCodes[i] == code) return static_cast<Action>(i);
    return std::nullopt;
}

std::string_view code_of(RoleLevel level) { return kLevelCodes[static_cast<std::size_t>(level)]; }

std::optional<RoleLevel> role_level_of(std::string_view code) {
    for (std::size_t i = 0; i < kLevelCodes.size(); ++i)
        if (kLevelCodes[i] == code) return static_cast<RoleLevel>(i);
    return std::nullopt;
}

bool fits(RoleLevel level, UnitKind kind) {
    switch (kind) {
        case UnitKind::province:
        case UnitKind::channel: return level == RoleLevel::province;
        case UnitKind::local_network:
        case UnitKind::network_channel: return level == RoleLevel::network;
        case UnitKind::branch:
        case UnitKind::department: return level == RoleLevel::branch;
        case UnitKind::team:
        case UnitKind::community:
        case UnitKind::contracted_area:
        case UnitKind::pool: return level == RoleLevel::front_line;
    }
    return false;
}

Scope::Scope(const Organisation& org, std::vector<ScopeTerm> terms) : allowed_(org.size(), 0) {
    std::sort(terms.begin(), terms.end(), [](const ScopeTerm& a, const ScopeTerm& b) { return order_of(a) < order_of(b); });
    for (const ScopeTerm& term : terms) {
        if (term.interval.empty() || term.channels == 0) continue;
        if (!terms_.empty() && order_of(terms_.back()) == order_of(term)) terms_.back().channels |= term.channels;
        else terms_.push_back(term);
    }
    for (const ScopeTerm& term : terms_) {
        const auto& order = org.preorder(term.tree);
        for (std::int32_t at = term.interval.first; at <= term.interval.last; ++at) {
            const UnitIndex unit = order[static_cast<std::size_t>(at)];
            if ((channel_bit(org.channel_of(unit)) & term.channels) != 0) allowed_[unit] = 1;
        }
    }
    whole_ = !terms_.empty() && std::all_of(org.places().begin(), org.places().end(), [&](UnitIndex place) { return covers(place); });
}

Scope Scope::of_everything(const Organisation& org) {
    return Scope(org, {{Tree::area, {0, static_cast<std::int32_t>(org.preorder(Tree::area).size()) - 1}, kAllChannels}});
}

bool Scope::covers_any(const Organisation& org, Tree tree, UnitIndex under) const {
    const Interval all = org.interval(tree, under);
    const auto& order = org.preorder(tree);
    for (std::int32_t at = all.first; at <= all.last; ++at)
        if (covers(order[static_cast<std::size_t>(at)])) return true;
    return false;
}

bool Scope::reaches(const Organisation& org, UnitIndex unit) const {
    const auto inside = [&](UnitIndex at) {
        const ChannelMask needed = org.unit(at).channel ? channel_bit(org.channel_of(at)) : kAllChannels;
        return std::any_of(terms_.begin(), terms_.end(), [&](const ScopeTerm& term) {
            return org.in_tree(term.tree, at) && term.interval.contains(org.position(term.tree, at)) && (term.channels & needed) == needed;
        });
    };
    if (unit >= org.size()) return false;
    if (inside(unit)) return true;
    if (org.in_tree(Tree::area, unit)) return false;
    bool any = false;
    const Interval below = org.interval(Tree::channel, unit);
    for (std::int32_t at = below.first; at <= below.last; ++at) {
        const UnitIndex lower = org.preorder(Tree::channel)[static_cast<std::size_t>(at)];
        if (!org.in_tree(Tree::area, lower)) continue;
        if (!inside(lower)) return false;
        any = true;
    }
    return any;
}

std::vector<RightReason> reasons_of(const std::vector<Role>& roles, const std::vector<Grant>& grants, PersonId person) {
    std::vector<RightReason> reasons;
    for (std::size_t action = 0; action < kActions; ++action) {
        for (const Grant& grant : grants) {
            const Role* role = grant.person == person ? find_role(roles, grant.role) : nullptr;
            if (role != nullptr && (role->actions & action_bit(static_cast<Action>(action))) != 0)
                reasons.push_back({static_cast<Action>(action), grant.role, grant.unit, grant.channels});
        }
    }
    return reasons;
}

Rights::Rights(const Organisation& org, const std::vector<Role>& roles, const std::vector<Grant>& grants, PersonId person) {
    std::array<std::vector<ScopeTerm>, kActions> terms;
    for (const Grant& grant : grants) {
        if (!(grant.person == person)) continue;
        const Role* role = find_role(roles, grant.role);
        const UnitIndex unit = org.find(grant.unit);
        if (role == nullptr || unit == kNoUnit) continue;  // refused by check_grants when read
        // A unit that is in both trees covers the same units in either; the area tree is asked first.
        const Tree tree = org.in_tree(Tree::area, unit) ? Tree::area : Tree::channel;
        for (std::size_t action = 0; action < kActions; ++action)
            if ((role->actions & action_bit(static_cast<Action>(action))) != 0)
                terms[action].push_back({tree, org.interval(tree, unit), grant.channels});
    }
    for (std::size_t action = 0; action < kActions; ++action) {
        if (terms[action].empty()) continue;
        const std::size_t same = static_cast<std::size_t>(std::find(terms.begin(), terms.end(), terms[action]) - terms.begin());
        scopes_[action] = same < action ? scopes_[same] : std::make_shared<const Scope>(org, terms[action]);
    }
}

const Scope& Rights::scope(Action action) const {
    static const Scope kNowhere;
    const auto& scope = scopes_[static_cast<std::size_t>(action)];
    return scope ? *scope : kNowhere;
}

Status check_grants(const Organisation& org, const std::vector<Role>& roles, const std::vector<Grant>& grants) {
    for (const Grant& grant : grants) {
        if (find_role(roles, grant.role) == nullptr) return Error::of("rights.unknown_role").with("role", grant.role.value);
        if (org.find(grant.unit) == kNoUnit) return Error::of("rights.unknown_unit").with("unit", grant.unit.value);
    }
    return done();
}

}  // namespace qudao
