#include "shared/domain/unit_change.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "shared/base/text.hpp"

namespace qudao {
namespace {

constexpr std::int64_t kLongestCode = 40;
constexpr std::int64_t kLongestName = 120;

Error wrong_unit(std::string_view code, const UnitRecord& unit) { return Error::of(code).with("unit", unit.code); }

bool is_code(std::string_view text) {
    return !text.empty() && text.size() <= kLongestCode && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' || c == '_';
    });
}

bool is_name(std::string_view text) {
    const std::int64_t length = count_code_points(text);
    return is_valid_utf8(text) && length >= 1 && length <= kLongestName && normalize_text(text) == text;
}

// From departments down the two trees are the same.
bool one_tree(UnitKind kind) { return is_place(kind) || kind == UnitKind::team; }
bool in_channel_tree_alone(UnitKind kind) { return kind == UnitKind::channel || kind == UnitKind::network_channel; }
bool in_area_tree_alone(UnitKind kind) { return kind == UnitKind::local_network || kind == UnitKind::branch; }

bool is_below(const Organisation& org, Tree tree, UnitIndex candidate, UnitId unit) {
    const UnitIndex self = org.find(unit);
    return self != kNoUnit && org.in_tree(tree, self) && org.in_tree(tree, candidate) &&
           org.interval(tree, self).contains(org.position(tree, candidate));
}

Status check_parent(const Organisation& org, const UnitRecord& unit, Tree tree) {
    const UnitId id = tree == Tree::area ? unit.area_parent : unit.channel_parent;
    const bool wanted = tree == Tree::area ? !in_channel_tree_alone(unit.kind) : !in_area_tree_alone(unit.kind);
    if (!wanted) return id ? Status(wrong_unit("units.parent", unit)) : done();
    const UnitIndex parent = org.find(id);
    if (parent == kNoUnit || !hangs_below(tree, unit.kind, org.unit(parent).kind) || is_below(org, tree, parent, unit.id)) return wrong_unit("units.parent", unit);
    if (unit.active && !org.unit(parent).active) return wrong_unit("units.parent", unit);
    const ChannelId channel = org.unit(parent).channel;
    if (channel && !(channel == unit.channel)) return wrong_unit("units.parent_channel", unit);
    return done();
}

std::vector<Grant> grants_above(const Organisation& before, const Organisation& after, UnitId unit, const std::vector<Grant>& grants) {
    std::set<std::int64_t> above;
    for (const Organisation* org : {&before, &after})
        for (const Tree tree : {Tree::area, Tree::channel})
            for (UnitIndex at = org->find(unit); at != kNoUnit; at = org->parent(tree, at)) above.insert(org->unit(at).id.value);
    std::set<std::int64_t> touched;
    for (const Grant& grant : grants)
        if (above.count(grant.unit.value) != 0) touched.insert(grant.person.value);
    std::vector<Grant> out;
    for (const Grant& grant : grants)
        if (touched.count(grant.person.value) != 0) out.push_back(grant);
    return out;
}

}  // namespace

bool hangs_below(Tree tree, UnitKind kind, UnitKind above) {
    switch (kind) {
        case UnitKind::province: return false;
        case UnitKind::local_network: return tree == Tree::area && above == UnitKind::province;
        case UnitKind::branch: return tree == Tree::area && above == UnitKind::local_network;
        case UnitKind::channel: return tree == Tree::channel && above == UnitKind::province;
        case UnitKind::network_channel: return tree == Tree::channel && above == UnitKind::channel;
        case UnitKind::department: return above == (tree == Tree::area ? UnitKind::branch : UnitKind::network_channel);
        case UnitKind::team:
        case UnitKind::pool: return above == UnitKind::department;
        case UnitKind::community:
        case UnitKind::contracted_area: return above == UnitKind::department || above == UnitKind::team;
    }
    return false;
}

Status check_unit(const Organisation& org, const UnitRecord& unit) {
    if (!is_code(unit.code)) return wrong_unit("units.code", unit);
    if (!is_name(unit.name)) return wrong_unit("units.name", unit);
    if (!unit.billing_area.empty() && !is_code(unit.billing_area)) return wrong_unit("units.billing_area", unit);
    if ((unit.kind == UnitKind::pool || unit.kind == UnitKind::branch) && unit.billing_area.empty()) return wrong_unit("units.billing_area", unit);
    const UnitIndex same_code = org.find(unit.code);
    if (same_code != kNoUnit && !(org.unit(same_code).id == unit.id)) return wrong_unit("units.code_taken", unit);
    if (unit.kind == UnitKind::province) return org.find(unit.id) == org.root() && !unit.area_parent && !unit.channel_parent ? done() : Status(wrong_unit("units.kind", unit));
    QUDAO_CHECK(check_parent(org, unit, Tree::area));
    QUDAO_CHECK(check_parent(org, unit, Tree::channel));
    if (one_tree(unit.kind) && !(unit.area_parent == unit.channel_parent)) return wrong_unit("units.parents_differ", unit);
    const bool has_channel = !in_area_tree_alone(unit.kind);
    if (has_channel != static_cast<bool>(unit.channel)) return wrong_unit("units.channel", unit);
    return done();
}

Result<Organisation> with_unit(const Organisation& org, const UnitRecord& unit) {
    std::vector<UnitRecord> units = org.units();
    const auto known = std::find_if(units.begin(), units.end(), [&](const UnitRecord& one) { return one.id == unit.id; });
    if (known == units.end()) units.push_back(unit);
    else *known = unit;
    return Organisation::build(org.channels(), std::move(units));
}

std::vector<SightChange> sight_of_change(const Organisation& before, const Organisation& after, UnitId unit, const std::vector<UnitTotal>& totals,
                                         const std::vector<Role>& roles, const std::vector<Grant>& grants) {
    std::map<std::int64_t, std::vector<Grant>> by_person;
    for (const Grant& grant : grants_above(before, after, unit, grants)) by_person[grant.person.value].push_back(grant);
    const UnitIndex top = before.find(unit);
    std::vector<SightChange> changes;
    if (top == kNoUnit) return changes;
    const Tree tree = before.in_tree(Tree::area, top) ? Tree::area : Tree::channel;
    const Interval moved = before.interval(tree, top);
    for (const auto& [person, held] : by_person) {
        const Rights rights_before(before, roles, held, PersonId{person});
        const Rights rights_after(after, roles, held, PersonId{person});
        SightChange change{PersonId{person}, 0, 0};
        for (std::int32_t at = moved.first; at <= moved.last; ++at) {
            const UnitIndex place = before.preorder(tree)[static_cast<std::size_t>(at)];
            const bool saw = rights_before.scope(Action::view_customer).covers(place);
            const bool sees = rights_after.scope(Action::view_customer).covers(after.find(before.unit(place).id));
            if (sees && !saw) change.gains += totals[place].customers;
            if (saw && !sees) change.loses += totals[place].customers;
        }
        if (change.gains != 0 || change.loses != 0) changes.push_back(change);
    }
    return changes;
}

}  // namespace qudao
