#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>

#include "server/app/command.hpp"
#include "server/app/commands.hpp"
#include "server/app/system_clock.hpp"
#include "shared/memory/plain_reference_cache.hpp"
#include "shared/query/query_spec.hpp"
#include "shared/service/context.hpp"
#include "shared/service/plan_command.hpp"

namespace qudao::app {
namespace {

using service::SnapshotCustomers;
using service::SnapshotWorld;

Result<SnapshotWorld> world_of(ports::UnitOfWork& work) {
    SnapshotWorld world;
    QUDAO_TRY(settings, work.settings().load());
    world.settings = std::move(settings);
    QUDAO_TRY(records, work.organisation().load());
    QUDAO_TRY(organisation, Organisation::build(std::move(records.channels), std::move(records.units)));
    world.organisation = std::move(organisation);
    QUDAO_TRY(roles, work.people().roles());
    world.roles = std::move(roles);
    QUDAO_TRY(grants, work.people().grants());
    world.grants = std::move(grants);
    QUDAO_TRY(persons, work.people().all());
    for (Person& person : persons)
        if (person.active) world.persons.push_back(std::move(person));
    world.day = service::business_date(world.settings, SystemClock().now());
    return world;
}

std::int64_t number(const query::Value& value) {
    const auto* found = std::get_if<std::int64_t>(&value);
    return found == nullptr ? 0 : *found;
}
std::string_view text(const query::Value& value) {
    const auto* found = std::get_if<std::string>(&value);
    return found == nullptr ? std::string_view() : std::string_view(*found);
}

class DatabaseCustomers final : public service::PlanCustomers {
public:
    DatabaseCustomers(ports::UnitOfWork& work, const Organisation& org) : work_(work), org_(org) {}
    Result<SnapshotCustomers> named(const MoveRows& rows, const Scope& view) override {
        SnapshotCustomers customers;
        ports::NoProgress quiet;
        QUDAO_TRY(found, work_.customers().states(rows.customer_code, org_, view, ports::Locking::none, quiet));
        customers.named = std::move(found);
        query::QuerySpec spec;
        spec.group_by = {"place"};
        spec.measures = {{query::MeasureKind::count, ""}, {query::MeasureKind::known, "revenue"}, {query::MeasureKind::sum, "revenue"}};
        QUDAO_TRY(page, work_.queries().run(spec, {PersonId{}, org_, view}, std::nullopt));
        customers.totals.resize(org_.size());
        for (const auto& row : page.rows) {
            const UnitIndex unit = org_.find(UnitId{number(row[0])});
            if (unit != kNoUnit) customers.totals[unit] = {number(row[1]), number(row[2]), number(row[3])};
        }
        return customers;
    }

private:
    ports::UnitOfWork& work_;
    const Organisation& org_;
};

Status write_file(const std::filesystem::path& path, std::string_view bytes) {
    std::ofstream file(path, std::ios::binary);
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    return file.flush() ? done() : Status(Error::of("plan.file").with("file", path.string()));
}

Result<std::string> plan_on_snapshot(const PlanOptions& options) {
    const std::filesystem::path directory = options.snapshot;
    QUDAO_TRY(units, read_file((directory / "units.csv").string()));
    QUDAO_TRY(policy, read_file((directory / "policy.json").string()));
    QUDAO_TRY(rights, read_file((directory / "rights.json").string()));
    QUDAO_TRY(customers, read_file((directory / "customers.csv").string()));
    QUDAO_TRY(workbook, read_file(options.workbook));
    return service::plan_from_files({units, policy, rights, customers, workbook}, {options.day, options.actor, options.json});
}

Result<std::string> plan_on_database(const PlanOptions& options) {
    QUDAO_TRY(day, parse_date(options.day));
    QUDAO_TRY(workbook, read_file(options.workbook));
    QUDAO_TRY(database, open_existing(options.db));
    QUDAO_TRY(work, database->begin(ports::Access::read));
    QUDAO_TRY(world, world_of(*work));
    DatabaseCustomers customers(*work, world.organisation);
    return service::plan_command({world, workbook, options.actor, day, options.json}, customers);
}

// All customers, a page after the other, so that millions never lie in memory.
Status write_customers(ports::UnitOfWork& work, const SnapshotWorld& world, const std::filesystem::path& path) {
    std::ofstream file(path, std::ios::binary);
    file << service::customers_csv_header();
    const Scope everything(world.organisation, {{Tree::area, world.organisation.interval(Tree::area, world.organisation.root()), kAllChannels}});
    query::QuerySpec spec;
    spec.order = {{"id", false}};
    spec.limit = query::kMaxPageRows;
    std::optional<query::Cursor> cursor;
    std::string lines;
    do {
        QUDAO_TRY(page, work.queries().run(spec, {PersonId{}, world.organisation, everything}, cursor));
        const auto at = [&](std::string_view name) {
            return static_cast<std::size_t>(std::find(page.columns.begin(), page.columns.end(), name) - page.columns.begin());
        };
        const std::size_t id = at("id"), code = at("code"), version = at("version"), place = at("place"), lock = at("locked_until"), revenue = at("revenue");
        lines.clear();
        for (const auto& row : page.rows) {
            service::CustomerLine line;
            line.id = number(row[id]);
            line.code = text(row[code]);
            line.version = static_cast<std::int32_t>(number(row[version]));
            line.place = world.organisation.unit(world.organisation.find(UnitId{number(row[place])})).code;
            if (std::holds_alternative<std::int64_t>(row[lock])) line.locked_until = Date{static_cast<std::int32_t>(number(row[lock]))};
            if (std::holds_alternative<std::int64_t>(row[revenue])) line.revenue_fen = number(row[revenue]);
            service::append_customer_line(lines, line);
        }
        file << lines;
        cursor = page.next;
    } while (cursor);
    return file.flush() ? done() : Status(Error::of("plan.file").with("file", path.string()));
}

Status snapshot_to(const std::string& db, const std::filesystem::path& directory) {
    QUDAO_TRY(database, open_existing(db));
    QUDAO_TRY(work, database->begin(ports::Access::read));
    QUDAO_TRY(world, world_of(*work));
    std::error_code ignored;
    std::filesystem::create_directories(directory, ignored);
    QUDAO_CHECK(write_file(directory / "units.csv", service::units_csv(world.organisation)));
    QUDAO_CHECK(write_file(directory / "policy.json", service::policy_json(world)));
    QUDAO_CHECK(write_file(directory / "rights.json", service::rights_json(world)));
    return write_customers(*work, world, directory / "customers.csv");
}

}  // namespace

int plan(const PlanOptions& options) {
    const auto report = options.snapshot.empty() ? plan_on_database(options) : plan_on_snapshot(options);
    if (!report) return fail("plan", report.error());
    std::cout << *report;
    return std::cout.flush() ? kDone : kFailed;
}

int snapshot(const std::string& db, const std::string& directory) {
    const Status written = snapshot_to(db, directory);
    return written ? kDone : fail("snapshot", written.error());
}

}  // namespace qudao::app
