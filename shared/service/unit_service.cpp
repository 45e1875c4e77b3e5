#include "shared/service/unit_service.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "shared/service/list_service.hpp"

namespace qudao::service {
namespace {

constexpr std::int32_t kChangesShown = 20;

const Scope& reach_of(const Actor& actor) { return actor.rights.scope(Action::manage_units); }

Status within_reach(const Actor& actor, UnitId unit) {
    const Organisation& org = actor.organisation();
    const UnitIndex index = org.find(unit);
    if (index == kNoUnit) return Error::of("units.unknown").with("unit", unit.value);
    return reach_of(actor).reaches(org, index) ? done() : Status(Error::of("units.out_of_scope").with("unit", org.unit(index).name));
}

// The unit hangs below these: both must be the actor's, where they are asked for.
Status parents_within_reach(const Actor& actor, const UnitRecord& unit) {
    if (unit.area_parent) QUDAO_CHECK(within_reach(actor, unit.area_parent));
    if (unit.channel_parent) QUDAO_CHECK(within_reach(actor, unit.channel_parent));
    return done();
}

Result<Actor> administrator(const Services& services, ports::UnitOfWork& work, PersonId person) {
    QUDAO_TRY(actor, load_actor_for_change(services, work, person));
    if (!actor.rights.may(Action::manage_units)) return Error::of("rights.missing").with("right", code_of(Action::manage_units));
    return std::move(actor);
}

Status same_basis(const Actor& actor, std::int64_t basis) {
    return actor.settings.basis.number == basis ? done() : Status(Error::of("units.stale"));
}

dto::Json json_of(const UnitRecord& unit) {
    return {{"code", unit.code},
            {"name", unit.name},
            {"kind", std::string(code_of(unit.kind))},
            {"channel", unit.channel.value},
            {"area_parent", unit.area_parent.value},
            {"channel_parent", unit.channel_parent.value},
            {"billing_area", unit.billing_area},
            {"sort_order", unit.sort_order},
            {"active", unit.active}};
}

Result<UnitRecord> unit_in(const std::string& text, std::int64_t id) {
    const auto json = dto::parse_json(text.empty() ? "{}" : text);
    if (!json || !json->is_object() || !json->contains("code")) return Error::of("audit.not_undoable");
    const auto kind = unit_kind_of(json->value("kind", std::string()));
    if (!kind) return Error::of("audit.not_undoable");
    UnitRecord unit;
    unit.id = UnitId{id};
    unit.code = json->value("code", std::string());
    unit.name = json->value("name", std::string());
    unit.kind = *kind;
    unit.channel = ChannelId{json->value("channel", std::int64_t{0})};
    unit.area_parent = UnitId{json->value("area_parent", std::int64_t{0})};
    unit.channel_parent = UnitId{json->value("channel_parent", std::int64_t{0})};
    unit.billing_area = json->value("billing_area", std::string());
    unit.sort_order = json->value("sort_order", std::int32_t{0});
    unit.active = json->value("active", true);
    return unit;
}

Result<std::int64_t> customers_below(const Organisation& org, UnitIndex unit, const std::vector<UnitTotal>& totals) {
    std::int64_t customers = 0;
    const Tree tree = org.in_tree(Tree::area, unit) ? Tree::area : Tree::channel;
    const Interval all = org.interval(tree, unit);
    for (std::int32_t at = all.first; at <= all.last; ++at) customers += totals[org.preorder(tree)[static_cast<std::size_t>(at)]].customers;
    return customers;
}

// Nothing in use is left without a parent in use, and no customer in a unit that takes none.
Status may_retire(const Actor& actor, ports::UnitOfWork& work, const UnitRecord& unit) {
    const Organisation& org = actor.organisation();
    const UnitIndex index = org.find(unit.id);
    std::int64_t children = 0;
    for (const Tree tree : {Tree::area, Tree::channel})
        if (org.in_tree(tree, index))
            for (const UnitIndex child : org.children(tree, index)) children += org.unit(child).active ? 1 : 0;
    if (children != 0) return Error::of("units.has_children").with("unit", unit.name).with("count", children);
    QUDAO_TRY(uses, work.organisation().uses(unit.id));
    for (const ports::UnitUse& use : uses)
        if (use.what == "customers") return Error::of("units.occupied").with("unit", unit.name).with("customers", use.count);
    // New subscribers whom nothing else places go there.
    for (const ports::UnitUse& use : uses)
        if (use.what == "policies") return Error::of("units.fallback_pool").with("unit", unit.name).with("policies", use.count);
    return done();
}

// Of a unit that is new there is no before, of one that goes no after.
Result<ChangedUnit> settle(ports::UnitOfWork& work, const Actor& actor, std::string kind, const UnitRecord* before, const UnitRecord* after) {
    QUDAO_CHECK(work.settings().bump_units());
    const auto written = [](const UnitRecord* unit) { return unit == nullptr ? dto::Json::object() : json_of(*unit); };
    const UnitRecord& unit = after == nullptr ? *before : *after;
    QUDAO_TRY(entry, record(work, actor, {std::move(kind), unit.id.value, unit.code + " " + unit.name, written(before), written(after)}));
    QUDAO_TRY(settings, work.settings().load());
    return ChangedUnit{unit, entry, settings.basis};
}

Result<UnitRecord> moved_record(const Actor& actor, const UnitMove& move) {
    QUDAO_CHECK(within_reach(actor, move.unit));
    const Organisation& org = actor.organisation();
    UnitRecord unit = org.unit(org.find(move.unit));
    unit.area_parent = move.area_parent;
    unit.channel_parent = move.channel_parent;
    QUDAO_CHECK(check_unit(org, unit));
    QUDAO_CHECK(parents_within_reach(actor, unit));
    return unit;
}

// What the change does to what a key opens: as it would to somebody who may see customers there and nothing else.
Result<std::vector<UnitMovePlan::KeySight>> keys_of_change(const Actor& actor, ports::UnitOfWork& work, const Organisation& after, UnitId unit,
                                                           const std::vector<UnitTotal>& totals) {
    QUDAO_TRY(keys, work.keys().all());
    const Date today = date_in_shanghai(actor.now);
    const std::vector<Role> roles = {Role{RoleId{1}, "key", "key", action_bit(Action::view_customer)}};
    std::vector<Grant> grants;
    for (const ports::ApiKey& key : keys)
        if (key.revoked_at.epoch_ms == 0 && !(key.expires_on < today)) grants.push_back({PersonId{key.id.value}, RoleId{1}, key.unit, key.channels});
    std::vector<UnitMovePlan::KeySight> changed;
    for (const SightChange& change : sight_of_change(actor.organisation(), after, unit, totals, roles, grants))
        for (const ports::ApiKey& key : keys)
            if (key.id.value == change.person.value) changed.push_back({key.name, change.gains, change.loses});
    return changed;
}

}  // namespace

Result<ChangedUnit> add_unit(const Services& services, PersonId actor_id, UnitRecord unit) {
    QUDAO_TRY(work, services.database.begin(ports::Access::write));
    QUDAO_TRY(actor, administrator(services, *work, actor_id));
    const Organisation& org = actor.organisation();
    unit.id = {};
    for (const UnitRecord& one : org.units()) unit.id.value = std::max(unit.id.value, one.id.value);
    ++unit.id.value;
    unit.active = true;
    QUDAO_CHECK(check_unit(org, unit));
    QUDAO_CHECK(parents_within_reach(actor, unit));
    QUDAO_CHECK(work->organisation().add({{}, {unit}}));
    QUDAO_TRY(changed, settle(*work, actor, "unit.add", nullptr, &unit));
    QUDAO_CHECK(work->commit());
    return std::move(changed);
}

Result<ChangedUnit> change_unit(const Services& services, PersonId actor_id, const UnitChange& change) {
    QUDAO_TRY(work, services.database.begin(ports::Access::write));
    QUDAO_TRY(actor, administrator(services, *work, actor_id));
    QUDAO_CHECK(same_basis(actor, change.basis));
    QUDAO_CHECK(within_reach(actor, change.unit));
    const Organisation& org = actor.organisation();
    const UnitRecord before = org.unit(org.find(change.unit));
    UnitRecord after = before;
    after.name = change.name;
    after.sort_order = change.sort_order;
    after.billing_area = change.billing_area;
    after.active = change.active;
    QUDAO_CHECK(check_unit(org, after));
    if (before.active && !after.active) QUDAO_CHECK(may_retire(actor, *work, before));
    QUDAO_CHECK(work->organisation().change(after));
    QUDAO_TRY(changed, settle(*work, actor, before.active && !after.active ? "unit.retire" : "unit.change", &before, &after));
    QUDAO_CHECK(work->commit());
    return std::move(changed);
}

Result<UnitMovePlan> preview_unit_move(const Actor& actor, ports::UnitOfWork& work, const UnitMove& move) {
    QUDAO_TRY(unit, moved_record(actor, move));
    const Organisation& org = actor.organisation();
    QUDAO_TRY(after, with_unit(org, unit));
    QUDAO_TRY(totals, unit_totals(actor, work));
    UnitMovePlan plan;
    plan.basis = actor.settings.basis;
    const UnitIndex index = org.find(move.unit);
    const Interval all = org.interval(org.in_tree(Tree::area, index) ? Tree::area : Tree::channel, index);
    plan.units = all.last - all.first + 1;
    QUDAO_TRY(customers, customers_below(org, index, totals));
    plan.customers = customers;
    plan.sight = sight_of_change(org, after, move.unit, totals, actor.reference->roles, actor.reference->grants);
    std::vector<PersonId> ids;
    for (const SightChange& change : plan.sight) ids.push_back(change.person);
    QUDAO_TRY(persons, work.people().persons(ids));
    plan.persons = std::move(persons);
    QUDAO_TRY(keys, keys_of_change(actor, work, after, move.unit, totals));
    plan.keys = std::move(keys);
    return plan;
}

Result<AuditPage> unit_changes(const Actor& actor, ports::UnitOfWork& work, UnitId unit) {
    QUDAO_CHECK(within_reach(actor, unit));
    ports::AuditFilter filter;
    filter.kind_prefix = "unit.";
    filter.subject_id = unit.value;
    filter.limit = kChangesShown;
    return audit_page(actor, work, filter);
}

Result<ChangedUnit> move_unit(const Services& services, PersonId actor_id, const UnitMove& move) {
    QUDAO_TRY(work, services.database.begin(ports::Access::write));
    QUDAO_TRY(actor, administrator(services, *work, actor_id));
    QUDAO_CHECK(same_basis(actor, move.basis));
    QUDAO_TRY(after, moved_record(actor, move));
    const UnitRecord before = actor.organisation().unit(actor.organisation().find(move.unit));
    if (before.area_parent == after.area_parent && before.channel_parent == after.channel_parent) return Error::of("units.nothing");
    QUDAO_CHECK(work->organisation().change(after));
    QUDAO_TRY(changed, settle(*work, actor, "unit.move", &before, &after));
    QUDAO_CHECK(work->commit());
    return std::move(changed);
}

Result<std::vector<ports::UnitUse>> unit_uses(const Actor& actor, ports::UnitOfWork& work, UnitId unit) {
    QUDAO_CHECK(within_reach(actor, unit));
    const Organisation& org = actor.organisation();
    const UnitIndex index = org.find(unit);
    std::int64_t below = 0;
    for (const Tree tree : {Tree::area, Tree::channel})
        if (org.in_tree(tree, index)) below = std::max<std::int64_t>(below, org.interval(tree, index).last - org.interval(tree, index).first);
    std::vector<ports::UnitUse> uses;
    if (below != 0) uses.push_back({"units", below});
    QUDAO_TRY(stored, work.organisation().uses(unit));
    uses.insert(uses.end(), stored.begin(), stored.end());
    return uses;
}

namespace {

Status may_remove(const Actor& actor, ports::UnitOfWork& work, UnitId unit) {
    QUDAO_TRY(uses, unit_uses(actor, work, unit));
    const UnitRecord& record = actor.organisation().unit(actor.organisation().find(unit));
    if (record.kind == UnitKind::province) return Error::of("units.kind").with("unit", record.code);
    if (uses.empty()) return done();
    Error error = Error::of("units.in_use").with("unit", record.name);
    for (const ports::UnitUse& use : uses) error.params.push_back({use.what, std::to_string(use.count)});
    return error;
}

}  // namespace

Status delete_unit(const Services& services, PersonId actor_id, UnitId unit, std::int64_t basis) {
    QUDAO_TRY(work, services.database.begin(ports::Access::write));
    QUDAO_TRY(actor, administrator(services, *work, actor_id));
    QUDAO_CHECK(same_basis(actor, basis));
    QUDAO_CHECK(may_remove(actor, *work, unit));
    const UnitRecord record_before = actor.organisation().unit(actor.organisation().find(unit));
    QUDAO_CHECK(work->organisation().remove(unit));
    auto changed = settle(*work, actor, "unit.delete", &record_before, nullptr);
    if (!changed) return std::move(changed).error();
    return work->commit();
}

bool undoable(const ports::AuditEntry& entry) {
    constexpr std::array<std::string_view, 5> kUndoable = {"unit.add", "unit.change", "unit.delete", "unit.move", "unit.retire"};
    return !entry.undone_by && std::find(kUndoable.begin(), kUndoable.end(), entry.kind) != kUndoable.end();
}

namespace {

// A unit that was added goes again, unless something hangs on it by now.
Result<ChangedUnit> take_back(const Actor& actor, ports::UnitOfWork& work, const UnitRecord& now) {
    QUDAO_CHECK(may_remove(actor, work, now.id));
    QUDAO_CHECK(work.organisation().remove(now.id));
    return settle(work, actor, "unit.undo", &now, nullptr);
}

// A unit that was deleted comes back under its own number.
Result<ChangedUnit> bring_back(const Actor& actor, ports::UnitOfWork& work, const UnitRecord& before) {
    if (actor.organisation().find(before.id) != kNoUnit) return Error::of("units.changed_since").with("unit", before.name);
    QUDAO_CHECK(check_unit(actor.organisation(), before));
    QUDAO_CHECK(parents_within_reach(actor, before));
    QUDAO_CHECK(work.organisation().add({{}, {before}}));
    return settle(work, actor, "unit.undo", nullptr, &before);
}

Result<ChangedUnit> change_back(const Actor& actor, ports::UnitOfWork& work, const UnitRecord& now, const UnitRecord& before) {
    QUDAO_CHECK(check_unit(actor.organisation(), before));
    QUDAO_CHECK(parents_within_reach(actor, before));
    if (now.active && !before.active) QUDAO_CHECK(may_retire(actor, work, now));
    QUDAO_CHECK(work.organisation().change(before));
    return settle(work, actor, "unit.undo", &now, &before);
}

Result<ChangedUnit> undone(const Actor& actor, ports::UnitOfWork& work, const ports::AuditEntry& entry) {
    const UnitId unit{entry.subject_id};
    if (entry.kind == "unit.delete") {
        QUDAO_TRY(before, unit_in(entry.before, unit.value));
        return bring_back(actor, work, before);
    }
    QUDAO_TRY(after, unit_in(entry.after, unit.value));
    const Organisation& org = actor.organisation();
    if (org.find(unit) == kNoUnit) return Error::of("units.changed_since").with("unit", after.name);
    QUDAO_CHECK(within_reach(actor, unit));
    const UnitRecord now = org.unit(org.find(unit));
    if (json_of(now) != json_of(after)) return Error::of("units.changed_since").with("unit", now.name);
    if (entry.kind == "unit.add") return take_back(actor, work, now);
    QUDAO_TRY(before, unit_in(entry.before, unit.value));
    return change_back(actor, work, now, before);
}

}  // namespace

Result<ChangedUnit> undo_unit_change(const Services& services, PersonId actor_id, AuditId id) {
    QUDAO_TRY(work, services.database.begin(ports::Access::write));
    QUDAO_TRY(actor, administrator(services, *work, actor_id));
    QUDAO_TRY(entry, work->audit().find(id));
    if (!entry) return Error::of("audit.unknown").with("entry", id.value);
    if (entry->undone_by) return Error::of("audit.undone").with("entry", id.value);
    if (!undoable(*entry)) return Error::of("audit.not_undoable");
    QUDAO_TRY(changed, undone(actor, *work, *entry));
    QUDAO_CHECK(work->audit().mark_undone(id, changed.entry));
    QUDAO_CHECK(work->commit());
    return std::move(changed);
}

}  // namespace qudao::service
