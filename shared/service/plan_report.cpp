#include "shared/service/plan_report.hpp"

#include "shared/domain/totals.hpp"
#include "shared/dto/move_dto.hpp"

namespace qudao::service {
namespace {

using dto::Json;

Json total_json(const UnitTotal& total) {
    return Json{{"customers", total.customers}, {"with_revenue", total.with_revenue}, {"revenue_fen", total.revenue_fen}};
}

Json rows_json(const PlanReport& report) {
    const Organisation& org = report.context.organisation;
    const MoveRows& rows = report.sheet.rows;
    Json out = Json::array();
    for (std::size_t row = 0; row < rows.size(); ++row) {
        const Reason reason = report.plan.reason[row];
        Json line{{"row", rows.row_number[row]},
                  {"customer_code", std::string(rows.customer_code[row])},
                  {"target", std::string(rows.target_code[rows.target[row]])},
                  {"note", std::string(rows.note[row])},
                  {"verdict", std::string(code_of(report.plan.verdict[row]))},
                  {"reason", std::string(code_of(reason))},
                  {"detail", dto::detail_text(reason, report.plan.detail[row], report.context.window_policy)}};
        const std::uint32_t customer = report.plan.customer[row];
        if (customer != MovePlan::kNoCustomer) line["from"] = org.unit(report.customers.place[customer]).code;
        out.push_back(std::move(line));
    }
    return out;
}

// Places that gain or lose, then what lies above them in either tree.
Json units_json(const PlanReport& report, Tree tree) {
    const Organisation& org = report.context.organisation;
    const auto before = roll_up(org, tree, report.totals_before);
    const auto after = roll_up(org, tree, totals_after(report.totals_before, report.plan));
    const auto arriving = roll_up(org, tree, report.plan.arriving);
    const auto leaving = roll_up(org, tree, report.plan.leaving);
    Json out = Json::array();
    for (const UnitIndex unit : org.preorder(tree)) {
        if (arriving[unit].customers == 0 && leaving[unit].customers == 0) continue;
        out.push_back(Json{{"unit", org.unit(unit).code}, {"before", total_json(before[unit])}, {"after", total_json(after[unit])},
                           {"arriving", arriving[unit].customers}, {"leaving", leaving[unit].customers}});
    }
    return out;
}

}  // namespace

std::string plan_report_json(const PlanReport& report) {
    const MovePlan& plan = report.plan;
    Json verdicts = Json::object();
    for (std::size_t i = 0; i < kVerdicts; ++i) verdicts[std::string(code_of(static_cast<Verdict>(i)))] = plan.by_verdict[i];
    Json reasons = Json::object();
    for (std::size_t i = 1; i < kReasons; ++i)
        if (plan.by_reason[i] != 0) reasons[std::string(code_of(static_cast<Reason>(i)))] = plan.by_reason[i];
    const Json out{{"actor", std::string(report.actor)},
                   {"day", format_date(report.context.day)},
                   {"window", Json{{"open", plan.window.open},
                                   {"closes_on", format_date(plan.window.closes_on)},
                                   {"next_opening", format_date(plan.window.next_opening)}}},
                   {"digest", digest_of(plan, report.sheet.rows, report.customers, report.context)},
                   {"revenue_period", report.revenue_period.yyyymm},
                   {"rows", rows_json(report)},
                   {"verdicts", std::move(verdicts)},
                   {"reasons", std::move(reasons)},
                   {"hidden_rows", report.sheet.hidden.size()},
                   {"restored_codes", report.sheet.restored.size()},
                   {"area", units_json(report, Tree::area)},
                   {"channel", units_json(report, Tree::channel)}};
    return out.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string plan_report_text(const PlanReport& report) {
    const MovePlan& plan = report.plan;
    const Organisation& org = report.context.organisation;
    std::string out;
    const auto line = [&](std::string_view name, std::string_view value) {
        out.append(name).append(name.size() < 24 ? 24 - name.size() : 1, ' ').append(value).append("\n");
    };
    line("actor", report.actor);
    line("day", format_date(report.context.day));
    line("window", plan.window.open ? "open, closes " + format_date(plan.window.closes_on)
                                    : "closed, opens " + format_date(plan.window.next_opening));
    line("rows", format_count(static_cast<std::int64_t>(report.sheet.rows.size())));
    for (std::size_t i = 0; i < kVerdicts; ++i)
        if (plan.by_verdict[i] != 0) line(code_of(static_cast<Verdict>(i)), format_count(plan.by_verdict[i]));
    for (std::size_t i = 1; i < kReasons; ++i)
        if (plan.by_reason[i] != 0) line("  " + std::string(code_of(static_cast<Reason>(i))), format_count(plan.by_reason[i]));
    line("digest", digest_of(plan, report.sheet.rows, report.customers, report.context));
    const auto after = totals_after(report.totals_before, plan);
    for (const UnitIndex unit : org.preorder(Tree::area)) {
        if (plan.arriving[unit].customers == 0 && plan.leaving[unit].customers == 0) continue;
        line(org.unit(unit).code, format_count(report.totals_before[unit].customers) + " -> " + format_count(after[unit].customers) + "  " +
                                      org.unit(unit).name);
    }
    return out;
}

}  // namespace qudao::service
