// The use cases of administration: people, roles, menus, units, the audit trail, keys and what they open.
#include <array>

#include "shared/api/audit_calls.hpp"
#include "shared/api/people_calls.hpp"
#include "shared/api/policy_calls.hpp"
#include "shared/api/unit_calls.hpp"
#include "shared/api/use_case_parts.hpp"
#include "shared/dto/audit_dto.hpp"
#include "shared/dto/people_dto.hpp"
#include "shared/dto/policy_dto.hpp"
#include "shared/dto/unit_dto.hpp"

namespace qudao::api {
namespace {

using namespace dto;

constexpr std::array<std::string_view, 1> kBasis = {"basis"};
constexpr std::array<std::string_view, 2> kIdentity = {"code", "contract"};

std::vector<UseCase> people_use_cases() {
    return {
        reading(needing(Action::manage_people, post("people.list", "/api/v1/people/list", "A page of people", people_list,
                                                    schema_of<PeopleRequest>, schema_of<PeoplePage>))),
        needing(Action::manage_people, get("people.show", "/api/v1/people/{person}", "One person: what they may do, and why", people_show,
                                           schema_of<PersonDto>)),
        needing(Action::manage_people, post("people.add", "/api/v1/people", "Add a person with roles", people_add,
                                            schema_of<PersonAddRequest>, schema_of<FirstPasswordDto>), 201),
        needing(Action::manage_people, with(post("people.change", "/api/v1/people/{person}", "Change a person's name, roles, activity",
                                                 people_change, schema_of<PersonChangeRequest>, schema_of<PersonDto>),
                                            Method::put)),
        needing(Action::manage_people, with(get("people.reset_password", "/api/v1/people/{person}/password", "Give a person a new first password",
                                                people_reset_password, schema_of<FirstPasswordDto>),
                                            Method::post)),
        needing(Action::manage_people, with(get("people.end_sessions", "/api/v1/people/{person}/sessions", "Log a person out everywhere",
                                                people_end_sessions, schema_of<PersonDto>),
                                            Method::del)),
        get("roles.show", "/api/v1/roles", "All roles with rights and menus", roles_show, schema_of<RolesDto>),
        needing_everywhere(Action::manage_roles, with(post("roles.change", "/api/v1/roles/{role}", "Change what a role may do and its menus", roles_change,
                                                schema_of<RoleChangeRequest>, schema_of<RolesDto>),
                                           Method::put)),
        needing_everywhere(Action::manage_roles, get("menu.show", "/api/v1/menu", "The main menu as arranged", menu_show, schema_of<MenuDto>)),
        needing_everywhere(Action::manage_roles, with(post("menu.change", "/api/v1/menu", "Arrange the main menu", menu_change, schema_of<MenuDto>,
                                                schema_of<MenuDto>),
                                           Method::put)),
    };
}

std::vector<UseCase> unit_use_cases() {
    return {
        needing(Action::manage_units, post("units.add", "/api/v1/units", "Add a unit", units_add, schema_of<UnitAddRequest>,
                                           schema_of<UnitChangedDto>), 201),
        needing(Action::manage_units, with(post("units.change", "/api/v1/units/{unit}", "Rename, reorder or retire a unit", units_change,
                                                schema_of<UnitChangeRequest>, schema_of<UnitChangedDto>),
                                           Method::put)),
        needing(Action::manage_units, get("units.uses", "/api/v1/units/{unit}/uses", "What hangs on a unit", units_uses, schema_of<UnitUsesDto>)),
        needing(Action::manage_units, get("units.changes", "/api/v1/units/{unit}/changes", "The newest changes of a unit", units_changes, schema_of<AuditPageDto>)),
        asking(kBasis, needing(Action::manage_units, with(get("units.delete", "/api/v1/units/{unit}", "Delete a unit on which nothing hangs",
                                                              units_delete, nullptr),
                                                          Method::del), 204)),
        reading(needing(Action::manage_units, post("units.move_preview", "/api/v1/units/{unit}/move-plan", "Who would gain or lose sight of whom",
                                                   units_move_preview, schema_of<UnitMoveRequest>, schema_of<UnitMovePlanDto>))),
        needing(Action::manage_units, post("units.move", "/api/v1/units/{unit}/move", "Move a unit as previewed", units_move,
                                           schema_of<UnitMoveRequest>, schema_of<UnitChangedDto>)),
        needing(Action::manage_units, with(get("units.undo", "/api/v1/audit/{entry}/undo", "Undo a change of a unit", units_undo,
                                               schema_of<UnitChangedDto>),
                                           Method::post)),
    };
}

std::vector<UseCase> policy_use_cases() {
    return {
        needing_everywhere(Action::manage_policies, get("policies.show", "/api/v1/policies", "The adjustment window, and the precedence of the partition",
                                                        policies_show, schema_of<PoliciesDto>)),
        reading(needing_everywhere(Action::manage_policies, post("policies.preview", "/api/v1/policies/preview", "What other policies would do",
                                                                 policies_preview, schema_of<PoliciesDto>, schema_of<PolicyEffectDto>))),
        needing_everywhere(Action::manage_policies, with(post("policies.change", "/api/v1/policies", "Change policies", policies_change,
                                                              schema_of<PoliciesDto>, schema_of<PoliciesDto>),
                                                         Method::put)),
    };
}

std::vector<UseCase> oversight_use_cases() {
    return {
        reading(needing_everywhere(Action::view_audit, post("audit.list", "/api/v1/audit/list", "A page of the audit trail", audit_list,
                                                 schema_of<AuditRequest>, schema_of<AuditPageDto>))),
        needing_everywhere(Action::manage_keys, get("keys.show", "/api/v1/keys", "The keys of other systems", keys_show, schema_of<KeysDto>)),
        needing_everywhere(Action::manage_keys, post("keys.add", "/api/v1/keys", "Make a key; it is told once", keys_add, schema_of<KeyAddRequest>,
                                          schema_of<KeyAddedDto>), 201),
        needing_everywhere(Action::manage_keys, with(get("keys.revoke", "/api/v1/keys/{key}", "Revoke a key", keys_revoke, schema_of<KeysDto>), Method::del)),
        by_key(asking(kIdentity, get("identity.show", "/api/v1/identity/customers", "Customers by code or contract, within the key's scope",
                                     identity_show, schema_of<IdentitiesDto>))),
    };
}

}  // namespace

std::vector<UseCase> administration_use_cases() {
    std::vector<UseCase> all = people_use_cases();
    for (const auto& more : {unit_use_cases(), policy_use_cases(), oversight_use_cases()}) all.insert(all.end(), more.begin(), more.end());
    return all;
}

}  // namespace qudao::api
