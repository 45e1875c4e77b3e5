// Many rows at once, past SOCI, whose vector binds cost MariaDB a round trip a row. MariaDB: literals, 500 rows a
// statement; SQLite: one prepared statement. And the same for looking many rows up by one text.
#pragma once

#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>

#include "server/sql/session.hpp"

namespace qudao::sql {

class BulkInsert {
public:
    // What becomes of a row whose key is there already: the insert fails, the row is left out, or `update` is appended.
    enum class Taken { fails, is_left_out };
    // `table`: "move_stage (row_no, note)", with `columns` columns; `tail` as upsert_tail().
    BulkInsert(Session& session, std::string_view table, std::size_t columns, Taken taken = Taken::fails, std::string_view tail = {});
    ~BulkInsert();
    BulkInsert(const BulkInsert&) = delete;
    BulkInsert& operator=(const BulkInsert&) = delete;

    // Values of a row in the order of the columns; after the last the row is complete. Texts are taken at once (MariaDB)
    // or when the row is complete (SQLite), so they must live until then.
    BulkInsert& add(std::int64_t value);
    BulkInsert& add(std::string_view text);
    BulkInsert& add_null();
    BulkInsert& add(Date date) { return date ? add(std::int64_t{date.days}) : add_null(); }
    void finish();  // nothing is sure to be written before
    // Rows written so far: after a Failure, the one at fault is among those after them.
    std::size_t written() const { return written_; }
    // Of those, the ones that were not left out.
    std::size_t inserted() const { return inserted_; }

private:
    struct Lite;
    void open_value();
    void close_value();
    void flush();

    Session& session_;
    std::size_t columns_;
    std::size_t column_ = 0;
    std::size_t rows_ = 0;  // in the statement
    std::size_t written_ = 0;
    std::size_t inserted_ = 0;
    std::string tail_;
    std::string head_;       // MariaDB: up to "values "
    std::string statement_;  // MariaDB
    std::unique_ptr<Lite> lite_;
};

// What follows the values so that a row whose `key` is taken is updated in these columns instead.
std::string upsert_tail(const Session& session, std::string_view key, std::initializer_list<std::string_view> columns);

// A statement run many times with numbers, in SQLite, where that is as fast as one statement over many rows.
class PreparedLoop {
public:
    PreparedLoop(Session& session, std::string_view statement);
    ~PreparedLoop();
    PreparedLoop(const PreparedLoop&) = delete;
    PreparedLoop& operator=(const PreparedLoop&) = delete;
    // Values of ?1, ?2, …; rows changed.
    std::int64_t run(std::initializer_list<std::int64_t> values);

private:
    struct Lite;
    std::unique_ptr<Lite> lite_;
};

// Rows of a table whose text column `key` is one of the codes; in no particular order. `select`: "select a, b from t",
// `tail`: "" or " for update". Every code must differ from the others.
class BulkLookup {
public:
    BulkLookup(Session& session, std::string_view select, std::string_view key, std::string_view kinds, std::string_view tail);
    ~BulkLookup();
    BulkLookup(const BulkLookup&) = delete;
    BulkLookup& operator=(const BulkLookup&) = delete;
    // At most kChunk codes at a time.
    static constexpr std::size_t kChunk = 5000;
    template <class Codes>
    void find(const Codes& codes, const EachRow& each) {
        for (const std::string_view code : codes) add(code, each);
        run(each);
    }

private:
    struct Lite;
    void add(std::string_view code, const EachRow& each);
    void run(const EachRow& each);

    Session& session_;
    std::string head_;
    std::string tail_;
    std::string kinds_;
    std::string statement_;
    std::unique_ptr<Lite> lite_;
};

}  // namespace qudao::sql
