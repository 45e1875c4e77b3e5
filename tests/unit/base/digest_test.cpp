#include "shared/base/digest.hpp"

#include <catch2/catch.hpp>
#include <set>

namespace qudao {
namespace {

TEST_CASE("a digest is 32 hexadecimal digits, the same on every platform") {
    CHECK(Digest().hex() == "99aa06d3014798d86001c324468d497f");
    CHECK(Digest().add(std::int64_t{1}).add(std::string_view("南宁")).hex() == Digest().add(std::int64_t{1}).add(std::string_view("南宁")).hex());
    CHECK(Digest().add(std::int64_t{-1}).add(std::string_view("0771123456789")).hex() == "02cacc9deb70eb114d1387e5e71ff953");
}

TEST_CASE("what was added, in which order and cut how, all of it counts") {
    std::set<std::string> seen;
    const auto fresh = [&](const Digest& digest) { return seen.insert(digest.hex()).second; };
    CHECK(fresh(Digest()));
    CHECK(fresh(Digest().add(std::string_view(""))));
    CHECK(fresh(Digest().add(std::string_view("a")).add(std::string_view("bc"))));
    CHECK(fresh(Digest().add(std::string_view("ab")).add(std::string_view("c"))));
    CHECK(fresh(Digest().add(std::string_view("abc"))));
    CHECK(fresh(Digest().add(std::int64_t{1}).add(std::int64_t{2})));
    CHECK(fresh(Digest().add(std::int64_t{2}).add(std::int64_t{1})));
    CHECK(fresh(Digest().add(std::int64_t{1} << 40)));
    CHECK(fresh(Digest().add(std::string_view("\0", 1))));
}

TEST_CASE("long texts are digested in whole, however they meet the buffer") {
    std::set<std::string> seen;
    for (std::size_t size = 4080; size < 4110; ++size) {
        const std::string text(size, 'x');
        CHECK(seen.insert(Digest().add(text).hex()).second);
        CHECK(seen.insert(Digest().add(std::int64_t{7}).add(text).hex()).second);
    }
    Digest digest;
    digest.add(std::string(10'000, 'y'));
    const std::string once = digest.hex();
    CHECK(digest.hex() == once);  // asking changes nothing
    CHECK(digest.add(std::int64_t{0}).hex() != once);
}

}  // namespace
}  // namespace qudao
