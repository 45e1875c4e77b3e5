// Before and after, by unit of either tree, as a table and as bars; flows; who gains or loses sight.
#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "client/engine/flow_groups.hpp"
#include "client/views/common/format.hpp"
#include "client/views/common/list_draw.hpp"
#include "client/views/workbench/workbench_draw.hpp"
#include "client/views/workbench/workbench_totals.hpp"
#include "client/widgets/widgets.hpp"

namespace qudao::client::workbench {
namespace {

constexpr float kNoteRoom = 260;   // a sentence beside controls is broken into lines, but not into words

struct Drawer {
    const Model& model;
    const World& world;
    CommandQueue<Event>& events;
    const Words& words = world.words;

    void tools() {
        const std::array<ui::TabItem, 2> trees{ui::TabItem{.label = words(Text::units_by_area)}, ui::TabItem{.label = words(Text::units_by_channel)}};
        // What does not fit beside the rest stands below it.
        const int tree = ui::segmented("trees", trees, static_cast<int>(model.tree));
        if (tree >= 0) events.push(TreePressed{static_cast<Tree>(tree)});
        const std::array<ui::TabItem, 2> shapes{ui::TabItem{.label = words(Text::totals_table), .icon = ui::Icon::table}, ui::TabItem{.label = words(Text::totals_chart), .icon = ui::Icon::chart}};
        ui::beside_or_below(ui::segmented_width(shapes), 16);
        const int shape = ui::segmented("shape", shapes, model.chart ? 1 : 0);
        if (shape >= 0) events.push(ShapePressed{shape == 1});
        if (model.chart) {
            chart_tools();
        } else {
            ui::beside_or_below(kNoteRoom, 16);
            ui::align_to_controls();
            ui::wrapped_muted(words(Text::totals_as_of, {{"at", to_the_minute(model.summary->as_of)}, {"period", period_words(words, model.summary->revenue_period)}}));
        }
    }
    void chart_tools() {
        const std::array<ui::TabItem, 4> levels{ui::TabItem{.label = words(Text::level_channel)}, ui::TabItem{.label = words(Text::level_network)},
                                                ui::TabItem{.label = words(Text::level_department)}, ui::TabItem{.label = words(Text::level_place)}};
        ui::beside_or_below(ui::segmented_width(levels), 16);
        const int level = ui::segmented("level", levels, static_cast<int>(model.level));
        if (level >= 0) events.push(LevelPressed{static_cast<Level>(level)});
        const std::array<ui::TabItem, 2> measures{ui::TabItem{.label = words(Text::measure_customers)}, ui::TabItem{.label = words(Text::measure_revenue)}};
        ui::beside_or_below(ui::segmented_width(measures), 16);
        const int measure = ui::segmented("measure", measures, model.by_revenue ? 1 : 0);
        if (measure >= 0) events.push(MeasurePressed{measure == 1});
    }

    void revenue_cells(ui::Table& table, const engine::Total& before, const engine::Total& after) const {
        for (const engine::Total* total : {&before, &after}) {
            if (total->with_revenue == 0) table.cell_muted(words(Text::no_data));
            else table.number(format_yuan(total->revenue_fen));
        }
        if (before.with_revenue == 0 && after.with_revenue == 0) return table.cell_muted("");
        const std::int64_t change = after.revenue_fen - before.revenue_fen;
        table.cell_toned(ui::tone_of_change(change), signed_yuan(change));
    }

    void table() {
        const engine::UnitChanges& changes = model.tree == Tree::area ? model.summary->area : model.summary->channel;
        const std::vector<ui::Column> columns = {
            {.key = "unit", .title = words(Text::column_unit), .width = ui::width_left() < 900 ? 210.0F : 0},   // names before a short way to the side
            {.key = "cb", .title = words(Text::totals_customers_before), .width = 96, .align = ui::Align::right},
            {.key = "ca", .title = words(Text::totals_customers_after), .width = 96, .align = ui::Align::right},
            {.key = "cd", .title = words(Text::totals_customers_change), .width = 84, .align = ui::Align::right},
            {.key = "rb", .title = words(Text::totals_revenue_before), .width = 140, .align = ui::Align::right},
            {.key = "ra", .title = words(Text::totals_revenue_after), .width = 140, .align = ui::Align::right},
            {.key = "rd", .title = words(Text::totals_revenue_change), .width = 124, .align = ui::Align::right},
        };
        ui::Table table("totals", columns, {.row_count = static_cast<std::int64_t>(changes.size()), .clickable = false, .empty_words = words(Text::totals_none), .label = words(Text::tab_totals)});
        while (table.next_row()) {
            const auto at = static_cast<std::size_t>(table.row());
            const UnitNames::Name name = model.names.of(changes.unit[at]);
            const engine::Total before = changes.before[at], after = changes.after[at];
            label_ = name.whole();
            table.begin_row({.key = changes.unit[at], .label = label_});
            const std::string indent = indented(world, model.tree, changes, at);
            if (name.above.empty()) table.cell(indent + name.name);
            else table.custom(indent + label_, [&] { ui::cut_after(indent + name.above + " / ", name.name); });
            table.number(format_count(before.customers));
            table.number(format_count(after.customers));
            table.cell_toned(ui::tone_of_change(after.customers - before.customers), signed_count(after.customers - before.customers));
            revenue_cells(table, before, after);
        }
        (void)table.end();
    }

    std::string label_ = {};

    void chart() const {
        const std::vector<ChartBar> bars = chart_bars(model, world);
        if (bars.empty()) {
            (void)ui::empty_state(ui::Icon::chart, words(Text::totals_none), words(Text::totals_none_detail));
            return;
        }
        std::vector<ui::BarPair> pairs;
        pairs.reserve(bars.size());
        for (const ChartBar& bar : bars) pairs.push_back({bar.name, bar.before.value_or(ui::kNoValue), bar.after.value_or(ui::kNoValue)});
        const bool revenue = model.by_revenue;
        const std::string label = revenue ? words(Text::column_revenue_of, {{"period", period_words(words, model.summary->revenue_period)}}) : std::string(words(Text::measure_customers));
        const std::string file = words(Text::chart_totals_file, {{"day", world.session.day}});
        const ui::ChartWords said = picture_words(words);
        bool as_table = false;  // the table is the tab beside this one
        ui::bar_pairs("chart", pairs,
                      {.before = words(Text::totals_before), .after = words(Text::totals_after), .change = words(Text::totals_change),
                       .words = [revenue](std::int64_t value) { return revenue ? format_yuan(value) : format_count(value); },
                       .change_words = [revenue](std::int64_t value) { return revenue ? signed_yuan(value) : signed_count(value); }},
                      {.label = label, .unit = words(revenue ? Text::unit_yuan : Text::unit_households), .category = words(Text::column_unit), .file_name = file, .words = &said}, as_table);
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

std::string revenue_of(const Words& words, const engine::Total& total) { return total.with_revenue == 0 ? std::string(words(Text::no_data)) : format_yuan(total.revenue_fen); }

void draw_flow_table(const Model& model, const World& world) {
    const Words& words = world.words;
    const engine::Summary& summary = *model.summary;
    const std::string revenue = words(Text::column_revenue_of, {{"period", period_words(words, summary.revenue_period)}});
    const engine::Total all = all_flows(summary);
    const std::string all_customers = format_count(all.customers), all_revenue = revenue_of(words, all);
    const std::vector<ui::Column> columns = {
        {.key = "from", .title = words(Text::column_from), .total = words(Text::chart_total)},
        {.key = "to", .title = words(Text::column_to)},
        {.key = "customers", .title = words(Text::measure_customers), .width = 96, .align = ui::Align::right, .total = all_customers},
        {.key = "revenue", .title = revenue, .width = 190, .align = ui::Align::right, .total = all_revenue},
    };
    ui::Table table("flows", columns, {.row_count = static_cast<std::int64_t>(summary.flows.size()), .clickable = false, .empty_words = words(Text::totals_none), .label = words(Text::tab_flows)});
    while (table.next_row()) {
        const dto::FlowDto& flow = summary.flows[static_cast<std::size_t>(table.row())];
        const std::string to = model.names.whole(flow.to);
        table.begin_row({.key = table.row(), .label = to});
        draw_unit_cell(table, world, model.names, flow.from);
        draw_unit_cell(table, world, model.names, flow.to);
        table.number(format_count(flow.customers));
        if (flow.with_revenue == 0) table.cell_muted(words(Text::no_data));
        else table.number(format_yuan(flow.revenue_fen));
    }
    (void)table.end();
}

void draw_flow_picture(const Model& model, const World& world) {
    const Words& words = world.words;
    const FlowBlocks blocks = flow_blocks(model, world, ui::flow_blocks_left());
    const std::string revenue = words(Text::column_revenue_of, {{"period", period_words(words, model.summary->revenue_period)}}) + " ";
    std::vector<std::string> notes;
    notes.reserve(blocks.left.size() + blocks.right.size() + blocks.links.size());
    const auto note = [&](const engine::Total& total) -> std::string_view { return notes.emplace_back(revenue + revenue_of(words, total)); };
    const auto side = [&](const std::vector<FlowBlock>& from) {
        std::vector<ui::FlowBlock> shown;
        for (const FlowBlock& block : from) shown.push_back({block.name, note(block.total), block.unit == engine::kOtherUnits});
        return shown;
    };
    const std::vector<ui::FlowBlock> left = side(blocks.left), right = side(blocks.right);
    std::vector<ui::Flow> flows;
    for (const FlowLink& link : blocks.links) flows.push_back({link.from, link.to, link.total.customers, note(link.total)});
    const std::string file = words(Text::chart_flows_file, {{"day", world.session.day}});
    const ui::ChartWords said = picture_words(words);
    bool as_table = false;
    ui::flow_picture("flow_picture", {words(Text::column_from), words(Text::column_to), left, right, flows, [](std::int64_t customers) { return format_count(customers); }},
                     {.label = words(Text::chart_flows), .unit = words(Text::unit_households), .file_name = file, .words = &said}, as_table);
}

}  // namespace

void draw_flows(const Model& model, const World& world, CommandQueue<Event>& events) {
    const Words& words = world.words;
    const engine::Summary& summary = *model.summary;
    const auto shown = static_cast<std::int64_t>(summary.flows.size());
    const std::array<ui::TabItem, 2> shapes{ui::TabItem{.label = words(Text::totals_table), .icon = ui::Icon::table}, ui::TabItem{.label = words(Text::totals_chart), .icon = ui::Icon::chart}};
    const int shape = ui::segmented("flow_shape", shapes, model.flows_chart ? 1 : 0);
    if (shape >= 0) events.push(ShapePressed{shape == 1});
    const bool picture = model.flows_chart && !summary.flows.empty();
    ui::beside_or_below(kNoteRoom, 16);
    ui::align_to_controls();
    // The picture is of all flows; the table lists the largest.
    ui::wrapped_muted(summary.flow_pairs > shown && !picture ? words(Text::flows_shown, {{"shown", format_count(shown)}, {"all", format_count(summary.flow_pairs)}})
                                                             : words(Text::flows_all, {{"all", format_count(summary.flow_pairs)}}));
    ui::gap(6);
    if (picture) draw_flow_picture(model, world);
    else draw_flow_table(model, world);
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
        {.key = "name", .title = words(Text::people_name)},
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
