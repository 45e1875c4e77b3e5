#include "shared/api/unit_calls.hpp"

#include <algorithm>
#include <charconv>
#include <map>

#include "shared/dto/unit_dto.hpp"
#include "shared/service/unit_service.hpp"

namespace qudao::api {
namespace {

Response changed(const Call& call, const Result<service::ChangedUnit>& result) {
    if (!result) return problem(result.error());
    return reply(dto::UnitChangedDto{result->unit.id.value, result->entry.value, result->basis.number}, call.use_case.success_status);
}

Result<service::UnitMove> move_in(Call& call) {
    QUDAO_TRY(unit, call.path_id("unit"));
    QUDAO_TRY(body, dto::from_json<dto::UnitMoveRequest>(call.request.body));
    return service::UnitMove{UnitId{unit}, body.basis, UnitId{body.area_parent}, UnitId{body.channel_parent}};
}

dto::UnitMovePlanDto plan_dto(service::UnitMovePlan plan) {
    dto::UnitMovePlanDto dto{plan.basis.number, plan.units, plan.customers, static_cast<std::int64_t>(plan.sight.size()), {}, {}};
    std::map<std::int64_t, const Person*> persons;
    for (const Person& person : plan.persons) persons[person.id.value] = &person;
    // The most affected first: they are the ones to talk to.
    std::stable_sort(plan.sight.begin(), plan.sight.end(), [](const SightChange& a, const SightChange& b) { return a.gains + a.loses > b.gains + b.loses; });
    if (plan.sight.size() > dto::kMostUnitSight) plan.sight.resize(dto::kMostUnitSight);
    for (const SightChange& change : plan.sight) {
        const auto person = persons.find(change.person.value);
        dto::UnitSightDto line{change.person.value, {}, {}, change.gains, change.loses};
        if (person != persons.end()) {
            line.login = person->second->login;
            line.name = person->second->name;
        }
        dto.sight.push_back(std::move(line));
    }
    if (plan.keys.size() > dto::kMostUnitSight) plan.keys.resize(dto::kMostUnitSight);
    for (service::UnitMovePlan::KeySight& key : plan.keys) dto.keys.push_back({std::move(key.name), key.gains, key.loses});
    return dto;
}

}  // namespace

Response units_add(Call& call) {
    auto body = dto::from_json<dto::UnitAddRequest>(call.request.body);
    if (!body) return problem(body.error());
    UnitRecord unit;
    unit.code = std::move(body->code);
    unit.name = std::move(body->name);
    unit.kind = unit_kind_of(body->kind).value_or(UnitKind::community);  // the codec lets known kinds in alone
    unit.channel = ChannelId{body->channel};
    unit.area_parent = UnitId{body->area_parent};
    unit.channel_parent = UnitId{body->channel_parent};
    unit.billing_area = std::move(body->billing_area);
    unit.sort_order = body->sort_order;
    return changed(call, service::add_unit(call.services, call.person(), std::move(unit)));
}

Response units_change(Call& call) {
    const auto unit = call.path_id("unit");
    if (!unit) return problem(unit.error());
    auto body = dto::from_json<dto::UnitChangeRequest>(call.request.body);
    if (!body) return problem(body.error());
    return changed(call, service::change_unit(call.services, call.person(),
                                              {UnitId{*unit}, body->basis, std::move(body->name), body->sort_order, std::move(body->billing_area), body->active}));
}

Response units_move_preview(Call& call) {
    const auto move = move_in(call);
    if (!move) return problem(move.error());
    return read_as_actor(call, [&](const service::Actor& actor, ports::UnitOfWork& work) -> Result<dto::UnitMovePlanDto> {
        QUDAO_TRY(plan, service::preview_unit_move(actor, work, *move));
        return plan_dto(std::move(plan));
    });
}

Response units_move(Call& call) {
    const auto move = move_in(call);
    return move ? changed(call, service::move_unit(call.services, call.person(), *move)) : problem(move.error());
}

Response units_uses(Call& call) {
    const auto unit = call.path_id("unit");
    if (!unit) return problem(unit.error());
    return read_as_actor(call, [&](const service::Actor& actor, ports::UnitOfWork& work) -> Result<dto::UnitUsesDto> {
        QUDAO_TRY(uses, service::unit_uses(actor, work, UnitId{*unit}));
        dto::UnitUsesDto dto;
        for (ports::UnitUse& use : uses) dto.uses.push_back({std::move(use.what), use.count});
        return dto;
    });
}

Response units_delete(Call& call) {
    const auto unit = call.path_id("unit");
    if (!unit) return problem(unit.error());
    std::int64_t basis = 0;
    const std::string_view text = call.query_parameter("basis");
    const auto parsed = std::from_chars(text.data(), text.data() + text.size(), basis);
    if (parsed.ec != std::errc{} || parsed.ptr != text.data() + text.size()) return problem(Error::of("request.invalid").at("basis", "type"));
    const Status deleted = service::delete_unit(call.services, call.person(), UnitId{*unit}, basis);
    if (!deleted) return problem(deleted.error());
    Response response;
    response.status = call.use_case.success_status;
    response.content_type.clear();
    return response;
}

Response units_undo(Call& call) {
    const auto entry = call.path_id("entry");
    if (!entry) return problem(entry.error());
    return changed(call, service::undo_unit_change(call.services, call.person(), AuditId{*entry}));
}

}  // namespace qudao::api
