// Between HTTP's words and the API's: a request as the dispatcher takes it, its response as headers, who the peer is.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "server/http/head.hpp"
#include "server/http/reply.hpp"
#include "shared/api/message.hpp"

namespace qudao::http {

// HEAD is GET whose body is not sent. None for a method no use case has.
std::optional<api::Method> method_of(std::string_view method);

// Where a request came from. Behind a proxy on this machine that is what the proxy says; else what a header says counts
// for nothing.
struct Origin {
    std::string address;
    bool over_tls = false;
};
Origin origin_of(const Head& head, const std::string& peer, bool behind_proxy);

// Whether a browser says that another site's page made it send this. SameSite cookies guard a session; this also guards
// logging in, which has none yet.
bool is_cross_site(const Head& head);

api::Request request_of(const Head& head, std::string body, const Origin& origin);
Reply reply_of(const api::Response& response, bool over_tls);

}  // namespace qudao::http
