// The session cookie, both ways. Its value is base64url and needs no escaping.
#pragma once

#include <string>
#include <string_view>

namespace qudao::http {

// Behind TLS the cookie is bound to this very host and to TLS by its name's prefix; without TLS browsers refuse that prefix.
std::string_view session_cookie_name(bool over_tls);

// The token in a Cookie header; "" when there is none, it comes twice, or it is not base64url. Other cookies, however
// malformed, are passed over.
std::string_view session_token(std::string_view cookie_header, bool over_tls);

std::string set_session_cookie(std::string_view token, bool over_tls);
std::string clear_session_cookie(bool over_tls);

}  // namespace qudao::http
