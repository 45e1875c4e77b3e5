#include "server/auth/sodium_secrets.hpp"

#include <catch2/catch.hpp>

#include <atomic>
#include <set>
#include <thread>
#include <vector>

using qudao::auth::SodiumSecrets;

TEST_CASE("tokens are long, plain and never the same") {
    SodiumSecrets secrets;
    std::set<std::string> seen;
    for (int i = 0; i < 1000; ++i) {
        const std::string token = secrets.random_token();
        CHECK(token.size() == 43);  // 32 bytes as base64url
        CHECK(token.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") == std::string::npos);
        seen.insert(token);
    }
    CHECK(seen.size() == 1000);
}

TEST_CASE("the hash of a token is BLAKE2b, the same each time") {
    SodiumSecrets secrets;
    // RFC 7693's function with a digest of 32 bytes, of the empty text.
    CHECK(secrets.token_hash("") == "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8");
    CHECK(secrets.token_hash("a") == secrets.token_hash("a"));
    CHECK(secrets.token_hash("a") != secrets.token_hash("b"));
}

TEST_CASE("passwords are kept as argon2id with 64 MiB and two passes, salted") {
    SodiumSecrets secrets;
    const auto hash = secrets.hash_password("密码 with spaces");
    REQUIRE(hash);
    CHECK(hash->find("$argon2id$v=19$m=65536,t=2,p=1$") == 0);
    CHECK(*secrets.hash_password("密码 with spaces") != *hash);
    CHECK(*secrets.verify_password(*hash, "密码 with spaces"));
    CHECK_FALSE(*secrets.verify_password(*hash, "密码 with space"));
    CHECK_FALSE(*secrets.verify_password(*hash, ""));
    for (const char* bad : {"", "x", "$argon2id$v=19$m=65536,t=2,p=1$", "plain:demo"}) CHECK_FALSE(*secrets.verify_password(bad, "x"));
}

TEST_CASE("many at once are hashed a few at a time, and none is lost without a word") {
    SodiumSecrets secrets;
    std::atomic<int> good = 0, busy = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 16; ++i)
        threads.emplace_back([&] {
            const auto hash = secrets.hash_password("x");
            if (hash) ++good;
            else if (hash.error().code == "secrets.busy") ++busy;
        });
    for (auto& thread : threads) thread.join();
    CHECK(good + busy == 16);
    CHECK(good >= 4);
}
