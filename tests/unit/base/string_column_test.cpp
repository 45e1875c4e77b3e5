#include "shared/base/string_column.hpp"

#include <catch2/catch.hpp>

namespace qudao {
namespace {

TEST_CASE("texts lie end to end and come out whole") {
    StringColumn column;
    CHECK(column.empty());
    for (const char* text : {"", "a", "", "南宁", "𠮷"}) column.push_back(text);
    REQUIRE(column.size() == 5);
    CHECK(column[0] == "");
    CHECK(column[1] == "a");
    CHECK(column[2] == "");
    CHECK(column[3] == "南宁");
    CHECK(column[4] == "𠮷");
    CHECK(column.byte_size() == 11);
}

TEST_CASE("a column is cut and grows again") {
    StringColumn column;
    for (const char* text : {"a", "bb", "ccc"}) column.push_back(text);
    column.truncate(5);
    CHECK(column.size() == 3);
    column.truncate(1);
    CHECK(column.size() == 1);
    CHECK(column.byte_size() == 1);
    column.push_back("dddd");
    CHECK(column[1] == "dddd");
    column.truncate(0);
    CHECK(column.empty());
    CHECK(column.byte_size() == 0);
    StringColumn other;
    CHECK(column == other);
}

}  // namespace
}  // namespace qudao
