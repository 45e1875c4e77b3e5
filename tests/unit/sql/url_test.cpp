#include "server/sql/url.hpp"

#include <catch2/catch.hpp>

using namespace qudao;
using sql::parse_url;

namespace {

std::string reason_of(std::string_view url) {
    const auto address = parse_url(url);
    if (address) return "accepted";
    CHECK(address.error().code == "database.url");
    return std::string(address.error().param("reason"));
}

}  // namespace

TEST_CASE("addresses of SQLite files") {
    CHECK(parse_url("sqlite:///var/lib/qudao.db")->path == "/var/lib/qudao.db");
    CHECK(parse_url("sqlite://build/demo.db")->path == "build/demo.db");
    CHECK(parse_url("sqlite:///with space/a=b.db")->path == "/with space/a=b.db");
    CHECK(reason_of("sqlite://") == "path");
    CHECK(reason_of("sqlite:///folder/") == "path");
    CHECK(reason_of("sqlite:///a\"b") == "path");
}

TEST_CASE("addresses of MariaDB databases") {
    const auto plain = parse_url("mysql://qudao@db.example:3307/channel");
    REQUIRE(plain.ok());
    CHECK(plain->user == "qudao");
    CHECK(plain->password.empty());
    CHECK(plain->host == "db.example");
    CHECK(plain->port == 3307);
    CHECK(plain->name == "channel");

    const auto full = parse_url("mysql://a%40b:p%3A%2F%27@[::1]:3306/n%C3%A4me?socket=/run/my%20sql/s");
    REQUIRE(full.ok());
    CHECK(full->user == "a@b");
    CHECK(full->password == "p:/'");
    CHECK(full->host == "::1");
    CHECK(full->name == "näme");
    CHECK(full->socket == "/run/my sql/s");
    CHECK(sql::printable(*full).find("p:/'") == std::string::npos);

    CHECK(parse_url("mysql://u@h/n")->port == 0);
    CHECK(parse_url("mysql://u:p@w@h/n")->password == "p@w");
}

TEST_CASE("a malformed address says what is wrong with it") {
    CHECK(reason_of("") == "scheme");
    CHECK(reason_of("/var/lib/qudao.db") == "scheme");
    CHECK(reason_of("postgres://u@h/n") == "scheme");
    CHECK(reason_of("mysql://host/name") == "user");
    CHECK(reason_of("mysql://@host/name") == "user");
    CHECK(reason_of("mysql://u@/name") == "host");
    CHECK(reason_of("mysql://u@h h/name") == "host");
    CHECK(reason_of("mysql://u@[::1/name") == "host");
    CHECK(reason_of("mysql://u@h:/name") == "port");
    CHECK(reason_of("mysql://u@h:0/name") == "port");
    CHECK(reason_of("mysql://u@h:65536/name") == "port");
    CHECK(reason_of("mysql://u@h:33x/name") == "port");
    CHECK(reason_of("mysql://u@h") == "name");
    CHECK(reason_of("mysql://u@h/") == "name");
    CHECK(reason_of("mysql://u%zz@h/n") == "encoding");
    CHECK(reason_of("mysql://u%00@h/n") == "encoding");
    CHECK(reason_of("mysql://u@h/n?reconnect=1") == "option");
    CHECK(reason_of("mysql://u@h/n?socket=relative") == "option");
}
