#include "server/sql/migrate.hpp"

#include <catch2/catch.hpp>

using namespace qudao;
using sql::statements_of;

TEST_CASE("a migration is cut into statements of a dialect") {
    constexpr std::string_view text =
        "-- a remark; with a semicolon\n"
        "create table a (\n"
        "  id {key}\n"
        ") {table};\n"
        "\n"
        "insert into a values (1);\n";
    const auto lite = statements_of(text, sql::Dialect::sqlite);
    REQUIRE(lite.size() == 2);
    CHECK(lite[0] == "create table a (\n  id integer not null primary key\n) ");
    CHECK(lite[1] == "insert into a values (1)");
    const auto maria = statements_of(text, sql::Dialect::mariadb);
    REQUIRE(maria.size() == 2);
    CHECK(maria[0].find("auto_increment") != std::string::npos);
    CHECK(maria[0].find("utf8mb4_nopad_bin") != std::string::npos);
}

TEST_CASE("the program carries its migrations, in order and with every word in braces known") {
    const auto& all = sql::migrations();
    REQUIRE_FALSE(all.empty());
    for (std::size_t i = 0; i < all.size(); ++i) {
        CHECK(all[i].number > (i == 0 ? 0 : all[i - 1].number));
        for (const auto dialect : {sql::Dialect::sqlite, sql::Dialect::mariadb})
            for (const std::string& statement : statements_of(all[i].text, dialect)) {
                CAPTURE(statement);
                CHECK(statement.find('{') == std::string::npos);
                CHECK(statement.find(';') == std::string::npos);
            }
    }
    CHECK(sql::program_version() == all.back().number);
}
