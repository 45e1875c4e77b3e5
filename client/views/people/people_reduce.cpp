#include "client/views/people/people_model.hpp"

#include <algorithm>
#include <utility>

namespace qudao::client::people {
namespace {

enum Question : std::uint8_t { kList, kRoles, kPerson, kAdd, kChange, kReset, kEndSessions };
constexpr std::int32_t kPageRows = 100;
constexpr std::string_view kForm = "person";  // of common/forms.hpp

Conditions conditions_in(const Address& address) {
    Conditions conditions;
    conditions.search = address.get("search");
    if (const std::string_view state = address.get("state"); state == "inactive" || state == "all") conditions.state = std::string(state);
    conditions.role = address.number("role");
    return conditions;
}

bool differs(const Draft& draft, const dto::PersonDto& stored) {
    return draft.name != stored.name || dto::to_json(Draft{0, 0, {}, {}, true, draft.roles}) != dto::to_json(Draft{0, 0, {}, {}, true, stored.roles});
}

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
        model.rows_anew = after.empty();
        dto::PeopleRequest request;
        request.search = model.conditions.search;
        request.role = model.conditions.role;
        request.state = model.conditions.state;
        request.after = after;
        request.limit = kPageRows;
        return call(kList, "people.list", 0, dto::to_json(request));
    }
    void begin(Draft draft) {
        model.restored_unix_ms = 0;
        model.draft = std::move(draft);
        ++model.draft_version;
        model.error.reset();
        model.giving = false;
    }
    // What was typed and not saved comes back, with the version it was made from: who else changed the person meanwhile is not
    // overwritten.
    void restore() {
        const Form* form = model.draft ? find_form(world, kForm, model.draft->id) : nullptr;
        if (form == nullptr || form->json == dto::to_json(*model.draft)) return;
        auto kept = dto::from_json<Draft>(form->json);
        if (!kept || (model.draft->id != 0 && !model.person.value.manageable)) return;
        kept->id = model.draft->id;
        kept->active = model.draft->active;
        begin(std::move(*kept));
        model.restored_unix_ms = form->at_unix_ms;
    }
    Effects edited() const {
        const Draft& draft = *model.draft;
        const bool unsaved = draft.id == 0 ? !draft.login.empty() || !draft.name.empty() || !draft.roles.empty() : differs(draft, model.person.value);
        return follow_form(world, kForm, draft.id, unsaved, dto::to_json(draft));
    }
    Effects and_say(Effects effects) const {
        effects.push_back(Navigate{to_text(address_of(model)), false});
        return effects;
    }
    void open_new() {
        model.open = kNewPerson;
        model.person = {};
        begin({});
        restore();
    }
    Effects open(std::int64_t person) {
        model.open = person;
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
        const Draft stored{person.id, person.version, person.login, person.name, person.active, person.roles};
        const auto row = std::find_if(model.rows.begin(), model.rows.end(), [&](const dto::PersonRowDto& one) { return one.id == person.id; });
        if (row != model.rows.end()) {
            row->name = person.name;
            row->active = person.active;
            row->roles = person.roles;
        }
        model.person.finish(std::move(person));
        begin(stored);
    }
    Effects failed(const Error& error) {
        model.error = error;
        return {};
    }

    Effects operator()(const Opened& event) {
        model.conditions = conditions_in(event.address);
        ++model.conditions_version;
        model.draft.reset();
        model.person = {};
        model.open = 0;
        Effects effects = {ask(), call(kRoles, "roles.show")};
        model.roles.start();
        if (const std::int64_t person = event.address.number("person"); person != 0) {
            Effects more = open(person);
            effects.insert(effects.end(), more.begin(), more.end());
        } else if (!event.address.get("new").empty()) {
            open_new();
        }
        return effects;
    }
    Effects operator()(const Asked& event) {
        model.conditions = event.conditions;
        return and_say({ask()});
    }
    Effects operator()(const RowPressed& event) { return and_say(open(event.person)); }
    Effects operator()(const NewPressed&) {
        open_new();
        return and_say({});
    }
    Effects operator()(const Typed& event) {
        if (!model.draft) return {};
        if (model.draft->id == 0) model.draft->login = event.login;
        model.draft->name = event.name;
        return edited();
    }
    Effects operator()(const Discarded&) {
        if (!model.draft) return {};
        Effects effects = forget_form(world, kForm, model.draft->id);
        if (model.draft->id == 0) begin({});
        else show(model.person.value);
        return effects;
    }
    Effects operator()(const FormsCame&) {
        restore();
        return {};
    }
    Effects operator()(const RoleTaken& event) {
        if (!model.draft || event.index >= model.draft->roles.size()) return {};
        model.draft->roles.erase(model.draft->roles.begin() + static_cast<std::ptrdiff_t>(event.index));
        return edited();
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
        return edited();
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
    Effects operator()(const Retried&) {
        Effects effects{ask()};
        if (!model.roles.failed()) return effects;
        model.roles.start();
        effects.push_back(call(kRoles, "roles.show"));
        return effects;
    }

    Effects take_list(const ApiReplied& replied) {
        auto page = read_reply<dto::PeoplePage>(replied);
        if (!page) {
            model.list_state = RemoteState::failed;
            model.list_error = page.error();
            return {};
        }
        model.list_state = RemoteState::ready;
        if (std::exchange(model.rows_anew, false)) model.rows.clear();
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
        if (!added) return effects;
        for (Effect& effect : forget_form(world, kForm, 0)) effects.push_back(std::move(effect));
        effects.push_back(ask());
        effects.push_back(Navigate{to_text(address_of(model)), true});
        return effects;
    }
    Effects take_person(const ApiReplied& replied, Text done) {
        auto person = read_reply<dto::PersonDto>(replied);
        if (!person) return failed(person.error());
        Effects effects;
        const std::int64_t id = person->id;
        show(std::move(*person));
        if (replied.question == kChange) effects = forget_form(world, kForm, id);
        else restore();
        effects.push_back(Notify{NoticeTone::good, std::string(world.words(done))});
        return effects;
    }
    Effects operator()(const ApiReplied& replied) {
        if (replied.question >= kAdd) model.saving = false;
        switch (replied.question) {
            case kList: return take_list(replied);
            case kRoles: model.roles.finish(read_reply<dto::RolesDto>(replied)); return {};
            case kPerson: {
                auto person = read_reply<dto::PersonDto>(replied);
                if (!person) {
                    model.person.finish(person.error());
                    return {};
                }
                show(std::move(*person));
                restore();
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
    const Conditions& c = model.conditions;
    address.with("search", c.search).with("state", c.state == "active" ? "" : c.state).with("role", c.role);
    return model.open == kNewPerson ? address.with("new", "1") : address.with("person", model.open);
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
