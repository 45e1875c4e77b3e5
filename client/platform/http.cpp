#include "client/platform/http.hpp"

#include <emscripten.h>

#include <utility>

#include "client/platform/bridge.hpp"
#include "client/platform/page.hpp"

namespace qudao::platform {
namespace {

// "METHOD\nURL\nname: value\n…": what js/http.js takes apart. A line end cannot be in any of them.
std::string head_of(const HttpRequest& request) {
  std::string head = request.method + '\n' + request.url;
  for (const auto& header : request.headers) head += '\n' + header.first + ": " + header.second;
  return head;
}

std::vector<std::pair<std::string, std::string>> headers_from(std::string_view lines) {
  std::vector<std::pair<std::string, std::string>> headers;
  while (!lines.empty()) {
    const std::size_t end = lines.find('\n');
    const std::string_view line = lines.substr(0, end);
    lines = end == std::string_view::npos ? std::string_view{} : lines.substr(end + 1);
    if (const std::size_t colon = line.find(": "); colon != std::string_view::npos)
      headers.emplace_back(line.substr(0, colon), line.substr(colon + 2));
  }
  return headers;
}

}  // namespace

const std::string* HttpResponse::header(std::string_view lower_case_name) const {
  for (const auto& entry : headers)
    if (entry.first == lower_case_name) return &entry.second;
  return nullptr;
}

HttpId http_send(HttpRequest request, HttpDone on_done, HttpProgressed on_progress) {
  Page& p = page();
  const HttpId id = p.take_id();
  p.exchanges.emplace(id, Page::Exchange{std::move(on_done), std::move(on_progress)});
  ++p.busy;
  const std::string head = head_of(request);
  qd_http_send(id, head.data(), length_of(head), request.body.data(), length_of(request.body),
               static_cast<double>(request.timeout_ms));
  return id;
}

void http_abort(HttpId id) {
  if (page().exchanges.contains(id)) qd_http_abort(id);
}

}  // namespace qudao::platform

using qudao::platform::page;

extern "C" {

EMSCRIPTEN_KEEPALIVE void qd_on_http_progress(int id, double received, double expected) {
  const auto found = page().exchanges.find(id);
  if (found == page().exchanges.end() || !found->second.progressed) return;
  found->second.progressed({static_cast<std::int64_t>(received), static_cast<std::int64_t>(expected)});
  qudao::platform::wake();
}

EMSCRIPTEN_KEEPALIVE void qd_on_http_done(int id, int outcome, int status, const char* headers, int headers_length,
                                          const char* body, int body_length) {
  auto& p = page();
  auto node = p.exchanges.extract(id);
  if (node.empty()) return;
  qudao::platform::HttpResponse response;
  response.outcome = static_cast<qudao::platform::HttpOutcome>(outcome);
  response.status = status;
  response.headers = qudao::platform::headers_from({headers, static_cast<std::size_t>(headers_length)});
  response.body.assign(body, static_cast<std::size_t>(body_length));
  --p.busy;
  if (node.mapped().done) node.mapped().done(std::move(response));
  qudao::platform::wake();
}
}
