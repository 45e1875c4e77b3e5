#include <array>
#include <cstdio>
#include <cstdlib>
#include <unordered_map>

#include <mysql.h>

#include "tests/bench/database/plain_client.hpp"

namespace qudao::bench {
namespace {

constexpr std::size_t kRowsPerStatement = 500;
constexpr std::size_t kCodesPerRead = 5000;
constexpr std::size_t kPageColumns = 12;

class PlainMariadb final : public PlainClient {
public:
    PlainMariadb(const std::string& host, unsigned port, const std::string& user, const std::string& name) : db_(mysql_init(nullptr)) {
        mysql_options(db_, MYSQL_SET_CHARSET_NAME, "utf8mb4");
        if (mysql_real_connect(db_, host.c_str(), user.c_str(), nullptr, name.c_str(), port, nullptr, 0) == nullptr) fail("connect");
        run("set session transaction isolation level read committed");
        page_ = mysql_stmt_init(db_);
        const std::string query = page_query("straight_join");
        if (mysql_stmt_prepare(page_, query.data(), query.size()) != 0) fail("prepare");
    }
    ~PlainMariadb() override {
        mysql_stmt_close(page_);
        mysql_close(db_);
    }

    void commit(const std::vector<PlainMove>& moves, std::int64_t at) override {
        run("begin");
        const std::vector<std::string> versions = lock(moves);
        run("drop temporary table if exists plain_stage");
        run("create temporary table plain_stage (customer_id bigint not null primary key, row_no integer not null, version integer not null, "
            "from_unit bigint not null, to_unit bigint not null, note varchar(255) not null) engine = InnoDB default character set utf8mb4 "
            "collate utf8mb4_nopad_bin");
        stage(moves, versions);
        run("update plain_stage s straight_join customer c on c.id = s.customer_id set c.place_id = s.to_unit, c.version = c.version + 1 "
            "where c.version = s.version and c.place_id = s.from_unit");
        if (mysql_affected_rows(db_) != moves.size()) fail("guard");
        const std::string instant = std::to_string(at);
        run("insert into batch (at, kind, person_id, day, row_count, moved, unchanged, kept, digest, file_name) values (" + instant +
            ", 'move', 1, 0, 0, 0, 0, 0, '', '')");
        run("insert into adjustment (valid_from, customer_id, row_no, from_unit, to_unit, version_after, note) select " + instant +
            ", customer_id, row_no, from_unit, to_unit, version + 1, note from plain_stage order by customer_id");
        run("drop temporary table plain_stage");
        run("commit");
    }

    std::int64_t page(const std::string& after) override {
        MYSQL_BIND in{};
        unsigned long length = after.size();
        in.buffer_type = MYSQL_TYPE_STRING;
        in.buffer = const_cast<char*>(after.data());
        in.buffer_length = after.size();
        in.length = &length;
        std::array<MYSQL_BIND, kPageColumns> out{};
        std::array<std::array<char, 1024>, kPageColumns> buffer;
        std::array<unsigned long, kPageColumns> lengths{};
        std::array<my_bool, kPageColumns> nulls{};
        for (std::size_t i = 0; i < kPageColumns; ++i) {
            out[i].buffer_type = MYSQL_TYPE_STRING;
            out[i].buffer = buffer[i].data();
            out[i].buffer_length = buffer[i].size();
            out[i].length = &lengths[i];
            out[i].is_null = &nulls[i];
        }
        mysql_stmt_bind_param(page_, &in);
        if (mysql_stmt_execute(page_) != 0) fail("page");
        mysql_stmt_bind_result(page_, out.data());
        std::int64_t bytes = 0;
        while (mysql_stmt_fetch(page_) == 0)
            for (std::size_t i = 0; i < kPageColumns; ++i) bytes += nulls[i] != 0 ? 0 : static_cast<std::int64_t>(lengths[i]);
        mysql_stmt_free_result(page_);
        return bytes;
    }

private:
    // Versions in the order of the moves; the rows come in that of their codes.
    std::vector<std::string> lock(const std::vector<PlainMove>& moves) {
        std::unordered_map<std::int64_t, std::string> by_customer;
        by_customer.reserve(moves.size());
        for (std::size_t at = 0; at < moves.size(); at += kCodesPerRead) {
            std::string sql = "select code, id, version, place_id, locked_until, revenue_fen from customer where code in (";
            for (std::size_t i = at; i < moves.size() && i < at + kCodesPerRead; ++i) sql += (i == at ? "'" : ",'") + moves[i].code + "'";
            run(sql + ") for update");
            MYSQL_RES* result = mysql_use_result(db_);
            while (const MYSQL_ROW row = mysql_fetch_row(result)) by_customer.emplace(std::strtoll(row[1], nullptr, 10), row[2]);
            mysql_free_result(result);
        }
        std::vector<std::string> versions;
        for (const PlainMove& move : moves) versions.push_back(by_customer[move.customer]);
        if (by_customer.size() != moves.size()) fail("lock");
        return versions;
    }
    void stage(const std::vector<PlainMove>& moves, const std::vector<std::string>& versions) {
        std::string sql;
        for (std::size_t i = 0; i < moves.size(); ++i) {
            sql += sql.empty() ? "insert into plain_stage values (" : ",(";
            sql += std::to_string(moves[i].customer) + "," + std::to_string(i + 2) + "," + versions[i] + "," + std::to_string(moves[i].from) + "," +
                   std::to_string(moves[i].to) + ",'')";
            if ((i + 1) % kRowsPerStatement != 0 && i + 1 != moves.size()) continue;
            run(sql);
            sql.clear();
        }
    }
    [[noreturn]] void fail(const char* what) const {
        std::fprintf(stderr, "plain_mariadb: %.60s: %s\n", what, mysql_error(db_));
        std::abort();
    }
    void run(const std::string& sql) const {
        if (mysql_real_query(db_, sql.data(), sql.size()) != 0) fail(sql.c_str());
    }

    MYSQL* db_;
    MYSQL_STMT* page_ = nullptr;
};

}  // namespace

std::unique_ptr<PlainClient> plain_mariadb(const std::string& host, unsigned port, const std::string& user, const std::string& name) {
    return std::make_unique<PlainMariadb>(host, port, user, name);
}

}  // namespace qudao::bench
