#include "server/app/command.hpp"

#include <array>
#include <chrono>
#include <iostream>
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
// For whoever stands at the terminal; the browser's sentences are the client's.
constexpr std::array kAdvice = {
    Advice{"bind.in_use", "the port is taken: stop what listens there, or choose another with --port (QUDAO_PORT)"},
    Advice{"bind.refused", "this account may not listen there: choose a port above 1023"},
    Advice{"bind.address", "--bind takes an address of this machine, e.g. 127.0.0.1"},
    Advice{"database.url", "--db takes sqlite:///absolute/path or mysql://user[:password]@host[:port]/name"},
    Advice{"database.unavailable", "the database cannot be reached: check that it runs, its address, account and password (QUDAO_DB_PASSWORD)"},
    Advice{"database.newer", "the database was made by a later version of Qudao: use that version, or another database"},
    Advice{"demo.not_empty", "the database holds customers already; a demonstration needs one of its own"},
    Advice{"demo.size", "--customers takes a number from 12 to 2000000"},
    Advice{"feed.busy", "a feed of this kind is being imported; one that was cut off is taken over after half a minute, or by qudao feed resume"},
    Advice{"feed.truncated", "the file stops before its last line: ask for it again"},
    Advice{"feed.kind", "the kind named is not the file's, see its first line"},
    Advice{"feed.older", "a newer file of this feed has been imported; nothing was changed"},
    Advice{"feed.too_many_rejected", "nothing was changed; see which lines and why on the screen of feeds"},
    Advice{"people.login_taken", "choose another login"},
    Advice{"people.password_short", "take a longer password: several unrelated words do well"},
    Advice{"people.password_common", "this password is among the first to be guessed; take another"},
    Advice{"people.role_level", "a role is held at units of its level: province, network, branch or front line"},
    Advice{"organisation.no_root", "the database is empty: --unit-name names the province that is made with the first administrator"},
    Advice{"people.unknown", "qudao user list shows the logins"},
    Advice{"plan.unknown_actor", "--actor takes a login; qudao user list shows them"},
    Advice{"plan.file", "check the path and that the file may be read"},
    Advice{"rights.missing", "this person may not do that: see the roles with qudao user list"},
    Advice{"date.format", "dates are written yyyy-MM-dd"},
    Advice{"web.directory", "--web takes the folder of the built client; leave it out to serve the API alone"},
};

std::int64_t now_ms() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

}  // namespace

int fail(std::string_view command, const Error& error) {
    std::cerr << "qudao " << command << ": " << error.code;
    for (const ErrorParam& param : error.params) std::cerr << ' ' << param.name << '=' << param.value;
    std::cerr << '\n';
    if (!error.detail.empty()) std::cerr << "  " << error.detail << '\n';
    for (const FieldError& field : error.fields) {
        std::cerr << "  " << field.field << ": " << field.code;
        for (const ErrorParam& param : field.params) std::cerr << ' ' << param.name << '=' << param.value;
        std::cerr << '\n';
    }
    for (const Advice& advice : kAdvice)
        if (advice.code == error.code) std::cerr << "  " << advice.text << '\n';
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
