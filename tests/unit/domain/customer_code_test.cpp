#include "shared/domain/customer_code.hpp"

#include <catch2/catch.hpp>

namespace qudao {
namespace {

TEST_CASE("customer codes as people and spreadsheets write them") {
    const auto read = [](std::string_view typed) {
        const CustomerCode code = read_customer_code(typed);
        return std::to_string(static_cast<int>(code.state)) + " " + code.text;
    };
    const std::string good = std::to_string(static_cast<int>(CodeState::good)) + " ";
    const std::string restored = std::to_string(static_cast<int>(CodeState::restored)) + " ";
    const std::string missing = std::to_string(static_cast<int>(CodeState::missing)) + " ";
    const std::string bad = std::to_string(static_cast<int>(CodeState::bad)) + " ";
    CHECK(read("0771123456789") == good + "0771123456789");
    CHECK(read(" 0771123456789\xC2\xA0") == good + "0771123456789");
    CHECK(read("０７７１１２３４５６７８９") == good + "0771123456789");
    CHECK(read("771123456789") == restored + "0771123456789");
    CHECK(read("７７１１２３４５６７８９ ") == restored + "0771123456789");
    CHECK(read("") == missing);
    CHECK(read(" \t\xE3\x80\x80") == missing);
    CHECK(read("7.71123E+11") == bad + "7.71123E+11");
    CHECK(read("77112345678") == bad + "77112345678");
    CHECK(read("00771123456789") == bad + "00771123456789");
    CHECK(read("771123456789.0") == bad + "771123456789.0");
    CHECK(read("-771123456789") == bad + "-771123456789");
    CHECK(read("0771 23456789") == bad + "0771 23456789");
    CHECK(read("客户编码") == bad + "客户编码");
}

}  // namespace
}  // namespace qudao
