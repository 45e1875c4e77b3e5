// Rows of a feed by columns, as they are checked: what its Format names, in the format's order.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "shared/base/date.hpp"
#include "shared/base/string_column.hpp"
#include "shared/feed/format.hpp"

namespace qudao::feed {

inline constexpr std::int64_t kNoNumber = INT64_MIN;  // an optional number that is not given

struct Values {  // of one column: texts or numbers, as its type says
    StringColumn text;
    std::vector<std::int64_t> number;
};

struct Rows {
    Kind kind = Kind::subscribers;
    std::vector<std::int64_t> line;  // as an editor counts, the file's first being 1
    std::vector<Values> columns;

    explicit Rows(Kind of = Kind::subscribers) : kind(of), columns(format_of(of).columns.size()) {}
    std::size_t size() const { return line.size(); }
    bool empty() const { return line.empty(); }
    void clear() {
        line.clear();
        for (Values& column : columns) {
            column.text.clear();
            column.number.clear();
        }
    }
    std::string_view text(std::size_t column, std::size_t row) const { return columns[column].text[row]; }
    std::int64_t number(std::size_t column, std::size_t row) const { return columns[column].number[row]; }
};

// A line that was left out, and why: missing, too_long, encoding, columns, status, date, money, period, repeated.
struct Rejected {
    std::int64_t line = 0;
    std::string reason;
    std::string field;  // the column at fault, or empty
    std::string text;   // the line as far as it can be shown, UTF-8, at most 500 characters
    friend bool operator==(const Rejected&, const Rejected&) = default;
};

// What the first line says.
struct Head {
    Kind kind = Kind::subscribers;
    Date day;       // of a daily or weekly feed
    Period period;  // of a monthly one
    bool gbk = false;
    std::string source;
    friend bool operator==(const Head&, const Head&) = default;
};

}  // namespace qudao::feed
