#include "server/app/command.hpp"

#include <array>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string_view>

#include <unistd.h>

#include "shared/base/money.hpp"
#include "shared/ports/seed_roles.hpp"

namespace qudao::app {
namespace {

struct Advice {
    std::string_view code;
    std::string_view text;
};
constexpr std::string_view kWebAdvice = "--web takes the folder of the built client; leave it out to serve the API alone";
// For whoever stands at the terminal; the browser's sentences are the client's.
constexpr std::array kAdvice = {
    Advice{"bind.in_use", "the port is taken: stop what listens there, or choose another with --port (QUDAO_PORT)"},
    Advice{"bind.refused", "this account may not listen there: choose a port above 1023"},
    Advice{"bind.address", "--bind takes an address of this machine, e.g. 127.0.0.1"},
    Advice{"database.url", "--db takes sqlite:///absolute/path or mysql://user[:password]@host[:port]/name"},
    Advice{"database.unavailable", "the database cannot be reached: of SQLite check the file and its folder, else that it runs, its address, account and password (QUDAO_DB_PASSWORD)"},
    Advice{"database.missing", "there is no such database: check the path; qudao migrate makes a new one"},
    Advice{"database.older", "the database is of an earlier version: qudao migrate brings it to this one"},
    Advice{"database.newer", "the database was made by a later version of Qudao: use that version, or another database"},
    Advice{"demo.not_empty", "the database holds units or customers already; a demonstration needs one of its own"},
    Advice{"demo.size", "--customers takes a number from 12 to 2000000"},
    Advice{"feed.busy", "a feed of this kind is being imported; one that was cut off is taken over after half a minute, or by qudao feed resume"},
    Advice{"feed.truncated", "the file stops before its last line: ask for it again"},
    Advice{"feed.ignored", "left where it is: a file is named by its kind (subscribers, lines, charges, arrears, orders), e.g. subscribers-20261118.txt"},
    Advice{"feed.unknown_kind", "a feed is one of subscribers, lines, charges, arrears, orders: see schema/feeds/README.md"},
    Advice{"feed.kind", "the kind named is not the file's, see its first line"},
    Advice{"feed.future", "the day or period in the first line is after today; put it right and import the file again; nothing was changed"},
    Advice{"feed.older", "a newer file of this feed has been imported; nothing was changed"},
    Advice{"feed.too_many_rejected", "nothing was changed; see which lines and why on the screen of feeds"},
    Advice{"people.login_taken", "choose another login"},
    Advice{"people.password_short", "take a longer password: several unrelated words do well"},
    Advice{"people.password_common", "this password is among the first to be guessed; take another"},
    Advice{"people.role_level", "a role is held at units of its level: province, network, branch or front line"},
    Advice{"organisation.no_root", "the database is empty: qudao user add with --unit-name makes the province, with the first administrator"},
    Advice{"people.unknown", "qudao user list shows the logins"},
    Advice{"plan.unknown_actor", "--actor takes a login; qudao user list shows them"},
    Advice{"plan.file", "check the path and that the file may be read"},
    Advice{"rights.missing", "this person may not do that: see the roles with qudao user list"},
    Advice{"date.format", "dates are those of the calendar, written yyyy-MM-dd"},
    Advice{"web.no_index", kWebAdvice},
    Advice{"web.unreadable", kWebAdvice},
};

std::int64_t now_ms() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

}  // namespace

std::string words_of(const Error& error) {
    std::ostringstream out;
    out << error.code;
    for (const ErrorParam& param : error.params) out << ' ' << param.name << '=' << param.value;
    out << '\n';
    if (!error.detail.empty()) out << "  " << error.detail << '\n';
    for (const FieldError& field : error.fields) {
        out << "  " << field.field << ": " << field.code;
        for (const ErrorParam& param : field.params) out << ' ' << param.name << '=' << param.value;
        out << '\n';
    }
    for (const Advice& advice : kAdvice)
        if (advice.code == error.code) out << "  " << advice.text << '\n';
    return out.str();
}

int fail(std::string_view command, const Error& error) {
    std::cerr << "qudao " << command << ": " << words_of(error);
    return kFailed;
}

Result<std::unique_ptr<sql::Database>> open_migrated(const std::string& url, const sql::Options& options) {
    QUDAO_TRY(database, sql::open(url, options));
    QUDAO_TRY(migrated, database->migrate());
    if (migrated.from != migrated.to) std::cerr << "database: version " << migrated.from << " -> " << migrated.to << '\n';
    QUDAO_TRY(work, database->begin(ports::Access::write));
    QUDAO_TRY(seeded, ports::add_standard_roles(work->people()));
    if (seeded) {
        QUDAO_CHECK(work->settings().bump_rights());
        QUDAO_CHECK(work->commit());
    }
    return std::move(database);
}

Result<std::unique_ptr<sql::Database>> open_existing(const std::string& url) {
    sql::Options options;
    options.look_only = true;
    QUDAO_TRY(database, sql::open(url, options));
    QUDAO_TRY(version, database->version());
    const int program = sql::program_version();
    if (version != program)
        return Error::of(version < program ? "database.older" : "database.newer").with("database", std::int64_t{version}).with("program", std::int64_t{program});
    return std::move(database);
}

Result<std::string> read_file(const std::string& path) {
    std::error_code ignored;
    std::ifstream file(path, std::ios::binary);
    std::ostringstream bytes;
    // A folder opens like a file, and throws when it is read past the stream.
    if (!std::filesystem::is_regular_file(path, ignored) || !file) return Error::of("plan.file").with("file", path);
    if (file.peek() != std::ifstream::traits_type::eof()) bytes << file.rdbuf();
    if (file.bad() || bytes.fail()) return Error::of("plan.file").with("file", path);
    return std::move(bytes).str();
}

bool ConsoleProgress::report(std::string_view phase, std::int64_t done, std::int64_t total) {
    const bool terminal = isatty(STDERR_FILENO) == 1;
    const std::int64_t now = now_ms();
    if (now - last_ms_ < (terminal ? 200 : 5000)) return true;
    last_ms_ = now;
    std::cerr << (terminal ? "\r" : "") << phase << ": " << format_count(done) << " / " << format_count(total) << (terminal ? "  " : "\n");
    printed_ = terminal;
    return true;
}

ConsoleProgress::~ConsoleProgress() {
    if (printed_) std::cerr << '\n';
}

}  // namespace qudao::app
