// Reducers of people, roles, menus, organisation, the audit trail and keys.
#include <catch2/catch.hpp>

#include "client/i18n/code_text.hpp"
#include "client/views/api_keys/api_keys_model.hpp"
#include "client/views/audit/audit_model.hpp"
#include "client/views/menus/menus_model.hpp"
#include "client/views/organisation/organisation_model.hpp"
#include "client/views/people/people_model.hpp"
#include "client/views/policies/policies_model.hpp"
#include "client/views/roles/roles_model.hpp"
#include "tests/unit/views/world_fixture.hpp"

using namespace qudao;
using namespace qudao::client;
using namespace qudao::client::test;

namespace {

const CallApi* call_of(const Effects& effects, std::string_view use_case) {
    for (const Effect& effect : effects)
        if (const auto* call = std::get_if<CallApi>(&effect); call != nullptr && call->use_case == use_case) return call;
    return nullptr;
}
template <class E>
bool has(const Effects& effects) {
    for (const Effect& effect : effects)
        if (std::holds_alternative<E>(effect)) return true;
    return false;
}
template <class Dto>
ApiReplied answer(const CallApi& call, const Dto& dto) { return {call.question, dto::to_json(dto)}; }
ApiReplied refusal(const CallApi& call, std::string_view code) { return {call.question, Error::of(code)}; }

const World& everything() {
    static const World world = client::test::world(0xFFFFFFFFu);
    return world;
}

dto::RolesDto two_roles() {
    dto::RolesDto roles;
    roles.rights_version = 3;
    roles.roles = {{16, "team_lead", "小组负责人", "front_line", {"view_customer"}, {}, 1}, {17, "customer_manager", "客户经理", "front_line", {"view_customer"}, {"log"}, 2}};
    return roles;
}

}  // namespace

TEST_CASE("a role is given at a unit of its level, once") {
    people::Model model;
    const World& world = everything();
    const Effects opened = people::reduce(model, people::Opened{}, world);
    people::reduce(model, answer(*call_of(opened, "roles.show"), two_roles()), world);
    people::reduce(model, people::NewPressed{}, world);
    people::reduce(model, people::GivePressed{}, world);
    people::reduce(model, people::RoleChosen{16}, world);
    people::reduce(model, people::UnitTreeUsed{UnitPressed{kNanning}}, world);
    CHECK_FALSE(people::fits_chosen(model, world));
    people::reduce(model, people::RoleGiven{}, world);
    CHECK(model.draft->roles.empty());
    people::reduce(model, people::UnitTreeUsed{UnitPressed{kTeam}}, world);
    CHECK(people::fits_chosen(model, world));
    people::reduce(model, people::RoleGiven{}, world);
    people::reduce(model, people::GivePressed{}, world);
    people::reduce(model, people::RoleGiven{}, world);
    REQUIRE(model.draft->roles.size() == 1);
    const Effects saved = people::reduce(model, people::SavePressed{"new_one", "新人"}, world);
    REQUIRE(call_of(saved, "people.add") != nullptr);
    CHECK(call_of(saved, "people.add")->body.find("\"login\":\"new_one\"") != std::string::npos);
    CHECK(people::reduce(model, people::SavePressed{"new_one", "新人"}, world).empty());  // one at a time
    people::reduce(model, answer(*call_of(saved, "people.add"), dto::FirstPasswordDto{5, "geheim"}), world);
    REQUIRE(model.first_password);
    CHECK(model.first_password->password == "geheim");
    CHECK(model.first_password->login == "new_one");
    people::reduce(model, people::PasswordTold{}, world);
    CHECK_FALSE(model.first_password);
}

TEST_CASE("a refused change of a person is said and can be tried again") {
    people::Model model;
    const World& world = everything();
    const Effects opened = people::reduce(model, people::RowPressed{9}, world);
    dto::PersonDto person;
    person.id = 9;
    person.version = 4;
    person.login = "cm";
    person.name = "旧名";
    person.manageable = true;
    people::reduce(model, answer(*call_of(opened, "people.show"), person), world);
    const Effects saved = people::reduce(model, people::ActivityPressed{"旧名"}, world);
    const CallApi* change = call_of(saved, "people.change");
    REQUIRE(change != nullptr);
    CHECK(change->path.at("person") == "9");
    CHECK(change->body.find("\"active\":false") != std::string::npos);
    people::reduce(model, refusal(*change, "people.last_administrator"), world);
    REQUIRE(model.error);
    CHECK(model.error->code == "people.last_administrator");
    CHECK_FALSE(model.saving);
    CHECK(model.draft->active);
}

TEST_CASE("a role's menus follow its rights, and saving refreshes what one may do oneself") {
    roles::Model model;
    const World& world = everything();
    const Effects opened = roles::reduce(model, roles::Opened{}, world);
    roles::reduce(model, answer(*call_of(opened, "roles.show"), two_roles()), world);
    roles::reduce(model, roles::RolePressed{17}, world);
    REQUIRE(model.draft);
    CHECK_FALSE(roles::menu_state(*model.draft, *find_menu_item("log")).shown);
    CHECK(roles::menu_state(*model.draft, *find_menu_item("customers")).shown);
    CHECK_FALSE(roles::menu_state(*model.draft, *find_menu_item("moves")).possible);
    CHECK_FALSE(roles::changed(model, "客户经理"));
    roles::reduce(model, roles::ActionPressed{Action::move_customer}, world);
    roles::reduce(model, roles::MenuPressed{"log"}, world);
    CHECK(roles::menu_state(*model.draft, *find_menu_item("moves")).shown);
    CHECK(roles::changed(model, "客户经理"));
    const Effects saved = roles::reduce(model, roles::SavePressed{"客户经理"}, world);
    const CallApi* change = call_of(saved, "roles.change");
    REQUIRE(change != nullptr);
    CHECK(change->body.find("\"rights_version\":3") != std::string::npos);
    CHECK(change->body.find("move_customer") != std::string::npos);
    CHECK(has<RefreshSession>(roles::reduce(model, answer(*change, two_roles()), world)));
}

TEST_CASE("menu items move past each other and from section to section") {
    menus::Model model;
    const World& world = everything();
    const Effects opened = menus::reduce(model, menus::Opened{}, world);
    dto::MenuDto menu{7, {{"customers", "customers", false}, {"moves", "partition", false}, {"log", "partition", false}}};
    menus::reduce(model, answer(*call_of(opened, "menu.show"), menu), world);
    CHECK_FALSE(menus::changed(model));
    menus::reduce(model, menus::Moved{2, true}, world);
    CHECK(model.items[1].code == "log");
    menus::reduce(model, menus::Moved{1, true}, world);
    CHECK(model.items[1].section == "customers");
    menus::reduce(model, menus::Moved{0, true}, world);  // nowhere to go
    CHECK(model.items[0].code == "customers");
    menus::reduce(model, menus::HiddenPressed{2}, world);
    CHECK(model.items[2].hidden);
    CHECK(menus::changed(model));
    menus::reduce(model, menus::UndoPressed{}, world);
    CHECK_FALSE(menus::changed(model));
}

TEST_CASE("policies are saved only as their effects were shown") {
    policies::Model model;
    const World& world = everything();
    const dto::PoliciesDto stored{7, 9, 3, "cabinet_first", 0};
    policies::reduce(model, answer(*call_of(policies::reduce(model, policies::Opened{}, world), "policies.show"), stored), world);
    CHECK_FALSE(policies::changed(model));
    CHECK(policies::reduce(model, policies::PreviewPressed{}, world).empty());
    policies::reduce(model, policies::WindowPicked{3, 3}, world);
    CHECK(model.draft.close_day == 2);  // never the day it opens
    policies::reduce(model, policies::PrecedencePicked{Precedence::both_match}, world);
    CHECK_FALSE(policies::may_save(model));
    CHECK(policies::reduce(model, policies::SavePressed{}, world).empty());
    const Effects asked = policies::reduce(model, policies::PreviewPressed{}, world);
    const CallApi preview = *call_of(asked, "policies.preview");
    CHECK(preview.body.find("both_match") != std::string::npos);
    policies::reduce(model, answer(preview, dto::PolicyEffectDto{}), world);
    CHECK(policies::may_save(model));
    policies::reduce(model, policies::FallbackPicked{kPool}, world);  // another draft: look again
    CHECK_FALSE(policies::may_save(model));
    policies::reduce(model, answer(preview, dto::PolicyEffectDto{}), world);  // of the draft before
    CHECK_FALSE(policies::may_save(model));
    policies::reduce(model, answer(*call_of(policies::reduce(model, policies::PreviewPressed{}, world), "policies.preview"), dto::PolicyEffectDto{}), world);
    const Effects saved = policies::reduce(model, policies::SavePressed{}, world);
    const CallApi* change = call_of(saved, "policies.change");
    REQUIRE(change != nullptr);
    policies::reduce(model, refusal(*change, "policy.stale"), world);
    CHECK(model.error->code == "policy.stale");
    CHECK(model.draft.fallback_pool == kPool);  // what was chosen stays
    dto::PoliciesDto after = model.draft;
    after.basis = 8;
    CHECK(has<RefreshSession>(policies::reduce(model, answer(*change, after), world)));
    CHECK_FALSE(policies::changed(model));
    CHECK(policies::public_pools(world) == std::vector<std::int64_t>{kPool});
}

TEST_CASE("a unit moves only after its effects were shown, under the basis they were shown for") {
    organisation::Model model;
    const World& world = everything();
    organisation::reduce(model, organisation::Opened{}, world);
    organisation::reduce(model, organisation::UnitTreeUsed{UnitPressed{kCommunity}}, world);
    organisation::reduce(model, organisation::DoPressed{organisation::Doing::moving}, world);
    CHECK(organisation::reduce(model, organisation::MoveConfirmed{}, world).empty());
    const Effects asked = organisation::reduce(model, organisation::TargetTreeUsed{UnitPressed{kDepartment}}, world);
    const CallApi* preview = call_of(asked, "units.move_preview");
    REQUIRE(preview != nullptr);
    CHECK(preview->path.at("unit") == std::to_string(kCommunity));
    dto::UnitMovePlanDto plan;
    plan.basis = 77;
    organisation::reduce(model, answer(*preview, plan), world);
    const Effects moved = organisation::reduce(model, organisation::MoveConfirmed{}, world);
    const CallApi* move = call_of(moved, "units.move");
    REQUIRE(move != nullptr);
    CHECK(move->body.find("\"basis\":77") != std::string::npos);
    CHECK(move->body.find("\"area_parent\":" + std::to_string(kDepartment)) != std::string::npos);
    CHECK(move->body.find("\"channel_parent\":" + std::to_string(kDepartment)) != std::string::npos);
    CHECK(has<RefreshSession>(organisation::reduce(model, refusal(*move, "units.stale"), world)));
    CHECK(model.error->code == "units.stale");
}

TEST_CASE("a move of a unit is undone only after the effects of that were shown; other changes at once") {
    organisation::Model model;
    const World& world = everything();
    organisation::reduce(model, organisation::Opened{}, world);
    const Effects chosen = organisation::reduce(model, organisation::UnitTreeUsed{UnitPressed{kCommunity}}, world);
    const CallApi* asked = call_of(chosen, "units.changes");
    REQUIRE(asked != nullptr);
    CHECK(asked->path.at("unit") == std::to_string(kCommunity));
    dto::AuditPageDto page;
    for (const char* kind : {"unit.move", "unit.change"}) {
        dto::AuditEntryDto entry;
        entry.id = page.entries.empty() ? 5 : 6;
        entry.kind = kind;
        entry.before = {{"area_parent", kTeam}, {"channel_parent", kTeam}};
        entry.after = dto::Json::object();
        entry.undoable = true;
        page.entries.push_back(entry);
    }
    organisation::reduce(model, answer(*asked, page), world);
    CHECK(call_of(organisation::reduce(model, organisation::UndoPressed{99}, world), "units.undo") == nullptr);
    const Effects pressed = organisation::reduce(model, organisation::UndoPressed{5}, world);
    CHECK(call_of(pressed, "units.undo") == nullptr);
    const CallApi* preview = call_of(pressed, "units.move_preview");
    REQUIRE(preview != nullptr);
    CHECK(preview->body.find("\"area_parent\":" + std::to_string(kTeam)) != std::string::npos);
    CHECK(model.doing == organisation::Doing::undoing);
    CHECK(organisation::reduce(model, organisation::UndoConfirmed{}, world).empty());
    organisation::reduce(model, answer(*preview, dto::UnitMovePlanDto{}), world);
    const Effects undone = organisation::reduce(model, organisation::UndoConfirmed{}, world);
    REQUIRE(call_of(undone, "units.undo") != nullptr);
    CHECK(call_of(undone, "units.undo")->path.at("entry") == "5");
    organisation::reduce(model, refusal(*call_of(undone, "units.undo"), "units.changed_since"), world);
    CHECK(call_of(organisation::reduce(model, organisation::UndoPressed{6}, world), "units.undo") != nullptr);
}

TEST_CASE("what is added below a unit is of a kind that may hang there") {
    organisation::Model model;
    const World& world = everything();
    organisation::reduce(model, organisation::Opened{}, world);
    organisation::reduce(model, organisation::UnitTreeUsed{UnitPressed{kTeam}}, world);
    CHECK(organisation::kinds_below(model, world) == std::vector<UnitKind>{UnitKind::community, UnitKind::contracted_area});
    organisation::reduce(model, organisation::DoPressed{organisation::Doing::adding}, world);
    const Effects added = organisation::reduce(model, organisation::AddConfirmed{"450103GZ0299", "新社区", ""}, world);
    const CallApi* add = call_of(added, "units.add");
    REQUIRE(add != nullptr);
    CHECK(add->body.find("\"kind\":\"community\"") != std::string::npos);
    CHECK(add->body.find("\"channel\":1") != std::string::npos);
    organisation::reduce(model, organisation::UnitTreeUsed{UnitPressed{kCommunity}}, world);
    CHECK(organisation::kinds_below(model, world).empty());
}

TEST_CASE("a unit on which something hangs is not asked to be deleted") {
    organisation::Model model;
    const World& world = everything();
    organisation::reduce(model, organisation::Opened{}, world);
    organisation::reduce(model, organisation::UnitTreeUsed{UnitPressed{kCommunity}}, world);
    const Effects asked = organisation::reduce(model, organisation::DoPressed{organisation::Doing::deleting}, world);
    organisation::reduce(model, answer(*call_of(asked, "units.uses"), dto::UnitUsesDto{{{"customers", 3}}}), world);
    CHECK(organisation::reduce(model, organisation::DeleteConfirmed{}, world).empty());
    organisation::reduce(model, answer(*call_of(asked, "units.uses"), dto::UnitUsesDto{}), world);
    CHECK(call_of(organisation::reduce(model, organisation::DeleteConfirmed{}, world), "units.delete") != nullptr);
}

TEST_CASE("the audit trail grows by pages and says what differs") {
    audit::Model model;
    const World& world = everything();
    const Effects opened = audit::reduce(model, audit::Opened{parse_address("/audit?kind=unit.")}, world);
    REQUIRE(call_of(opened, "audit.list") != nullptr);
    CHECK(call_of(opened, "audit.list")->body.find("\"kind\":\"unit.\"") != std::string::npos);
    dto::AuditPageDto page;
    dto::AuditEntryDto entry;
    entry.id = 8;
    entry.before = {{"name", "旧"}, {"active", true}, {"roles", {"甲", "乙"}}};
    entry.after = {{"name", "新"}, {"active", true}, {"roles", dto::Json::array()}};
    entry.undoable = true;
    page.entries = {entry};
    page.next = 8;
    audit::reduce(model, answer(*call_of(opened, "audit.list"), page), world);
    const auto differences = audit::differences(model.rows[0]);
    REQUIRE(differences.size() == 2);
    CHECK(differences[0].member == "name");
    CHECK(differences[0].after == "新");
    CHECK(differences[1].before == "甲\n乙");
    const Effects more = audit::reduce(model, audit::MoreWanted{}, world);
    REQUIRE(call_of(more, "audit.list") != nullptr);
    CHECK(call_of(more, "audit.list")->body.find("\"before\":8") != std::string::npos);
    audit::reduce(model, audit::RowPressed{8}, world);
    CHECK(call_of(audit::reduce(model, audit::UndoPressed{}, world), "units.undo")->path.at("entry") == "8");
}

TEST_CASE("the audit trail is asked for what one person did, of those who did anything") {
    audit::Model model;
    const World& world = everything();
    const Effects opened = audit::reduce(model, audit::Opened{parse_address("/audit?person=7")}, world);
    REQUIRE(call_of(opened, "audit.list") != nullptr);
    CHECK(call_of(opened, "audit.list")->body.find("\"person\":7") != std::string::npos);
    dto::AuditPageDto page;
    for (const std::int64_t person : {7, 9, 0, 7}) {
        dto::AuditEntryDto entry;
        entry.person = person;
        entry.before = entry.after = dto::Json::object();
        page.entries.push_back(entry);
    }
    audit::reduce(model, answer(*call_of(opened, "audit.list"), page), world);
    REQUIRE(model.persons.size() == 2);   // a command of the machine's is nobody's
    CHECK(to_text(audit::address_of(model)).find("person=7") != std::string::npos);
    CHECK(call_of(audit::reduce(model, audit::Asked{}, world), "audit.list")->body.find("\"person\":7") == std::string::npos);
}

TEST_CASE("the audit trail says in words what is kept by code or number") {
    const World& world = everything();
    CHECK(audit::value_words(world, "precedence", "both_match") == "两者一致才划入");
    CHECK(audit::value_words(world, "active", "false") == "否");
    CHECK(audit::value_words(world, "kind", "community") == "社区");
    CHECK(audit::value_words(world, "channel", std::to_string(world.organisation->channels()[0].id.value)) == world.organisation->channels()[0].name);
    CHECK(audit::value_words(world, "actions", "manage_units\nview_customer") == std::string(action_label(Language::zh, "manage_units")) + "；" + std::string(action_label(Language::zh, "view_customer")));
    CHECK(audit::value_words(world, "items", "administration/audit -").ends_with("（不显示）"));
    CHECK(audit::value_words(world, "hidden_menus", "audit") == world.words(Text::menu_audit));
    CHECK(audit::value_words(world, "name", "甲\n乙") == "甲；乙");
    CHECK(audit::value_words(world, "name", "") == "—");
}

TEST_CASE("a key is told once") {
    api_keys::Model model;
    const World& world = everything();
    api_keys::reduce(model, api_keys::Opened{}, world);
    api_keys::reduce(model, api_keys::AddPressed{}, world);
    const Effects added = api_keys::reduce(model, api_keys::AddConfirmed{"10000", "2027-01-01"}, world);
    REQUIRE(call_of(added, "keys.add") != nullptr);
    api_keys::reduce(model, answer(*call_of(added, "keys.add"), dto::KeyAddedDto{3, "qk_secret"}), world);
    CHECK(model.token == "qk_secret");
    CHECK_FALSE(model.adding);
    api_keys::reduce(model, api_keys::TokenTold{}, world);
    CHECK(model.token.empty());
    CHECK(api_keys::reduce(model, api_keys::RevokeConfirmed{}, world).empty());
    api_keys::reduce(model, api_keys::RevokePressed{3}, world);
    CHECK(call_of(api_keys::reduce(model, api_keys::RevokeConfirmed{}, world), "keys.revoke") != nullptr);
}
