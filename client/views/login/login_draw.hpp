// Draws the log-in page.
#pragma once

#include <string>

#include "client/platform/queue.hpp"
#include "client/views/login/login_model.hpp"

namespace qudao::client::login {

struct Ui {
    std::string login;
    std::string password;
    bool focused = false;   // the caret has been put into the first field
};

void draw(const Model& model, Ui& ui, const World& world, CommandQueue<Event>& events);

}  // namespace qudao::client::login
