// One line a request: method, path without its query, status, time, size, address. No cookie, token, body or query ever
// comes here.
#pragma once

#include <cstdint>
#include <string_view>

namespace qudao::http {

struct RequestLine {
    std::string_view method;
    std::string_view path;
    std::string_view address;
    int status = 0;
    std::int64_t elapsed_ms = 0;
    std::int64_t body_bytes = 0;
};

// `detail`: of an error, for the log alone; shortened, control characters replaced.
void log_request(const RequestLine& line, std::string_view detail);

}  // namespace qudao::http
