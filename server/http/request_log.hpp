// One line a request: when (UTC), how grave, method, path without its query, status, time, size, from where, who, and the
// code of a refusal. No cookie, token, body or query ever comes here. Refused log-ins, missing rights, tokens and
// slow-downs are warnings, so that they can be found among the rest.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace qudao::http {

struct RequestLine {
    std::string_view method;
    std::string_view path;
    std::string_view address;
    std::int64_t person = 0;  // whose session it was; 0: nobody's
    int status = 0;
    std::int64_t elapsed_ms = 0;
    std::int64_t body_bytes = 0;
};

// Printable ASCII on one line, whatever is in it: what a stranger sends cannot make a second line, nor look like one.
// `detail`: of an error or an event, for the log alone; shortened.
std::string text_of(const RequestLine& line, std::string_view detail);

void log_request(const RequestLine& line, std::string_view detail);

// Lines begin with the time in UTC from now on, wherever this machine stands.
void log_in_utc();

}  // namespace qudao::http
