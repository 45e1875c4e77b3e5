// The frame round every screen: menu, person, business date, countdown of the window, language, the date dialog.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "client/views/common/asked_for.hpp"
#include "client/views/common/effects.hpp"
#include "client/views/common/world.hpp"
#include "client/views/shell/palette.hpp"
#include "client/widgets/table_desk.hpp"
#include "shared/domain/saved_view.hpp"

namespace qudao::client::shell {

enum class Screen : std::uint8_t {
    customers, workbench, batches, batch, log, handovers, round, feeds, cabinets, customer, people, roles, organisation, menus, audit, api_keys, policies,
};
std::string_view path_of(Screen screen);            // "customers"
Screen screen_of(std::string_view first_segment);   // customers for whatever is unknown
bool is_screen(std::string_view first_segment);

// The main menu of the person, in its order: the menu and the palette show it.
struct MenuEntry {
    std::string section;              // section_words()
    Screen screen = Screen::customers;
    Text label = Text::menu_customers;
};
std::vector<MenuEntry> menu_entries(const World& world);

struct Model {
    Palette palette;
    bool shortcuts_open = false;
    bool views_open = false;
    std::vector<SavedView> views;   // as the server has them
    ui::Look look;                 // light or dark, comfortable or compact
    bool look_open = false;        // the dialog for it
    bool leaving = false;          // logging out
    bool date_open = false;        // the dialog for the demonstration date
    bool date_saving = false;
    std::optional<Error> date_error;
    std::int64_t handovers_waiting = 0;   // not confirmed yet: the count on the menu
    bool password_open = false;    // the dialog for the own password
    bool password_saving = false;
    std::optional<Error> password_error;
    std::optional<engine::Progress> exporting;  // a list is being written as a workbook
};

struct MenuPressed { Screen screen = Screen::customers; };
struct LogOutPressed {};
struct LanguagePressed { Language language = Language::zh; };
struct LookDialogToggled { bool open = false; };
struct LookChosen { ui::Look look; };
struct PaletteTaken { std::size_t index = 0; };
struct ShortcutsToggled { bool open = false; };
struct ViewsToggled { bool open = false; };
struct ViewsCame { ApiReplied replied; };   // when the person has logged in, and after each change
struct ViewSaved { SavedView view; };       // its id is the server's to give
struct ViewOpened { std::size_t index = 0; };
struct ViewForgotten { std::size_t index = 0; };
struct TableTaken { ui::TakenTable table; };
struct DateDialogOpened {};
struct DateDialogClosed {};
struct DateEntered { std::string text; };   // yyyy-MM-dd
struct DateStepped { std::int32_t days = 0; };
struct DateAnswered { std::optional<Error> error; };
struct PasswordDialogOpened {};
struct PasswordDialogClosed {};
struct PasswordEntered { std::string current; std::string password; };
struct PasswordAnswered { std::optional<Error> error; };
struct LogOutEverywherePressed {};
struct SeeingEnded {};         // with the own rights again
struct ExportProgressed { engine::Progress progress; };
struct ExportEnded { std::optional<Error> error; };
struct ExportCancelled {};
struct HandoversCounted { std::int64_t waiting = 0; };
using Event = std::variant<MenuPressed, LogOutPressed, LanguagePressed, LookDialogToggled, LookChosen, PaletteToggled, PaletteTyped, PaletteMoved, PaletteTaken,
                           ShortcutsToggled, ViewsToggled, ViewsCame, ViewSaved, ViewOpened, ViewForgotten, ListArrived, TableTaken, DateDialogOpened, DateDialogClosed, DateEntered, DateStepped,
                           DateAnswered, ExportProgressed, ExportEnded, ExportCancelled, HandoversCounted, PasswordDialogOpened,
                           PasswordDialogClosed, PasswordEntered, PasswordAnswered, LogOutEverywherePressed, SeeingEnded>;

Effects reduce(Model& model, const Event& event, const World& world);

// What is asked for (asked_for.hpp), and what asks for it again.
inline void look(const Model& model, AskedFor& asked) {
    asked.doing(model.leaving || model.date_saving || model.password_saving || model.exporting.has_value());
}
inline std::optional<Event> again(const Model&) { return std::nullopt; }
// Asks for the person's saved views; answered by ViewsCame.
Effect ask_views();

// The line about the window: how long it is open still, or when it opens again. `urgent`: three days or less are left.
struct WindowLine {
    bool open = false;
    bool urgent = false;
    std::int32_t days = 0;      // left, today included; or until it opens
    std::string words;          // "窗口 11-09 至 12-03 · 剩余 16 天"
};
WindowLine window_line(const World& world);
// The last day of the round that is worked on, or comes next: a later date closes it.
Date round_closes_on(const World& world);

}  // namespace qudao::client::shell
