// The vendors' handles behind a Session. Only session.cpp and bulk.cpp include this.
#pragma once

#include <memory>
#include <string>
#include <unordered_map>

#include <soci/soci.h>
// After soci.h.
#include <soci/mysql/soci-mysql.h>
#include <soci/sqlite3/soci-sqlite3.h>

#include "server/sql/session.hpp"

namespace qudao::sql {

class SqliteStatement;

struct Session::Native {
    Native();
    ~Native();
    soci::session soci;
    sqlite_api::sqlite3* sqlite = nullptr;  // one of the two
    MYSQL* mysql = nullptr;
    // SQLite: statements kept prepared, by their text; preparing a page's statement takes as long as running it.
    std::unordered_map<std::string, std::unique_ptr<SqliteStatement>> prepared;

    [[noreturn]] void fail_sqlite(int code) const;
    [[noreturn]] void fail_mysql() const;
    void check_sqlite(int code) const {
        if (code != SQLITE_OK) fail_sqlite(code);
    }
};

// A statement of SQLite, finalised at the end.
class SqliteStatement {
public:
    SqliteStatement(const Session::Native& native, std::string_view text);
    ~SqliteStatement() { sqlite_api::sqlite3_finalize(statement_); }
    SqliteStatement(const SqliteStatement&) = delete;
    SqliteStatement& operator=(const SqliteStatement&) = delete;
    int position_of(const std::string& name) const;  // ":name"
    // Positions count from 1. The text must outlive the step.
    void set(int position, std::int64_t value) const;
    void set(int position, std::string_view text) const;
    void set_null(int position) const;
    bool step() const;  // a row is there
    void reset() const { sqlite_api::sqlite3_reset(statement_); }
    void forget_values() const { sqlite_api::sqlite3_clear_bindings(statement_); }
    void fill(std::vector<Cell>& cells, std::string_view kinds) const;

private:
    const Session::Native& native_;
    sqlite_api::sqlite3_stmt* statement_ = nullptr;
};

inline void SqliteStatement::set(int position, std::int64_t value) const {
    native_.check_sqlite(sqlite_api::sqlite3_bind_int64(statement_, position, value));
}
inline void SqliteStatement::set_null(int position) const {
    native_.check_sqlite(sqlite_api::sqlite3_bind_null(statement_, position));
}

}  // namespace qudao::sql
