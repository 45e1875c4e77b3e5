#include "client/views/customers/customers_draw.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "client/views/common/format.hpp"
#include "client/views/common/list_draw.hpp"
#include "client/widgets/widgets.hpp"

namespace qudao::client::customers {
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

    bool text_field(Text label, std::string& value, std::string_view placeholder, std::string_view error = {}) {
        return ui::input_text(words.id(label), value,
                              {.placeholder = placeholder, .width = -1, .clearable = true, .max_bytes = 200, .error = error})
            .submitted;
    }

    void channel_field() {
        std::vector<std::string> names{std::string(words(Text::all))};
        std::vector<std::string> codes{std::string()};
        if (world.organisation) {
            for (const Channel& channel : world.organisation->channels()) {
                names.push_back(world.channel_name(channel));
                codes.push_back(channel.code);
            }
        }
        int current = 0;
        for (std::size_t i = 0; i < codes.size(); ++i)
            if (codes[i] == ui.typed.channel) current = static_cast<int>(i);
        if (ui::combo(words.id(Text::column_channel, "channel"), current, static_cast<int>(names.size()),
                      [&](int i) { return std::string_view(names[static_cast<std::size_t>(i)]); }, {.width = -1})) {
            ui.typed.channel = codes[static_cast<std::size_t>(current)];
            events.push(Asked{ui.typed});
        }
    }

    // The fields that are used most, then the button; the rest in a second line when wanted.
    void conditions() {
        const ui::Card card("conditions", {}, {.padding = 14});
        bool ask = false;
        {
            ui::Columns columns("first", {1, 1, 1, 1}, 12);
            columns.next();
            ask |= text_field(Text::condition_name, ui.typed.name, words(Text::condition_name_hint));
            columns.next();
            ask |= text_field(Text::condition_code, ui.typed.code, words(Text::condition_code_hint));
            columns.next();
            ask |= text_field(Text::condition_contract, ui.typed.contract, words(Text::condition_contract_hint));
            columns.next();
            channel_field();
        }
        if (ui.more_conditions) {
            ui::gap(8);
            const std::string revenue = fault_of("revenue"), from = fault_of("from"), to = fault_of("to");
            ui::Columns columns("second", {1, 1, 1, 1}, 12);
            columns.next();
            ask |= text_field(Text::condition_revenue, ui.typed.revenue, words(Text::condition_revenue_hint), revenue);
            columns.next();
            ask |= text_field(Text::condition_from, ui.typed.from, "2026-10-01", from);
            columns.next();
            ask |= text_field(Text::condition_to, ui.typed.to, "2026-10-31", to);
            columns.next();
        }
        ui::gap(10);
        bool locked = ui.typed.locked, in_pool = ui.typed.in_pool;
        if (ui::checkbox(words.id(Text::condition_locked), locked)) ask = true;
        ui::beside(18);
        if (ui::checkbox(words.id(Text::condition_in_pool), in_pool)) ask = true;
        ui.typed.locked = locked;
        ui.typed.in_pool = in_pool;
        if (ui.typed.period != 0) {   // asked for elsewhere; here it can be dropped
            bool of_period = true;
            ui::beside(18);
            if (ui::checkbox(with_id(words(Text::condition_new_in, {{"period", period_words(words, static_cast<std::int32_t>(ui.typed.period))}}), "new_in"), of_period)) ask = true;
            if (!of_period) ui.typed.period = 0;
        }
        ui::beside(18);
        const Text more = ui.more_conditions ? Text::condition_fewer : Text::condition_more;
        const ui::Icon arrow = ui.more_conditions ? ui::Icon::chevron_up : ui::Icon::chevron_down;
        if (ui::quiet_button(words.id(more, "more_conditions"), {.icon = arrow})) ui.more_conditions = !ui.more_conditions;
        ui::beside(8);
        ui::align_right(ui::button_width(words(Text::condition_reset)) + 8 + ui::button_width(words(Text::condition_ask), ui::Icon::search));
        if (ui::button(words.id(Text::condition_reset), {.enabled = !ui.typed.none()})) events.push(Reset{});
        ui::beside();
        if (ui::primary_button(words.id(Text::condition_ask), {.icon = ui::Icon::search})) ask = true;
        if (ask) events.push(Asked{ui.typed});
    }

    Text jump_hint() const {
        if (model.sort.field == "name_key") return Text::jump_name;
        if (model.sort.field == "revenue") return Text::jump_revenue;
        if (model.sort.field == "installed_on") return Text::jump_installed;
        return Text::jump_code;
    }

    std::string revenue_words() const {
        const Sums& sums = model.sums.value;
        if (sums.customers == 0) return {};
        const std::string period = period_words(words, world.session.revenue_period);
        if (sums.with_revenue == 0) return words(Text::customers_no_revenue, {{"period", period}});
        return words(Text::customers_revenue, {{"period", period}, {"revenue", format_yuan(sums.revenue_fen)}, {"without", format_count(sums.customers - sums.with_revenue)}});
    }

    // How many, and their revenue; `beside`: room that is left free. What does not fit, part of which would be another number,
    // is given back.
    std::string sums_line(float beside) {
        ui::align_to_controls();
        if (model.sums.ready()) {
            const std::string count = words(Text::customers_count, {{"count", format_count(model.sums.value.customers)}});
            std::string line = revenue_words();
            const float room = ui::width_left() - beside - ui::text_width(count) * 1.1F - 14;   // the count is bolder
            ui::strong(count);
            if (line.empty() || ui::text_width(line) > room) return line;
            ui::beside(14);
            ui::align_to_controls();
            ui::text(line);
        } else if (model.sums.failed()) {
            ui::told(ui::Tone::bad, sentence_of(world.language(), model.sums.error));
        } else {
            ui::muted(words(Text::customers_counting));
        }
        return {};
    }
    void sums_and_jump() {
        const float jump_width = 230;
        const std::string left = sums_line(jump_width + 24);
        ui::beside(0);
        ui::align_right(jump_width);
        if (ui::search_field(words.id(Text::jump), ui.jump, {.placeholder = words(jump_hint()), .width = jump_width}).submitted) events.push(Jumped{ui.jump});
        if (!left.empty()) ui::wrapped_muted(left);
        const std::string fault = fault_of("jump");
        if (!fault.empty()) ui::banner(ui::Tone::warn, fault);
        if (model.jump.empty()) return;
        if (ui::banner(ui::Tone::accent, words(Text::jumped, {{"to", model.jump}}), words(Text::jump_back)).action) {
            ui.jump.clear();
            events.push(Jumped{});
        }
    }

    std::vector<ui::Column> columns() const {
        const bool wide = ui::width_left() > 1000, narrow = ui::width_left() < 600;
        std::vector<ui::Column> all = {
            {.key = "code", .title = words(Text::column_customer_code), .width = 106, .sortable = true, .total = ui.total_words},
            {.key = "name_key", .title = words(Text::column_customer_name), .sortable = true},
            {.key = "place", .title = words(Text::column_unit)},
            {.key = "channel", .title = words(Text::column_channel), .width = 66},
            {.key = "revenue", .title = words(Text::column_revenue), .width = 96, .align = ui::Align::right, .sortable = true, .total = ui.total_revenue},
            {.key = "installed_on", .title = words(Text::column_installed), .width = 96, .sortable = true},
        };
        if (wide) {
            all.insert(all.begin() + 2, {.key = "contract", .title = words(Text::column_contract), .width = 100});
            all.push_back({.key = "address", .title = words(Text::column_address)});
        }
        // What has to be scrolled to is what is asked for least.
        if (narrow) std::rotate(all.begin() + 2, all.begin() + 4, all.begin() + 5);
        // Where there is no room for it, a lock stands before the name.
        if (wide || model.conditions.locked) all.push_back({.key = "locked_until", .title = words(Text::column_locked_until), .width = 84});
        return all;
    }

    bool locked(std::int64_t row) const { return model.list.rows.number(row, "locked_until").value_or(INT64_MIN) > world.day.days; }

    void name_cell(ui::Table& table, std::int64_t row) const {
        const ListRows& rows = model.list.rows;
        if (!locked(row)) return table.cell(rows.text(row, "name"));
        table.custom(rows.text(row, "name"), [&] {
            ui::icon(ui::Icon::lock, ui::colours_of(ui::Tone::warn).text, 14);
            ui::tooltip(words(Text::customer_locked, {{"until", date_cell(rows, row, rows.column("locked_until"))}}));
            ui::beside(6);
            ui::cut(rows.text(row, "name"));
        });
    }

    void cell(ui::Table& table, std::string_view key, std::int64_t row) const {
        const ListRows& rows = model.list.rows;
        if (key == "code" || key == "contract" || key == "address") return table.cell(rows.text(row, key));
        if (key == "name_key") return name_cell(table, row);
        if (key == "place") return draw_unit_cell(table, world, rows.number(row, key).value_or(0));
        if (key == "channel") return table.cell_muted(world.channel_name(rows.number(row, key).value_or(0)));
        if (key == "installed_on") return table.cell(date_cell(rows, row, rows.column(key)));
        if (key == "locked_until") {
            return locked(row) ? table.cell_toned(ui::Tone::warn, date_cell(rows, row, rows.column(key))) : table.cell("");
        }
        const auto revenue = rows.number(row, key);
        if (revenue) table.number(format_yuan(*revenue));
        else table.cell_muted(words(Text::no_data));
    }

    // Units right below the chosen one, by the revenue of those customers the conditions leave; pressed, one is looked into.
    void map() {
        if (model.below.failed()) {
            if (ui::empty_state(ui::Icon::warning, words(Text::list_failed), sentence_of(world.language(), model.below.error), words.id(Text::retry))) events.push(Retried{});
            return;
        }
        if (!world.organisation || !model.below.ready()) return ui::loading(words(Text::units_loading));
        if (const std::string left = sums_line(0); !left.empty()) ui::wrapped_muted(left);
        ui::gap(8);
        const Organisation& org = *world.organisation;
        const Tree tree = model.units.tree;
        const std::vector<UnitTotal>& totals = model.below.value;
        UnitIndex above = world.unit(model.units.selected);
        if (above == kNoUnit) above = org.root();
        std::vector<ui::Tile> tiles;
        for (const UnitIndex unit : org.children(tree, above)) {
            if (unit >= totals.size()) continue;
            const UnitTotal& total = totals[unit];
            if (total.customers == 0) continue;
            tiles.push_back({org.unit(unit).id.value, org.unit(unit).name, total.with_revenue == 0 ? ui::kNoValue : total.revenue_fen, words(Text::customers_count, {{"count", format_count(total.customers)}})});
        }
        if (tiles.empty()) {
            (void)ui::empty_state(ui::Icon::chart, words(Text::units_none_below), words(Text::units_none_below_detail));
            return;
        }
        const std::string label = std::string(words(Text::chart_units)) + " · " + period_words(words, world.session.revenue_period);
        const std::string file = words(Text::chart_units_file, {{"day", world.session.day}});
        const ui::ChartWords said = chart_words(words);
        const std::int64_t unit = ui::treemap("units_map", tiles, [](std::int64_t fen) { return format_yuan(fen); },
                                              {.label = label, .unit = words(Text::unit_yuan), .category = words(Text::column_unit), .file_name = file, .words = &said}, ui.map_as_table);
        if (unit > 0) events.push(UnitTreeUsed{UnitPressed{unit}});
    }

    void list() {
        const ui::Card card("list", {}, {.height = -1, .padding = 14});
        if (model.map) return map();
        sums_and_jump();
        ui::gap(8);
        ui.total_words = ui.total_revenue = {};
        if (model.sums.ready()) {
            const Sums& sums = model.sums.value;
            ui.total_words = words(Text::customers_count, {{"count", format_count(sums.customers)}});
            ui.total_revenue = sums.with_revenue == 0 ? std::string(words(Text::no_data)) : format_yuan(sums.revenue_fen);
        }
        const std::vector<ui::Column> shown = columns();
        const ListRows& rows = model.list.rows;
        const ListUse use = draw_list(
            model.list, ui.list_shown, "customers", shown, {.sort = {model.sort.field, model.sort.descending}},
            {words(Text::customers_none), words(Text::customers_none_detail), words(Text::menu_customers)}, world,
            [&](std::int64_t row) { return ui::TableRow{.key = row, .label = rows.text(row, "code"), .selected = ui.detail_open && row == ui.detail_row}; },
            [&](ui::Table& table, std::int64_t row) {
                for (const ui::Column& column : shown) cell(table, column.key, row);
            });
        if (use.retry) events.push(Retried{});
        if (use.more) events.push(MoreWanted{});
        if (use.shape) events.push(ListShaped{*use.shape});
        if (!use.sort_field.empty()) events.push(Sorted{{use.sort_field, use.sort_descending}});
        if (use.pressed_row >= 0) {
            ui.detail_row = use.pressed_row;
            ui.detail_open = true;
        }
    }

    void detail() {
        const ListRows& rows = model.list.rows;
        const std::int64_t row = ui.detail_row;
        if (row < 0 || row >= rows.size()) ui.detail_open = false;
        const std::string title = with_id(rows.text(row, "name"), "customer_detail");
        if (ui::Dialog dialog(title, ui.detail_open, {.width = 660}); dialog) {
            const auto field = [&](Text name, std::string_view value) { ui::field(words(name), value.empty() ? words(Text::none) : value, 160); };
            const std::int64_t place = rows.number(row, "place").value_or(0);
            field(Text::column_customer_code, rows.text(row, "code"));
            field(Text::column_contract, rows.text(row, "contract"));
            field(Text::column_address, rows.text(row, "address"));
            field(Text::column_unit, world.unit_path(place));
            field(Text::column_unit_code, world.unit_code(place));
            field(Text::column_channel, world.channel_name(rows.number(row, "channel").value_or(0)));
            field(Text::column_statistical, world.channel_name(rows.number(row, "statistical").value_or(0)));
            const std::string period = period_words(words, world.session.revenue_period);
            const std::string name = words(Text::column_revenue_of, {{"period", period}});
            ui::field(name, yuan_or_no_data(words, rows.number(row, "revenue")), 160);
            field(Text::column_installed, date_cell(rows, row, rows.column("installed_on")));
            field(Text::column_locked_until, date_cell(rows, row, rows.column("locked_until")));
            dialog.footer(ui::button_width(words(Text::customer_open), ui::Icon::user) + 8 + ui::button_width(words(Text::customer_log), ui::Icon::log));
            if (ui::button(words.id(Text::customer_open), {.icon = ui::Icon::user})) {
                ui.detail_open = false;
                events.push(PagePressed{std::string(rows.text(row, "code"))});
            }
            ui::beside();
            if (ui::button(words.id(Text::customer_log), {.icon = ui::Icon::log})) {
                ui.detail_open = false;
                events.push(LogPressed{std::string(rows.text(row, "code"))});
            }
        }
    }
};

}  // namespace

void draw(const Model& model, Ui& ui, const World& world, CommandQueue<Event>& events) {
    if (ui.conditions_version != model.conditions_version) {
        ui.conditions_version = model.conditions_version;
        ui.typed = model.conditions;
        ui.jump = model.jump;
        ui.more_conditions = ui.more_conditions || !ui.typed.revenue.empty() || !ui.typed.from.empty() || !ui.typed.to.empty();
    }
    Drawer drawer{model, ui, world, events};
    const Words& words = world.words;
    const ui::Page page("customers", false);
    {
        const bool whole = model.units.selected == 0;
        const std::string subtitle = whole ? std::string(words(Text::customers_everywhere)) : world.unit_path(model.units.selected, model.units.tree);
        const bool may_export = world.may(Action::export_list);
        const std::array<ui::TabItem, 2> shapes{ui::TabItem{.label = words(Text::customers_list), .icon = ui::Icon::list}, ui::TabItem{.label = words(Text::customers_map), .icon = ui::Icon::chart}};
        const float shapes_width = ui::button_width(words(Text::customers_list), ui::Icon::list) + ui::button_width(words(Text::customers_map), ui::Icon::chart);
        const ui::PageHeader header(words(Text::menu_customers), subtitle, shapes_width + (may_export ? 16 + ui::button_width(words(Text::export_list), ui::Icon::download) : 0));
        const int shape = ui::segmented("customers_shape", shapes, model.map ? 1 : 0);
        if (shape >= 0) events.push(ShapePressed{shape == 1});
        if (may_export) ui::beside(16);
        if (may_export && ui::button(words.id(Text::export_list), {.icon = ui::Icon::download, .hint = words(Text::export_hint)})) events.push(ExportPressed{});
    }
    ui::Columns columns("customers", {284, 1}, 12);
    columns.next();
    {
        const ui::Card card("units_card", {}, {.height = -1, .padding = 12});
        draw_unit_tree(model.units, ui.units, world, 0, [&](UnitTreeEvent event) { events.push(UnitTreeUsed{std::move(event)}); });
    }
    columns.next();
    drawer.conditions();
    ui::gap(12);
    drawer.list();
    drawer.detail();
}

}  // namespace qudao::client::customers
