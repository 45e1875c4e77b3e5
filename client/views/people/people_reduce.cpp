#include "client/views/people/people_model.hpp"

#include <algorithm>

namespace qudao::client::people {
namespace {

enum Question : std::uint8_t { kList, kRoles, kPerson, kAdd, kChange, kReset, kEndSessions };
constexpr std::int32_t kPageRows = 100;

struct Reducer {
    Model& model;
    const World& world;

    CallApi call(Question question, std::string use_case, std::int64_t person = 0, std::string body = {}) const {
        CallApi one{Asker::people, question, std::move(use_case), {}, {}, std::move(body)};
        if (person != 0) one.path.emplace("person", std::to_string(person));
        return one;
    }
    CallApi ask(const std::string& after = {}) {
        model.list_state = RemoteState::loading;
        if (after.empty()) model.rows.clear();
        dto::PeopleRequest request;
        request.search = model.conditions.search;
        request.role = model.conditions.role;
        request.state = model.conditions.state;
        request.after = after;
        request.limit = kPageRows;
        return call(kList, "people.list", 0, dto::to_json(request));
    }
    void begin(Draft draft) {
        model.draft = std::move(draft);
        ++model.draft_version;
        model.error.reset();
        model.giving = false;
    }
    Effects open(std::int64_t person) {
        model.draft.reset();
        model.error.reset();
        model.person.start();
        return {call(kPerson, "people.show", person)};
    }
    Effects save(Draft draft) {
        model.saving = true;
        model.error.reset();
        if (draft.id == 0) return {call(kAdd, "people.add", 0, dto::to_json(dto::PersonAddRequest{draft.login, draft.name, draft.roles}))};
        return {call(kChange, "people.change", draft.id, dto::to_json(dto::PersonChangeRequest{draft.version, draft.name, draft.active, draft.roles}))};
    }
    void show(dto::PersonDto person) {
        begin({person.id, person.version, person.login, person.name, person.active, person.roles});
        const auto row = std::find_if(model.rows.begin(), model.rows.end(), [&](const dto::PersonRowDto& one) { return one.id == person.id; });
        if (row != model.rows.end()) {
            row->name = person.name;
            row->active = person.active;
            row->roles = person.roles;
        }
        model.person.finish(std::move(person));
    }
    Effects failed(const Error& error) {
        model.error = error;
        return {};
    }

    Effects operator()(const Opened& event) {
        model.conditions = Conditions{};
        model.conditions.search = event.address.get("search");
        model.draft.reset();
        Effects effects = {ask(), call(kRoles, "roles.show")};
        model.roles.start();
        if (const std::int64_t person = event.address.number("person"); person != 0) {
            Effects more = open(person);
            effects.insert(effects.end(), more.begin(), more.end());
        }
        return effects;
    }
    Effects operator()(const Asked& event) {
        model.conditions = event.conditions;
        return {ask()};
    }
    Effects operator()(const RowPressed& event) { return open(event.person); }
    Effects operator()(const NewPressed&) {
        model.person = {};
        begin({});
        return {};
    }
    Effects operator()(const RoleTaken& event) {
        if (model.draft && event.index < model.draft->roles.size())
            model.draft->roles.erase(model.draft->roles.begin() + static_cast<std::ptrdiff_t>(event.index));
        return {};
    }
    Effects operator()(const GivePressed& event) {
        model.giving = event.open && model.draft;
        if (!model.giving) return {};
        model.units.search.clear();
        if (model.units.selected == 0 && !world.home_units.empty()) model.units.selected = world.home_units.front();
        refresh(model.units, world);
        return {};
    }
    Effects operator()(const RoleChosen& event) {
        model.given_role = event.role;
        return {};
    }
    Effects operator()(const UnitTreeUsed& event) {
        client::reduce(model.units, event.event, world);
        return {};
    }
    Effects operator()(const RoleGiven&) {
        if (!model.draft || !fits_chosen(model, world)) return {};
        const bool held = std::any_of(model.draft->roles.begin(), model.draft->roles.end(), [&](const dto::HeldRoleDto& one) {
            return one.role == model.given_role && one.unit == model.units.selected;
        });
        if (!held) model.draft->roles.push_back({model.given_role, model.units.selected, {}});
        model.giving = false;
        return {};
    }
    Effects operator()(const SavePressed& event) {
        if (!model.draft || model.saving) return {};
        model.draft->login = event.login;
        model.draft->name = event.name;
        return save(*model.draft);
    }
    Effects operator()(const ActivityPressed& event) {
        if (!model.draft || model.draft->id == 0 || model.saving) return {};
        Draft draft = *model.draft;
        draft.name = event.name;
        draft.active = !draft.active;
        return save(std::move(draft));
    }
    Effects operator()(const ResetPressed&) {
        if (!model.draft || model.draft->id == 0) return {};
        model.saving = true;
        return {call(kReset, "people.reset_password", model.draft->id)};
    }
    Effects operator()(const EndSessionsPressed&) {
        if (!model.draft || model.draft->id == 0) return {};
        model.saving = true;
        return {call(kEndSessions, "people.end_sessions", model.draft->id)};
    }
    Effects operator()(const SeeAsPressed&) {
        if (!model.draft || model.draft->id == 0) return {};
        return {SeeAs{PersonId{model.draft->id}}};
    }
    Effects operator()(const PasswordTold&) {
        model.first_password.reset();
        return {};
    }
    Effects operator()(const MoreWanted&) {
        if (!model.more || model.list_state == RemoteState::loading || model.rows.empty()) return {};
        return {ask(model.rows.back().login)};
    }
    Effects operator()(const Retried&) { return {ask()}; }

    Effects take_list(const ApiReplied& replied) {
        auto page = read_reply<dto::PeoplePage>(replied);
        if (!page) {
            model.list_state = RemoteState::failed;
            model.list_error = page.error();
            return {};
        }
        model.list_state = RemoteState::ready;
        model.rows.insert(model.rows.end(), page->people.begin(), page->people.end());
        model.total = page->total;
        model.more = page->more;
        return {};
    }
    Effects take_first_password(const ApiReplied& replied, bool added) {
        const auto first = read_reply<dto::FirstPasswordDto>(replied);
        if (!first) return failed(first.error());
        model.first_password = FirstPassword{model.draft ? model.draft->login : std::string(), first->password};
        Effects effects = open(first->person);
        if (added) effects.push_back(ask());
        return effects;
    }
    Effects take_person(const ApiReplied& replied, Text done) {
        auto person = read_reply<dto::PersonDto>(replied);
        if (!person) return failed(person.error());
        show(std::move(*person));
        return {Notify{NoticeTone::good, std::string(world.words(done))}};
    }
    Effects operator()(const ApiReplied& replied) {
        if (replied.question >= kAdd) model.saving = false;
        switch (replied.question) {
            case kList: return take_list(replied);
            case kRoles: model.roles.finish(read_reply<dto::RolesDto>(replied)); return {};
            case kPerson: {
                auto person = read_reply<dto::PersonDto>(replied);
                if (person) show(std::move(*person));
                else model.person.finish(person.error());
                return {};
            }
            case kAdd: return take_first_password(replied, true);
            case kReset: return take_first_password(replied, false);
            case kChange: return take_person(replied, Text::people_saved);
            case kEndSessions: return take_person(replied, Text::people_sessions_ended);
            default: return {};
        }
    }
};

}  // namespace

Effects reduce(Model& model, const Event& event, const World& world) { return std::visit(Reducer{model, world}, event); }

Address address_of(const Model& model) {
    Address address{{"people"}, {}};
    return address.with("search", model.conditions.search);
}

const dto::RoleDto* find_role(const Model& model, std::int64_t role) {
    for (const dto::RoleDto& one : model.roles.value.roles)
        if (one.id == role) return &one;
    return nullptr;
}

bool fits_chosen(const Model& model, const World& world) {
    const dto::RoleDto* role = find_role(model, model.given_role);
    const UnitIndex unit = world.unit(model.units.selected);
    if (role == nullptr || unit == kNoUnit) return false;
    const auto level = role_level_of(role->level);
    return level && fits(*level, world.organisation->unit(unit).kind);
}

}  // namespace qudao::client::people
