// The rows of the workbook with their verdicts: reasons at the left as filters, the rows in view at the right.
#include <array>
#include <string>
#include <vector>

#include "client/views/common/format.hpp"
#include "client/views/common/list_draw.hpp"
#include "client/views/workbench/workbench_draw.hpp"
#include "client/widgets/widgets.hpp"

namespace qudao::client::workbench {
namespace {

ui::Verdict shown_as(std::string_view verdict) {
    if (verdict == "moved") return ui::Verdict::moved;
    if (verdict == "refused") return ui::Verdict::refused;
    return verdict == "dropped" ? ui::Verdict::kept : ui::Verdict::unchanged;
}

struct Drawer {
    const Model& model;
    Ui& ui;
    const World& world;
    CommandQueue<Event>& events;
    const Words& words = world.words;

    struct Line {
        int depth = 0;
        std::string_view label;
        std::int64_t count = 0;
        engine::RowFilter filter;
    };

    static engine::RowFilter filter_of(std::string_view verdict, std::string_view reason = {}) {
        engine::RowFilter filter;
        if (!verdict.empty()) filter.verdict = std::string(verdict);
        if (!reason.empty()) filter.reason = std::string(reason);
        return filter;
    }

    void add_reasons(std::vector<Line>& lines, std::string_view verdict, const std::vector<dto::CountDto>& reasons) const {
        for (const dto::CountDto& reason : reasons) {
            const std::string_view label = reason.code == "none" ? words(Text::workbench_dropped_by_hand) : reason_label(world.language(), reason.code);
            lines.push_back({1, label, reason.count, filter_of(verdict, reason.code)});
        }
    }

    // Verdicts, their reasons, and the rows that reading did something to.
    std::vector<Line> lines() const {
        const engine::Summary& summary = *model.summary;
        const auto verdict = [&](std::string_view code, std::int64_t count) { return Line{0, verdict_label(world.language(), code), count, filter_of(code)}; };
        std::vector<Line> all = {{0, words(Text::all), summary.rows, {}}, verdict("moved", summary.moved), verdict("unchanged", summary.unchanged), verdict("refused", summary.refused)};
        add_reasons(all, "refused", summary.reasons);
        all.push_back(verdict("dropped", summary.dropped));
        add_reasons(all, "dropped", summary.dropped_reasons);
        Line restored{0, words(Text::filter_restored), model.facts.restored_codes, {}}, hidden{0, words(Text::filter_hidden), model.facts.hidden_rows, {}};
        restored.filter.restored_only = true;
        hidden.filter.hidden_only = true;
        if (restored.count > 0) all.push_back(std::move(restored));
        if (hidden.count > 0) all.push_back(std::move(hidden));
        return all;
    }

    void filters() {
        const std::vector<Line> all = lines();
        const engine::RowFilter& now = model.rows.filter;
        ui::tree("filters", static_cast<std::int64_t>(all.size()), ui::height_left(), [&](std::int64_t at) {
            const Line& line = all[static_cast<std::size_t>(at)];
            const engine::RowFilter& filter = line.filter;
            const bool selected = now.verdict == filter.verdict && now.reason == filter.reason && now.hidden_only == filter.hidden_only && now.restored_only == filter.restored_only;
            const std::string digits = format_count(line.count);
            if (!ui::tree_row({.key = at, .depth = line.depth, .label = line.label, .count = digits, .selected = selected, .dim = line.count == 0}).chosen) return;
            engine::RowFilter chosen = filter;
            chosen.text = now.text;
            events.push(FilterChanged{std::move(chosen)});
        });
    }

    std::int64_t checked_count() const { return model.rows.all_checked ? model.rows.page.matching : static_cast<std::int64_t>(model.rows.checked.size()); }

    void tools() {
        if (ui.filtered_text != model.rows.filter.text) ui.search = ui.filtered_text = model.rows.filter.text;
        const ui::InputResult typed = ui::search_field(words.id(Text::workbench_search), ui.search, {.placeholder = words(Text::workbench_search_hint), .width = 230});
        if (typed.submitted || (typed.changed && ui.search.empty())) {
            engine::RowFilter filter = model.rows.filter;
            filter.text = ui.search;
            ui.filtered_text = ui.search;
            events.push(FilterChanged{std::move(filter)});
        }
        const std::int64_t checked = checked_count();
        ui::beside(14);
        ui::align_to_controls();
        ui::muted(checked == 0 ? words(Text::workbench_matching, {{"count", format_count(model.rows.page.matching)}}) : words(Text::workbench_checked, {{"count", format_count(checked)}}));
        const bool dropped = model.rows.filter.verdict == "dropped";
        const std::string label(words(dropped ? Text::workbench_restore_checked : Text::workbench_drop_checked));
        const bool has_refused = model.summary->refused > 0, has_dropped = model.summary->dropped > 0;
        const Text save = has_refused ? Text::workbench_save_refused : Text::workbench_save_dropped;
        float width = ui::button_width(label);
        if (has_refused || has_dropped) width += 8 + ui::button_width(words(save), ui::Icon::download);
        ui::beside(0);
        ui::align_right(width);
        if (has_refused || has_dropped) {
            if (ui::button(words.id(save, "save_rows"), {.icon = ui::Icon::download})) {
                if (has_refused) events.push(SaveRefusedPressed{});
                else events.push(SaveDroppedPressed{});
            }
            ui::beside();
        }
        if (ui::button(with_id(label, "drop_checked"), {.enabled = checked > 0 && !model.planning, .why_disabled = words(Text::workbench_check_first)}))
            events.push(DropChecked{!dropped});
    }

    std::vector<ui::Column> columns() const {
        std::vector<ui::Column> all = {
            {.key = "row", .title = words(Text::column_file_row), .width = 56, .align = ui::Align::right, .sortable = true},
            {.key = "customer", .title = words(Text::column_customer_code), .width = 106, .sortable = true},
            {.key = "from", .title = words(Text::column_from), .sortable = true},
            {.key = "to", .title = words(Text::column_to), .sortable = true},
            {.key = "verdict", .title = words(Text::column_verdict), .width = 72, .sortable = true},
            {.key = "why", .title = words(Text::column_why)},
        };
        if (ui::width_left() > 1000) all.push_back({.key = "note", .title = words(Text::column_note), .sortable = true});
        return all;
    }

    // The short reason; the sentence that says what to do in a tooltip.
    void why_cell(ui::Table& table, const engine::RowView& row) const {
        if (row.reason != "none") {
            table.custom(reason_label(world.language(), row.reason), [&] {
                ui::cut(reason_label(world.language(), row.reason));
                ui::tooltip(reason_sentence(world.language(), row.reason, row.detail));
            });
        } else if (row.restored || row.hidden) {
            table.cell_muted(words(row.restored ? Text::workbench_row_restored : Text::workbench_row_hidden));
        } else {
            table.cell("");
        }
    }

    void cells(ui::Table& table, const engine::RowView& row, bool with_note) const {
        table.number(format_count(row.row));
        table.cell(row.customer_code);
        draw_unit_cell(table, world, row.from);
        if (row.to == 0) table.cell(row.target_code);
        else draw_unit_cell(table, world, row.to);
        table.custom(verdict_label(world.language(), row.verdict), [&] { ui::verdict_badge(shown_as(row.verdict), verdict_label(world.language(), row.verdict)); });
        why_cell(table, row);
        if (with_note) table.cell_muted(row.note);
    }

    void table() {
        const std::vector<ui::Column> shown = columns();
        const bool with_note = shown.back().key == "note";
        const Rows& rows = model.rows;
        const int all = rows.all_checked ? 1 : rows.checked.empty() ? 0 : 2;
        ui::Table table("verdicts", shown,
                        {.row_count = rows.page.matching, .sort = {rows.order, rows.descending}, .menus = false, .selectable = true, .all_selected = all, .clickable = false,
                         .empty_words = words(Text::workbench_no_rows), .label = words(Text::tab_rows), .scroll_to_top = ui.rows_shown != rows.shown});
        ui.rows_shown = rows.shown;
        while (table.next_row()) {
            const engine::RowView* row = rows.at(table.row());
            if (row == nullptr) {
                table.begin_row({.key = -2, .label = "", .dim = true});
                for (std::size_t i = 0; i < shown.size(); ++i) table.cell_muted("…");
                continue;
            }
            const bool checked = rows.all_checked || rows.checked.contains(row->index);
            // One without a code is called by its line in the file.
            const std::string line = row->customer_code.empty() ? format_count(row->row) : std::string();
            table.begin_row({.key = row->index, .label = line.empty() ? std::string_view(row->customer_code) : line, .checked = checked, .dim = row->verdict == "dropped"});
            cells(table, *row, with_note);
        }
        const ui::TableEvents used = table.end();
        if (used.check_all) events.push(AllChecked{});
        if (used.checked_key >= 0) events.push(RowChecked{used.checked_key});
        if (!used.sort_key.empty()) events.push(OrderChanged{used.sort_key, used.sort_descending});
        if (used.last_visible >= 0 && rows.stretch_wanted(used.first_visible, used.last_visible))
            events.push(RowsVisible{used.first_visible, used.last_visible});
    }
};

}  // namespace

void draw_rows(const Model& model, Ui& ui, const World& world, CommandQueue<Event>& events) {
    Drawer drawer{model, ui, world, events};
    ui::Columns columns("rows", {228, 1}, 12);
    columns.next();
    drawer.filters();
    columns.next();
    drawer.tools();
    ui::gap(8);
    if (!model.rows.came) ui::loading(world.words(Text::list_loading));
    else drawer.table();
}

}  // namespace qudao::client::workbench
