#include "server/http/api_reply.hpp"

#include <arpa/inet.h>

#include "server/http/cookie.hpp"

namespace qudao::http {
namespace {

bool is_this_machine(std::string_view address) { return address == "127.0.0.1" || address == "::1" || address == "::ffff:127.0.0.1"; }

// "Bearer abc" → "abc" (RFC 6750).
std::string_view bearer_token(std::string_view header) {
    constexpr std::string_view kScheme = "bearer ";
    return lower(header.substr(0, kScheme.size())) == kScheme ? trim(header.substr(kScheme.size())) : std::string_view();
}

bool is_address(const std::string& text) {
    in6_addr parsed{};
    return inet_pton(AF_INET, text.c_str(), &parsed) == 1 || inet_pton(AF_INET6, text.c_str(), &parsed) == 1;
}

}  // namespace

std::optional<api::Method> method_of(std::string_view method) {
    if (method == "GET" || method == "HEAD") return api::Method::get;
    if (method == "POST") return api::Method::post;
    if (method == "PUT") return api::Method::put;
    if (method == "DELETE") return api::Method::del;
    return std::nullopt;
}

Origin origin_of(const Head& head, const std::string& peer, bool behind_proxy) {
    if (!behind_proxy || !is_this_machine(peer)) return {peer, false};
    // The last address is the one our own proxy added; those before it anybody may have written.
    const std::string_view list = head.header("x-forwarded-for");
    std::string address(trim(list.substr(list.rfind(',') + 1)));
    return {is_address(address) ? std::move(address) : peer, lower(head.header("x-forwarded-proto")) == "https"};
}

bool is_cross_site(const Head& head) {
    if (const std::string site = lower(head.header("sec-fetch-site")); !site.empty()) return site != "same-origin" && site != "none";
    const std::string_view origin = head.header("origin");
    if (origin.empty()) return false;  // not a browser, or one too old to say; the session's cookie and token guard it
    const std::size_t scheme = origin.find("://");
    return scheme == origin.npos || lower(origin.substr(scheme + 3)) != lower(head.header("host"));
}

api::Request request_of(const Head& head, std::string body, const Origin& origin) {
    api::Request request;
    request.method = method_of(head.method).value_or(api::Method::get);
    request.path = head.path;
    request.query = head.query;
    request.body = std::move(body);
    request.session_token = session_token(head.header("cookie"), origin.over_tls);
    request.csrf_token = head.header("x-qudao-csrf");
    request.api_key = bearer_token(head.header("authorization"));
    request.if_match = head.header("if-match");
    request.address = origin.address;
    return request;
}

Reply reply_of(const api::Response& response, bool over_tls) {
    Reply reply{response.status, {}, response.body.empty() ? nullptr : bytes(response.body)};
    if (!response.content_type.empty() && response.status != 204) reply.add("Content-Type", response.content_type);
    if (!response.etag.empty()) reply.add("ETag", response.etag);
    reply.add("Cache-Control", "no-store");  // what a session may see is kept nowhere
    if (!response.location.empty()) reply.add("Location", response.location);
    if (response.retry_after_s > 0) reply.add("Retry-After", std::to_string(response.retry_after_s));
    if (response.session_change == api::SessionChange::set) reply.add("Set-Cookie", set_session_cookie(response.session_token, over_tls));
    if (response.session_change != api::SessionChange::clear) return reply;
    reply.add("Set-Cookie", clear_session_cookie(over_tls));
    // No Clear-Site-Data: "storage" would take the work a person has not committed, which is kept over a log-out for that person
    // alone (client/app/unfinished.cpp); of "cache" nothing was kept, and "cookies" are all of the domain's.
    return reply;
}

}  // namespace qudao::http
