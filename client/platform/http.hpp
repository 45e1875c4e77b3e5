// One HTTP exchange from the page: fetch with cookies, progress of the reply, abort and a time limit.
// Retries, JSON and the meaning of a status are the API client's.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace qudao::platform {

struct HttpRequest {
  std::string method = "GET";
  std::string url;                                             // relative to the page, or absolute
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;                                            // bytes; none for GET and HEAD
  std::int64_t timeout_ms = 30'000;                            // 0: none
};

enum class HttpOutcome : std::uint8_t {
  answered,     // a status came, whatever it says
  unreachable,  // no network, refused, or blocked by the browser
  timed_out,
  aborted,
};

struct HttpResponse {
  HttpOutcome outcome = HttpOutcome::unreachable;
  int status = 0;                                              // 0 unless answered
  std::vector<std::pair<std::string, std::string>> headers;    // names in lower case
  std::string body;                                            // decoded bytes
  [[nodiscard]] const std::string* header(std::string_view lower_case_name) const;
};

struct HttpProgress {
  std::int64_t received_bytes = 0;
  std::int64_t expected_bytes = -1;  // -1: not known (a compressed reply's length is not the decoded one)
};

using HttpId = std::int32_t;  // 0 is none

// Called once, never inside http_send, also after an abort. The loop is woken afterwards.
using HttpDone = std::function<void(HttpResponse)>;
using HttpProgressed = std::function<void(const HttpProgress&)>;

HttpId http_send(HttpRequest request, HttpDone on_done, HttpProgressed on_progress = {});
void http_abort(HttpId id);  // of one that is over: nothing happens

}  // namespace qudao::platform
