#include "shared/base/secret.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace qudao;

TEST_CASE("secrets are the same when every byte is") {
    const std::string token = "abcDEF_123-xyz";
    CHECK(same_secret(token, token));
    CHECK(same_secret("", ""));
    CHECK_FALSE(same_secret("", token));
    CHECK_FALSE(same_secret(token, ""));
    CHECK_FALSE(same_secret(token + token, token));
    CHECK_FALSE(same_secret(token, token + token));
    CHECK_FALSE(same_secret(std::string_view("\0", 1), ""));
    for (std::size_t at = 0; at < token.size(); ++at) {
        std::string other = token;
        for (int bit = 0; bit < 8; ++bit) {
            other[at] = static_cast<char>(token[at] ^ (1 << bit));
            CHECK_FALSE(same_secret(other, token));
        }
        CHECK_FALSE(same_secret(token.substr(0, at), token));
    }
}
