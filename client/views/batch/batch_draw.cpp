#include "client/views/batch/batch_draw.hpp"

#include <array>
#include <vector>

#include "client/views/common/format.hpp"
#include "client/views/common/list_draw.hpp"
#include "client/widgets/widgets.hpp"

namespace qudao::client::batch {
namespace {

struct Drawer {
    const Model& model;
    Ui& ui;
    const World& world;
    CommandQueue<Event>& events;
    const Words& words = world.words;

    void header() {
        const dto::BatchDto& batch = model.batch.value;
        const bool undo = batch.kind == "undo";
        const std::string title = words(undo ? Text::batch_title_undo : Text::batch_title, {{"batch", std::to_string(batch.id)}});
        const std::string subtitle = words(Text::batch_subtitle, {{"person", batch.person_name}, {"at", to_the_minute(batch.at)}, {"file", batch.file_name}});
        const bool may_undo = world.may(Action::move_customer) && batch.moved > 0;
        float width = ui::button_width(words(Text::batch_log), ui::Icon::log);
        if (may_undo) width += 8 + ui::button_width(words(Text::batch_undo), ui::Icon::undo);
        const ui::PageHeader head(title, subtitle, width);
        if (ui::button(words.id(Text::batch_log), {.icon = ui::Icon::log})) events.push(LogPressed{});
        if (!may_undo) return;
        ui::beside();
        if (ui::button(words.id(Text::batch_undo), {.icon = ui::Icon::undo, .hint = words(Text::batch_undo_hint)})) events.push(UndoPressed{});
    }

    void links() {
        const dto::BatchDto& batch = model.batch.value;
        if (model.fresh) {
            const Text done = batch.kind == "undo" ? Text::batch_fresh_undo : Text::batch_fresh;
            ui::banner(ui::Tone::good, words(done, {{"count", format_count(batch.moved)}}));
            ui::gap(10);
        }
        if (batch.undo_of) {
            const std::string other = std::to_string(*batch.undo_of);
            if (ui::banner(ui::Tone::accent, words(Text::batch_is_undo_of, {{"batch", other}}), with_id(words(Text::batch_open, {{"batch", other}}), "undo_of")).action)
                events.push(BatchPressed{*batch.undo_of});
            ui::gap(10);
        }
        for (const std::int64_t undone : batch.undone_by) {
            const std::string other = std::to_string(undone);
            if (ui::banner(ui::Tone::warn, words(Text::batch_undone_by, {{"batch", other}}), with_id(words(Text::batch_open, {{"batch", other}}), "undone_by" + other)).action)
                events.push(BatchPressed{undone});
            ui::gap(10);
        }
    }

    void figures() {
        const dto::BatchDto& batch = model.batch.value;
        const auto tile = [&](ui::Columns& columns, std::string_view id, Text label, std::int64_t count) {
            columns.next();
            const ui::Card card(id, {}, {.padding = 14});
            ui::figure(words(label), format_count(count));
        };
        const bool undo = batch.kind == "undo";
        if (undo) {
            ui::Columns columns("figures", {1, 1, 1, 1}, 12);
            tile(columns, "rows", Text::column_rows, batch.rows);
            tile(columns, "moved", Text::batch_went_back, batch.moved);
            tile(columns, "unchanged", Text::column_unchanged, batch.unchanged);
            tile(columns, "kept", Text::column_kept, batch.kept);
        } else {
            ui::Columns columns("figures", {1, 1, 1}, 12);
            tile(columns, "rows", Text::column_rows, batch.rows);
            tile(columns, "moved", Text::column_moved, batch.moved);
            tile(columns, "unchanged", Text::column_unchanged, batch.unchanged);
        }
    }

    void units() {
        const std::string note = words(Text::batch_day, {{"day", model.batch.value.day}});
        const ui::Card card("units", words(Text::batch_units), {.height = -1, .padding = 14, .note = note});
        const std::vector<ui::Column> columns = {
            {.key = "unit", .title = words(Text::column_receiving_unit)},
            {.key = "customers", .title = words(Text::column_new_customers), .width = 72, .align = ui::Align::right},
        };
        const ListRows& rows = model.units.rows;
        const UnitNames& names = ui.units_named.of(world, rows, model.units.shown, "unit");
        const ListUse use = draw_list(
            model.units, ui.units_shown, "units", columns, {}, {words(Text::batch_no_units), words(Text::batch_no_units_detail), words(Text::batch_units)}, world,
            [&](std::int64_t row) {
                const std::int64_t unit = rows.number(row, "unit").value_or(0);
                label_ = names.whole(unit);
                return ui::TableRow{.key = unit, .label = label_};
            },
            [&](ui::Table& table, std::int64_t row) {
                draw_unit_cell(table, world, names, rows.number(row, "unit").value_or(0));
                table.number(count_cell(rows, row, rows.column("customers")));
            });
        if (use.retry) events.push(Retried{});
        if (use.pressed_row >= 0) events.push(UnitPressed{rows.number(use.pressed_row, "unit").value_or(0)});
    }

    void customers() {
        const ui::Card card("rows", words(Text::batch_rows), {.height = -1, .padding = 14});
        const std::vector<ui::Column> columns = {
            {.key = "row", .title = words(Text::column_file_row), .width = 44, .align = ui::Align::right},
            {.key = "code", .title = words(Text::column_customer_code), .width = 104},
            {.key = "name", .title = words(Text::column_customer_name)},
            {.key = "from", .title = words(Text::column_from)},
            {.key = "to", .title = words(Text::column_to)},
        };
        const ListRows& rows = model.rows.rows;
        const ListUse use = draw_list(
            model.rows, ui.rows_shown, "rows", columns, {.clickable = false}, {words(Text::batch_no_rows), words(Text::batch_no_rows_detail), words(Text::batch_rows)}, world,
            [&](std::int64_t row) { return ui::TableRow{.key = row, .label = rows.text(row, "code")}; },
            [&](ui::Table& table, std::int64_t row) {
                table.number(count_cell(rows, row, rows.column("row")));
                table.cell(rows.text(row, "code"));
                table.cell(rows.text(row, "name"));
                draw_unit_cell(table, world, rows.number(row, "from").value_or(0));
                draw_unit_cell(table, world, rows.number(row, "to").value_or(0));
            });
        if (use.retry) events.push(Retried{});
        if (use.more) events.push(MoreRowsWanted{});
        if (use.shape) events.push(ListShaped{*use.shape});
    }

    std::string label_ = {};
};

}  // namespace

void draw(const Model& model, Ui& ui, const World& world, CommandQueue<Event>& events) {
    const Words& words = world.words;
    const ui::Page page("batch", false);
    if (model.batch.failed()) {
        if (ui::empty_state(ui::Icon::warning, words(Text::batch_not_shown), sentence_of(world.language(), model.batch.error), words.id(Text::retry)))
            events.push(Retried{});
        return;
    }
    if (!model.batch.ready()) {
        ui::loading(words(Text::list_loading));
        return;
    }
    Drawer drawer{model, ui, world, events};
    drawer.header();
    drawer.links();
    drawer.figures();
    ui::gap(12);
    // The count of each unit is in view on a small screen, too.
    const bool narrow = ui::width_left() < 900;
    ui::Columns columns("halves", narrow ? std::initializer_list<float>{256, 1} : std::initializer_list<float>{2, 5}, narrow ? 8 : 12);
    columns.next();
    drawer.units();
    columns.next();
    drawer.customers();
    draw_undo(model, world, events);
}

}  // namespace qudao::client::batch
