#include "shared/service/policy_service.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "shared/service/audit.hpp"

namespace qudao::service {
namespace {

constexpr std::int32_t kDaysLookedAt = 31;

Status check(const Policies& policies, const Organisation& org) {
    QUDAO_CHECK(check_window_policy(policies.window));
    return check_partition_policy(policies.partition, org);
}

dto::Json json_of(const WindowPolicy& window) { return {{"open_day", window.open_day}, {"close_day", window.close_day}}; }

dto::Json json_of(const PartitionPolicy& policy, const Organisation& org) {
    const UnitIndex pool = org.find(policy.fallback_pool);
    const std::string name = pool == kNoUnit ? std::string() : org.unit(pool).code + " " + org.unit(pool).name;
    return {{"precedence", std::string(code_of(policy.precedence))}, {"fallback_pool", name}};
}

Status write_down(ports::UnitOfWork& work, const Actor& actor, std::string_view kind, dto::Json before, dto::Json after) {
    keep_differences(before, after);
    const auto entry = record(work, actor, {std::string(kind), 0, "", std::move(before), std::move(after)});
    return entry ? done() : Status(entry.error());
}

// Customers in pools whose period is over by the one policy and not by the other.
Result<std::int64_t> newly_due(const Actor& actor, ports::UnitOfWork& work, const WindowPolicy& then) {
    const Period closed = last_closed_period(actor.day, actor.settings.window);
    QUDAO_TRY(periods, work.rounds().unclosed(last_closed_period(actor.day, then)));
    std::int64_t customers = 0;
    for (const Period period : periods) {
        if (!(closed < period)) continue;
        QUDAO_TRY(counts, work.rounds().counts(period, actor.rights.scope(Action::view_customer)));
        customers += counts.unplaced;
    }
    return customers;
}

class Redecided {
public:
    Redecided(const Actor& actor, const PlaceMap& now, const PlaceMap& then) : org_(actor.organisation()), view_(actor.rights.scope(Action::view_customer)), now_(now), then_(then) {}

    void take(const ports::TraceCount& trace, PolicyEffect& effect) {
        const UnitIndex before = place(trace, now_);
        const UnitIndex after = place(trace, then_);
        if (before == kNoUnit || after == kNoUnit || !view_.covers(before) || !view_.covers(after)) return;
        effect.decided += trace.decisions;
        if (before == after) return;
        effect.otherwise += trace.decisions;
        pairs_[{before, after}] += trace.decisions;
    }
    std::vector<PlacedOtherwise> pairs() const {
        std::vector<PlacedOtherwise> found;
        for (const auto& [units, customers] : pairs_) found.push_back({org_.unit(units.first).id, org_.unit(units.second).id, customers});
        std::stable_sort(found.begin(), found.end(), [](const PlacedOtherwise& a, const PlacedOtherwise& b) { return a.customers > b.customers; });
        return found;
    }

private:
    UnitIndex place(const ports::TraceCount& trace, const PlaceMap& map) const {
        Evidence evidence;
        evidence.precedence = map.policy().precedence;
        evidence.cabinet = trace.cabinet;
        evidence.range = trace.range;
        evidence.area = trace.area;
        evidence.cabinet_place = org_.find(trace.cabinet_place);
        evidence.range_place = org_.find(trace.range_place);
        evidence.pool = trace.area == Finding::found ? org_.find(trace.pool) : map.fallback_pool();
        return decide(evidence).place;
    }

    const Organisation& org_;
    const Scope& view_;
    const PlaceMap& now_;
    const PlaceMap& then_;
    std::map<std::pair<UnitIndex, UnitIndex>, std::int64_t> pairs_;
};

}  // namespace

Result<Policies> policies(const Actor& actor, ports::UnitOfWork& work) {
    QUDAO_TRY(partition, work.partition().policy());
    return Policies{actor.settings.window, partition};
}

Result<PolicyEffect> preview_policies(const Actor& actor, ports::UnitOfWork& work, const Policies& then) {
    QUDAO_CHECK(check(then, actor.organisation()));
    QUDAO_TRY(now, policies(actor, work));
    PolicyEffect effect;
    effect.window_now = window_on(actor.day, now.window);
    effect.window_then = window_on(actor.day, then.window);
    QUDAO_TRY(due, newly_due(actor, work, then.window));
    effect.would_lock = due;
    effect.since = add_days(actor.day, -kDaysLookedAt);
    QUDAO_TRY(map_now, PlaceMap::build(actor.organisation(), {}, {}, now.partition));
    QUDAO_TRY(map_then, PlaceMap::build(actor.organisation(), {}, {}, then.partition));
    QUDAO_TRY(traces, work.feeds().trace_counts(effect.since));
    Redecided again(actor, map_now, map_then);
    for (const ports::TraceCount& trace : traces) again.take(trace, effect);
    effect.pairs = again.pairs();
    return effect;
}

Status change_policies(const Services& services, PersonId person, const PolicyChange& change) {
    QUDAO_TRY(work, services.database.begin(ports::Access::write));
    QUDAO_TRY(actor, load_actor_for_change(services, *work, person));
    const Organisation& org = actor.organisation();
    if (!holds_everywhere(*actor.reference, person, Action::manage_policies)) return Error::of("rights.missing").with("right", code_of(Action::manage_policies));
    if (actor.settings.basis.number != change.basis) return Error::of("policy.stale");
    QUDAO_CHECK(check(change.policies, org));
    QUDAO_TRY(before, policies(actor, *work));
    const Policies& after = change.policies;
    if (!(before.window == after.window)) {
        QUDAO_CHECK(work->settings().save_window(after.window));
        QUDAO_CHECK(write_down(*work, actor, "policy.window", json_of(before.window), json_of(after.window)));
    }
    if (!(before.partition == after.partition)) {
        QUDAO_CHECK(work->partition().save_policy(after.partition));
        QUDAO_CHECK(work->settings().bump_units());
        QUDAO_CHECK(write_down(*work, actor, "policy.partition", json_of(before.partition, org), json_of(after.partition, org)));
    }
    return work->commit();
}

}  // namespace qudao::service
