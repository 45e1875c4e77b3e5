// bench_load HOST PORT USER PREFIX FOLDER [SUBSCRIBERS]: a million subscribers, or that many, from their file to placed customers on MariaDB, against
// LOAD DATA of the same rows into the same indexed staging table followed by the same merge. Each in a database of its own
// (PREFIX_1, PREFIX_2, …), in turn. What LOAD DATA reads is made for it: in the table's own form, with nothing to check.
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

#include <mysql.h>

#include "server/feeds/file_source.hpp"
#include "server/sql/open.hpp"
#include "shared/demo/fill.hpp"
#include "shared/memory/fixed_clock.hpp"
#include "shared/memory/plain_secrets.hpp"
#include "shared/service/feed_service.hpp"
#include "tests/bench/measure.hpp"

namespace {

using namespace qudao;

constexpr int kPairs = 5;
const Date kDay = make_date(2026, 11, 18);

[[noreturn]] void fail(const std::string& what) {
    std::cerr << "bench_load: " << what << '\n';
    std::exit(1);
}
template <class T>
T must(Result<T> result) {
    if (result) return std::move(*result);
    fail(result.error().code + " " + result.error().detail);
}

class Client {
public:
    Client(const std::string& host, unsigned port, const std::string& user) : db_(mysql_init(nullptr)) {
        const unsigned on = 1;
        mysql_options(db_, MYSQL_SET_CHARSET_NAME, "utf8mb4");
        mysql_options(db_, MYSQL_OPT_LOCAL_INFILE, &on);
        if (mysql_real_connect(db_, host.c_str(), user.c_str(), nullptr, nullptr, port, nullptr, 0) == nullptr) fail(mysql_error(db_));
    }
    ~Client() { mysql_close(db_); }
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;
    void run(const std::string& sql) {
        if (mysql_real_query(db_, sql.data(), sql.size()) != 0) fail(sql.substr(0, 60) + ": " + mysql_error(db_));
    }
    std::uint64_t changed() { return mysql_affected_rows(db_); }
    std::uint64_t id() { return mysql_insert_id(db_); }

private:
    MYSQL* db_;
};

// The same rows twice: as a feed, and as the staging table has them.
void write_files(const std::string& feed, const std::string& rows, std::int64_t subscribers) {
    std::ofstream one(feed, std::ios::binary), other(rows, std::ios::binary);
    one << "#qudao-feed|subscribers|1|" << format_date(kDay) << "|UTF-8|billing\naccess_number|name|address|status|contract|billing_area|installed_on|cabinet\n";
    for (std::int64_t i = 0; i < subscribers; ++i) {
        const std::int64_t mixed = i * 7919 % subscribers;
        const std::string number = "0771" + std::to_string(2'000'000 + mixed);
        const std::string cabinet = mixed % 4 == 0 ? "" : "CD-GJ" + std::to_string(mixed % 100);
        const std::string rest = "|客户" + std::to_string(mixed) + "|南宁市青秀区民族大道" + std::to_string(mixed % 999) + "号|";
        const std::string contract = "46" + std::to_string(1'000'000'000 + mixed / 3 * 2);
        one << number << rest << "在用|" << contract << "|450103|2026-11-17|" << cabinet << '\n';
        other << number << rest << "in_use|" << contract << "|450103|" << make_date(2026, 11, 17).days << '|' << cabinet << '|' << i + 3 << '\n';
    }
    one << "#end|" << subscribers << '\n';
    if (!one.flush() || !other.flush()) fail("cannot write " + feed);
}

struct Bench {
    std::string address;  // user@host:port
    std::string prefix;
    std::string feed;
    std::string rows;
    std::int64_t subscribers;
    Client& client;
    memory::FixedClock clock{start_of_day(kDay)};
    memory::PlainSecrets secrets{1};
    ports::NoProgress quiet{};
    int databases = 0;

    // In a database with an organisation and a dozen customers, dropped afterwards.
    template <class Work>
    void with_database(const char* name, Work work) {
        const std::string own = prefix + "_" + std::to_string(++databases);
        client.run("create database " + own);
        client.run("use " + own);
        {
            auto database = must(sql::open("mysql://" + address + "/" + own));
            must(database->migrate());
            must(demo::fill(*database, secrets, {20261118, 12}, quiet));
            const service::FeedTools tools{*database, clock};
            const std::int64_t time = bench::time_ns([&] { work(tools); });
            auto reading = must(database->begin(ports::Access::read));
            const auto runs = must(reading->feeds().list(feed::Kind::subscribers, FeedRunId{}, 1));
            if (runs.empty() || runs[0].state != ports::FeedState::done || runs[0].counts.fresh != subscribers) fail(std::string(name) + " did not place them all");
            bench::print(name, time);
        }
        client.run("drop database " + own);
    }
    void import(const service::FeedTools& tools) {
        auto source = must(feeds::FileSource::open(feed));
        must(service::import_feed(tools, *source, {feed::Kind::subscribers, "bench.txt", PersonId{}, FeedRunId{}}, quiet));
    }
    // Staged by LOAD DATA, as a run that was left merging; then it is finished as any such run is.
    void load_data(const service::FeedTools& tools) {
        const std::string count = std::to_string(subscribers), day = std::to_string(kDay.days);
        client.run("insert into feed_run (kind, source, day, period, checksum, file_name, person_id, state, attempt, started_at, seen_at, finished_at, bytes, "
                   "line_count, merged_to, error_code, error_detail, lines_read, fresh, changed, unchanged, rejected, customers, pooled, disagreements, raised) "
                   "values ('subscribers', 'billing', " + day + ", 0, '-', 'bench.txt', 0, 'merging', 1, 0, 0, 0, 0, " + count + ", '', '', '', " + count +
                   ", 0, 0, 0, 0, 0, 0, 0, 0)");
        const std::string run = std::to_string(client.id());
        client.run("load data local infile '" + rows + "' into table subscriber_stage character set utf8mb4 fields terminated by '|' (access_number, name, "
                   "address, status, contract, billing_area, installed_on, cabinet, line_no) set run_id = " + run);
        if (client.changed() != static_cast<std::uint64_t>(subscribers)) fail("LOAD DATA left rows out");
        must(service::resume_feeds(tools, quiet, true));
    }
};

}  // namespace

int main(int argc, char** argv) {
    const std::vector<std::string> arguments(argv + 1, argv + argc);
    if (arguments.size() != 5 && arguments.size() != 6) {
        std::cerr << "bench_load HOST PORT USER PREFIX FOLDER [SUBSCRIBERS]\n";
        return 2;
    }
    const std::string feed = arguments[4] + "/subscribers.txt", rows = arguments[4] + "/subscriber_stage.txt";
    const std::int64_t subscribers = arguments.size() == 6 ? std::stoll(arguments[5]) : 1'000'000;
    write_files(feed, rows, subscribers);
    Client client(arguments[0], static_cast<unsigned>(std::stoul(arguments[1])), arguments[2]);
    Bench run{arguments[2] + "@" + arguments[0] + ":" + arguments[1], arguments[3], feed, rows, subscribers, client};
    for (int i = 0; i < kPairs; ++i) {
        run.with_database("load", [&](const service::FeedTools& tools) { run.import(tools); });
        run.with_database("load_data", [&](const service::FeedTools& tools) { run.load_data(tools); });
    }
    return 0;
}
