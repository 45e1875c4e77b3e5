// People and their roles (row G3): nobody is ever deleted. Who manages people manages those whose roles all lie within
// the own scope, and gives roles there, each at units of the kind it is for: so nobody hands out more than the own reach.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "shared/service/audit.hpp"
#include "shared/service/context.hpp"

namespace qudao::service {

// people.login: 2 to 64 of a-z 0-9 _ - . ; people.name: 1 to 80 characters, normalised.
Status check_login(std::string_view login);
Status check_person_name(std::string_view name);

struct PersonView {
    Person person;
    std::vector<Grant> grants;
    bool manageable = false;  // all of their roles are within the actor's scope, and it is not the actor
};

struct PeopleFilter {
    std::string text;          // in login or name
    UnitId unit;               // holds a role at it or below, in either tree
    RoleId role;
    std::optional<bool> active;
    std::string after;         // the login a page before ended with
    std::size_t limit = 100;
};
struct PeopleFound {
    std::vector<PersonView> people;  // by login
    std::int64_t total = 0;          // that match, whatever the page
    bool more = false;
};
Result<PeopleFound> people(const Actor& actor, ports::UnitOfWork& work, const PeopleFilter& filter);
// people.unknown also for those out of sight.
Result<PersonView> person(const Actor& actor, ports::UnitOfWork& work, PersonId person);

struct NewPerson {
    std::string login;
    std::string name;
    std::vector<Grant> grants;  // person is filled in
};
struct AddedPerson {
    PersonId person;
    std::string password;  // to be told to them once; they must change it
};
// people.login, people.name, people.login_taken, people.unknown_role, people.unknown_unit, people.role_level {role, unit},
// people.out_of_scope {unit}.
Result<AddedPerson> add_person(const Services& services, PersonId actor, NewPerson person);

struct PersonChange {
    PersonId person;
    std::int32_t version = 0;
    std::string name;
    bool active = true;
    std::vector<Grant> grants;
};
// Also people.stale, people.self (nobody changes the own roles or deactivates themselves), people.last_administrator.
// Somebody deactivated is logged out.
Status change_person(const Services& services, PersonId actor, PersonChange change);

// A new password to be told to the person, who must change it; ends their sessions.
Result<std::string> reset_password(const Services& services, PersonId actor, PersonId person);
Status end_sessions_of(const Services& services, PersonId actor, PersonId person);

// Whether anybody is left who may change roles and people everywhere. With what would become of it: roles and grants after
// a change.
bool has_administrator(const Organisation& org, const std::vector<Role>& roles, const std::vector<Grant>& grants);
// people.last_administrator, or people.self when it is the actor who would lose what makes one; menu.needed when no
// administrator would find the screens of roles and menus in the menu any more.
Status check_administrators(const Actor& actor, ports::UnitOfWork& work, const std::vector<Role>& roles, const std::vector<Grant>& grants);

}  // namespace qudao::service
