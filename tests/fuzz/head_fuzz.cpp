// The head of a request with its target and its cookies, from a stranger.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "server/http/cookie.hpp"
#include "server/http/head.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace qudao;
    const std::string text = std::string(reinterpret_cast<const char*>(data), size) + "\r\n\r\n";
    const auto head = http::parse_head(text);
    if (!head) {
        if (head.error().code.empty()) std::abort();
        return 0;
    }
    if (head->method.empty() || !head->path.starts_with('/') || head->content_length < 0) std::abort();
    if (head->headers.size() > http::kMaxHeaders) std::abort();
    if (http::decode_path(head->path).find('\0') != std::string::npos) std::abort();
    for (const bool over_tls : {false, true}) {
        const auto token = http::session_token(head->header("cookie"), over_tls);
        if (token.find_first_of("\"; =,\r\n") != std::string_view::npos) std::abort();
    }
    (void)http::list_has(head->header("connection"), "close");
    return 0;
}
