#include "server/sql/migrate.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "shared/base/pinyin.hpp"

namespace qudao::sql {
namespace {

// done: statements of the migration that have been executed; finished: all of them. MariaDB commits at every DDL
// statement, so a migration that was cut off goes on where it was.
constexpr std::string_view kProgressTable =
    "create table if not exists schema_version ("
    "version integer not null primary key, done integer not null, finished integer not null)";

// A step that no statement can do.
constexpr std::string_view kInitialsStep = "step: initials of customers";

constexpr std::string_view kLaid = "engine = InnoDB default character set utf8mb4 collate utf8mb4_nopad_bin";

// MariaDB's answers to a statement that was executed just before the program was stopped: table, column, index exists;
// and of the one row of a table of one row.
bool already_done(const Failure& failure) {
    constexpr std::array kCodes = {1050, 1060, 1061, 1062};
    for (const int code : kCodes)
        if (failure.vendor_code() == code) return true;
    return false;
}

void replace_all(std::string& text, std::string_view what, std::string_view by) {
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size())) text.replace(at, what.size(), by);
}

std::string in_dialect(std::string text, Dialect dialect) {
    const bool mariadb = dialect == Dialect::mariadb;
    replace_all(text, "{key}", mariadb ? "bigint not null auto_increment primary key" : "integer not null primary key");
    replace_all(text, "{table}", mariadb ? kLaid : "");
    replace_all(text, "{laid}", mariadb ? kLaid : "without rowid");
    replace_all(text, "{initials of customers}", kInitialsStep);
    return text;
}

// Can be done again from the start. Rows by the hundred, as each statement goes to the database and back.
void fill_initials(Session& session) {
    constexpr std::string_view kPage = "select id, name from customer where id > :id order by id limit 200";
    for (std::int64_t last = 0;;) {
        std::vector<std::pair<std::int64_t, std::string>> page;
        session.select(std::string(kPage), "it", {named("id", last)}, [&](const Row& row) { page.emplace_back(row.number(0), name_initials(row.text(1))); });
        if (page.empty()) return;
        std::string sql = "update customer set initials = case id";
        Binds binds;
        for (std::size_t i = 0; i < page.size(); ++i) {
            const std::string at = std::to_string(i);
            sql += " when :id" + at + " then :initials" + at;
            binds.push_back(named("id" + at, page[i].first));
            binds.push_back(named("initials" + at, page[i].second));
        }
        sql += " else initials end where id between :first and :last";
        binds.push_back(named("first", page.front().first));
        binds.push_back(named("last", page.back().first));
        session.execute(sql, binds);
        last = page.back().first;
    }
}

void apply(Session& session, const std::string& statement) {
    if (statement == kInitialsStep) fill_initials(session);
    else session.run(statement);
}

bool exists(Session& session) {
    return session
               .number(session.mariadb()
                           ? "select 1 from information_schema.tables where table_schema = database() and table_name = 'schema_version'"
                           : "select 1 from sqlite_master where type = 'table' and name = 'schema_version'")
               .has_value();
}

void apply_sqlite(Session& session, const Migration& migration) {
    for (const std::string& statement : statements_of(migration.text, Dialect::sqlite)) apply(session, statement);
    session.execute("insert into schema_version (version, done, finished) values (:version, 0, 1)", {named("version", migration.number)});
}

void apply_mariadb(Session& session, const Migration& migration) {
    const Binds version = {named("version", migration.number)};
    const auto begun = session.number("select done from schema_version where version = :version", version);
    if (!begun) session.execute("insert into schema_version (version, done, finished) values (:version, 0, 0)", version);
    const std::int64_t done = begun.value_or(0);
    const std::vector<std::string> statements = statements_of(migration.text, Dialect::mariadb);
    for (std::size_t i = static_cast<std::size_t>(done); i < statements.size(); ++i) {
        try {
            apply(session, statements[i]);
        } catch (const Failure& failure) {
            if (!begun || i != static_cast<std::size_t>(done) || !already_done(failure)) throw;
        }
        session.execute("update schema_version set done = :done where version = :version",
                        {named("done", static_cast<std::int64_t>(i) + 1), version[0]});
    }
    session.execute("update schema_version set finished = 1 where version = :version", version);
}

// Number to whether it is finished, of all that the database has begun.
using Applied = std::map<int, bool>;
Applied applied_in(Session& session) {
    Applied applied;
    if (!exists(session)) return applied;
    session.select("select version, finished from schema_version", "ii", {},
                   [&](const Row& row) { applied[static_cast<int>(row.number(0))] = row.number(1) != 0; });
    return applied;
}

bool contains(const std::vector<Migration>& all, int number) {
    return std::any_of(all.begin(), all.end(), [&](const Migration& migration) { return migration.number == number; });
}

// The highest up to which all are there.
int reached(const std::vector<Migration>& all, const Applied& applied) {
    int version = 0;
    for (const Migration& migration : all) {
        const auto found = applied.find(migration.number);
        if (found == applied.end() || !found->second) break;
        version = migration.number;
    }
    return version;
}

// One migrates at a time; SQLite by its write lock, MariaDB by a named lock of the connection.
class OnlyMigrator {
public:
    explicit OnlyMigrator(Session& session) : session_(session) {
        if (!session.mariadb()) {
            session.begin_write();
            return;
        }
        if (session.number("select get_lock(concat('qudao_migrate_', database()), 60)") != 1)
            throw Failure(Failure::Kind::busy, 0, "another program is migrating this database");
    }
    ~OnlyMigrator() {
        session_.rollback();
        if (!session_.mariadb()) return;
        try {
            session_.run("do release_lock(concat('qudao_migrate_', database()))");
        } catch (const Failure&) {  // the connection is gone, and the lock with it
        }
    }
    OnlyMigrator(const OnlyMigrator&) = delete;
    OnlyMigrator& operator=(const OnlyMigrator&) = delete;
    void commit() {
        if (!session_.mariadb()) session_.commit();
    }

private:
    Session& session_;
};

}  // namespace

int program_version() { return migrations().back().number; }

std::vector<std::string> statements_of(std::string_view migration, Dialect dialect) {
    std::vector<std::string> out;
    std::string statement;
    while (!migration.empty()) {
        const std::size_t end = migration.find('\n');
        const std::string_view line = migration.substr(0, end);
        migration.remove_prefix(end == std::string_view::npos ? migration.size() : end + 1);
        if (line.starts_with("--") || line.empty()) continue;
        statement.append(line);
        if (!line.ends_with(';')) {
            statement.push_back('\n');
            continue;
        }
        statement.pop_back();
        out.push_back(in_dialect(std::exchange(statement, {}), dialect));
    }
    return out;
}

int version_of(Session& session) { return reached(migrations(), applied_in(session)); }

Result<Migrated> migrate(Session& session, const std::vector<Migration>& all) {
    OnlyMigrator only(session);
    session.run(std::string(kProgressTable) + (session.mariadb() ? " engine = InnoDB" : ""));
    const Applied applied = applied_in(session);
    const int to = all.back().number;
    // Also one that a later program began and did not finish.
    for (const auto& [number, finished] : applied)
        if (!contains(all, number)) return Error::of("database.newer").with("database", std::int64_t{number}).with("program", std::int64_t{to});
    for (const Migration& migration : all) {
        const auto found = applied.find(migration.number);
        if (found != applied.end() && found->second) continue;
        if (session.mariadb()) apply_mariadb(session, migration);
        else apply_sqlite(session, migration);
    }
    only.commit();
    return Migrated{reached(all, applied), to};
}

}  // namespace qudao::sql
