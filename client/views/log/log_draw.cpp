#include "client/views/log/log_draw.hpp"

#include <array>
#include <string>
#include <vector>

#include "client/views/common/format.hpp"
#include "client/views/common/list_draw.hpp"
#include "client/widgets/widgets.hpp"

namespace qudao::client::log {
namespace {

struct Drawer {
    const Model& model;
    Ui& ui;
    const World& world;
    CommandQueue<Event>& events;
    const Words& words = world.words;

    std::string fault_of(std::string_view field) const {
        return model.fault && model.fault->field == field ? sentence_of(world.language(), model.fault->error) : std::string();
    }

    bool text_field(Text label, std::string& value, std::string_view placeholder, std::string_view field) {
        const std::string error = fault_of(field);
        return ui::input_text(words.id(label), value, {.placeholder = placeholder, .width = -1, .clearable = true, .max_bytes = 64, .error = error}).submitted;
    }

    // A unit is chosen in a dialog; the button says which one it is.
    void unit_field(Text label, Picking which, std::int64_t unit) {
        ui::muted(words(label));
        const std::string name = unit == 0 ? std::string(words(Text::log_any_unit)) : world.unit_name(unit);
        const ui::Icon icon = which == Picking::from ? ui::Icon::logout : ui::Icon::inbox;
        if (ui::button(with_id(name, which == Picking::from ? "pick_from" : "pick_to"), {.icon = icon, .width = -1, .hint = words(Text::log_pick_unit)}))
            events.push(PickPressed{which});
    }

    bool person_field() {
        std::vector<std::string> names{std::string(words(Text::all))};
        int current = 0;
        for (const PersonChoice& person : model.persons) {
            names.push_back(person.name);
            if (person.id == ui.typed.person) current = static_cast<int>(names.size()) - 1;
        }
        const auto name = [&](int i) { return std::string_view(names[static_cast<std::size_t>(i)]); };
        if (!ui::combo(words.id(Text::column_person, "person"), current, static_cast<int>(names.size()), name, {.width = -1, .filter = names.size() > 10})) return false;
        ui.typed.person = current == 0 ? 0 : model.persons[static_cast<std::size_t>(current) - 1].id;
        return true;
    }

    bool kind_field() {
        const std::array<std::string_view, 4> names{words(Text::log_all_moves), batch_kind_label(world.language(), "move"), batch_kind_label(world.language(), "undo"),
                                                    words(Text::log_locks)};
        int current = ui.typed.kind == "move" ? 1 : ui.typed.kind == "undo" ? 2 : ui.typed.kind == "lock" ? 3 : 0;
        if (!ui::combo(words.id(Text::column_kind, "kind"), current, names, {.width = -1})) return false;
        ui.typed.kind = current == 1 ? "move" : current == 2 ? "undo" : current == 3 ? "lock" : "";
        return true;
    }

    void conditions() {
        const ui::Card card("conditions", {}, {.padding = 14});
        bool ask = false;
        // A lock has one unit and no batch; what both have keeps its place.
        const bool locks = of_locks(model.conditions);
        {
            ui::Columns columns("first", locks ? std::initializer_list<float>{3, 2, 4, 4} : std::initializer_list<float>{3, 2, 4, 4}, 12);
            columns.next();
            ask |= text_field(Text::condition_code, ui.typed.code, words(Text::condition_code_hint), "code");
            columns.next();
            ask |= kind_field();
            columns.next();
            if (!locks) {
                unit_field(Text::log_from, Picking::from, model.conditions.from_unit);
                columns.next();
            }
            unit_field(locks ? Text::column_unit : Text::log_to, Picking::to, model.conditions.to_unit);
        }
        ui::gap(8);
        {
            ui::Columns columns("second", locks ? std::initializer_list<float>{3, 2, 2, 3, 3} : std::initializer_list<float>{3, 2, 2, 2, 2, 3}, 12);
            columns.next();
            ask |= person_field();
            columns.next();
            if (!locks) {
                ask |= text_field(Text::log_batch, ui.typed.batch, words(Text::log_batch_hint), "batch");
                columns.next();
            }
            ask |= text_field(Text::log_since, ui.typed.since, "2026-11-01", "since");
            columns.next();
            ask |= text_field(Text::log_until, ui.typed.until, "2026-11-30", "until");
            columns.next();
            ui::muted(" ");
            if (ui::button(words.id(Text::condition_reset), {.width = -1, .enabled = !model.conditions.none() || !ui.typed.none()})) events.push(Reset{});
            columns.next();
            ui::muted(" ");
            if (ui::primary_button(words.id(Text::condition_ask), {.icon = ui::Icon::search, .width = -1})) ask = true;
        }
        if (!ask) return;
        ui.typed.from_unit = model.conditions.from_unit;
        ui.typed.to_unit = model.conditions.to_unit;
        ui.typed.tree = model.conditions.tree;
        events.push(Asked{ui.typed});
    }

    // Without conditions there are none to relax.
    std::string_view nothing_detail() const { return words(model.conditions.none() ? Text::log_none_yet : Text::log_none_detail); }

    std::vector<ui::Column> columns() const {
        std::vector<ui::Column> all = {
            {.key = "at", .title = words(Text::column_at), .width = 120},
            {.key = "kind", .title = words(Text::column_kind), .width = 44},
            {.key = "code", .title = words(Text::column_customer_code), .width = 106},
            {.key = "name", .title = words(Text::column_customer_name)},
            {.key = "from", .title = words(Text::column_from)},
            {.key = "to", .title = words(Text::column_to)},
            {.key = "person", .title = words(Text::column_person), .width = 66},
            {.key = "batch", .title = words(Text::column_batch), .width = 66},
        };
        if (ui::width_left() > 1250) all.push_back({.key = "note", .title = words(Text::column_note)});
        return all;
    }

    void cell(ui::Table& table, std::string_view key, std::int64_t row) {
        const ListRows& rows = model.list.rows;
        if (key == "at") return table.cell(to_the_minute(instant_cell(rows, row, rows.column(key))));
        if (key == "from" || key == "to") return draw_unit_cell(table, world, rows.number(row, key).value_or(0));
        if (key == "person") return table.cell(rows.person(rows.number(row, key).value_or(0)));
        if (key == "kind") {
            const std::string_view kind = rows.text(row, key);
            return kind == "undo" ? table.cell_toned(ui::Tone::warn, batch_kind_label(world.language(), kind)) : table.cell(batch_kind_label(world.language(), kind));
        }
        if (key == "code") {
            const std::string_view code = rows.text(row, key);
            table.custom(code, [&] {
                if (ui::link(with_id(code, "history"))) events.push(HistoryPressed{std::string(code)});
                ui::tooltip(words(Text::history_open));
            });
            return;
        }
        if (key != "batch") return table.cell(rows.text(row, key));
        const std::int64_t batch = rows.number(row, key).value_or(0);
        table.custom(std::to_string(batch), [&] {
            if (ui::link(with_id(words(Text::batch_number, {{"batch", std::to_string(batch)}}), "batch"))) events.push(BatchPressed{batch});
        });
    }

    void list() {
        const ui::Card card("list", {}, {.height = -1, .padding = 14});
        const std::vector<ui::Column> shown = columns();
        const ListRows& rows = model.list.rows;
        const ListUse use = draw_list(
            model.list, ui.list_shown, "log", shown, {.clickable = false}, {words(Text::log_none), nothing_detail(), words(Text::menu_log)}, world,
            [&](std::int64_t row) { return ui::TableRow{.key = row, .label = rows.text(row, "code")}; },
            [&](ui::Table& table, std::int64_t row) {
                for (const ui::Column& column : shown) cell(table, column.key, row);
            });
        if (use.retry) events.push(Retried{});
        if (use.more) events.push(MoreWanted{});
        if (use.shape) events.push(ListShaped{*use.shape});
    }

    void locks() {
        const ui::Card card("locks", {}, {.height = -1, .padding = 14});
        const std::array<ui::Column, 8> shown{{{.key = "at", .title = words(Text::column_at), .width = 120},
                                               {.key = "code", .title = words(Text::column_customer_code), .width = 106},
                                               {.key = "name", .title = words(Text::column_customer_name)},
                                               {.key = "place", .title = words(Text::column_unit)},
                                               {.key = "locked_before", .title = words(Text::column_locked_before), .width = 92},
                                               {.key = "locked_until", .title = words(Text::column_locked_until), .width = 92},
                                               {.key = "person", .title = words(Text::column_person), .width = 66},
                                               {.key = "reason", .title = words(Text::column_reason)}}};
        const ListRows& rows = model.locks.rows;
        const ListUse use = draw_list(
            model.locks, ui.locks_shown, "locks", shown, {.clickable = false}, {words(Text::log_none), nothing_detail(), words(Text::log_locks)}, world,
            [&](std::int64_t row) { return ui::TableRow{.key = row, .label = rows.text(row, "code")}; },
            [&](ui::Table& table, std::int64_t row) {
                const std::string_view code = rows.text(row, "code");
                const std::int64_t person = rows.number(row, "person").value_or(0);
                const std::string until = date_cell(rows, row, rows.column("locked_until"));
                table.cell(to_the_minute(instant_cell(rows, row, rows.column("at"))));
                table.custom(code, [&] {
                    if (ui::link(with_id(code, "history"))) events.push(HistoryPressed{std::string(code)});
                    ui::tooltip(words(Text::history_open));
                });
                table.cell(rows.text(row, "name"));
                draw_unit_cell(table, world, rows.number(row, "place").value_or(0));
                table.cell_muted(date_cell(rows, row, rows.column("locked_before")));
                if (until.empty()) table.cell_toned(ui::Tone::good, words(Text::log_lifted));
                else table.cell(until);
                table.cell(person == 0 ? words(Text::round_by_itself) : std::string_view(rows.person(person)));
                const std::string_view reason = rows.text(row, "reason");
                table.cell(reason.empty() && !until.empty() ? words(Text::log_lock_reason) : reason);   // set by the close of a window
            });
        if (use.retry) events.push(Retried{});
        if (use.more) events.push(MoreWanted{});
        if (use.shape) events.push(ListShaped{*use.shape});
    }

    void unit_dialog() {
        const Text title = model.picking == Picking::from ? Text::log_from : Text::log_to;
        bool open = model.picking != Picking::none;
        if (ui::Dialog dialog(words.id(title, "pick_unit"), open, {.width = 460}); dialog) {
            draw_unit_tree(model.units, ui.units, world, picker_height(340, 240), [&](UnitTreeEvent event) { events.push(UnitTreeUsed{std::move(event)}); });
            dialog.footer(ui::button_width(words(Text::log_any_unit)) + 8 + ui::button_width(words(Text::log_take_unit)));
            if (ui::button(words.id(Text::log_any_unit, "any_unit"))) events.push(UnitTaken{true});
            ui::beside();
            if (ui::primary_button(words.id(Text::log_take_unit), {.enabled = model.units.selected != 0, .why_disabled = words(Text::log_pick_unit)}))
                events.push(UnitTaken{false});
        }
        if (model.picking != Picking::none && !open) events.push(PickClosed{});
    }
};

}  // namespace

void draw(const Model& model, Ui& ui, const World& world, CommandQueue<Event>& events) {
    if (ui.conditions_version != model.conditions_version) {
        ui.conditions_version = model.conditions_version;
        ui.typed = model.conditions;
    }
    if (model.picking == Picking::none) ui.units.search.clear();
    const Words& words = world.words;
    const ui::Page page("log", false);
    {
        const bool may_export = world.may(Action::export_list);
        const ui::PageHeader header(words(Text::menu_log), words(of_locks(model.conditions) ? Text::log_locks_intro : Text::log_intro), may_export ? ui::button_width(words(Text::export_list), ui::Icon::download) : 0);
        if (may_export && ui::button(words.id(Text::export_list), {.icon = ui::Icon::download, .hint = words(Text::export_hint)})) events.push(ExportPressed{});
    }
    Drawer drawer{model, ui, world, events};
    drawer.conditions();
    ui::gap(12);
    if (of_locks(model.conditions)) drawer.locks();
    else drawer.list();
    drawer.unit_dialog();
}

}  // namespace qudao::client::log
