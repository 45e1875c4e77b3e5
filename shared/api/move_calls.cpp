#include "shared/api/move_calls.hpp"

#include <algorithm>
#include <memory>

#include "shared/api/job_calls.hpp"
#include "shared/dto/move_dto.hpp"
#include "shared/service/move_service.hpp"

namespace qudao::api {
namespace {

bool good_key(std::string_view key) {
    return key.size() >= 16 && key.size() <= 64 && std::all_of(key.begin(), key.end(), [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
           });
}

std::string job_path(const std::string& key) { return "/api/v1/jobs/" + key; }

Status ignore_value(Result<ports::Batch> result) { return result ? done() : Status(std::move(result).error()); }

Result<dto::SightDto> sight_of(const service::Actor& actor, ports::UnitOfWork& work, const std::vector<Flow>& flows) {
    const service::Reference& reference = *actor.reference;
    auto changes = sight_changes(reference.organisation, reference.roles, reference.grants, flows, actor.rights.scope(Action::view_customer));
    dto::SightDto dto;
    dto.persons = static_cast<std::int64_t>(changes.size());
    std::stable_sort(changes.begin(), changes.end(), [](const SightChange& a, const SightChange& b) { return a.gains + a.loses > b.gains + b.loses; });
    if (changes.size() > 2000) changes.resize(2000);
    std::vector<PersonId> ids;
    for (const SightChange& change : changes) ids.push_back(change.person);
    QUDAO_TRY(persons, work.people().persons(ids));
    for (const SightChange& change : changes) {
        dto::SightChangeDto one{change.person.value, {}, {}, change.gains, change.loses};
        for (const Person& person : persons) {
            if (!(person.id == change.person)) continue;
            one.login = person.login;
            one.name = person.name;
        }
        dto.changes.push_back(std::move(one));
    }
    return dto;
}

}  // namespace

Response accept_job(Call& call, const std::string& key, ports::Jobs::Work work) {
    if (!good_key(key)) return problem(Error::of("request.invalid").at("key", "format"));
    const Status started = call.services.jobs.start({call.person(), key}, std::move(work));
    if (!started) return problem(started.error());
    dto::JobDto job;
    job.key = key;
    job.state = "running";
    Response response = reply(job, call.use_case.success_status);
    response.location = job_path(key);
    return response;
}

Response moves_preview(Call& call) {
    auto body = dto::from_json<dto::PreviewRequest>(call.request.body);
    if (!body) return problem(body.error());
    auto rows = dto::from_dto(body->rows);
    if (!rows) return problem(rows.error());
    return read_as_actor(call, [&](const service::Actor& actor, ports::UnitOfWork& work) -> Result<dto::PlanDto> {
        ports::NoProgress quiet;
        QUDAO_TRY(planned, service::preview(actor, work, std::move(*rows), quiet));
        return dto::to_dto(planned.plan, planned.rows, planned.customers, service::plan_context(actor), body->after.value_or(0));
    });
}

Response moves_sight(Call& call) {
    auto body = dto::from_json<dto::SightRequest>(call.request.body);
    if (!body) return problem(body.error());
    return read_as_actor(call, [&](const service::Actor& actor, ports::UnitOfWork& work) -> Result<dto::SightDto> {
        // Only flows between places the actor can see are answered: a count from elsewhere would tell about others.
        const Scope& view = actor.rights.scope(Action::view_customer);
        std::vector<Flow> flows;
        for (const dto::FlowDto& flow : body->flows) {
            const UnitIndex from = actor.organisation().find(UnitId{flow.from});
            const UnitIndex to = actor.organisation().find(UnitId{flow.to});
            if (from == kNoUnit || to == kNoUnit || !view.covers(from)) continue;
            flows.push_back({from, to, {flow.customers, flow.with_revenue, flow.revenue_fen}});
        }
        return sight_of(actor, work, flows);
    });
}

Response moves_commit(Call& call) {
    auto body = dto::from_json<dto::CommitRequest>(call.request.body);
    if (!body) return problem(body.error());
    auto rows = dto::from_dto(body->rows);
    if (!rows) return problem(rows.error());
    auto order = std::make_shared<service::CommitOrder>(
        service::CommitOrder{call.person(), body->key, std::move(body->digest), std::move(body->file_name), std::move(*rows)});
    const service::Services services = call.services;
    if (const Status usable = service::check_key(services, *order); !usable) return problem(usable.error());
    return accept_job(call, body->key, [services, order](ports::Progress& progress) {
        return ignore_value(service::commit(services, *order, progress));
    });
}

Response batches_undo(Call& call) {
    const auto id = call.path_id("batch");
    if (!id) return problem(id.error());
    auto body = dto::from_json<dto::UndoRequest>(call.request.body);
    if (!body) return problem(body.error());
    const service::UndoOrder order{call.person(), body->key, body->digest, BatchId{*id}};
    const service::Services services = call.services;
    if (const Status usable = service::check_key(services, order); !usable) return problem(usable.error());
    return accept_job(call, body->key, [services, order](ports::Progress& progress) {
        return ignore_value(service::undo(services, order, progress));
    });
}

Response jobs_show(Call& call) {
    const std::string key(call.path_parameter("key"));
    const auto state = call.services.jobs.state({call.person(), key});
    dto::JobDto job;
    job.key = key;
    job.state = "running";
    if (state && !state->finished) {
        job.phase = state->phase;
        job.done = state->done;
        job.total = state->total;
        return reply(job);
    }
    return read_as_actor(call, [&](const service::Actor& actor, ports::UnitOfWork& work) -> Result<dto::JobDto> {
        QUDAO_TRY(batch, service::outcome(actor, work, key));
        if (batch) {
            job.state = "done";
            job.batch = dto::to_dto(*batch, actor.person.name, {});
            return std::move(job);
        }
        if (!state) return Error::of("job.unknown").with("key", key);
        if (!state->error) {
            job.state = "done";
            if (!state->outcome.empty()) job.result = dto::Json::parse(state->outcome, nullptr, false);
            return std::move(job);
        }
        job.state = "failed";
        job.problem = dto::Json::parse(problem(*state->error).body);
        return std::move(job);
    });
}

Response batches_show(Call& call) {
    const auto id = call.path_id("batch");
    if (!id) return problem(id.error());
    return read_as_actor(call, [&](const service::Actor& actor, ports::UnitOfWork& work) -> Result<dto::BatchDto> {
        QUDAO_TRY(page, service::batch_page(actor, work, BatchId{*id}));
        return dto::to_dto(page.batch, page.person_name, page.undos);
    });
}

Response batches_undo_preview(Call& call) {
    const auto id = call.path_id("batch");
    if (!id) return problem(id.error());
    const auto after = call.query_number("after");
    if (!after) return problem(after.error());
    return read_as_actor(call, [&](const service::Actor& actor, ports::UnitOfWork& work) -> Result<dto::PlanDto> {
        ports::NoProgress quiet;
        QUDAO_TRY(planned, service::preview_undo(actor, work, BatchId{*id}, quiet));
        PlanContext context = service::plan_context(actor);
        context.time_allows = planned.time_allows;
        context.undo_window = planned.batch.window_opened_on;
        dto::PlanDto dto = dto::to_dto(planned.move.plan, planned.move.rows, planned.move.customers, context, *after);
        // Rows changed since stay where they are and do not stand in the way of the others.
        dto.can_commit = planned.move.plan.count(Verdict::moved) > 0;
        return dto;
    });
}

}  // namespace qudao::api
