#include "client/views/people/people_draw.hpp"

#include <array>
#include <map>

#include "client/views/common/format.hpp"
#include "client/views/common/forms_draw.hpp"
#include "client/views/common/menu_words.hpp"
#include "client/widgets/widgets.hpp"
#include "shared/base/money.hpp"

namespace qudao::client::people {
namespace {

struct Drawer {
    const Model& model;
    Ui& ui;
    const World& world;
    CommandQueue<Event>& events;
    const Words& words = world.words;

    std::string role_name(std::int64_t role) const {
        const dto::RoleDto* known = find_role(model, role);
        return known == nullptr ? "#" + std::to_string(role) : world.role_name(known->code, known->name);
    }
    std::string held(std::int64_t role, std::int64_t unit) const {
        return words(Text::people_role_at, {{"role", role_name(role)}, {"unit", world.unit_name(unit)}});
    }

    void conditions() {
        const std::array<ui::TabItem, 3> states{ui::TabItem{.label = words(Text::people_active)}, ui::TabItem{.label = words(Text::people_inactive)},
                                                ui::TabItem{.label = words(Text::all)}};
        const int current = ui.typed.state == "active" ? 0 : ui.typed.state == "inactive" ? 1 : 2;
        const int chosen = ui::segmented("state", states, current);
        bool ask = chosen >= 0;
        if (chosen >= 0) ui.typed.state = chosen == 0 ? "active" : chosen == 1 ? "inactive" : "all";
        ui::gap(8);
        {
            ui::Columns columns("conditions", {1, 1}, 8);
            columns.next();
            const ui::InputResult typed = ui::search_field(words.id(Text::people_search_hint, "people_search"), ui.typed.search, {.placeholder = words(Text::people_search_hint), .width = -1});
            ask |= typed.submitted || (typed.changed && ui.typed.search.empty());
            columns.next();
            ask |= role_filter();
        }
        if (ask) events.push(Asked{ui.typed});
    }
    bool role_filter() {
        std::vector<std::string> names{std::string(words(Text::people_any_role))};
        int current = 0;
        for (const dto::RoleDto& role : model.roles.value.roles) {
            names.push_back(world.role_name(role.code, role.name));
            if (role.id == ui.typed.role) current = static_cast<int>(names.size()) - 1;
        }
        const auto name = [&](int i) { return std::string_view(names[static_cast<std::size_t>(i)]); };
        if (!ui::combo(words.id(Text::people_role_pick, "role_filter"), current, static_cast<int>(names.size()), name,
                       {.width = -1, .label_place = ui::LabelPlace::hidden, .filter = true}))
            return false;
        ui.typed.role = current == 0 ? 0 : model.roles.value.roles[static_cast<std::size_t>(current) - 1].id;
        return true;
    }

    void list() {
        const ui::Card card("people", {}, {.height = -1, .padding = 14});
        conditions();
        ui::gap(8);
        if (model.list_state == RemoteState::failed) {
            if (ui::empty_state(ui::Icon::warning, words(Text::list_failed), sentence_of(world.language(), model.list_error), words.id(Text::retry))) events.push(Retried{});
            return;
        }
        if (model.rows.empty() && model.list_state != RemoteState::ready) return ui::loading(words(Text::list_loading));
        ui::small(words(Text::people_found, {{"count", format_count(model.total)}}));
        if (model.rows.empty()) {
            (void)ui::empty_state(ui::Icon::user, words(Text::people_none), words(Text::people_none_detail));
            return;
        }
        const std::array<ui::Column, 3> columns{ui::Column{.key = "login", .title = words(Text::people_login), .width = 118},
                                                ui::Column{.key = "name", .title = words(Text::people_name), .width = 74},
                                                ui::Column{.key = "roles", .title = words(Text::people_roles)}};
        ui::Table table("people", columns, {.row_count = static_cast<std::int64_t>(model.rows.size()), .has_more = model.more,
                                            .loading_more = model.list_state == RemoteState::loading, .more_words = words(Text::list_more), .label = words(Text::menu_people)});
        while (table.next_row()) {
            const dto::PersonRowDto& row = model.rows[static_cast<std::size_t>(table.row())];
            table.begin_row({.key = row.id, .label = row.login, .selected = model.draft && model.draft->id == row.id, .dim = !row.active});
            table.cell(row.login);
            table.cell(row.name);
            std::string roles;
            for (const dto::HeldRoleDto& role : row.roles) roles.append(roles.empty() ? "" : words(Text::list_separator)).append(held(role.role, role.unit));
            table.cell(roles);
        }
        const ui::TableEvents used = table.end();
        if (used.clicked_row >= 0) events.push(RowPressed{model.rows[static_cast<std::size_t>(used.clicked_row)].id});
        if (used.load_more) events.push(MoreWanted{});
    }

    void buttons(bool editable) {
        const Draft& draft = *model.draft;
        const bool fresh = draft.id == 0;
        const bool ready = editable && !model.saving && !ui.name.empty() && (!fresh || !ui.login.empty());
        if (ui::primary_button(words.id(model.saving ? Text::saving : Text::save, "person_save"), {.enabled = ready})) events.push(SavePressed{ui.login, ui.name});
        if (fresh) return;
        const bool may = editable && !model.saving;
        const Text activity = draft.active ? Text::people_deactivate : Text::people_reactivate;
        ui::beside_or_below(ui::button_width(words(activity)));
        if (ui::button(words.id(activity, "person_activity"), {.enabled = may})) events.push(ActivityPressed{ui.name});
        ui::beside_or_below(ui::button_width(words(Text::people_reset), ui::Icon::key));
        if (ui::button(words.id(Text::people_reset), {.icon = ui::Icon::key, .enabled = may})) events.push(ResetPressed{});
        ui::beside_or_below(ui::button_width(words(Text::people_end_sessions), ui::Icon::logout));
        if (ui::button(words.id(Text::people_end_sessions), {.icon = ui::Icon::logout, .enabled = may})) events.push(EndSessionsPressed{});
        if (!world.may(Action::see_as) || draft.id == world.session.person || !draft.active) return;
        ui::gap(4);
        if (ui::button(words.id(Text::people_see_as), {.icon = ui::Icon::eye, .hint = words(Text::people_see_as_hint)})) events.push(SeeAsPressed{});
    }

    void roles(bool editable) {
        ui::gap(14);
        ui::heading(words(Text::people_roles));
        const Draft& draft = *model.draft;
        if (draft.roles.empty()) ui::muted(words(Text::people_no_roles));
        for (std::size_t i = 0; i < draft.roles.size(); ++i) {
            const dto::HeldRoleDto& role = draft.roles[i];
            if (ui::icon_button(ui::Icon::cross, words.id(Text::people_role_take, "take_role" + std::to_string(i)), {.enabled = editable, .small = true})) events.push(RoleTaken{i});
            ui::beside();
            ui::align_to_controls();
            ui::cut(held(role.role, role.unit));
            ui::tooltip(world.unit_path(role.unit));
        }
        if (ui::button(words.id(Text::people_role_give), {.icon = ui::Icon::plus, .enabled = editable, .small = true})) events.push(GivePressed{});
    }

    // Each right once, with every role that gives it.
    void reasons() {
        const dto::PersonDto& person = model.person.value;
        ui::gap(14);
        ui::heading(words(Text::people_rights));
        ui::wrapped_muted(words(Text::people_sees, {{"places", format_count(person.places)}, {"customers", format_count(person.customers)}}));
        std::string last;
        for (const dto::RightReasonDto& reason : person.reasons) {
            if (reason.action != last) {
                ui::gap(4);
                ui::text(action_label(world.language(), reason.action));
            }
            last = reason.action;
            ui::wrapped_small(words(Text::people_because, {{"role", role_name(reason.role)}, {"unit", world.unit_name(reason.unit)}}));
        }
        std::string items;
        for (const dto::MenuPlaceDto& item : person.menu) items.append(items.empty() ? "" : words(Text::list_separator)).append(words(item_words(item.code)));
        ui::gap(8);
        ui::wrapped_muted(words(Text::people_menu, {{"items", items}}));
        ui::muted(words(Text::people_sessions, {{"count", format_count(person.sessions)}}));
    }

    void person() {
        const ui::Card card("person", {}, {.height = -1, .padding = 18});
        if (!model.draft) {
            if (model.person.loading()) return ui::loading(words(Text::list_loading));
            if (model.person.failed()) {
                (void)ui::empty_state(ui::Icon::warning, words(Text::list_failed), sentence_of(world.language(), model.person.error));
                return;
            }
            (void)ui::empty_state(ui::Icon::user, words(Text::people_choose), words(Text::people_choose_detail));
            return;
        }
        const Draft& draft = *model.draft;
        const bool fresh = draft.id == 0;
        const bool own = draft.id == world.session.person;
        const bool editable = fresh || model.person.value.manageable;
        if (!editable) ui::banner(ui::Tone::warn, words(Text::people_not_yours));
        if (model.error) ui::banner(ui::Tone::bad, sentence_of(world.language(), *model.error));
        if (draw_restored(model.restored_unix_ms, world)) events.push(Discarded{});
        bool typed = false;
        {
            ui::Columns columns("names", {1, 1}, 12);
            columns.next();
            typed |= ui::input_text(words.id(Text::people_login, "person_login"), ui.login, {.width = -1, .enabled = fresh && !model.saving, .max_bytes = 64}).changed;
            columns.next();
            typed |= ui::input_text(words.id(Text::people_name, "person_name"), ui.name, {.width = -1, .enabled = editable && !model.saving, .max_bytes = 240}).changed;
        }
        if (typed) events.push(Typed{ui.login, ui.name});
        ui::gap(8);
        if (!fresh) {
            ui::badge(words(draft.active ? Text::people_active : Text::people_inactive), draft.active ? ui::Tone::good : ui::Tone::neutral);
            if (model.person.value.must_change_password) {
                ui::beside();
                ui::badge(words(Text::people_must_change), ui::Tone::warn);
            }
        }
        roles(editable && !own);
        ui::gap(14);
        buttons(editable);
        if (!fresh) reasons();
    }

    void give_dialog() {
        bool open = model.giving;
        if (ui::Dialog dialog(words.id(Text::people_role_give, "give_role"), open, {.width = 480}); dialog) {
            std::vector<std::string> names;
            int current = -1;
            for (const dto::RoleDto& role : model.roles.value.roles) {
                if (role.id == model.given_role) current = static_cast<int>(names.size());
                names.push_back(world.role_name(role.code, role.name));
            }
            const auto name = [&](int i) { return std::string_view(names[static_cast<std::size_t>(i)]); };
            if (ui::combo(words.id(Text::people_role_pick, "given_role"), current, static_cast<int>(names.size()), name, {.width = -1, .filter = true, .placeholder = words(Text::choose)}) && current >= 0)
                events.push(RoleChosen{model.roles.value.roles[static_cast<std::size_t>(current)].id});
            const dto::RoleDto* role = find_role(model, model.given_role);
            if (role != nullptr)
                ui::wrapped_small(words(Text::people_role_fits, {{"role", world.role_name(role->code, role->name)}, {"level", role_level_label(world.language(), role->level)}}));
            ui::gap(8);
            draw_unit_tree(model.units, ui.units, world, picker_height(300, 310), [&](UnitTreeEvent event) { events.push(UnitTreeUsed{std::move(event)}); });
            dialog.footer(ui::button_width(words(Text::cancel)) + 8 + ui::button_width(words(Text::people_give)));
            if (ui::button(words.id(Text::cancel, "cancel_give"))) open = false;
            ui::beside();
            if (ui::primary_button(words.id(Text::people_give), {.enabled = fits_chosen(model, world)})) events.push(RoleGiven{});
        }
        if (model.giving && !open) events.push(GivePressed{false});
    }

    void password_dialog() {
        bool open = model.first_password.has_value();
        if (ui::Dialog dialog(words.id(Text::people_first_password, "first_password"), open, {.width = 440, .closable = false}); dialog && model.first_password) {
            ui::wrapped_muted(words(Text::people_first_password_detail, {{"login", model.first_password->login}}));
            ui::gap(12);
            std::string shown = model.first_password->password;
            ui::input_text(words.id(Text::people_first_password, "first_password_text"), shown, {.width = -1, .icon = ui::Icon::key});
            dialog.footer(ui::button_width(words(Text::people_told)));
            if (ui::primary_button(words.id(Text::people_told))) events.push(PasswordTold{});
        }
    }
};

}  // namespace

void draw(const Model& model, Ui& ui, const World& world, CommandQueue<Event>& events) {
    const Words& words = world.words;
    if (ui.conditions_version != model.conditions_version) ui.typed = model.conditions;
    ui.conditions_version = model.conditions_version;
    if (ui.draft_version != model.draft_version && model.draft) {
        ui.login = model.draft->login;
        ui.name = model.draft->name;
    }
    ui.draft_version = model.draft_version;
    if (!model.giving) ui.units.search.clear();
    const ui::Page page("people", false);
    {
        const ui::PageHeader header(words(Text::menu_people), words(Text::people_intro), ui::button_width(words(Text::people_new), ui::Icon::plus));
        if (ui::button(words.id(Text::people_new), {.icon = ui::Icon::plus})) events.push(NewPressed{});
    }
    Drawer drawer{model, ui, world, events};
    {
        ui::Columns columns("people", {6, 5}, 12);
        columns.next();
        drawer.list();
        columns.next();
        drawer.person();
    }
    drawer.give_dialog();
    drawer.password_dialog();
}

}  // namespace qudao::client::people
