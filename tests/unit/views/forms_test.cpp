// What is typed and not saved: kept, restored with its age, given up, and never put over what somebody else has changed.
#include <catch2/catch.hpp>

#include "client/app/app_model.hpp"
#include "client/views/common/forms.hpp"
#include "tests/unit/views/world_fixture.hpp"

using namespace qudao;
using namespace qudao::client;
using qudao::client::test::count_of;

namespace {

constexpr std::int64_t kWhen = 1'790'000'000'000;

const CallApi& call_of(const Effects& effects, std::string_view use_case) {
    for (const Effect& effect : effects)
        if (const auto* call = std::get_if<CallApi>(&effect); call != nullptr && call->use_case == use_case) return *call;
    throw std::runtime_error("not asked");
}
template <class Dto>
ApiReplied answer(const CallApi& call, const Dto& dto) { return {call.question, dto::to_json(dto)}; }

// What the application does with the effects; how many there were.
int keep(World& world, const Effects& effects) {
    int forms = 0;
    for (const Effect& effect : effects) {
        if (const auto* kept = std::get_if<KeepForm>(&effect)) {
            put_form(world.forms, {kept->screen, kept->record, kept->json, kWhen});
            ++forms;
        } else if (const auto* gone = std::get_if<ForgetForm>(&effect)) {
            drop_form(world.forms, gone->screen, gone->record);
            ++forms;
        }
    }
    return forms;
}
// Over a reload: as text.
World reloaded(const World& before) {
    World world = test::world(0xFFFFFFFFu);
    world.forms = *dto::from_json<Forms>(dto::to_json(before.forms));
    return world;
}

dto::PersonDto person_nine() {
    dto::PersonDto person;
    person.id = 9;
    person.version = 4;
    person.login = "cm";
    person.name = "旧名";
    person.active = person.manageable = true;
    return person;
}
dto::RolesDto two_roles(std::int64_t version = 3, std::string first_name = "小组负责人") {
    dto::RolesDto roles;
    roles.rights_version = version;
    roles.roles = {{16, "team_lead", std::move(first_name), "front_line", {"view_customer"}, {}, 1}, {17, "customer_manager", "客户经理", "front_line", {"view_customer"}, {"log"}, 2}};
    return roles;
}

}  // namespace

TEST_CASE("a new person's form is there again over another screen and a reload, until saved") {
    World world = test::world(0xFFFFFFFFu);
    people::Model model;
    (void)people::reduce(model, people::Opened{}, world);
    (void)people::reduce(model, people::NewPressed{}, world);
    CHECK(to_text(people::address_of(model)) == "/people?new=1");
    CHECK(keep(world, people::reduce(model, people::Typed{"zhang_new", "张新"}, world)) == 1);
    CHECK(model.restored_unix_ms == 0);  // being typed, not restored

    World later = reloaded(world);
    people::Model again;
    (void)people::reduce(again, people::Opened{parse_address("/people?new=1")}, later);
    REQUIRE(again.draft);
    CHECK(again.draft->login == "zhang_new");
    CHECK(again.draft->name == "张新");
    CHECK(again.restored_unix_ms == kWhen);

    const Effects saved = people::reduce(again, people::SavePressed{"zhang_new", "张新"}, later);
    keep(later, people::reduce(again, answer(call_of(saved, "people.add"), dto::FirstPasswordDto{5, "geheim"}), later));
    CHECK(later.forms.forms.empty());
    (void)people::reduce(again, people::NewPressed{}, later);
    CHECK(again.draft->login.empty());
}

TEST_CASE("a form read after its screen was opened fills it; emptied or given up it is forgotten") {
    World world = test::world(0xFFFFFFFFu);
    people::Model model;
    (void)people::reduce(model, people::NewPressed{}, world);
    keep(world, people::reduce(model, people::Typed{"a", ""}, world));
    AppModel app;
    app.world = test::world(0xFFFFFFFFu);
    (void)people::reduce(app.people, people::NewPressed{}, app.world);
    app.world.forms = world.forms;
    (void)forms_came(app);
    CHECK(app.people.draft->login == "a");
    keep(app.world, people::reduce(app.people, people::Discarded{}, app.world));
    CHECK(app.people.draft->login.empty());
    CHECK(app.people.restored_unix_ms == 0);
    CHECK(app.world.forms.forms.empty());
    keep(world, people::reduce(model, people::Typed{"", ""}, world));
    CHECK(world.forms.forms.empty());
}

TEST_CASE("a person's unsaved changes stay with that person, and with the version they were made from") {
    World world = test::world(0xFFFFFFFFu);
    people::Model model;
    Effects opened = people::reduce(model, people::RowPressed{9}, world);
    (void)people::reduce(model, answer(call_of(opened, "people.show"), person_nine()), world);
    keep(world, people::reduce(model, people::Typed{"cm", "新名"}, world));
    opened = people::reduce(model, people::RowPressed{8}, world);
    dto::PersonDto other = person_nine();
    other.id = 8;
    other.name = "别人";
    (void)people::reduce(model, answer(call_of(opened, "people.show"), other), world);
    CHECK(model.draft->name == "别人");
    opened = people::reduce(model, people::RowPressed{9}, world);
    dto::PersonDto changed = person_nine();
    changed.version = 5;   // by somebody else
    (void)people::reduce(model, answer(call_of(opened, "people.show"), changed), world);
    CHECK(model.draft->name == "新名");
    CHECK(model.restored_unix_ms == kWhen);
    const Effects saved = people::reduce(model, people::SavePressed{"cm", "新名"}, world);
    CHECK(call_of(saved, "people.change").body.find("\"version\":4") != std::string::npos);
}

TEST_CASE("rights ticked and not saved are there again, and are not put over another's") {
    World world = test::world(0xFFFFFFFFu);
    roles::Model model;
    Effects opened = roles::reduce(model, roles::Opened{parse_address("/roles?role=17")}, world);
    (void)roles::reduce(model, answer(call_of(opened, "roles.show"), two_roles()), world);
    CHECK(model.draft->id == 17);
    keep(world, roles::reduce(model, roles::RolePressed{16}, world));
    CHECK(to_text(roles::address_of(model)) == "/roles?role=16");
    keep(world, roles::reduce(model, roles::ActionPressed{Action::move_customer}, world));
    keep(world, roles::reduce(model, roles::NameTyped{"组长"}, world));

    World later = reloaded(world);
    roles::Model again;
    opened = roles::reduce(again, roles::Opened{parse_address("/roles?role=16")}, later);
    (void)roles::reduce(again, answer(call_of(opened, "roles.show"), two_roles(9)), later);   // others changed, not this one
    CHECK(again.draft->name == "组长");
    CHECK((again.draft->actions & action_bit(Action::move_customer)) != 0);
    CHECK(again.restored_unix_ms == kWhen);
    Effects saved = roles::reduce(again, roles::SavePressed{"组长"}, later);
    CHECK(call_of(saved, "roles.change").body.find("\"rights_version\":9") != std::string::npos);
    keep(later, roles::reduce(again, answer(call_of(saved, "roles.change"), two_roles(10, "组长")), later));
    CHECK(later.forms.forms.empty());

    roles::Model overtaken;
    opened = roles::reduce(overtaken, roles::Opened{parse_address("/roles?role=16")}, world);
    (void)roles::reduce(overtaken, answer(call_of(opened, "roles.show"), two_roles(9, "别人改过")), world);
    saved = roles::reduce(overtaken, roles::SavePressed{"组长"}, world);
    CHECK(call_of(saved, "roles.change").body.find("\"rights_version\":3") != std::string::npos);
    keep(world, roles::reduce(overtaken, roles::ActionPressed{Action::export_list}, world));  // and goes on, over one more reload
    roles::Model once_more;
    opened = roles::reduce(once_more, roles::Opened{parse_address("/roles?role=16")}, world);
    (void)roles::reduce(once_more, answer(call_of(opened, "roles.show"), two_roles(9, "别人改过")), world);
    CHECK((once_more.draft->actions & action_bit(Action::export_list)) != 0);
    saved = roles::reduce(once_more, roles::SavePressed{"组长"}, world);
    CHECK(call_of(saved, "roles.change").body.find("\"rights_version\":3") != std::string::npos);
    keep(world, roles::reduce(overtaken, answer(call_of(opened, "roles.show"), two_roles(9, "别人改过")), world));
    keep(world, roles::reduce(overtaken, roles::Discarded{}, world));
    CHECK(overtaken.draft->name == "别人改过");
    CHECK(world.forms.forms.empty());
}

TEST_CASE("policies and the menu's order are kept in the same way") {
    World world = test::world(0xFFFFFFFFu);
    policies::Model model;
    const dto::PoliciesDto stored{7, 9, 3, "cabinet_first", 0};
    (void)policies::reduce(model, answer(call_of(policies::reduce(model, policies::Opened{}, world), "policies.show"), stored), world);
    keep(world, policies::reduce(model, policies::PrecedencePicked{Precedence::both_match}, world));
    menus::Model menu;
    dto::MenuDto items{3, {{"customers", "customers", false}, {"moves", "partition", false}}};
    (void)menus::reduce(menu, answer(call_of(menus::reduce(menu, menus::Opened{}, world), "menu.show"), items), world);
    keep(world, menus::reduce(menu, menus::HiddenPressed{1}, world));

    World later = reloaded(world);
    policies::Model again;
    dto::PoliciesDto newer = stored;
    newer.basis = 12;   // units or rights changed, the policies did not
    (void)policies::reduce(again, answer(call_of(policies::reduce(again, policies::Opened{}, later), "policies.show"), newer), later);
    CHECK(again.draft.precedence == "both_match");
    CHECK(again.draft.basis == 12);
    CHECK(again.restored_unix_ms == kWhen);
    CHECK_FALSE(policies::may_save(again));   // its effects are to be looked at first
    keep(later, policies::reduce(again, policies::UndoPressed{}, later));
    CHECK(again.draft == newer);
    menus::Model menu_again;
    items.rights_version = 5;   // roles changed, the menu did not
    (void)menus::reduce(menu_again, answer(call_of(menus::reduce(menu_again, menus::Opened{}, later), "menu.show"), items), later);
    CHECK(menu_again.items[1].hidden);
    CHECK(menu_again.restored_unix_ms == kWhen);
    CHECK(call_of(menus::reduce(menu_again, menus::SavePressed{}, later), "menu.change").body.find("\"rights_version\":5") != std::string::npos);
    keep(later, menus::reduce(menu_again, menus::UndoPressed{}, later));
    CHECK(later.forms.forms.empty());

    policies::Model overtaken;
    newer.close_day = 2;   // by somebody else
    (void)policies::reduce(overtaken, answer(call_of(policies::reduce(overtaken, policies::Opened{}, world), "policies.show"), newer), world);
    CHECK(overtaken.draft.basis == 7);   // the server will refuse it
    keep(world, policies::reduce(overtaken, policies::PrecedencePicked{Precedence::range_first}, world));
    policies::Model once_more;
    (void)policies::reduce(once_more, answer(call_of(policies::reduce(once_more, policies::Opened{}, world), "policies.show"), newer), world);
    CHECK(once_more.draft.precedence == "range_first");
    CHECK(once_more.draft.basis == 7);   // over one more reload, too
    menus::Model menu_overtaken;
    items.items[0].hidden = true;
    (void)menus::reduce(menu_overtaken, answer(call_of(menus::reduce(menu_overtaken, menus::Opened{}, world), "menu.show"), items), world);
    CHECK(menu_overtaken.items[1].hidden);
    keep(world, menus::reduce(menu_overtaken, menus::Moved{0, false}, world));
    menus::Model menu_once_more;
    (void)menus::reduce(menu_once_more, answer(call_of(menus::reduce(menu_once_more, menus::Opened{}, world), "menu.show"), items), world);
    for (menus::Model* one : {&menu_overtaken, &menu_once_more})
        CHECK(call_of(menus::reduce(*one, menus::SavePressed{}, world), "menu.change").body.find("\"rights_version\":3") != std::string::npos);   // likewise
}

TEST_CASE("what is typed of a unit is there again, also when the organisation comes anew meanwhile") {
    World world = test::world(0xFFFFFFFFu);
    world.session.basis.number = 7;
    organisation::Model model;
    const Address team = parse_address("/organisation?unit=" + std::to_string(test::kTeam));
    (void)organisation::reduce(model, organisation::Opened{team}, world);
    const organisation::Fields stored = model.typed;
    organisation::Fields typed = stored;
    typed.name = "新名字";
    keep(world, organisation::reduce(model, organisation::Typed{typed}, world));
    world.session.basis.number = 8;
    (void)organisation::reduce(model, organisation::OrganisationCame{}, world);
    CHECK(model.typed.name == "新名字");
    keep(world, organisation::reduce(model, organisation::UnitTreeUsed{UnitPressed{test::kOther}}, world));
    CHECK(model.typed.name != "新名字");

    World later = reloaded(world);
    later.session.basis.number = 9;
    organisation::Model again;
    (void)organisation::reduce(again, organisation::Opened{team}, later);
    CHECK(again.typed == typed);
    CHECK(again.restored_unix_ms == kWhen);
    const Effects saved = organisation::reduce(again, organisation::SavePressed{}, later);
    const std::string body = call_of(saved, "units.change").body;
    CHECK(body.find("\"name\":\"新名字\"") != std::string::npos);
    CHECK(body.find("\"basis\":9") != std::string::npos);   // the unit is what it was
    keep(later, organisation::reduce(again, organisation::Discarded{}, later));
    CHECK(again.typed == stored);
    CHECK(later.forms.forms.empty());

    // What somebody else has changed meanwhile is not overwritten, however often one goes on typing and reloads.
    keep(world, organisation::reduce(again, organisation::Typed{typed}, world));   // made from basis 8
    for (const std::int64_t basis : {12, 13}) {
        World renamed = reloaded(world);
        renamed.session.basis.number = basis;
        std::vector<UnitRecord> units = renamed.organisation->units();
        for (UnitRecord& unit : units)
            if (unit.id == UnitId{test::kTeam}) unit.name = "别人改的名字";
        renamed.organisation = std::make_shared<const Organisation>(*Organisation::build(renamed.organisation->channels(), std::move(units)));
        organisation::Model overtaken;
        (void)organisation::reduce(overtaken, organisation::Opened{team}, renamed);
        CHECK(overtaken.typed.name == "新名字");
        CHECK(call_of(organisation::reduce(overtaken, organisation::SavePressed{}, renamed), "units.change").body.find("\"basis\":8") != std::string::npos);
        typed.order += "1";
        keep(renamed, organisation::reduce(overtaken, organisation::Typed{typed}, renamed));
        world.forms = renamed.forms;
    }
}
