#include <algorithm>
#include <iostream>

#include <termios.h>
#include <unistd.h>

#include "server/app/command.hpp"
#include "server/app/commands.hpp"
#include "server/app/system_clock.hpp"
#include "server/auth/sodium_secrets.hpp"
#include "shared/demo/geography.hpp"
#include "shared/domain/organisation.hpp"
#include "shared/domain/password_policy.hpp"
#include "shared/service/people_service.hpp"

namespace qudao::app {
namespace {

// From the terminal without echo, or a line of standard input; never from the command line, where others would see it.
Result<std::string> read_password(const std::string& login, const std::string& name) {
    const bool terminal = isatty(STDIN_FILENO) == 1;
    termios shown{};
    if (terminal) {
        std::cerr << "password: ";
        tcgetattr(STDIN_FILENO, &shown);
        termios hidden = shown;
        hidden.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        tcsetattr(STDIN_FILENO, TCSANOW, &hidden);
    }
    std::string password;
    std::getline(std::cin, password);
    if (terminal) {
        tcsetattr(STDIN_FILENO, TCSANOW, &shown);
        std::cerr << '\n';
    }
    QUDAO_CHECK(check_password(password, login, name));
    return password;
}

Result<Person> person_with(ports::PeopleStore& people, const std::string& login) {
    QUDAO_TRY(found, people.credentials(login));
    if (!found) return Error::of("people.unknown").with("login", login);
    return found->person;
}

// In the audit trail by nobody: who sits at the machine is no account of ours.
Status write_down(ports::UnitOfWork& work, std::string_view kind, const Person& person, dto::Json before = dto::Json::object(),
                  dto::Json after = dto::Json::object()) {
    const SystemClock clock;
    const auto entry = service::record(work, PersonId{}, clock.now(),
                                       {std::string(kind), person.id.value, person.login + " " + person.name, std::move(before), std::move(after)});
    return entry ? done() : Status(entry.error());
}

// That somebody is left who may change people and roles everywhere, if anybody may now.
Status check_somebody_left(ports::UnitOfWork& work, PersonId leaving) {
    QUDAO_TRY(records, work.organisation().load());
    QUDAO_TRY(org, Organisation::build(records.channels, records.units));
    QUDAO_TRY(roles, work.people().roles());
    QUDAO_TRY(grants, work.people().grants());
    if (!service::has_administrator(org, roles, grants)) return done();
    std::erase_if(grants, [&](const Grant& grant) { return grant.person == leaving; });
    return service::has_administrator(org, roles, grants) ? done() : Status(Error::of("people.last_administrator"));
}

Result<Role> role_for(ports::UnitOfWork& work, const UserOptions& options) {
    QUDAO_TRY(roles, work.people().roles());
    const auto role = std::find_if(roles.begin(), roles.end(), [&](const Role& one) { return one.code == options.role; });
    if (role == roles.end()) return Error::of("rights.unknown_role").with("role", options.role);
    return *role;
}

// A database without an organisation begins with its province: the first administrator is made together with it.
Result<UnitRecord> unit_for(ports::UnitOfWork& work, const UserOptions& options) {
    QUDAO_TRY(records, work.organisation().load());
    const auto unit = std::find_if(records.units.begin(), records.units.end(), [&](const UnitRecord& one) { return one.code == options.unit; });
    if (unit != records.units.end()) return *unit;
    if (!records.units.empty() || !records.channels.empty()) return Error::of("rights.unknown_unit").with("unit", options.unit);
    if (options.unit_name.empty()) return Error::of("organisation.no_root").with("unit", options.unit);
    UnitRecord province;
    province.id = UnitId{1};
    province.code = options.unit;
    province.name = options.unit_name;
    province.kind = UnitKind::province;
    std::int64_t number = 0;
    for (const demo::ChannelPlan& plan : demo::channel_plans())
        records.channels.push_back({ChannelId{++number}, std::string(plan.code), std::string(plan.name), std::string(plan.name_en)});
    QUDAO_CHECK(work.organisation().add({records.channels, {province}}));
    QUDAO_CHECK(work.settings().bump_units());
    return province;
}

struct Post {
    Role role;
    UnitRecord unit;
};
Result<Post> post_for(ports::UnitOfWork& work, const UserOptions& options) {
    QUDAO_TRY(role, role_for(work, options));
    QUDAO_TRY(unit, unit_for(work, options));
    if (!fits(role.level, unit.kind)) return Error::of("people.role_level").with("role", role.code).with("unit", unit.code);
    return Post{std::move(role), std::move(unit)};
}
// Before a password is asked for: what is made of it here is not kept.
Status check_post(ports::Database& database, const UserOptions& options) {
    QUDAO_TRY(work, database.begin(ports::Access::write));
    const auto post = post_for(*work, options);
    return post ? done() : Status(post.error());
}

Status add(const UserOptions& options) {
    QUDAO_CHECK(service::check_login(options.login));
    QUDAO_CHECK(service::check_person_name(options.name));
    QUDAO_TRY(database, open_migrated(options.db));
    QUDAO_CHECK(check_post(*database, options));
    auth::SodiumSecrets secrets;
    QUDAO_TRY(password, read_password(options.login, options.name));
    QUDAO_TRY(hash, secrets.hash_password(password));
    QUDAO_TRY(work, database->begin(ports::Access::write));
    QUDAO_TRY(post, post_for(*work, options));
    const auto& [role, unit] = post;
    QUDAO_TRY(person, work->people().add_person({{}, options.login, options.name, true}, hash));
    QUDAO_CHECK(work->people().add_grants({{person, role.id, unit.id, kAllChannels}}));
    QUDAO_CHECK(work->settings().bump_rights());
    const Person added{person, options.login, options.name, true};
    QUDAO_CHECK(write_down(*work, "person.add", added, dto::Json::object(),
                           {{"name", added.name}, {"active", true}, {"roles", dto::Json::array({role.name + " @ " + unit.name})}}));
    return work->commit();
}

Status set_password(const UserOptions& options) {
    QUDAO_TRY(database, open_migrated(options.db));
    auth::SodiumSecrets secrets;
    QUDAO_TRY(password, read_password(options.login, {}));
    QUDAO_TRY(hash, secrets.hash_password(password));
    QUDAO_TRY(work, database->begin(ports::Access::write));
    QUDAO_TRY(person, person_with(work->people(), options.login));
    QUDAO_CHECK(work->people().set_password(person.id, hash));
    QUDAO_CHECK(work->sessions().remove_of(person.id, {}));
    QUDAO_CHECK(write_down(*work, "person.reset_password", person));
    return work->commit();
}

Status deactivate(const UserOptions& options) {
    QUDAO_TRY(database, open_migrated(options.db));
    QUDAO_TRY(work, database->begin(ports::Access::write));
    QUDAO_TRY(person, person_with(work->people(), options.login));
    if (!person.active) return done();
    QUDAO_CHECK(check_somebody_left(*work, person.id));
    QUDAO_CHECK(work->people().set_active(person.id, false));
    QUDAO_CHECK(work->sessions().remove_of(person.id, {}));
    QUDAO_CHECK(work->settings().bump_rights());
    QUDAO_CHECK(write_down(*work, "person.change", person, {{"active", true}}, {{"active", false}}));
    return work->commit();
}

Status list(const UserOptions& options) {
    QUDAO_TRY(database, open_existing(options.db));
    QUDAO_TRY(work, database->begin(ports::Access::read));
    QUDAO_TRY(persons, work->people().all());
    QUDAO_TRY(roles, work->people().roles());
    QUDAO_TRY(grants, work->people().grants());
    for (const Person& person : persons) {
        std::cout << person.login << '\t' << person.name << (person.active ? "" : "\t(deactivated)");
        for (const Grant& grant : grants)
            for (const Role& role : roles)
                if (grant.person == person.id && grant.role == role.id) std::cout << '\t' << role.code;
        std::cout << '\n';
    }
    return done();
}

int ended(std::string_view command, const Status& status) { return status ? kDone : fail(command, status.error()); }

}  // namespace

int user_add(const UserOptions& options) { return ended("user add", add(options)); }
int user_password(const UserOptions& options) { return ended("user password", set_password(options)); }
int user_deactivate(const UserOptions& options) { return ended("user deactivate", deactivate(options)); }
int user_list(const UserOptions& options) { return ended("user list", list(options)); }

}  // namespace qudao::app
