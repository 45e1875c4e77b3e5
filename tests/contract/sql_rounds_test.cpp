// A round of many customers, on MariaDB: its statements read what they need and no more, also of rows that were written in
// the same transaction and that the database has no statistics of.
#include <catch2/catch.hpp>

#include "server/sql/migrate.hpp"
#include "server/sql/stores.hpp"
#include "server/sql/url.hpp"
#include "tests/support/mariadb.hpp"

using namespace qudao;

namespace {

constexpr Period kPeriod{202610};
constexpr std::int64_t kCustomers = 4000;

std::int64_t rows_read(sql::Session& session) {
    return session
        .number("select cast(sum(variable_value) as signed) from information_schema.session_status where variable_name in ('HANDLER_READ_KEY', "
                "'HANDLER_READ_NEXT', 'HANDLER_READ_RND_NEXT')")
        .value_or(0);
}

}  // namespace

TEST_CASE("claims of a round are counted customer by customer") {
    const std::string url = test::new_mariadb_url();
    if (url.empty()) {
        WARN("skipped: MariaDB is not installed");
        return;
    }
    sql::Session session(*sql::parse_url(url), false, std::chrono::milliseconds(5000));
    REQUIRE(sql::migrate(session).ok());
    session.begin_write();
    sql::RoundStore rounds(session);
    std::vector<ports::RoundMark> marks;
    for (std::int64_t customer = 1; customer <= kCustomers; ++customer) {
        session.execute("insert into round_customer (period, customer_id, claims) values (:period, :customer, 0)",
                        {sql::named("period", std::int64_t{kPeriod.yyyymm}), sql::named("customer", customer)});
        marks.push_back({CustomerId{customer}, UnitId{1}, true, {}});
    }
    for (const std::int64_t channel : {1, 2, 3}) REQUIRE(rounds.give(kPeriod, ChannelId{channel}, marks).ok());
    const std::int64_t before = rows_read(session);
    REQUIRE(rounds.count_claims(kPeriod).ok());
    // A row of each of the three departments and a few steps to it; a department's whole list would be 4,000 a customer.
    const std::int64_t read = rows_read(session) - before;
    CAPTURE(read);
    CHECK(read > kCustomers);
    CHECK(read < 20 * kCustomers);
    CHECK(session.number("select min(claims) from round_customer") == 3);
    session.rollback();
}
