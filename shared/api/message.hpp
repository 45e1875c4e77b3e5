// A request and its response as bytes, the same over HTTP and over postMessage.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace qudao::api {

enum class Method : std::uint8_t { get, post, put, del };
std::string_view name_of(Method method);

struct Request {
    Method method = Method::get;
    std::string path;           // "/api/v1/customers", without query, percent-encoded as it came
    std::string query;          // "limit=100&order=name", as it came
    std::string body;
    std::string session_token;  // from the cookie; empty: not logged in
    std::string csrf_token;     // X-Qudao-Csrf
    std::string api_key;        // of another system: Authorization: Bearer …
    std::string if_match;
    std::string address;        // of the peer, for the slow-down of log-ins
};

enum class SessionChange : std::uint8_t { none, set, clear };

struct Response {
    int status = 200;
    std::string content_type = "application/json";
    std::string body;
    std::string etag;
    std::string location;
    std::int32_t retry_after_s = 0;                       // with 429 and 503
    SessionChange session_change = SessionChange::none;   // what becomes of the cookie
    std::string session_token;                            // with `set`
    std::string log_detail;                               // of an error or a log-in; logged by the transport, never sent
    std::int64_t person = 0;                              // whose session it was, for the log; 0: nobody's
};

}  // namespace qudao::api
