// The dialogs of the organisation: add below, move with its effects shown first, delete with what hangs on the unit.
#include <array>
#include <cstdint>
#include <vector>

#include "client/views/organisation/organisation_draw.hpp"
#include "client/widgets/widgets.hpp"
#include "shared/base/money.hpp"

namespace qudao::client::organisation {
namespace {

struct Dialogs {
    const Model& model;
    Ui& ui;
    const World& world;
    CommandQueue<Event>& events;
    const UnitRecord& unit;
    const Words& words = world.words;

    void fault() {
        if (!model.error) return;
        ui::banner(ui::Tone::bad, sentence_of(world.language(), *model.error));
        ui::gap(8);
    }
    // Cancel and the button that does it. True when that was pressed.
    bool footer(ui::Dialog& dialog, bool& open, Text label, bool ready, bool danger = false) {
        dialog.footer(ui::button_width(words(Text::cancel)) + 8 + ui::button_width(words(label)));
        if (ui::button(words.id(Text::cancel, "cancel_unit"))) open = false;
        ui::beside();
        const ui::ButtonOptions options{.kind = danger ? ui::ButtonKind::danger : ui::ButtonKind::primary, .enabled = ready && !model.saving};
        return ui::button(words.id(label, "confirm_unit"), options);
    }

    void effects_of_move() {
        if (model.plan.loading()) return ui::loading(words(Text::list_loading));
        if (model.plan.failed()) {
            ui::banner(ui::Tone::bad, sentence_of(world.language(), model.plan.error));
            return;
        }
        if (!model.plan.ready()) return;
        const dto::UnitMovePlanDto& plan = model.plan.value;
        const std::string units = format_count(plan.units);
        const std::string customers = format_count(plan.customers);
        const std::string persons = format_count(plan.persons);
        if (plan.persons == 0 && plan.keys.empty()) ui::wrapped(words(Text::organisation_move_no_effect, {{"units", units}, {"customers", customers}}));
        else ui::wrapped(words(Text::organisation_move_effect, {{"units", units}, {"customers", customers}, {"persons", persons}}));
        if (plan.sight.empty() && plan.keys.empty()) return;
        ui::gap(6);
        const std::array<ui::Column, 4> columns{ui::Column{.key = "login", .title = words(Text::people_login), .width = 140},
                                                ui::Column{.key = "name", .title = words(Text::people_name)},
                                                ui::Column{.key = "gains", .title = words(Text::organisation_gains), .width = 90, .align = ui::Align::right},
                                                ui::Column{.key = "loses", .title = words(Text::organisation_loses), .width = 90, .align = ui::Align::right}};
        ui::Table table("sight", columns, {.row_count = static_cast<std::int64_t>(plan.keys.size() + plan.sight.size()), .height = 180, .clickable = false, .label = words(Text::organisation_move)});
        while (table.next_row()) {
            const auto row = static_cast<std::size_t>(table.row());
            if (row < plan.keys.size()) {
                const dto::UnitKeySightDto& key = plan.keys[row];
                sight_row(table, INT64_MAX - table.row(), words(Text::organisation_sight_key), key.name, key.gains, key.loses);
            } else {
                const dto::UnitSightDto& line = plan.sight[row - plan.keys.size()];
                sight_row(table, line.person, line.login, line.name, line.gains, line.loses);
            }
        }
        (void)table.end();
    }
    static void sight_row(ui::Table& table, std::int64_t key, std::string_view who, std::string_view name, std::int64_t gains, std::int64_t loses) {
        table.begin_row({.key = key, .label = who});
        table.cell(who);
        table.cell(name);
        table.number(gains == 0 ? std::string() : "+" + format_count(gains));
        table.number(loses == 0 ? std::string() : "-" + format_count(loses));
    }

    void undo() {
        bool open = true;
        const std::string title = with_id(words(Text::organisation_undo_title, {{"unit", unit.name}}), "undo_unit");
        if (ui::Dialog dialog(title, open, {.width = 640}); dialog) {
            fault();
            effects_of_move();
            if (footer(dialog, open, Text::organisation_undo, model.plan.ready())) events.push(UndoConfirmed{});
        }
        if (!open) events.push(DoPressed{Doing::nothing});
    }

    void move() {
        bool open = true;
        const std::string title = with_id(words(Text::organisation_move_title, {{"unit", unit.name}}), "move_unit");
        if (ui::Dialog dialog(title, open, {.width = 640}); dialog) {
            ui::wrapped_muted(words(Text::organisation_move_intro));
            ui::gap(8);
            fault();
            draw_unit_tree(model.target, ui.target, world, picker_height(200, 260), [&](UnitTreeEvent event) { events.push(TargetTreeUsed{std::move(event)}); });
            ui::gap(8);
            effects_of_move();
            if (footer(dialog, open, Text::organisation_move, model.plan.ready())) events.push(MoveConfirmed{});
        }
        if (!open) events.push(DoPressed{Doing::nothing});
    }

    void kind_field() {
        const std::vector<UnitKind> kinds = kinds_below(model, world);
        int current = -1;
        for (std::size_t i = 0; i < kinds.size(); ++i)
            if (kinds[i] == model.fresh.kind) current = static_cast<int>(i);
        const auto name = [&](int i) { return unit_kind_label(world.language(), code_of(kinds[static_cast<std::size_t>(i)])); };
        if (ui::combo(words.id(Text::organisation_kind, "new_kind"), current, static_cast<int>(kinds.size()), name, {.width = -1}) && current >= 0)
            events.push(KindChosen{kinds[static_cast<std::size_t>(current)]});
        ui::gap(8);
    }
    void channel_parent_field() {
        const std::vector<std::int64_t> parents = channel_parents(world);
        std::vector<std::string> names;
        int current = -1;
        for (const std::int64_t parent : parents) {
            if (parent == model.fresh.channel_parent) current = static_cast<int>(names.size());
            names.push_back(world.unit_name(parent));
        }
        const auto name = [&](int i) { return std::string_view(names[static_cast<std::size_t>(i)]); };
        if (ui::combo(words.id(Text::organisation_channel_parent, "new_channel_parent"), current, static_cast<int>(names.size()), name, {.width = -1, .filter = true}) && current >= 0)
            events.push(ChannelParentChosen{parents[static_cast<std::size_t>(current)]});
        ui::gap(8);
    }
    void channel_field() {
        const auto& channels = world.organisation->channels();
        std::vector<std::string> names;
        int current = -1;
        for (const Channel& channel : channels) {
            if (channel.id.value == model.fresh.channel) current = static_cast<int>(names.size());
            names.push_back(world.channel_name(channel));
        }
        const auto name = [&](int i) { return std::string_view(names[static_cast<std::size_t>(i)]); };
        if (ui::combo(words.id(Text::column_channel, "new_channel"), current, static_cast<int>(names.size()), name, {.width = -1}) && current >= 0)
            events.push(ChannelChosen{channels[static_cast<std::size_t>(current)].id.value});
        ui::gap(8);
    }

    void add() {
        bool open = true;
        const std::string title = with_id(words(Text::organisation_add_title, {{"unit", unit.name}}), "add_unit");
        if (ui::Dialog dialog(title, open, {.width = 460}); dialog) {
            fault();
            kind_field();
            const UnitKind kind = model.fresh.kind;
            if (kind == UnitKind::department) channel_parent_field();
            if (kind == UnitKind::channel) channel_field();
            ui::input_text(words.id(Text::organisation_code, "new_code"), ui.new_code, {.width = -1, .enabled = !model.saving, .max_bytes = 40});
            ui::gap(8);
            ui::input_text(words.id(Text::organisation_name, "new_name"), ui.new_name, {.width = -1, .enabled = !model.saving, .max_bytes = 360});
            const bool billed = kind == UnitKind::branch || kind == UnitKind::pool;
            if (billed) {
                ui::gap(8);
                ui::input_text(words.id(Text::organisation_billing_area, "new_billing"), ui.new_billing_area, {.width = -1, .enabled = !model.saving, .max_bytes = 40});
            }
            const bool ready = !ui.new_code.empty() && !ui.new_name.empty() && (!billed || !ui.new_billing_area.empty()) &&
                               (kind != UnitKind::department || model.fresh.channel_parent != 0) && (kind != UnitKind::channel || model.fresh.channel != 0);
            if (footer(dialog, open, Text::organisation_add, ready)) events.push(AddConfirmed{ui.new_code, ui.new_name, billed ? ui.new_billing_area : std::string()});
        }
        if (!open) events.push(DoPressed{Doing::nothing});
    }

    void remove() {
        bool open = true;
        const std::string title = with_id(words(Text::organisation_delete_title, {{"unit", unit.name}}), "delete_unit");
        if (ui::Dialog dialog(title, open, {.width = 460, .tone = ui::Tone::bad}); dialog) {
            fault();
            if (model.uses.loading()) ui::loading(words(Text::list_loading));
            if (model.uses.failed()) ui::banner(ui::Tone::bad, sentence_of(world.language(), model.uses.error));
            const bool free = model.uses.ready() && model.uses.value.uses.empty();
            if (free) ui::wrapped(words(Text::organisation_delete_free));
            if (model.uses.ready() && !free) {
                ui::wrapped(words(Text::organisation_delete_used));
                for (const dto::UnitUseDto& use : model.uses.value.uses)
                    ui::text(words(Text::organisation_use_line, {{"what", unit_use_label(world.language(), use.what)}, {"count", format_count(use.count)}}));
            }
            if (footer(dialog, open, Text::organisation_delete, free, true)) events.push(DeleteConfirmed{});
        }
        if (!open) events.push(DoPressed{Doing::nothing});
    }
};

}  // namespace

void draw_dialogs(const Model& model, Ui& ui, const World& world, CommandQueue<Event>& events) {
    if (ui.doing != model.doing) {
        ui.new_code.clear();
        ui.new_name.clear();
        ui.new_billing_area.clear();
        ui.target = {};
        ui.doing = model.doing;
    }
    const UnitRecord* unit = chosen(model, world);
    if (unit == nullptr) return;
    Dialogs dialogs{model, ui, world, events, *unit};
    switch (model.doing) {
        case Doing::nothing: break;
        case Doing::adding: dialogs.add(); break;
        case Doing::moving: dialogs.move(); break;
        case Doing::deleting: dialogs.remove(); break;
        case Doing::undoing: dialogs.undo(); break;
    }
}

}  // namespace qudao::client::organisation
