// Log-in, log-out, and who a session belongs to.
//
// Slow-down: after five failures for an account or twenty from an address, each further attempt must wait, doubling from
// one second to five minutes; an hour without failures forgets them. An account's attempts count before the password is looked at. From an
// address at which its person logged in within thirty days an account's attempts are counted by themselves: whoever guesses
// elsewhere holds up the person there and not here. A session ends after eight hours without a request
// or twenty-four hours in all. One whose password somebody else knows can but change it; one that looks with another's
// rights can change nothing.
#pragma once

#include <string>
#include <string_view>

#include "shared/service/context.hpp"

namespace qudao::service {

struct LogIn {
    std::string login;
    std::string password;
    std::string address;
    std::string replaces;  // the token this browser came with: its session ends
};
// Under which failures of an account are counted.
std::string account_failures(const Services& services, std::string_view login);
struct OpenedSession {
    std::string token;
    ports::Session session;
};
// session.refused (unknown login, wrong password and deactivated person alike), session.slow_down {seconds}, secrets.busy.
Result<OpenedSession> log_in(const Services& services, const LogIn& request);

struct NeededRight {
    NeededRight(Action needed, bool of_all = false) : right(needed), everywhere(of_all) {}
    Action right;
    bool everywhere;  // over the whole province and all channels; else anywhere
};
// The session a request came with, provided that its person holds the right (none: no right is needed). In one reading
// transaction. session.none when there is no session or it has ended; rights.missing {right}.
Result<ports::Session> admit(const Services& services, std::string_view token, std::optional<NeededRight> needed);
Status log_out(const Services& services, std::string_view token);
// All sessions of the person, this one among them.
Status log_out_everywhere(const Services& services, const ports::Session& session);

// The own password. people.password_wrong (slowed down as log-ins are), people.password_same, and what check_password says.
// The person's other sessions end.
Status change_password(const Services& services, const ports::Session& session, std::string_view current, std::string_view password);

// Looks with another's rights, read-only, until told otherwise; both are in the audit trail. Needs Action::see_as over all
// roles the other holds; people.unknown also for somebody out of reach or deactivated.
Status see_as(const Services& services, const ports::Session& session, PersonId person);
Status see_as_oneself(const Services& services, const ports::Session& session);

// Sets the business date of a demonstration database; settings.not_demonstration. Needs Action::set_demo_date.
Status set_demo_date(const Services& services, PersonId person, Date day);

}  // namespace qudao::service
