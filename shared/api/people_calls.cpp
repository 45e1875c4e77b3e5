#include "shared/api/people_calls.hpp"

#include "shared/api/channel_codes.hpp"
#include "shared/dto/people_dto.hpp"
#include "shared/service/list_service.hpp"
#include "shared/service/people_service.hpp"
#include "shared/service/role_service.hpp"

namespace qudao::api {
namespace {

std::vector<dto::HeldRoleDto> held(const Organisation& org, const std::vector<Grant>& grants) {
    std::vector<dto::HeldRoleDto> out;
    for (const Grant& grant : grants) out.push_back({grant.role.value, grant.unit.value, channel_codes(org, grant.channels)});
    return out;
}

Result<std::vector<Grant>> grants_of(const Organisation& org, const std::vector<dto::HeldRoleDto>& roles) {
    std::vector<Grant> grants;
    for (const dto::HeldRoleDto& one : roles) {
        QUDAO_TRY(channels, channel_mask(org, one.channels, "roles.channels"));
        grants.push_back({{}, RoleId{one.role}, UnitId{one.unit}, channels});
    }
    return grants;
}

// What the codes of channels mean is read with the organisation of the moment; the service checks units and roles under
// its own.
Result<std::shared_ptr<const service::Reference>> reference(Call& call) {
    QUDAO_TRY(work, call.services.database.begin(ports::Access::read));
    return service::load_reference(call.services, *work);
}

std::vector<dto::MenuPlaceDto> menu_dto(const std::vector<MenuPlace>& menu) {
    std::vector<dto::MenuPlaceDto> out;
    for (const MenuPlace& place : menu) out.push_back({place.code, place.section, place.hidden});
    return out;
}

std::vector<std::string> action_codes(ActionMask actions) {
    std::vector<std::string> codes;
    for (std::size_t i = 0; i < kActions; ++i)
        if ((actions & action_bit(static_cast<Action>(i))) != 0) codes.emplace_back(code_of(static_cast<Action>(i)));
    return codes;
}

Status add_rights(dto::PersonDto& dto, const service::Actor& actor, ports::UnitOfWork& work, const service::PersonView& view) {
    const Organisation& org = actor.organisation();
    const std::vector<Role>& roles = actor.reference->roles;
    for (const RightReason& reason : reasons_of(roles, view.grants, view.person.id))
        dto.reasons.push_back({std::string(code_of(reason.action)), reason.role.value, reason.unit.value, channel_codes(org, reason.channels)});
    const Rights rights(org, roles, view.grants, view.person.id);
    QUDAO_TRY(totals, service::unit_totals(actor, work));
    for (UnitIndex unit = 0; unit < org.size(); ++unit) {
        if (!is_place(org.unit(unit).kind) || !rights.scope(Action::view_customer).covers(unit)) continue;
        ++dto.places;
        dto.customers += totals[unit].customers;
    }
    QUDAO_TRY(arranged, service::menu(work));
    dto.menu = menu_dto(menu_of(arranged, held_roles(org, roles, view.grants, view.person.id)));
    return done();
}

Response shown(Call& call, PersonId person) {
    return read_as_actor(call, [&](const service::Actor& actor, ports::UnitOfWork& work) -> Result<dto::PersonDto> {
        QUDAO_TRY(view, service::person(actor, work, person));
        dto::PersonDto dto;
        dto.id = view.person.id.value;
        dto.login = view.person.login;
        dto.name = view.person.name;
        dto.active = view.person.active;
        dto.manageable = view.manageable;
        dto.must_change_password = view.person.must_change_password;
        dto.version = view.person.version;
        dto.roles = held(actor.organisation(), view.grants);
        QUDAO_TRY(sessions, work.sessions().count_of(person));
        dto.sessions = sessions;
        QUDAO_CHECK(add_rights(dto, actor, work, view));
        return dto;
    });
}

}  // namespace

Response people_list(Call& call) {
    auto body = dto::from_json<dto::PeopleRequest>(call.request.body);
    if (!body) return problem(body.error());
    return read_as_actor(call, [&](const service::Actor& actor, ports::UnitOfWork& work) -> Result<dto::PeoplePage> {
        service::PeopleFilter filter{body->search, UnitId{body->unit}, RoleId{body->role}, std::nullopt, body->after, static_cast<std::size_t>(body->limit)};
        if (body->state != "all") filter.active = body->state == "active";
        QUDAO_TRY(found, service::people(actor, work, filter));
        dto::PeoplePage page;
        page.total = found.total;
        page.more = found.more;
        for (const service::PersonView& view : found.people)
            page.people.push_back({view.person.id.value, view.person.login, view.person.name, view.person.active, view.manageable,
                                   held(actor.organisation(), view.grants)});
        return page;
    });
}

Response people_show(Call& call) {
    const auto person = call.path_id("person");
    return person ? shown(call, PersonId{*person}) : problem(person.error());
}

Response people_add(Call& call) {
    auto body = dto::from_json<dto::PersonAddRequest>(call.request.body);
    if (!body) return problem(body.error());
    const auto known = reference(call);
    if (!known) return problem(known.error());
    auto grants = grants_of((*known)->organisation, body->roles);
    if (!grants) return problem(grants.error());
    const auto added = service::add_person(call.services, call.person(), {std::move(body->login), std::move(body->name), std::move(*grants)});
    return added ? reply(dto::FirstPasswordDto{added->person.value, added->password}, call.use_case.success_status) : problem(added.error());
}

Response people_change(Call& call) {
    const auto person = call.path_id("person");
    if (!person) return problem(person.error());
    auto body = dto::from_json<dto::PersonChangeRequest>(call.request.body);
    if (!body) return problem(body.error());
    const auto known = reference(call);
    if (!known) return problem(known.error());
    auto grants = grants_of((*known)->organisation, body->roles);
    if (!grants) return problem(grants.error());
    const Status changed =
        service::change_person(call.services, call.person(), {PersonId{*person}, body->version, std::move(body->name), body->active, std::move(*grants)});
    return changed ? shown(call, PersonId{*person}) : problem(changed.error());
}

Response people_reset_password(Call& call) {
    const auto person = call.path_id("person");
    if (!person) return problem(person.error());
    const auto password = service::reset_password(call.services, call.person(), PersonId{*person});
    return password ? reply(dto::FirstPasswordDto{*person, *password}) : problem(password.error());
}

Response people_end_sessions(Call& call) {
    const auto person = call.path_id("person");
    if (!person) return problem(person.error());
    const Status ended = service::end_sessions_of(call.services, call.person(), PersonId{*person});
    return ended ? shown(call, PersonId{*person}) : problem(ended.error());
}

Response roles_show(Call& call) {
    return read_as_actor(call, [&](const service::Actor& actor, ports::UnitOfWork&) {
        dto::RolesDto dto;
        dto.rights_version = actor.settings.basis.rights_version;
        for (const service::RoleLine& line : service::roles(actor))
            dto.roles.push_back({line.role.id.value, line.role.code, line.role.name, std::string(code_of(line.role.level)),
                                 action_codes(line.role.actions), line.role.hidden_menus, line.holders});
        return Result<dto::RolesDto>(std::move(dto));
    });
}

Response roles_change(Call& call) {
    const auto role = call.path_id("role");
    if (!role) return problem(role.error());
    auto body = dto::from_json<dto::RoleChangeRequest>(call.request.body);
    if (!body) return problem(body.error());
    service::RoleChange change{RoleId{*role}, body->rights_version, std::move(body->name), 0, std::move(body->hidden_menus)};
    for (const std::string& code : body->actions) {
        const auto action = action_of(code);
        if (!action) return problem(Error::of("request.invalid").at("actions", "choice"));
        change.actions |= action_bit(*action);
    }
    const Status changed = service::change_role(call.services, call.person(), change);
    return changed ? roles_show(call) : problem(changed.error());
}

Response menu_show(Call& call) {
    return read_as_actor(call, [&](const service::Actor& actor, ports::UnitOfWork& work) -> Result<dto::MenuDto> {
        QUDAO_TRY(menu, service::menu(work));
        return dto::MenuDto{actor.settings.basis.rights_version, menu_dto(menu)};
    });
}

Response menu_change(Call& call) {
    auto body = dto::from_json<dto::MenuDto>(call.request.body);
    if (!body) return problem(body.error());
    std::vector<MenuPlace> menu;
    for (dto::MenuPlaceDto& item : body->items) menu.push_back({std::move(item.code), std::move(item.section), item.hidden});
    const Status changed = service::change_menu(call.services, call.person(), body->rights_version, menu);
    return changed ? menu_show(call) : problem(changed.error());
}

}  // namespace qudao::api
