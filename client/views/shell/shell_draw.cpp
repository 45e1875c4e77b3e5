#include "client/views/shell/shell_draw.hpp"

#include <array>

#include "client/views/common/format.hpp"
#include "client/views/common/menu_words.hpp"
#include "client/widgets/widgets.hpp"
#include "imgui.h"

namespace qudao::client::shell {
namespace {

constexpr float kSpace = 14;

float width_of(std::string_view words) { return ImGui::CalcTextSize(words.data(), words.data() + words.size()).x; }

ui::Icon icon_of(Screen screen) {
    switch (screen) {
        case Screen::customers:
        case Screen::customer: return ui::Icon::users;
        case Screen::round: return ui::Icon::calendar;
        case Screen::workbench: return ui::Icon::move;
        case Screen::batches:
        case Screen::batch: return ui::Icon::list;
        case Screen::log: return ui::Icon::log;
        case Screen::handovers: return ui::Icon::inbox;
        case Screen::feeds: return ui::Icon::upload;
        case Screen::cabinets: return ui::Icon::channel;
        case Screen::people: return ui::Icon::user;
        case Screen::roles: return ui::Icon::key;
        case Screen::organisation: return ui::Icon::tree;
        case Screen::menus: return ui::Icon::menu;
        case Screen::policies: return ui::Icon::settings;
        case Screen::audit: return ui::Icon::eye;
        case Screen::api_keys: return ui::Icon::link;
    }
    return ui::Icon::none;
}

struct BarWords {
    std::string day;
    std::string person;
    WindowLine window;
    bool settable = false;
};

BarWords bar_words(const World& world) {
    BarWords bar;
    const bool demonstration = world.session.demonstration;
    bar.day = world.words(demonstration ? Text::shell_demo_day : Text::shell_day, {{"day", world.session.day}});
    bar.window = window_line(world);
    bar.person = world.session.name;
    bar.settable = demonstration && world.may(Action::set_demo_date);
    return bar;
}

// The screen whose item is marked while this one is shown: pages of one record have none of their own.
Screen menu_screen(Screen current) {
    if (current == Screen::batch) return Screen::batches;
    if (current == Screen::customer) return Screen::customers;
    return current;
}

std::string person_detail(const World& world) {
    if (world.session.grants.empty()) return {};
    const dto::GrantDto& grant = world.session.grants.front();
    const std::string role = world.role_name(grant.role, grant.role_name);
    const std::string unit = world.unit_name(grant.unit);
    return unit.empty() ? role : role + " · " + unit;
}

void draw_window_badge(const WindowLine& window) {
    const ui::Tone tone = !window.open ? ui::Tone::bad : window.urgent ? ui::Tone::warn : ui::Tone::good;
    ui::align_to_controls();
    ui::badge(window.words, tone, window.open ? ui::Icon::clock : ui::Icon::lock);
}

void draw_day(const BarWords& bar, const World& world, CommandQueue<Event>& events) {
    if (bar.settable) {
        const ui::ButtonOptions options{.kind = ui::ButtonKind::secondary, .icon = ui::Icon::calendar, .hint = world.words(Text::shell_set_date)};
        if (ui::button(with_id(bar.day, "demo_day"), options)) events.push(DateDialogOpened{});
    } else {
        ui::align_to_controls();
        ui::badge(bar.day, world.session.demonstration ? ui::Tone::warn : ui::Tone::neutral, ui::Icon::calendar);
    }
}

void draw_date_dialog(const Model& model, Ui& ui, const World& world, CommandQueue<Event>& events) {
    const Words& words = world.words;
    if (model.date_open && !ui.date_open) ui.date = world.session.day;
    ui.date_open = model.date_open;
    bool open = model.date_open;
    if (ui::Dialog dialog(words.id(Text::date_title), open, {.width = 440}); dialog) {
        ui::wrapped_muted(words(Text::date_intro));
        ui::gap(8);
        ui::banner(ui::Tone::warn, words(Text::date_warning, {{"closes", format_date(round_closes_on(world))}}));
        ui::gap(12);
        const std::string fault = model.date_error ? sentence_of(world.language(), *model.date_error) : std::string();
        const ui::InputResult typed = ui::input_text(words.id(Text::date_field), ui.date,
                                                     {.placeholder = "2026-11-18", .width = -1, .icon = ui::Icon::calendar, .enabled = !model.date_saving, .error = fault});
        ui::gap(8);
        const std::array<std::pair<Text, std::int32_t>, 4> days{{{Text::date_back_month, -30}, {Text::date_back_day, -1}, {Text::date_on_day, 1}, {Text::date_on_month, 30}}};
        bool first = true;
        for (const auto& [label, step] : days) {
            if (!first) ui::beside();
            first = false;
            if (ui::button(words.id(label), {.enabled = !model.date_saving, .small = true})) events.push(DateStepped{step});
        }
        dialog.footer(ui::button_width(words(Text::cancel)) + 8 + ui::button_width(words(Text::date_save)));
        if (ui::button(words.id(Text::cancel))) open = false;
        ui::beside();
        if (ui::primary_button(words.id(Text::date_save), {.enabled = !model.date_saving}) || typed.submitted) events.push(DateEntered{ui.date});
    }
    if (model.date_open && !open) events.push(DateDialogClosed{});
}

void draw_export_dialog(const Model& model, const World& world, CommandQueue<Event>& events) {
    const Words& words = world.words;
    bool open = model.exporting.has_value();
    if (ui::Dialog dialog(words.id(Text::export_title), open, {.width = 440, .closable = false}); dialog && model.exporting) {
        const engine::Progress& progress = *model.exporting;
        const double part = progress.total > 0 ? static_cast<double>(progress.done) / static_cast<double>(progress.total) : -1;
        ui::progress(words(progress.phase == "writing" ? Text::export_writing : Text::export_rows), part, format_count(progress.done));
        dialog.footer(ui::button_width(words(Text::cancel)));
        if (ui::button(words.id(Text::cancel, "cancel_export"))) events.push(ExportCancelled{});
    }
}

void draw_look_dialog(const Model& model, const World& world, CommandQueue<Event>& events) {
    const Words& words = world.words;
    bool open = model.look_open;
    if (ui::Dialog dialog(words.id(Text::look_title), open, {.width = 440}); dialog) {
        ui::Look look = model.look;
        ui::muted(words(Text::look_scheme));
        const std::array<ui::TabItem, 3> schemes{ui::TabItem{.label = words(Text::look_system)}, ui::TabItem{.label = words(Text::look_light)}, ui::TabItem{.label = words(Text::look_dark)}};
        const int scheme = ui::segmented("scheme", schemes, static_cast<int>(look.scheme));
        if (scheme >= 0) look.scheme = static_cast<ui::SchemeChoice>(scheme);
        ui::gap(12);
        ui::muted(words(Text::look_density));
        const std::array<ui::TabItem, 2> densities{ui::TabItem{.label = words(Text::look_comfortable)}, ui::TabItem{.label = words(Text::look_compact)}};
        const int density = ui::segmented("density", densities, static_cast<int>(look.density));
        if (density >= 0) look.density = static_cast<ui::Density>(density);
        ui::gap(12);
        ui::wrapped_muted(words(Text::look_note));
        if (look != model.look) events.push(LookChosen{look});
        dialog.footer(ui::button_width(words(Text::close)));
        if (ui::button(words.id(Text::close, "close_look"))) open = false;
    }
    if (model.look_open && !open) events.push(LookDialogToggled{false});
}

}  // namespace

bool draw_strip(const World& world) {
    const Words& words = world.words;
    const bool seeing = !world.session.seen_by.empty();
    if (!world.sandbox && !seeing) return false;
    std::string what = seeing ? words(Text::strip_seeing, {{"name", world.session.name}}) : std::string();
    if (world.sandbox) what = std::string(words(Text::strip_sandbox)) + (seeing ? " · " + what : std::string());
    const std::string detail = seeing ? words(Text::strip_seeing_detail, {{"by", world.session.seen_by}}) : std::string(words(Text::strip_sandbox_detail));
    ui::environment_strip(what, detail);
    return true;
}

void draw_top(const Model& model, const World& world, CommandQueue<Event>& events) {
    const Words& words = world.words;
    const BarWords bar = bar_words(world);
    const std::string language(words(Text::language_other));
    const float badge_extra = 34;
    const float right = 34 + kSpace / 2 + width_of(bar.window.words) + badge_extra + kSpace +
                        (bar.settable ? ui::button_width(bar.day, ui::Icon::calendar) : width_of(bar.day) + badge_extra) + kSpace +
                        ui::button_width(language, ui::Icon::globe) + kSpace + ui::button_width(bar.person, ui::Icon::user) - 50;
    const ui::TopBar top(words(Text::product), person_detail(world), right);
    take_shortcuts(model, events);
    if (ui::icon_button(ui::Icon::search, words.id(Text::palette_open))) events.push(PaletteToggled{true});
    ui::beside(kSpace / 2);
    draw_window_badge(bar.window);
    ui::beside(kSpace);
    draw_day(bar, world, events);
    ui::beside(kSpace);
    if (ui::quiet_button(with_id(language, "language"), {.icon = ui::Icon::globe}))
        events.push(LanguagePressed{world.language() == Language::zh ? Language::en : Language::zh});
    ui::beside(kSpace / 2);
    const bool seeing = !world.session.seen_by.empty();
    const std::string log_out(words(Text::shell_log_out));
    const std::string everywhere(words(Text::shell_log_out_everywhere));
    const std::string look(words(Text::look_title));
    const std::string password(words(seeing ? Text::seeing_end : Text::password_title));
    const std::string views(words(Text::views_title)), shortcuts(words(Text::shortcuts_title));
    const std::array<ui::MenuItem, 6> items{ui::MenuItem{look, ui::Icon::settings},
                                            ui::MenuItem{views, ui::Icon::filter},
                                            ui::MenuItem{shortcuts, ui::Icon::help},
                                            ui::MenuItem{password, seeing ? ui::Icon::eye : ui::Icon::key},
                                            ui::MenuItem{everywhere, ui::Icon::logout},
                                            ui::MenuItem{log_out, ui::Icon::logout}};
    const int chosen = ui::menu_button(with_id(bar.person, "person"), items, ui::Icon::user);
    if (chosen == 0) events.push(LookDialogToggled{true});
    if (chosen == 1) events.push(ViewsToggled{true});
    if (chosen == 2) events.push(ShortcutsToggled{true});
    if (chosen == 3 && seeing) events.push(SeeingEnded{});
    if (chosen == 3 && !seeing) events.push(PasswordDialogOpened{});
    if (chosen == 4) events.push(LogOutEverywherePressed{});
    if (chosen == 5) events.push(LogOutPressed{});
}

void draw_menu(const Model& model, Screen current, const World& world, CommandQueue<Event>& events) {
    const Words& words = world.words;
    ui::SideMenu menu(words(Text::menu));
    const bool waiting = model.handovers_waiting > 0 && world.may(Action::confirm_handover);
    std::string_view section;
    for (const MenuEntry& entry : menu_entries(world)) {
        if (entry.section != section) menu.section(words(section_words(entry.section)));
        section = entry.section;
        const std::string count = entry.screen == Screen::handovers && waiting ? format_count(model.handovers_waiting) : std::string();
        if (menu.item(icon_of(entry.screen), words.id(entry.label), entry.screen == menu_screen(current), count)) events.push(MenuPressed{entry.screen});
    }
}

void draw_dialogs(const Model& model, Ui& ui, const World& world, CommandQueue<Event>& events) {
    draw_date_dialog(model, ui, world, events);
    draw_look_dialog(model, world, events);
    draw_password_dialog(model, ui, world, events);
    draw_command_dialogs(model, ui, world, events);
    draw_export_dialog(model, world, events);
}

}  // namespace qudao::client::shell
