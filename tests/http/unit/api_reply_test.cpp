#include "server/http/api_reply.hpp"

#include <catch2/catch.hpp>

#include "server/http/reply.hpp"

using namespace qudao;
using namespace qudao::http;

namespace {

Head with(std::vector<std::pair<std::string, std::string>> headers) {
    Head head;
    head.method = "POST";
    head.path = "/api/v1/session";
    head.headers = std::move(headers);
    return head;
}

}  // namespace

TEST_CASE("what a header says of the peer counts only from a proxy on this machine") {
    const Head head = with({{"x-forwarded-for", "6.6.6.6, 10.1.2.3"}, {"x-forwarded-proto", "https"}});
    CHECK(origin_of(head, "127.0.0.1", false).address == "127.0.0.1");
    CHECK_FALSE(origin_of(head, "127.0.0.1", false).over_tls);
    CHECK(origin_of(head, "192.168.1.9", true).address == "192.168.1.9");
    CHECK_FALSE(origin_of(head, "192.168.1.9", true).over_tls);
    CHECK(origin_of(head, "127.0.0.1", true).address == "10.1.2.3");
    CHECK(origin_of(head, "127.0.0.1", true).over_tls);
    CHECK(origin_of(with({{"x-forwarded-for", "<script>"}}), "127.0.0.1", true).address == "127.0.0.1");
}

TEST_CASE("another site's page is told by what its browser says") {
    CHECK(is_cross_site(with({{"sec-fetch-site", "cross-site"}})));
    CHECK(is_cross_site(with({{"sec-fetch-site", "same-site"}})));
    CHECK_FALSE(is_cross_site(with({{"sec-fetch-site", "same-origin"}})));
    CHECK_FALSE(is_cross_site(with({{"sec-fetch-site", "none"}})));
    CHECK(is_cross_site(with({{"host", "a:8080"}, {"origin", "http://b:8080"}})));
    CHECK(is_cross_site(with({{"host", "a:8080"}, {"origin", "null"}})));
    CHECK_FALSE(is_cross_site(with({{"host", "a:8080"}, {"origin", "http://A:8080"}})));
    CHECK_FALSE(is_cross_site(with({{"host", "a:8080"}})));
}

TEST_CASE("a reply says how long it is, unless it has no body by its status") {
    const Framing framing{false, false, false, 1795395723};
    const std::string ok = render_head(Reply{200, {{"Content-Type", "text/plain"}}, bytes("abc")}, framing);
    CHECK(ok.find("HTTP/1.1 200 OK\r\n") == 0);
    CHECK(ok.find("Content-Length: 3\r\n") != ok.npos);
    CHECK(ok.find("Date: Mon, 23 Nov 2026 01:02:03 GMT\r\n") != ok.npos);
    CHECK(ok.find("Connection: keep-alive\r\n") != ok.npos);
    CHECK(ok.find("frame-ancestors 'none'") != ok.npos);
    CHECK(ok.find("Strict-Transport-Security") == ok.npos);
    CHECK(ok.substr(ok.size() - 4) == "\r\n\r\n");
    CHECK(render_head(Reply{204, {}, nullptr}, framing).find("Content-Length") == std::string::npos);
    CHECK(render_head(Reply{304, {}, nullptr}, framing).find("Content-Length") == std::string::npos);
    CHECK(render_head(Reply{404, {}, nullptr}, {false, true, true, 0}).find("Connection: close") != std::string::npos);
}
