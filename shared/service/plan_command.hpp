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

// The same from the texts of a snapshot's files.
struct PlanFiles {
    std::string units_csv;
    std::string policy_json;
    std::string rights_json;
    std::string customers_csv;
    std::string workbook;
};
struct PlanQuestion {
    std::string day;    // yyyy-MM-dd
    std::string actor;  // login
    bool json = false;
};
Result<std::string> plan_from_files(const PlanFiles& files, const PlanQuestion& question);

}  // namespace qudao::service
