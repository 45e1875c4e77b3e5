#include "shared/service/people_service.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "shared/base/text.hpp"
#include "shared/domain/menu.hpp"
#include "shared/domain/password_policy.hpp"
#include "shared/service/session_service.hpp"

namespace qudao::service {
namespace {

constexpr std::int64_t kLongestName = 80;
constexpr std::size_t kMostGrants = 50;
constexpr std::size_t kInitialPasswordLength = 16;  // of 64 letters: 96 bits

const Scope& reach_of(const Actor& actor) { return actor.rights.scope(Action::manage_people); }

bool reaches(const Actor& actor, const Grant& grant) {
    const UnitIndex unit = actor.organisation().find(grant.unit);
    return unit != kNoUnit && reach_of(actor).reaches(actor.organisation(), unit);
}

// Somebody without a role is nobody's but the province's.
bool reaches_all(const Actor& actor, const std::vector<Grant>& grants) {
    if (grants.empty()) return reach_of(actor).reaches(actor.organisation(), actor.organisation().root());
    return std::all_of(grants.begin(), grants.end(), [&](const Grant& grant) { return reaches(actor, grant); });
}
bool reaches_any(const Actor& actor, const std::vector<Grant>& grants) {
    if (grants.empty()) return reaches_all(actor, grants);
    return std::any_of(grants.begin(), grants.end(), [&](const Grant& grant) { return reaches(actor, grant); });
}

const Role* find_role(const std::vector<Role>& roles, RoleId id) {
    for (const Role& role : roles)
        if (role.id == id) return &role;
    return nullptr;
}

// Roles that are there, at units that are there and of their kind, all within reach; none twice.
Status check_given(const Actor& actor, const std::vector<Grant>& grants) {
    if (grants.size() > kMostGrants) return Error::of("people.too_many_roles").with("most", static_cast<std::int64_t>(kMostGrants));
    std::set<std::pair<std::int64_t, std::int64_t>> seen;
    for (const Grant& grant : grants) {
        const Role* role = find_role(actor.reference->roles, grant.role);
        if (role == nullptr) return Error::of("people.unknown_role").with("role", grant.role.value);
        const UnitIndex unit = actor.organisation().find(grant.unit);
        if (unit == kNoUnit) return Error::of("people.unknown_unit").with("unit", grant.unit.value);
        const std::string& name = actor.organisation().unit(unit).name;
        if (!fits(role->level, actor.organisation().unit(unit).kind)) return Error::of("people.role_level").with("role", role->name).with("unit", name);
        if (!reaches(actor, grant)) return Error::of("people.out_of_scope").with("unit", name);
        if (grant.channels == 0 || !seen.emplace(grant.role.value, grant.unit.value).second)
            return Error::of("people.role_twice").with("role", role->name).with("unit", name);
    }
    return done();
}

dto::Json json_of(const Actor& actor, const Person& person, const std::vector<Grant>& grants) {
    dto::Json roles = dto::Json::array();
    const Organisation& org = actor.organisation();
    for (const Grant& grant : grants) {
        const Role* role = find_role(actor.reference->roles, grant.role);
        const UnitIndex unit = org.find(grant.unit);
        std::string text = (role == nullptr ? std::to_string(grant.role.value) : role->name) + " @ " +
                           (unit == kNoUnit ? std::to_string(grant.unit.value) : org.unit(unit).name);
        for (std::size_t i = 0; grant.channels != kAllChannels && i < org.channels().size(); ++i)
            if ((grant.channels & channel_bit(static_cast<ChannelIndex>(i))) != 0) text += " / " + org.channels()[i].name;
        roles.push_back(std::move(text));
    }
    return {{"name", person.name}, {"active", person.active}, {"roles", std::move(roles)}};
}

std::string subject_of(const Person& person) { return person.login + " " + person.name; }

Result<PersonView> view_of(const Actor& actor, ports::UnitOfWork& work, PersonId id) {
    QUDAO_TRY(persons, work.people().persons({id}));
    QUDAO_TRY(grants, work.people().grants_of(id));
    if (persons.empty() || !reaches_any(actor, grants)) return Error::of("people.unknown");
    PersonView view{std::move(persons.front()), std::move(grants), false};
    view.manageable = reaches_all(actor, view.grants);
    return view;
}

Result<PersonView> managed(const Actor& actor, ports::UnitOfWork& work, PersonId id) {
    QUDAO_TRY(view, view_of(actor, work, id));
    if (!view.manageable) return Error::of("people.not_yours");
    return std::move(view);
}

Result<Actor> administrator(const Services& services, ports::UnitOfWork& work, PersonId person) {
    QUDAO_TRY(actor, load_actor_for_change(services, work, person));
    if (!actor.rights.may(Action::manage_people)) return Error::of("rights.missing").with("right", code_of(Action::manage_people));
    return std::move(actor);
}

bool matches(const PersonView& view, const PeopleFilter& filter, const Organisation& org) {
    const Person& person = view.person;
    if (!filter.text.empty() && person.login.find(filter.text) == std::string::npos && person.name.find(filter.text) == std::string::npos) return false;
    if (filter.active && person.active != *filter.active) return false;
    if (!filter.role && !filter.unit) return true;
    const UnitIndex under = org.find(filter.unit);
    return std::any_of(view.grants.begin(), view.grants.end(), [&](const Grant& grant) {
        if (filter.role && !(grant.role == filter.role)) return false;
        if (!filter.unit) return true;
        const UnitIndex unit = org.find(grant.unit);
        for (const Tree tree : {Tree::area, Tree::channel})
            if (under != kNoUnit && unit != kNoUnit && org.in_tree(tree, unit) && org.in_tree(tree, under) && org.interval(tree, under).contains(org.position(tree, unit)))
                return true;
        return false;
    });
}

std::string initial_password(ports::Secrets& secrets) { return secrets.random_token().substr(0, kInitialPasswordLength); }

bool same_grants(const std::vector<Grant>& a, const std::vector<Grant>& b) {
    const auto key = [](const Grant& grant) { return std::tuple(grant.role.value, grant.unit.value, grant.channels); };
    std::set<std::tuple<std::int64_t, std::int64_t, ChannelMask>> left;
    std::set<std::tuple<std::int64_t, std::int64_t, ChannelMask>> right;
    for (const Grant& grant : a) left.insert(key(grant));
    for (const Grant& grant : b) right.insert(key(grant));
    return left == right;
}

// All grants of active people, as they would be after the change.
std::vector<Grant> grants_after(const Actor& actor, const PersonChange& change) {
    std::vector<Grant> grants;
    for (const Grant& grant : actor.reference->grants)
        if (!(grant.person == change.person)) grants.push_back(grant);
    if (change.active) grants.insert(grants.end(), change.grants.begin(), change.grants.end());
    return grants;
}

}  // namespace

Status check_login(std::string_view login) {
    const bool letters = std::all_of(login.begin(), login.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '_' || c == '-' || c == '.';
    });
    return letters && login.size() >= 2 && login.size() <= 64 ? done() : Status(Error::of("people.login"));
}

Status check_person_name(std::string_view name) {
    const std::int64_t length = count_code_points(name);
    return is_valid_utf8(name) && length >= 1 && length <= kLongestName && normalize_text(name) == name ? done() : Status(Error::of("people.name"));
}

namespace {

std::vector<PersonId> administrators(const Organisation& org, const std::vector<Role>& roles, const std::vector<Grant>& grants) {
    const auto everywhere = [&](const Rights& rights, Action action) { return rights.scope(action).reaches(org, org.root()); };
    std::map<std::int64_t, std::vector<Grant>> at_root;  // what reaches everywhere is held there
    for (const Grant& grant : grants)
        if (org.find(grant.unit) == org.root()) at_root[grant.person.value].push_back(grant);
    std::vector<PersonId> found;
    for (const auto& [person, held] : at_root) {
        const Rights rights(org, roles, held, PersonId{person});
        if (everywhere(rights, Action::manage_people) && everywhere(rights, Action::manage_roles)) found.push_back(PersonId{person});
    }
    return found;
}

// The first screen that none of the administrators finds in the menu together with the others; empty: somebody has them all.
std::string_view missing_screen(const Organisation& org, const std::vector<Role>& roles, const std::vector<Grant>& grants, const std::vector<MenuPlace>& arranged) {
    std::string_view missing;
    for (const PersonId person : administrators(org, roles, grants)) {
        const std::vector<MenuPlace> menu = menu_of(arranged, held_roles(org, roles, grants, person));
        const auto needed = needed_menu_items();
        const auto gone = std::find_if(needed.begin(), needed.end(), [&](std::string_view code) {
            return std::none_of(menu.begin(), menu.end(), [&](const MenuPlace& place) { return place.code == code; });
        });
        if (gone == needed.end()) return {};
        missing = *gone;
    }
    return missing;
}

}  // namespace

bool has_administrator(const Organisation& org, const std::vector<Role>& roles, const std::vector<Grant>& grants) {
    return !administrators(org, roles, grants).empty();
}

Status check_administrators(const Actor& actor, ports::UnitOfWork& work, const std::vector<Role>& roles, const std::vector<Grant>& grants) {
    const Organisation& org = actor.organisation();
    if (!has_administrator(org, roles, grants)) return Error::of("people.last_administrator");
    const Rights after(org, roles, grants, actor.person.id);
    for (const Action action : {Action::manage_people, Action::manage_roles})
        if (actor.rights.may(action) && !after.may(action)) return Error::of("people.self");
    QUDAO_TRY(stored, work.people().menu());
    const std::vector<MenuPlace> menu = arranged_menu(stored);
    // Where it is so already, other changes are not held up by it.
    const std::string_view missing = missing_screen(org, roles, grants, menu);
    if (missing.empty() || !missing_screen(org, actor.reference->roles, actor.reference->grants, menu).empty()) return done();
    return Error::of("menu.needed").with("item", missing);
}

Result<PeopleFound> people(const Actor& actor, ports::UnitOfWork& work, const PeopleFilter& filter) {
    QUDAO_TRY(everybody, work.people().all());
    QUDAO_TRY(grants, work.people().all_grants());
    std::map<std::int64_t, std::vector<Grant>> by_person;
    for (const Grant& grant : grants) by_person[grant.person.value].push_back(grant);
    std::sort(everybody.begin(), everybody.end(), [](const Person& a, const Person& b) { return a.login < b.login; });
    PeopleFound found;
    for (Person& person : everybody) {
        PersonView view{std::move(person), std::move(by_person[person.id.value]), false};
        if (!matches(view, filter, actor.organisation()) || !reaches_any(actor, view.grants)) continue;
        ++found.total;
        if (view.person.login <= filter.after) continue;
        if (found.people.size() == filter.limit) {
            found.more = true;
            continue;
        }
        view.manageable = reaches_all(actor, view.grants);
        found.people.push_back(std::move(view));
    }
    return found;
}

Result<PersonView> person(const Actor& actor, ports::UnitOfWork& work, PersonId id) { return view_of(actor, work, id); }

Result<AddedPerson> add_person(const Services& services, PersonId actor_id, NewPerson person) {
    QUDAO_CHECK(check_login(person.login));
    QUDAO_CHECK(check_person_name(person.name));
    AddedPerson added;
    added.password = initial_password(services.secrets);
    // Hashing takes long: no transaction is open meanwhile.
    QUDAO_TRY(hash, services.secrets.hash_password(added.password));
    QUDAO_TRY(work, services.database.begin(ports::Access::write));
    QUDAO_TRY(actor, administrator(services, *work, actor_id));
    QUDAO_CHECK(check_given(actor, person.grants));
    if (person.grants.empty() && !reaches_all(actor, {})) return Error::of("people.needs_role");
    Person stored{{}, person.login, person.name, true, true, 1};
    QUDAO_TRY(id, work->people().add_person(stored, hash));
    added.person = id;
    for (Grant& grant : person.grants) grant.person = id;
    QUDAO_CHECK(work->people().add_grants(person.grants));
    QUDAO_CHECK(work->settings().bump_rights());
    auto entry = record(*work, actor, {"person.add", id.value, subject_of(stored), dto::Json::object(), json_of(actor, stored, person.grants)});
    if (!entry) return std::move(entry).error();
    QUDAO_CHECK(work->commit());
    return added;
}

Status change_person(const Services& services, PersonId actor_id, PersonChange change) {
    QUDAO_CHECK(check_person_name(change.name));
    QUDAO_TRY(work, services.database.begin(ports::Access::write));
    QUDAO_TRY(actor, administrator(services, *work, actor_id));
    QUDAO_TRY(before, managed(actor, *work, change.person));
    for (Grant& grant : change.grants) grant.person = change.person;
    QUDAO_CHECK(check_given(actor, change.grants));
    if (change.grants.empty() && !reaches_all(actor, {})) return Error::of("people.needs_role");
    const bool roles_change = !same_grants(before.grants, change.grants) || before.person.active != change.active;
    if (roles_change && change.person == actor_id) return Error::of("people.self");
    if (roles_change) QUDAO_CHECK(check_administrators(actor, *work, actor.reference->roles, grants_after(actor, change)));
    Person after = before.person;
    after.version = change.version;
    after.name = change.name;
    after.active = change.active;
    QUDAO_CHECK(work->people().change_person(after));
    QUDAO_CHECK(work->people().replace_grants(change.person, change.grants));
    if (roles_change) QUDAO_CHECK(work->settings().bump_rights());
    if (!change.active) QUDAO_CHECK(work->sessions().remove_of(change.person, {}));
    dto::Json was = json_of(actor, before.person, before.grants);
    dto::Json is = json_of(actor, after, change.grants);
    keep_differences(was, is);
    auto entry = record(*work, actor, {"person.change", change.person.value, subject_of(after), std::move(was), std::move(is)});
    if (!entry) return std::move(entry).error();
    return work->commit();
}

Result<std::string> reset_password(const Services& services, PersonId actor_id, PersonId person) {
    std::string password = initial_password(services.secrets);
    QUDAO_TRY(hash, services.secrets.hash_password(password));
    QUDAO_TRY(work, services.database.begin(ports::Access::write));
    QUDAO_TRY(actor, administrator(services, *work, actor_id));
    if (person == actor_id) return Error::of("people.self");
    QUDAO_TRY(view, managed(actor, *work, person));
    QUDAO_CHECK(work->people().set_password(person, hash));
    view.person.must_change_password = true;
    QUDAO_CHECK(work->people().change_person(view.person));
    QUDAO_CHECK(work->sessions().remove_of(person, {}));
    QUDAO_CHECK(work->sessions().clear_failures(account_failures(services, view.person.login)));
    auto entry = record(*work, actor, {"person.reset_password", person.value, subject_of(view.person)});
    if (!entry) return std::move(entry).error();
    QUDAO_CHECK(work->commit());
    return password;
}

Status end_sessions_of(const Services& services, PersonId actor_id, PersonId person) {
    QUDAO_TRY(work, services.database.begin(ports::Access::write));
    QUDAO_TRY(actor, administrator(services, *work, actor_id));
    QUDAO_TRY(view, managed(actor, *work, person));
    QUDAO_CHECK(work->sessions().remove_of(person, {}));
    auto entry = record(*work, actor, {"person.end_sessions", person.value, subject_of(view.person)});
    if (!entry) return std::move(entry).error();
    return work->commit();
}

}  // namespace qudao::service
