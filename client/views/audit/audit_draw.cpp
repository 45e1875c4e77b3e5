#include "client/views/audit/audit_draw.hpp"

#include <array>

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

    void conditions() {
        const ui::Card card("conditions", {}, {.padding = 14});
        bool ask = false;
        ui::Columns columns("conditions", {3, 4, 2, 2, 2}, 12);
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
        ask |= ui::input_text(words.id(Text::audit_from), ui.typed.from, {.placeholder = "2026-11-18", .width = -1, .max_bytes = 10}).submitted;
        columns.next();
        ask |= ui::input_text(words.id(Text::audit_until), ui.typed.until, {.placeholder = "2026-11-18", .width = -1, .max_bytes = 10}).submitted;
        columns.next();
        ui::gap(22);
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
            (void)ui::empty_state(ui::Icon::inbox, words(Text::audit_none), words(Text::audit_none_detail));
            return;
        }
        const std::array<ui::Column, 4> columns{ui::Column{.key = "at", .title = words(Text::column_at), .width = 132},
                                                ui::Column{.key = "by", .title = words(Text::audit_by), .width = 80},
                                                ui::Column{.key = "what", .title = words(Text::audit_what), .width = 140},
                                                ui::Column{.key = "subject", .title = words(Text::audit_subject)}};
        ui::Table table("audit", columns, {.row_count = static_cast<std::int64_t>(model.rows.size()), .has_more = model.next != 0,
                                           .loading_more = model.state == RemoteState::loading, .more_words = words(Text::list_more), .label = words(Text::menu_audit)});
        while (table.next_row()) {
            const dto::AuditEntryDto& row = model.rows[static_cast<std::size_t>(table.row())];
            table.begin_row({.key = row.id, .label = row.kind, .selected = row.id == model.open, .dim = row.undone_by != 0});
            table.cell(to_the_minute(row.at));
            table.cell(row.person_name);
            table.cell(audit_kind_label(world.language(), row.kind));
            table.cell(row.subject_name);
        }
        const ui::TableEvents used = table.end();
        if (used.clicked_row >= 0) events.push(RowPressed{model.rows[static_cast<std::size_t>(used.clicked_row)].id});
        if (used.load_more) events.push(MoreWanted{});
    }

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
        ui::field(words(Text::audit_by), entry->person_name);
        ui::field(words(Text::column_at), entry->at);
        if (entry->undone_by != 0) ui::badge(words(Text::audit_undone), ui::Tone::neutral);
        ui::gap(10);
        for (const Difference& difference : differences(*entry)) {
            ui::strong(audit_member_label(world.language(), difference.member));
            ui::Columns columns(difference.member, {1, 1}, 12);
            columns.next();
            ui::small(words(Text::audit_before));
            ui::wrapped_muted(shown(difference.member, difference.before));
            columns.next();
            ui::small(words(Text::audit_after));
            ui::wrapped(shown(difference.member, difference.after));
        }
        if (!entry->undoable || !world.may(Action::manage_units)) return;
        ui::gap(12);
        if (ui::button(words.id(Text::audit_undo), {.icon = ui::Icon::undo, .enabled = !model.undoing})) events.push(UndoPressed{});
    }

    // Units are kept by id, rights by code: people read names.
    std::string shown(std::string_view member, const std::string& value) const {
        if (value.empty()) return "—";
        if (member == "area_parent" || member == "channel_parent") return world.unit_path(number_in(value), member == "area_parent" ? Tree::area : Tree::channel);
        if (member != "actions") return value;
        std::string out;
        for (std::size_t from = 0; from <= value.size();) {
            const std::size_t end = std::min(value.find('\n', from), value.size());
            out.append(out.empty() ? "" : words(Text::list_separator)).append(action_label(world.language(), std::string_view(value).substr(from, end - from)));
            from = end + 1;
        }
        return out;
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
