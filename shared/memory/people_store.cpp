#include <algorithm>

#include "shared/memory/stores.hpp"

namespace qudao::memory {
namespace {

StoredPerson* find(State& state, PersonId person) {
    for (StoredPerson& stored : state.persons)
        if (stored.person.id == person) return &stored;
    return nullptr;
}

}  // namespace

Result<std::vector<Role>> PeopleStore::roles() { return transaction_.state.roles; }

Result<std::vector<Grant>> PeopleStore::grants() {
    std::unordered_set<std::int64_t> active;
    for (const StoredPerson& stored : transaction_.state.persons)
        if (stored.person.active) active.insert(stored.person.id.value);
    std::vector<Grant> grants;
    for (const Grant& grant : transaction_.state.grants)
        if (active.count(grant.person.value) != 0) grants.push_back(grant);
    return grants;
}

Result<std::vector<Person>> PeopleStore::persons(const std::vector<PersonId>& ids) {
    std::unordered_set<std::int64_t> wanted;
    for (const PersonId id : ids) wanted.insert(id.value);
    QUDAO_TRY(everybody, all());
    std::vector<Person> found;
    for (const Person& person : everybody)
        if (wanted.count(person.id.value) != 0) found.push_back(person);
    return found;
}

Result<std::optional<ports::Credentials>> PeopleStore::credentials(std::string_view login) {
    for (const StoredPerson& stored : transaction_.state.persons)
        if (stored.person.login == login) return std::optional(ports::Credentials{stored.person, stored.password_hash});
    return std::optional<ports::Credentials>();
}

Result<std::vector<Person>> PeopleStore::all() {
    std::vector<Person> persons;
    for (const StoredPerson& stored : transaction_.state.persons) persons.push_back(stored.person);
    std::sort(persons.begin(), persons.end(), [](const Person& a, const Person& b) { return a.id < b.id; });
    return persons;
}

Result<std::vector<Grant>> PeopleStore::all_grants() { return transaction_.state.grants; }

Result<std::vector<Grant>> PeopleStore::grants_of(PersonId person) {
    std::vector<Grant> grants;
    for (const Grant& grant : transaction_.state.grants)
        if (grant.person == person) grants.push_back(grant);
    return grants;
}

Result<std::vector<MenuPlace>> PeopleStore::menu() { return transaction_.state.menu; }

Status PeopleStore::save_menu(const std::vector<MenuPlace>& menu) {
    change(transaction_, transaction_.state.menu, menu);
    return done();
}

Status PeopleStore::add_roles(const std::vector<Role>& roles) {
    State& state = transaction_.state;
    transaction_.on_rollback([&state, before = state.roles.size()] { state.roles.resize(before); });
    state.roles.insert(state.roles.end(), roles.begin(), roles.end());
    return done();
}

Status PeopleStore::change_role(const Role& role) {
    for (Role& stored : transaction_.state.roles) {
        if (!(stored.id == role.id)) continue;
        std::vector<Role> before = transaction_.state.roles;
        Role changed = role;
        changed.code = stored.code;
        stored = std::move(changed);
        transaction_.on_rollback([&roles = transaction_.state.roles, before] { roles = before; });
        return done();
    }
    return Error::of("rights.unknown_role").with("role", role.id.value);
}

Result<PersonId> PeopleStore::add_person(const Person& person, std::string_view password_hash) {
    State& state = transaction_.state;
    PersonId next{1};
    for (const StoredPerson& stored : state.persons) {
        if (stored.person.login == person.login) return Error::of("people.login_taken").with("login", person.login);
        next.value = std::max(next.value, stored.person.id.value + 1);
    }
    transaction_.on_rollback([&state] { state.persons.pop_back(); });
    state.persons.push_back({person, std::string(password_hash)});
    if (!person.id) state.persons.back().person.id = next;
    return state.persons.back().person.id;
}

Status PeopleStore::set_password(PersonId person, std::string_view password_hash) {
    State& state = transaction_.state;
    StoredPerson* stored = find(state, person);
    if (stored == nullptr) return Error::of("people.unknown");
    transaction_.on_rollback([&state, person, before = stored->password_hash] { find(state, person)->password_hash = before; });
    stored->password_hash = password_hash;
    return done();
}

Status PeopleStore::set_active(PersonId person, bool active) {
    State& state = transaction_.state;
    StoredPerson* stored = find(state, person);
    if (stored == nullptr) return Error::of("people.unknown");
    transaction_.on_rollback([&state, person, before = stored->person.active] { find(state, person)->person.active = before; });
    stored->person.active = active;
    return done();
}

Status PeopleStore::add_grants(const std::vector<Grant>& grants) {
    State& state = transaction_.state;
    transaction_.on_rollback([&state, before = state.grants.size()] { state.grants.resize(before); });
    state.grants.insert(state.grants.end(), grants.begin(), grants.end());
    return done();
}

Status PeopleStore::replace_grants(PersonId person, const std::vector<Grant>& grants) {
    std::vector<Grant> all = transaction_.state.grants;
    std::erase_if(all, [&](const Grant& grant) { return grant.person == person; });
    all.insert(all.end(), grants.begin(), grants.end());
    change(transaction_, transaction_.state.grants, std::move(all));
    return done();
}

Status PeopleStore::change_person(const Person& person) {
    State& state = transaction_.state;
    StoredPerson* stored = find(state, person.id);
    if (stored == nullptr) return Error::of("people.unknown");
    if (stored->person.version != person.version) return Error::of("people.stale");
    transaction_.on_rollback([&state, before = stored->person] { find(state, before.id)->person = before; });
    stored->person.name = person.name;
    stored->person.active = person.active;
    stored->person.must_change_password = person.must_change_password;
    ++stored->person.version;
    return done();
}

Result<std::vector<SavedView>> PeopleStore::saved_views(PersonId person) {
    std::vector<SavedView> views;
    for (const StoredView& stored : transaction_.state.views)
        if (stored.person == person) views.push_back(stored.view);
    return views;
}

Status PeopleStore::save_view(PersonId person, const SavedView& view) {
    std::vector<StoredView> views = transaction_.state.views;
    std::erase_if(views, [&](const StoredView& stored) { return stored.person == person && stored.view.name == view.name; });
    views.push_back({person, view});
    views.back().view.id = ++transaction_.state.last_view;
    change(transaction_, transaction_.state.views, std::move(views));
    return done();
}

Status PeopleStore::forget_view(PersonId person, std::int64_t view) {
    std::vector<StoredView> views = transaction_.state.views;
    std::erase_if(views, [&](const StoredView& stored) { return stored.person == person && stored.view.id == view; });
    change(transaction_, transaction_.state.views, std::move(views));
    return done();
}

}  // namespace qudao::memory
