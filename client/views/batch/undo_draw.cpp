// The dialog of an undo: what it would do, what stays, the confirmation, and how far it is.
#include "client/views/batch/batch_draw.hpp"
#include "client/views/common/format.hpp"
#include "client/widgets/widgets.hpp"

namespace qudao::client::batch {
namespace {

void draw_kept(const Undo& undo, const World& world, CommandQueue<Event>& events) {
    const Words& words = world.words;
    const dto::PlanDto& plan = undo.plan.value;
    if (plan.refused.empty()) return;
    ui::gap(10);
    for (const dto::CountDto& reason : plan.reasons) {
        const std::string line = words(Text::undo_kept_for, {{"reason", reason_label(world.language(), reason.code)}, {"count", format_count(reason.count)}});
        ui::text(line);
    }
    ui::gap(6);
    if (undo.more_error && ui::banner(ui::Tone::bad, sentence_of(world.language(), *undo.more_error), words(Text::retry)).action) events.push(MoreKeptWanted{});
    const std::vector<ui::Column> columns = {
        {.key = "row", .title = words(Text::column_file_row), .width = 60, .align = ui::Align::right},
        {.key = "code", .title = words(Text::column_customer_code), .width = 122},
        {.key = "why", .title = words(Text::column_why)},
    };
    ui::Table table("kept", columns,
                    {.row_count = static_cast<std::int64_t>(plan.refused.size()), .height = 190, .has_more = has_more_kept(plan) && !undo.more_error,
                     .loading_more = undo.more_loading, .clickable = false, .more_words = words(Text::list_more), .label = words(Text::undo_kept)});
    while (table.next_row()) {
        const dto::RowVerdictDto& row = plan.refused[static_cast<std::size_t>(table.row())];
        table.begin_row({.key = table.row(), .label = row.customer_code});
        table.number(format_count(row.row));
        table.cell(row.customer_code);
        table.cell(reason_sentence(world.language(), row.reason, row.detail));
    }
    if (table.end().load_more) events.push(MoreKeptWanted{});
}

void draw_plan(const Undo& undo, const World& world, CommandQueue<Event>& events) {
    const Words& words = world.words;
    const dto::PlanDto& plan = undo.plan.value;
    const UndoCounts counts = counts_of(plan);
    ui::wrapped(words(Text::undo_would, {{"count", format_count(counts.back)}}));
    ui::gap(8);
    ui::field(words(Text::batch_went_back), format_count(counts.back), 150);
    ui::field(words(Text::undo_there), format_count(counts.there), 150);
    ui::field(words(Text::undo_kept), format_count(counts.kept), 150);
    draw_kept(undo, world, events);
}

}  // namespace

void draw_undo(const Model& model, const World& world, CommandQueue<Event>& events) {
    const Words& words = world.words;
    const Undo& undo = model.undo;
    bool open = undo.open;
    const std::string title = with_id(words(Text::undo_title, {{"batch", std::to_string(model.id)}}), "undo");
    if (ui::Dialog dialog(title, open, {.width = 620, .tone = ui::Tone::warn, .closable = !undo.under_way}); dialog) {
        if (undo.error) {
            ui::banner(ui::Tone::bad, sentence_of(world.language(), *undo.error));
            if (undo.uncertain) ui::wrapped_muted(words(Text::commit_uncertain));
            ui::gap(10);
        }
        if (undo.plan.failed()) ui::banner(ui::Tone::bad, sentence_of(world.language(), undo.plan.error));
        else if (!undo.plan.ready()) ui::loading(words(Text::undo_planning));
        else if (undo.under_way) {
            const dto::JobDto& job = *undo.under_way;
            const double part = job.total > 0 ? static_cast<double>(job.done) / static_cast<double>(job.total) : -1;
            ui::progress(phase_label(world.language(), job.phase.empty() ? "queued" : job.phase), part,
                         job.total > 0 ? format_count(job.done) + " / " + format_count(job.total) : std::string());
        } else draw_plan(undo, world, events);
        if (!undo.under_way) {
            const bool can = undo.plan.ready() && undo.plan.value.can_commit;
            const std::string label = words(Text::undo_confirm, {{"count", format_count(can ? counts_of(undo.plan.value).back : 0)}});
            dialog.footer(ui::button_width(words(Text::cancel)) + 8 + ui::button_width(label, ui::Icon::undo));
            if (ui::button(words.id(Text::cancel, "cancel_undo"))) open = false;
            ui::beside();
            if (ui::danger_button(with_id(label, "confirm_undo"), {.icon = ui::Icon::undo, .enabled = can, .why_disabled = words(Text::undo_nothing)}))
                events.push(UndoConfirmed{});
        }
    }
    if (undo.open && !open) events.push(UndoClosed{});
}

}  // namespace qudao::client::batch
