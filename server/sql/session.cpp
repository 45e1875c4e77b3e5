#include "server/sql/session.hpp"

#include <algorithm>
#include <charconv>
#include <deque>

#include "server/sql/native.hpp"

namespace qudao::sql {
namespace {

// Client and server errors of MariaDB that mean one thing each; the header has no names for the server's.
constexpr unsigned kDuplicate = 1062;
constexpr unsigned kLockWait = 1205;
constexpr unsigned kDeadlock = 1213;
constexpr unsigned kRecordChanged = 1020;  // a snapshot's row changed under a locking read
constexpr unsigned kReferenced = 1451;
constexpr unsigned kNoReference = 1452;
constexpr unsigned kCheck = 4025;
constexpr unsigned kCheckMysql = 3819;
constexpr unsigned kTooLong = 1406;
constexpr unsigned kNull = 1048;
constexpr unsigned kAborted = 1927;
constexpr unsigned kShutdown = 1053;
constexpr unsigned kClientFirst = 2000;  // 2000..2999: the connection's

Failure::Kind mysql_kind(unsigned code) {
    switch (code) {
        case kDuplicate: return Failure::Kind::duplicate;
        case kLockWait:
        case kDeadlock:
        case kRecordChanged: return Failure::Kind::busy;
        case kReferenced:
        case kNoReference:
        case kCheck:
        case kCheckMysql:
        case kTooLong:
        case kNull: return Failure::Kind::constraint;
        case kAborted:
        case kShutdown: return Failure::Kind::unavailable;
        default: return code >= kClientFirst && code < kClientFirst + 1000 ? Failure::Kind::unavailable : Failure::Kind::other;
    }
}

// Primary codes only come from SOCI, so the message decides between a unique key and other constraints.
Failure::Kind sqlite_kind(int code, std::string_view message) {
    switch (code & 0xFF) {
        case SQLITE_CONSTRAINT:
            return message.find("UNIQUE") != std::string_view::npos || message.find("PRIMARY KEY") != std::string_view::npos
                       ? Failure::Kind::duplicate
                       : Failure::Kind::constraint;
        case SQLITE_BUSY:
        case SQLITE_LOCKED: return Failure::Kind::busy;
        case SQLITE_CANTOPEN:
        case SQLITE_CORRUPT:
        case SQLITE_FULL:
        case SQLITE_IOERR:
        case SQLITE_NOTADB:
        case SQLITE_PERM:
        case SQLITE_READONLY: return Failure::Kind::unavailable;
        default: return Failure::Kind::other;
    }
}

// what() of a SOCI error holds the statement and the values bound; this holds the database's words alone.
Failure translated(const soci::soci_error& error) {
    const std::string message = error.get_error_message();
    if (const auto* mysql = dynamic_cast<const soci::mysql_soci_error*>(&error))
        return {mysql_kind(mysql->err_num_), static_cast<int>(mysql->err_num_), message};
    if (const auto* sqlite = dynamic_cast<const soci::sqlite3_soci_error*>(&error))
        return {sqlite_kind(sqlite->result(), message), sqlite->result(), message};
    return {Failure::Kind::other, 0, message};
}

template <class Body>
auto translating(Body&& body) -> decltype(body()) {
    try {
        return body();
    } catch (const soci::soci_error& error) {
        throw translated(error);
    }
}

// Values stay where SOCI was told they are, so they live in deques.
class Exchange {
public:
    void use(soci::statement& statement, const Binds& binds) {
        for (const Bind& value : binds) {
            if (const auto* number = std::get_if<std::int64_t>(&value.value)) {
                statement.exchange(soci::use(numbers_.emplace_back(*number), value.name));
            } else if (const auto* text = std::get_if<std::string>(&value.value)) {
                statement.exchange(soci::use(*text, value.name));
            } else {
                statement.exchange(soci::use(numbers_.emplace_back(0), nulls_.emplace_back(soci::i_null), value.name));
            }
        }
    }

private:
    std::deque<long long> numbers_;
    std::deque<soci::indicator> nulls_;
};

std::string sqlite_connect_string(const Address& address) { return "db=\"" + address.path + '"'; }

// SOCI takes 'quoted' values with backslash escapes.
void append_option(std::string& out, std::string_view name, std::string_view value) {
    out.append(name).append("='");
    for (const char c : value) {
        if (c == '\'' || c == '\\') out.push_back('\\');
        out.push_back(c);
    }
    out.append("' ");
}

std::string mysql_connect_string(const Address& address) {
    std::string out;
    append_option(out, "db", address.name);
    append_option(out, "user", address.user);
    if (!address.password.empty()) append_option(out, "password", address.password);
    // The client library takes "localhost" for its default socket even when a port is named.
    const bool by_port = address.host == "localhost" && address.port != 0 && address.socket.empty();
    append_option(out, "host", by_port ? "127.0.0.1" : address.host);
    if (address.port != 0) append_option(out, "port", std::to_string(address.port));
    if (!address.socket.empty()) append_option(out, "unix_socket", address.socket);
    append_option(out, "charset", "utf8mb4");
    append_option(out, "connect_timeout", "10");
    return out;
}

}  // namespace

Bind named(std::string_view name, Date date) {
    return date ? Bind{std::string(name), std::int64_t{date.days}} : Bind{std::string(name), std::monostate()};
}

Session::Native::Native() = default;
Session::Native::~Native() = default;  // statements before the connection

void Session::Native::fail_sqlite(int code) const {
    const std::string message = sqlite_api::sqlite3_errmsg(sqlite);
    throw Failure(sqlite_kind(code, message), code, message);
}

void Session::Native::fail_mysql() const {
    const unsigned code = mysql_errno(mysql);
    throw Failure(mysql_kind(code), static_cast<int>(code), mysql_error(mysql));
}

SqliteStatement::SqliteStatement(const Session::Native& native, std::string_view text) : native_(native) {
    native.check_sqlite(
        sqlite_api::sqlite3_prepare_v2(native.sqlite, text.data(), static_cast<int>(text.size()), &statement_, nullptr));
}

int SqliteStatement::position_of(const std::string& name) const {
    return sqlite_api::sqlite3_bind_parameter_index(statement_, (':' + name).c_str());
}

void SqliteStatement::set(int position, std::string_view text) const {
    native_.check_sqlite(
        sqlite_api::sqlite3_bind_text(statement_, position, text.data(), static_cast<int>(text.size()), SQLITE_STATIC));
}

bool SqliteStatement::step() const {
    const int code = sqlite_api::sqlite3_step(statement_);
    if (code != SQLITE_ROW && code != SQLITE_DONE) native_.fail_sqlite(code);
    return code == SQLITE_ROW;
}

// Each call for a column takes the connection's mutex: the type is asked for only where the value leaves it open.
void SqliteStatement::fill(std::vector<Cell>& cells, std::string_view kinds) const {
    const auto is_null = [&](int column) { return sqlite_api::sqlite3_column_type(statement_, column) == SQLITE_NULL; };
    for (int i = 0; i < static_cast<int>(kinds.size()); ++i) {
        Cell& cell = cells[static_cast<std::size_t>(i)];
        cell = {};
        if (kinds[static_cast<std::size_t>(i)] == 't') {
            const auto* bytes = reinterpret_cast<const char*>(sqlite_api::sqlite3_column_text(statement_, i));
            cell.null = bytes == nullptr;
            if (cell.null && !is_null(i)) native_.fail_sqlite(SQLITE_NOMEM);
            if (!cell.null) cell.text = {bytes, static_cast<std::size_t>(sqlite_api::sqlite3_column_bytes(statement_, i))};
        } else {
            cell.number = sqlite_api::sqlite3_column_int64(statement_, i);
            cell.null = cell.number == 0 && is_null(i);
        }
    }
}

Session::Session(const Address& address, bool reader, std::chrono::milliseconds busy_wait)
    : dialect_(address.dialect), native_(std::make_unique<Native>()) {
    translating([&] {
        if (mariadb()) {
            native_->soci.open(soci::mysql, mysql_connect_string(address));
            native_->mysql = static_cast<soci::mysql_session_backend*>(native_->soci.get_backend())->conn_;
        } else {
            native_->soci.open(soci::sqlite3, sqlite_connect_string(address));
            native_->sqlite = static_cast<soci::sqlite3_session_backend*>(native_->soci.get_backend())->conn_;
        }
    });
    set_up(reader, busy_wait);
}

Session::~Session() { rollback(); }

void Session::set_up(bool reader, std::chrono::milliseconds busy_wait) {
    if (mariadb()) {
        run("set names utf8mb4 collate utf8mb4_nopad_bin");
        // Lists of codes stay ranges of the index instead of becoming joins; modes do not hang on the server's settings.
        run("set session sql_mode = 'STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION', time_zone = '+00:00', autocommit = 1, "
            "tx_isolation = 'REPEATABLE-READ', in_predicate_conversion_threshold = 0, innodb_lock_wait_timeout = " +
            std::to_string(std::max<std::int64_t>(1, busy_wait.count() / 1000)));
        return;
    }
    sqlite_api::sqlite3_busy_timeout(native_->sqlite, static_cast<int>(busy_wait.count()));
    run("pragma foreign_keys = on; pragma temp_store = memory");
    // Full: what was committed survives a power cut, also in WAL. WAL stays with the file, so that readers change nothing of one
    // that may be a stranger's.
    if (!reader) {
        run("pragma journal_mode = wal; pragma synchronous = full; pragma journal_size_limit = 67108864; pragma cache_size = -262144");
        return;
    }
    // Readers look at the file in place (the library's own limit is 2 GB, the rest goes through their caches): a commit
    // empties a reader's cache, and copying the pages back took a fifth of a list's time.
    run("pragma query_only = on; pragma cache_size = -16000; pragma mmap_size = 2147418112");
}

std::int64_t Session::execute(std::string_view statement, const Binds& binds) {
    return translating([&]() -> std::int64_t {
        Exchange exchange;
        soci::statement prepared(native_->soci);
        prepared.alloc();
        prepared.prepare(std::string(statement));
        exchange.use(prepared, binds);
        prepared.define_and_bind();
        prepared.execute(true);
        return prepared.get_affected_rows();
    });
}

namespace {

// Kept statements hold their values and their read transaction until they are reset.
class InUse {
public:
    explicit InUse(const SqliteStatement& statement) : statement_(statement) {}
    ~InUse() {
        statement_.reset();
        statement_.forget_values();
    }
    InUse(const InUse&) = delete;
    InUse& operator=(const InUse&) = delete;

private:
    const SqliteStatement& statement_;
};

void set_values(const SqliteStatement& statement, const Binds& binds) {
    for (const Bind& value : binds) {
        const int position = statement.position_of(value.name);
        if (const auto* number = std::get_if<std::int64_t>(&value.value)) statement.set(position, *number);
        else if (const auto* text = std::get_if<std::string>(&value.value)) statement.set(position, *text);
        else statement.set_null(position);
    }
}

}  // namespace

void Session::select_sqlite(std::string_view statement, std::string_view kinds, const Binds& binds, const EachRow& each) {
    // Taken out while it runs, so that the same statement inside `each` is another one.
    constexpr std::size_t kKept = 100;
    constexpr std::size_t kLongestKept = 8192;  // longer ones list values and do not come again
    std::string text(statement);
    auto kept = native_->prepared.extract(text);
    std::unique_ptr<SqliteStatement> prepared =
        kept.empty() ? std::make_unique<SqliteStatement>(*native_, statement) : std::move(kept.mapped());
    {
        const InUse in_use(*prepared);
        set_values(*prepared, binds);
        std::vector<Cell> cells(kinds.size());
        while (prepared->step()) {
            prepared->fill(cells, kinds);
            each(Row(cells));
        }
    }
    if (text.size() > kLongestKept) return;
    if (native_->prepared.size() == kKept) native_->prepared.clear();
    native_->prepared.insert_or_assign(std::move(text), std::move(prepared));
}

std::string Session::with_values(std::string_view statement, const Binds& binds) {
    std::string out;
    out.reserve(statement.size() + 32 * binds.size());
    const auto in_name = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
    char quote = 0;
    for (std::size_t at = 0; at < statement.size();) {
        const char c = statement[at];
        if (quote != 0 || c != ':') {
            if (quote != 0 ? c == quote : c == '\'' || c == '"' || c == '`') quote = quote != 0 ? '\0' : c;
            out.push_back(c);
            ++at;
            continue;
        }
        std::size_t end = ++at;
        while (end < statement.size() && in_name(statement[end])) ++end;
        const std::string_view name = statement.substr(at, end - at);
        const auto bind = std::find_if(binds.begin(), binds.end(), [&](const Bind& b) { return b.name == name; });
        if (bind == binds.end()) throw Failure(Failure::Kind::other, 0, "no value for :" + std::string(name));
        if (const auto* number = std::get_if<std::int64_t>(&bind->value)) out.append(std::to_string(*number));
        else if (const auto* text = std::get_if<std::string>(&bind->value)) append_quoted(out, *text);
        else out.append("null");
        at = end;
    }
    return out;
}

void Session::select(std::string_view statement, std::string_view kinds, const Binds& binds, const EachRow& each) {
    if (!mariadb()) return select_sqlite(statement, kinds, binds, each);
    read(with_values(statement, binds), kinds, each);
}

std::optional<std::int64_t> Session::number(std::string_view statement, const Binds& binds) {
    std::optional<std::int64_t> out;
    select(statement, "i", binds, [&](const Row& row) {
        if (!row.null(0)) out = row.number(0);
    });
    return out;
}

std::int64_t Session::last_id() {
    return mariadb() ? static_cast<std::int64_t>(mysql_insert_id(native_->mysql))
                     : sqlite_api::sqlite3_last_insert_rowid(native_->sqlite);
}

std::int64_t Session::run(std::string_view statement) {
    if (mariadb()) {
        if (mysql_real_query(native_->mysql, statement.data(), statement.size()) != 0) native_->fail_mysql();
        if (MYSQL_RES* rows = mysql_store_result(native_->mysql)) mysql_free_result(rows);
        return static_cast<std::int64_t>(mysql_affected_rows(native_->mysql));
    }
    const std::string text(statement);
    native_->check_sqlite(sqlite_api::sqlite3_exec(native_->sqlite, text.c_str(), nullptr, nullptr, nullptr));
    return sqlite_api::sqlite3_changes(native_->sqlite);
}

namespace {

void fill(std::vector<Cell>& cells, std::string_view kinds, MYSQL_ROW row, const unsigned long* sizes) {
    for (std::size_t i = 0; i < kinds.size(); ++i) {
        cells[i] = {};
        if (row[i] == nullptr) continue;
        cells[i].null = false;
        if (kinds[i] == 't') cells[i].text = {row[i], sizes[i]};
        else std::from_chars(row[i], row[i] + sizes[i], cells[i].number);
    }
}

struct FreeResult {
    void operator()(MYSQL_RES* rows) const { mysql_free_result(rows); }
};

}  // namespace

void Session::read(std::string_view statement, std::string_view kinds, const EachRow& each) {
    if (!mariadb()) return select_sqlite(statement, kinds, {}, each);
    std::vector<Cell> cells(kinds.size());
    if (mysql_real_query(native_->mysql, statement.data(), statement.size()) != 0) native_->fail_mysql();
    const std::unique_ptr<MYSQL_RES, FreeResult> rows(mysql_store_result(native_->mysql));
    if (rows == nullptr) native_->fail_mysql();
    while (MYSQL_ROW row = mysql_fetch_row(rows.get())) {
        fill(cells, kinds, row, mysql_fetch_lengths(rows.get()));
        each(Row(cells));
    }
}

void Session::append_quoted(std::string& out, std::string_view text) {
    out.push_back('\'');
    if (mariadb()) {
        const std::size_t at = out.size();
        out.resize(at + text.size() * 2 + 1);
        out.resize(at + mysql_real_escape_string(native_->mysql, out.data() + at, text.data(), text.size()));
    } else {
        for (const char c : text) {
            if (c == '\'') out.push_back('\'');
            out.push_back(c);
        }
    }
    out.push_back('\'');
}

void Session::begin(std::string_view statement, bool write) {
    settle();
    doomed_.reset();
    // Every update is guarded and locks are taken on purpose: no gap locks, and each statement sees what is committed.
    if (mariadb() && write) run("set transaction isolation level read committed");
    run(statement);
    open_ = true;
    write_ = write;
}

void Session::begin_read() { begin(mariadb() ? "start transaction read only" : "begin", false); }
void Session::begin_write() { begin(mariadb() ? "start transaction" : "begin immediate", true); }

void Session::commit() {
    run("commit");
    open_ = false;
}

// The answer to a rollback that nobody waited for.
void Session::settle() {
    if (!unanswered_) return;
    unanswered_ = false;
    if (mysql_read_query_result(native_->mysql) != 0) native_->fail_mysql();
}

void Session::rollback() noexcept {
    if (!open_) return;
    open_ = false;
    if (mariadb() && !write_) {
        // Who has read needs no answer: whoever takes the session next finds it there.
        constexpr std::string_view kRollback = "rollback";
        unanswered_ = mysql_send_query(native_->mysql, kRollback.data(), kRollback.size()) == 0;
        broken_ = broken_ || !unanswered_;
        return;
    }
    try {
        run("rollback");
    } catch (const Failure&) {
        // SQLite rolls back by itself on some errors and then refuses; a lost connection of MariaDB has rolled back.
        broken_ = broken_ || mariadb();
    }
}

Error Session::doom(const Failure& failure) {
    if (failure.kind() == Failure::Kind::unavailable) broken_ = true;
    Error error = error_of(failure);
    if (!doomed_) doomed_ = error;
    return error;
}

}  // namespace qudao::sql
