// The commands of `qudao`, one file each. Each returns the program's exit code.
#pragma once

#include <cstdint>
#include <string>

namespace qudao::app {

struct ServeOptions {
    std::string db;
    std::string web;
    std::string bind = "127.0.0.1";
    std::uint16_t port = 8080;
    std::size_t threads = 8;
    bool behind_proxy = false;
    std::int64_t job_lease_s = 30;  // without a sign of life a job's server is taken for dead
};
int serve(const ServeOptions& options);

int migrate(const std::string& db);

struct DemoOptions {
    std::string db;
    std::int64_t customers = 100'000;
    std::uint64_t seed = 1;
    bool if_empty = false;       // do nothing, successfully, when there are customers already
    std::string sample;          // write a sample workbook (.csv) of moves to this file
    std::int64_t sample_rows = 1000;
    std::string feeds;           // write sample files of every feed into this folder
};
int demo(const DemoOptions& options);

struct UserOptions {
    std::string db;
    std::string login;
    std::string name;
    std::string role;   // code
    std::string unit;   // code
    std::string unit_name;  // of the province, in a database that has none yet
};
int user_add(const UserOptions& options);
int user_password(const UserOptions& options);
int user_deactivate(const UserOptions& options);
int user_list(const UserOptions& options);

struct FeedOptions {
    std::string db;
    std::string kind;      // import
    std::string file;      // import: the file; watch: the folder
    std::string rejected;  // import: where the lines left out go; empty: FILE.rejected
    bool once = false;     // watch: one look
};
int feed_import(const FeedOptions& options);
int feed_watch(const FeedOptions& options);
int feed_resume(const FeedOptions& options);

struct PlanOptions {
    std::string db;        // one of these two
    std::string snapshot;
    std::string workbook;
    std::string day;
    std::string actor;
    bool json = false;
};
int plan(const PlanOptions& options);
int snapshot(const std::string& db, const std::string& directory);

}  // namespace qudao::app
