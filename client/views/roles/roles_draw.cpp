#include "client/views/roles/roles_draw.hpp"

#include <array>

#include "client/views/common/format.hpp"
#include "client/views/common/forms_draw.hpp"
#include "client/views/common/menu_words.hpp"
#include "client/widgets/widgets.hpp"
#include "shared/base/money.hpp"

namespace qudao::client::roles {
namespace {

struct Drawer {
    const Model& model;
    Ui& ui;
    const World& world;
    CommandQueue<Event>& events;
    const Words& words = world.words;

    void list() {
        const ui::Card card("roles", {}, {.height = -1, .padding = 14});
        const auto& roles = model.roles.value.roles;
        const std::array<ui::Column, 3> columns{ui::Column{.key = "level", .title = words(Text::roles_level_column), .width = 92},
                                                ui::Column{.key = "name", .title = words(Text::people_role_pick)},
                                                ui::Column{.key = "holders", .title = words(Text::roles_holders), .width = 64, .align = ui::Align::right}};
        ui::Table table("roles", columns, {.row_count = static_cast<std::int64_t>(roles.size()), .label = words(Text::menu_roles)});
        while (table.next_row()) {
            const dto::RoleDto& role = roles[static_cast<std::size_t>(table.row())];
            const std::string name = world.role_name(role.code, role.name);
            table.begin_row({.key = role.id, .label = name, .selected = model.draft && model.draft->id == role.id});
            table.cell_muted(role_level_label(world.language(), role.level));
            table.cell(name);
            table.number(format_count(role.holders));
        }
        const ui::TableEvents used = table.end();
        if (used.clicked_row >= 0) events.push(RolePressed{roles[static_cast<std::size_t>(used.clicked_row)].id});
    }

    void actions() {
        ui::heading(words(Text::roles_actions));
        for (std::size_t i = 0; i < kActions; ++i) {
            const auto action = static_cast<Action>(i);
            bool may = (model.draft->actions & action_bit(action)) != 0;
            if (ui::checkbox(with_id(action_label(world.language(), code_of(action)), code_of(action)), may, !model.saving)) events.push(ActionPressed{action});
        }
    }

    void menus() {
        ui::heading(words(Text::roles_menus));
        for (const MenuItem& item : standard_menu()) {
            const MenuState state = menu_state(*model.draft, item);
            bool shown = state.shown;
            if (ui::checkbox(words.id(item_words(item.code), "menu_" + std::string(item.code)), shown, state.possible && !model.saving)) events.push(MenuPressed{std::string(item.code)});
            if (!state.possible && item.right) ui::tooltip(words(Text::roles_menu_needs, {{"right", action_label(world.language(), code_of(*item.right))}}));
        }
    }

    void role() {
        const ui::Card card("role", {}, {.height = -1, .padding = 18});
        if (!model.draft) return;
        if (model.error) ui::banner(ui::Tone::bad, sentence_of(world.language(), *model.error));
        if (draw_restored(model.restored_unix_ms, world)) events.push(Discarded{});
        if (ui::input_text(words.id(Text::roles_name), ui.name, {.width = 320, .enabled = !model.saving, .max_bytes = 240}).changed) events.push(NameTyped{ui.name});
        for (const dto::RoleDto& known : model.roles.value.roles)
            if (known.id == model.draft->id) ui::small(words(Text::roles_level, {{"level", role_level_label(world.language(), known.level)}}));
        ui::gap(6);
        const bool ready = changed(model, ui.name) && !ui.name.empty() && !model.saving;
        if (ui::primary_button(words.id(model.saving ? Text::saving : Text::save, "role_save"), {.enabled = ready})) events.push(SavePressed{ui.name});
        ui::beside();
        if (ui::button(words.id(Text::discard, "role_discard"), {.enabled = ready})) events.push(Discarded{});
        ui::gap(12);
        {
            ui::Columns columns("role", {3, 2}, 16);
            columns.next();
            actions();
            columns.next();
            menus();
        }
    }
};

}  // namespace

void draw(const Model& model, Ui& ui, const World& world, CommandQueue<Event>& events) {
    const Words& words = world.words;
    if (ui.draft_version != model.draft_version && model.draft) ui.name = model.draft->name;
    ui.draft_version = model.draft_version;
    const ui::Page page("roles", false);
    { const ui::PageHeader header(words(Text::menu_roles), words(Text::roles_intro)); }
    if (model.roles.failed()) {
        if (ui::empty_state(ui::Icon::warning, words(Text::list_failed), sentence_of(world.language(), model.roles.error), words.id(Text::retry))) events.push(Retried{});
        return;
    }
    if (model.roles.value.roles.empty()) return ui::loading(words(Text::list_loading));
    Drawer drawer{model, ui, world, events};
    ui::Columns columns("roles", {4, 5}, 12);
    columns.next();
    drawer.list();
    columns.next();
    drawer.role();
}

}  // namespace qudao::client::roles
