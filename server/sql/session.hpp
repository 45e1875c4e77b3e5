// One connection to the database. The only place (with its source and bulk.cpp) that sees SOCI; everything above speaks
// in statements, named values and rows. It exists because SOCI's own ways are full of traps: 32-bit integers from SQLite,
// a NULL without an indicator, narrow integers bound into wide values, silence when there is no row. Here every integer
// is 64 bits, every column has a kind, every value a name.
//
// Throws Failure. Not shared between threads.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/sql/failure.hpp"
#include "server/sql/url.hpp"
#include "shared/base/date.hpp"
#include "shared/query/query_spec.hpp"

namespace qudao::sql {

using Value = query::Value;

// A value for `:name`. Names are never repeated inside a statement.
struct Bind {
    std::string name;
    Value value;
};
using Binds = std::vector<Bind>;
inline Bind named(std::string_view name, std::int64_t value) { return {std::string(name), value}; }
inline Bind named(std::string_view name, std::string_view text) { return {std::string(name), std::string(text)}; }
Bind named(std::string_view name, Date date);  // kNoDate: NULL

// A row of a result. Texts live until the next row.
struct Cell {
    bool null = true;
    std::int64_t number = 0;
    std::string_view text;
};
class Row {
public:
    explicit Row(const std::vector<Cell>& cells) : cells_(cells) {}
    bool null(std::size_t column) const { return cells_[column].null; }
    std::int64_t number(std::size_t column) const { return cells_[column].number; }
    std::string_view text(std::size_t column) const { return cells_[column].text; }
    Date date(std::size_t column) const { return null(column) ? kNoDate : Date{static_cast<std::int32_t>(number(column))}; }
    template <class T>
    T id(std::size_t column) const { return T{number(column)}; }  // NULL is 0: none

private:
    const std::vector<Cell>& cells_;
};
using EachRow = std::function<void(const Row&)>;

class Session {
public:
    // A reader refuses to write (SQLite; in MariaDB the transaction does).
    Session(const Address& address, bool reader, std::chrono::milliseconds busy_wait);
    ~Session();
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    Dialect dialect() const { return dialect_; }
    bool mariadb() const { return dialect_ == Dialect::mariadb; }

    // Statements with named values. Rows changed (matched, on both databases).
    std::int64_t execute(std::string_view statement, const Binds& binds = {});
    // `kinds`: one letter a column, 'i' integer, 't' text.
    void select(std::string_view statement, std::string_view kinds, const Binds& binds, const EachRow& each);
    std::optional<std::int64_t> number(std::string_view statement, const Binds& binds = {});
    std::int64_t last_id();

    // Statements without values, straight to the database: DDL, settings, and those built of literals.
    std::int64_t run(std::string_view statement);
    // The same without values; all of the result is held by the client (MariaDB), so read in chunks.
    void read(std::string_view statement, std::string_view kinds, const EachRow& each);
    // 'text' as a literal.
    void append_quoted(std::string& out, std::string_view text);

    void begin_read();
    void begin_write();
    void commit();
    void rollback() noexcept;
    // After an error that leaves the transaction in doubt the commit is refused with that error.
    const std::optional<Error>& doomed() const { return doomed_; }
    Error doom(const Failure& failure);
    bool broken() const { return broken_; }  // to be thrown away, not given back

    struct Native;  // the vendor's handles, for bulk.cpp
    Native& native() { return *native_; }

private:
    void set_up(bool reader, std::chrono::milliseconds busy_wait);
    void begin(std::string_view statement, bool write);
    void settle();
    // MariaDB: every :name outside of quotes as a literal. SOCI writes the same text, and then takes twice as long as the
    // database itself to hand over a page's cells.
    std::string with_values(std::string_view statement, const Binds& binds);
    void select_sqlite(std::string_view statement, std::string_view kinds, const Binds& binds, const EachRow& each);

    Dialect dialect_;
    bool broken_ = false;
    bool open_ = false;        // a transaction is
    bool write_ = false;       // it writes
    bool unanswered_ = false;  // its rollback was sent
    std::optional<Error> doomed_;
    std::unique_ptr<Native> native_;
};

// Runs the body of a store's function; a Failure becomes its Error, and the transaction can no longer commit.
template <class Body>
auto guarded(Session& session, Body&& body) -> decltype(body()) {
    if (session.doomed()) return *session.doomed();
    try {
        return body();
    } catch (const Failure& failure) {
        return session.doom(failure);
    }
}

}  // namespace qudao::sql
