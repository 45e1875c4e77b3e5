#include "client/views/shell/shell_model.hpp"

#include <algorithm>
#include <array>

#include "client/views/common/menu_words.hpp"
#include "client/views/shell/shown_table.hpp"
#include "shared/base/text.hpp"
#include "shared/dto/view_dto.hpp"

namespace qudao::client::shell {
namespace {

constexpr std::int64_t kRowsWithoutExport = 100;

constexpr std::array<std::string_view, 17> kPaths = {"customers", "moves",    "batches",  "batch",  "log",   "handovers",    "round", "feeds",
                                                     "cabinets",  "customer", "people", "roles", "organisation", "menus", "audit", "api_keys", "policies"};
constexpr std::int32_t kUrgentDays = 3;
constexpr std::uint8_t kShowViews = 0, kChangeViews = 1;   // questions
constexpr std::size_t kMostShown = 12;   // of what the palette finds

struct Reducer {
    Model& model;
    const World& world;

    Effects set(Date day) {
        model.date_saving = true;
        model.date_error.reset();
        return {SetDemoDate{day}};
    }

    Effects operator()(const MenuPressed& event) {
        return {OpenScreen{std::string(path_of(event.screen))}};
    }
    Effects operator()(const LogOutPressed&) {
        model.leaving = true;
        return {LogOut{}};
    }
    Effects operator()(const LanguagePressed& event) { return {SetLanguage{event.language}}; }
    Effects operator()(const LookDialogToggled& event) {
        model.look_open = event.open;
        return {};
    }
    Effects operator()(const LookChosen& event) {
        if (event.look == model.look) return {};
        model.look = event.look;
        return {SetLook{event.look}};
    }
    void find() {
        model.palette.items = palette_items(model.palette, model.views, world);
        model.palette.chosen = 0;
    }
    Effects operator()(const PaletteToggled& event) {
        model.palette = Palette{};
        model.palette.open = event.open;
        if (event.open) find();
        return {};
    }
    Effects operator()(const PaletteTyped& event) {
        Palette& palette = model.palette;
        palette.text = event.text;
        auto spec = world.may(Action::view_customer) ? palette_query(event.text) : std::nullopt;
        Effects effects;
        if (spec) effects.push_back(start(palette.customers, std::move(*spec)));
        // What the text before it found is no answer to this one.
        palette.customers.rows.clear();
        if (!spec) palette.customers.state = RemoteState::idle;
        find();
        return effects;
    }
    Effects operator()(const PaletteMoved& event) {
        Palette& palette = model.palette;
        const auto count = static_cast<std::int64_t>(std::min<std::size_t>(palette.items.size(), kMostShown));
        if (count > 0) palette.chosen = static_cast<std::size_t>((static_cast<std::int64_t>(palette.chosen) + event.by + count) % count);
        return {};
    }
    Effects operator()(const PaletteTaken& event) {
        if (event.index >= model.palette.items.size()) return {};
        const PaletteItem item = model.palette.items[event.index];
        model.palette = Palette{};
        if (item.kind == PaletteKind::command) return run(item.command);
        if (item.kind == PaletteKind::view) return (*this)(ViewOpened{item.view});
        return {Navigate{item.address, false}};
    }
    Effects run(Command command) {
        switch (command) {
            case Command::look: model.look_open = true; return {};
            case Command::shortcuts: model.shortcuts_open = true; return {};
            case Command::views: model.views_open = true; return {};
            case Command::other_language: return {SetLanguage{world.language() == Language::zh ? Language::en : Language::zh}};
            case Command::print_table: return {AskTable{ui::TableUse::print}};
            case Command::save_table: return {AskTable{ui::TableUse::save}};
            case Command::log_out: model.leaving = true; return {LogOut{}};
        }
        return {};
    }
    Effects operator()(const ShortcutsToggled& event) {
        model.shortcuts_open = event.open;
        return {};
    }
    Effects operator()(const ViewsToggled& event) {
        model.views_open = event.open;
        return {};
    }
    Effects operator()(const ViewsCame& event) {
        auto came = read_reply<dto::SavedViewsDto>(event.replied);
        if (!came) return {Notify{NoticeTone::bad, sentence_of(world.language(), came.error())}};
        model.views.clear();
        for (dto::SavedViewDto& view : came->views) model.views.push_back({view.id, std::move(view.name), std::move(view.address), std::move(view.layouts)});
        return {};
    }
    Effects operator()(const ViewSaved& event) {
        const dto::SaveViewRequest request{normalize_text(event.view.name), event.view.address, event.view.layouts};
        return {CallApi{Asker::shell, kChangeViews, "views.save", {}, {}, dto::to_json(request)}};
    }
    Effects operator()(const ViewOpened& event) {
        if (event.index >= model.views.size()) return {};
        model.views_open = false;
        const SavedView& view = model.views[event.index];
        return {ApplyLayouts{view.layouts}, Navigate{view.address, false}};
    }
    Effects operator()(const ViewForgotten& event) {
        if (event.index >= model.views.size()) return {};
        return {CallApi{Asker::shell, kChangeViews, "views.forget", {{"view", std::to_string(model.views[event.index].id)}}, {}, {}}};
    }
    Effects operator()(const ListArrived& event) {
        if (take(model.palette.customers, event) && model.palette.open) {
            const std::size_t chosen = model.palette.chosen;
            find();
            model.palette.chosen = std::min(chosen, model.palette.items.empty() ? 0 : model.palette.items.size() - 1);
        }
        return {};
    }
    Effects operator()(const TableTaken& event) {
        const ui::TableText& table = event.table.text;
        const auto rows = static_cast<std::int64_t>(table.rows.size());
        const std::string count = format_count(rows);
        // What one has on screen one can write down; more than that is taking lists out.
        if (rows > kRowsWithoutExport && !world.may(Action::export_list))
            return {Notify{NoticeTone::warn, world.words(Text::table_needs_export, {{"count", format_count(kRowsWithoutExport)}})}};
        switch (event.table.use) {
            case ui::TableUse::copy: return {CopyText{ui::to_tsv(table), rows}};
            case ui::TableUse::print: return {PrintPage{print_json(table, world)}};
            case ui::TableUse::save: break;
        }
        model.exporting.emplace();
        Effects effects{save_shown(table, world)};
        if (table.more_exist) effects.push_back(Notify{NoticeTone::warn, world.words(Text::table_part, {{"count", count}})});
        return effects;
    }
    Effects operator()(const DateDialogOpened&) {
        model.date_open = world.session.demonstration && world.may(Action::set_demo_date);
        model.date_error.reset();
        return {};
    }
    Effects operator()(const DateDialogClosed&) {
        model.date_open = false;
        return {};
    }
    Effects operator()(const DateEntered& event) {
        const auto day = parse_date(event.text);
        if (day) return set(*day);
        model.date_error = day.error();
        return {};
    }
    Effects operator()(const DateStepped& event) { return set(add_days(world.day, event.days)); }
    Effects operator()(const DateAnswered& event) {
        model.date_saving = false;
        model.date_error = event.error;
        if (event.error) return {};
        model.date_open = false;
        return {Notify{NoticeTone::good, world.words(Text::shell_date_set, {{"day", format_date(world.day)}})}};
    }
    Effects operator()(const PasswordDialogOpened&) {
        model.password_open = true;
        model.password_error.reset();
        return {};
    }
    Effects operator()(const PasswordDialogClosed&) {
        model.password_open = false;
        return {};
    }
    Effects operator()(const PasswordEntered& event) {
        if (model.password_saving) return {};
        model.password_saving = true;
        model.password_error.reset();
        return {ChangePassword{event.current, event.password}};
    }
    Effects operator()(const PasswordAnswered& event) {
        model.password_saving = false;
        model.password_error = event.error;
        if (event.error) return {};
        model.password_open = false;
        return {Notify{NoticeTone::good, std::string(world.words(Text::password_saved))}};
    }
    Effects operator()(const LogOutEverywherePressed&) {
        model.leaving = true;
        return {LogOutEverywhere{}};
    }
    Effects operator()(const SeeingEnded&) { return {SeeAsOneself{}}; }
    Effects operator()(const ExportProgressed& event) {
        model.exporting = event.progress;
        return {};
    }
    Effects operator()(const ExportEnded& event) {
        model.exporting.reset();
        if (!event.error) return {};
        return {Notify{NoticeTone::bad, sentence_of(world.language(), *event.error)}};
    }
    Effects operator()(const HandoversCounted& event) {
        model.handovers_waiting = event.waiting;
        return {};
    }
    Effects operator()(const ExportCancelled&) {
        model.exporting.reset();
        return {CancelExport{}};
    }
};

// "11-09" of "2026-11-09".
std::string_view month_and_day(std::string_view date) { return date.size() == 10 ? date.substr(5) : date; }

}  // namespace

std::string_view path_of(Screen screen) { return kPaths[static_cast<std::size_t>(screen)]; }

bool is_screen(std::string_view first_segment) { return std::find(kPaths.begin(), kPaths.end(), first_segment) != kPaths.end(); }

Screen screen_of(std::string_view first_segment) {
    for (std::size_t i = 0; i < kPaths.size(); ++i)
        if (kPaths[i] == first_segment) return static_cast<Screen>(i);
    return Screen::customers;
}

Effect ask_views() { return CallApi{Asker::shell, kShowViews, "views.show", {}, {}, {}}; }

Effects reduce(Model& model, const Event& event, const World& world) { return std::visit(Reducer{model, world}, event); }

// What is there and in which order is the server's to say: rights, roles and the administrator's arrangement.
std::vector<MenuEntry> menu_entries(const World& world) {
    std::vector<MenuEntry> entries;
    for (const dto::MenuPlaceDto& place : world.session.menu)
        if (const Text label = item_words(place.code); label != Text::none && is_screen(place.code)) entries.push_back({place.section, screen_of(place.code), label});
    return entries;
}

Date round_closes_on(const World& world) {
    const dto::WindowDto& window = world.session.window;
    const WindowPolicy policy{static_cast<unsigned>(window.open_day), static_cast<unsigned>(window.close_day)};
    return window_of(period_at(world.day, policy), policy).closes_on;
}

WindowLine window_line(const World& world) {
    const dto::WindowDto& window = world.session.window;
    WindowLine line;
    line.open = window.open;
    const auto end = parse_date(window.open ? window.closes_on : window.next_opening);
    if (end && world.day) line.days = end->days - world.day.days + (window.open ? 1 : 0);
    const std::string days = std::to_string(line.days);
    if (window.open) {
        line.urgent = line.days <= kUrgentDays;
        line.words = world.words(line.days == 1 ? Text::shell_window_last_day : Text::shell_window_open,
                                 {{"from", month_and_day(window.opened_on)}, {"to", month_and_day(window.closes_on)}, {"days", days}});
    } else {
        line.words = world.words(Text::shell_window_closed, {{"opens", window.next_opening}, {"days", days}});
    }
    return line;
}

}  // namespace qudao::client::shell
