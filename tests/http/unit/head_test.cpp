#include "server/http/head.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace qudao;
using namespace qudao::http;

namespace {

std::string request(const std::string& line, const std::string& fields = "Host: a\r\n") { return line + "\r\n" + fields + "\r\n"; }
std::string code_of(const std::string& text) {
    const auto head = parse_head(text);
    return head ? "ok" : head.error().code;
}

}  // namespace

TEST_CASE("a head gives method, path and query as they came") {
    const auto head = parse_head(request("POST /api/v1/%E5%8D%97?a=1&b=%20+ HTTP/1.1", "Host: x:8080\r\nContent-Length: 12\r\nX-Qudao-Csrf:  t \r\n"));
    REQUIRE(head);
    CHECK(head->method == "POST");
    CHECK(head->path == "/api/v1/%E5%8D%97");
    CHECK(head->query == "a=1&b=%20+");
    CHECK(head->content_length == 12);
    CHECK(head->header("x-qudao-csrf") == "t");
    CHECK(head->keep_alive);
    CHECK_FALSE(head->expects_continue);
}

TEST_CASE("the connection stays by the version and what the client asks for") {
    CHECK(parse_head(request("GET / HTTP/1.1"))->keep_alive);
    CHECK_FALSE(parse_head(request("GET / HTTP/1.0"))->keep_alive);
    CHECK_FALSE(parse_head(request("GET / HTTP/1.1", "Host: a\r\nConnection: Upgrade, CLOSE\r\n"))->keep_alive);
    CHECK(parse_head(request("GET / HTTP/1.0", "Connection: Keep-Alive\r\n"))->keep_alive);
    CHECK(parse_head(request("PUT / HTTP/1.1", "Host: a\r\nExpect: 100-Continue\r\n"))->expects_continue);
}

TEST_CASE("the absolute form of a target is a path like any other") {
    CHECK(parse_head(request("GET http://elsewhere:1/a?b HTTP/1.1"))->path == "/a");
    CHECK(parse_head(request("GET http://elsewhere HTTP/1.1"))->path == "/");
}

TEST_CASE("what is not a request is refused") {
    for (const char* line : {"GET /", "GET  HTTP/1.1", "GET a HTTP/1.1", "GET * HTTP/1.1", "GET /a b HTTP/1.1", "G(T / HTTP/1.1", " GET / HTTP/1.1",
                             "GET /\x01 HTTP/1.1", "GET /\xe5\x8d\x97 HTTP/1.1", "GET /#x HTTP/1.1", "", "GETGETGETGETGETGET / HTTP/1.1", "GET /\t HTTP/1.1"})
        CHECK(code_of(request(line)) == "request.malformed");
    CHECK(code_of(request("GET / HTTP/2.0")) == "request.version");
    CHECK(code_of(request("GET / http/1.1")) == "request.version");
}

TEST_CASE("a field that may be read in two ways is refused") {
    const auto with = [](const std::string& fields) { return code_of(request("POST / HTTP/1.1", "Host: a\r\n" + fields)); };
    CHECK(with("Content-Length: abc\r\n") == "request.malformed");
    CHECK(with("Content-Length: -1\r\n") == "request.malformed");
    CHECK(with("Content-Length: +1\r\n") == "request.malformed");
    CHECK(with("Content-Length: 1 \r\n") == "ok");
    CHECK(with("Content-Length: 1,1\r\n") == "request.malformed");
    CHECK(with("Content-Length: 99999999999999999999\r\n") == "request.malformed");
    CHECK(with("Content-Length: 1\r\nContent-Length: 1\r\n") == "request.malformed");
    CHECK(with("Transfer-Encoding: chunked\r\n") == "request.length_required");
    CHECK(with("Host: b\r\n") == "request.malformed");
    CHECK(with("A : b\r\n") == "request.malformed");
    CHECK(with(": b\r\n") == "request.malformed");
    CHECK(with("no colon\r\n") == "request.malformed");
    CHECK(with("A: b\r\n folded\r\n") == "request.malformed");
    CHECK(with("A: b\nC: d\r\n") == "request.malformed");
    CHECK(with("A: b\rc\r\n") == "request.malformed");
    CHECK(with(std::string("A: b\0c\r\n", 8)) == "request.malformed");
    CHECK(code_of(request("GET / HTTP/1.1", "")) == "request.malformed");  // no Host
    CHECK(code_of(request("GET / HTTP/1.0", "")) == "ok");
}

TEST_CASE("repeated fields are joined, and their number is limited") {
    const auto head = parse_head(request("GET / HTTP/1.1", "Host: a\r\nCookie: a=1\r\ncookie: b=2\r\nAccept-Encoding: br\r\nAccept-Encoding: gzip\r\n"));
    CHECK(head->header("cookie") == "a=1; b=2");
    CHECK(head->header("accept-encoding") == "br, gzip");
    std::string many = "Host: a\r\n";
    for (int i = 0; i < 99; ++i) many += "X-" + std::to_string(i) + ": 1\r\n";
    CHECK(code_of(request("GET / HTTP/1.1", many)) == "ok");
    CHECK(code_of(request("GET / HTTP/1.1", many + "One-More: 1\r\n")) == "request.headers_too_large");
}

TEST_CASE("paths are decoded once") {
    CHECK(decode_path("/a%20b%2e%2E/%2525") == "/a b../%25");
    CHECK(decode_path("/a+b") == "/a+b");
    CHECK(decode_path("/%").empty());
    CHECK(decode_path("/%2").empty());
    CHECK(decode_path("/%zz").empty());
    CHECK(decode_path("/%00").empty());
}

TEST_CASE("heads cut anywhere or with a byte changed never do harm") {
    const std::string good = request("POST /a?b HTTP/1.1", "Host: a\r\nContent-Length: 3\r\nCookie: x=y\r\n");
    for (std::size_t at = 0; at < good.size(); ++at) {
        CHECK_FALSE(parse_head(std::string_view(good).substr(0, at)));
        for (const int byte : {0, 10, 13, 32, 58, 127, 255}) {
            std::string changed = good;
            changed[at] = static_cast<char>(byte);
            const auto head = parse_head(changed);
            if (head) CHECK(head->content_length <= 3);
        }
    }
}
