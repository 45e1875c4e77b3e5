// The rows of the workbook with their verdicts: reasons at the left as filters, the rows in view at the right.
#include <array>
#include <string>
#include <vector>

#include "client/views/common/format.hpp"
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

    // One line of the filters; a verdict or one of its reasons.
    void filter_line(std::int64_t key, int depth, std::string_view label, std::int64_t count, std::optional<std::string> verdict, std::optional<std::string> reason) {
        const engine::RowFilter& now = model.rows.filter;
        const bool selected = now.verdict == verdict && now.reason == reason && !now.hidden_only && !now.restored_only;
        const std::string digits = format_count(count);
        const ui::TreeRowEvents pressed = ui::tree_row({.key = key, .depth = depth, .label = label, .count = digits, .selected = selected, .dim = count == 0});
        if (!pressed.chosen) return;
        engine::RowFilter filter;
        filter.verdict = std::move(verdict);
        filter.reason = std::move(reason);
        filter.text = now.text;
        events.push(FilterChanged{std::move(filter)});
    }

    void reasons_of(std::int64_t key, std::string_view verdict, const std::vector<dto::CountDto>& reasons) {
        for (const dto::CountDto& reason : reasons) {
            const std::string_view label = reason.code == "none" ? words(Text::workbench_dropped_by_hand) : reason_label(world.language(), reason.code);
            filter_line(++key, 1, label, reason.count, std::string(verdict), reason.code);
        }
    }

    void filters() {
        const engine::Summary& summary = *model.summary;
        filter_line(1, 0, words(Text::all), summary.rows, std::nullopt, std::nullopt);
        filter_line(2, 0, verdict_label(world.language(), "moved"), summary.moved, "moved", std::nullopt);
        filter_line(3, 0, verdict_label(world.language(), "unchanged"), summary.unchanged, "unchanged", std::nullopt);
        filter_line(4, 0, verdict_label(world.language(), "refused"), summary.refused, "refused", std::nullopt);
        reasons_of(100, "refused", summary.reasons);
        filter_line(5, 0, verdict_label(world.language(), "dropped"), summary.dropped, "dropped", std::nullopt);
        reasons_of(200, "dropped", summary.dropped_reasons);
        mark_line(6, Text::filter_restored, model.facts.restored_codes, true);
        mark_line(7, Text::filter_hidden, model.facts.hidden_rows, false);
    }
    // Rows that reading did something to.
    void mark_line(std::int64_t key, Text label, std::int64_t count, bool restored) {
        if (count == 0) return;
        const engine::RowFilter& now = model.rows.filter;
        const std::string digits = format_count(count);
        if (!ui::tree_row({.key = key, .label = words(label), .count = digits, .selected = restored ? now.restored_only : now.hidden_only}).chosen) return;
        engine::RowFilter filter;
        (restored ? filter.restored_only : filter.hidden_only) = true;
        filter.text = now.text;
        events.push(FilterChanged{std::move(filter)});
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
            {.key = "row", .title = words(Text::column_file_row), .width = 66, .align = ui::Align::right, .sortable = true},
            {.key = "customer", .title = words(Text::column_customer_code), .width = 122, .sortable = true},
            {.key = "from", .title = words(Text::column_from), .sortable = true},
            {.key = "to", .title = words(Text::column_to), .sortable = true},
            {.key = "verdict", .title = words(Text::column_verdict), .width = 88, .sortable = true},
            {.key = "why", .title = words(Text::column_why)},
        };
        if (ui::width_left() > 1150) all.push_back({.key = "note", .title = words(Text::column_note), .sortable = true});
        all.push_back({.key = "act", .title = "", .width = 44});
        return all;
    }

    void cells(ui::Table& table, const engine::RowView& row, bool with_note) {
        table.number(format_count(row.row));
        table.cell(row.customer_code);
        table.cell(world.unit_name(row.from));
        table.cell(row.to == 0 ? row.target_code : world.unit_name(row.to));
        table.custom([&] { ui::verdict_badge(shown_as(row.verdict), verdict_label(world.language(), row.verdict)); });
        std::string why = row.reason == "none" ? std::string() : reason_sentence(world.language(), row.reason, row.detail);
        if (why.empty() && row.restored) why = words(Text::workbench_row_restored);
        if (why.empty() && row.hidden) why = words(Text::workbench_row_hidden);
        table.cell_muted(why);
        if (with_note) table.cell_muted(row.note);
        const bool dropped = row.verdict == "dropped";
        table.custom([&] {
            if (ui::link(words.id(dropped ? Text::workbench_restore : Text::workbench_drop_row, "act")) && !model.planning) events.push(DropOne{row.index, !dropped});
        });
    }

    void table() {
        const std::vector<ui::Column> shown = columns();
        const bool with_note = shown.size() == 8;
        const Rows& rows = model.rows;
        const int all = rows.all_checked ? 1 : rows.checked.empty() ? 0 : 2;
        ui::Table table("verdicts", shown,
                        {.row_count = rows.page.matching, .sort = {rows.order, rows.descending}, .selectable = true, .all_selected = all, .clickable = false,
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
            table.begin_row({.key = row->index, .label = row->customer_code, .checked = checked, .dim = row->verdict == "dropped"});
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
    ui::Columns columns("rows", {252, 1}, 14);
    columns.next();
    drawer.filters();
    columns.next();
    drawer.tools();
    ui::gap(8);
    if (!model.rows.came) ui::loading(world.words(Text::list_loading));
    else drawer.table();
}

}  // namespace qudao::client::workbench
