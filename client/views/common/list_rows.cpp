#include "client/views/common/list_rows.hpp"

namespace qudao::client {

void ListRows::clear() {
    columns_.clear();
    persons_.clear();
    size_ = 0;
}

void ListRows::append(const dto::ListPage& page) {
    if (columns_.empty()) {
        for (const std::string& name : page.columns) {
            const query::Field* field = query::find_field(source_, name);
            columns_.push_back({name, field != nullptr && field->type == query::FieldType::text, {}, {}});
        }
    }
    for (const auto& row : page.rows) {
        if (row.size() != columns_.size()) continue;
        for (std::size_t i = 0; i < row.size(); ++i) {
            Column& column = columns_[i];
            if (column.is_text) {
                const auto* words = std::get_if<std::string>(&row[i]);
                column.texts.push_back(words == nullptr ? std::string_view() : std::string_view(*words));
            } else {
                const auto* value = std::get_if<std::int64_t>(&row[i]);
                column.numbers.push_back(value == nullptr ? kNone : *value);
            }
        }
        ++size_;
    }
    if (page.persons)
        for (const dto::PersonNameDto& person : *page.persons) persons_[person.id] = person.name;
}

int ListRows::column(std::string_view name) const {
    for (std::size_t i = 0; i < columns_.size(); ++i)
        if (columns_[i].name == name) return static_cast<int>(i);
    return -1;
}

std::string_view ListRows::text(std::int64_t row, int column) const {
    if (column < 0 || row < 0 || row >= size_) return {};
    const Column& from = columns_[static_cast<std::size_t>(column)];
    return from.is_text ? from.texts[static_cast<std::size_t>(row)] : std::string_view();
}

std::optional<std::int64_t> ListRows::number(std::int64_t row, int column) const {
    if (column < 0 || row < 0 || row >= size_) return std::nullopt;
    const Column& from = columns_[static_cast<std::size_t>(column)];
    if (from.is_text || from.numbers[static_cast<std::size_t>(row)] == kNone) return std::nullopt;
    return from.numbers[static_cast<std::size_t>(row)];
}

std::string_view ListRows::person(std::int64_t id) const {
    const auto found = persons_.find(id);
    return found == persons_.end() ? std::string_view() : std::string_view(found->second);
}

}  // namespace qudao::client
