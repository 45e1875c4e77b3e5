#include "client/views/workbench/workbench_draw.hpp"

#include <array>

#include "client/views/common/format.hpp"
#include "client/widgets/widgets.hpp"

namespace qudao::client::workbench {
namespace {

constexpr float kLeastNote = 40;   // of a tile's note that is worth reading

struct Drawer {
    const Model& model;
    Ui& ui;
    const World& world;
    bool files_over_page;
    CommandQueue<Event>& events;
    const Words& words = world.words;

    void steps(int current) const {
        const std::array<ui::Step, 4> all{ui::Step{words(Text::step_file)}, ui::Step{words(Text::step_read)}, ui::Step{words(Text::step_check)}, ui::Step{words(Text::step_commit)}};
        ui::steps("steps", all.data(), static_cast<int>(all.size()), current);
        ui::gap(14);
    }

    // --- nothing open ---------------------------------------------------------------------------------------------------
    void empty() {
        {
            const ui::PageHeader header(words(Text::menu_workbench), words(Text::workbench_intro), ui::button_width(words(Text::workbench_template), ui::Icon::download));
            if (ui::button(words.id(Text::workbench_template), {.icon = ui::Icon::download})) events.push(TemplatePressed{});
        }
        steps(0);
        if (!world.session.window.open) {
            ui::banner(ui::Tone::warn, words(Text::workbench_window_closed, {{"opens", world.session.window.next_opening}}));
            ui::gap(12);
        }
        if (ui::drop_zone("drop", words(Text::workbench_drop), words(Text::workbench_drop_detail), files_over_page, 210)) events.push(PickPressed{});
        ui::gap(14);
        ui::Columns columns("help", {1, 1, 1}, 14);
        const std::array<std::array<Text, 2>, 3> helps{{{Text::workbench_help_template, Text::workbench_help_template_detail},
                                                       {Text::workbench_help_paste, Text::workbench_help_paste_detail},
                                                       {Text::workbench_help_safe, Text::workbench_help_safe_detail}}};
        for (const auto& [title, detail] : helps) {
            columns.next();
            const ui::Card card(name_of(title), words(title), {.padding = 16});
            ui::wrapped_muted(words(detail));
        }
    }

    // --- reading --------------------------------------------------------------------------------------------------------
    void reading() {
        { const ui::PageHeader header(words(Text::menu_workbench), model.file_name); }
        steps(1);
        const ui::Card card("reading", {}, {.padding = 28});
        const engine::Progress& progress = model.progress;
        const double part = progress.total > 0 ? static_cast<double>(progress.done) / static_cast<double>(progress.total) : -1;
        const std::string figures = progress.phase == "reading" || progress.total == 0 ? std::string() : format_count(progress.done) + " / " + format_count(progress.total);
        ui::progress(phase_label(world.language(), progress.phase), part, figures);
        ui::gap(18);
        if (ui::button(words.id(Text::cancel, "cancel_reading"))) events.push(ClosePressed{});
    }

    void failed() {
        { const ui::PageHeader header(words(Text::menu_workbench), model.file_name); }
        steps(1);
        const ui::Card card("failed", {}, {.padding = 20});
        ui::banner(ui::Tone::bad, sentence_of(world.language(), model.error));
        wrong_fields();
        ui::gap(18);
        if (model.trouble) {
            if (ui::primary_button(words.id(Text::retry))) events.push(RetryPressed{});
            ui::beside();
        }
        if (ui::button(words.id(Text::workbench_other_file), {.kind = model.trouble ? ui::ButtonKind::secondary : ui::ButtonKind::primary, .icon = ui::Icon::upload})) events.push(PickPressed{});
        ui::beside();
        if (ui::button(words.id(Text::workbench_template), {.icon = ui::Icon::download})) events.push(TemplatePressed{});
        ui::beside();
        if (ui::quiet_button(words.id(Text::back))) events.push(ClosePressed{});
    }
    // A header that differs in several columns says each.
    void wrong_fields() const {
        if (model.error.fields.size() < 2) return;
        ui::gap(10);
        for (const FieldError& field : model.error.fields) {
            Error one = Error::of(model.error.code).with("column", field.field).with("row", field.row).with("sheet", model.error.param("sheet"));
            for (const ErrorParam& param : field.params) one.params.push_back(param);
            ui::wrapped_muted(sentence_of(world.language(), one));
        }
    }

    // --- a plan ---------------------------------------------------------------------------------------------------------
    void plan_header() {
        const engine::Summary& summary = *model.summary;
        const std::string commit = words(Text::workbench_commit, {{"count", format_count(summary.moved)}});
        const std::string subtitle = model.facts.sheet.empty() ? words(Text::workbench_file_rows, {{"file", model.file_name}, {"rows", format_count(summary.rows)}})
                                                               : words(Text::workbench_file_sheet, {{"file", model.file_name}, {"sheet", model.facts.sheet}, {"rows", format_count(summary.rows)}});
        const float width = ui::button_width(words(Text::workbench_close), ui::Icon::cross) + 8 + ui::button_width(commit, ui::Icon::check);
        const ui::PageHeader header(words(Text::menu_workbench), subtitle, width);
        if (ui::button(words.id(Text::workbench_close), {.icon = ui::Icon::cross, .enabled = !model.committing})) events.push(ClosePressed{});
        ui::beside();
        const std::string why = why_not_commit(model, world);
        if (ui::primary_button(with_id(commit, "commit"), {.icon = ui::Icon::check, .enabled = why.empty(), .why_disabled = why})) events.push(CommitPressed{});
    }

    void restored() {
        if (!model.restored) return;
        ui::banner(ui::Tone::accent, words(Text::workbench_restored, {{"age", age_words(words, model.age_minutes)}}));
        ui::gap(10);
    }

    void trouble() {
        if (!model.trouble) return;
        const Error& error = model.trouble->error;
        const bool stale = error.code == "moves.stale";
        std::string sentence = sentence_of(world.language(), error);
        if (model.uncertain) sentence.append(words(Text::commit_uncertain));
        const std::string_view action = stale ? std::string_view() : words(Text::retry);
        const ui::BannerResult pressed = ui::banner(ui::Tone::bad, sentence, action);
        if (pressed.action) events.push(RetryPressed{});
        ui::gap(10);
    }

    void changes() {
        if (!model.changes) return;
        const engine::Changes& changed = *model.changes;
        std::string said;
        const auto add = [&](const std::string& part) { said.append(said.empty() ? "" : words(Text::list_separator)).append(part); };
        if (changed.customers > 0) add(words(Text::changes_customers, {{"count", format_count(changed.customers)}}));
        if (!changed.units.empty()) add(words(Text::changes_units, {{"count", format_count(static_cast<std::int64_t>(changed.units.size()))}}));
        if (changed.rights) add(std::string(words(Text::changes_rights)));
        if (changed.policy) add(std::string(words(Text::changes_policy)));
        if (changed.day) add(std::string(words(Text::changes_day)));
        if (changed.window) add(std::string(words(Text::changes_window)));
        const std::string line = said.empty() ? std::string(words(Text::changes_none)) : words(Text::changes_said, {{"what", said}, {"rows", format_count(changed.verdicts)}});
        const std::string_view look = changed.shown.empty() ? std::string_view() : words(Text::changes_look);
        const ui::BannerResult pressed = ui::banner(said.empty() ? ui::Tone::neutral : ui::Tone::warn, line, look, true);
        if (pressed.action) events.push(ChangesPressed{});
        if (pressed.closed) events.push(ChangesClosed{});
        ui::gap(10);
    }

    // What a person should know about the file before trusting the rows.
    void facts() {
        const engine::FileFacts& facts = model.facts;
        std::string said;
        const auto add = [&](Text text, std::int64_t count) {
            if (count > 0) said.append(words(text, {{"count", format_count(count)}}));
        };
        add(Text::facts_restored, facts.restored_codes);
        add(Text::facts_hidden_rows, facts.hidden_rows);
        add(Text::facts_skipped_sheets, facts.skipped_sheets);
        add(Text::facts_hidden_sheets, facts.hidden_sheets);
        add(Text::facts_merged, facts.merged_ranges);
        add(Text::facts_uncomputed, facts.uncomputed_cells);
        if (facts.encoding == "gbk") said.append(words(Text::facts_gbk));
        if (facts.was_refused_rows) said.append(words(Text::facts_refused_rows));
        if (said.empty()) return;
        ui::banner(ui::Tone::neutral, said);
        ui::gap(10);
    }

    void refused() {
        const engine::Summary& summary = *model.summary;
        if (summary.refused > 0) {
            const std::string line = words(Text::workbench_has_refused, {{"count", format_count(summary.refused)}});
            if (ui::banner(ui::Tone::bad, line, words.id(Text::workbench_drop_refused)).action && !model.planning) events.push(DropRefused{});
            ui::gap(10);
        } else if (summary.dropped > 0) {
            const std::string line = words(Text::workbench_has_dropped, {{"count", format_count(summary.dropped)}});
            if (ui::banner(ui::Tone::accent, line, words.id(Text::workbench_restore_all)).action && !model.planning) events.push(RestoreDropped{});
            ui::gap(10);
        }
    }

    void tile(ui::Columns& columns, std::string_view verdict, std::int64_t count, const std::string& note, ui::Tone tone) {
        columns.next();
        const ui::Card card(verdict, {}, {.padding = 10});
        ui::align_to_controls();
        const std::string digits = format_count(count);
        float number_width = 0;
        {
            const ui::FaceScope face(ui::Face::heading);
            number_width = ui::text_width(digits);
        }
        ui::text(verdict_label(world.language(), verdict));
        ui::beside(8);
        // The count is what the tile is for; the note takes what is left.
        const float room = ui::width_left() - number_width - 10;
        if (room >= kLeastNote) {
            ui::cut_toned(count > 0 ? tone : ui::Tone::neutral, note, room);
            ui::beside(0);
        }
        const ui::FaceScope face(ui::Face::heading);
        ui::number(digits);
    }
    void tiles() {
        const engine::Summary& summary = *model.summary;
        const auto percent = [&](std::int64_t count) {
            const std::int64_t tenths = summary.rows == 0 ? 0 : (count * 1000 + summary.rows / 2) / summary.rows;
            return words(Text::workbench_share, {{"percent", std::to_string(tenths / 10) + "." + std::to_string(tenths % 10)}});
        };
        const std::string reasons = summary.reasons.empty() ? std::string(words(Text::workbench_no_refused)) : words(Text::workbench_reasons, {{"count", std::to_string(summary.reasons.size())}});
        ui::Columns columns("tiles", {1, 1, 1, 1}, 12);
        tile(columns, "moved", summary.moved, percent(summary.moved), ui::Tone::accent);
        tile(columns, "unchanged", summary.unchanged, std::string(words(Text::workbench_unchanged_note)), ui::Tone::neutral);
        tile(columns, "refused", summary.refused, reasons, ui::Tone::bad);
        tile(columns, "dropped", summary.dropped, std::string(words(Text::workbench_dropped_note)), ui::Tone::warn);
    }

    void plan() {
        plan_header();
        restored();
        trouble();
        changes();
        refused();
        facts();
        tiles();
        ui::gap(12);
        const ui::Card card("plan", {}, {.height = -1, .padding = 14});
        const std::array<ui::TabItem, 4> tabs{ui::TabItem{.label = words(Text::tab_rows), .icon = ui::Icon::list}, ui::TabItem{.label = words(Text::tab_totals), .icon = ui::Icon::chart},
                                              ui::TabItem{.label = words(Text::tab_flows), .icon = ui::Icon::move}, ui::TabItem{.label = words(Text::tab_sight), .icon = ui::Icon::eye}};
        const int chosen = ui::tabs("views", tabs, static_cast<int>(model.tab));
        if (chosen >= 0) events.push(TabPressed{static_cast<Tab>(chosen)});
        ui::gap(8);
        if (model.planning) ui::loading(words(Text::workbench_planning));
        switch (model.tab) {
            case Tab::rows: draw_rows(model, ui, world, events); break;
            case Tab::totals: draw_totals(model, world, events); break;
            case Tab::flows: draw_flows(model, world, events); break;
            case Tab::sight: draw_sight(model, world, events); break;
        }
    }
};

}  // namespace

void draw(const Model& model, Ui& ui, const World& world, bool files_over_page, CommandQueue<Event>& events) {
    Drawer drawer{model, ui, world, files_over_page, events};
    const ui::Page page("workbench", model.stage != Stage::planned);
    if (!world.may(Action::move_customer)) {
        (void)ui::empty_state(ui::Icon::lock, world.words(Text::workbench_no_right), sentence_of(world.language(), Error::of("rights.missing").with("right", code_of(Action::move_customer))));
        return;
    }
    switch (model.stage) {
        case Stage::empty: drawer.empty(); break;
        case Stage::reading: drawer.reading(); break;
        case Stage::failed: drawer.failed(); break;
        case Stage::planned: drawer.plan(); break;
    }
}

}  // namespace qudao::client::workbench
