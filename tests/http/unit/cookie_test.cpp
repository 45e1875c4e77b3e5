#include "server/http/cookie.hpp"

#include <catch2/catch.hpp>

using namespace qudao::http;

TEST_CASE("the session's cookie is found among whatever else a browser sends") {
    CHECK(session_token("qudao_session=abc", false) == "abc");
    CHECK(session_token("a=b; qudao_session=A-_9;c=d", false) == "A-_9");
    CHECK(session_token(";;=; =x; junk; \"; qudao_session=abc; x=\xff", false) == "abc");
    CHECK(session_token("xqudao_session=abc", false).empty());
    CHECK(session_token("qudao_session=", false).empty());
    CHECK(session_token("qudao_session=a b", false).empty());
    CHECK(session_token("qudao_session=\"abc\"", false).empty());
    CHECK(session_token("qudao_session=" + std::string(129, 'a'), false).empty());
    CHECK(session_token("", false).empty());
}

TEST_CASE("a second cookie of the name was planted by somebody: neither counts") {
    CHECK(session_token("qudao_session=abc; qudao_session=abd", false).empty());
}

TEST_CASE("behind TLS only the cookie bound to this host and to TLS counts") {
    CHECK(session_token("qudao_session=abc", true).empty());
    CHECK(session_token("__Host-qudao_session=abc", true) == "abc");
    CHECK(session_token("__Host-qudao_session=abc", false).empty());
    CHECK(set_session_cookie("abc", true) == "__Host-qudao_session=abc; Path=/; HttpOnly; SameSite=Strict; Secure");
    CHECK(set_session_cookie("abc", false) == "qudao_session=abc; Path=/; HttpOnly; SameSite=Strict");
    CHECK(clear_session_cookie(false) == "qudao_session=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0");
}
