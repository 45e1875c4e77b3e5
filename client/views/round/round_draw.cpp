#include "client/views/round/round_draw.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "client/views/common/format.hpp"
#include "client/views/common/list_draw.hpp"
#include "client/views/round/round_lists.hpp"
#include "client/widgets/widgets.hpp"

namespace qudao::client::round {
namespace {

constexpr float kWidestButton = 320;   // as wide as its card, but for wide windows

ui::Tone tone_of(NoticeTone tone) {
    switch (tone) {
        case NoticeTone::good: return ui::Tone::good;
        case NoticeTone::warn: return ui::Tone::warn;
        case NoticeTone::bad: return ui::Tone::bad;
        case NoticeTone::neutral: break;
    }
    return ui::Tone::accent;
}

ui::Tone tone_of_state(std::string_view state) {
    if (state == "confirmed") return ui::Tone::good;
    if (state == "returned") return ui::Tone::bad;
    return state == "pending" ? ui::Tone::warn : ui::Tone::neutral;
}

std::string person_name(const dto::RoundDto& round, std::int64_t id, const Words& words) {
    if (id == 0) return std::string(words(Text::round_by_itself));
    for (const dto::PersonNameDto& person : round.persons)
        if (person.id == id) return person.name;
    return "#" + std::to_string(id);
}

struct Drawer {
    const Model& model;
    Ui& ui;
    const World& world;
    CommandQueue<Event>& events;
    const Words& words = world.words;
    const dto::RoundDto& round = model.round.value;

    Language language() const { return world.language(); }

    // --- the head: what period, how long, which steps, what next ------------------------------------------------------
    void period_field() {
        std::vector<std::int32_t> periods{model.rounds.value.current};
        for (const dto::RoundSummaryDto& one : model.rounds.value.rounds)
            if (one.period != periods.front()) periods.push_back(one.period);
        std::vector<std::string> names;
        int current = -1;
        for (const std::int32_t period : periods) {
            if (period == model.period) current = static_cast<int>(names.size());
            names.push_back(period_words(words, period));
        }
        const auto name = [&](int i) { return std::string_view(names[static_cast<std::size_t>(i)]); };
        const std::string other = period_words(words, model.period);
        if (ui::combo(words.id(Text::round_period), current, static_cast<int>(names.size()), name,
                      {.width = 150, .label_place = ui::LabelPlace::hidden, .placeholder = other}))
            events.push(PeriodChosen{periods[static_cast<std::size_t>(current)]});
    }

    void track() {
        std::vector<std::string> labels;
        std::vector<ui::Step> steps;
        int current = static_cast<int>(round.steps.size());
        for (std::size_t i = 0; i < round.steps.size(); ++i) {
            labels.emplace_back(round_step_label(language(), round.steps[i].step));
            if (round.steps[i].state == "current") current = static_cast<int>(i);
        }
        for (std::size_t i = 0; i < labels.size(); ++i) steps.push_back({labels[i], passed_by(round, round.steps[i].step)});
        ui::steps("track", steps.data(), static_cast<int>(steps.size()), current);
    }

    void figures() {
        ui::Columns columns("figures", {1, 1, 1, 1, 1, 1}, 8);
        const auto figure = [&](Text label, std::int64_t value, ui::Tone tone = ui::Tone::neutral) {
            columns.next();
            (void)tone;
            ui::figure(words(label), format_count(value));
        };
        figure(Text::round_new_customers, round.new_customers);
        figure(Text::round_unplaced, round.unplaced);
        figure(Text::round_claimed, round.claimed);
        figure(Text::round_open_conflicts, round.open_conflicts);
        figure(Text::round_to_move, round.to_move);
        figure(Text::round_locked, round.locked);
    }

    Text advice(std::string_view act) const {
        if (round.phase == "closed") return Text::round_next_closed;
        if (!round.open) return Text::round_next_wait_open;
        if (act == "gather") return Text::round_next_gather;
        if (act == "give") return Text::round_next_give;
        if (act == "confirm") return Text::round_next_confirm;
        if (act == "decide") return Text::round_next_decide;
        if (act == "hand_over") return Text::round_next_hand_over;
        if (act == "stage_1") return Text::round_next_stage_1;
        if (round.phase == "given") return Text::round_next_departments;
        if (round.phase == "placing") return Text::round_next_stage_2;
        return Text::round_next_others;
    }

    // The next thing to do, and what can be done once more.
    void next() {
        const std::string act = next_act(round);
        std::vector<Step> steps;
        const auto step = [&](std::string_view what, bool primary) {
            if (may(round, what)) steps.push_back({with_id(round_button(what), std::string("act_") + std::string(what)), ActPressed{std::string(what), 0}, primary, !model.acting});
        };
        if (act == "decide") steps.push_back({words.id(Text::round_go_conflicts), TabChosen{Tab::conflicts}, true});
        else if (act == "confirm") steps.push_back({words.id(Text::round_go_departments), TabChosen{Tab::departments}, true});
        else if (!act.empty()) step(act, true);
        if (round.phase == "placing" && round.open && round.unplaced > 0 && world.may(Action::move_customer) && world.may(Action::export_list))
            steps.push_back({words.id(Text::round_take_stage_2), StageTwoWanted{}, true, true, ui::Icon::download, words(Text::round_take_stage_2_hint)});
        for (const std::string_view what : {"gather", "give", "take_back", "stage_1"})
            if (what != act && (what != "give" || lists_to_give(round))) step(what, false);
        if (round.stage_1_batch != 0) steps.push_back({words.id(Text::round_open_batch), BatchPressed{}});
        draw_steps(words(advice(act)), steps);
    }

    struct Step {
        std::string label;
        Event event;
        bool primary = false;
        bool enabled = true;
        ui::Icon icon = ui::Icon::none;
        std::string_view hint{};
    };
    // What to do at the left, the buttons for it at the right as wide as they are.
    void draw_steps(std::string_view advice, const std::vector<Step>& steps) {
        float width = 0;
        for (const Step& step : steps) width += (width > 0 ? 8 : 0) + ui::button_width(step.label, step.icon);
        ui::Columns columns("next", {1, std::max(width, 60.0F)}, 12);
        columns.next();
        ui::strong(words(Text::round_next));
        ui::wrapped_muted(advice);
        columns.next();
        ui::gap(6);
        for (const Step& step : steps) {
            if (&step != &steps.front()) ui::beside();
            const ui::ButtonOptions options{.icon = step.icon, .enabled = step.enabled, .hint = step.hint};
            if (step.primary ? ui::primary_button(step.label, options) : ui::button(step.label, options)) events.push(step.event);
        }
    }

    std::string_view round_button(std::string_view act) const {
        if (act == "gather") return words(round.phase == "waiting" ? Text::round_gather : Text::round_gather_again);
        if (act == "give") return words(round.phase == "gathered" ? Text::round_give : Text::round_give_again);
        if (act == "hand_over") return words(Text::round_hand_over);
        if (act == "take_back") return words(Text::round_take_back);
        return words(round.phase == "placing" ? Text::round_stage_1_again : Text::round_stage_1);
    }

    // --- tabs ---------------------------------------------------------------------------------------------------------
    void tabs() {
        const std::string conflicts = round.conflicts > 0 ? format_count(round.open_conflicts) : std::string();
        const std::array<ui::TabItem, kTabs> items{{{words(Text::round_tab_progress), {}, ui::Icon::chart},
                                                    {words(Text::round_tab_departments), {}, ui::Icon::users},
                                                    {words(Text::round_tab_conflicts), conflicts, ui::Icon::warning},
                                                    {words(Text::round_tab_locks), {}, ui::Icon::lock}}};
        const int chosen = ui::tabs("round_tabs", items, static_cast<int>(model.tab));
        if (chosen >= 0) events.push(TabChosen{static_cast<Tab>(chosen)});
    }

    void progress_tab() {
        ui::Columns columns("progress", {6, 5}, 12);
        columns.next();
        {
            const ui::Card card("networks", words(Text::round_by_unit), {.height = -1, .least = 320, .padding = 14});
            const std::array<ui::TabItem, 2> trees{{{words(Text::units_by_area)}, {words(Text::units_by_channel)}}};
            const int tree = ui::segmented("progress_tree", trees, static_cast<int>(model.progress_tree));
            if (tree >= 0 && tree != static_cast<int>(model.progress_tree)) events.push(ProgressTreePressed{static_cast<Tree>(tree)});
            if (model.progress_top != 0) {
                ui::beside(10);
                ui::align_to_controls();
                ui::cut(world.unit_path(model.progress_top, model.progress_tree), ui::width_left());
            }
            ui::gap(6);
            const std::array<ui::Column, 4> shown{{{.key = "unit", .title = words(Text::column_unit)},
                                                   {.key = "new", .title = words(Text::round_new_customers), .width = 84, .align = ui::Align::right},
                                                   {.key = "left", .title = words(Text::round_unplaced), .width = 84, .align = ui::Align::right},
                                                   {.key = "done", .title = words(Text::round_done_part), .width = 78, .align = ui::Align::right}}};
            ui::Table table("networks", shown, {.row_count = static_cast<std::int64_t>(model.units.size()), .empty_words = words(Text::round_no_new), .label = words(Text::round_by_unit)});
            while (table.next_row()) {
                const UnitProgress& one = model.units[static_cast<std::size_t>(table.row())];
                const std::string name = world.unit_name(one.unit);
                table.begin_row({.key = one.unit, .label = name});
                table.cell(name);
                table.number(format_count(one.customers));
                table.number(format_count(one.unplaced));
                const std::int64_t percent = one.customers == 0 ? 100 : (one.customers - one.unplaced) * 100 / one.customers;
                table.cell_toned(one.unplaced == 0 ? ui::Tone::good : round.urgency == "calm" ? ui::Tone::neutral : ui::Tone::warn, std::to_string(percent) + "%");
            }
            const ui::TableEvents use = table.end();
            if (use.clicked_key > 0) events.push(ProgressPressed{use.clicked_key});
        }
        columns.next();
        {
            const ui::Card card("events", words(Text::round_who_did_what), {.height = -1, .least = 320, .padding = 14});
            const std::array<ui::Column, 4> shown{{{.key = "at", .title = words(Text::column_at), .width = 122},
                                                   {.key = "person", .title = words(Text::column_person), .width = 76},
                                                   {.key = "act", .title = words(Text::round_act)},
                                                   {.key = "customers", .title = words(Text::round_customers), .width = 70, .align = ui::Align::right}}};
            ui::Table table("events", shown, {.row_count = static_cast<std::int64_t>(round.events.size()), .clickable = false, .empty_words = words(Text::round_no_events), .label = words(Text::round_who_did_what)});
            while (table.next_row()) {
                const dto::RoundEventDto& one = round.events[static_cast<std::size_t>(table.row())];
                std::string act(round_act_label(language(), one.act));
                if (one.department != 0) act += " · " + world.channel_name(one.department);
                if (!one.note.empty()) act += " · " + one.note;
                table.begin_row({.key = table.row(), .label = act});
                table.cell(to_the_minute(one.at));
                table.cell(person_name(round, one.person, words));
                table.cell(act);
                table.number(one.customers ? format_count(*one.customers) : std::string());
            }
            (void)table.end();
        }
    }

    void department_card(const dto::RoundDepartmentDto& department) {
        const std::string key = std::to_string(department.department);
        const ui::Card card("department" + key, world.channel_name(department.department), {.height = 356, .padding = 14});
        ui::badge(department_state_label(language(), department.state), tone_of_state(department.state));
        ui::gap(6);
        ui::field(words(Text::round_given), format_count(department.given));
        ui::field(words(Text::round_claims), format_count(department.claims));
        if (!department.at.empty()) ui::field(words(Text::column_person), person_name(round, department.person, words) + " · " + to_the_minute(department.at));
        if (!department.note.empty()) ui::wrapped(department.note);
        ui::gap(8);
        if (department.state.empty()) return;
        const float width = std::min(ui::width_left(), kWidestButton);
        if (world.may(Action::export_list) && ui::button(with_id(words(Text::round_take_list), "list" + key), {.icon = ui::Icon::download, .width = width}))
            events.push(ListWanted{department.department});
        const bool answers = department.own && round.open;
        const auto press = [&](Text label, std::string_view act, bool primary) {
            const std::string id = with_id(words(label), std::string(act) + key);
            const ui::ButtonOptions options{.width = width, .enabled = !model.acting};
            if (primary ? ui::primary_button(id, options) : ui::button(id, options)) events.push(ActPressed{std::string(act), department.department});
        };
        if (answers && department.state == "pending") {
            if (ui::button(with_id(words(Text::round_send_marks), "marks" + key), {.icon = ui::Icon::upload, .width = width, .enabled = !model.marks.under_way}))
                events.push(MarksPressed{department.department});
            press(Text::round_confirm, "confirm", true);
            press(Text::round_send_back, "send_back", false);
        }
        if (department.state == "confirmed" && (answers || may(round, "give")) && round.phase == "given") press(Text::round_reopen, "reopen", false);
        if (department.state == "returned" && may(round, "give")) press(Text::round_give_again, "give", true);
    }

    void marks_banner() {
        const MarksBack& marks = model.marks;
        if (marks.under_way) return ui::loading(words(Text::round_marks_reading, {{"file", marks.file_name}}));
        if (marks.error) {
            ui::banner(ui::Tone::bad, sentence_of(language(), *marks.error));
        } else if (marks.result && marks.result->taken) {
            std::string said = words(Text::round_marks_taken, {{"file", marks.file_name}, {"rows", format_count(marks.result->rows)}, {"claims", format_count(marks.result->claims)}});
            const std::int64_t left = marks.result->not_named;
            if (left > 0) said.append(language() == Language::zh ? "" : " ").append(words(Text::round_marks_not_named, {{"count", format_count(left)}}));
            ui::banner(left > 0 ? ui::Tone::warn : ui::Tone::good, said);
        } else if (marks.result) {
            const std::string said = words(Text::round_marks_refused, {{"file", marks.file_name}, {"count", format_count(marks.result->refused)}});
            if (ui::banner(ui::Tone::bad, said, words(Text::round_save_faults)).action) events.push(FaultsWanted{});
        } else {
            return;
        }
        ui::gap(8);
    }

    void departments_tab() {
        marks_banner();
        ui::wrapped_muted(words(Text::round_departments_intro));
        ui::gap(8);
        ui::Columns columns("departments", {1, 1, 1}, 12);
        for (const dto::RoundDepartmentDto& department : round.departments) {
            columns.next();
            department_card(department);
        }
    }

    void locks_tab() {
        const ui::Card card("locks", {}, {.height = -1, .padding = 14});
        const bool lifts = world.may(Action::lift_lock);
        std::vector<ui::Column> shown{{.key = "code", .title = words(Text::column_customer_code), .width = 116},
                                      {.key = "name", .title = words(Text::column_customer_name)},
                                      {.key = "place", .title = words(Text::column_unit)},
                                      {.key = "until", .title = words(Text::round_locked_until), .width = 110}};
        if (lifts) shown.push_back({.key = "lift", .title = {}, .width = 100});
        const ListRows& rows = model.locks.rows;
        const ListUse use = draw_list(
            model.locks, ui.locks_shown, "locks", shown, {.clickable = false},
            {words(Text::round_no_locks), words(Text::round_no_locks_detail), words(Text::round_tab_locks)}, world,
            [&](std::int64_t row) { return ui::TableRow{.key = row, .label = rows.text(row, "code")}; },
            [&](ui::Table& table, std::int64_t row) {
                const std::string_view code = rows.text(row, "code");
                table.cell(code);
                table.cell(rows.text(row, "name"));
                draw_unit_cell(table, world, rows.number(row, "place").value_or(0));
                table.cell(date_cell(rows, row, rows.column("locked_until")));
                if (!lifts) return;
                table.custom([&] {
                    if (ui::link(with_id(words(Text::round_lift), "lift"))) events.push(LiftPressed{std::string(code), std::string(rows.text(row, "name"))});
                });
            });
        if (use.retry) events.push(Retried{});
        if (use.more) events.push(MoreWanted{});
        if (use.shape) events.push(ListShaped{*use.shape});
    }

    void body() {
        const CloseLine line = close_line(round, world);
        ui::banner(tone_of(line.tone), line.words);
        if (const std::string late = late_words(round, world); !late.empty()) {
            ui::gap(6);
            ui::banner(ui::Tone::warn, late);
        }
        ui::gap(10);
        {
            const ui::Card card("head", {}, {.padding = 14});
            track();
            ui::gap(10);
            figures();
            ui::gap(6);
            ui::rule();
            next();
        }
        ui::gap(10);
        tabs();
        ui::gap(8);
        switch (model.tab) {
            case Tab::progress: return progress_tab();
            case Tab::departments: return departments_tab();
            case Tab::conflicts: return draw_conflicts(model, ui, world, events);
            case Tab::locks: return locks_tab();
        }
    }

    // --- dialogs ------------------------------------------------------------------------------------------------------
    std::string dialog_title() const {
        const std::string& act = model.asking.act;
        if (act == "lift") return words.id(Text::round_lift_title, "round_ask");
        if (act == "send_back") return words.id(Text::round_send_back_title, "round_ask");
        if (act == "decide_all") return words.id(Text::round_decide_all_title, "round_ask");
        if (act == "confirm") return words.id(Text::round_confirm_title, "round_ask");
        if (act == "gather") return words.id(Text::round_gather_title, "round_ask");
        if (act == "stage_1") return words.id(Text::round_stage_1_title, "round_ask");
        return words.id(Text::round_hand_over_title, "round_ask");
    }

    bool needs_note() const { return model.asking.act == "lift" || model.asking.act == "send_back"; }

    void dialog_words() {
        const Asking& asking = model.asking;
        if (asking.act == "lift") return ui::wrapped(words(Text::round_lift_words, {{"code", asking.customer_code}, {"name", asking.customer_name}}));
        if (asking.act == "send_back") return ui::wrapped(words(Text::round_send_back_words, {{"department", world.channel_name(asking.department)}}));
        if (asking.act == "confirm") {
            std::int64_t claims = 0;
            for (const dto::RoundDepartmentDto& one : round.departments)
                if (one.department == asking.department) claims = one.claims;
            return ui::wrapped(words(Text::round_confirm_words, {{"department", world.channel_name(asking.department)}, {"count", format_count(claims)}}));
        }
        if (asking.act == "gather") {
            std::int64_t claims = 0;
            for (const dto::RoundDepartmentDto& one : round.departments) claims += one.claims;
            return ui::wrapped(words(Text::round_gather_words, {{"count", format_count(round.new_customers - round.gathered)}, {"claims", format_count(claims)}}));
        }
        if (asking.act == "decide_all") return decide_all_words();
        if (asking.act == "hand_over") return ui::wrapped(words(Text::round_hand_over_words, {{"count", format_count(round.claimed)}}));
        stage_words();
    }

    void decide_all_words() {
        if (model.acting) return ui::loading(words(Text::round_deciding, {{"count", format_count(model.deciding.done)}}));
        if (model.undecided.loading()) return ui::loading(words(Text::list_loading));
        if (model.undecided.failed()) return (void)ui::banner(ui::Tone::bad, sentence_of(language(), model.undecided.error));
        ui::wrapped(words(Text::round_decide_all_words, {{"count", format_count(model.undecided.value)}, {"department", world.channel_name(model.asking.department)}}));
    }

    void stage_words() {
        if (model.stage_under_way) {
            const dto::JobDto& job = *model.stage_under_way;
            const double part = job.total > 0 ? static_cast<double>(job.done) / static_cast<double>(job.total) : -1;
            return ui::progress(phase_label(language(), job.phase), part, format_count(job.done));
        }
        if (model.stage_plan.loading()) return ui::loading(words(Text::round_stage_1_planning));
        if (model.stage_plan.failed()) {
            ui::banner(ui::Tone::bad, sentence_of(language(), model.stage_plan.error));
            return;
        }
        std::int64_t moved = 0;
        std::int64_t refused = 0;
        for (const dto::CountDto& count : model.stage_plan.value.verdicts) {
            if (count.code == "moved") moved = count.count;
            if (count.code == "refused") refused = count.count;
        }
        ui::wrapped(words(Text::round_stage_1_words, {{"count", format_count(moved)}}));
        if (refused > 0) {
            ui::banner(ui::Tone::bad, words(Text::round_stage_1_refused, {{"count", format_count(refused)}}));
            for (const dto::CountDto& reason : model.stage_plan.value.reasons)
                if (reason.count > 0 && reason.code != "none") ui::field(reason_label(language(), reason.code), format_count(reason.count), 200);
        }
    }

    void dialog() {
        const std::string& act = model.asking.act;
        bool open = !act.empty();
        if (ui::Dialog box(dialog_title(), open, {.width = 480}); box) {
            dialog_words();
            if (needs_note()) {
                ui::gap(10);
                const Text label = act == "lift" ? Text::round_lift_reason : Text::round_send_back_reason;
                const std::string fault = model.error ? sentence_of(language(), *model.error) : std::string();
                ui::input_text(words.id(label), ui.note, {.width = -1, .lines = 3, .max_bytes = 1000, .error = fault});
            } else if (model.error) {
                ui::gap(8);
                ui::banner(ui::Tone::bad, sentence_of(language(), *model.error));
            }
            const bool ready = act == "stage_1" ? model.stage_plan.ready() && model.stage_plan.value.can_commit && !model.stage_under_way
                               : act == "decide_all" ? !model.acting && model.undecided.ready() && model.undecided.value > 0
                                                : !model.acting && (!needs_note() || !ui.note.empty());
            box.footer(ui::button_width(words(Text::cancel)) + 8 + ui::button_width(words(Text::round_do_it)));
            if (ui::button(words.id(Text::cancel, "round_cancel"))) open = false;
            ui::beside();
            if (ui::primary_button(words.id(Text::round_do_it), {.enabled = ready, .why_disabled = words(Text::round_reason_first)})) events.push(Asked{ui.note});
        }
        if (!act.empty() && !open) events.push(AskingClosed{});
    }
};

}  // namespace

void draw(const Model& model, Ui& ui, const World& world, CommandQueue<Event>& events) {
    const Words& words = world.words;
    const ui::Page page("round");
    Drawer drawer{model, ui, world, events};
    {
        const ui::PageHeader header(words(Text::menu_round), words(Text::round_intro), 150);
        if (model.rounds.state == RemoteState::ready || !model.rounds.value.rounds.empty()) drawer.period_field();
    }
    const bool failed = model.rounds.failed() || model.round.failed();
    if (failed) {
        const Error& error = model.round.failed() ? model.round.error : model.rounds.error;
        if (ui::empty_state(ui::Icon::warning, words(Text::list_failed), sentence_of(world.language(), error), words.id(Text::retry))) events.push(Retried{});
        return;
    }
    if (model.round.value.period == 0 || model.round.value.period != model.period) return ui::loading(words(Text::list_loading));
    drawer.body();
}

void draw_dialogs(const Model& model, Ui& ui, const World& world, CommandQueue<Event>& events) {
    const std::string asked = model.asking.act + std::to_string(model.asking.department) + model.asking.customer_code;
    if (ui.asked != asked) {
        ui.asked = asked;
        ui.note.clear();
    }
    Drawer{model, ui, world, events}.dialog();
}

}  // namespace qudao::client::round
