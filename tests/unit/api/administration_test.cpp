// Units, roles, menus and keys through the dispatcher.
#include <algorithm>

#include <catch2/catch.hpp>

#include "tests/unit/api/demo_server.hpp"

using namespace qudao;
using namespace qudao::test;
using api::Method;
using dto::Json;

namespace {

struct Fixture {
    DemoServer server{200};
    Client admin{server, "sysadmin"};
    Client network{server, "nn_sysadmin"};

    UnitRecord unit(std::string_view code) {
        auto work = server.database().begin(ports::Access::read);
        const auto records = (*work)->organisation().load();
        for (const UnitRecord& one : records->units)
            if (one.code == code) return one;
        FAIL("no unit " << code);
        return {};
    }
    bool known(std::string_view code) {
        auto work = server.database().begin(ports::Access::read);
        const auto records = (*work)->organisation().load();
        return std::any_of(records->units.begin(), records->units.end(), [&](const UnitRecord& one) { return one.code == code; });
    }
    std::int64_t id(std::string_view code) { return unit(code).id.value; }
    std::int64_t basis() { return json_of(admin.call(Method::get, "/api/v1/session"))["basis"]["number"]; }
    std::int64_t rights_version() { return json_of(admin.call(Method::get, "/api/v1/session"))["basis"]["rights_version"]; }
    static std::string path(std::int64_t unit_id) { return "/api/v1/units/" + std::to_string(unit_id); }
    Json change_of(std::string_view code) {
        const UnitRecord one = unit(code);
        return {{"basis", basis()}, {"name", one.name}, {"sort_order", one.sort_order}, {"billing_area", one.billing_area}, {"active", one.active}};
    }
    Json community(std::string_view code, std::string_view team) {
        return {{"code", std::string(code)}, {"name", "新社区"}, {"kind", "community"}, {"channel", 3}, {"area_parent", id(team)},
                {"channel_parent", id(team)}, {"billing_area", ""}, {"sort_order", 9}};
    }
    Json customers_seen_by(std::string_view login) {
        Client client(server, login);
        return json_of(client.call(Method::post, "/api/v1/customers/list", R"({"filters":[],"order":[],"limit":1000})"))["rows"].size();
    }
};

}  // namespace

TEST_CASE_METHOD(Fixture, "a unit is added, renamed, moved, retired and deleted, and each is in the trail") {
    const api::Response added = admin.call(Method::post, "/api/v1/units", community("450103GZ0299", "450103GZ02").dump());
    REQUIRE(added.status == 201);
    const std::int64_t fresh = json_of(added)["unit"];
    Json change = change_of("450103GZ0299");
    change["name"] = "改名社区";
    CHECK(admin.call(Method::put, path(fresh), change.dump()).status == 200);
    CHECK(problem_code(admin.call(Method::put, path(fresh), change.dump())) == "units.stale");
    const Json move{{"basis", basis()}, {"area_parent", id("450103GZ01")}, {"channel_parent", id("450103GZ01")}};
    CHECK(admin.call(Method::post, path(fresh) + "/move", move.dump()).status == 200);
    CHECK(unit("450103GZ0299").area_parent == unit("450103GZ01").id);
    change = change_of("450103GZ0299");
    change["active"] = false;
    CHECK(admin.call(Method::put, path(fresh), change.dump()).status == 200);
    CHECK(admin.call(Method::del, path(fresh) + "?basis=" + std::to_string(basis())).status == 204);
    const Json page = json_of(admin.call(Method::post, "/api/v1/audit/list",
                                         R"({"kind":"unit.","subject":0,"person":0,"from":"","until":"","search":"","before":0,"limit":50})"));
    std::vector<std::string> kinds;
    for (const Json& entry : page["entries"]) kinds.push_back(entry["kind"]);
    CHECK(kinds == std::vector<std::string>{"unit.delete", "unit.retire", "unit.move", "unit.change", "unit.add"});
    CHECK(page["entries"][3]["before"]["name"] == "新社区");
    CHECK(page["entries"][3]["after"]["name"] == "改名社区");
}

TEST_CASE_METHOD(Fixture, "moving a unit says first who gains and loses sight of how many, and does just that") {
    const std::int64_t team = id("450103GZ02");
    const Json move{{"basis", basis()}, {"area_parent", id("450102GZ")}, {"channel_parent", id("450102GZ")}};
    const Json plan = json_of(admin.call(Method::post, path(team) + "/move-plan", move.dump()));
    REQUIRE(plan.contains("sight"));
    const std::int64_t customers = plan["customers"];
    REQUIRE(customers > 0);
    std::int64_t loses = -1;
    for (const Json& line : plan["sight"])
        if (line["login"] == "qx_dept_lead") loses = line["loses"];
    CHECK(loses == customers);
    for (const Json& line : plan["sight"]) CHECK(line["login"] != "nn_query");  // sees both

    const std::int64_t before = customers_seen_by("qx_dept_lead");
    const Json order{{"basis", plan["basis"]}, {"area_parent", id("450102GZ")}, {"channel_parent", id("450102GZ")}};
    const api::Response moved = admin.call(Method::post, path(team) + "/move", order.dump());
    REQUIRE(moved.status == 200);
    CHECK(customers_seen_by("qx_dept_lead") == before - customers);
    CHECK(problem_code(admin.call(Method::post, path(team) + "/move", order.dump())) == "units.stale");

    const std::string undo = "/api/v1/audit/" + std::to_string(json_of(moved)["entry"].get<std::int64_t>()) + "/undo";
    CHECK(admin.call(Method::post, undo).status == 200);
    CHECK(customers_seen_by("qx_dept_lead") == before);
    CHECK(problem_code(admin.call(Method::post, undo)) == "audit.undone");
}

TEST_CASE_METHOD(Fixture, "an added unit is taken back, unless something hangs on it; a deleted one comes back as it was") {
    const auto undo = [&](const Json& entry) {
        return admin.call(Method::post, "/api/v1/audit/" + std::to_string(entry.get<std::int64_t>()) + "/undo");
    };
    const auto last_entry = [&] {
        const api::Response page = admin.call(Method::post, "/api/v1/audit/list",
                                              R"({"kind":"unit.","subject":0,"person":0,"from":"","until":"","search":"","before":0,"limit":1})");
        return Json(json_of(page)["entries"][0]);
    };
    Json team = community("450103GZ09", "450103GZ");
    team["kind"] = "team";
    const Json above = json_of(admin.call(Method::post, "/api/v1/units", team.dump()));
    REQUIRE(above.contains("entry"));
    const Json below = json_of(admin.call(Method::post, "/api/v1/units", community("450103GZ0901", "450103GZ09").dump()));
    REQUIRE(below.contains("entry"));
    CHECK(problem_code(undo(above["entry"])) == "units.in_use");
    CHECK(undo(below["entry"]).status == 200);
    CHECK(problem_code(undo(below["entry"])) == "audit.undone");
    CHECK_FALSE(known("450103GZ0901"));

    CHECK(admin.call(Method::del, path(above["unit"]) + "?basis=" + std::to_string(basis())).status == 204);
    const Json deleted = last_entry();
    REQUIRE(deleted["kind"] == "unit.delete");
    CHECK(deleted["undoable"] == true);
    CHECK_FALSE(known("450103GZ09"));
    CHECK(undo(deleted["id"]).status == 200);
    CHECK(unit("450103GZ09").id.value == above["unit"].get<std::int64_t>());
    CHECK(unit("450103GZ09").name == "新社区");
    CHECK(problem_code(undo(deleted["id"])) == "audit.undone");
    CHECK(undo(above["entry"]).status == 200);  // it is again as it was added
}

TEST_CASE_METHOD(Fixture, "what has changed since is not undone") {
    const std::int64_t team = id("450103GZ02");
    Json change = change_of("450103GZ02");
    change["name"] = "甲";
    const Json first = json_of(admin.call(Method::put, path(team), change.dump()));
    change = change_of("450103GZ02");
    change["name"] = "乙";
    REQUIRE(admin.call(Method::put, path(team), change.dump()).status == 200);
    CHECK(problem_code(admin.call(Method::post, "/api/v1/audit/" + std::to_string(first["entry"].get<std::int64_t>()) + "/undo")) == "units.changed_since");
    CHECK(problem_code(admin.call(Method::post, "/api/v1/audit/987654/undo")) == "audit.unknown");
}

TEST_CASE_METHOD(Fixture, "a unit on which something hangs is not deleted, and the counts say what") {
    const std::string at = "?basis=" + std::to_string(basis());
    const api::Response refused = admin.call(Method::del, path(id("450103GZ02")) + at);
    CHECK(problem_code(refused) == "units.in_use");
    CHECK(std::stoll(json_of(refused)["params"]["units"].get<std::string>()) > 0);
    CHECK(json_of(refused)["params"]["roles"] == "1");
    const Json uses = json_of(admin.call(Method::get, path(id("450103GZ0201")) + "/uses"));
    CHECK(uses["uses"].size() >= 2);
    Json change = change_of("450103GZ0201");
    change["active"] = false;
    CHECK(problem_code(admin.call(Method::put, path(id("450103GZ0201")), change.dump())) == "units.occupied");
    change = change_of("450103GZ02");
    change["active"] = false;
    CHECK(problem_code(admin.call(Method::put, path(id("450103GZ02")), change.dump())) == "units.has_children");
    CHECK(problem_code(admin.call(Method::del, path(id("GX45")) + at)) == "units.kind");
}

TEST_CASE_METHOD(Fixture, "units hang only where their kind belongs, and stay in their channel") {
    const auto refused = [&](const Json& body) { return problem_code(admin.call(Method::post, "/api/v1/units", body.dump())); };
    Json wrong = community("450103GZ0298", "450103GZ02");
    wrong["area_parent"] = id("GX4501");
    CHECK(refused(wrong) == "units.parent");
    wrong = community("450103GZ0298", "450103GZ02");
    wrong["channel"] = 1;
    CHECK(refused(wrong) == "units.parent_channel");
    wrong = community("450103GZ0298", "450103GZ02");
    wrong["channel_parent"] = id("450103GZ01");
    CHECK(refused(wrong) == "units.parents_differ");
    CHECK(refused(community("450103GZ0201", "450103GZ02")) == "units.code_taken");
    CHECK(refused(community("not a code", "450103GZ02")) == "units.code");
    const Json below_itself{{"basis", basis()}, {"area_parent", id("450103GZ02")}, {"channel_parent", id("450103GZ02")}};
    CHECK(problem_code(admin.call(Method::post, path(id("450103GZ")) + "/move", below_itself.dump())) == "units.parent");
}

TEST_CASE_METHOD(Fixture, "a network's administrator changes the own network's units alone") {
    CHECK(network.call(Method::post, "/api/v1/units", community("450103GZ0297", "450103GZ02").dump()).status == 201);
    Json change = change_of("GX4502");
    change["name"] = "别人的";
    CHECK(problem_code(network.call(Method::put, path(id("GX4502")), change.dump())) == "units.out_of_scope");
    CHECK(problem_code(network.call(Method::put, path(id("GX45")), change.dump())) == "units.out_of_scope");
    CHECK(problem_code(network.call(Method::put, path(987654321), change.dump())) == "units.unknown");
}

TEST_CASE_METHOD(Fixture, "a network's administrator sees the changes of the own units, and undoes them") {
    const std::int64_t community_id = id("450103GZ0201");
    const UnitRecord before = unit("450103GZ0201");
    Json move{{"basis", basis()}, {"area_parent", id("450103GZ01")}, {"channel_parent", id("450103GZ01")}};
    REQUIRE(network.call(Method::post, path(community_id) + "/move", move.dump()).status == 200);
    const Json changes = json_of(network.call(Method::get, path(community_id) + "/changes"))["entries"];
    REQUIRE(changes.size() == 1);
    CHECK(changes[0]["kind"] == "unit.move");
    CHECK(changes[0]["undoable"] == true);
    CHECK(problem_code(network.call(Method::get, path(id("GX4502")) + "/changes")) == "units.out_of_scope");
    CHECK(problem_code(network.call(Method::get, path(id("GX45")) + "/changes")) == "units.out_of_scope");
    REQUIRE(network.call(Method::post, "/api/v1/audit/" + std::to_string(changes[0]["id"].get<std::int64_t>()) + "/undo").status == 200);
    CHECK(unit("450103GZ0201").area_parent == before.area_parent);
    CHECK(json_of(network.call(Method::get, path(community_id) + "/changes"))["entries"].size() == 2);
}

TEST_CASE_METHOD(Fixture, "the pool to which the policy sends whom nothing else places stays in use") {
    REQUIRE(admin.call(Method::post, "/api/v1/units", Json{{"code", "450103GZW9"}, {"name", "备用待分配"}, {"kind", "pool"}, {"channel", 3},
                                                           {"area_parent", id("450103GZ")}, {"channel_parent", id("450103GZ")},
                                                           {"billing_area", "TST1"}, {"sort_order", 9}}.dump()).status == 201);
    const std::int64_t pool = id("450103GZW9");
    Json policies = json_of(admin.call(Method::get, "/api/v1/policies"));
    const Json first = policies["fallback_pool"];
    policies["fallback_pool"] = pool;
    REQUIRE(admin.call(Method::put, "/api/v1/policies", policies.dump()).status == 200);
    Json change = change_of("450103GZW9");
    change["active"] = false;
    CHECK(problem_code(admin.call(Method::put, path(pool), change.dump())) == "units.fallback_pool");
    policies = json_of(admin.call(Method::get, "/api/v1/policies"));
    policies["fallback_pool"] = first;
    REQUIRE(admin.call(Method::put, "/api/v1/policies", policies.dump()).status == 200);
    change["basis"] = basis();
    CHECK(admin.call(Method::put, path(pool), change.dump()).status == 200);
}

TEST_CASE_METHOD(Fixture, "what a role may do is changed, holds at once, and never locks the administrators out") {
    const auto change = [&](std::int64_t role, Json actions, Json hidden = Json::array()) {
        const Json body{{"rights_version", rights_version()}, {"name", "角色"}, {"actions", std::move(actions)}, {"hidden_menus", std::move(hidden)}};
        return problem_code(admin.call(Method::put, "/api/v1/roles/" + std::to_string(role), body.dump()));
    };
    Client manager(server, "cm_qx01");
    const std::string list = R"({"filters":[],"order":[],"limit":1})";
    CHECK(manager.call(Method::post, "/api/v1/customers/list", list).status == 200);
    CHECK(change(17, Json::array()).empty());
    CHECK(problem_code(manager.call(Method::post, "/api/v1/customers/list", list)) == "rights.missing");
    CHECK(change(17, {"view_customer"}, {"log"}).empty());
    const Json menu = json_of(manager.call(Method::get, "/api/v1/session"))["menu"];
    for (const Json& item : menu) CHECK(item["code"] != "log");
    CHECK(change(1, {"view_customer"}) == "people.last_administrator");
    CHECK(change(1, {"view_customer", "manage_people"}) == "people.last_administrator");
    // Rights without the screens to use them would be a lock-out, too.
    const Json roles = json_of(admin.call(Method::get, "/api/v1/roles"))["roles"];
    const Json all = std::find_if(roles.begin(), roles.end(), [](const Json& one) { return one["id"] == 1; })->at("actions");
    CHECK(change(1, all, {"roles"}) == "menu.needed");
    CHECK(change(1, all, {"menus", "people"}) == "menu.needed");
    CHECK(change(1, all, {"people", "audit"}).empty());
    CHECK(change(1, all).empty());
    CHECK(change(99, {"view_customer"}) == "roles.unknown");
    CHECK(change(17, {"fly"}) == "request.invalid");
    CHECK(change(17, {"view_customer"}, {"no_such_screen"}) == "menu.unknown_item");
    const Json stale{{"rights_version", 1}, {"name", "角色"}, {"actions", Json::array()}, {"hidden_menus", Json::array()}};
    CHECK(problem_code(admin.call(Method::put, "/api/v1/roles/17", stale.dump())) == "roles.stale");
}

TEST_CASE_METHOD(Fixture, "the main menu is arranged, for everybody") {
    Json menu = json_of(admin.call(Method::get, "/api/v1/menu"));
    REQUIRE(menu["items"].size() >= 11);
    Json handovers;
    Json rest = Json::array();
    for (const Json& item : menu["items"]) {
        if (item["code"] == "handovers") handovers = item;
        else rest.push_back(item);
    }
    handovers["section"] = "customers";
    Json arranged = Json::array({handovers});
    for (Json& item : rest) {
        if (item["code"] == "log") item["hidden"] = true;
        arranged.push_back(item);
    }
    REQUIRE(admin.call(Method::put, "/api/v1/menu", Json{{"rights_version", rights_version()}, {"items", arranged}}.dump()).status == 200);
    Client query(server, "nn_query");
    const Json seen = json_of(query.call(Method::get, "/api/v1/session"))["menu"];
    CHECK(seen[0]["code"] == "handovers");
    for (const Json& item : seen) CHECK(item["code"] != "log");
    for (Json& item : arranged)
        if (item["code"] == "menus") item["hidden"] = true;
    CHECK(problem_code(admin.call(Method::put, "/api/v1/menu", Json{{"rights_version", rights_version()}, {"items", arranged}}.dump())) == "menu.needed");
    // Of two who arranged the same menu the second is told.
    menu["items"][0]["hidden"] = true;
    CHECK(problem_code(admin.call(Method::put, "/api/v1/menu", menu.dump())) == "menu.stale");
}

TEST_CASE_METHOD(Fixture, "a key is a line of what a move of a unit does, is told in words, and does not keep its unit for ever") {
    server.clock().set(start_of_day(make_date(2026, 11, 18)));
    admin = Client(server, "sysadmin");
    const auto add = [&](std::string name, std::int64_t at, Json channels) {
        return json_of(admin.call(Method::post, "/api/v1/keys", Json{{"name", name}, {"unit", at}, {"channels", channels}, {"expires_on", "2026-12-01"}}.dump()));
    };
    const Json of_team = add("片区系统", id("450103GZ02"), {"public", "commercial"});
    add("全省系统", id("GX45"), Json::array());
    const Json trail = json_of(admin.call(Method::post, "/api/v1/audit/list",
                                          R"({"kind":"key.add","subject":0,"person":0,"from":"","until":"","search":"","before":0,"limit":2})"))["entries"];
    CHECK(trail[0]["after"]["channels"] == "all");
    CHECK(trail[1]["after"]["channels"] == Json({"commercial", "public"}));
    const Json move{{"basis", 0}, {"area_parent", id("450103GZ01")}, {"channel_parent", id("450103GZ01")}};
    const auto plan = [&] { return json_of(admin.call(Method::post, path(id("450103GZ0201")) + "/move-plan", move.dump())); };
    const Json before = plan();
    CHECK(before["customers"] > 0);
    REQUIRE(before["keys"].size() == 1);  // what holds above both sees as much as before
    CHECK(before["keys"][0]["name"] == "片区系统");
    CHECK(before["keys"][0]["loses"] == before["customers"]);
    CHECK(before["keys"][0]["gains"] == 0);
    REQUIRE(admin.call(Method::del, "/api/v1/keys/" + std::to_string(of_team["id"].get<std::int64_t>())).status == 200);
    CHECK(plan()["keys"].empty());

    REQUIRE(admin.call(Method::post, "/api/v1/units", community("450103GZ0296", "450103GZ02").dump()).status == 201);
    const std::int64_t fresh = id("450103GZ0296");
    const Json key = add("短命系统", fresh, Json::array());
    const auto remove = [&] { return admin.call(Method::del, path(fresh) + "?basis=" + std::to_string(basis())); };
    CHECK(problem_code(remove()) == "units.in_use");
    REQUIRE(admin.call(Method::del, "/api/v1/keys/" + std::to_string(key["id"].get<std::int64_t>())).status == 200);
    CHECK(remove().status == 204);
    CHECK_FALSE(known("450103GZ0296"));
}

TEST_CASE_METHOD(Fixture, "a key reads customers of its scope until it is revoked or expires") {
    const auto add = [&](std::string name, std::int64_t unit_id, Json channels, std::string expires) {
        return admin.call(Method::post, "/api/v1/keys", Json{{"name", name}, {"unit", unit_id}, {"channels", channels}, {"expires_on", expires}}.dump());
    };
    server.clock().set(start_of_day(make_date(2026, 11, 18)));
    Client again(server, "sysadmin");
    admin = again;
    CHECK(problem_code(add("过期", id("GX45"), Json::array(), "2026-11-17")) == "keys.expiry");
    CHECK(problem_code(add("太久", id("GX45"), Json::array(), "2030-01-01")) == "keys.expiry");
    const Json whole = json_of(add("10000", id("GX45"), Json::array(), "2026-12-01"));
    const Json narrow = json_of(add("大客户系统", id("450103GZ0201"), {"public"}, "2026-12-01"));
    CHECK(problem_code(add("10000", id("GX45"), Json::array(), "2026-12-01")) == "keys.name_taken");

    Client stranger(server, "");
    const auto ask = [&](const Json& key, const std::string& query) {
        return stranger.call_with_key(key["token"].get<std::string>(), "/api/v1/identity/customers?" + query);
    };
    const Json rows = json_of(again.call(Method::post, "/api/v1/customers/list", R"({"filters":[],"order":[],"limit":200})"));
    std::size_t seen = 0;
    for (const Json& row : rows["rows"]) {
        const std::string code = row[1];
        CHECK(json_of(ask(whole, "code=" + code))["customers"].size() == 1);
        const Json answer = json_of(ask(narrow, "code=" + code))["customers"];
        for (const Json& one : answer) CHECK(one["place"] == "450103GZ0201");
        seen += answer.size();
    }
    CHECK(seen > 0);
    CHECK(seen < rows["rows"].size());
    CHECK(ask(narrow, "code=0000000000000").body == R"({"customers":[]})");
    CHECK(ask(whole, "").status == 400);
    CHECK(problem_code(stranger.call_with_key("qk_wrong", "/api/v1/identity/customers?code=1")) == "key.none");
    CHECK(problem_code(again.call(Method::get, "/api/v1/identity/customers?code=1")) == "key.none");  // a person's session is no key
    CHECK(problem_code(stranger.call_with_key(whole["token"].get<std::string>(), "/api/v1/organisation")) == "session.none");

    CHECK(again.call(Method::del, "/api/v1/keys/" + std::to_string(whole["id"].get<std::int64_t>())).status == 200);
    CHECK(problem_code(ask(whole, "code=1")) == "key.none");
    server.clock().set(start_of_day(make_date(2026, 12, 1)));
    CHECK(ask(narrow, "code=1").status == 200);
    server.clock().set(start_of_day(make_date(2026, 12, 2)));
    CHECK(problem_code(ask(narrow, "code=1")) == "key.none");
}

TEST_CASE_METHOD(Fixture, "cabinets, number ranges and lifted locks go to the trail, before and after") {
    Client channels(server, "qudao_admin");
    const std::int64_t first = id("450103GZ0201"), second = id("450103GZ0101");
    const auto cabinet = [&](std::int64_t unit_id, int version) {
        return channels.call(Method::put, "/api/v1/cabinets/T-AUDIT", Json{{"name", "甲箱"}, {"unit", unit_id}, {"version", version}}.dump());
    };
    REQUIRE(cabinet(first, 0).status == 200);
    REQUIRE(cabinet(second, 1).status == 200);
    Json range{{"id", 0}, {"first", "07719990000"}, {"last", "07719990099"}, {"unit", first}, {"version", 0}};
    const Json stored = json_of(channels.call(Method::post, "/api/v1/number-ranges", range.dump()));
    REQUIRE(stored.contains("id"));
    range = stored;
    range["unit"] = second;
    const Json changed = json_of(channels.call(Method::post, "/api/v1/number-ranges", range.dump()));
    const std::string at = "/api/v1/number-ranges/" + std::to_string(stored["id"].get<std::int64_t>());
    REQUIRE(channels.call(Method::del, at + "?version=" + std::to_string(changed["version"].get<int>())).status == 200);

    const auto trail = [&](std::string_view kind) {
        return json_of(admin.call(Method::post, "/api/v1/audit/list", Json{{"kind", std::string(kind)}, {"subject", 0}, {"person", 0}, {"from", ""}, {"until", ""},
                                                                           {"search", ""}, {"before", 0}, {"limit", 50}}.dump()))["entries"];
    };
    const Json cabinets = trail("cabinet.");
    REQUIRE(cabinets.size() == 2);
    CHECK(cabinets[0]["kind"] == "cabinet.change");
    CHECK(cabinets[0]["subject_name"] == "T-AUDIT");
    CHECK(cabinets[0]["before"]["unit"].get<std::string>().find("450103GZ0201") == 0);
    CHECK(cabinets[0]["after"]["unit"].get<std::string>().find("450103GZ0101") == 0);
    CHECK(!cabinets[0]["after"].contains("name"));  // unchanged
    CHECK(cabinets[1]["kind"] == "cabinet.add");
    const Json ranges = trail("range.");
    REQUIRE(ranges.size() == 3);
    CHECK(ranges[0]["kind"] == "range.remove");
    CHECK(ranges[0]["before"]["first"] == "07719990000");
    CHECK(ranges[1]["kind"] == "range.change");
    CHECK(ranges[2]["kind"] == "range.add");

    // A community that a cabinet serves is not deleted.
    const Json uses = json_of(admin.call(Method::get, path(second) + "/uses"))["uses"];
    CHECK(std::any_of(uses.begin(), uses.end(), [](const Json& use) { return use["what"] == "cabinets"; }));
}

TEST_CASE_METHOD(Fixture, "what is one for all opens to rights over the whole province alone") {
    Client department(server, "dep_key");  // a channel administrator, at one channel of the province
    for (const char* path : {"/api/v1/feeds", "/api/v1/feed-runs/1", "/api/v1/feed-runs/1/rejected"})
        CHECK(problem_code(department.call(Method::get, path)) == "rights.missing");
    const Json session = json_of(department.call(Method::get, "/api/v1/session"));
    for (const Json& item : session["menu"]) CHECK(item["code"] != "feeds");
    Client everywhere(server, "qudao_admin");
    CHECK(everywhere.call(Method::get, "/api/v1/feeds").status == 200);

    // The same rights given to a network's administrators open roles, menus, trail and keys no more than before.
    const Json roles = json_of(admin.call(Method::get, "/api/v1/roles"))["roles"];
    Json actions;
    for (const Json& role : roles)
        if (role["code"] == "network_system_administrator") actions = role["actions"];
    for (const char* more : {"manage_roles", "view_audit", "manage_keys"}) actions.push_back(more);
    const Json body{{"rights_version", rights_version()}, {"name", "本地网系统管理员"}, {"actions", actions}, {"hidden_menus", Json::array()}};
    REQUIRE(admin.call(Method::put, "/api/v1/roles/8", body.dump()).status == 200);
    Client again(server, "nn_sysadmin");
    for (const char* path : {"/api/v1/menu", "/api/v1/keys"}) CHECK(problem_code(again.call(Method::get, path)) == "rights.missing");
    const Json theirs = json_of(again.call(Method::get, "/api/v1/session"));
    for (const Json& item : theirs["menu"])
        for (const char* hidden : {"roles", "menus", "audit", "api_keys"}) CHECK(item["code"] != hidden);
}

TEST_CASE_METHOD(Fixture, "policies: what a change would do is told first; a close that falls due with it is counted") {
    const auto set_day = [&](std::string_view day) { REQUIRE(admin.call(Method::put, "/api/v1/demo-date", Json{{"day", std::string(day)}}.dump()).status == 200); };
    set_day("2026-12-03");  // the last day of the window of October's round
    Json policies = json_of(admin.call(Method::get, "/api/v1/policies"));
    policies["close_day"] = 2;
    const Json effect = json_of(admin.call(Method::post, "/api/v1/policies/preview", policies.dump()));
    CHECK(effect["window_now"]["open"] == true);
    CHECK(effect["window_then"]["open"] == false);
    CHECK(effect["would_lock"] == json_of(Client(server, "qudao_admin").call(Method::get, "/api/v1/rounds/202610"))["unplaced"]);
    CHECK(effect["would_lock"] > 0);
    CHECK(effect["otherwise"] == 0);
    policies["close_day"] = 3;
    CHECK(json_of(admin.call(Method::post, "/api/v1/policies/preview", policies.dump()))["would_lock"] == 0);

    policies["fallback_pool"] = id("450103GZW0");
    REQUIRE(admin.call(Method::put, "/api/v1/policies", policies.dump()).status == 200);
    const Json trail = json_of(admin.call(Method::post, "/api/v1/audit/list", R"({"kind":"policy.","subject":0,"person":0,"from":"","until":"","search":"","before":0,"limit":5})"));
    CHECK(trail["entries"][0]["kind"] == "policy.partition");
    CHECK(trail["entries"][0]["before"]["fallback_pool"] == "");
    CHECK(trail["entries"][0]["after"]["fallback_pool"] == "450103GZW0 " + unit("450103GZW0").name);
    CHECK(trail["entries"][1]["kind"] == "policy.demo_date");  // the window stayed, and nothing was written of it
    CHECK(problem_code(admin.call(Method::put, "/api/v1/policies", policies.dump())) == "policy.stale");
    CHECK(problem_code(network.call(Method::get, "/api/v1/policies")) == "rights.missing");
}

TEST_CASE_METHOD(Fixture, "whoever looks as another reads the round, and takes no step of it") {
    std::int64_t person = 0;
    const Json found = json_of(admin.call(Method::post, "/api/v1/people/list", R"({"search":"qudao_admin","unit":0,"role":0,"state":"all","after":"","limit":10})"));
    for (const Json& one : found["people"])
        if (one["login"] == "qudao_admin") person = one["id"];
    REQUIRE(admin.call(Method::put, "/api/v1/session/see-as", Json{{"person", person}}.dump()).status == 200);
    const std::string list = R"({"filters":[],"order":[],"limit":10})";
    for (const char* path : {"/api/v1/round-customers/list", "/api/v1/round-marks/list", "/api/v1/locks/list", "/api/v1/handovers/list"})
        CHECK(admin.call(Method::post, path, list).status == 200);
    CHECK(admin.call(Method::get, "/api/v1/rounds").status == 200);
    CHECK(problem_code(admin.call(Method::post, "/api/v1/rounds/202610/act", R"({"act":"gather"})")) == "session.read_only");
    CHECK(problem_code(admin.call(Method::post, "/api/v1/locks/lift", R"({"customer_code":"1","reason":"x"})")) == "session.read_only");
    CHECK(problem_code(admin.call(Method::put, "/api/v1/cabinets/T-1", R"({"name":"","unit":0,"version":0})")) == "session.read_only");
    CHECK(problem_code(admin.call(Method::post, "/api/v1/handovers/confirm", R"({"received":[]})")) == "session.read_only");
}
