// The `plan` command behind its arguments: given where state and workbook come from, what is printed. One source for the
// native program, for the one under node, and for `qudao plan`.
#pragma once

#include <string>
#include <string_view>

#include "shared/service/snapshot_files.hpp"

namespace qudao::service {

struct PlanInput {
    const SnapshotWorld& world;
    std::string_view workbook;  // bytes
    std::string_view actor;     // login
    Date day;
    bool json = false;
};

// Customers that the rows name within the view, and totals: from a snapshot's file or from a database.
class PlanCustomers {
public:
    virtual ~PlanCustomers() = default;
    virtual Result<SnapshotCustomers> named(const MoveRows& rows, const Scope& view) = 0;
};

// plan.unknown_actor, rights.missing, and the errors of reading the workbook and the customers.
Result<std::string> plan_command(const PlanInput& input, PlanCustomers& customers);

}  // namespace qudao::service
