// Log-in, log-out, and who a session belongs to.
//
// Slow-down: after five failures for an account or twenty from an address, each further attempt must wait, doubling from
// one second to five minutes; an hour without failures forgets them. A session ends after eight hours without a request
// or twenty-four hours in all.
#pragma once

#include <string>
#include <string_view>

#include "shared/service/context.hpp"

namespace qudao::service {

struct LogIn {
    std::string login;
    std::string password;
    std::string address;
};
struct OpenedSession {
    std::string token;
    ports::Session session;
};
// session.refused (unknown login, wrong password and deactivated person alike), session.slow_down {seconds}, secrets.busy.
Result<OpenedSession> log_in(const Services& services, const LogIn& request);

// The session a request came with, provided that its person holds `right` somewhere (none: no right is needed). In one
// reading transaction. session.none when there is no session or it has ended; rights.missing {right}.
Result<ports::Session> admit(const Services& services, std::string_view token, std::optional<Action> right);
Status log_out(const Services& services, std::string_view token);

// Sets the business date of a demonstration database; settings.not_demonstration. Needs Action::set_demo_date.
Status set_demo_date(const Services& services, PersonId person, Date day);

}  // namespace qudao::service
