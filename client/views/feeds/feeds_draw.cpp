#include "client/views/feeds/feeds_draw.hpp"

#include <algorithm>
#include <array>

#include "client/views/common/format.hpp"
#include "client/views/common/list_draw.hpp"
#include "client/widgets/widgets.hpp"

namespace qudao::client::feeds {
namespace {

struct Drawer {
    const Model& model;
    const World& world;
    CommandQueue<Event>& events;
    const Words& words = world.words;

    // The button is in the head of the page; a file may be dropped anywhere on it.
    void upload(bool files_over_page) {
        if (model.upload || files_over_page) {
            {
                const ui::Card card("upload", {}, {.padding = 14});
                if (model.upload) progress(*model.upload);
                else (void)ui::drop_zone("feed_drop", words(Text::feeds_drop), words(Text::feeds_drop_detail), true, 132);
            }
            return ui::gap(12);
        }
        if (model.imported) {
            const dto::FeedRunDto& run = *model.imported;
            const std::string refusal = refusal_words(world, run);  // the same file again
            std::string line = !refusal.empty() ? refusal
                                                      : words(Text::feeds_done, {{"read", format_count(run.read)}, {"fresh", format_count(run.fresh)}, {"changed", format_count(run.changed)},
                                                                                 {"unchanged", format_count(run.unchanged)}, {"rejected", format_count(run.rejected)}});
            const std::string unknown = unknown_words(world, run);
            if (!unknown.empty()) line.append(world.language() == Language::zh ? "；" : "; ").append(unknown);
            const ui::BannerResult result = run.rejected > 0 ? ui::banner(ui::Tone::warn, line, words.id(Text::feeds_save_rejected, "save_rejected"))
                                                             : ui::banner(refusal.empty() && unknown.empty() ? ui::Tone::good : ui::Tone::warn, line);
            if (result.action) events.push(RejectedPressed{run.id});
        }
        if (model.error) ui::banner(ui::Tone::bad, sentence_of(world.language(), *model.error));
        if (model.imported || model.error) ui::gap(12);
    }

    void progress(const Upload& upload) {
        if (!upload.job) {
            const double part = upload.bytes > 0 ? static_cast<double>(upload.sent) / static_cast<double>(upload.bytes) : -1;
            return ui::progress(words(Text::feeds_sending, {{"file", upload.file_name}}), part, format_count(upload.sent));
        }
        const dto::JobDto& job = *upload.job;
        const double part = job.total > 0 ? static_cast<double>(job.done) / static_cast<double>(job.total) : -1;
        const std::string phase(phase_label(world.language(), job.phase));
        ui::progress(words(Text::feeds_importing, {{"file", upload.file_name}, {"phase", phase}}), part, format_count(job.done));
    }

    void lateness_cell(ui::Table& table, const dto::FeedDto& one) const {
        if (!one.last) return table.custom(words(Text::feeds_never), [&] { ui::badge(words(Text::feeds_never), ui::Tone::bad, ui::Icon::clock); });
        if (one.days_late == 0) return table.custom(words(Text::feeds_on_time), [&] { ui::badge(words(Text::feeds_on_time), ui::Tone::good, ui::Icon::check); });
        const std::string late = words(Text::feeds_late, {{"days", std::to_string(one.days_late)}});
        table.custom(late, [&] { ui::badge(late, ui::Tone::bad, ui::Icon::clock); });
    }

    void feeds_card() {
        const ui::Card card("feeds", words(Text::feeds_state), {.padding = 14});
        if (model.feeds.failed()) {
            if (ui::banner(ui::Tone::bad, sentence_of(world.language(), model.feeds.error), words.id(Text::feeds_refresh, "retry")).action) events.push(Refreshed{});
            return;
        }
        const std::array<ui::Column, 6> columns{ui::Column{.key = "feed", .title = words(Text::column_feed), .width = 110},
                                                ui::Column{.key = "source", .title = words(Text::column_source), .width = 130},
                                                ui::Column{.key = "day", .title = words(Text::column_data_day), .width = 110},
                                                ui::Column{.key = "last", .title = words(Text::column_last_success)},
                                                ui::Column{.key = "due", .title = words(Text::column_due), .width = 110},
                                                ui::Column{.key = "late", .title = words(Text::column_lateness), .width = 130}};
        ui::Table table("feeds", columns, {.row_count = static_cast<std::int64_t>(model.feeds.value.size()), .height = -1, .clickable = false, .label = words(Text::feeds_state)});
        while (table.next_row()) {
            const dto::FeedDto& one = model.feeds.value[static_cast<std::size_t>(table.row())];
            table.begin_row({.key = table.row(), .label = one.kind});
            table.cell(feed_kind_label(world.language(), one.kind));
            table.cell_muted(feed_source_label(world.language(), one.source));
            table.cell(one.last ? day_words(world, one.last->day, one.last->period) : std::string());
            table.cell_muted(one.last ? to_the_minute(one.last->finished_at) : std::string());
            table.cell(one.due_on);
            lateness_cell(table, one);
        }
        (void)table.end();
    }

    void outcome_cell(ui::Table& table, const dto::FeedRunDto& run) const {
        const ui::Tone tone = run.state == "done" ? ui::Tone::good : run.state == "refused" || run.state == "failed" ? ui::Tone::bad : ui::Tone::accent;
        table.custom(feed_state_label(world.language(), run.state), [&] {
            ui::badge(feed_state_label(world.language(), run.state), tone);
            if (run.rejected > 0) {
                ui::beside(8);
                if (ui::link(words.id(Text::feeds_save_rejected, "rejected_" + std::to_string(run.id)))) events.push(RejectedPressed{run.id});
            }
            const std::string why = run.unknown > 0 ? unknown_words(world, run) : refusal_words(world, run);
            if (why.empty() || run.rejected > 0) return;
            ui::beside(8);
            ui::cut(why);
        });
    }

    void tabs() {
        const std::array<ui::TabItem, 3> items{ui::TabItem{.label = words(Text::feeds_tab_imports)}, ui::TabItem{.label = words(Text::feeds_tab_trend)},
                                               ui::TabItem{.label = words(Text::feeds_tab_conflicts)}};
        const int chosen = ui::tabs("feed_tabs", items, static_cast<int>(model.tab));
        if (chosen >= 0) events.push(TabPressed{static_cast<Tab>(chosen)});
        ui::gap(10);
    }

    // A file unlike those before it is seen at once. Days are joined by lines; months stand side by side.
    void trend_card(Ui& ui) {
        const ui::Card card("trend", {}, {.height = -1, .least = 320, .padding = 14});
        std::vector<std::string_view> kinds;
        std::vector<ui::TabItem> items;
        for (const dto::FeedDto& one : model.feeds.value) {
            if (std::find(kinds.begin(), kinds.end(), one.kind) != kinds.end()) continue;
            kinds.push_back(one.kind);
            items.push_back({.label = feed_kind_label(world.language(), one.kind)});
        }
        const auto shown = std::find(kinds.begin(), kinds.end(), model.trend_kind) - kinds.begin();
        const int pressed = ui::segmented("trend_kind", items, static_cast<int>(shown));
        if (pressed >= 0) events.push(TrendKindPressed{std::string(kinds[static_cast<std::size_t>(pressed)])});
        if (model.next) {
            ui::beside(12);
            ui::align_to_controls();
            if (ui::link(words.id(Text::feeds_more))) events.push(MoreWanted{});
        }
        ui::gap(8);
        const Trend trend = trend_of(model, world);
        if (trend.points.size() < 2) {
            if (!model.feeds.loading()) (void)ui::empty_state(ui::Icon::chart, words(Text::feeds_trend_none), words(Text::feeds_trend_none_detail));
            return;
        }
        std::vector<std::string> days;
        std::vector<std::int64_t> fresh, changed, rejected;
        for (const TrendPoint& point : trend.points) {
            days.push_back(point.of);
            fresh.push_back(point.came ? point.fresh : ui::kNoValue);
            changed.push_back(point.came ? point.changed : ui::kNoValue);
            rejected.push_back(point.came ? point.rejected : ui::kNoValue);
        }
        const std::array<ui::Series, 3> series{ui::Series{words(Text::column_fresh), fresh}, ui::Series{words(Text::column_changed), changed}, ui::Series{words(Text::column_rejected), rejected}};
        const ui::ChartWords said = chart_words(words);
        const std::string kind(feed_kind_label(world.language(), model.trend_kind)), file = words(Text::chart_feeds_file, {{"feed", kind}, {"day", world.session.day}});
        const ui::ChartOptions options{.label = kind, .unit = words(Text::unit_rows), .category = words(Text::column_data_day), .file_name = file, .words = &said};
        const ui::AxisChart chart{days, series, [](std::int64_t rows) { return format_count(rows); }};
        if (trend.monthly) ui::bars("trend", chart, options, ui.trend_as_table);
        else ui::lines("trend", chart, options, ui.trend_as_table);
    }

    // What accounts say counts; how far billing is from it is in the last column.
    void conflicts_card(Ui& ui) {
        const ui::Card card("conflicts", {}, {.height = -1, .padding = 14});
        ui::wrapped_muted(words(Text::feeds_conflicts_intro));
        ui::gap(8);
        const std::array<ui::Column, 8> columns{ui::Column{.key = "number", .title = words(Text::column_number), .width = 116},
                                                ui::Column{.key = "code", .title = words(Text::column_customer_code), .width = 116},
                                                ui::Column{.key = "name", .title = words(Text::column_customer_name)},
                                                ui::Column{.key = "place", .title = words(Text::column_unit)},
                                                ui::Column{.key = "since", .title = words(Text::column_arrear_since), .width = 92},
                                                ui::Column{.key = "accounts", .title = words(Text::column_arrear_accounts), .width = 96, .align = ui::Align::right},
                                                ui::Column{.key = "billing", .title = words(Text::column_arrear_billing), .width = 96, .align = ui::Align::right},
                                                ui::Column{.key = "difference", .title = words(Text::column_arrear_difference), .width = 96, .align = ui::Align::right}};
        const ListRows& rows = model.conflicts.rows;
        const ListUse use = draw_list(
            model.conflicts, ui.conflicts_shown, "conflicts", columns, {.clickable = false},
            {words(Text::feeds_no_conflicts), words(Text::feeds_conflicts_intro), words(Text::feeds_tab_conflicts)}, world,
            [&](std::int64_t row) { return ui::TableRow{.key = row, .label = rows.text(row, "access_number")}; },
            [&](ui::Table& table, std::int64_t row) {
                const std::int64_t accounts = rows.number(row, "amount").value_or(0);
                const std::int64_t billing = rows.number(row, "other_amount").value_or(0);
                table.cell(rows.text(row, "access_number"));
                table.cell(rows.text(row, "code"));
                table.cell(rows.text(row, "name"));
                draw_unit_cell(table, world, rows.number(row, "place").value_or(0));
                table.cell(period_words(words, static_cast<std::int32_t>(rows.number(row, "since").value_or(0))));
                table.number(yuan_or_no_data(words, accounts));
                table.number(yuan_or_no_data(words, billing));
                table.number(signed_yuan(billing - accounts));
            });
        if (use.retry) events.push(ConflictsRetried{});
        if (use.more) events.push(MoreConflictsWanted{});
    }

    void runs_card() {
        const ui::Card card("runs", words(Text::feeds_runs), {.height = -1, .least = 320, .padding = 14});
        if (model.runs.empty() && !model.feeds.loading()) {
            (void)ui::empty_state(ui::Icon::inbox, words(Text::feeds_none), words(Text::feeds_drop_detail));
            return;
        }
        const std::array<ui::Column, 9> columns{ui::Column{.key = "at", .title = words(Text::column_at), .width = 122},
                                                ui::Column{.key = "feed", .title = words(Text::column_feed), .width = 92},
                                                ui::Column{.key = "day", .title = words(Text::column_data_day), .width = 92},
                                                ui::Column{.key = "person", .title = words(Text::column_person), .width = 76},
                                                ui::Column{.key = "read", .title = words(Text::column_rows), .width = 76, .align = ui::Align::right},
                                                ui::Column{.key = "fresh", .title = words(Text::column_fresh), .width = 70, .align = ui::Align::right},
                                                ui::Column{.key = "changed", .title = words(Text::column_changed), .width = 70, .align = ui::Align::right},
                                                ui::Column{.key = "rejected", .title = words(Text::column_rejected), .width = 62, .align = ui::Align::right},
                                                ui::Column{.key = "outcome", .title = words(Text::column_outcome)}};
        ui::Table table("runs", columns, {.row_count = static_cast<std::int64_t>(model.runs.size()), .has_more = model.next.has_value(), .loading_more = model.more_loading,
                                          .clickable = false, .more_words = words(Text::feeds_more), .label = words(Text::feeds_runs)});
        while (table.next_row()) {
            const dto::FeedRunDto& run = model.runs[static_cast<std::size_t>(table.row())];
            table.begin_row({.key = run.id, .label = run.file_name});
            table.cell(to_the_minute(run.started_at));
            table.cell(feed_kind_label(world.language(), run.kind));
            table.cell(day_words(world, run.day, run.period));
            table.cell_muted(run.person == 0 ? words(Text::feeds_by_program) : std::string_view(run.person_name));
            table.number(format_count(run.read));
            table.number(format_count(run.fresh));
            table.number(format_count(run.changed));
            table.number(format_count(run.rejected));
            outcome_cell(table, run);
        }
        if (table.end().load_more) events.push(MoreWanted{});
    }
};

}  // namespace

void draw(const Model& model, Ui& ui, const World& world, bool files_over_page, CommandQueue<Event>& events) {
    const Words& words = world.words;
    const ui::Page page("feeds");
    {
        const bool exports = model.tab == Tab::conflicts && world.may(Action::export_list);
        const float width = (exports ? ui::button_width(words(Text::export_list), ui::Icon::download) + 8 : 0) + ui::button_width(words(Text::feeds_drop), ui::Icon::upload) + 8 + ui::button_width(words(Text::feeds_refresh), ui::Icon::refresh);
        const ui::PageHeader header(words(Text::menu_feeds), words(Text::feeds_intro), width);
        if (exports && ui::button(words.id(Text::export_list), {.icon = ui::Icon::download, .hint = words(Text::export_hint)})) events.push(ExportPressed{});
        if (exports) ui::beside();
        if (ui::primary_button(words.id(Text::feeds_drop), {.icon = ui::Icon::upload, .enabled = !model.upload})) events.push(PickPressed{});
        ui::beside();
        if (ui::button(words.id(Text::feeds_refresh), {.icon = ui::Icon::refresh})) events.push(Refreshed{});
    }
    Drawer drawer{model, world, events};
    drawer.upload(files_over_page);
    drawer.tabs();
    if (model.tab == Tab::trend) return drawer.trend_card(ui);
    if (model.tab == Tab::conflicts) return drawer.conflicts_card(ui);
    drawer.feeds_card();
    ui::gap(12);
    drawer.runs_card();
}

}  // namespace qudao::client::feeds
