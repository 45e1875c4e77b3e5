// What administration asks of a store: changed units and roles, the menu, the audit trail, keys, sessions of a person.
#include <map>

#include "tests/contract/world.hpp"

namespace qudao::contract {
namespace {

ports::AuditEntry entry(std::string kind, std::int64_t subject, std::string name, std::int64_t at, PersonId person) {
    ports::AuditEntry one;
    one.at = Instant{at};
    one.person = person;
    one.kind = std::move(kind);
    one.subject_id = subject;
    one.subject = std::move(name);
    one.before = R"({"name":"旧 \\ '引'"})";
    one.after = R"({"name":"新𠮷"})";
    return one;
}

std::vector<std::int64_t> ids(const std::vector<ports::AuditEntry>& entries) {
    std::vector<std::int64_t> out;
    for (const ports::AuditEntry& one : entries) out.push_back(one.id.value);
    return out;
}

TEST_CASE("the audit trail comes back newest first, by every condition", "[administration]") {
    const World world = make_world(12);
    const PersonId a = world.person("sysadmin");
    const PersonId b = world.person("nn_query");
    const auto work = writing(*world.database);
    const AuditId first = must(work->audit().append(entry("unit.move", 5, "450103GZ 青秀区", 1000, a)));
    const AuditId second = must(work->audit().append(entry("unit.change", 5, "450103GZ 青秀区", 2000, b)));
    const AuditId third = must(work->audit().append(entry("person.add", 7, "100%_!x", 3000, a)));
    CHECK(first.value < second.value);
    const auto search = [&](const ports::AuditFilter& filter) { return ids(must(work->audit().search(filter))); };
    using Ids = std::vector<std::int64_t>;
    CHECK(search({}) == Ids{third.value, second.value, first.value});
    CHECK(search({.kind_prefix = "unit."}) == Ids{second.value, first.value});
    CHECK(search({.kind_prefix = "unit.move"}) == Ids{first.value});
    CHECK(search({.subject_id = 7}) == Ids{third.value});
    CHECK(search({.person = a}) == Ids{third.value, first.value});
    CHECK(search({.from = {2000}}) == Ids{third.value, second.value});
    CHECK(search({.from = {2000}, .until = {3000}}) == Ids{second.value});
    CHECK(search({.text = "青秀"}) == Ids{second.value, first.value});
    CHECK(search({.text = "%_!"}) == Ids{third.value});
    CHECK(search({.text = "_"}) == Ids{third.value});
    CHECK(search({.before = third, .limit = 1}) == Ids{second.value});
    const auto found = must(work->audit().find(first));
    REQUIRE(found);
    CHECK(found->before == R"({"name":"旧 \\ '引'"})");
    CHECK(found->after == R"({"name":"新𠮷"})");
    CHECK(found->at == Instant{1000});
    CHECK(found->person == a);
    CHECK_FALSE(found->undone_by);
    CHECK_FALSE(must(work->audit().find(AuditId{9999})));
}

TEST_CASE("an entry is undone once", "[administration]") {
    const World world = make_world(12);
    const auto work = writing(*world.database);
    const AuditId what = must(work->audit().append(entry("unit.move", 5, "x", 1, world.person("sysadmin"))));
    const AuditId by = must(work->audit().append(entry("unit.undo", 5, "x", 2, world.person("sysadmin"))));
    must_do(work->audit().mark_undone(what, by));
    CHECK(must(work->audit().find(what))->undone_by == by);
    CHECK(code_of_error(work->audit().mark_undone(what, by)) == "audit.undone");
    CHECK(code_of_error(work->audit().mark_undone(AuditId{9999}, by)) == "audit.unknown");
}

TEST_CASE("keys are found by their hash and revoked once", "[administration]") {
    const World world = make_world(12);
    const auto work = writing(*world.database);
    ports::ApiKey key;
    key.name = "10000 号 '密钥'";
    key.token_hash = "hash-1";
    key.hint = "Ab3-_9";
    key.unit = world.unit("450103GZ");
    key.channels = 0x80000005u;
    key.expires_on = make_date(2026, 12, 31);
    key.created_by = world.person("sysadmin");
    key.created_at = Instant{123456789};
    const ApiKeyId id = must(work->keys().add(key));
    CHECK(code_of_error(work->keys().add(key)) == "keys.name_taken");
    const auto found = must(work->keys().find("hash-1"));
    REQUIRE(found);
    CHECK(found->id == id);
    CHECK(found->name == key.name);
    CHECK(found->hint == key.hint);
    CHECK(found->unit == key.unit);
    CHECK(found->channels == key.channels);
    CHECK(found->expires_on == key.expires_on);
    CHECK(found->created_by == key.created_by);
    CHECK(found->created_at == key.created_at);
    CHECK(found->revoked_at.epoch_ms == 0);
    CHECK(found->used_at.epoch_ms == 0);
    CHECK_FALSE(must(work->keys().find("HASH-1")));
    must_do(work->keys().touch(id, Instant{5}));
    must_do(work->keys().revoke(id, Instant{9}));
    CHECK(code_of_error(work->keys().revoke(id, Instant{10})) == "keys.unknown");
    CHECK(code_of_error(work->keys().revoke(ApiKeyId{777}, Instant{10})) == "keys.unknown");
    REQUIRE(must(work->keys().all()).size() == 1);
    CHECK(must(work->keys().all())[0].revoked_at == Instant{9});
    CHECK(must(work->keys().all())[0].used_at == Instant{5});
}

TEST_CASE("a person changes where the version is the one known", "[administration]") {
    const World world = make_world(12);
    const auto work = writing(*world.database);
    Person person = must(work->people().persons({world.person("nn_query")})).front();
    CHECK(person.version == 1);
    CHECK_FALSE(person.must_change_password);
    person.name = "改名";
    person.active = false;
    person.must_change_password = true;
    must_do(work->people().change_person(person));
    CHECK(code_of_error(work->people().change_person(person)) == "people.stale");
    const Person after = must(work->people().persons({person.id})).front();
    CHECK(after.version == 2);
    CHECK(after.name == "改名");
    CHECK_FALSE(after.active);
    CHECK(after.must_change_password);
    CHECK(must(work->people().credentials("nn_query"))->person.must_change_password);
    CHECK(code_of_error(work->people().change_person({{424242}, "x", "x", true})) == "people.unknown");
}

TEST_CASE("roles of one person are replaced, those of others stay", "[administration]") {
    const World world = make_world(12);
    const PersonId person = world.person("nn_query");
    const auto work = writing(*world.database);
    const std::size_t all = must(work->people().all_grants()).size();
    must_do(work->people().replace_grants(person, {{person, RoleId{2}, world.unit("GX45"), 5u}, {person, RoleId{16}, world.unit("450103GZ02"), kAllChannels}}));
    const auto grants = must(work->people().grants_of(person));
    REQUIRE(grants.size() == 2);
    CHECK(grants[0].role == RoleId{2});
    CHECK(grants[0].channels == 5u);
    CHECK(grants[1].unit == world.unit("450103GZ02"));
    CHECK(must(work->people().all_grants()).size() == all + 1);
    must_do(work->people().replace_grants(person, {}));
    CHECK(must(work->people().grants_of(person)).empty());
    must_do(work->people().set_active(world.person("cm_qx01"), false));
    CHECK(must(work->people().grants_of(world.person("cm_qx01"))).size() == 1);
}

TEST_CASE("a role changes all but its code", "[administration]") {
    const World world = make_world(12);
    const auto work = writing(*world.database);
    must_do(work->people().change_role({RoleId{17}, "ignored", "新名", 0x80000001u, RoleLevel::branch, {"log", "moves"}}));
    const auto roles = must(work->people().roles());
    const Role& role = roles[16];
    CHECK(role.id == RoleId{17});
    CHECK(role.code == "customer_manager");
    CHECK(role.name == "新名");
    CHECK(role.actions == 0x80000001u);
    CHECK(role.level == RoleLevel::branch);
    CHECK(role.hidden_menus == std::vector<std::string>{"log", "moves"});
    CHECK(code_of_error(work->people().change_role({RoleId{99}, "x", "x", 0})) == "rights.unknown_role");
}

TEST_CASE("the menu comes back in the order it was saved in", "[administration]") {
    const World world = make_world(12);
    const auto work = writing(*world.database);
    CHECK(must(work->people().menu()).empty());
    const std::vector<MenuPlace> menu = {{"log", "partition", true}, {"customers", "customers", false}, {"batches", "customers", false}};
    must_do(work->people().save_menu(menu));
    CHECK(must(work->people().menu()) == menu);
    must_do(work->people().save_menu({menu[2]}));
    CHECK(must(work->people().menu()).size() == 1);
}

TEST_CASE("sessions of one person end together, but for the one kept", "[administration]") {
    const World world = make_world(12);
    const PersonId person = world.person("nn_query");
    const PersonId other = world.person("cm_qx01");
    const auto work = writing(*world.database);
    must_do(work->sessions().add({"t1", person, "c", {1}, {1}, {}, true}));
    must_do(work->sessions().add({"t2", person, "c", {1}, {1}}));
    must_do(work->sessions().add({"t3", other, "c", {1}, {1}}));
    CHECK(must(work->sessions().count_of(person)) == 2);
    CHECK(must(work->sessions().find("t1"))->must_change_password);
    must_do(work->sessions().clear_must_change("t1"));
    CHECK_FALSE(must(work->sessions().find("t1"))->must_change_password);
    must_do(work->sessions().set_seen_as("t2", other));
    CHECK(must(work->sessions().find("t2"))->seen_as == other);
    must_do(work->sessions().set_seen_as("t2", {}));
    CHECK_FALSE(must(work->sessions().find("t2"))->seen_as);
    must_do(work->sessions().set_seen_as("nobody", other));
    must_do(work->sessions().remove_of(person, "t2"));
    CHECK_FALSE(must(work->sessions().find("t1")));
    CHECK(must(work->sessions().find("t2")));
    CHECK(must(work->sessions().find("t3")));
}

TEST_CASE("a unit changes and moves, and scopes follow", "[administration]") {
    const World world = make_world(200);
    UnitRecord team = world.org.unit(world.org.find("450103GZ02"));
    team.name = "改名片 '";
    team.area_parent = team.channel_parent = world.unit("450102GZ");
    const auto work = writing(*world.database);
    must_do(work->organisation().change(team));
    const auto records = must(work->organisation().load());
    const Organisation org = must(Organisation::build(records.channels, records.units));
    CHECK(org.unit(org.find("450103GZ02")).name == "改名片 '");
    CHECK(org.parent(Tree::area, org.find("450103GZ02")) == org.find("450102GZ"));
    // A list by the scope of the new parent now has the team's customers.
    query::QuerySpec spec;
    spec.measures = {{query::MeasureKind::count, ""}};
    const auto count = [&](std::string_view unit) {
        const Scope scope(org, {{Tree::area, org.interval(Tree::area, org.find(unit)), kAllChannels}});
        return std::get<std::int64_t>(must(work->queries().run(spec, {PersonId{1}, org, scope}, std::nullopt)).rows[0][0]);
    };
    std::int64_t in_team = 0;
    std::int64_t in_department = 0;
    for (const Customer& customer : world.customers) {
        const UnitIndex place = org.find(customer.place);
        in_team += org.interval(Tree::area, org.find("450103GZ02")).contains(org.position(Tree::area, place)) ? 1 : 0;
        in_department += org.interval(Tree::area, org.find("450102GZ")).contains(org.position(Tree::area, place)) ? 1 : 0;
    }
    CHECK(in_team > 0);
    CHECK(count("450103GZ02") == in_team);
    CHECK(count("450102GZ") == in_department);
    UnitRecord unknown = team;
    unknown.id = UnitId{987654};
    CHECK(code_of_error(work->organisation().change(unknown)) == "organisation.unknown_unit");
    UnitRecord cycle = org.unit(org.find("450102GZ"));
    cycle.area_parent = team.id;
    CHECK(code_of_error(work->organisation().change(cycle)) == "organisation.cycle");
}

TEST_CASE("what hangs on a unit is counted, and an empty unit is taken out", "[administration]") {
    const World world = make_world(200);
    const auto work = writing(*world.database);
    std::int64_t customers = 0;
    const UnitId community = world.unit("450103GZ0201");
    for (const Customer& customer : world.customers) customers += customer.place == community ? 1 : 0;
    std::int64_t cabinets = 0, ranges = 0;
    for (const Cabinet& one : must(work->partition().cabinets())) cabinets += one.unit == community ? 1 : 0;
    for (const NumberRange& one : must(work->partition().ranges())) ranges += one.unit == community ? 1 : 0;
    using Uses = std::map<std::string, std::int64_t>;
    const auto uses_of = [&](UnitId unit) {
        Uses uses;
        for (const ports::UnitUse& use : must(work->organisation().uses(unit))) uses[use.what] = use.count;
        return uses;
    };
    REQUIRE(cabinets > 0);
    REQUIRE(ranges > 0);
    CHECK(uses_of(community) == Uses{{"customers", customers}, {"cabinets", cabinets}, {"ranges", ranges}, {"roles", 1}});
    UnitRecord fresh = world.org.unit(world.org.find("450103GZ0201"));
    fresh.id = UnitId{9001};
    fresh.code = "450103GZ0299";
    must_do(work->organisation().add({{}, {fresh}}));
    CHECK(uses_of(fresh.id).empty());
    must_do(work->organisation().remove(fresh.id));
    CHECK(must(work->organisation().load()).units.size() == world.records.units.size());
    CHECK(code_of_error(work->organisation().remove(fresh.id)) == "organisation.unknown_unit");
    CHECK(code_of_error(work->organisation().remove(world.unit("450103GZ"))) == "organisation.unknown_parent");
}

TEST_CASE("every table that names a unit counts as its use", "[administration]") {
    const World world = make_world(200);
    const auto work = writing(*world.database);
    UnitRecord fresh = world.org.unit(world.org.find("450103GZ0201"));
    fresh.id = UnitId{9001};
    fresh.code = "450103GZ0299";
    must_do(work->organisation().add({{}, {fresh}}));
    const Customer& customer = world.customers.front();
    const ports::Moves moves = moves_of({{customer.id.value, customer.version, customer.place, fresh.id, ""}});
    ports::NoProgress quiet;
    ports::Batch batch = batch_by(world.person("qudao_admin"), Instant{1'795'000'000'000}, 1);
    batch.moved = 1;
    const ports::Batch stored = must(work->moves().apply(batch, moves, handovers_of(moves), quiet));
    (void)must(work->rounds().confirm_handover(stored.id, fresh.id, world.person("qudao_admin"), Instant{1'795'000'000'001}));
    constexpr Period kPeriod{202610};
    (void)must(work->rounds().load(kPeriod, ports::Locking::until_commit));
    must_do(work->rounds().give(kPeriod, world.org.channels()[0].id, {{customer.id, fresh.id, false, {}}}));
    must_do(work->partition().add({{CabinetId{}, "T-USE", "", fresh.id, 1}}));
    must_do(work->partition().save(NumberRange{{}, "07715560000", "07715569999", fresh.id, 1}));
    must_do(work->partition().save_policy({Precedence::cabinet_first, fresh.id}));
    ports::CabinetProposal proposal;
    proposal.access_number = "07711000001";
    proposal.customer = customer.id;
    proposal.raised_on = make_date(2026, 11, 18);
    proposal.from = customer.place;
    proposal.to = fresh.id;
    CHECK(must(work->feeds().add_proposals({proposal, proposal})) == 1);
    ports::PartitionTrace trace;
    trace.customer = customer.id;
    trace.decided_on = make_date(2026, 11, 18);
    trace.pool = fresh.id;
    must_do(work->feeds().add_traces({trace}));
    std::map<std::string, std::int64_t> uses;
    for (const ports::UnitUse& use : must(work->organisation().uses(fresh.id))) uses[use.what] = use.count;
    CHECK(uses == std::map<std::string, std::int64_t>{{"customers", 1}, {"adjustments", 1}, {"batches", 1}, {"handovers", 2}, {"rounds", 1}, {"cabinets", 1},
                                                      {"ranges", 1}, {"policies", 1}, {"proposals", 1}, {"traces", 1}});
}

TEST_CASE("administration rolls back", "[administration]") {
    const World world = make_world(12);
    {
        const auto work = writing(*world.database);
        must(work->audit().append(entry("unit.move", 5, "x", 1, world.person("sysadmin"))));
        must_do(work->people().save_menu({{"log", "partition", false}}));
        must_do(work->people().replace_grants(world.person("nn_query"), {}));
        UnitRecord unit = world.org.unit(world.org.find("450103GZ02"));
        unit.name = "不留";
        must_do(work->organisation().change(unit));
    }
    const auto work = reading(*world.database);
    CHECK(must(work->audit().search({})).empty());
    CHECK(must(work->people().menu()).empty());
    CHECK(must(work->people().grants_of(world.person("nn_query"))).size() == 1);
    for (const UnitRecord& unit : must(work->organisation().load()).units) CHECK(unit.name != "不留");
}

}  // namespace
}  // namespace qudao::contract
