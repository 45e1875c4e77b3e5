#include "shared/domain/sight.hpp"

#include <algorithm>
#include <map>

namespace qudao {
namespace {

bool overlaps(const Organisation& org, const Scope& a, const Scope& b) {
    for (UnitIndex unit = 0; unit < org.size(); ++unit)
        if (a.covers(unit) && b.covers(unit)) return true;
    return false;
}

}  // namespace

std::vector<SightChange> sight_changes(const Organisation& org, const std::vector<Role>& roles, const std::vector<Grant>& grants,
                                       const std::vector<Flow>& flows, const Scope& actor_view) {
    std::map<std::int64_t, std::vector<Grant>> by_person;
    for (const Grant& grant : grants) by_person[grant.person.value].push_back(grant);
    std::vector<SightChange> changes;
    for (const auto& [person, held] : by_person) {
        const Rights rights(org, roles, held, PersonId{person});
        const Scope& view = rights.scope(Action::view_customer);
        SightChange change{PersonId{person}, 0, 0};
        for (const Flow& flow : flows) {
            if (view.covers(flow.to) && !view.covers(flow.from)) change.gains += flow.total.customers;
            if (view.covers(flow.from) && !view.covers(flow.to)) change.loses += flow.total.customers;
        }
        if ((change.gains != 0 || change.loses != 0) && overlaps(org, view, actor_view)) changes.push_back(change);
    }
    return changes;
}

}  // namespace qudao
