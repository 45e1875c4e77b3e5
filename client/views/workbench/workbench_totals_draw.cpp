// Before and after, by unit of either tree, as a table and as bars; flows; who gains or loses sight.
#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "client/views/common/format.hpp"
#include "client/views/common/list_draw.hpp"
#include "client/views/workbench/workbench_draw.hpp"
#include "client/views/workbench/workbench_totals.hpp"
#include "client/widgets/widgets.hpp"

namespace qudao::client::workbench {
namespace {

struct Drawer {
    const Model& model;
    const World& world;
    CommandQueue<Event>& events;
    const Words& words = world.words;

    void tools() {
        const std::array<ui::TabItem, 2> trees{ui::TabItem{.label = words(Text::units_by_area)}, ui::TabItem{.label = words(Text::units_by_channel)}};
        const int tree = ui::segmented("trees", trees, static_cast<int>(model.tree));
        if (tree >= 0) events.push(TreePressed{static_cast<Tree>(tree)});
        ui::beside(16);
        const std::array<ui::TabItem, 2> shapes{ui::TabItem{.label = words(Text::totals_table), .icon = ui::Icon::table}, ui::TabItem{.label = words(Text::totals_chart), .icon = ui::Icon::chart}};
        const int shape = ui::segmented("shape", shapes, model.chart ? 1 : 0);
        if (shape >= 0) events.push(ShapePressed{shape == 1});
        ui::beside(16);
        if (model.chart) {
            chart_tools();
        } else {
            ui::align_to_controls();
            ui::muted(words(Text::totals_as_of, {{"at", to_the_minute(model.summary->as_of)}, {"period", period_words(words, model.summary->revenue_period)}}));
        }
    }
    void chart_tools() {
        const std::array<ui::TabItem, 4> levels{ui::TabItem{.label = words(Text::level_channel)}, ui::TabItem{.label = words(Text::level_network)},
                                                ui::TabItem{.label = words(Text::level_department)}, ui::TabItem{.label = words(Text::level_place)}};
        const int level = ui::segmented("level", levels, static_cast<int>(model.level));
        if (level >= 0) events.push(LevelPressed{static_cast<Level>(level)});
        ui::beside(16);
        const std::array<ui::TabItem, 2> measures{ui::TabItem{.label = words(Text::measure_customers)}, ui::TabItem{.label = words(Text::measure_revenue)}};
        const int measure = ui::segmented("measure", measures, model.by_revenue ? 1 : 0);
        if (measure >= 0) events.push(MeasurePressed{measure == 1});
    }

    static ui::Tone tone_of(std::int64_t change) { return change > 0 ? ui::Tone::good : change < 0 ? ui::Tone::bad : ui::Tone::neutral; }

    void revenue_cells(ui::Table& table, const engine::Total& before, const engine::Total& after) const {
        for (const engine::Total* total : {&before, &after}) {
            if (total->with_revenue == 0) table.cell_muted(words(Text::no_data));
            else table.number(format_yuan(total->revenue_fen));
        }
        if (before.with_revenue == 0 && after.with_revenue == 0) return table.cell_muted("");
        const std::int64_t change = after.revenue_fen - before.revenue_fen;
        table.cell_toned(tone_of(change), signed_yuan(change));
    }

    void table() const {
        const engine::UnitChanges& changes = model.tree == Tree::area ? model.summary->area : model.summary->channel;
        const std::vector<ui::Column> columns = {
            {.key = "unit", .title = words(Text::column_unit)},
            {.key = "cb", .title = words(Text::totals_customers_before), .width = 96, .align = ui::Align::right},
            {.key = "ca", .title = words(Text::totals_customers_after), .width = 96, .align = ui::Align::right},
            {.key = "cd", .title = words(Text::totals_change), .width = 84, .align = ui::Align::right},
            {.key = "rb", .title = words(Text::totals_revenue_before), .width = 140, .align = ui::Align::right},
            {.key = "ra", .title = words(Text::totals_revenue_after), .width = 140, .align = ui::Align::right},
            {.key = "rd", .title = words(Text::totals_change), .width = 124, .align = ui::Align::right},
        };
        ui::Table table("totals", columns, {.row_count = static_cast<std::int64_t>(changes.size()), .clickable = false, .empty_words = words(Text::totals_none), .label = words(Text::tab_totals)});
        while (table.next_row()) {
            const auto at = static_cast<std::size_t>(table.row());
            const std::string name = world.unit_name(changes.unit[at]);
            const engine::Total before = changes.before[at], after = changes.after[at];
            table.begin_row({.key = changes.unit[at], .label = name});
            table.cell(indented(world, model.tree, changes, at) + name);
            table.number(format_count(before.customers));
            table.number(format_count(after.customers));
            table.cell_toned(tone_of(after.customers - before.customers), signed_count(after.customers - before.customers));
            revenue_cells(table, before, after);
        }
        (void)table.end();
    }

    void chart() const {
        const std::vector<ChartBar> bars = chart_bars(model, world);
        if (bars.empty()) {
            (void)ui::empty_state(ui::Icon::chart, words(Text::totals_none), words(Text::totals_none_detail));
            return;
        }
        std::vector<ui::BarPair> pairs;
        for (const ChartBar& bar : bars)
            pairs.push_back({.label = bar.name, .before = bar.before, .after = bar.after, .before_words = bar.before_words, .after_words = bar.after_words,
                             .change_words = bar.change_words, .change_sign = bar.after > bar.before ? 1 : bar.after < bar.before ? -1 : 0, .no_data = bar.no_data});
        const std::string label = model.by_revenue ? words(Text::column_revenue_of, {{"period", period_words(words, model.summary->revenue_period)}}) : std::string(words(Text::measure_customers));
        ui::small(label);
        ui::gap(4);
        ui::bar_chart("chart", pairs, {.label = label, .before_label = words(Text::totals_before), .after_label = words(Text::totals_after), .label_width = 200, .max_height = std::max(ui::height_left() - 36, 120.0F)});
    }
};

}  // namespace

void draw_totals(const Model& model, const World& world, CommandQueue<Event>& events) {
    Drawer drawer{model, world, events};
    drawer.tools();
    ui::gap(8);
    if (model.chart) drawer.chart();
    else drawer.table();
}

namespace {

void draw_flow_table(const engine::Summary& summary, const World& world) {
    const Words& words = world.words;
    const std::string revenue = words(Text::column_revenue_of, {{"period", period_words(words, summary.revenue_period)}});
    std::int64_t customers = 0, fen = 0, known = 0;
    for (const dto::FlowDto& flow : summary.flows) {
        customers += flow.customers;
        fen += flow.revenue_fen;
        known += flow.with_revenue;
    }
    const std::string all_customers = format_count(customers), all_revenue = known == 0 ? std::string(words(Text::no_data)) : format_yuan(fen);
    const std::vector<ui::Column> columns = {
        {.key = "from", .title = words(Text::column_from), .total = words(Text::chart_total)},
        {.key = "to", .title = words(Text::column_to)},
        {.key = "customers", .title = words(Text::measure_customers), .width = 96, .align = ui::Align::right, .total = all_customers},
        {.key = "revenue", .title = revenue, .width = 190, .align = ui::Align::right, .total = all_revenue},
    };
    ui::Table table("flows", columns, {.row_count = static_cast<std::int64_t>(summary.flows.size()), .clickable = false, .empty_words = words(Text::totals_none), .label = words(Text::tab_flows)});
    while (table.next_row()) {
        const dto::FlowDto& flow = summary.flows[static_cast<std::size_t>(table.row())];
        const std::string to = world.unit_name(flow.to);
        table.begin_row({.key = table.row(), .label = to});
        draw_unit_cell(table, world, flow.from);
        draw_unit_cell(table, world, flow.to);
        table.number(format_count(flow.customers));
        if (flow.with_revenue == 0) table.cell_muted(words(Text::no_data));
        else table.number(format_yuan(flow.revenue_fen));
    }
    (void)table.end();
}

}  // namespace

void draw_flows(const Model& model, Ui& ui, const World& world) {
    const Words& words = world.words;
    const engine::Summary& summary = *model.summary;
    const auto shown = static_cast<std::int64_t>(summary.flows.size());
    const std::array<ui::TabItem, 2> shapes{ui::TabItem{.label = words(Text::totals_table), .icon = ui::Icon::table}, ui::TabItem{.label = words(Text::totals_chart), .icon = ui::Icon::chart}};
    const int shape = ui::segmented("flow_shape", shapes, ui.flows_chart ? 1 : 0);
    if (shape >= 0) ui.flows_chart = shape == 1;
    ui::beside(16);
    ui::align_to_controls();
    ui::muted(summary.flow_pairs > shown ? words(Text::flows_shown, {{"shown", format_count(shown)}, {"all", format_count(summary.flow_pairs)}}) : words(Text::flows_all, {{"all", format_count(shown)}}));
    ui::gap(6);
    if (!ui.flows_chart || summary.flows.empty()) return draw_flow_table(summary, world);
    std::vector<std::string> names;
    names.reserve(summary.flows.size() * 2);
    std::vector<ui::Flow> flows;
    for (const dto::FlowDto& flow : summary.flows) {
        names.push_back(world.unit_name(flow.from));
        names.push_back(world.unit_name(flow.to));
        flows.push_back({names[names.size() - 2], names.back(), flow.customers});
    }
    const std::string file = words(Text::chart_flows_file, {{"day", world.session.day}});
    const ui::ChartWords said = chart_words(words);
    bool as_table = false;
    ui::flow_picture("flow_picture", flows, [](std::int64_t customers) { return format_count(customers); }, {words(Text::column_from), words(Text::column_to)},
                     {.label = words(Text::chart_flows), .unit = words(Text::unit_households), .file_name = file, .words = &said}, as_table);
    if (as_table) ui.flows_chart = false;
}

void draw_sight(const Model& model, const World& world, CommandQueue<Event>& events) {
    const Words& words = world.words;
    if (model.sight.failed()) {
        if (ui::empty_state(ui::Icon::warning, words(Text::list_failed), sentence_of(world.language(), model.sight.error), words.id(Text::retry))) events.push(SightRetried{});
        return;
    }
    if (!model.sight.ready()) return ui::loading(words(Text::list_loading));
    const dto::SightDto& sight = model.sight.value;
    const auto shown = static_cast<std::int64_t>(sight.changes.size());
    ui::wrapped_muted(words(Text::sight_intro, {{"count", format_count(sight.persons)}}));
    if (!model.sight_whole) ui::wrapped_muted(words(Text::sight_part));
    ui::gap(6);
    const std::vector<ui::Column> columns = {
        {.key = "name", .title = words(Text::column_person)},
        {.key = "login", .title = words(Text::login_name)},
        {.key = "gains", .title = words(Text::sight_gains), .width = 130, .align = ui::Align::right},
        {.key = "loses", .title = words(Text::sight_loses), .width = 130, .align = ui::Align::right},
    };
    ui::Table table("sight", columns, {.row_count = shown, .clickable = false, .empty_words = words(Text::sight_none), .label = words(Text::tab_sight)});
    while (table.next_row()) {
        const dto::SightChangeDto& change = sight.changes[static_cast<std::size_t>(table.row())];
        table.begin_row({.key = change.person, .label = change.name});
        table.cell(change.name);
        table.cell_muted(change.login);
        table.cell_toned(change.gains > 0 ? ui::Tone::good : ui::Tone::neutral, signed_count(change.gains));
        table.cell_toned(change.loses > 0 ? ui::Tone::bad : ui::Tone::neutral, signed_count(-change.loses));
    }
    (void)table.end();
}

}  // namespace qudao::client::workbench
