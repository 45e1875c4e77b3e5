#include "client/views/shell/shown_table.hpp"

#include "client/engine/shown_table.hpp"
#include "client/views/common/format.hpp"
#include "shared/dto/codec.hpp"

namespace qudao::client::shell {
namespace {

std::string_view cell_of(const std::vector<std::string>& row, std::size_t column) {
    return column < row.size() ? std::string_view(row[column]) : std::string_view();
}

std::string label_of(const ui::TableText& table, const World& world) {
    return table.label.empty() ? std::string(world.words(Text::product)) : table.label;
}

}  // namespace

std::string kind_of_column(const ui::TableText& table, std::size_t column) {
    if (!table.columns[column].number) return "text";
    bool figures = false, decimals = false;
    for (const auto& row : table.rows) {
        const std::string_view words = cell_of(row, column);
        const std::string plain = ui::plain_figure(words);
        // "no data" among figures stays a word; the column is one of numbers all the same.
        if (plain.empty()) continue;
        figures = true;
        const std::size_t point = plain.find('.');
        decimals = decimals || point != std::string::npos;
        if (point != std::string::npos && plain.size() - point != 3) return "text";
    }
    return !figures ? "text" : decimals ? "yuan" : "integer";
}

SaveShown save_shown(const ui::TableText& table, const World& world) {
    SaveShown save;
    const std::string label = label_of(table, world);
    save.table.sheet = label;
    save.table.file_name = world.words(Text::file_table, {{"name", label}, {"day", world.session.day}});
    std::vector<std::string> kinds;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
        save.table.titles.push_back(table.columns[i].title);
        save.table.kinds.push_back(kind_of_column(table, i));
    }
    const auto add = [&](const std::vector<std::string>& row) {
        for (std::size_t i = 0; i < table.columns.size(); ++i) {
            const std::string_view words = cell_of(row, i);
            const std::string plain = save.table.kinds[i] == "text" ? std::string() : ui::plain_figure(words);
            for (const char c : plain.empty() ? words : std::string_view(plain)) save.cells += c == engine::kCellEnd ? ' ' : c;
            save.cells += engine::kCellEnd;
        }
    };
    for (const auto& row : table.rows) add(row);
    if (!table.totals.empty()) add(table.totals);
    save.table.rows = static_cast<std::int64_t>(table.rows.size()) + (table.totals.empty() ? 0 : 1);
    return save;
}

std::string print_json(const ui::TableText& table, const World& world) {
    dto::Json page;
    const std::string rows = format_count(static_cast<std::int64_t>(table.rows.size()));
    page["title"] = label_of(table, world);
    page["lines"] = dto::Json::array({world.words(Text::print_line, {{"day", world.session.day}, {"person", world.session.name}, {"count", rows}})});
    dto::Json columns = dto::Json::array();
    for (const ui::TableText::Column& column : table.columns) columns.push_back({{"title", column.title}, {"number", column.number}});
    page["columns"] = std::move(columns);
    page["rows"] = table.rows;
    page["totals"] = table.totals;
    page["note"] = table.more_exist ? world.words(Text::table_part, {{"count", rows}}) : std::string();
    return page.dump(-1, ' ', false, dto::Json::error_handler_t::replace);
}

}  // namespace qudao::client::shell
