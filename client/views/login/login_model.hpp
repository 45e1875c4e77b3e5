// Logging in: by user name and password, or in the sandbox as one of its people with one click.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "client/views/common/asked_for.hpp"
#include "client/views/common/effects.hpp"
#include "client/views/common/remote.hpp"
#include "client/views/common/world.hpp"

namespace qudao::client::login {

struct Persona {
    std::string login;
    std::string password;
    std::string name;
    std::string role;       // as it is named
    std::string unit;       // as it is named; may be empty
};

struct Model {
    Remote<std::vector<Persona>> personas;  // of the sandbox; idle when there is none
    bool asking = false;                    // an answer to a log-in is awaited
    std::string asked_login;
    std::optional<Error> error;
    bool session_ended = false;             // one was logged in and is no longer
};

struct Submitted {
    std::string login;
    std::string password;
};
struct PersonaPressed { std::size_t at = 0; };
struct LanguagePressed { Language language = Language::zh; };
struct PersonasCame { Result<std::vector<Persona>> personas; };
struct Refused { Error error; };
struct Accepted {};
struct SessionEnded {};
using Event = std::variant<Submitted, PersonaPressed, LanguagePressed, PersonasCame, Refused, Accepted, SessionEnded>;

Effects reduce(Model& model, const Event& event, const World& world);

// What is asked for (asked_for.hpp), and what asks for it again.
inline void look(const Model& model, AskedFor& asked) {
    asked.by_hand(model.personas);
    asked.doing(model.asking);
}
inline std::optional<Event> again(const Model&) { return std::nullopt; }

}  // namespace qudao::client::login
