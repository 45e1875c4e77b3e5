// The command palette, the shortcuts, the saved views: dialogs over any screen.
#include <array>

#include "client/platform/address.hpp"
#include "client/platform/keys.hpp"
#include "client/views/shell/shell_draw.hpp"
#include "client/widgets/table_desk.hpp"
#include "client/widgets/widgets.hpp"
#include "imgui.h"

namespace qudao::client::shell {
namespace {

ui::Icon icon_of(PaletteKind kind) {
    switch (kind) {
        case PaletteKind::screen: return ui::Icon::arrow_right;
        case PaletteKind::command: return ui::Icon::settings;
        case PaletteKind::view: return ui::Icon::filter;
        case PaletteKind::unit: return ui::Icon::building;
        case PaletteKind::customer: return ui::Icon::user;
    }
    return ui::Icon::none;
}

Text kind_words(PaletteKind kind) {
    switch (kind) {
        case PaletteKind::screen: return Text::palette_screen;
        case PaletteKind::command: return Text::palette_command;
        case PaletteKind::view: return Text::palette_view;
        case PaletteKind::unit: return Text::palette_unit;
        case PaletteKind::customer: return Text::column_customer_name;
    }
    return Text::palette_screen;
}

void draw_shortcuts(const Model& model, const World& world, CommandQueue<Event>& events) {
    const Words& words = world.words;
    bool open = model.shortcuts_open;
    if (ui::Dialog dialog(words.id(Text::shortcuts_title), open, {.width = 560}); dialog) {
        constexpr std::array<std::pair<std::string_view, Text>, 11> kKeys{{{"Ctrl+K", Text::key_palette},
                                                                           {"?", Text::key_help},
                                                                           {"Tab / Shift+Tab", Text::key_tab},
                                                                           {"Enter / Space", Text::key_enter},
                                                                           {"Esc", Text::key_escape},
                                                                           {"↑ ↓ PgUp PgDn Home End", Text::key_arrows},
                                                                           {"Shift+↑ / Shift+↓", Text::key_extend},
                                                                           {"Ctrl+A", Text::key_all},
                                                                           {"Ctrl+C", Text::key_copy},
                                                                           {"Ctrl+V", Text::key_paste},
                                                                           {"Ctrl+P", Text::key_print}}};
        for (const auto& [keys, meaning] : kKeys) ui::field(keys, words(meaning), 200);
        dialog.footer(ui::button_width(words(Text::close)));
        if (ui::button(words.id(Text::close, "close_shortcuts"))) open = false;
    }
    if (model.shortcuts_open && !open) events.push(ShortcutsToggled{false});
}

void draw_views(const Model& model, Ui& ui, const World& world, CommandQueue<Event>& events) {
    const Words& words = world.words;
    bool open = model.views_open;
    if (model.views_open && !ui.views_open) ui.view_name.clear();
    ui.views_open = model.views_open;
    if (ui::Dialog dialog(words.id(Text::views_title), open, {.width = 520}); dialog) {
        ui::wrapped_muted(words(Text::views_intro));
        ui::gap(10);
        const float save = ui::button_width(words(Text::views_save));
        const ui::InputResult typed = ui::input_text(words.id(Text::views_name), ui.view_name,
                                                     {.placeholder = words(Text::views_name), .width = ui::width_left() - save - 8, .label_place = ui::LabelPlace::hidden, .max_bytes = 90});
        ui::beside();
        const bool pressed = ui::primary_button(words.id(Text::views_save), {.enabled = !ui.view_name.empty()});
        if ((pressed || typed.submitted) && !ui.view_name.empty()) {
            events.push(ViewSaved{{0, ui.view_name, platform::address(), ui::table_layouts()}});
            ui.view_name.clear();
        }
        ui::gap(8);
        if (model.views.empty()) ui::muted(words(Text::views_none));
        for (std::size_t i = 0; i < model.views.size(); ++i) {
            ImGui::PushID(static_cast<int>(i));
            if (ui::button(with_id(model.views[i].name, "open_view"), {.icon = ui::Icon::filter, .width = ui::width_left() - 44})) events.push(ViewOpened{i});
            ui::beside();
            if (ui::icon_button(ui::Icon::trash, with_id(words(Text::views_forget, {{"name", model.views[i].name}}), "forget_view"))) events.push(ViewForgotten{i});
            ImGui::PopID();
        }
    }
    if (model.views_open && !open) events.push(ViewsToggled{false});
}

void draw_palette(const Model& model, Ui& ui, const World& world, CommandQueue<Event>& events) {
    const Words& words = world.words;
    const Palette& palette = model.palette;
    const bool opening = palette.open && !ui.palette_open;
    ui.palette_open = palette.open;
    if (opening) ui.palette_text.clear();
    bool open = palette.open;
    if (ui::Dialog dialog(words.id(Text::palette_title), open, {.width = 620}); dialog) {
        const ui::InputResult typed = ui::search_field(words.id(Text::palette_field), ui.palette_text, {.placeholder = words(Text::palette_hint), .width = -1, .focus_now = opening, .keep_arrows = true, .max_bytes = 90});
        if (typed.changed) events.push(PaletteTyped{ui.palette_text});
        if (ImGui::IsKeyPressed(ImGui::GetKeyIndex(ImGuiKey_DownArrow))) events.push(PaletteMoved{1});
        if (ImGui::IsKeyPressed(ImGui::GetKeyIndex(ImGuiKey_UpArrow))) events.push(PaletteMoved{-1});
        if (typed.submitted && palette.chosen < palette.items.size()) events.push(PaletteTaken{palette.chosen});
        // The field would first give back what was there before.
        if (ImGui::IsKeyPressed(ImGui::GetKeyIndex(ImGuiKey_Escape))) open = false;
        ui::gap(6);
        if (palette.items.empty()) ui::muted(words(Text::palette_none));
        for (std::size_t i = 0; i < palette.items.size() && i < 12; ++i) {
            const PaletteItem& item = palette.items[i];
            if (ui::option_line(with_id(item.title, "item" + std::to_string(i)), item.detail, words(kind_words(item.kind)), icon_of(item.kind), i == palette.chosen))
                events.push(PaletteTaken{i});
        }
        ui::gap(6);
        ui::small(words(Text::palette_keys));
    }
    if (palette.open && !open) events.push(PaletteToggled{false});
}

}  // namespace

void take_shortcuts(const Model& model, CommandQueue<Event>& events) {
    const ImGuiIO& io = ImGui::GetIO();
    if (io.KeyCtrl && ImGui::IsKeyPressed(static_cast<int>(platform::Key::k), false)) events.push(PaletteToggled{!model.palette.open});
    const bool typing = io.WantTextInput || model.palette.open;
    for (const ImWchar character : io.InputQueueCharacters)
        if (!typing && (character == '?' || character == 0xFF1F)) events.push(ShortcutsToggled{true});
}

void draw_command_dialogs(const Model& model, Ui& ui, const World& world, CommandQueue<Event>& events) {
    draw_shortcuts(model, world, events);
    draw_views(model, ui, world, events);
    draw_palette(model, ui, world, events);
}

}  // namespace qudao::client::shell
