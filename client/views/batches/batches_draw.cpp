#include "client/views/batches/batches_draw.hpp"

#include <array>
#include <vector>

#include "client/views/common/format.hpp"
#include "client/views/common/list_draw.hpp"
#include "client/widgets/widgets.hpp"

namespace qudao::client::batches {
namespace {

void draw_conditions(const Model& model, Ui& ui, const World& world, CommandQueue<Event>& events) {
    const Words& words = world.words;
    const std::array<ui::TabItem, 3> kinds{ui::TabItem{.label = words(Text::all)}, ui::TabItem{.label = batch_kind_label(world.language(), "move")},
                                           ui::TabItem{.label = batch_kind_label(world.language(), "undo")}};
    const int current = model.kind == "move" ? 1 : model.kind == "undo" ? 2 : 0;
    const int chosen = ui::segmented("kind", kinds, current);
    if (chosen >= 0) events.push(KindPressed{chosen == 1 ? "move" : chosen == 2 ? "undo" : ""});
    ui::beside(16);
    bool mine = model.mine;
    if (ui::checkbox(words.id(Text::batches_mine), mine)) events.push(MinePressed{mine});
    const float width = 240;
    ui::beside(0);
    ui::align_right(width);
    const ui::InputResult typed = ui::search_field(words.id(Text::batches_file), ui.file, {.placeholder = words(Text::batches_file_hint), .width = width});
    if (typed.submitted || (typed.changed && ui.file.empty())) events.push(FileAsked{ui.file});
}

std::vector<ui::Column> columns_of(const Words& words) {
    return {
        {.key = "id", .title = words(Text::column_batch), .width = 76, .align = ui::Align::right},
        {.key = "kind", .title = words(Text::column_kind), .width = 74},
        {.key = "at", .title = words(Text::column_at), .width = 132},
        {.key = "person", .title = words(Text::column_person), .width = 96},
        {.key = "file_name", .title = words(Text::column_file)},
        {.key = "rows", .title = words(Text::column_rows), .width = 82, .align = ui::Align::right},
        {.key = "moved", .title = words(Text::column_moved), .width = 82, .align = ui::Align::right},
        {.key = "unchanged", .title = words(Text::column_unchanged), .width = 82, .align = ui::Align::right},
        {.key = "kept", .title = words(Text::column_kept), .width = 74, .align = ui::Align::right},
    };
}

void draw_cells(ui::Table& table, const ListRows& rows, std::int64_t row, const World& world) {
    const Words& words = world.words;
    const std::string_view kind = rows.text(row, "kind");
    table.number(std::to_string(rows.number(row, "id").value_or(0)));
    table.custom(batch_kind_label(world.language(), kind), [&] { ui::badge(batch_kind_label(world.language(), kind), kind == "undo" ? ui::Tone::warn : ui::Tone::accent); });
    table.cell(to_the_minute(instant_cell(rows, row, rows.column("at"))));
    table.cell(rows.person(rows.number(row, "person").value_or(0)));
    const auto undo_of = rows.number(row, "undo_of");
    const std::string_view file = rows.text(row, "file_name");
    table.cell(undo_of ? words(Text::batches_undo_of, {{"batch", std::to_string(*undo_of)}, {"file", file}}) : std::string(file));
    for (const std::string_view count : {"rows", "moved", "unchanged", "kept"}) table.number(count_cell(rows, row, rows.column(count)));
}

}  // namespace

void draw(const Model& model, Ui& ui, const World& world, CommandQueue<Event>& events) {
    if (ui.conditions_version != model.conditions_version) {
        ui.conditions_version = model.conditions_version;
        ui.file = model.file;
    }
    const Words& words = world.words;
    const ui::Page page("batches", false);
    { const ui::PageHeader header(words(Text::menu_batches), words(Text::batches_intro)); }
    const ui::Card card("list", {}, {.height = -1, .padding = 14});
    draw_conditions(model, ui, world, events);
    ui::gap(10);
    const std::vector<ui::Column> columns = columns_of(words);
    const ListRows& rows = model.list.rows;
    const ListUse use = draw_list(
        model.list, ui.list_shown, "batches", columns, {}, {words(Text::batches_none), words(Text::batches_none_detail), words(Text::menu_batches)}, world,
        [&](std::int64_t row) {
            const std::int64_t id = rows.number(row, "id").value_or(0);
            return ui::TableRow{.key = id, .label = rows.text(row, "file_name")};
        },
        [&](ui::Table& table, std::int64_t row) { draw_cells(table, rows, row, world); });
    if (use.retry) events.push(Retried{});
    if (use.more) events.push(MoreWanted{});
    if (use.shape) events.push(ListShaped{*use.shape});
    if (use.pressed_row >= 0) events.push(RowPressed{rows.number(use.pressed_row, "id").value_or(0)});
}

}  // namespace qudao::client::batches
