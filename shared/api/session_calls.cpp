#include "shared/api/session_calls.hpp"

#include "shared/dto/move_dto.hpp"
#include "shared/dto/session_dto.hpp"
#include "shared/dto/view_dto.hpp"
#include "shared/service/role_service.hpp"
#include "shared/service/round_service.hpp"
#include "shared/service/session_service.hpp"
#include "shared/service/view_service.hpp"

namespace qudao::api {
namespace {

constexpr std::string_view kVersion = "0.1.0";

std::vector<dto::GrantDto> grants_of(const service::Actor& actor) {
    std::vector<dto::GrantDto> out;
    const Organisation& org = actor.organisation();
    for (const Grant& grant : actor.reference->grants) {
        if (!(grant.person == actor.person.id)) continue;
        dto::GrantDto dto;
        for (const Role& role : actor.reference->roles) {
            if (!(role.id == grant.role)) continue;
            dto.role = role.code;
            dto.role_name = role.name;
            for (std::size_t i = 0; i < kActions; ++i)
                if ((role.actions & action_bit(static_cast<Action>(i))) != 0) dto.actions.emplace_back(code_of(static_cast<Action>(i)));
        }
        dto.unit = grant.unit.value;
        for (std::size_t i = 0; grant.channels != kAllChannels && i < org.channels().size(); ++i)
            if ((grant.channels & channel_bit(static_cast<ChannelIndex>(i))) != 0) dto.channels.push_back(org.channels()[i].code);
        out.push_back(std::move(dto));
    }
    return out;
}

dto::SessionDto session_dto(const service::Actor& actor, const std::string& csrf_token) {
    dto::SessionDto dto;
    dto.person = actor.person.id.value;
    dto.login = actor.person.login;
    dto.name = actor.person.name;
    dto.csrf_token = csrf_token;
    dto.grants = grants_of(actor);
    const Basis& basis = actor.settings.basis;
    dto.basis = {basis.number, basis.rights_version, basis.policy_version};
    dto.day = format_date(actor.day);
    dto.demonstration = actor.settings.demonstration;
    dto.revenue_period = actor.settings.revenue_period.yyyymm;
    dto.window = dto::to_dto(window_on(actor.day, actor.settings.window), actor.settings.window);
    return dto;
}

Response show(Call& call) {
    return read_as_actor(call, [&](const service::Actor& actor, ports::UnitOfWork& work) -> Result<dto::SessionDto> {
        dto::SessionDto dto = session_dto(actor, call.session->csrf_token);
        dto.must_change_password = call.session->must_change_password;
        QUDAO_TRY(menu, service::menu_of_actor(actor, work));
        for (MenuPlace& place : menu) dto.menu.push_back({std::move(place.code), std::move(place.section), place.hidden});
        if (call.session->seen_as) {
            QUDAO_TRY(persons, work.people().persons({call.session->person}));
            if (!persons.empty()) dto.seen_by = persons.front().name;
        }
        return dto;
    });
}

Response cleared(const Call& call) {
    Response response;
    response.status = call.use_case.success_status;
    response.content_type.clear();
    response.session_change = SessionChange::clear;
    response.log_detail = "session.closed";
    return response;
}

}  // namespace

Response health(Call&) { return reply(dto::HealthDto{"ok", std::string(kVersion)}); }

Response openapi(Call&) {
    Response response;
    response.body = openapi_document();
    return response;
}

Response session_open(Call& call) {
    auto body = dto::from_json<dto::LogInRequest>(call.request.body);
    if (!body) return problem(body.error());
    auto opened = service::log_in(call.services, {std::move(body->login), std::move(body->password), call.request.address, call.request.session_token});
    if (!opened) return problem(opened.error());
    call.session = opened->session;
    Response response = show(call);
    if (response.status == call.use_case.success_status) {
        response.session_change = SessionChange::set;
        response.session_token = opened->token;
        response.log_detail = "session.opened";
    }
    return response;
}

Response session_show(Call& call) { return show(call); }

Response session_close(Call& call) {
    const Status closed = service::log_out(call.services, call.request.session_token);
    if (!closed) return problem(closed.error());
    return cleared(call);
}

Response sessions_close(Call& call) {
    const Status closed = service::log_out_everywhere(call.services, *call.session);
    return closed ? cleared(call) : problem(closed.error());
}

Response password_change(Call& call) {
    auto body = dto::from_json<dto::PasswordRequest>(call.request.body);
    if (!body) return problem(body.error());
    const Status changed = service::change_password(call.services, *call.session, body->current, body->password);
    if (!changed) return problem(changed.error());
    call.session->must_change_password = false;
    return show(call);
}

Response see_as_open(Call& call) {
    auto body = dto::from_json<dto::SeeAsRequest>(call.request.body);
    if (!body) return problem(body.error());
    const Status begun = service::see_as(call.services, *call.session, PersonId{body->person});
    if (!begun) return problem(begun.error());
    call.session->seen_as = PersonId{body->person};
    return show(call);
}

Response see_as_close(Call& call) {
    const Status ended = service::see_as_oneself(call.services, *call.session);
    if (!ended) return problem(ended.error());
    call.session->seen_as = {};
    return show(call);
}

Response demo_date_set(Call& call) {
    auto body = dto::from_json<dto::DemoDateRequest>(call.request.body);
    if (!body) return problem(body.error());
    const auto day = parse_date(body->day);
    if (!day) return problem(day.error());
    const Status set = service::set_demo_date(call.services, call.person(), *day);
    if (!set) return problem(set.error());
    // A demonstration's date is its clock: rounds whose window is over by it are closed at once.
    const auto closed = service::close_due(call.services);
    return closed ? show(call) : problem(closed.error());
}

Response views_show(Call& call) {
    return read_as_actor(call, [&](const service::Actor& actor, ports::UnitOfWork& work) -> Result<dto::SavedViewsDto> {
        QUDAO_TRY(views, work.people().saved_views(actor.person.id));
        dto::SavedViewsDto dto;
        for (SavedView& view : views) dto.views.push_back({view.id, std::move(view.name), std::move(view.address), std::move(view.layouts)});
        return dto;
    });
}

Response views_save(Call& call) {
    auto body = dto::from_json<dto::SaveViewRequest>(call.request.body);
    if (!body) return problem(body.error());
    const Status saved = service::save_view(call.services, call.person(), {0, std::move(body->name), std::move(body->address), std::move(body->layouts)});
    return saved ? views_show(call) : problem(saved.error());
}

Response views_forget(Call& call) {
    const auto view = call.path_id("view");
    if (!view) return problem(view.error());
    const Status forgotten = service::forget_view(call.services, call.person(), *view);
    return forgotten ? views_show(call) : problem(forgotten.error());
}

}  // namespace qudao::api
