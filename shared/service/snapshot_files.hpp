// A database's state as plain files, so that anyone can plan on any machine what the server would plan: `qudao snapshot
// DIR` writes them, `plan --snapshot DIR` reads them, natively and under node.
//
//   units.csv      unit_id,unit_code,unit_name,kind,channel,area_parent,channel_parent,billing_area,sort_order,active
//   customers.csv  customer_id,customer_code,version,place,locked_until,revenue_fen
//   policy.json    basis, window days, revenue period, business date, channels
//   rights.json    roles with their actions, persons, grants
//
// Units are named by code; an empty cell is "none" (no lock, no revenue data). Columns may stand in any order and others
// may stand beside them. All customers are in the files: what an actor may not see is left out when reading.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "shared/base/result.hpp"
#include "shared/domain/customer.hpp"
#include "shared/domain/move_plan.hpp"
#include "shared/domain/rights.hpp"
#include "shared/ports/settings_store.hpp"

namespace qudao::service {

struct SnapshotWorld {
    Organisation organisation;
    ports::Settings settings;
    Date day;
    std::vector<Role> roles;
    std::vector<Grant> grants;
    std::vector<Person> persons;
};

std::string units_csv(const Organisation& org);
std::string policy_json(const SnapshotWorld& world);
std::string rights_json(const SnapshotWorld& world);
std::string_view customers_csv_header();
struct CustomerLine {
    std::int64_t id = 0;
    std::string_view code;
    std::int32_t version = 0;
    std::string_view place;
    Date locked_until;
    std::optional<Fen> revenue_fen;
};
void append_customer_line(std::string& csv, const CustomerLine& line);

struct SnapshotTexts {
    std::string_view units_csv;
    std::string_view policy_json;
    std::string_view rights_json;
};
// Errors: snapshot.file {file}, snapshot.column {file, column}, snapshot.value {file, row, column, found}, and those of
// Organisation::build and check_grants.
Result<SnapshotWorld> read_snapshot(const SnapshotTexts& texts);

// The customers that `rows` name and `view` covers, and the totals of all places in view.
struct SnapshotCustomers {
    CustomerColumns named;
    std::vector<UnitTotal> totals;
};
Result<SnapshotCustomers> read_customers(std::string_view customers_csv, const Organisation& org, const Scope& view, const MoveRows& rows);

}  // namespace qudao::service
