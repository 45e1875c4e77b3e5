// Migrations, on each database: a new one, again, interrupted, and one made by a later program.
#include <catch2/catch.hpp>
#include <algorithm>
#include <functional>

#include "server/sql/migrate.hpp"
#include "server/sql/open.hpp"
#include "shared/demo/fill.hpp"
#include "shared/memory/plain_secrets.hpp"
#include "tests/support/mariadb.hpp"

using namespace qudao;

namespace {

void each_database(const std::function<void(const std::string&)>& body) {
    body(test::new_sqlite_url());
    if (const std::string url = test::new_mariadb_url(); !url.empty()) body(url);
    else WARN("skipped on MariaDB: it is not installed");
}

std::unique_ptr<sql::Database> opened(const std::string& url) {
    auto database = sql::open(url);
    REQUIRE(database.ok());
    return std::move(database).value();
}

}  // namespace

TEST_CASE("a new database is brought to the program's version, once") {
    each_database([](const std::string& url) {
        CAPTURE(url);
        const auto database = opened(url);
        CHECK(*database->version() == 0);
        const auto first = database->migrate();
        REQUIRE(first.ok());
        CHECK(first->from == 0);
        CHECK(first->to == sql::program_version());
        CHECK(*database->version() == sql::program_version());
        const auto again = database->migrate();
        REQUIRE(again.ok());
        CHECK(again->from == again->to);

        const auto work = database->begin(ports::Access::read);
        REQUIRE(work.ok());
        const auto settings = (*work)->settings().load();
        REQUIRE(settings.ok());
        CHECK(settings->basis == Basis{1, 1, 1});
        CHECK(settings->window == WindowPolicy{});
        CHECK_FALSE(settings->demonstration);
        CHECK_FALSE(settings->demo_date);
    });
}

TEST_CASE("a database of a later program is left alone") {
    each_database([](const std::string& url) {
        CAPTURE(url);
        const auto database = opened(url);
        REQUIRE(database->migrate().ok());
        test::run_sql(url, "insert into schema_version (version, done, finished) values (" + std::to_string(sql::program_version() + 1) +
                               ", 3, 0)");
        const auto refused = database->migrate();
        REQUIRE_FALSE(refused.ok());
        CHECK(refused.error().code == "database.newer");
        CHECK(refused.error().param("database") == std::to_string(sql::program_version() + 1));
    });
}

TEST_CASE("an interrupted migration goes on where it was") {
    const std::string url = test::new_mariadb_url();
    if (url.empty()) {
        WARN("skipped: MariaDB is not installed");
        return;
    }
    const auto database = opened(url);
    REQUIRE(database->migrate().ok());
    // As if stopped after the last statement was executed and before that was noted.
    test::run_sql(url, "update schema_version set finished = 0, done = done - 1 where version = 1");
    CHECK(*database->version() == 0);
    REQUIRE(database->migrate().ok());
    CHECK(*database->version() == sql::program_version());
}

TEST_CASE("migrations made side by side land in either order") {
    each_database([](const std::string& url) {
        CAPTURE(url);
        sql::Session session(*sql::parse_url(url), false, std::chrono::milliseconds(5000));
        const sql::Migration first{1, "create table first (id {key}) {table};\n"};
        const sql::Migration second{2, "create table second (id {key}, first_id bigint not null references first (id)) {table};\n"};
        const sql::Migration fourth{4, "create table fourth (id {key}) {table};\n"};
        const auto early = sql::migrate(session, {first, fourth});
        REQUIRE(early.ok());
        CHECK(early->to == 4);
        const auto late = sql::migrate(session, {first, second, fourth});
        REQUIRE(late.ok());
        CHECK(late->from == 1);
        CHECK(late->to == 4);
        CHECK(test::run_sql(url, "select count(*) from second") == "0\n");
        // A program that lacks one of them is an earlier one.
        const auto refused = sql::migrate(session, {first, fourth});
        REQUIRE_FALSE(refused.ok());
        CHECK(refused.error().param("database") == "2");
    });
}

TEST_CASE("customers of an earlier version get the initials of their names") {
    each_database([](const std::string& url) {
        CAPTURE(url);
        const auto database = opened(url);
        REQUIRE(database->migrate().ok());
        memory::PlainSecrets secrets(1);
        ports::NoProgress quiet;
        REQUIRE(demo::fill(*database, secrets, {1, 450}, quiet).ok());
        const auto all = [&] { return test::run_sql(url, "select id, name, initials from customer order by id"); };
        const std::string made = all();
        REQUIRE(std::count(made.begin(), made.end(), '\n') == 450);
        // As the version before it left the database.
        test::run_sql(url, url.starts_with("mysql:") ? "alter table customer drop column initials"
                                                     : "drop index customer_initials; alter table customer drop column initials");
        test::run_sql(url, "delete from schema_version where version = 9");
        const auto migrated = database->migrate();
        REQUIRE(migrated.ok());
        CHECK(migrated->from == 8);
        CHECK(all() == made);
    });
}

TEST_CASE("batches of an earlier version get their flows, and the audit trail keeps its entries") {
    each_database([](const std::string& url) {
        CAPTURE(url);
        const auto database = opened(url);
        REQUIRE(database->migrate().ok());
        memory::PlainSecrets secrets(1);
        ports::NoProgress quiet;
        REQUIRE(demo::fill(*database, secrets, {1, 450}, quiet).ok());
        test::run_sql(url,
                      "insert into batch (id, at, kind, person_id, day, undo_of, file_name, row_count, moved, unchanged, kept, digest) "
                      "values (7, 1000, 'move', 1, 20000, null, 'x', 3, 3, 0, 0, 'd'); "
                      "insert into audit (id, at, person_id, kind, subject_id, subject, before_state, after_state, undone_by) "
                      "values (3, 5, 1, 'unit.move', 9, '甲', '{}', '{\"a\":1}', 4)");
        for (const char* row : {"(1, 1, 2)", "(2, 1, 2)", "(3, 2, 1)"}) {
            const std::string ends(row);
            test::run_sql(url, "insert into adjustment (valid_from, customer_id, row_no, from_unit, to_unit, version_after, note) values (1000, " + ends.substr(1, 1) +
                                   ", 1, " + ends.substr(4, 1) + ", " + ends.substr(7, 1) + ", 2, '')");
        }
        const auto trail = [&] { return test::run_sql(url, "select id, at, person_id, kind, subject_id, subject, before_state, after_state, undone_by from audit"); };
        const std::string before = trail();
        REQUIRE(before.find("unit.move") != std::string::npos);
        test::run_sql(url, "drop table batch_flow");
        test::run_sql(url, "delete from schema_version where version = 11");
        REQUIRE(database->migrate().ok());
        CHECK(test::run_sql(url, "select batch_id, customers from batch_flow order by from_unit") == test::run_sql(url, "select 7, 2 union all select 7, 1"));
        CHECK(trail() == before);
        CHECK_FALSE(test::run_sql(url, "insert into audit (at, person_id, kind, subject_id, subject, before_state, after_state) values (6, null, 'x', 1, '', '', ''); "
                                       "select count(*) from audit where person_id is null")
                        .find('1') == std::string::npos);
    });
}

TEST_CASE("tables of somebody else are not taken for ours") {
    const std::string url = test::new_mariadb_url();
    if (url.empty()) {
        WARN("skipped: MariaDB is not installed");
        return;
    }
    test::run_sql(url, "create table setting (id integer)");
    const auto database = opened(url);
    CHECK_FALSE(database->migrate().ok());
}
