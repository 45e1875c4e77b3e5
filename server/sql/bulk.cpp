#include "server/sql/bulk.hpp"

#include <charconv>
#include <utility>

#include "server/sql/native.hpp"

namespace qudao::sql {
namespace {

// Measured: more rows a statement are no faster, and the statement stays far below max_allowed_packet (16 MB).
constexpr std::size_t kRowsPerStatement = 500;

void append_number(std::string& out, std::int64_t value) {
    char digits[24];
    const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
    out.append(digits, end);
}

}  // namespace

struct BulkInsert::Lite {
    SqliteStatement statement;
};

BulkInsert::BulkInsert(Session& session, std::string_view table, std::size_t columns, Taken taken, std::string_view tail)
    : session_(session), columns_(columns), tail_(tail) {
    const bool ignore = taken == Taken::is_left_out;
    head_.append(!ignore ? "insert into " : session.mariadb() ? "insert ignore into " : "insert or ignore into ");
    head_.append(table).append(" values ");
    if (session.mariadb()) return;
    std::string text = head_;
    for (std::size_t i = 0; i < columns; ++i) text.append(i == 0 ? "(?" : ", ?");
    text.append(")").append(tail_);
    lite_.reset(new Lite{{session.native(), text}});
}

BulkInsert::~BulkInsert() = default;

void BulkInsert::open_value() {
    if (statement_.empty()) statement_ = head_;
    if (column_ == 0) statement_.append(rows_ == 0 ? "(" : ",(");
    else statement_.push_back(',');
}

void BulkInsert::close_value() {
    if (++column_ < columns_) return;
    column_ = 0;
    if (lite_) {
        const auto before = sqlite_api::sqlite3_total_changes(session_.native().sqlite);
        lite_->statement.step();
        lite_->statement.reset();
        ++written_;
        inserted_ += sqlite_api::sqlite3_total_changes(session_.native().sqlite) == before ? 0 : 1;
        return;
    }
    statement_.push_back(')');
    if (++rows_ == kRowsPerStatement) flush();
}

void BulkInsert::flush() {
    if (rows_ == 0) return;
    statement_.append(tail_);
    inserted_ += static_cast<std::size_t>(session_.run(statement_));
    statement_.clear();
    written_ += rows_;
    rows_ = 0;
}

BulkInsert& BulkInsert::add(std::int64_t value) {
    if (lite_) {
        lite_->statement.set(static_cast<int>(column_) + 1, value);
    } else {
        open_value();
        append_number(statement_, value);
    }
    close_value();
    return *this;
}

BulkInsert& BulkInsert::add(std::string_view text) {
    if (lite_) {
        lite_->statement.set(static_cast<int>(column_) + 1, text);
    } else {
        open_value();
        session_.append_quoted(statement_, text);
    }
    close_value();
    return *this;
}

BulkInsert& BulkInsert::add_null() {
    if (lite_) {
        lite_->statement.set_null(static_cast<int>(column_) + 1);
    } else {
        open_value();
        statement_.append("null");
    }
    close_value();
    return *this;
}

void BulkInsert::finish() { flush(); }

std::string upsert_tail(const Session& session, std::string_view key, std::initializer_list<std::string_view> columns) {
    std::string tail = session.mariadb() ? " on duplicate key update " : " on conflict (" + std::string(key) + ") do update set ";
    bool first = true;
    for (const std::string_view column : columns) {
        if (!std::exchange(first, false)) tail.append(", ");
        tail.append(column).append(" = ");
        if (session.mariadb()) tail.append("values(").append(column).append(")");
        else tail.append("excluded.").append(column);
    }
    return tail;
}

struct PreparedLoop::Lite {
    Session::Native& native;
    SqliteStatement statement;
};

PreparedLoop::PreparedLoop(Session& session, std::string_view statement)
    : lite_(new Lite{session.native(), {session.native(), statement}}) {}

PreparedLoop::~PreparedLoop() = default;

std::int64_t PreparedLoop::run(std::initializer_list<std::int64_t> values) {
    int position = 0;
    for (const std::int64_t value : values) lite_->statement.set(++position, value);
    lite_->statement.step();
    lite_->statement.reset();
    return sqlite_api::sqlite3_changes(lite_->native.sqlite);
}

struct BulkLookup::Lite {
    SqliteStatement statement;
    std::vector<Cell> cells;
};

BulkLookup::BulkLookup(Session& session, std::string_view select, std::string_view key, std::string_view kinds, std::string_view tail)
    : session_(session), tail_(tail), kinds_(kinds) {
    head_.append(select).append(" where ").append(key);
    if (session.mariadb()) head_.append(" in (");
    else lite_.reset(new Lite{{session.native(), head_ + " = ?"}, std::vector<Cell>(kinds.size())});
}

BulkLookup::~BulkLookup() = default;

void BulkLookup::add(std::string_view code, const EachRow& each) {
    if (!lite_) {
        if (statement_.empty()) statement_ = head_;
        else statement_.push_back(',');
        session_.append_quoted(statement_, code);
        return;
    }
    lite_->statement.set(1, code);
    if (lite_->statement.step()) {
        lite_->statement.fill(lite_->cells, kinds_);
        each(Row(lite_->cells));
    }
    lite_->statement.reset();
}

void BulkLookup::run(const EachRow& each) {
    if (statement_.empty()) return;
    statement_.append(")").append(tail_);
    session_.read(statement_, kinds_, each);
    statement_.clear();
}

}  // namespace qudao::sql
