// What the `plan` command prints: the plan and its digest, for a person and for a program. The same bytes from both
// compilers and from every state that says the same.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "shared/domain/move_plan.hpp"
#include "shared/workbook/move_template.hpp"

namespace qudao::service {

struct PlanReport {
    std::string_view actor;  // login
    const workbook::MoveSheet& sheet;
    const CustomerColumns& customers;
    const MovePlan& plan;
    const PlanContext& context;
    const std::vector<UnitTotal>& totals_before;  // of the places in the actor's view, by dense index
    Period revenue_period;
};

std::string plan_report_json(const PlanReport& report);
std::string plan_report_text(const PlanReport& report);

}  // namespace qudao::service
