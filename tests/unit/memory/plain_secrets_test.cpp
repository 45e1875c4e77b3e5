#include "shared/memory/plain_secrets.hpp"

#include <catch2/catch.hpp>
#include <set>

namespace qudao::memory {
namespace {

TEST_CASE("tokens come from the seed and differ from one another") {
    PlainSecrets a(1);
    PlainSecrets b(1);
    PlainSecrets c(2);
    std::set<std::string> seen;
    for (int i = 0; i < 200; ++i) {
        const std::string token = a.random_token();
        CHECK(token == b.random_token());
        CHECK(token.size() == 43);
        CHECK(token.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") == std::string::npos);
        CHECK(seen.insert(token).second);
    }
    CHECK(seen.count(c.random_token()) == 0);
    CHECK(a.token_hash("x") != a.token_hash("y"));
}

TEST_CASE("a password is known by what was kept of it") {
    PlainSecrets secrets(1);
    const std::string hash = secrets.hash_password("demo-2026").value();
    CHECK(secrets.verify_password(hash, "demo-2026").value());
    CHECK_FALSE(secrets.verify_password(hash, "demo-2027").value());
    CHECK_FALSE(secrets.verify_password("demo-2026", "demo-2026").value());
    CHECK_FALSE(secrets.verify_password("", "").value());
}

}  // namespace
}  // namespace qudao::memory
