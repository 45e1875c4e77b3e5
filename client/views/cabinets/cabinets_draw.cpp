#include "client/views/cabinets/cabinets_draw.hpp"

#include <algorithm>
#include <array>

#include "client/views/common/format.hpp"
#include "client/views/common/list_draw.hpp"
#include "client/views/customer/customer_model.hpp"
#include "client/widgets/widgets.hpp"

namespace qudao::client::cabinets {
namespace {

constexpr float kAroundLists = 420;   // what else the dialog has, in height

struct Drawer {
    const Model& model;
    Ui& ui;
    const World& world;
    CommandQueue<Event>& events;
    const Words& words = world.words;

    void tabs() {
        const std::string proposals = proposals_count(model);
        const std::array<ui::TabItem, 4> items{ui::TabItem{.label = words(Text::tab_cabinets)}, ui::TabItem{.label = words(Text::tab_ranges)},
                                               ui::TabItem{.label = words(Text::tab_proposals), .count = proposals}, ui::TabItem{.label = words(Text::tab_what_if)}};
        const int chosen = ui::tabs("cabinet_tabs", items, static_cast<int>(model.tab));
        if (chosen >= 0) events.push(TabPressed{static_cast<Tab>(chosen)});
        ui::gap(10);
    }

    void serves_cell(ui::Table& table, std::int64_t unit) {
        if (unit == 0) table.cell_toned(ui::Tone::warn, words(Text::serves_nobody));
        else draw_unit_cell(table, world, unit);
    }

    // What an address asked for stands in the field.
    static void follow(std::string& typed, std::string& shown, const std::string& asked) {
        if (shown != asked) typed = shown = asked;
    }

    void cabinets() {
        follow(ui.text, ui.text_shown, model.text);
        const ui::InputResult typed = ui::search_field(words.id(Text::cabinets_search), ui.text, {.placeholder = words(Text::cabinets_search), .width = 260});
        if (typed.submitted || (typed.changed && ui.text.empty())) events.push(Searched{ui.text});
        ui::beside(0);
        ui::align_right(ui::button_width(words(Text::cabinets_new), ui::Icon::plus));
        if (ui::button(words.id(Text::cabinets_new), {.icon = ui::Icon::plus})) events.push(NewPressed{});
        ui::gap(8);
        if (failed(model.cabinets.failed(), model.cabinets.error)) return;
        const std::array<ui::Column, 3> columns{ui::Column{.key = "code", .title = words(Text::column_cabinet), .width = 150},
                                                ui::Column{.key = "name", .title = words(Text::column_name)},
                                                ui::Column{.key = "serves", .title = words(Text::column_serves)}};
        const auto& all = model.cabinets.value;
        ui::Table table("cabinets", columns, {.row_count = static_cast<std::int64_t>(all.size()), .has_more = model.next.has_value() && !model.more_error, .loading_more = model.more_loading,
                                              .empty_words = words(Text::cabinets_none), .more_words = words(Text::cabinets_more), .label = words(Text::tab_cabinets)});
        while (table.next_row()) {
            const dto::CabinetDto& one = all[static_cast<std::size_t>(table.row())];
            table.begin_row({.key = one.id, .label = one.code, .selected = model.edit && model.edit->cabinet.code == one.code});
            table.cell(one.code);
            table.cell(one.name);
            serves_cell(table, one.unit);
        }
        const ui::TableEvents used = table.end();
        if (used.load_more) events.push(MoreWanted{});
        if (used.clicked_row >= 0) events.push(CabinetPressed{all[static_cast<std::size_t>(used.clicked_row)].code});
    }

    bool failed(bool is, const Error& error) {
        if (is && ui::banner(ui::Tone::bad, sentence_of(world.language(), error), words.id(Text::feeds_refresh, "retry")).action) events.push(Retried{});
        return is;
    }

    void ranges() {
        follow(ui.number, ui.number_shown, model.number);
        const ui::InputResult typed = ui::search_field(words.id(Text::ranges_search), ui.number, {.placeholder = words(Text::ranges_search), .width = 260});
        if (typed.submitted || (typed.changed && ui.number.empty())) events.push(Searched{ui.number});
        ui::beside(0);
        ui::align_right(ui::button_width(words(Text::ranges_new), ui::Icon::plus));
        if (ui::button(words.id(Text::ranges_new), {.icon = ui::Icon::plus})) events.push(NewPressed{});
        ui::gap(8);
        if (failed(model.ranges.failed(), model.ranges.error)) return;
        const std::array<ui::Column, 3> columns{ui::Column{.key = "first", .title = words(Text::column_first_number), .width = 150},
                                                ui::Column{.key = "last", .title = words(Text::column_last_number), .width = 150},
                                                ui::Column{.key = "serves", .title = words(Text::column_serves)}};
        const auto& all = model.ranges.value;
        ui::Table table("ranges", columns, {.row_count = static_cast<std::int64_t>(all.size()), .has_more = model.next.has_value() && !model.more_error, .loading_more = model.more_loading,
                                            .empty_words = words(model.number.empty() ? Text::ranges_none : Text::ranges_none_found), .more_words = words(Text::cabinets_more), .label = words(Text::tab_ranges)});
        while (table.next_row()) {
            const dto::NumberRangeDto& one = all[static_cast<std::size_t>(table.row())];
            table.begin_row({.key = one.id, .label = one.first, .selected = model.edit && model.edit->range && model.edit->number_range.id == one.id});
            table.cell(one.first);
            table.cell(one.last);
            serves_cell(table, one.unit);
        }
        const ui::TableEvents used = table.end();
        if (used.load_more) events.push(MoreWanted{});
        if (used.clicked_row >= 0) events.push(RangePressed{all[static_cast<std::size_t>(used.clicked_row)].id});
    }

    void proposals() {
        ui::wrapped_muted(words(Text::proposals_intro));
        ui::gap(8);
        if (failed(model.proposals.failed(), model.proposals.error)) return;
        const auto& all = model.proposals.value;
        if (all.empty()) {
            if (!model.proposals.loading()) (void)ui::empty_state(ui::Icon::check, words(Text::proposals_none), words(Text::proposals_none_detail));
            return;
        }
        if (world.may(Action::move_customer)) {
            const std::string count = model.chosen.empty() ? proposals_count(model) : format_count(static_cast<std::int64_t>(model.chosen.size()));
            const std::string said = words(model.chosen.empty() ? Text::proposals_move_all : Text::proposals_move_chosen, {{"count", count}});
            if (ui::primary_button(with_id(said, "proposals_move"), {.icon = ui::Icon::move, .enabled = !model.proposals_gathering})) events.push(ProposalsMovePressed{});
            if (model.proposals_gathering) {
                ui::beside();
                ui::loading(words(Text::list_loading));
            }
        }
        ui::gap(8);
        const std::array<ui::Column, 6> columns{ui::Column{.key = "customer", .title = words(Text::column_customer_name)},
                                                ui::Column{.key = "number", .title = words(Text::column_number), .width = 110},
                                                ui::Column{.key = "change", .title = words(Text::column_cabinet_change), .width = 200},
                                                ui::Column{.key = "from", .title = words(Text::column_unit)},
                                                ui::Column{.key = "to", .title = words(Text::column_proposed)},
                                                ui::Column{.key = "leave", .width = 80}};
        ui::Table table("proposals", columns, {.row_count = static_cast<std::int64_t>(all.size()), .has_more = model.proposals_next.has_value() && !model.more_error, .loading_more = model.more_loading,
                                               .selectable = world.may(Action::move_customer),
                                               .all_selected = model.chosen.empty() ? 0 : model.chosen.size() == all.size() ? 1 : 2, .clickable = false,
                                               .more_words = words(Text::cabinets_more), .label = words(Text::tab_proposals)});
        while (table.next_row()) {
            const dto::ProposalDto& one = all[static_cast<std::size_t>(table.row())];
            table.begin_row({.key = one.id, .label = one.access_number, .checked = model.chosen.count(one.id) != 0});
            table.cell(one.customer_name);
            table.cell(one.access_number);
            table.cell(one.old_cabinet + " → " + one.new_cabinet);
            draw_unit_cell(table, world, one.from);
            draw_unit_cell(table, world, one.to);
            table.custom([&] {
                if (ui::link(words.id(Text::proposals_dismiss, "dismiss_" + std::to_string(one.id)))) events.push(ProposalDismissed{one.id});
            });
        }
        const ui::TableEvents used = table.end();
        if (used.load_more) events.push(MoreWanted{});
        if (used.check_all) events.push(AllChosen{});
        if (used.checked_key >= 0) events.push(ProposalChosen{used.checked_key});
    }

    void what_if() {
        ui::wrapped_muted(words(Text::what_if_intro));
        ui::gap(8);
        bool ask = false;
        {
            ui::Columns columns("question", {1, 1, 1, 1}, 12);
            const auto field = [&](Text label, std::string& value) {
                columns.next();
                ask |= ui::input_text(words.id(label, "what_if_" + std::to_string(static_cast<int>(label))), value, {.width = -1, .clearable = true, .max_bytes = 60}).submitted;
            };
            field(Text::what_if_number, ui.question.access_number);
            field(Text::what_if_contract, ui.question.contract);
            field(Text::column_cabinet, ui.question.cabinet);
            field(Text::what_if_area, ui.question.billing_area);
        }
        ui::gap(8);
        if (ui::primary_button(words.id(Text::what_if_ask), {.icon = ui::Icon::flask, .enabled = !model.facts.loading()})) ask = true;
        if (ask) events.push(Asked{ui.question});
        ui::gap(12);
        if (model.facts.failed()) ui::banner(ui::Tone::bad, sentence_of(world.language(), model.facts.error));
        if (!model.what_if || !model.facts.ready()) return;
        const WhatIf& answer = *model.what_if;
        if (answer.place == 0) {
            const std::string& customer = model.facts.value.customer_code;
            return ui::strong(customer.empty() ? std::string(words(Text::what_if_joins_unseen)) : words(Text::what_if_joins, {{"customer", customer}}));
        }
        ui::muted(words(Text::what_if_place));
        ui::heading(world.unit_path(answer.place));
        ui::gap(8);
        const customer::Why why = customer::why_of(answer, world);
        ui::wrapped(why.decision);
        for (const std::string& detail : why.details) ui::wrapped_muted(detail);
    }

    // --- the dialog of one
    void edit_fields(const Edit& edit) {
        if (!edit.fresh) {
            if (edit.range) ui::field(words(Text::column_number), edit.number_range.first + " – " + edit.number_range.last);
            else ui::field(words(Text::column_cabinet), edit.cabinet.name.empty() ? edit.cabinet.code : edit.cabinet.code + " · " + edit.cabinet.name);
            const std::int64_t unit = edit.range ? edit.number_range.unit : edit.cabinet.unit;
            ui::field(words(Text::column_serves), unit == 0 ? std::string(words(Text::serves_nobody)) : world.unit_path(unit));
            return;
        }
        ui::Columns columns("new_fields", {1, 1}, 12);
        bool changed = false;
        const auto field = [&](Text label, std::string& value) {
            columns.next();
            changed |= ui::input_text(words.id(label, "new_" + std::to_string(static_cast<int>(label))), value, {.width = -1, .max_bytes = 96}).changed;
        };
        if (edit.range) {
            field(Text::column_first_number, ui.named.first);
            field(Text::column_last_number, ui.named.last);
        } else {
            field(Text::column_cabinet, ui.named.code);
            field(Text::column_name, ui.named.name);
        }
        if (changed) events.push(ui.named);
    }

    void edit_preview(const Edit& edit) {
        if (edit.fresh && edit.range && (ui.named.first.empty() || ui.named.last.empty())) return;   // nothing to be said of it yet
        if (edit.served.failed()) return (void)ui::banner(ui::Tone::bad, sentence_of(world.language(), edit.served.error));
        if (edit.served.loading()) return ui::loading(words(Text::list_loading));
        const Preview& preview = edit.preview;
        if (preview.fault) return (void)ui::banner(ui::Tone::bad, sentence_of(world.language(), *preview.fault));
        if (preview.subscribers == 0) return ui::wrapped_muted(words(Text::edit_nobody));
        ui::wrapped(words(Text::edit_affected, {{"subscribers", format_count(preview.subscribers)},
                                                {"customers", format_count(static_cast<std::int64_t>(preview.customers.size()))}, {"movable", format_count(preview.movable)}}));
        ui::gap(6);
        const std::array<ui::Column, 4> columns{ui::Column{.key = "name", .title = words(Text::column_customer_name)},
                                                ui::Column{.key = "now", .title = words(Text::column_unit)},
                                                ui::Column{.key = "then", .title = words(Text::edit_then)},
                                                ui::Column{.key = "what", .width = 84}};
        ui::Table table("affected", columns, {.row_count = static_cast<std::int64_t>(preview.customers.size()), .height = std::clamp((ui::dialog_room() - kAroundLists) * 0.45F, 100.0F, 190.0F), .clickable = false, .label = words(Text::edit_then)});
        while (table.next_row()) {
            const Affected& one = preview.customers[static_cast<std::size_t>(table.row())];
            table.begin_row({.key = table.row(), .label = one.code, .dim = !one.proposed});
            table.cell(one.name);
            draw_unit_cell(table, world, one.now);
            draw_unit_cell(table, world, one.then);
            table.custom(words(one.proposed ? Text::edit_moves : Text::edit_stays), [&] { ui::badge(words(one.proposed ? Text::edit_moves : Text::edit_stays), one.proposed ? ui::Tone::accent : ui::Tone::neutral); });
        }
        (void)table.end();
    }

    void edit_footer(ui::Dialog& dialog, const Edit& edit, bool& open) {
        const bool ready = !edit.saving && (edit.units.selected != 0 || !edit.range);
        const bool movable = edit.served.ready() && edit.preview.movable > 0 && world.may(Action::move_customer);
        float width = ui::button_width(words(Text::cancel)) + 8 + ui::button_width(words(Text::edit_save));
        if (movable) width += 8 + ui::button_width(words(Text::edit_save_and_move), ui::Icon::move);
        if (edit.range && !edit.fresh) width += 8 + ui::button_width(words(Text::edit_remove), ui::Icon::trash);
        dialog.footer(width);
        if (ui::button(words.id(Text::cancel, "cancel_edit"))) open = false;
        ui::beside();
        if (edit.range && !edit.fresh) {
            if (ui::danger_button(words.id(Text::edit_remove), {.icon = ui::Icon::trash, .enabled = !edit.saving})) events.push(RemovePressed{});
            ui::beside();
        }
        if (movable) {
            if (ui::button(words.id(Text::edit_save_and_move), {.icon = ui::Icon::move, .enabled = ready})) events.push(SavePressed{true});
            ui::beside();
        }
        if (ui::primary_button(words.id(Text::edit_save), {.enabled = ready})) events.push(SavePressed{false});
    }

    void edit() {
        bool open = model.edit.has_value();
        if (open && ui.edit != model.edit->generation) {
            ui.edit = model.edit->generation;
            ui.named = {};
            ui.units = {};
        }
        const Text title = open && model.edit->range ? Text::edit_range_title : Text::edit_cabinet_title;
        if (ui::Dialog dialog(words.id(title, "edit_served"), open, {.width = 760}); dialog && model.edit) {
            const Edit& edit = *model.edit;
            edit_fields(edit);
            ui::gap(8);
            if (edit.error) ui::banner(ui::Tone::bad, sentence_of(world.language(), *edit.error));
            const std::int64_t chosen = edit.units.selected;
            ui::strong(chosen == 0 ? std::string(words(Text::edit_choose_unit)) : words(Text::edit_chosen, {{"unit", world.unit_path(chosen)}}));
            draw_unit_tree(edit.units, ui.units, world, std::clamp((ui::dialog_room() - kAroundLists) * 0.55F, 110.0F, 210.0F), [&](UnitTreeEvent event) { events.push(UnitsUsed{std::move(event)}); });
            ui::gap(8);
            edit_preview(edit);
            edit_footer(dialog, edit, open);
        }
        if (model.edit && !open) events.push(EditClosed{});
    }
};

}  // namespace

void draw(const Model& model, Ui& ui, const World& world, CommandQueue<Event>& events) {
    const Words& words = world.words;
    const ui::Page page("cabinets", false);
    { const ui::PageHeader header(words(Text::menu_cabinets), words(Text::cabinets_intro)); }
    Drawer drawer{model, ui, world, events};
    {
        const ui::Card card("list", {}, {.height = -1, .padding = 14});
        drawer.tabs();
        switch (model.tab) {
            case Tab::cabinets: drawer.cabinets(); break;
            case Tab::ranges: drawer.ranges(); break;
            case Tab::proposals: drawer.proposals(); break;
            case Tab::what_if: drawer.what_if(); break;
        }
    }
    drawer.edit();
}

}  // namespace qudao::client::cabinets
