#include <cstdio>
#include <cstdlib>

#include <sqlite3.h>

#include "tests/bench/database/plain_client.hpp"

namespace qudao::bench {
namespace {

class PlainSqlite final : public PlainClient {
public:
    explicit PlainSqlite(const std::string& path) {
        check(sqlite3_open(path.c_str(), &db_));
        run("pragma journal_mode = wal");
        run("pragma synchronous = full");
        run("pragma foreign_keys = on");
        // What the product gives its writer and its readers (server/sql/session.cpp): a smaller cache would be what is measured.
        run("pragma temp_store = memory");
        run("pragma journal_size_limit = 67108864");
        run("pragma cache_size = -262144");
        check(sqlite3_open(path.c_str(), &reader_));
        for (const char* pragma : {"pragma temp_store = memory", "pragma query_only = on", "pragma cache_size = -16000", "pragma mmap_size = 2147418112"})
            if (sqlite3_exec(reader_, pragma, nullptr, nullptr, nullptr) != SQLITE_OK) fail(pragma);
        page_ = prepare(page_query("cross join").c_str(), reader_);
    }
    ~PlainSqlite() override {
        sqlite3_finalize(page_);
        sqlite3_close(reader_);
        sqlite3_close(db_);
    }

    void commit(const std::vector<PlainMove>& moves, std::int64_t at) override {
        run("begin immediate");
        sqlite3_stmt* find = prepare("select code, id, version, place_id, locked_until, revenue_fen from customer where code = ?");
        std::vector<std::int64_t> versions;
        for (const PlainMove& move : moves) {
            sqlite3_bind_text(find, 1, move.code.data(), static_cast<int>(move.code.size()), SQLITE_STATIC);
            if (sqlite3_step(find) != SQLITE_ROW) fail("customer");
            versions.push_back(sqlite3_column_int64(find, 2));
            sqlite3_reset(find);
        }
        sqlite3_finalize(find);
        run("drop table if exists temp.plain_stage");
        run("create temporary table plain_stage (customer_id integer not null primary key, row_no integer not null, version integer not "
            "null, from_unit bigint not null, to_unit bigint not null, note varchar(255) not null)");
        sqlite3_stmt* insert = prepare("insert into plain_stage values (?, ?, ?, ?, ?, '')");
        for (std::size_t i = 0; i < moves.size(); ++i) {
            bind(insert, {moves[i].customer, static_cast<std::int64_t>(i + 2), versions[i], moves[i].from, moves[i].to});
            if (sqlite3_step(insert) != SQLITE_DONE) fail("stage");
            sqlite3_reset(insert);
        }
        sqlite3_finalize(insert);
        run("update customer set place_id = s.to_unit, version = customer.version + 1 from plain_stage s where customer.id = s.customer_id "
            "and customer.version = s.version and customer.place_id = s.from_unit");
        if (sqlite3_changes(db_) != static_cast<int>(moves.size())) fail("guard");
        const std::string instant = std::to_string(at);
        run("insert into batch (at, kind, person_id, day, row_count, moved, unchanged, kept, digest, file_name) values (" + instant +
            ", 'move', 1, 0, 0, 0, 0, 0, '', '')");
        run("insert into adjustment (valid_from, customer_id, row_no, from_unit, to_unit, version_after, note) select " + instant +
            ", customer_id, row_no, from_unit, to_unit, version + 1, note from plain_stage order by customer_id");
        run("drop table plain_stage");
        run("commit");
    }

    std::int64_t page(const std::string& after) override {
        std::int64_t bytes = 0;
        sqlite3_bind_text(page_, 1, after.data(), static_cast<int>(after.size()), SQLITE_STATIC);
        while (sqlite3_step(page_) == SQLITE_ROW)
            for (int column = 0; column < sqlite3_column_count(page_); ++column) {
                sqlite3_column_text(page_, column);
                bytes += sqlite3_column_bytes(page_, column);
            }
        sqlite3_reset(page_);
        return bytes;
    }

private:
    [[noreturn]] void fail(const char* what) const {
        std::fprintf(stderr, "plain_sqlite: %s: %s\n", what, sqlite3_errmsg(db_));
        std::abort();
    }
    void check(int code) const {
        if (code != SQLITE_OK) fail("open");
    }
    void run(const std::string& sql) const {
        if (sqlite3_exec(db_, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) fail(sql.c_str());
    }
    sqlite3_stmt* prepare(const char* sql, sqlite3* on = nullptr) const {
        sqlite3_stmt* statement = nullptr;
        if (sqlite3_prepare_v2(on == nullptr ? db_ : on, sql, -1, &statement, nullptr) != SQLITE_OK) fail(sql);
        return statement;
    }
    static void bind(sqlite3_stmt* statement, const std::vector<std::int64_t>& values) {
        for (std::size_t i = 0; i < values.size(); ++i) sqlite3_bind_int64(statement, static_cast<int>(i) + 1, values[i]);
    }

    sqlite3* db_ = nullptr;
    sqlite3* reader_ = nullptr;
    sqlite3_stmt* page_ = nullptr;
};

}  // namespace

std::unique_ptr<PlainClient> plain_sqlite(const std::string& path) { return std::make_unique<PlainSqlite>(path); }

}  // namespace qudao::bench
