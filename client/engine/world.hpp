// What a plan is made from besides the workbook: who asks and when, the organisation, the named customers and the totals,
// all of one basis. In the engine only.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "shared/domain/move_plan.hpp"
#include "shared/domain/organisation.hpp"
#include "shared/domain/rights.hpp"
#include "shared/domain/snapshot.hpp"
#include "shared/dto/session_dto.hpp"

namespace qudao::engine {

// Not moved once made: the index refers to the customers.
struct World {
    dto::SessionDto session;
    Basis basis;
    Date day;
    WindowPolicy window_policy;
    Organisation organisation;
    Rights rights;
    CustomerColumns customers;
    std::unique_ptr<CodeIndex> index;
    std::vector<UnitTotal> totals;  // of the places in view
    std::string as_of;
    std::int32_t revenue_period = 0;

    PlanContext context() const { return {organisation, rights, window_policy, day, basis, std::nullopt}; }
};

inline Basis basis_of(const dto::BasisDto& dto) { return {dto.number, dto.rights_version, dto.policy_version}; }

// The rights a session tells of, over the organisation; unknown actions and channels give nothing.
Rights rights_of(const dto::SessionDto& session, const Organisation& org);

}  // namespace qudao::engine
