#include "server/http/request_log.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace qudao::http;

namespace {

bool is_one_printable_line(const std::string& text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7f; });
}

}  // namespace

TEST_CASE("a line says who did what from where, and how it ended") {
    CHECK(text_of({"POST", "/api/v1/moves", "10.0.0.9", 12, 202, 7, 345}, "") == "POST /api/v1/moves 202 7 ms 345 B 10.0.0.9 person 12");
    CHECK(text_of({"GET", "/", "10.0.0.9", 0, 200, 0, 6}, "") == "GET / 200 0 ms 6 B 10.0.0.9");
    CHECK(text_of({"", "", "10.0.0.9", 0, 408, 0, 6}, "request.timeout") == "- - 408 0 ms 6 B 10.0.0.9 (request.timeout)");
}

TEST_CASE("nothing a stranger sends makes a second line of the log, or hides in it") {
    for (const std::string mischief : {"a\nPOST /api/v1/session 200 0 ms 1 B 6.6.6.6 person 1", "a\r\nb", std::string("a\0b", 3).c_str(), "\x1b[2J\x1b[1;1H",
                                       "\xE2\x80\xA8next", "\xC2\x85next", "\xE2\x80\xAEtxt.exe", "\x7f\x08\x08", "\xff\xfe"}) {
        const std::string line = text_of({"GET", mischief, mischief, 0, 400, 0, 0}, mischief);
        CHECK(is_one_printable_line(line));
    }
    CHECK(text_of({"GET", "/", "a", 0, 400, 0, 0}, "x\ny\\n") == "GET / 400 0 ms 0 B a (x\\x0ay\\\\n)");
    CHECK(text_of({"GET", "/%s%n{}", "a", 0, 400, 0, 0}, "{} {0} %s").find("/%s%n{} 400 0 ms 0 B a ({} {0} %s)") != std::string::npos);
    CHECK(text_of({"GET", std::string(5000, 'a'), "a", 0, 400, 0, 0}, std::string(5000, 'b')).size() < 700);
}
