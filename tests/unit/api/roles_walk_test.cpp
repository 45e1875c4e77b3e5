// Every role before every door. The doors are the table of use cases; who may open which is written down in allowed.txt.
#include <catch2/catch.hpp>
#include <set>

#include "shared/domain/standard_roles.hpp"
#include "tests/unit/api/allowed_table.hpp"
#include "tests/unit/api/demo_server.hpp"

using namespace qudao;
using namespace qudao::test;

namespace {

// Nobody's id, so that nothing that is let in finds anything to change.
constexpr std::string_view kNobody = "987654321";

// The demonstration's person who holds this role and no other.
std::string account_of(const demo::Staff& staff, RoleId role) {
    for (const Person& person : staff.persons) {
        int grants = 0;
        bool holds = false;
        for (const Grant& grant : staff.grants) {
            if (!(grant.person == person.id)) continue;
            ++grants;
            holds = holds || grant.role == role;
        }
        if (holds && grants == 1) return person.login;
    }
    FAIL("the demonstration has nobody with role " << role.value << " alone");
    return {};
}

// Let in, whatever is found wrong afterwards with a request that says nothing.
bool let_in(const api::Response& response) {
    const std::string code = problem_code(response);
    return code != "rights.missing" && code != "session.none";
}

std::string marks_of(const DemoServer& server, const api::UseCase& use_case) {
    const std::string_view body = use_case.max_body_bytes > 0 ? "{}" : "";
    if (use_case.admission == api::Admission::anyone) return "anyone";
    if (use_case.admission == api::Admission::by_key) return "key";
    std::string marks;
    for (const Role& role : standard_roles()) {
        Client client(server, account_of(server.staff(), role.id));
        marks += let_in(client.call(use_case, body, kNobody)) ? '+' : '.';
    }
    return marks;
}

}  // namespace

TEST_CASE("every route opens to the roles of the table, and to no other") {
    const DemoServer server;
    const AllowedTable table = read_allowed_table();
    CHECK(table.repeated.empty());
    std::string before = "(the first line)";
    for (const api::UseCase& use_case : api::use_cases()) {
        const std::string name(use_case.name);
        const std::string found = marks_of(server, use_case);
        const auto line = table.lines.find(name);
        const std::string proposed = name + std::string(name.size() < 32 ? 32 - name.size() : 1, ' ') + in_groups(found);
        if (line == table.lines.end()) {
            UNSCOPED_INFO(kAllowedTable << " has no line for the use case " << name << ".\nAdd it below the line of " << before
                                        << ". As the program is, it would read\n\n" << proposed << "\n\nLook at each + before you write it down: who is it that may do this, and should they?");
            CHECK(false);
        } else if (line->second != found) {
            UNSCOPED_INFO(kAllowedTable << " and the program disagree about " << name << "\nwritten down: " << in_groups(line->second)
                                        << "\nthe program:  " << in_groups(found)
                                        << "\nIf the program is right, the line becomes\n\n" << proposed << "\n\notherwise the right in shared/api/use_case.cpp or the roles in shared/domain/standard_roles.cpp.");
            CHECK(false);
        }
        before = name;
    }
    for (const auto& [name, marks] : table.lines) {
        INFO(kAllowedTable << " has a line for " << name << ", which is no use case any more: take it out");
        CHECK(api::find_use_case(name) != nullptr);
    }
}

TEST_CASE("without a session only what is for anyone opens") {
    const DemoServer server;
    Client stranger(server, "");
    const AllowedTable table = read_allowed_table();
    for (const api::UseCase& use_case : api::use_cases()) {
        CAPTURE(use_case.name);
        const auto line = table.lines.find(std::string(use_case.name));
        if (line == table.lines.end()) continue;  // told by the walk
        const api::Response response = stranger.call(use_case, use_case.max_body_bytes > 0 ? "{}" : "", kNobody);
        if (line->second == "anyone") CHECK(problem_code(response) != "session.none");
        else CHECK(problem_code(response) == (line->second == "key" ? "key.none" : "session.none"));
    }
}

TEST_CASE("the seventeen roles are there, each with a name, a code and a level of its own") {
    std::set<std::string> codes;
    std::set<std::string> names;
    std::int64_t number = 0;
    for (const Role& role : standard_roles()) {
        CHECK(role.id.value == ++number);
        CHECK(codes.insert(role.code).second);
        CHECK(names.insert(role.name).second);
        CHECK(role.level != RoleLevel::unset);
        CHECK((role.actions & action_bit(Action::view_customer)) != 0);
    }
    CHECK(number == static_cast<std::int64_t>(kStandardRoles));
}
