#include "client/views/shell/shell_model.hpp"

#include <algorithm>
#include <array>

namespace qudao::client::shell {
namespace {

constexpr std::array<std::string_view, 17> kPaths = {"customers", "moves",    "batches",  "batch",  "log",   "handovers",    "round", "feeds",
                                                     "cabinets",  "customer", "people", "roles", "organisation", "menus", "audit", "api_keys", "policies"};
constexpr std::int32_t kUrgentDays = 3;

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

Effects reduce(Model& model, const Event& event, const World& world) { return std::visit(Reducer{model, world}, event); }

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
