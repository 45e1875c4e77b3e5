#include "client/views/handovers/handovers_draw.hpp"

#include <vector>

#include "client/views/common/format.hpp"
#include "client/views/common/list_draw.hpp"
#include "client/widgets/widgets.hpp"

namespace qudao::client::handovers {
namespace {

void draw_list_card(const Model& model, Ui& ui, const World& world, CommandQueue<Event>& events) {
    const Words& words = world.words;
    const ui::Card card("list", {}, {.height = -1, .padding = 14});
    const std::vector<ui::Column> columns = {
        {.key = "at", .title = words(Text::column_at), .width = 116},
        {.key = "unit", .title = words(Text::column_receiving_unit)},
        {.key = "above", .title = words(Text::column_belongs_to)},
        {.key = "customers", .title = words(Text::column_new_customers), .width = 62, .align = ui::Align::right},
        {.key = "person", .title = words(Text::column_person), .width = 58},
        {.key = "batch", .title = words(Text::column_batch), .width = 66},
        {.key = "confirmed", .title = words(Text::column_confirmed), .width = 100},   // who and when: whole in its tooltip
    };
    bool waiting = model.waiting_only;
    if (ui::checkbox(words.id(Text::handovers_waiting), waiting)) events.push(WaitingPressed{});
    ui::gap(8);
    std::int64_t confirmed_row = -1;
    const ListRows& rows = model.list.rows;
    const UnitNames& names = ui.named.of(world, rows, model.list.shown, "unit");
    std::string label;
    std::int64_t batch_pressed = 0;
    const ListUse use = draw_list(
        model.list, ui.list_shown, "handovers", columns, {}, {words(Text::handovers_none), words(Text::handovers_none_detail), words(Text::menu_handovers)}, world,
        [&](std::int64_t row) {
            label = names.whole(rows.number(row, "unit").value_or(0));
            return ui::TableRow{.key = row, .label = label};
        },
        [&](ui::Table& table, std::int64_t row) {
            const std::int64_t batch = rows.number(row, "batch").value_or(0);
            table.cell(to_the_minute(instant_cell(rows, row, rows.column("at"))));
            const std::int64_t unit = rows.number(row, "unit").value_or(0);
            draw_unit_cell(table, world, names, unit);
            table.cell_muted(world.unit_above(unit));
            table.number(count_cell(rows, row, rows.column("customers")));
            table.cell(rows.person(rows.number(row, "person").value_or(0)));
            table.custom(std::to_string(batch), [&] {
                if (ui::link(with_id(words(Text::batch_number, {{"batch", std::to_string(batch)}}), "batch"))) batch_pressed = batch;
            });
            if (const auto undone = rows.number(row, "undone_by")) {
                table.cell_muted(words(Text::handovers_undone, {{"batch", std::to_string(*undone)}}));
            } else if (const auto by = rows.number(row, "confirmed_by")) {
                table.cell_toned(ui::Tone::good, words(Text::handovers_confirmed, {{"person", rows.person(*by)}, {"at", to_the_minute(instant_cell(rows, row, rows.column("confirmed_at")))}}));
            } else {
                table.custom([&] {
                    if (!world.may(Action::confirm_handover)) return;
                    if (ui::button(with_id(words(Text::handovers_confirm), "confirm"), {.enabled = !model.confirming, .small = true})) confirmed_row = row;
                });
            }
        });
    if (use.retry) events.push(Retried{});
    if (use.more) events.push(MoreWanted{});
    if (use.shape) events.push(ListShaped{*use.shape});
    if (confirmed_row >= 0)
        events.push(ConfirmPressed{rows.number(confirmed_row, "batch").value_or(0), rows.number(confirmed_row, "unit").value_or(0)});
    else if (batch_pressed != 0) events.push(BatchPressed{batch_pressed});
    else if (use.pressed_row >= 0)
        events.push(RowPressed{rows.number(use.pressed_row, "batch").value_or(0), rows.number(use.pressed_row, "unit").value_or(0)});
}

}  // namespace

void draw(const Model& model, Ui& ui, const World& world, CommandQueue<Event>& events) {
    const Words& words = world.words;
    const ui::Page page("handovers", false);
    {
        const bool whole = model.units.selected == 0;
        const std::string subtitle = whole ? std::string(words(Text::handovers_intro)) : world.unit_path(model.units.selected, model.units.tree);
        const ui::PageHeader header(words(Text::menu_handovers), subtitle);
    }
    ui::Columns columns("handovers", {248, 1}, 12);
    columns.next();
    {
        const ui::Card card("units_card", {}, {.height = -1, .padding = 12});
        draw_unit_tree(model.units, ui.units, world, 0, [&](UnitTreeEvent event) { events.push(UnitTreeUsed{std::move(event)}); });
    }
    columns.next();
    draw_list_card(model, ui, world, events);
}

}  // namespace qudao::client::handovers
