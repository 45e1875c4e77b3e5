#include "client/views/login/login_model.hpp"
#include "shared/base/text.hpp"

namespace qudao::client::login {
namespace {

struct Reducer {
    Model& model;

    Effects ask(std::string login, std::string password) {
        if (model.asking) return {};
        model.asking = true;
        model.asked_login = login;
        model.error.reset();
        return {LogIn{std::move(login), std::move(password)}};
    }

    Effects operator()(const Submitted& event) {
        std::string login = normalize_code(event.login);
        if (login.empty() || event.password.empty()) return {};
        return ask(std::move(login), event.password);
    }
    Effects operator()(const PersonaPressed& event) {
        if (event.at >= model.personas.value.size()) return {};
        const Persona& persona = model.personas.value[event.at];
        return ask(persona.login, persona.password);
    }
    Effects operator()(const LanguagePressed& event) { return {SetLanguage{event.language}}; }
    Effects operator()(const PersonasCame& event) {
        model.personas.finish(event.personas);
        return {};
    }
    Effects operator()(const Refused& event) {
        model.asking = false;
        model.error = event.error;
        return {};
    }
    Effects operator()(const Accepted&) {
        model.asking = false;
        model.error.reset();
        model.session_ended = false;
        return {};
    }
    Effects operator()(const SessionEnded&) {
        model.asking = false;
        model.error.reset();
        model.session_ended = true;
        return {};
    }
};

}  // namespace

Effects reduce(Model& model, const Event& event, const World&) { return std::visit(Reducer{model}, event); }

}  // namespace qudao::client::login
