#include "shared/api/policy_calls.hpp"

#include "shared/dto/move_dto.hpp"
#include "shared/dto/policy_dto.hpp"
#include "shared/service/policy_service.hpp"

namespace qudao::api {
namespace {

service::Policies policies_in(const dto::PoliciesDto& dto) {
    service::Policies policies;
    policies.window = {static_cast<unsigned>(dto.open_day), static_cast<unsigned>(dto.close_day)};
    policies.partition = {precedence_of(dto.precedence).value_or(Precedence::cabinet_first), UnitId{dto.fallback_pool}};  // the codec lets known codes in alone
    return policies;
}

dto::PoliciesDto to_dto(const service::Policies& policies, const Basis& basis) {
    return {basis.number, static_cast<std::int32_t>(policies.window.open_day), static_cast<std::int32_t>(policies.window.close_day),
            std::string(code_of(policies.partition.precedence)), policies.partition.fallback_pool.value};
}

}  // namespace

Response policies_show(Call& call) {
    return read_as_actor(call, [&](const service::Actor& actor, ports::UnitOfWork& work) -> Result<dto::PoliciesDto> {
        QUDAO_TRY(policies, service::policies(actor, work));
        return to_dto(policies, actor.settings.basis);
    });
}

Response policies_preview(Call& call) {
    const auto body = dto::from_json<dto::PoliciesDto>(call.request.body);
    if (!body) return problem(body.error());
    return read_as_actor(call, [&](const service::Actor& actor, ports::UnitOfWork& work) -> Result<dto::PolicyEffectDto> {
        const service::Policies then = policies_in(*body);
        QUDAO_TRY(effect, service::preview_policies(actor, work, then));
        dto::PolicyEffectDto dto;
        dto.window_now = dto::to_dto(effect.window_now, actor.settings.window);
        dto.window_then = dto::to_dto(effect.window_then, then.window);
        dto.would_lock = effect.would_lock;
        dto.since = format_date(effect.since);
        dto.decided = effect.decided;
        dto.otherwise = effect.otherwise;
        for (const service::PlacedOtherwise& pair : effect.pairs) {
            if (dto.pairs.size() == dto::kMostPlacedOtherwise) break;
            dto.pairs.push_back({pair.from.value, pair.to.value, pair.customers});
        }
        return dto;
    });
}

Response policies_change(Call& call) {
    const auto body = dto::from_json<dto::PoliciesDto>(call.request.body);
    if (!body) return problem(body.error());
    const Status changed = service::change_policies(call.services, call.person(), {body->basis, policies_in(*body)});
    return changed ? policies_show(call) : problem(changed.error());
}

}  // namespace qudao::api
