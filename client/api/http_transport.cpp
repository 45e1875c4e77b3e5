#include "client/api/http_transport.hpp"

#include <cstdlib>

#include "client/platform/http.hpp"

namespace qudao::client {
namespace {

// A body of megabytes may leave over a slow line: a second more for every 50 kB.
constexpr std::int64_t kTimeoutMs = 30'000;
constexpr std::int64_t kSlowestBytesPerMs = 50;

platform::HttpRequest to_http(api::Request request) {
    platform::HttpRequest http;
    http.method = std::string(api::name_of(request.method));
    http.url = std::move(request.path);
    if (!request.query.empty()) http.url += "?" + request.query;
    http.headers.emplace_back("Accept", "application/json");
    if (!request.csrf_token.empty()) http.headers.emplace_back("X-Qudao-Csrf", std::move(request.csrf_token));
    if (!request.if_match.empty()) http.headers.emplace_back("If-Match", std::move(request.if_match));
    if (!request.body.empty()) http.headers.emplace_back("Content-Type", "application/json");
    http.timeout_ms = kTimeoutMs + static_cast<std::int64_t>(request.body.size()) / kSlowestBytesPerMs;
    http.body = std::move(request.body);
    return http;
}

Result<api::Response> from_http(platform::HttpResponse http) {
    switch (http.outcome) {
        case platform::HttpOutcome::unreachable: return Error::of(kUnreachable);
        case platform::HttpOutcome::timed_out: return Error::of(kTimedOut);
        case platform::HttpOutcome::aborted: return Error::of(kAborted);
        case platform::HttpOutcome::answered: break;
    }
    api::Response response;
    response.status = http.status;
    const auto header = [&](std::string_view name) {
        const std::string* value = http.header(name);
        return value == nullptr ? std::string() : *value;
    };
    response.content_type = header("content-type");
    response.etag = header("etag");
    response.location = header("location");
    response.retry_after_s = static_cast<std::int32_t>(std::atoi(header("retry-after").c_str()));
    response.body = std::move(http.body);
    return response;
}

}  // namespace

TransportId HttpTransport::send(api::Request request, Done done) {
    return platform::http_send(to_http(std::move(request)),
                               [done = std::move(done)](platform::HttpResponse http) { done(from_http(std::move(http))); });
}

void HttpTransport::abort(TransportId id) { platform::http_abort(id); }

}  // namespace qudao::client
