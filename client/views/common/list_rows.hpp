// The rows of a list that have come so far, by columns: a hundred thousand of them in some twenty megabytes.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/string_column.hpp"
#include "shared/dto/list_dto.hpp"

namespace qudao::client {

class ListRows {
public:
    explicit ListRows(query::Source source = query::Source::customer) : source_(source) {}
    void clear();
    // The first page after clear() says the columns; one with others is ignored.
    void append(const dto::ListPage& page);

    std::int64_t size() const { return size_; }
    int column(std::string_view name) const;  // -1 if there is none
    std::string_view text(std::int64_t row, int column) const;
    std::optional<std::int64_t> number(std::int64_t row, int column) const;
    std::string_view text(std::int64_t row, std::string_view name) const { return text(row, column(name)); }
    std::optional<std::int64_t> number(std::int64_t row, std::string_view name) const { return number(row, column(name)); }
    std::string_view person(std::int64_t id) const;  // a name that came with the rows, "" if none did

private:
    struct Column {
        std::string name;
        bool is_text = false;
        StringColumn texts;
        std::vector<std::int64_t> numbers;  // kNone: no data
    };
    static constexpr std::int64_t kNone = INT64_MIN;
    query::Source source_;
    std::vector<Column> columns_;
    std::int64_t size_ = 0;
    std::map<std::int64_t, std::string> persons_;
};

}  // namespace qudao::client
