#include <catch2/catch.hpp>

#include "shared/base/base64.hpp"
#include "shared/base/random.hpp"

namespace qudao {

TEST_CASE("base64: the examples of RFC 4648, and back") {
    const std::pair<std::string, std::string> examples[] = {{"", ""}, {"f", "Zg=="}, {"fo", "Zm8="}, {"foo", "Zm9v"}, {"foob", "Zm9vYg=="}, {"fooba", "Zm9vYmE="}, {"foobar", "Zm9vYmFy"}};
    for (const auto& [bytes, text] : examples) {
        CHECK(to_base64(bytes) == text);
        CHECK(*from_base64(text) == bytes);
    }
    Random random(7);
    for (int i = 0; i < 200; ++i) {
        std::string bytes;
        for (std::uint64_t left = random.below(50); left > 0; --left) bytes.push_back(static_cast<char>(random.below(256)));
        REQUIRE(*from_base64(to_base64(bytes)) == bytes);
    }
}

TEST_CASE("base64: what is none is refused") {
    for (const char* text : {"A", "AB", "ABC", "A===", "AB=C", "AB!=", "ABCD=", "====", "A B=", "\xE5\x8D\x97="}) {
        CAPTURE(text);
        CHECK_FALSE(from_base64(text).ok());
    }
}

}  // namespace qudao
