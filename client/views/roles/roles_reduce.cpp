#include "client/views/roles/roles_model.hpp"

#include <algorithm>

namespace qudao::client::roles {
namespace {

enum Question : std::uint8_t { kRoles, kChange };

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
        ++model.draft_version;
        model.error.reset();
    }

    Effects operator()(const Opened&) { return ask(); }
    Effects operator()(const Retried&) { return ask(); }
    Effects operator()(const RolePressed& event) {
        choose(event.role);
        return {};
    }
    Effects operator()(const ActionPressed& event) {
        if (model.draft) model.draft->actions ^= action_bit(event.action);
        return {};
    }
    Effects operator()(const MenuPressed& event) {
        if (!model.draft) return {};
        auto& hidden = model.draft->hidden_menus;
        if (std::erase(hidden, event.item) == 0) hidden.push_back(event.item);
        return {};
    }
    Effects operator()(const SavePressed& event) {
        if (!model.draft || model.saving) return {};
        model.saving = true;
        model.error.reset();
        model.draft->name = event.name;
        dto::RoleChangeRequest request{model.roles.value.rights_version, event.name, {}, model.draft->hidden_menus};
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
        if (model.roles.ready()) choose(model.draft ? model.draft->id : 0);
        if (!change) return {};
        return {Notify{NoticeTone::good, std::string(world.words(Text::roles_saved))}, RefreshSession{}};
    }
};

}  // namespace

Effects reduce(Model& model, const Event& event, const World& world) { return std::visit(Reducer{model, world}, event); }

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
