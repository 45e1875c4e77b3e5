// The head of an HTTP/1.1 request: request line and header fields, read strictly (RFC 9112, without its lenient "may"s).
//
// Pistache's own parser is not used on what strangers send: it takes quadratic time over headers, has no limit of their
// own, answers 500 to a malformed Cookie, Date or Host, reads "Content-Length: abc" as 0 and forgets pipelined requests.
// Pure: bytes in, values out.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "shared/base/result.hpp"

namespace qudao::http {

inline constexpr std::size_t kMaxHeadBytes = 16 * 1024;
inline constexpr std::size_t kMaxHeaders = 100;

struct Head {
    std::string method;  // as sent: GET, HEAD, POST, ...
    std::string path;    // starts with '/', percent-encoded as it came
    std::string query;   // behind '?', as it came
    std::int64_t content_length = 0;
    bool keep_alive = true;
    bool expects_continue = false;
    // Names in lower case, each once: repeated fields are joined as RFC 9110 5.3 says (Cookie with "; ").
    std::vector<std::pair<std::string, std::string>> headers;

    std::string_view header(std::string_view lower_case_name) const;  // "" when it is not there
};

// `text` ends with the empty line. Errors: request.malformed {what}, request.headers_too_large, request.version,
// request.length_required (chunked bodies are not taken: browsers send none, and nginx turns them into a length).
Result<Head> parse_head(std::string_view text);

// "%2e" and the like decoded; empty when an escape is broken or stands for NUL.
std::string decode_path(std::string_view path);

// Whether a comma-separated list has the token, without regard to case: "keep-alive, Upgrade" has "upgrade".
bool list_has(std::string_view list, std::string_view lower_case_token);
std::string_view trim(std::string_view text);
std::string lower(std::string_view text);

}  // namespace qudao::http
