// Opens a database by its address and brings it to this program's version. See url.hpp for the addresses.
#pragma once

#include <chrono>
#include <memory>
#include <string_view>

#include "shared/ports/database.hpp"

namespace qudao::sql {

struct Options {
    std::size_t sessions = 16;                // at once; SQLite: readers, besides the one writer
    std::chrono::milliseconds wait{30000};    // for a session, a lock, another process's write
    bool look_only = false;                   // nothing is written to begin with, and no file made
};

struct Migrated {
    int from = 0;  // 0: a new database
    int to = 0;
};

class Database : public ports::Database {
public:
    // Applies the numbered migrations that are missing, one after another; safe to interrupt and to run twice at once.
    // database.newer (with `database` and `program`): made by a later program, left alone.
    virtual Result<Migrated> migrate() = 0;
    // Of the database, 0 when it is new.
    virtual Result<int> version() = 0;
    virtual std::string address() const = 0;  // printable, without the password
};

// The version that migrate() leads to.
int program_version();

// Connects once, so that a wrong address is known at once. database.url, database.unavailable. An empty password is
// taken from the environment's QUDAO_DB_PASSWORD. A SQLite file is made when it is not there; with look_only that is
// database.missing.
Result<std::unique_ptr<Database>> open(std::string_view url, const Options& options = {});

}  // namespace qudao::sql
