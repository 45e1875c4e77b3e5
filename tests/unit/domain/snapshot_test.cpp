#include "shared/domain/snapshot.hpp"

#include <catch2/catch.hpp>

namespace qudao {
namespace {

TEST_CASE("customers are found by code") {
    StringColumn codes;
    for (std::int64_t i = 0; i < 20'000; ++i) codes.push_back("0771" + std::to_string(100'000'000 + i * 37));
    const CodeIndex index(codes);
    for (std::uint32_t row = 0; row < codes.size(); row += 7) CHECK(index.find(codes[row]) == row);
    for (const char* stranger : {"", "0771", "0771100000001", "077110000000", "07711000000000", "南宁"}) CHECK(index.find(stranger) == CodeIndex::kNone);
    CHECK(CodeIndex(StringColumn()).find("0771100000000") == CodeIndex::kNone);
}

TEST_CASE("codes of every length, alike at either end") {
    StringColumn codes;
    std::string text;
    for (int length = 0; length < 40; ++length) {
        codes.push_back(text);
        codes.push_back(text + "x");
        text += "ab";
    }
    const CodeIndex index(codes);
    for (std::uint32_t row = 0; row < codes.size(); ++row) CHECK(codes[index.find(codes[row])] == codes[row]);
    CHECK(index.find("abababababababababa") == CodeIndex::kNone);
    CHECK(index.find("ababababababa") == CodeIndex::kNone);
    CHECK(index.find("xbababababab") == CodeIndex::kNone);
}

TEST_CASE("of two equal codes the first is found") {
    StringColumn codes;
    for (const char* code : {"a", "b", "a", "b"}) codes.push_back(code);
    const CodeIndex index(codes);
    CHECK(index.find("a") == 0);
    CHECK(index.find("b") == 1);
}

TEST_CASE("many at once are found as one by one") {
    StringColumn codes;
    for (int i = 0; i < 500; ++i) codes.push_back("c" + std::to_string(i * 3));
    const CodeIndex index(codes);
    for (const std::size_t count : {0u, 1u, 63u, 64u, 65u, 1000u}) {
        StringColumn wanted;
        for (std::size_t i = 0; i < count; ++i) wanted.push_back("c" + std::to_string(i));
        std::vector<std::uint32_t> rows(count);
        index.find_all(wanted, rows);
        for (std::size_t i = 0; i < count; ++i) CHECK(rows[i] == index.find(wanted[i]));
    }
}

TEST_CASE("columns are put behind one another") {
    CustomerColumns one;
    one.push_back("a", 1, 2, 3, kNoDate, true, 55);
    CustomerColumns two;
    two.push_back("b", 4, 5, 6, Date{7}, false, 99);
    one.append(two);
    REQUIRE(one.size() == 2);
    CHECK(one.code[1] == "b");
    CHECK(one.id[1] == 4);
    CHECK(one.version[1] == 5);
    CHECK(one.place[1] == 6);
    CHECK(one.locked_until[1] == Date{7});
    CHECK(one.has_revenue[1] == 0);
    CHECK(one.revenue_fen[1] == 0);  // no data is kept as nothing
    CHECK(one.revenue_fen[0] == 55);
}

}  // namespace
}  // namespace qudao
