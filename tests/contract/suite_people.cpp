#include "tests/contract/world.hpp"

namespace qudao::contract {
namespace {

bool same(const Person& a, const Person& b) { return a.id == b.id && a.login == b.login && a.name == b.name && a.active == b.active; }

TEST_CASE("roles, persons and grants come back as they went in", "[people]") {
    const World world = make_world(12);
    const auto work = reading(*world.database);
    const auto roles = must(work->people().roles());
    REQUIRE(roles.size() == world.roles.size());
    for (std::size_t i = 0; i < roles.size(); ++i) {
        CHECK(roles[i].id == world.roles[i].id);
        CHECK(roles[i].code == world.roles[i].code);
        CHECK(roles[i].name == world.roles[i].name);
        CHECK(roles[i].actions == world.roles[i].actions);
    }
    const auto persons = must(work->people().all());
    REQUIRE(persons.size() == world.staff.persons.size());
    for (std::size_t i = 0; i < persons.size(); ++i) CHECK(same(persons[i], world.staff.persons[i]));
    CHECK(must(work->people().grants()).size() == world.staff.grants.size());
}

TEST_CASE("a store gives ids to persons, and takes those given", "[people]") {
    const World world = make_world(12);
    const auto work = writing(*world.database);
    const PersonId first = must(work->people().add_person({{}, "zhang3", "张三𠮷", true}, "hash'1\\"));
    const PersonId second = must(work->people().add_person({{}, "li4", "李四", true}, "hash2"));
    CHECK(first.value > 0);
    CHECK_FALSE(first == second);
    CHECK(must(work->people().add_person({{7777}, "wang5", "王五", false}, "hash3")) == PersonId{7777});
    must_do(work->commit());
    const auto found = must(reading(*world.database)->people().credentials("zhang3"));
    REQUIRE(found);
    CHECK(same(found->person, {first, "zhang3", "张三𠮷", true}));
    CHECK(found->password_hash == "hash'1\\");
    const auto retired = must(reading(*world.database)->people().credentials("wang5"));
    REQUIRE(retired);
    CHECK_FALSE(retired->person.active);
}

TEST_CASE("log-in names are unique and compared byte for byte", "[people]") {
    const World world = make_world(12);
    CHECK(code_of_error(writing(*world.database)->people().add_person({{}, "nn_query", "另一人", true}, "h")) == "people.login_taken");
    const auto work = writing(*world.database);
    CHECK_FALSE(must(work->people().credentials("NN_QUERY")).has_value());
    CHECK_FALSE(must(work->people().credentials("nn_query ")).has_value());
    CHECK_FALSE(must(work->people().credentials("")).has_value());
    CHECK_FALSE(must(work->people().credentials("' or 1=1 --")).has_value());
    must(work->people().add_person({{}, "NN_QUERY", "大写", true}, "h"));
    must_do(work->commit());
    CHECK(must(reading(*world.database)->people().credentials("NN_QUERY"))->person.name == "大写");
}

TEST_CASE("persons are looked up by id, known ones only", "[people]") {
    const World world = make_world(12);
    const auto work = reading(*world.database);
    const auto found = must(work->people().persons({PersonId{5}, PersonId{2}, PersonId{987654}, PersonId{5}}));
    REQUIRE(found.size() == 2);
    CHECK(found[0].id == PersonId{2});
    CHECK(found[1].id == PersonId{5});
    CHECK(must(work->people().persons({})).empty());
}

TEST_CASE("grants of the deactivated do not count", "[people]") {
    const World world = make_world(12);
    const PersonId manager = world.person("cm_qx01");
    const auto grants_of = [&](PersonId person) {
        std::int64_t count = 0;
        for (const Grant& grant : must(reading(*world.database)->people().grants())) count += grant.person == person ? 1 : 0;
        return count;
    };
    const auto set = [&](bool active) {
        const auto work = writing(*world.database);
        must_do(work->people().set_active(manager, active));
        must_do(work->commit());
    };
    CHECK(grants_of(manager) == 1);
    set(false);
    CHECK(grants_of(manager) == 0);
    set(true);
    CHECK(grants_of(manager) == 1);
}

TEST_CASE("grants keep unit, role and every channel of the mask", "[people]") {
    const World world = make_world(12);
    const std::vector<ChannelMask> masks = {kAllChannels, 1u, 1u << 31, 0u, 0x5u};
    const PersonId person = world.person("sysadmin");
    {
        const auto work = writing(*world.database);
        std::vector<Grant> grants;
        for (std::size_t i = 0; i < masks.size(); ++i)
            grants.push_back({person, RoleId{3}, world.records.units[i + 3].id, masks[i]});
        must_do(work->people().add_grants(grants));
        must_do(work->commit());
    }
    for (std::size_t i = 0; i < masks.size(); ++i) {
        int found = 0;
        for (const Grant& grant : must(reading(*world.database)->people().grants()))
            if (grant.person == person && grant.role == RoleId{3} && grant.unit == world.records.units[i + 3].id) {
                CHECK(grant.channels == masks[i]);
                ++found;
            }
        CHECK(found == 1);
    }
}

TEST_CASE("passwords change; unknown persons are an error", "[people]") {
    const World world = make_world(12);
    const auto work = writing(*world.database);
    must_do(work->people().set_password(world.person("nn_query"), "new-hash"));
    CHECK(must(work->people().credentials("nn_query"))->password_hash == "new-hash");
    CHECK(code_of_error(work->people().set_password({424242}, "x")) == "people.unknown");
    CHECK(code_of_error(work->people().set_active({424242}, false)) == "people.unknown");
}

TEST_CASE("people roll back", "[people]") {
    const World world = make_world(12);
    {
        const auto work = writing(*world.database);
        must(work->people().add_person({{}, "gone", "过客", true}, "h"));
        must_do(work->people().set_password(world.person("nn_query"), "lost"));
        must_do(work->people().set_active(world.person("nn_query"), false));
        must_do(work->people().add_grants({{world.person("nn_query"), RoleId{2}, world.unit("GX45"), kAllChannels}}));
        must_do(work->people().add_roles({{RoleId{99}, "temporary", "临时", 1}}));
    }
    const auto work = reading(*world.database);
    CHECK_FALSE(must(work->people().credentials("gone")).has_value());
    const auto found = must(work->people().credentials("nn_query"));
    CHECK(found->password_hash != "lost");
    CHECK(found->person.active);
    CHECK(must(work->people().grants()).size() == world.staff.grants.size());
    CHECK(must(work->people().roles()).size() == world.roles.size());
}

TEST_CASE("views are each person's own, in the order they were saved", "[people]") {
    const World world = make_world(12);
    const PersonId one{2}, other{5};
    const auto names = [&](PersonId person) {
        std::vector<std::string> all;
        for (const SavedView& view : must(reading(*world.database)->people().saved_views(person))) all.push_back(view.name);
        return all;
    };
    const auto save = [&](PersonId person, const SavedView& view) {
        const auto work = writing(*world.database);
        must_do(work->people().save_view(person, view));
        must_do(work->commit());
    };
    CHECK(names(one).empty());
    const std::string layouts(15'000, 'x');
    save(one, {0, "青秀𠮷", "/customers?unit=3&f.name=\xE9\x9F\xA6'\\", layouts});
    save(one, {0, "本月", "/log", ""});
    save(other, {0, "本月", "/handovers", ""});
    CHECK(names(one) == std::vector<std::string>{"青秀𠮷", "本月"});
    CHECK(names(other) == std::vector<std::string>{"本月"});
    const auto first = must(reading(*world.database)->people().saved_views(one)).front();
    CHECK(first.address == "/customers?unit=3&f.name=\xE9\x9F\xA6'\\");
    CHECK(first.layouts == layouts);
    // Names are compared byte for byte; one of the same name takes its place and comes last.
    save(one, {0, "ABC", "/log", ""});
    save(one, {0, "abc", "/log", ""});
    save(one, {0, "青秀𠮷", "/moves", "{}"});
    CHECK(names(one) == std::vector<std::string>{"本月", "ABC", "abc", "青秀𠮷"});
    const auto mine = must(reading(*world.database)->people().saved_views(one));
    CHECK(mine.back().address == "/moves");
    // Another's is not forgotten, nor one that is not there.
    {
        const auto work = writing(*world.database);
        must_do(work->people().forget_view(other, mine.front().id));
        must_do(work->people().forget_view(one, 987654321));
        must_do(work->people().forget_view(one, mine.back().id));
        must_do(work->commit());
    }
    CHECK(names(one) == std::vector<std::string>{"本月", "ABC", "abc"});
    {
        const auto work = writing(*world.database);
        must_do(work->people().save_view(one, {0, "本月", "/moves", ""}));
        must_do(work->people().forget_view(one, mine[1].id));
    }
    CHECK(names(one) == std::vector<std::string>{"本月", "ABC", "abc"});
}

}  // namespace
}  // namespace qudao::contract
