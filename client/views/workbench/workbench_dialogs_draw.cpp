// The dialogs of the workbench: what a commit will do, how far it is, what changed meanwhile, whether to give up a file.
#include "client/views/common/format.hpp"
#include "client/views/workbench/workbench_draw.hpp"
#include "client/views/workbench/workbench_totals.hpp"
#include "client/widgets/widgets.hpp"

namespace qudao::client::workbench {
namespace {

void draw_confirm(const Model& model, const World& world, CommandQueue<Event>& events) {
    const Words& words = world.words;
    bool open = model.confirm_open && model.summary.has_value();
    if (ui::Dialog dialog(words.id(Text::confirm_title), open, {.width = 520, .tone = ui::Tone::warn}); dialog && model.summary) {
        const engine::Summary& summary = *model.summary;
        const PlacesTouched places = places_touched(summary, world);
        ui::wrapped(words(Text::confirm_moves, {{"count", format_count(summary.moved)}, {"from", format_count(places.left)}, {"to", format_count(places.reached)}}));
        ui::gap(10);
        const float names = 150;
        ui::field(words(Text::column_file), model.file_name, names);
        ui::field(words(Text::confirm_moved), format_count(summary.moved), names);
        ui::field(words(Text::confirm_unchanged), format_count(summary.unchanged), names);
        ui::field(words(Text::confirm_dropped), format_count(summary.dropped), names);
        ui::field(words(Text::confirm_day), summary.day, names);
        ui::gap(8);
        ui::wrapped_muted(words(Text::confirm_note));
        const std::string label = words(Text::confirm_commit, {{"count", format_count(summary.moved)}});
        dialog.footer(ui::button_width(words(Text::cancel)) + 8 + ui::button_width(label, ui::Icon::check));
        if (ui::button(words.id(Text::cancel, "cancel_commit"))) open = false;
        ui::beside();
        if (ui::primary_button(with_id(label, "confirm_commit"), {.icon = ui::Icon::check})) events.push(CommitConfirmed{});
    }
    if (model.confirm_open && !open) events.push(CommitClosed{});
}

void draw_committing(const Model& model, const World& world) {
    const Words& words = world.words;
    bool open = model.committing.has_value();
    if (ui::Dialog dialog(words.id(Text::committing_title), open, {.width = 480, .closable = false}); dialog && model.committing) {
        const dto::JobDto& job = *model.committing;
        const double part = job.total > 0 ? static_cast<double>(job.done) / static_cast<double>(job.total) : -1;
        const std::string figures = job.total > 0 ? format_count(job.done) + " / " + format_count(job.total) : std::string();
        ui::progress(phase_label(world.language(), job.phase.empty() ? "queued" : job.phase), part, figures);
        ui::gap(8);
        ui::wrapped_muted(words(Text::committing_note));
    }
}

void draw_replace(const Model& model, const World& world, CommandQueue<Event>& events) {
    const Words& words = world.words;
    bool open = model.waiting.has_value();
    if (ui::Dialog dialog(words.id(Text::replace_title), open, {.width = 460, .tone = ui::Tone::warn}); dialog && model.waiting) {
        const std::string other = model.waiting->file.valid() ? model.waiting->file.name() : std::string(words(Text::file_pasted_cells));
        ui::wrapped(words(Text::replace_question, {{"now", model.file_name}, {"other", other}}));
        dialog.footer(ui::button_width(words(Text::replace_keep)) + 8 + ui::button_width(words(Text::replace_open)));
        if (ui::button(words.id(Text::replace_keep))) open = false;
        ui::beside();
        if (ui::primary_button(words.id(Text::replace_open))) events.push(ReplaceConfirmed{true});
    }
    if (model.waiting && !open) events.push(ReplaceConfirmed{false});
}

std::string change_value(const World& world, const engine::CustomerChange& change, const std::string& value) {
    if (change.what != "place" || value.empty()) return value;
    return world.unit_name(number_in(value));
}

void draw_changes(const Model& model, const World& world, CommandQueue<Event>& events) {
    const Words& words = world.words;
    bool open = model.changes_open && model.changes.has_value();
    if (ui::Dialog dialog(words.id(Text::changes_title), open, {.width = 860}); dialog && model.changes) {
        const engine::Changes& changes = *model.changes;
        ui::wrapped_muted(words(Text::changes_shown, {{"shown", format_count(static_cast<std::int64_t>(changes.shown.size()))}, {"all", format_count(changes.customers)}}));
        ui::gap(8);
        const std::vector<ui::Column> columns = {
            {.key = "row", .title = words(Text::column_file_row), .width = 66, .align = ui::Align::right},
            {.key = "code", .title = words(Text::column_customer_code), .width = 122},
            {.key = "what", .title = words(Text::changes_what), .width = 150},
            {.key = "before", .title = words(Text::changes_before)},
            {.key = "after", .title = words(Text::changes_after)},
        };
        ui::Table table("changes", columns, {.row_count = static_cast<std::int64_t>(changes.shown.size()), .height = 320, .clickable = false, .label = words(Text::changes_title)});
        while (table.next_row()) {
            const engine::CustomerChange& change = changes.shown[static_cast<std::size_t>(table.row())];
            table.begin_row({.key = table.row(), .label = change.customer_code});
            table.number(format_count(change.row));
            table.cell(change.customer_code);
            table.cell(change_label(world.language(), change.what));
            table.cell(change_value(world, change, change.before));
            table.cell(change_value(world, change, change.after));
        }
        (void)table.end();
        dialog.footer(ui::button_width(words(Text::close)));
        if (ui::button(words.id(Text::close, "close_changes"))) open = false;
    }
    if (model.changes_open && !open) events.push(ChangesHidden{});
}

}  // namespace

void draw_dialogs(const Model& model, const World& world, CommandQueue<Event>& events) {
    draw_confirm(model, world, events);
    draw_committing(model, world);
    draw_replace(model, world, events);
    draw_changes(model, world, events);
}

}  // namespace qudao::client::workbench
