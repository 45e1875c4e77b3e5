#include "shared/base/money.hpp"

#include <catch2/catch.hpp>

namespace qudao {
namespace {

TEST_CASE("fen are shown as yuan with two decimals") {
    CHECK(format_yuan(0) == "0.00");
    CHECK(format_yuan(5) == "0.05");
    CHECK(format_yuan(-5) == "-0.05");
    CHECK(format_yuan(100) == "1.00");
    CHECK(format_yuan(1234567) == "12,345.67");
    CHECK(format_yuan(1234567, false) == "12345.67");
    CHECK(format_yuan(-100'000'000) == "-1,000,000.00");
    CHECK(format_yuan(99'999) == "999.99");
    CHECK(format_yuan(100'000) == "1,000.00");
    CHECK(format_yuan(INT64_MAX) == "92,233,720,368,547,758.07");
    CHECK(format_yuan(INT64_MIN) == "-92,233,720,368,547,758.08");
    CHECK(format_count(0) == "0");
    CHECK(format_count(-1'234'567) == "-1,234,567");
    CHECK(format_count(999) == "999");
}

TEST_CASE("yuan are read as fen") {
    CHECK(parse_yuan("12,345.67").value() == 1234567);
    CHECK(parse_yuan("12345.6").value() == 1234560);
    CHECK(parse_yuan("-3").value() == -300);
    CHECK(parse_yuan("0").value() == 0);
    CHECK(parse_yuan("0.01").value() == 1);
    for (const char* text : {"", "-", ".", "1.234", "1e5", "1.2.3", "--1", "1-", "abc", "￥3", " 1", ",1", "12345678901234567", "1.2,3"}) {
        INFO(text);
        const auto result = parse_yuan(text);
        REQUIRE_FALSE(result.ok());
        CHECK(result.error().code == "money.format");
    }
}

TEST_CASE("what is shown is read back") {
    for (Fen amount = -1'000'000; amount <= 1'000'000; amount += 7'919) {
        CHECK(parse_yuan(format_yuan(amount)).value() == amount);
        CHECK(parse_yuan(format_yuan(amount, false)).value() == amount);
    }
}

}  // namespace
}  // namespace qudao
