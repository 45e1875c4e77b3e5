// Draws the screen: the strip of the sandbox, log-in or the frame with one view in it, dialogs and toasts.
#include <algorithm>

#include "client/app/app.hpp"
#include "client/platform/address.hpp"
#include "client/platform/files.hpp"
#include "client/views/common/list_draw.hpp"
#include "client/widgets/table_desk.hpp"
#include "client/widgets/widgets.hpp"
#include "imgui.h"

namespace qudao::client {
namespace {

// A view pushes its own events; here they become the application's.
template <class Event, class Draw>
void draw_into(CommandQueue<AppEvent>& commands, Draw draw_view) {
    CommandQueue<Event> own;
    draw_view(own);
    for (Event& event : own.take()) commands.push(AppEvent(std::in_place_type<Event>, std::move(event)));
}

void draw_view(const AppModel& model, AppUi& ui, CommandQueue<AppEvent>& commands) {
    const World& world = model.world;
    using shell::Screen;
    switch (model.screen) {
        case Screen::customers: return draw_into<customers::Event>(commands, [&](auto& own) { customers::draw(model.customers, ui.customers, world, own); });
        case Screen::workbench:
            return draw_into<workbench::Event>(commands, [&](auto& own) { workbench::draw(model.workbench, ui.workbench, world, platform::files_hover_page(), own); });
        case Screen::batches: return draw_into<batches::Event>(commands, [&](auto& own) { batches::draw(model.batches, ui.batches, world, own); });
        case Screen::batch: return draw_into<batch::Event>(commands, [&](auto& own) { batch::draw(model.batch, ui.batch, world, own); });
        case Screen::log: return draw_into<log::Event>(commands, [&](auto& own) { log::draw(model.log, ui.log, world, own); });
        case Screen::handovers: return draw_into<handovers::Event>(commands, [&](auto& own) { handovers::draw(model.handovers, ui.handovers, world, own); });
        case Screen::round: return draw_into<round::Event>(commands, [&](auto& own) { round::draw(model.round, ui.round, world, own); });
        case Screen::feeds:
            return draw_into<feeds::Event>(commands, [&](auto& own) { feeds::draw(model.feeds, ui.feeds, world, platform::files_hover_page(), own); });
        case Screen::cabinets: return draw_into<cabinets::Event>(commands, [&](auto& own) { cabinets::draw(model.cabinets, ui.cabinets, world, own); });
        case Screen::customer: return draw_into<customer::Event>(commands, [&](auto& own) { customer::draw(model.customer, ui.customer, world, own); });
        case Screen::people: return draw_into<people::Event>(commands, [&](auto& own) { people::draw(model.people, ui.people, world, own); });
        case Screen::roles: return draw_into<roles::Event>(commands, [&](auto& own) { roles::draw(model.roles, ui.roles, world, own); });
        case Screen::organisation:
            return draw_into<organisation::Event>(commands, [&](auto& own) { organisation::draw(model.organisation, ui.organisation, world, own); });
        case Screen::menus: return draw_into<menus::Event>(commands, [&](auto& own) { menus::draw(model.menus, world, own); });
        case Screen::policies: return draw_into<policies::Event>(commands, [&](auto& own) { policies::draw(model.policies, world, own); });
        case Screen::audit: return draw_into<audit::Event>(commands, [&](auto& own) { audit::draw(model.audit, ui.audit, world, own); });
        case Screen::api_keys: return draw_into<api_keys::Event>(commands, [&](auto& own) { api_keys::draw(model.api_keys, ui.api_keys, world, own); });
    }
}

}  // namespace

// At the lower edge, over whatever is there: the network, a newer version of the page.
void App::draw_notice() {
    const Words& words = model_.world.words;
    const LineState& line = model_.line;
    std::string said, action;
    ui::Tone tone = ui::Tone::warn;
    if (line.line == Line::retrying) {
        said = words(Text::line_retrying, {{"attempt", std::to_string(line.attempt)}, {"attempts", std::to_string(line.attempts)}});
    } else if (line.line == Line::down) {
        tone = ui::Tone::bad;
        said = words(Text::line_down);
        action = words.id(Text::line_ask_now);
    } else if (model_.newer_page) {
        tone = ui::Tone::accent;
        said = words(Text::version_newer);
        action = words.id(Text::version_reload);
    } else {
        return;
    }
    const ImVec2 screen = ImGui::GetIO().DisplaySize;
    const float width = std::min(screen.x - 32, 820.0F);
    ImGui::SetNextWindowPos(ImVec2((screen.x - width) / 2, screen.y - 14), ImGuiCond_Always, ImVec2(0, 1));
    ImGui::SetNextWindowSize(ImVec2(width, 60));  // two lines of it
    ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, ImVec2(0, 0));
    ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 0.0F);
    ImGui::Begin("##notice", nullptr, ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoFocusOnAppearing |
                                          ImGuiWindowFlags_NoBackground);
    ImGui::PopStyleVar(2);
    if (ui::banner(tone, said, action).action) {
        // After the frame: what is done may change what is drawn.
        completions().push([this, reload = line.line == Line::good] {
            if (reload) platform::reload_page();
            else api_->probe(probe_lane_.renew());
        });
    }
    ImGui::End();
}

void App::draw_screen(CommandQueue<AppEvent>& commands) {
    const World& world = model_.world;
    ui::TableWords table_says = table_words(world.words);
    if (!world.may(Action::export_list)) table_says.save = {};
    ui::set_table_words(table_says);
    const bool strip = shell::draw_strip(world);
    {
        const ui::Screen screen(strip);
        if (model_.stage == Stage::starting) {
            const ui::Page page("starting");
            ui::loading(world.words(Text::list_loading));
        } else if (model_.stage == Stage::password) {
            draw_into<shell::Event>(commands, [&](auto& own) { shell::draw_password_page(model_.shell, ui_.shell, world, own); });
        } else if (model_.stage == Stage::login) {
            draw_into<login::Event>(commands, [&](auto& own) { login::draw(model_.login, ui_.login, world, own); });
        } else {
            draw_into<shell::Event>(commands, [&](auto& own) {
                shell::draw_top(model_.shell, world, own);
                shell::draw_menu(model_.shell, model_.screen, world, own);
            });
            draw_view(model_, ui_, commands);
        }
    }
    if (model_.stage == Stage::inside) {
        draw_into<shell::Event>(commands, [&](auto& own) { shell::draw_dialogs(model_.shell, ui_.shell, world, own); });
        draw_into<round::Event>(commands, [&](auto& own) { round::draw_dialogs(model_.round, ui_.round, world, own); });
        draw_into<history::Event>(commands, [&](auto& own) { history::draw_dialogs(model_.history, ui_.history, world, own); });
        draw_into<workbench::Event>(commands, [&](auto& own) { workbench::draw_dialogs(model_.workbench, world, own); });
    }
    draw_notice();
    ui_.toasts.draw();
    if (table_asked_) return;
    if (auto taken = ui::take_table()) commands.push(shell::Event(shell::TableTaken{std::move(*taken)}));
}

}  // namespace qudao::client
