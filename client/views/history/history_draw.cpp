#include "client/views/history/history_draw.hpp"

#include <array>

#include "client/views/common/format.hpp"
#include "client/views/common/list_draw.hpp"
#include "client/widgets/widgets.hpp"

namespace qudao::client::history {
namespace {

struct Drawer {
    const Model& model;
    Ui& ui;
    const World& world;
    CommandQueue<Event>& events;
    const Words& words = world.words;

    std::string person(std::int64_t id) const {
        if (id == 0) return std::string(words(Text::round_by_itself));
        for (const dto::PersonNameDto& one : model.found.value.persons)
            if (one.id == id) return one.name;
        return "#" + std::to_string(id);
    }

    void body() {
        const dto::CustomerHistoryDto& found = model.found.value;
        if (model.found.failed()) {
            if (ui::banner(ui::Tone::bad, sentence_of(world.language(), model.found.error), words.id(Text::retry, "history_retry")).action) events.push(Retried{});
            return;
        }
        if (found.code != model.code) return ui::loading(words(Text::list_loading));
        ui::field(words(Text::history_now), world.unit_path(found.place));
        if (found.new_in != 0) ui::field(words(Text::history_new_in), period_words(words, found.new_in));
        if (!found.on.empty()) {
            ui::gap(4);
            if (found.place_then) ui::banner(ui::Tone::accent, words(Text::history_then, {{"day", found.on}, {"unit", world.unit_path(*found.place_then)}}));
            else ui::banner(ui::Tone::warn, words(Text::history_not_yet, {{"day", found.on}}));
        }
        ui::gap(8);
        ui::heading(words(Text::history_changes));
        if (found.changes.empty()) ui::muted(words(Text::history_none));
        const std::array<ui::Column, 4> shown{{{.key = "at", .title = words(Text::column_at), .width = 122},
                                               {.key = "from", .title = words(Text::column_from)},
                                               {.key = "to", .title = words(Text::column_to)},
                                               {.key = "person", .title = words(Text::column_person), .width = 76}}};
        if (!found.changes.empty()) {
            ui::Table table("changes", shown, {.row_count = static_cast<std::int64_t>(found.changes.size()), .height = 190, .clickable = false, .label = words(Text::history_changes)});
            while (table.next_row()) {
                const dto::PlaceChangeDto& one = found.changes[static_cast<std::size_t>(table.row())];
                table.begin_row({.key = table.row(), .label = one.at});
                table.cell(to_the_minute(one.at));
                draw_unit_cell(table, world, one.from);
                draw_unit_cell(table, world, one.to);
                table.cell(person(one.person));
            }
            (void)table.end();
        }
        if (found.locks.empty()) return;
        ui::gap(8);
        ui::heading(words(Text::history_locks));
        for (const dto::LockEventDto& lock : found.locks) {
            const std::string said = lock.locked_until.empty() ? words(Text::history_lock_lifted, {{"reason", lock.reason}}) : words(Text::history_lock_set, {{"until", lock.locked_until}});
            ui::field(to_the_minute(lock.at), person(lock.person) + " · " + said, 130);
        }
    }

    void dialog() {
        bool open = !model.code.empty();
        if (ui.code != model.code) {
            ui.code = model.code;
            ui.day.clear();
        }
        const std::string title = words(Text::history_title, {{"code", model.code}, {"name", model.found.value.code == model.code ? model.found.value.name : std::string()}});
        if (ui::Dialog box(with_id(title, "customer_history"), open, {.width = 720}); box) {
            const std::string fault = model.fault ? sentence_of(world.language(), *model.fault) : std::string();
            const ui::InputResult typed = ui::input_text(words.id(Text::history_on), ui.day,
                                                         {.placeholder = world.session.day, .width = 260, .icon = ui::Icon::calendar, .clearable = true, .error = fault});
            if (typed.submitted || (typed.left && ui.day != model.day)) events.push(DayAsked{ui.day});
            ui::gap(8);
            body();
        }
        if (!model.code.empty() && !open) events.push(Closed{});
    }
};

}  // namespace

void draw_dialogs(const Model& model, Ui& ui, const World& world, CommandQueue<Event>& events) { Drawer{model, ui, world, events}.dialog(); }

}  // namespace qudao::client::history
