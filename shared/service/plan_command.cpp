#include "shared/service/plan_command.hpp"

#include "shared/service/plan_report.hpp"
#include "shared/workbook/move_template.hpp"

namespace qudao::service {
namespace {

class SnapshotFile final : public PlanCustomers {
public:
    SnapshotFile(const std::string& customers_csv, const Organisation& org) : customers_csv_(customers_csv), org_(org) {}
    Result<SnapshotCustomers> named(const MoveRows& rows, const Scope& view) override {
        return read_customers(customers_csv_, org_, view, rows);
    }

private:
    const std::string& customers_csv_;
    const Organisation& org_;
};

}  // namespace

Result<std::string> plan_from_files(const PlanFiles& files, const PlanQuestion& question) {
    QUDAO_TRY(day, parse_date(question.day));
    QUDAO_TRY(world, read_snapshot({files.units_csv, files.policy_json, files.rights_json}));
    SnapshotFile customers(files.customers_csv, world.organisation);
    return plan_command({world, files.workbook, question.actor, day, question.json}, customers);
}

Result<std::string> plan_command(const PlanInput& input, PlanCustomers& customers) {
    const SnapshotWorld& world = input.world;
    const Person* actor = nullptr;
    for (const Person& person : world.persons)
        if (person.login == input.actor) actor = &person;
    if (actor == nullptr) return Error::of("plan.unknown_actor").with("actor", input.actor);
    const Rights rights(world.organisation, world.roles, world.grants, actor->id);
    if (!rights.may(Action::move_customer)) return Error::of("rights.missing").with("right", code_of(Action::move_customer));
    QUDAO_TRY(sheet, workbook::read_moves(input.workbook));
    QUDAO_TRY(named, customers.named(sheet.rows, rights.scope(Action::view_customer)));
    const PlanContext context{world.organisation, rights, world.settings.window, input.day, world.settings.basis, std::nullopt};
    const CodeIndex index(named.named.code);
    const MovePlan plan = plan_moves(sheet.rows, named.named, index, context);
    const PlanReport report{input.actor, sheet, named.named, plan, context, named.totals, world.settings.revenue_period};
    return input.json ? plan_report_json(report) : plan_report_text(report);
}

}  // namespace qudao::service
