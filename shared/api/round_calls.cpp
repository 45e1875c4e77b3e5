#include "shared/api/round_calls.hpp"

#include "shared/api/job_calls.hpp"
#include "shared/dto/move_dto.hpp"
#include "shared/dto/round_dto.hpp"
#include "shared/service/round_service.hpp"

namespace qudao::api {
namespace {

std::string instant_text(Instant at) { return at.epoch_ms == 0 ? std::string() : format_instant(at); }

std::vector<dto::PersonNameDto> names_of(const std::vector<Person>& persons) {
    std::vector<dto::PersonNameDto> names;
    for (const Person& person : persons) names.push_back({person.id.value, person.name});
    return names;
}

dto::RoundSummaryDto summary_of(const ports::Round& round) {
    return {round.period.yyyymm, std::string(code_of(round.phase)), instant_text(round.closed_at)};
}

void add_departments(dto::RoundDto& dto, const service::RoundPage& page) {
    for (const ports::RoundDepartment& department : page.departments) {
        dto::RoundDepartmentDto one;
        one.department = department.channel.value;
        if (department.at.epoch_ms != 0) one.state = code_of(department.state);
        for (const ChannelId own : page.own_departments) one.own = one.own || own == department.channel;
        one.person = department.person.value;
        one.at = instant_text(department.at);
        one.note = department.note;
        one.given = department.given;
        one.claims = department.claims;
        dto.departments.push_back(std::move(one));
    }
}

dto::RoundDto to_dto(const service::RoundPage& page, const WindowPolicy& policy) {
    dto::RoundDto dto;
    dto.period = page.round.period.yyyymm;
    dto.phase = code_of(page.round.phase);
    dto.opens_on = format_date(page.window.opens_on);
    dto.closes_on = format_date(page.window.closes_on);
    dto.open = page.open;
    dto.days_left = page.countdown.days_left;
    dto.urgency = code_of(page.countdown.urgency);
    dto.locks_until = format_date(lock_at_close(page.round.period, policy));
    dto.new_customers = page.counts.new_customers;
    dto.unplaced = page.counts.unplaced;
    dto.gathered = page.counts.gathered;
    dto.claimed = page.counts.claimed;
    dto.conflicts = page.counts.conflicts;
    dto.open_conflicts = page.counts.open_conflicts;
    dto.to_move = page.counts.to_move;
    dto.stage_1_batch = page.round.stage_1_batch.value;
    dto.locked = page.round.locked;
    dto.closed_at = instant_text(page.round.closed_at);
    for (std::size_t i = 0; i < kRoundSteps; ++i)
        dto.steps.push_back({std::string(code_of(static_cast<RoundStep>(i))), std::string(code_of(page.steps[i]))});
    add_departments(dto, page);
    for (const ports::RoundEvent& event : page.events)
        dto.events.push_back({instant_text(event.at), event.person.value, std::string(code_of(event.act)), event.channel.value,
                              event.counted ? std::optional(event.customers) : std::nullopt, event.note});
    for (const RoundAct act : page.acts) dto.acts.emplace_back(code_of(act));
    dto.persons = names_of(page.persons);
    return dto;
}

Result<Period> period_of_path(const Call& call) { return parse_period(call.path_parameter("period")); }

// The round as it is after what was done to it.
Response show(Call& call, Period period) {
    return read_as_actor(call, [&](const service::Actor& actor, ports::UnitOfWork& work) -> Result<dto::RoundDto> {
        QUDAO_TRY(page, service::round_page(actor, work, period));
        return to_dto(page, actor.settings.window);
    });
}

template <class Request>
Response do_act(Call& call) {
    auto body = dto::from_json<Request>(call.request.body);
    if (!body) return problem(body.error());
    const auto period = period_of_path(call);
    if (!period) return problem(period.error());
    std::optional<std::int64_t> department = body->department;
    service::RoundOrder order{call.person(), *period, *round_act_of(body->act), ChannelId{department.value_or(0)}, body->note.value_or("")};
    const Status acted = service::act(call.services, order);
    return acted ? show(call, *period) : problem(acted.error());
}

}  // namespace

Response rounds_list(Call& call) {
    return read_as_actor(call, [&](const service::Actor& actor, ports::UnitOfWork& work) -> Result<dto::RoundsDto> {
        QUDAO_TRY(page, service::rounds(actor, work));
        dto::RoundsDto dto;
        dto.current = page.current.yyyymm;
        for (const ports::Round& round : page.rounds) dto.rounds.push_back(summary_of(round));
        return dto;
    });
}

Response rounds_show(Call& call) {
    const auto period = period_of_path(call);
    return period ? show(call, *period) : problem(period.error());
}

Response rounds_act(Call& call) { return do_act<dto::RoundActRequest>(call); }
Response rounds_answer(Call& call) { return do_act<dto::RoundAnswerRequest>(call); }

Response rounds_marks(Call& call) {
    auto body = dto::from_json<dto::MarksRequest>(call.request.body);
    if (!body) return problem(body.error());
    const auto period = period_of_path(call);
    if (!period) return problem(period.error());
    auto rows = dto::from_dto(*body);
    if (!rows) return problem(rows.error());
    const service::MarkOrder order{call.person(), *period, ChannelId{body->department}, std::move(*rows)};
    const auto plan = service::take_marks(call.services, order);
    return plan ? reply(dto::to_dto(*plan, order.rows)) : problem(plan.error());
}

Response rounds_decide(Call& call) {
    auto body = dto::from_json<dto::DecisionsRequest>(call.request.body);
    if (!body) return problem(body.error());
    const auto period = period_of_path(call);
    if (!period) return problem(period.error());
    std::vector<service::Decision> decisions;
    for (const dto::DecisionDto& one : body->decisions) decisions.push_back({CustomerId{one.customer}, ChannelId{one.department}});
    const Status decided = service::decide(call.services, call.person(), *period, decisions);
    return decided ? show(call, *period) : problem(decided.error());
}

Response rounds_stage_1_preview(Call& call) {
    const auto period = period_of_path(call);
    if (!period) return problem(period.error());
    return read_as_actor(call, [&](const service::Actor& actor, ports::UnitOfWork& work) -> Result<dto::PlanDto> {
        ports::NoProgress quiet;
        QUDAO_TRY(planned, service::preview_stage_1(actor, work, *period, quiet));
        return dto::to_dto(planned.plan, planned.rows, planned.customers, service::plan_context(actor));
    });
}

Response rounds_stage_1(Call& call) {
    auto body = dto::from_json<dto::StageRequest>(call.request.body);
    if (!body) return problem(body.error());
    const auto period = period_of_path(call);
    if (!period) return problem(period.error());
    const service::StageOrder order{call.person(), body->key, body->digest, *period};
    const service::Services services = call.services;
    if (const Status usable = service::check_key(services, order); !usable) return problem(usable.error());
    return accept_job(call, body->key, [services, order](ports::Progress& progress) {
        auto batch = service::commit_stage_1(services, order, progress);
        return batch ? done() : Status(std::move(batch).error());
    });
}

Response locks_lift(Call& call) {
    auto body = dto::from_json<dto::LiftLockRequest>(call.request.body);
    if (!body) return problem(body.error());
    const Status lifted = service::lift_lock(call.services, {call.person(), body->customer_code, body->reason});
    if (!lifted) return problem(lifted.error());
    Response response;
    response.status = call.use_case.success_status;
    response.content_type.clear();
    return response;
}

Response handovers_confirm(Call& call) {
    auto body = dto::from_json<dto::ReceivedRequest>(call.request.body);
    if (!body) return problem(body.error());
    std::vector<service::ReceivedHandover> received;
    for (const dto::ReceivedDto& one : body->received) received.push_back({BatchId{one.batch}, UnitId{one.unit}});
    const auto confirmed = service::confirm_handovers(call.services, call.person(), received);
    return confirmed ? reply(dto::ConfirmedDto{*confirmed}) : problem(confirmed.error());
}

Response customers_history(Call& call) {
    Date on = kNoDate;
    if (const std::string_view text = call.query_parameter("on"); !text.empty()) {
        const auto day = parse_date(text);
        if (!day) return problem(day.error());
        on = *day;
    }
    return read_as_actor(call, [&](const service::Actor& actor, ports::UnitOfWork& work) -> Result<dto::CustomerHistoryDto> {
        QUDAO_TRY(history, service::customer_history(actor, work, call.path_parameter("code"), on));
        const Customer& customer = history.customer;
        dto::CustomerHistoryDto dto;
        dto.customer = customer.id.value;
        dto.code = customer.code;
        dto.name = customer.name;
        dto.place = customer.place.value;
        dto.installed_on = format_date(customer.installed_on);
        dto.new_in = customer.new_in.yyyymm;
        dto.locked_until = format_date(customer.locked_until);
        dto.on = format_date(on);
        if (history.place_then) dto.place_then = history.place_then->value;
        for (const ports::PlaceChange& c : history.changes)
            dto.changes.push_back({format_instant(c.at), c.from.value, c.to.value, c.batch.value, c.person.value, c.note});
        for (const ports::LockEvent& l : history.locks)
            dto.locks.push_back({format_instant(l.at), l.person.value, l.period.yyyymm, format_date(l.locked_before), format_date(l.locked_until), l.reason});
        dto.persons = names_of(history.persons);
        return dto;
    });
}

}  // namespace qudao::api
