#include "server/sql/bulk.hpp"
#include "server/sql/stores.hpp"

namespace qudao::sql {
namespace {

constexpr std::string_view kPersons = "select id, login, name, active, must_change, version from person";
constexpr std::string_view kPersonKinds = "ittiii";

Person person_of(const Row& row) {
    return {row.id<PersonId>(0),  std::string(row.text(1)), std::string(row.text(2)),
            row.number(3) != 0, row.number(4) != 0,       static_cast<std::int32_t>(row.number(5))};
}

// A set of codes, as "a b c".
std::vector<std::string> words_of(std::string_view text) {
    std::vector<std::string> words;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(' '), text.size());
        if (end > 0) words.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return words;
}
std::string text_of(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) text.append(text.empty() ? "" : " ").append(word);
    return text;
}

}  // namespace

Result<std::vector<Role>> PeopleStore::roles() {
    return guarded(session_, [&]() -> Result<std::vector<Role>> {
        std::vector<Role> roles;
        session_.select("select id, code, name, actions, level, hidden_menus from role order by id", "ittitt", {}, [&](const Row& row) {
            roles.push_back({row.id<RoleId>(0), std::string(row.text(1)), std::string(row.text(2)), static_cast<ActionMask>(row.number(3)),
                             role_level_of(row.text(4)).value_or(RoleLevel::unset), words_of(row.text(5))});
        });
        return roles;
    });
}

Result<std::vector<Grant>> PeopleStore::grants() {
    return read_grants("select g.person_id, g.role_id, g.unit_id, g.channels from person_role g join person p on p.id = g.person_id "
                       "where p.active = 1 order by g.id");
}

Result<std::vector<Grant>> PeopleStore::all_grants() {
    return read_grants("select person_id, role_id, unit_id, channels from person_role order by id");
}

Result<std::vector<Grant>> PeopleStore::grants_of(PersonId person) {
    return read_grants("select person_id, role_id, unit_id, channels from person_role where person_id = " + std::to_string(person.value) +
                       " order by id");
}

Result<std::vector<Grant>> PeopleStore::read_grants(std::string_view statement) {
    return guarded(session_, [&]() -> Result<std::vector<Grant>> {
        std::vector<Grant> grants;
        session_.read(statement, "iiii", [&](const Row& row) {
            grants.push_back({row.id<PersonId>(0), row.id<RoleId>(1), row.id<UnitId>(2), static_cast<ChannelMask>(row.number(3))});
        });
        return grants;
    });
}

Result<std::vector<Person>> PeopleStore::persons(const std::vector<PersonId>& ids) {
    return guarded(session_, [&]() -> Result<std::vector<Person>> {
        std::vector<Person> persons;
        if (ids.empty()) return persons;
        std::string statement = std::string(kPersons) + " where id in (";
        for (const PersonId id : ids) statement.append(std::to_string(id.value)).push_back(',');
        statement.back() = ')';
        session_.read(statement + " order by id", kPersonKinds, [&](const Row& row) { persons.push_back(person_of(row)); });
        return persons;
    });
}

Result<std::optional<ports::Credentials>> PeopleStore::credentials(std::string_view login) {
    return guarded(session_, [&]() -> Result<std::optional<ports::Credentials>> {
        std::optional<ports::Credentials> found;
        session_.select("select id, login, name, active, must_change, version, password_hash from person where login = :login", "ittiiit",
                        {named("login", login)},
                        [&](const Row& row) { found = ports::Credentials{person_of(row), std::string(row.text(6))}; });
        return found;
    });
}

Result<std::vector<Person>> PeopleStore::all() {
    return guarded(session_, [&]() -> Result<std::vector<Person>> {
        std::vector<Person> persons;
        session_.read(std::string(kPersons) + " order by id", kPersonKinds, [&](const Row& row) { persons.push_back(person_of(row)); });
        return persons;
    });
}

Status PeopleStore::add_roles(const std::vector<Role>& roles) {
    return guarded(session_, [&]() -> Status {
        BulkInsert insert(session_, "role (id, code, name, actions, level, hidden_menus)", 6);
        for (const Role& role : roles)
            insert.add(role.id.value).add(role.code).add(role.name).add(std::int64_t{role.actions}).add(code_of(role.level)).add(text_of(role.hidden_menus));
        insert.finish();
        return done();
    });
}

Status PeopleStore::change_role(const Role& role) {
    return guarded(session_, [&]() -> Status {
        const auto changed = session_.execute(
            "update role set name = :name, actions = :actions, level = :level, hidden_menus = :hidden where id = :id",
            {named("name", role.name), named("actions", std::int64_t{role.actions}), named("level", code_of(role.level)),
             named("hidden", text_of(role.hidden_menus)), named("id", role.id.value)});
        return changed == 0 ? Status(Error::of("rights.unknown_role").with("role", role.id.value)) : done();
    });
}

Result<PersonId> PeopleStore::add_person(const Person& person, std::string_view password_hash) {
    return guarded(session_, [&]() -> Result<PersonId> {
        try {
            const Bind id = {"id", person.id ? Value(person.id.value) : Value()};
            session_.execute("insert into person (id, login, name, active, password_hash, must_change, version) "
                             "values (:id, :login, :name, :active, :hash, :must_change, :version)",
                             {id, named("login", person.login), named("name", person.name), named("active", std::int64_t{person.active}),
                              named("hash", password_hash), named("must_change", std::int64_t{person.must_change_password}),
                              named("version", std::int64_t{person.version})});
        } catch (const Failure& failure) {
            // The number may be the one that is taken.
            const bool by_login = failure.kind() == Failure::Kind::duplicate &&
                                  session_.number("select id from person where login = :login", {named("login", person.login)});
            if (!by_login) throw;
            return Error::of("people.login_taken").with("login", person.login);
        }
        return person.id ? person.id : PersonId{session_.last_id()};
    });
}

Status PeopleStore::update(PersonId person, std::string_view assignment, Value value) {
    return guarded(session_, [&]() -> Status {
        const auto changed = session_.execute("update person set " + std::string(assignment) + " where id = :person",
                                              {{"value", std::move(value)}, named("person", person.value)});
        return changed == 0 ? Status(Error::of("people.unknown")) : done();
    });
}

Status PeopleStore::set_password(PersonId person, std::string_view password_hash) {
    return update(person, "password_hash = :value", std::string(password_hash));
}

Status PeopleStore::set_active(PersonId person, bool active) { return update(person, "active = :value", std::int64_t{active}); }

Status PeopleStore::add_grants(const std::vector<Grant>& grants) {
    return guarded(session_, [&]() -> Status {
        BulkInsert insert(session_, "person_role (person_id, role_id, unit_id, channels)", 4);
        for (const Grant& grant : grants)
            insert.add(grant.person.value).add(grant.role.value).add(grant.unit.value).add(std::int64_t{grant.channels});
        insert.finish();
        return done();
    });
}

Status PeopleStore::replace_grants(PersonId person, const std::vector<Grant>& grants) {
    const Status removed = guarded(session_, [&]() -> Status {
        session_.execute("delete from person_role where person_id = :person", {named("person", person.value)});
        return done();
    });
    return removed ? add_grants(grants) : removed;
}

Status PeopleStore::change_person(const Person& person) {
    return guarded(session_, [&]() -> Status {
        const auto changed = session_.execute(
            "update person set name = :name, active = :active, must_change = :must_change, version = version + 1 "
            "where id = :id and version = :version",
            {named("name", person.name), named("active", std::int64_t{person.active}),
             named("must_change", std::int64_t{person.must_change_password}), named("id", person.id.value),
             named("version", std::int64_t{person.version})});
        if (changed != 0) return done();
        const bool known = session_.number("select id from person where id = :id", {named("id", person.id.value)}).has_value();
        return Error::of(known ? "people.stale" : "people.unknown");
    });
}

Result<std::vector<MenuPlace>> PeopleStore::menu() {
    return guarded(session_, [&]() -> Result<std::vector<MenuPlace>> {
        std::vector<MenuPlace> menu;
        session_.select("select code, section, hidden from menu_item order by position, code", "tti", {}, [&](const Row& row) {
            menu.push_back({std::string(row.text(0)), std::string(row.text(1)), row.number(2) != 0});
        });
        return menu;
    });
}

Status PeopleStore::save_menu(const std::vector<MenuPlace>& menu) {
    return guarded(session_, [&]() -> Status {
        session_.execute("delete from menu_item");
        BulkInsert insert(session_, "menu_item (code, section, position, hidden)", 4);
        std::int64_t position = 0;
        for (const MenuPlace& place : menu) insert.add(place.code).add(place.section).add(position++).add(std::int64_t{place.hidden});
        insert.finish();
        return done();
    });
}

Result<std::vector<SavedView>> PeopleStore::saved_views(PersonId person) {
    return guarded(session_, [&]() -> Result<std::vector<SavedView>> {
        std::vector<SavedView> views;
        session_.select("select id, name, address, layouts from saved_view where person_id = :person order by id", "ittt",
                        {named("person", person.value)}, [&](const Row& row) {
                            views.push_back({row.number(0), std::string(row.text(1)), std::string(row.text(2)), std::string(row.text(3))});
                        });
        return views;
    });
}

Status PeopleStore::save_view(PersonId person, const SavedView& view) {
    return guarded(session_, [&]() -> Status {
        session_.execute("delete from saved_view where person_id = :person and name = :name", {named("person", person.value), named("name", view.name)});
        session_.execute("insert into saved_view (person_id, name, address, layouts) values (:person, :name, :address, :layouts)",
                         {named("person", person.value), named("name", view.name), named("address", view.address), named("layouts", view.layouts)});
        return done();
    });
}

Status PeopleStore::forget_view(PersonId person, std::int64_t view) {
    return guarded(session_, [&]() -> Status {
        session_.execute("delete from saved_view where person_id = :person and id = :view", {named("person", person.value), named("view", view)});
        return done();
    });
}

}  // namespace qudao::sql
