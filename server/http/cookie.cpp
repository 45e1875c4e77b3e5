#include "server/http/cookie.hpp"

#include <algorithm>

#include "server/http/head.hpp"

namespace qudao::http {
namespace {

constexpr std::size_t kMaxTokenBytes = 128;

bool is_base64url(std::string_view text) {
    return !text.empty() && text.size() <= kMaxTokenBytes && std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_';
           });
}

std::string cookie(std::string_view value, bool over_tls, std::string_view more) {
    std::string out(session_cookie_name(over_tls));
    out.append("=").append(value).append("; Path=/; HttpOnly; SameSite=Strict");
    if (over_tls) out.append("; Secure");
    return out.append(more);
}

}  // namespace

std::string_view session_cookie_name(bool over_tls) { return over_tls ? "__Host-qudao_session" : "qudao_session"; }

std::string_view session_token(std::string_view header, bool over_tls) {
    const std::string_view name = session_cookie_name(over_tls);
    std::string_view found;
    for (std::size_t from = 0; from < header.size();) {
        const std::size_t end = std::min(header.find(';', from), header.size());
        const std::string_view pair = trim(header.substr(from, end - from));
        from = end + 1;
        const std::size_t equals = pair.find('=');
        if (equals == pair.npos || pair.substr(0, equals) != name) continue;
        if (!found.empty()) return {};  // a second one was planted by somebody
        found = pair.substr(equals + 1);
        if (!is_base64url(found)) return {};
    }
    return found;
}

std::string set_session_cookie(std::string_view token, bool over_tls) { return cookie(token, over_tls, ""); }
std::string clear_session_cookie(bool over_tls) { return cookie("", over_tls, "; Max-Age=0"); }

}  // namespace qudao::http
