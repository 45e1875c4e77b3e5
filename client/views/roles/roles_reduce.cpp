#include "client/views/roles/roles_model.hpp"

#include <algorithm>

namespace qudao::client::roles {
namespace {

enum Question : std::uint8_t { kRoles, kChange };
constexpr std::string_view kForm = "role";  // of common/forms.hpp

// A draft as it is kept, with what it was made from.
struct Unsaved {
    Draft draft;
    Draft stored;
    std::int64_t rights_version = 0;
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("draft", self.draft);
        v("stored", self.stored);
        v("rights_version", self.rights_version);
    }
};

const dto::RoleDto* find(const Model& model, std::int64_t id) {
    for (const dto::RoleDto& role : model.roles.value.roles)
        if (role.id == id) return &role;
    return nullptr;
}

Draft draft_of(const dto::RoleDto& role) {
    Draft draft{role.id, 0, role.hidden_menus, role.name};
    for (const std::string& code : role.actions)
        if (const auto action = action_of(code)) draft.actions |= action_bit(*action);
    return draft;
}

struct Reducer {
    Model& model;
    const World& world;

    Effects ask() {
        model.roles.start();
        return {CallApi{Asker::roles, kRoles, "roles.show", {}, {}, {}}};
    }
    void choose(std::int64_t id) {
        const dto::RoleDto* role = find(model, id);
        if (role == nullptr && !model.roles.value.roles.empty()) role = &model.roles.value.roles.front();
        if (role == nullptr) return;
        model.draft = draft_of(*role);
        model.restored_unix_ms = model.made_from = 0;
        ++model.draft_version;
        model.error.reset();
    }
    // A role that is no longer what the draft was made from is not overwritten: the server refuses the old version.
    void restore() {
        const Form* form = model.draft ? find_form(world, kForm, model.draft->id) : nullptr;
        if (form == nullptr) return;
        auto kept = dto::from_json<Unsaved>(form->json);
        const dto::RoleDto* role = find(model, model.draft->id);
        if (!kept || role == nullptr || kept->draft == *model.draft) return;
        kept->draft.id = role->id;
        model.made_from = kept->stored == draft_of(*role) ? 0 : kept->rights_version;
        model.draft = std::move(kept->draft);
        model.restored_unix_ms = form->at_unix_ms;
        ++model.draft_version;
    }
    Effects edited() const {
        if (!model.draft) return {};
        const dto::RoleDto* role = find(model, model.draft->id);
        if (role == nullptr) return {};
        Unsaved unsaved{*model.draft, draft_of(*role), model.roles.value.rights_version};
        const bool differs = !(unsaved.draft == unsaved.stored);
        // Where somebody else has changed the role since, that stays so however often the draft is changed.
        if (const auto before = kept_form<Unsaved>(world, kForm, role->id); before && model.made_from != 0)
            unsaved = {*model.draft, before->stored, model.made_from};
        return follow_form(world, kForm, role->id, differs, dto::to_json(unsaved));
    }

    Effects operator()(const Opened& event) {
        model.wanted = event.address.number("role");
        if (model.roles.ready()) choose(model.wanted);
        restore();
        return ask();
    }
    Effects operator()(const FormsCame&) {
        restore();
        return {};
    }
    Effects operator()(const Retried&) { return ask(); }
    Effects operator()(const RolePressed& event) {
        choose(event.role);
        restore();
        model.wanted = event.role;
        return {Navigate{to_text(address_of(model)), false}};
    }
    Effects operator()(const Discarded&) {
        if (!model.draft) return {};
        const std::int64_t role = model.draft->id;
        choose(role);
        return forget_form(world, kForm, role);
    }
    Effects operator()(const NameTyped& event) {
        if (model.draft) model.draft->name = event.name;
        return edited();
    }
    Effects operator()(const ActionPressed& event) {
        if (model.draft) model.draft->actions ^= action_bit(event.action);
        return edited();
    }
    Effects operator()(const MenuPressed& event) {
        if (!model.draft) return {};
        auto& hidden = model.draft->hidden_menus;
        if (std::erase(hidden, event.item) == 0) hidden.push_back(event.item);
        return edited();
    }
    Effects operator()(const SavePressed& event) {
        if (!model.draft || model.saving) return {};
        model.saving = true;
        model.error.reset();
        model.draft->name = event.name;
        dto::RoleChangeRequest request{model.made_from != 0 ? model.made_from : model.roles.value.rights_version, event.name, {}, model.draft->hidden_menus};
        for (std::size_t i = 0; i < kActions; ++i)
            if ((model.draft->actions & action_bit(static_cast<Action>(i))) != 0) request.actions.emplace_back(code_of(static_cast<Action>(i)));
        return {CallApi{Asker::roles, kChange, "roles.change", {{"role", std::to_string(model.draft->id)}}, {}, dto::to_json(request)}};
    }
    Effects operator()(const ApiReplied& replied) {
        auto roles = read_reply<dto::RolesDto>(replied);
        const bool change = replied.question == kChange;
        if (change) {
            model.saving = false;
            if (!roles) {
                model.error = roles.error();
                return {};
            }
        }
        model.roles.finish(std::move(roles));
        if (model.roles.ready()) choose(change && model.draft ? model.draft->id : model.wanted);
        if (!change) {
            restore();
            return {};
        }
        Effects effects = {Notify{NoticeTone::good, std::string(world.words(Text::roles_saved))}, RefreshSession{}};
        for (Effect& effect : forget_form(world, kForm, model.draft ? model.draft->id : 0)) effects.push_back(std::move(effect));
        return effects;
    }
};

}  // namespace

Effects reduce(Model& model, const Event& event, const World& world) { return std::visit(Reducer{model, world}, event); }

Address address_of(const Model& model) {
    Address address{{"roles"}, {}};
    return address.with("role", model.wanted);
}

MenuState menu_state(const Draft& draft, const MenuItem& item) {
    MenuState state;
    state.possible = !item.right || (draft.actions & action_bit(*item.right)) != 0;
    state.shown = state.possible && std::find(draft.hidden_menus.begin(), draft.hidden_menus.end(), item.code) == draft.hidden_menus.end();
    return state;
}

bool changed(const Model& model, std::string_view name) {
    if (!model.draft) return false;
    const dto::RoleDto* role = find(model, model.draft->id);
    if (role == nullptr) return false;
    const Draft stored = draft_of(*role);
    return stored.actions != model.draft->actions || stored.hidden_menus != model.draft->hidden_menus || stored.name != name;
}

}  // namespace qudao::client::roles
