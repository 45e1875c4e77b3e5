#include "client/engine/protocol.hpp"

#include <catch2/catch.hpp>

#include "shared/base/random.hpp"

namespace qudao::engine {

TEST_CASE("a message carries its head and its bytes") {
    const std::string body("\0\1\xFF{\"", 5);
    const std::string bytes = encode(MessageType::open, 42, OpenHead{"移动.xlsx", 5, "3-4"}, body);
    const auto message = decode(bytes);
    REQUIRE(message);
    CHECK(message->type == MessageType::open);
    CHECK(message->id == 42);
    CHECK(message->body == body);
    const auto head = head_of<OpenHead>(*message);
    REQUIRE(head);
    CHECK(head->name == "移动.xlsx");
    CHECK(head->size_bytes == 5);
}

TEST_CASE("every type has a code of its own") {
    for (int i = 0; i <= static_cast<int>(MessageType::failed); ++i) {
        const auto type = static_cast<MessageType>(i);
        const auto message = decode(encode(type, i, Nothing{}));
        REQUIRE(message);
        CHECK(message->type == type);
    }
}

TEST_CASE("an error survives the way") {
    Error error = Error::of("workbook.header").with("row", 3).with("found", "客户\"代码");
    error.fields.push_back({"A", "workbook.header", 3, {{"expected", "客户编码"}}});
    const Error back = to_error(to_head(error));
    CHECK(back.code == error.code);
    CHECK(back.params == error.params);
    CHECK(back.fields == error.fields);
}

TEST_CASE("what is no message is refused and never read beyond its end") {
    CHECK(!decode(""));
    CHECK(!decode("abc"));
    CHECK(!decode(std::string("\xFF\xFF\xFF\xFF{}", 6)));
    CHECK(!decode(std::string("\2\0\0\0{}", 6)));
    const std::string good = encode(MessageType::rows, 1, RowsRequest(), "bytes");
    Random random(11);
    for (int i = 0; i < 5000; ++i) {
        std::string bad = good;
        for (std::int64_t n = random.between(1, 3); n > 0; --n) {
            const auto at = static_cast<std::size_t>(random.below(bad.size()));
            bad[at] = static_cast<char>(random.below(256));
        }
        bad.resize(static_cast<std::size_t>(random.below(bad.size() + 1)));
        const auto message = decode(bad);
        if (!message) CHECK(message.error().code == "protocol.broken");
    }
}

}  // namespace qudao::engine
