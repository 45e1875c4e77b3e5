// What the commands of `qudao` have in common: how they fail, and what they run on.
#pragma once

#include <iosfwd>
#include <memory>
#include <string>

#include "server/sql/open.hpp"
#include "shared/base/result.hpp"
#include "shared/ports/progress.hpp"

namespace qudao::app {

// Exit codes of the program.
inline constexpr int kDone = 0;
inline constexpr int kFailed = 1;     // it could not be done; stderr says why and what to do
inline constexpr int kWrongUse = 2;   // the command line is wrong

// "qudao serve: bind.in_use port=8080: …" on stderr, with what to do where the code is known.
int fail(std::string_view command, const Error& error);
// The same without the command: lines, each ended.
std::string words_of(const Error& error);

// Opens and brings to this program's version; says so on stderr when something was migrated.
Result<std::unique_ptr<sql::Database>> open_migrated(const std::string& url, const sql::Options& options = {});

// For commands that only look: the database is there and of this program's version, or database.missing, database.older,
// database.newer; neither made nor brought on.
Result<std::unique_ptr<sql::Database>> open_existing(const std::string& url);

// The bytes of a regular file; plan.file.
Result<std::string> read_file(const std::string& path);

// Prints a phase and how far it is on stderr, a few times a second at most.
class ConsoleProgress final : public ports::Progress {
public:
    bool report(std::string_view phase, std::int64_t done, std::int64_t total) override;
    ~ConsoleProgress() override;

private:
    std::int64_t last_ms_ = 0;
    bool printed_ = false;
};

}  // namespace qudao::app
