// Kept sessions of MariaDB that the server closed while they lay idle.
#include <catch2/catch.hpp>

#include "server/sql/open.hpp"
#include "server/sql/session.hpp"
#include "tests/support/mariadb.hpp"

using namespace qudao;

namespace {

void close_all_others(sql::Session& session) {
    std::vector<std::int64_t> others;
    session.select("select id from information_schema.processlist where db = database() and id <> connection_id()", "i", {},
                   [&](const sql::Row& row) { others.push_back(row.number(0)); });
    REQUIRE_FALSE(others.empty());
    for (const std::int64_t id : others) session.run("kill " + std::to_string(id));
}

}  // namespace

TEST_CASE("a session closed by MariaDB while it lay idle costs nobody a request", "[sql]") {
    const std::string url = test::new_mariadb_url();
    if (url.empty()) {
        WARN("skipped: MariaDB is not installed");
        return;
    }
    const auto database = std::move(*sql::open(url));
    REQUIRE(database->migrate().ok());
    sql::Session other(*sql::parse_url(url), false, std::chrono::seconds(5));
    for (const ports::Access last : {ports::Access::read, ports::Access::write}) {
        for (const ports::Access next : {ports::Access::read, ports::Access::write}) {
            {
                // Two of them, so that the next request may find a second dead one.
                const auto first = database->begin(last);
                const auto second = database->begin(last);
                REQUIRE((*first)->settings().load().ok());
                REQUIRE((*second)->settings().load().ok());
            }
            close_all_others(other);
            const auto work = database->begin(next);
            REQUIRE(work.ok());
            CHECK((*work)->settings().load().ok());
        }
    }
}

TEST_CASE("a reader is followed at once by a writer on the same session", "[sql]") {
    const std::string url = test::new_mariadb_url();
    if (url.empty()) {
        WARN("skipped: MariaDB is not installed");
        return;
    }
    sql::Options options;
    options.sessions = 1;
    const auto database = std::move(*sql::open(url, options));
    REQUIRE(database->migrate().ok());
    for (int period = 202601; period <= 202612; ++period) {
        {
            const auto work = database->begin(ports::Access::read);
            REQUIRE((*work)->settings().load().ok());
            CHECK_FALSE((*work)->settings().save_revenue_period({period}).ok());  // a reader writes nothing
        }
        {
            const auto work = database->begin(ports::Access::write);
            REQUIRE((*work)->settings().save_revenue_period({period}).ok());
            REQUIRE((*work)->commit().ok());
        }
        const auto work = database->begin(ports::Access::read);
        CHECK((*work)->settings().load()->revenue_period.yyyymm == period);
    }
}
