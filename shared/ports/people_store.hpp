// Persons, roles and grants; credentials; sessions; failed log-ins.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/date.hpp"
#include "shared/domain/customer.hpp"
#include "shared/domain/menu.hpp"
#include "shared/domain/rights.hpp"
#include "shared/domain/saved_view.hpp"

namespace qudao::ports {

struct Credentials {
    Person person;
    std::string password_hash;
};

class PeopleStore {
public:
    virtual ~PeopleStore() = default;
    virtual Result<std::vector<Role>> roles() = 0;
    virtual Result<std::vector<Grant>> grants() = 0;  // of all persons that are active
    virtual Result<std::vector<Person>> persons(const std::vector<PersonId>& ids) = 0;  // known ones, ordered by id
    virtual Result<std::optional<Credentials>> credentials(std::string_view login) = 0;  // also of one not active
    virtual Result<std::vector<Person>> all() = 0;  // ordered by id
    virtual Result<std::vector<Grant>> all_grants() = 0;               // also of those deactivated
    virtual Result<std::vector<Grant>> grants_of(PersonId person) = 0;  // the same of one
    virtual Result<std::vector<MenuPlace>> menu() = 0;                 // as arranged, in order; empty: as the program comes

    virtual Status add_roles(const std::vector<Role>& roles) = 0;      // with their ids
    virtual Status change_role(const Role& role) = 0;  // by id, all but the code; rights.unknown_role; the caller bumps the rights
    // An id of 0 is given by the store. people.login_taken.
    virtual Result<PersonId> add_person(const Person& person, std::string_view password_hash) = 0;
    virtual Status set_password(PersonId person, std::string_view password_hash) = 0;               // people.unknown
    virtual Status set_active(PersonId person, bool active) = 0;                                    // people.unknown
    virtual Status add_grants(const std::vector<Grant>& grants) = 0;   // the caller bumps the rights
    virtual Status replace_grants(PersonId person, const std::vector<Grant>& grants) = 0;  // all of one; the same
    // Name, activity and must_change_password, where the version is the one given; it is bumped. people.unknown, people.stale.
    virtual Status change_person(const Person& person) = 0;
    virtual Status save_menu(const std::vector<MenuPlace>& menu) = 0;

    virtual Result<std::vector<SavedView>> saved_views(PersonId person) = 0;       // the oldest first
    virtual Status save_view(PersonId person, const SavedView& view) = 0;          // instead of one of the same name; gives the id
    virtual Status forget_view(PersonId person, std::int64_t view) = 0;            // of an unknown one, or another's: nothing
};

struct Session {
    std::string token_hash;
    PersonId person;
    std::string csrf_token;
    Instant created_at;
    Instant seen_at;
    PersonId seen_as{};                 // whose screens are looked at, read-only; none: one's own
    bool must_change_password = false;  // until then the session is good for nothing else
};

class SessionStore {
public:
    virtual ~SessionStore() = default;
    virtual Status add(const Session& session) = 0;
    virtual Result<std::optional<Session>> find(std::string_view token_hash) = 0;
    virtual Status touch(std::string_view token_hash, Instant seen_at) = 0;  // of an unknown one: nothing
    virtual Status remove(std::string_view token_hash) = 0;                  // of an unknown one: nothing
    virtual Status remove_seen_before(Instant seen_before) = 0;
    virtual Status remove_of(PersonId person, std::string_view except_token_hash) = 0;  // all of one, but for the one named
    virtual Result<std::int64_t> count_of(PersonId person) = 0;
    virtual Status set_seen_as(std::string_view token_hash, PersonId person) = 0;  // of an unknown one: nothing
    virtual Status clear_must_change(std::string_view token_hash) = 0;             // the same

    // Failed log-ins since the last good one, by account or address; what the keys are is the service's affair.
    struct Failures {
        std::int32_t count = 0;
        Instant last_at;
    };
    virtual Result<Failures> failures(std::string_view key) = 0;
    // One more; the first again when the last was before `forgotten`. What was there before, which nobody else changes until
    // this transaction ends.
    virtual Result<Failures> record_failure(std::string_view key, Instant at, Instant forgotten) = 0;
    virtual Status take_back_failure(std::string_view key) = 0;  // of an unknown one: nothing
    virtual Status keep_until(std::string_view key, Instant until) = 0;  // a key without failures that stays until then
    virtual Status remove_failures_before(Instant before) = 0;
    virtual Status clear_failures(std::string_view key) = 0;
};

}  // namespace qudao::ports
