// People and their roles, through the dispatcher: who may do what to whom, and what is refused.
#include <algorithm>

#include <catch2/catch.hpp>

#include "tests/unit/api/demo_server.hpp"

using namespace qudao;
using namespace qudao::test;
using api::Method;
using dto::Json;

namespace {

struct Fixture {
    DemoServer server;
    Client admin{server, "sysadmin"};
    Client network{server, "nn_sysadmin"};

    std::int64_t person(std::string_view login) const {
        for (const Person& one : server.staff().persons)
            if (one.login == login) return one.id.value;
        FAIL("nobody is called " << login);
        return 0;
    }
    std::int64_t unit(std::string_view code) {
        auto work = server.database().begin(ports::Access::read);
        const auto records = (*work)->organisation().load();
        for (const UnitRecord& one : records->units)
            if (one.code == code) return one.id.value;
        FAIL("no unit " << code);
        return 0;
    }
    static std::string path(std::int64_t id) { return "/api/v1/people/" + std::to_string(id); }
    static Json role(std::int64_t number, std::int64_t at) { return {{"role", number}, {"unit", at}, {"channels", Json::array()}}; }
    Json shown(std::int64_t id) { return json_of(admin.call(Method::get, path(id))); }
    Json change_of(std::int64_t id) {
        const Json is = shown(id);
        return {{"version", is["version"]}, {"name", is["name"]}, {"active", is["active"]}, {"roles", is["roles"]}};
    }
    std::vector<std::string> trail() {
        std::vector<std::string> kinds;
        const Json page = json_of(admin.call(Method::post, "/api/v1/audit/list",
                                             R"({"kind":"","subject":0,"person":0,"from":"","until":"","search":"","before":0,"limit":50})"));
        for (const Json& entry : page["entries"]) kinds.push_back(entry["kind"]);
        return kinds;
    }
    std::int64_t list_total(Client& client, const std::string& state = "active") {
        const Json body{{"search", ""}, {"unit", 0}, {"role", 0}, {"state", state}, {"after", ""}, {"limit", 200}};
        return json_of(client.call(Method::post, "/api/v1/people/list", body.dump()))["total"];
    }
};

}  // namespace

TEST_CASE_METHOD(Fixture, "a person is added, must change the first password, and works with it") {
    const Json wanted{{"login", "new_one"}, {"name", "新人"}, {"roles", {role(16, unit("450103GZ02"))}}};
    const api::Response added = admin.call(Method::post, "/api/v1/people", wanted.dump());
    REQUIRE(added.status == 201);
    const std::string first = json_of(added)["password"];
    CHECK(first.size() == 16);

    Client fresh(server, "new_one", first);
    CHECK(fresh.session()["must_change_password"] == true);
    CHECK(problem_code(fresh.call(Method::get, "/api/v1/organisation")) == "session.must_change_password");
    CHECK(problem_code(fresh.call(Method::post, "/api/v1/customers/list", R"({"filters":[],"order":[],"limit":1})")) == "session.must_change_password");
    const auto change = [&](const std::string& now, const std::string& then) {
        return problem_code(fresh.call(Method::put, "/api/v1/session/password", Json{{"current", now}, {"password", then}}.dump()));
    };
    CHECK(change("wrong", "correct horse battery") == "people.password_wrong");
    CHECK(change(first, first) == "people.password_same");
    CHECK(change(first, "short") == "people.password_short");
    CHECK(change(first, "password1234") == "people.password_common");
    CHECK(change(first, "new_one-2026") == "people.password_personal");
    CHECK(change(first, "correct horse battery").empty());
    CHECK(fresh.call(Method::get, "/api/v1/organisation").status == 200);
    CHECK(Client(server, "new_one", "correct horse battery").session()["must_change_password"] == false);
    CHECK(trail() == std::vector<std::string>{"person.change_password", "person.add"});
}

TEST_CASE_METHOD(Fixture, "a new password ends the person's other sessions, not this one") {
    Client here(server, "nn_query");
    Client there(server, "nn_query");
    REQUIRE(here.call(Method::put, "/api/v1/session/password", Json{{"current", "demo-2026"}, {"password", "correct horse battery"}}.dump()).status == 200);
    CHECK(here.call(Method::get, "/api/v1/session").status == 200);
    CHECK(problem_code(there.call(Method::get, "/api/v1/session")) == "session.none");
}

TEST_CASE_METHOD(Fixture, "guessing the current password slows down as logging in does") {
    Client victim(server, "nn_query");
    const std::string guess = Json{{"current", "guess"}, {"password", "correct horse battery"}}.dump();
    for (int i = 0; i < 5; ++i) CHECK(problem_code(victim.call(Method::put, "/api/v1/session/password", guess)) == "people.password_wrong");
    CHECK(problem_code(victim.call(Method::put, "/api/v1/session/password", guess)) == "session.slow_down");
}

TEST_CASE_METHOD(Fixture, "failures of an address are forgotten: a mistake a day locks no office out") {
    Client office(server, "");
    const Instant start = server.clock().now();
    for (int day = 0; day < 40; ++day) {
        server.clock().set(Instant{start.epoch_ms + day * 26 * 3'600'000LL});
        CHECK(problem_code(office.log_in("nn_query", "typo")) == "session.refused");
        CHECK(office.log_in("nn_query").status == 200);
    }
    CHECK(problem_code(office.log_in("nn_query", "typo")) == "session.refused");
    CHECK(office.log_in("nn_public").status == 200);
    // What is old is swept: the address, and what is known of it.
    auto work = server.database().begin(ports::Access::read);
    CHECK((*work)->sessions().failures("address:10.0.0.1")->count == 2);
}

TEST_CASE_METHOD(Fixture, "whoever guesses at a login holds up those who guess, not its person") {
    Client desk(server, "nn_query");
    Client attacker(server, "");
    attacker.sit_at("192.0.2.9");
    for (int i = 0; i < 5; ++i) CHECK(problem_code(attacker.log_in("nn_query", "guess")) == "session.refused");
    CHECK(problem_code(attacker.log_in("nn_query", "guess")) == "session.slow_down");
    CHECK(problem_code(attacker.log_in("nn_query")) == "session.slow_down");  // the right one as well
    Client travelling(server, "");
    travelling.sit_at("198.51.100.7");  // where the person never was
    CHECK(problem_code(travelling.log_in("nn_query")) == "session.slow_down");
    CHECK(desk.log_in("nn_query").status == 200);
    for (int i = 0; i < 5; ++i) CHECK(problem_code(desk.log_in("nn_query", "mistake")) == "session.refused");
    CHECK(problem_code(desk.log_in("nn_query")) == "session.slow_down");  // by itself the desk is slowed down likewise
    server.clock().set(Instant{server.clock().now().epoch_ms + 3'600'001});
    CHECK(desk.log_in("nn_query").status == 200);
    CHECK(travelling.log_in("nn_query").status == 200);
    // An address is known for thirty days.
    server.clock().set(Instant{server.clock().now().epoch_ms + 31LL * 24 * 3'600'000});
    for (int i = 0; i < 5; ++i) CHECK(problem_code(attacker.log_in("nn_query", "guess")) == "session.refused");
    CHECK(problem_code(desk.log_in("nn_query")) == "session.slow_down");
}

TEST_CASE_METHOD(Fixture, "a reset password is told once, ends sessions, and must be changed") {
    Client victim(server, "nn_query");
    const api::Response reset = admin.call(Method::post, path(person("nn_query")) + "/password");
    REQUIRE(reset.status == 200);
    CHECK(problem_code(victim.call(Method::get, "/api/v1/session")) == "session.none");
    Client again(server, "nn_query", json_of(reset)["password"].get<std::string>());
    CHECK(again.session()["must_change_password"] == true);
    CHECK(problem_code(admin.call(Method::post, path(person("sysadmin")) + "/password")) == "people.self");
}

TEST_CASE_METHOD(Fixture, "logging out everywhere ends every session of the person, by themselves or by an administrator") {
    Client here(server, "nn_query");
    Client there(server, "nn_query");
    CHECK(here.call(Method::del, "/api/v1/sessions").status == 204);
    CHECK(problem_code(there.call(Method::get, "/api/v1/session")) == "session.none");
    Client once_more(server, "nn_query");
    CHECK(shown(person("nn_query"))["sessions"] == 1);
    CHECK(admin.call(Method::del, path(person("nn_query")) + "/sessions").status == 200);
    CHECK(problem_code(once_more.call(Method::get, "/api/v1/session")) == "session.none");
}

TEST_CASE_METHOD(Fixture, "whoever leaves is deactivated, logged out, and still there") {
    Client leaver(server, "nn_query");
    const std::int64_t before = list_total(admin, "inactive");
    Json change = change_of(person("nn_query"));
    change["active"] = false;
    REQUIRE(admin.call(Method::put, path(person("nn_query")), change.dump()).status == 200);
    CHECK(problem_code(leaver.call(Method::get, "/api/v1/session")) == "session.none");
    Client stranger(server, "");
    CHECK(stranger.log_in("nn_query").status == 401);
    CHECK(list_total(admin, "inactive") == before + 1);
    CHECK(shown(person("nn_query"))["roles"].size() == 1);
    CHECK(problem_code(admin.call(Method::put, path(person("nn_query")), change.dump())) == "people.stale");
    CHECK(trail() == std::vector<std::string>{"person.change"});
}

TEST_CASE_METHOD(Fixture, "roles are given at units of their level, in the own scope, once") {
    const std::int64_t manager = person("cm_qx01");
    const auto refused = [&](Client& by, Json roles) {
        Json change = change_of(manager);
        change["roles"] = std::move(roles);
        return problem_code(by.call(Method::put, path(manager), change.dump()));
    };
    CHECK(refused(admin, Json::array({role(17, unit("GX45"))})) == "people.role_level");
    CHECK(refused(admin, Json::array({role(1, unit("450103GZ0201"))})) == "people.role_level");
    CHECK(refused(admin, Json::array({role(99, unit("450103GZ0201"))})) == "people.unknown_role");
    CHECK(refused(admin, Json::array({role(17, 987654)})) == "people.unknown_unit");
    CHECK(refused(admin, Json::array({role(17, unit("450103GZ0201")), role(17, unit("450103GZ0201"))})) == "people.role_twice");
    CHECK(refused(network, Json::array({role(3, unit("GX45"))})) == "people.out_of_scope");
    CHECK(refused(network, Json::array()) == "people.needs_role");
    CHECK(refused(network, Json::array({role(17, unit("450103GZ0201")), role(16, unit("450103GZ02"))})).empty());
    CHECK(shown(manager)["roles"].size() == 2);
}

TEST_CASE_METHOD(Fixture, "a network's administrator manages the network's people and learns nothing of others") {
    CHECK(list_total(network) < list_total(admin));
    CHECK(network.call(Method::get, path(person("nn_lead"))).status == 200);   // held at the network's channel
    CHECK(network.call(Method::get, path(person("cm_qx01"))).status == 200);
    for (const char* other : {"sysadmin", "qudao_admin", "gx_query"}) {
        const api::Response hidden = network.call(Method::get, path(person(other)));
        CHECK(hidden.status == 404);
        CHECK(hidden.body == network.call(Method::get, path(987654321)).body);
        CHECK(problem_code(network.call(Method::post, path(person(other)) + "/password")) == "people.unknown");
        CHECK(problem_code(network.call(Method::put, path(person(other)), change_of(person(other)).dump())) == "people.unknown");
    }
    const Json upward{{"login", "spy"}, {"name", "越权"}, {"roles", {role(1, unit("GX45"))}}};
    CHECK(problem_code(network.call(Method::post, "/api/v1/people", upward.dump())) == "people.out_of_scope");
}

TEST_CASE_METHOD(Fixture, "nobody locks themselves out, and one administrator is always left") {
    const std::int64_t self = person("sysadmin");
    Json change = change_of(self);
    change["active"] = false;
    CHECK(problem_code(admin.call(Method::put, path(self), change.dump())) == "people.self");
    change = change_of(self);
    change["roles"] = Json::array();
    CHECK(problem_code(admin.call(Method::put, path(self), change.dump())) == "people.self");
    change = change_of(self);
    change["name"] = "新名字";
    CHECK(admin.call(Method::put, path(self), change.dump()).status == 200);

    // A second administrator may take the first one's role, and then is the last.
    const Json second{{"login", "second"}, {"name", "第二管理员"}, {"roles", {role(1, unit("GX45"))}}};
    const Json added = json_of(admin.call(Method::post, "/api/v1/people", second.dump()));
    Client other(server, "second", added["password"].get<std::string>());
    REQUIRE(other.call(Method::put, "/api/v1/session/password", Json{{"current", added["password"]}, {"password", "correct horse battery"}}.dump()).status == 200);
    change = change_of(self);
    change["roles"] = Json::array({role(2, unit("GX45"))});
    CHECK(other.call(Method::put, path(self), change.dump()).status == 200);
    CHECK(problem_code(admin.call(Method::get, path(self))) == "rights.missing");
}

TEST_CASE_METHOD(Fixture, "a person's page says what they may do, and why") {
    const Json lead = shown(person("nn_public"));
    bool moves = false;
    for (const Json& reason : lead["reasons"])
        if (reason["action"] == "move_customer") {
            moves = true;
            CHECK(reason["role"] == 7);
            CHECK(reason["unit"] == unit("4501GZ"));
        }
    CHECK(moves);
    CHECK(lead["places"].get<int>() > 1);
    CHECK(shown(person("cm_qx01"))["places"] == 1);
    CHECK(lead["menu"].size() > shown(person("cm_qx01"))["menu"].size());
}

TEST_CASE_METHOD(Fixture, "looking as another shows their screens, changes nothing, and is logged") {
    const Json as{{"person", person("cm_qx01")}};
    const api::Response begun = admin.call(Method::put, "/api/v1/session/see-as", as.dump());
    REQUIRE(begun.status == 200);
    CHECK(json_of(begun)["login"] == "cm_qx01");
    CHECK_FALSE(json_of(begun)["seen_by"].get<std::string>().empty());
    CHECK(problem_code(admin.call(Method::get, "/api/v1/keys")) == "rights.missing");  // theirs, not the administrator's
    CHECK(admin.call(Method::post, "/api/v1/customers/list", R"({"filters":[],"order":[],"limit":1})").status == 200);
    CHECK(problem_code(admin.call(Method::put, "/api/v1/session/password", Json{{"current", "demo-2026"}, {"password", "x"}}.dump())) == "session.read_only");
    CHECK(problem_code(admin.call(Method::put, "/api/v1/session/see-as", as.dump())) == "rights.missing");
    CHECK(json_of(admin.call(Method::del, "/api/v1/session/see-as"))["login"] == "sysadmin");
    CHECK(trail() == std::vector<std::string>{"see_as.end", "see_as.begin"});
    // Logging out, or in anew, ends it as well.
    for (const bool everywhere : {false, true}) {
        Client once(server, "sysadmin");
        REQUIRE(once.call(Method::put, "/api/v1/session/see-as", as.dump()).status == 200);
        REQUIRE(once.call(Method::del, everywhere ? "/api/v1/sessions" : "/api/v1/session").status < 300);
        if (everywhere) admin = Client(server, "sysadmin");
        const auto kinds = trail();
        CHECK(std::count(kinds.begin(), kinds.end(), "see_as.end") == std::count(kinds.begin(), kinds.end(), "see_as.begin"));
    }
    Client again(server, "sysadmin");
    REQUIRE(again.call(Method::put, "/api/v1/session/see-as", as.dump()).status == 200);
    REQUIRE(again.log_in("sysadmin").status == 200);
    CHECK(trail().front() == "see_as.end");
    CHECK(problem_code(admin.call(Method::put, "/api/v1/session/see-as", R"({"person":987654321})")) == "people.unknown");
    CHECK(problem_code(network.call(Method::put, "/api/v1/session/see-as", as.dump())) == "rights.missing");
}

TEST_CASE_METHOD(Fixture, "what looks as another changes nothing by any route") {
    REQUIRE(admin.call(Method::put, "/api/v1/session/see-as", Json{{"person", person("qudao_admin")}}.dump()).status == 200);
    for (const api::UseCase& use_case : api::use_cases()) {
        if (use_case.method == Method::get || use_case.reads || use_case.ends_seeing_as || use_case.admission == api::Admission::anyone ||
            use_case.admission == api::Admission::by_key)
            continue;
        CAPTURE(use_case.name);
        const std::string code = problem_code(admin.call(use_case, use_case.max_body_bytes > 0 ? "{}" : "", "987654321"));
        CHECK((code == "session.read_only" || code == "rights.missing"));
    }
}

TEST_CASE_METHOD(Fixture, "views are saved, replaced by name, forgotten, and nobody else's") {
    Client lead(server, "qudao_admin");
    const auto save = [](Client& client, const std::string& name, const std::string& address = "/customers") {
        return client.call(Method::put, "/api/v1/session/views", Json{{"name", name}, {"address", address}, {"layouts", "{}"}}.dump());
    };
    const auto views = [](Client& client) { return json_of(client.call(Method::get, "/api/v1/session/views"))["views"]; };
    REQUIRE(save(lead, "南宁").status == 200);
    REQUIRE(save(lead, "南宁", "/log?to=3").status == 200);
    const Json mine = views(lead);
    REQUIRE(mine.size() == 1);
    CHECK(mine[0]["address"] == "/log?to=3");
    CHECK(views(admin).empty());
    const std::string path = "/api/v1/session/views/" + std::to_string(mine[0]["id"].get<std::int64_t>());
    CHECK(admin.call(Method::del, path).status == 200);
    CHECK(views(lead).size() == 1);
    CHECK(problem_code(save(lead, " 南宁")) == "views.name");
    CHECK(problem_code(save(lead, std::string(41, 'a'))) == "views.name");
    for (const char* away : {"//elsewhere.example/", "https://elsewhere.example/", "/\\elsewhere.example", "javascript:alert(1)"})
        CHECK(problem_code(save(lead, "远", away)) == "views.address");
    for (std::size_t i = 1; i < kMostViews; ++i) REQUIRE(save(lead, "v" + std::to_string(i)).status == 200);
    CHECK(problem_code(save(lead, "one more")) == "views.too_many");
    CHECK(save(lead, "v1", "/moves").status == 200);
    CHECK(json_of(lead.call(Method::del, path))["views"].size() == kMostViews - 1);
    CHECK(save(lead, "one more").status == 200);
    // Whoever looks with somebody's rights sees theirs and changes nothing.
    REQUIRE(admin.call(Method::put, "/api/v1/session/see-as", Json{{"person", person("qudao_admin")}}.dump()).status == 200);
    CHECK(views(admin).size() == kMostViews);
    CHECK(problem_code(save(admin, "x")) == "session.read_only");
}
