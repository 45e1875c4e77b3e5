#include "client/views/audit/audit_draw.hpp"

#include <array>
#include <vector>

#include "client/views/common/format.hpp"
#include "client/widgets/widgets.hpp"

namespace qudao::client::audit {
namespace {

struct Drawer {
    const Model& model;
    Ui& ui;
    const World& world;
    CommandQueue<Event>& events;
    const Words& words = world.words;

    bool person_field() {
        std::vector<std::string> names{std::string(words(Text::all))};
        int current = 0;
        for (const dto::PersonNameDto& person : model.persons) {
            names.push_back(person.name);
            if (person.id == ui.typed.person) current = static_cast<int>(names.size()) - 1;
        }
        const auto name = [&](int i) { return std::string_view(names[static_cast<std::size_t>(i)]); };
        if (!ui::combo(words.id(Text::audit_by, "audit_person"), current, static_cast<int>(names.size()), name, {.width = -1, .filter = names.size() > 10})) return false;
        ui.typed.person = current == 0 ? 0 : model.persons[static_cast<std::size_t>(current) - 1].id;
        return true;
    }

    void conditions() {
        const ui::Card card("conditions", {}, {.padding = 14});
        bool ask = false;
        ui::Columns columns("conditions", {3, 3, 2, 2, 2, 2, 2}, 12);
        columns.next();
        int current = 0;
        for (std::size_t i = 0; i < std::size(kKinds); ++i)
            if (kKinds[i] == ui.typed.kind) current = static_cast<int>(i);
        const auto name = [&](int i) { return i == 0 ? words(Text::all) : audit_kind_label(world.language(), kKinds[static_cast<std::size_t>(i)]); };
        if (ui::combo(words.id(Text::audit_what, "audit_kind"), current, static_cast<int>(std::size(kKinds)), name, {.width = -1})) {
            ui.typed.kind = kKinds[static_cast<std::size_t>(current)];
            ask = true;
        }
        columns.next();
        ask |= ui::input_text(words.id(Text::audit_subject, "audit_search"), ui.typed.search, {.placeholder = words(Text::audit_search_hint), .width = -1, .clearable = true, .max_bytes = 80}).submitted;
        columns.next();
        ask |= person_field();
        columns.next();
        ask |= ui::input_text(words.id(Text::audit_from), ui.typed.from, {.placeholder = "2026-11-18", .width = -1, .max_bytes = 10}).submitted;
        columns.next();
        ask |= ui::input_text(words.id(Text::audit_until), ui.typed.until, {.placeholder = "2026-11-18", .width = -1, .max_bytes = 10}).submitted;
        columns.next();
        ui::muted(" ");   // as high as the labels beside it
        if (ui::button(words.id(Text::condition_reset, "audit_reset"), {.width = -1, .enabled = model.conditions != Conditions{} || ui.typed != Conditions{}})) {
            ui.typed = {};
            ask = true;
        }
        columns.next();
        ui::muted(" ");
        ask |= ui::primary_button(words.id(Text::search, "audit_ask"), {.icon = ui::Icon::search, .width = -1});
        if (ask) events.push(Asked{ui.typed});
    }

    void list() {
        const ui::Card card("list", {}, {.height = -1, .padding = 14});
        if (model.state == RemoteState::failed) {
            if (ui::empty_state(ui::Icon::warning, words(Text::list_failed), sentence_of(world.language(), model.error), words.id(Text::retry))) events.push(Retried{});
            return;
        }
        if (model.rows.empty() && model.state != RemoteState::ready) return ui::loading(words(Text::list_loading));
        if (model.rows.empty()) {
            (void)ui::empty_state(ui::Icon::inbox, words(Text::audit_none), words(model.conditions == Conditions{} ? Text::audit_none_yet : Text::audit_none_detail));
            return;
        }
        const std::array<ui::Column, 4> columns{ui::Column{.key = "at", .title = words(Text::column_at), .width = 116},
                                                ui::Column{.key = "by", .title = words(Text::audit_by), .width = 58},
                                                ui::Column{.key = "what", .title = words(Text::audit_what), .width = 108},
                                                ui::Column{.key = "subject", .title = words(Text::audit_subject)}};
        ui::Table table("audit", columns, {.row_count = static_cast<std::int64_t>(model.rows.size()), .has_more = model.next != 0,
                                           .loading_more = model.state == RemoteState::loading, .more_words = words(Text::list_more), .label = words(Text::menu_audit)});
        while (table.next_row()) {
            const dto::AuditEntryDto& row = model.rows[static_cast<std::size_t>(table.row())];
            const std::string label = std::string(audit_kind_label(world.language(), row.kind)) + " " + row.subject_name;
            table.begin_row({.key = row.id, .label = label, .selected = row.id == model.open, .dim = row.undone_by != 0});
            table.cell(to_the_minute(row.at));
            table.cell(by(row));
            table.cell(audit_kind_label(world.language(), row.kind));
            table.cell(row.subject_name);
        }
        const ui::TableEvents used = table.end();
        if (used.clicked_row >= 0) events.push(RowPressed{model.rows[static_cast<std::size_t>(used.clicked_row)].id});
        if (used.load_more) events.push(MoreWanted{});
    }

    // What a command on the machine itself did is nobody's among the people.
    std::string_view by(const dto::AuditEntryDto& row) const { return row.person == 0 ? words(Text::audit_by_command) : std::string_view(row.person_name); }

    void entry() {
        const ui::Card card("entry", {}, {.height = -1, .padding = 18});
        const dto::AuditEntryDto* entry = opened(model);
        if (entry == nullptr) {
            (void)ui::empty_state(ui::Icon::eye, words(Text::audit_choose), {});
            return;
        }
        if (model.undo_error) ui::banner(ui::Tone::bad, sentence_of(world.language(), *model.undo_error));
        ui::heading(audit_kind_label(world.language(), entry->kind));
        ui::field(words(Text::audit_subject), entry->subject_name);
        ui::field(words(Text::audit_by), by(*entry));
        ui::field(words(Text::column_at), entry->at);
        if (entry->undone_by != 0) ui::badge(words(Text::audit_undone), ui::Tone::neutral);
        ui::gap(10);
        for (const Difference& difference : differences(*entry)) {
            ui::strong(audit_member_label(world.language(), difference.member));
            ui::Columns columns(difference.member, {1, 1}, 12);
            columns.next();
            ui::small(words(Text::audit_before));
            ui::wrapped_muted(value_words(world, difference.member, difference.before));
            columns.next();
            ui::small(words(Text::audit_after));
            ui::wrapped(value_words(world, difference.member, difference.after));
        }
        if (!entry->undoable || !world.may(Action::manage_units)) return;
        ui::gap(12);
        if (ui::button(words.id(Text::audit_undo), {.icon = ui::Icon::undo, .enabled = !model.undoing})) events.push(UndoPressed{});
    }
};

}  // namespace

void draw(const Model& model, Ui& ui, const World& world, CommandQueue<Event>& events) {
    const Words& words = world.words;
    if (ui.conditions_version != model.conditions_version) ui.typed = model.conditions;
    ui.conditions_version = model.conditions_version;
    const ui::Page page("audit", false);
    { const ui::PageHeader header(words(Text::menu_audit), words(Text::audit_intro)); }
    Drawer drawer{model, ui, world, events};
    drawer.conditions();
    ui::gap(12);
    ui::Columns columns("audit", {6, 4}, 12);
    columns.next();
    drawer.list();
    columns.next();
    drawer.entry();
}

}  // namespace qudao::client::audit
