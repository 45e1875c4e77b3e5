#include "shared/service/role_service.hpp"

#include <algorithm>
#include <set>

#include "shared/base/text.hpp"
#include "shared/service/people_service.hpp"

namespace qudao::service {
namespace {

constexpr std::int64_t kLongestName = 80;

Result<Actor> administrator(const Services& services, ports::UnitOfWork& work, PersonId person) {
    QUDAO_TRY(actor, load_actor_for_change(services, work, person));
    if (!actor.rights.may(Action::manage_roles)) return Error::of("rights.missing").with("right", code_of(Action::manage_roles));
    return std::move(actor);
}

dto::Json json_of(const Role& role) {
    dto::Json actions = dto::Json::array();
    for (std::size_t i = 0; i < kActions; ++i)
        if ((role.actions & action_bit(static_cast<Action>(i))) != 0) actions.push_back(std::string(code_of(static_cast<Action>(i))));
    return {{"name", role.name}, {"actions", std::move(actions)}, {"hidden_menus", role.hidden_menus}};
}

dto::Json json_of(const std::vector<MenuPlace>& menu) {
    dto::Json items = dto::Json::array();
    for (const MenuPlace& place : menu) items.push_back(place.section + "/" + place.code + (place.hidden ? " -" : ""));
    return {{"items", std::move(items)}};
}

Status check_change(const RoleChange& change) {
    const std::int64_t length = count_code_points(change.name);
    if (!is_valid_utf8(change.name) || length < 1 || length > kLongestName || normalize_text(change.name) != change.name) return Error::of("roles.name");
    for (const std::string& item : change.hidden_menus)
        if (find_menu_item(item) == nullptr) return Error::of("menu.unknown_item").with("item", item);
    return done();
}

}  // namespace

std::vector<RoleLine> roles(const Actor& actor) {
    std::vector<RoleLine> lines;
    for (const Role& role : actor.reference->roles) {
        std::set<std::int64_t> holders;
        for (const Grant& grant : actor.reference->grants)
            if (grant.role == role.id) holders.insert(grant.person.value);
        lines.push_back({role, static_cast<std::int64_t>(holders.size())});
    }
    return lines;
}

Status change_role(const Services& services, PersonId actor_id, const RoleChange& change) {
    QUDAO_CHECK(check_change(change));
    QUDAO_TRY(work, services.database.begin(ports::Access::write));
    QUDAO_TRY(actor, administrator(services, *work, actor_id));
    if (actor.settings.basis.rights_version != change.rights_version) return Error::of("roles.stale");
    std::vector<Role> after = actor.reference->roles;
    const auto role = std::find_if(after.begin(), after.end(), [&](const Role& one) { return one.id == change.role; });
    if (role == after.end()) return Error::of("roles.unknown").with("role", change.role.value);
    const Role before = *role;
    role->name = change.name;
    role->actions = change.actions;
    role->hidden_menus = change.hidden_menus;
    QUDAO_CHECK(check_administrators(actor, *work, after, actor.reference->grants));
    QUDAO_CHECK(work->people().change_role(*role));
    QUDAO_CHECK(work->settings().bump_rights());
    dto::Json was = json_of(before);
    dto::Json is = json_of(*role);
    keep_differences(was, is);
    auto entry = record(*work, actor, {"role.change", role->id.value, role->name, std::move(was), std::move(is)});
    if (!entry) return std::move(entry).error();
    return work->commit();
}

Result<std::vector<MenuPlace>> menu(ports::UnitOfWork& work) {
    QUDAO_TRY(stored, work.people().menu());
    return arranged_menu(stored);
}

Status change_menu(const Services& services, PersonId actor_id, std::int64_t rights_version, const std::vector<MenuPlace>& changed) {
    QUDAO_CHECK(check_menu(changed));
    QUDAO_TRY(work, services.database.begin(ports::Access::write));
    QUDAO_TRY(actor, administrator(services, *work, actor_id));
    if (actor.settings.basis.rights_version != rights_version) return Error::of("menu.stale");
    QUDAO_TRY(before, menu(*work));
    const std::vector<MenuPlace> after = arranged_menu(changed);
    QUDAO_CHECK(work->people().save_menu(after));
    QUDAO_CHECK(work->settings().bump_rights());
    auto entry = record(*work, actor, {"menu.change", 0, "", json_of(before), json_of(after)});
    if (!entry) return std::move(entry).error();
    return work->commit();
}

Result<std::vector<MenuPlace>> menu_of_actor(const Actor& actor, ports::UnitOfWork& work) {
    QUDAO_TRY(arranged, menu(work));
    return menu_of(arranged, held_roles(actor.organisation(), actor.reference->roles, actor.reference->grants, actor.person.id));
}

}  // namespace qudao::service
