#include "client/engine/shown_table.hpp"

#include <algorithm>

#include "shared/base/money.hpp"
#include "shared/base/text.hpp"
#include "shared/workbook/table_writer.hpp"

namespace qudao::engine {
namespace {

workbook::ColumnKind kind_of(const std::string& kind) {
    if (kind == "integer") return workbook::ColumnKind::integer;
    return kind == "yuan" ? workbook::ColumnKind::yuan : workbook::ColumnKind::text;
}

// Wide enough for most of what stands in the column, a Chinese character counting two.
double width_of(std::string_view words) {
    return static_cast<double>(static_cast<std::size_t>(count_code_points(words)) + words.size()) / 2;
}

void write_cell(workbook::RowWriter& writer, workbook::ColumnKind kind, std::string_view words) {
    if (words.empty()) return writer.empty();
    if (kind != workbook::ColumnKind::text) {
        const auto fen = parse_yuan(words);
        if (fen && kind == workbook::ColumnKind::yuan) return writer.yuan(*fen);
        if (fen && *fen % 100 == 0) return writer.integer(*fen / 100);
    }
    writer.text(words);
}

}  // namespace

Result<std::string> write_shown(const ShownTable& table, std::string_view cells) {
    const auto columns = static_cast<std::int64_t>(table.titles.size());
    const auto found = static_cast<std::int64_t>(std::count(cells.begin(), cells.end(), kCellEnd));
    if (columns == 0 || table.kinds.size() != table.titles.size() || found != columns * table.rows)
        return Error::of("protocol.broken").with("detail", "cells");
    std::vector<double> widths;
    for (const std::string& title : table.titles) widths.push_back(width_of(title) + 2);
    std::string_view rest = cells;
    for (std::int64_t i = 0; i < std::min<std::int64_t>(found, 200 * columns); ++i) {
        const std::size_t end = rest.find(kCellEnd);
        double& width = widths[static_cast<std::size_t>(i % columns)];
        width = std::clamp(std::max(width, width_of(rest.substr(0, end)) + 2), 8.0, 60.0);
        rest.remove_prefix(end + 1);
    }
    workbook::TableSpec spec;
    spec.sheet = table.sheet;
    for (std::size_t i = 0; i < table.titles.size(); ++i) spec.columns.push_back({table.titles[i], kind_of(table.kinds[i]), widths[i]});
    std::int64_t next = 0;
    const workbook::RowSource source = [&](workbook::RowWriter& writer) {
        if (next++ == table.rows) return false;
        for (const workbook::ColumnSpec& column : spec.columns) {
            const std::size_t end = cells.find(kCellEnd);
            write_cell(writer, column.kind, cells.substr(0, end));
            cells.remove_prefix(end + 1);
        }
        return true;
    };
    return workbook::write_table(spec, source, {});
}

}  // namespace qudao::engine
