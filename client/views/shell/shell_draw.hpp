// Draws what stands round every screen: strip, top bar, menu, and the dialogs of the shell.
#pragma once

#include <string>

#include "client/platform/queue.hpp"
#include "client/views/shell/shell_model.hpp"

namespace qudao::client::shell {

struct Ui {
    std::string palette_text, view_name;
    bool palette_open = false, views_open = false;   // in the last frame
    std::string date;
    bool date_open = false;      // the dialog was open in the last frame
    std::string password_current;
    std::string password_new;
    std::string password_again;
};

// 测试环境 over every screen of the sandbox, log-in included; and whose rights are looked with. True when there is a strip.
bool draw_strip(const World& world);
void draw_top(const Model& model, const World& world, CommandQueue<Event>& events);
void draw_menu(const Model& model, Screen current, const World& world, CommandQueue<Event>& events);
// Instead of everything else, while the password must be changed.
void draw_password_page(const Model& model, Ui& ui, const World& world, CommandQueue<Event>& events);
void draw_password_dialog(const Model& model, Ui& ui, const World& world, CommandQueue<Event>& events);
// Ctrl+K, ?: wherever one is.
void take_shortcuts(const Model& model, CommandQueue<Event>& events);
void draw_command_dialogs(const Model& model, Ui& ui, const World& world, CommandQueue<Event>& events);
void draw_dialogs(const Model& model, Ui& ui, const World& world, CommandQueue<Event>& events);

}  // namespace qudao::client::shell
