#include "client/views/organisation/organisation_draw.hpp"

#include <array>

#include "client/views/common/address.hpp"
#include "client/views/common/format.hpp"
#include "client/views/common/forms_draw.hpp"
#include "client/widgets/widgets.hpp"
#include "shared/base/money.hpp"

namespace qudao::client::organisation {
namespace {

struct Drawer {
    const Model& model;
    Ui& ui;
    const World& world;
    CommandQueue<Event>& events;
    const Words& words = world.words;

    void facts(const UnitRecord& unit) {
        ui::field(words(Text::organisation_code), unit.code);
        ui::field(words(Text::organisation_kind), unit_kind_label(world.language(), code_of(unit.kind)));
        if (unit.channel) ui::field(words(Text::column_channel), world.channel_name(unit.channel.value));
        if (unit.area_parent) ui::field(words(Text::organisation_area_parent), world.unit_path(unit.area_parent.value));
        if (unit.channel_parent) ui::field(words(Text::organisation_channel_parent), world.unit_path(unit.channel_parent.value, Tree::channel));
        const UnitIndex index = world.unit(unit.id.value);
        const auto& totals = world.totals[static_cast<std::size_t>(model.units.tree)];
        if (index < totals.size()) ui::field(words(Text::organisation_customers), format_count(totals[index].customers));
        ui::field(words(Text::organisation_state), words(unit.active ? Text::organisation_in_use : Text::organisation_retired));
    }

    void fields(const UnitRecord& unit) {
        const bool enabled = !model.saving;
        if (draw_restored(model.restored_unix_ms, world)) events.push(Discarded{});
        Fields& typed = ui.typed;
        bool edited = ui::input_text(words.id(Text::organisation_name, "unit_name"), typed.name, {.width = -1, .enabled = enabled, .max_bytes = 360}).changed;
        ui::gap(8);
        {
            ui::Columns columns("more", {1, 1}, 12);
            columns.next();
            edited |= ui::input_text(words.id(Text::organisation_order, "unit_order"), typed.order, {.width = -1, .enabled = enabled, .max_bytes = 6}).changed;
            columns.next();
            edited |= ui::input_text(words.id(Text::organisation_billing_area, "unit_billing"), typed.billing_area, {.width = -1, .enabled = enabled, .max_bytes = 40}).changed;
        }
        ui::gap(10);
        if (edited) events.push(Typed{typed});
        const bool changed = !(typed == fields_of(unit));
        if (ui::primary_button(words.id(model.saving ? Text::saving : Text::save, "unit_save"), {.enabled = enabled && changed && !typed.name.empty()}))
            events.push(SavePressed{});
    }

    void buttons(const UnitRecord& unit) {
        const bool enabled = !model.saving;
        const bool province = unit.kind == UnitKind::province;
        if (ui::button(words.id(Text::organisation_add), {.icon = ui::Icon::plus, .enabled = enabled && !kinds_below(model, world).empty()})) events.push(DoPressed{Doing::adding});
        ui::beside();
        if (ui::button(words.id(Text::organisation_move), {.icon = ui::Icon::move, .enabled = enabled && !province})) events.push(DoPressed{Doing::moving});
        ui::beside();
        if (ui::button(words.id(unit.active ? Text::organisation_retire : Text::organisation_restore, "unit_activity"), {.enabled = enabled && !province})) events.push(ActivityPressed{});
        ui::beside();
        if (ui::button(words.id(Text::organisation_delete), {.icon = ui::Icon::trash, .enabled = enabled && !province})) events.push(DoPressed{Doing::deleting});
    }

    void changes() {
        if (model.changes.state == RemoteState::idle) return;
        ui::gap(16);
        ui::heading(words(Text::organisation_changes));
        if (model.changes.loading()) return ui::loading(words(Text::list_loading));
        if (model.changes.failed()) return ui::muted(sentence_of(world.language(), model.changes.error));
        if (model.changes.value.entries.empty()) ui::muted(words(Text::organisation_no_changes));
        for (const dto::AuditEntryDto& entry : model.changes.value.entries) {
            const std::string line = std::string(to_the_minute(entry.at)) + "  " + std::string(audit_kind_label(world.language(), entry.kind)) + "  " + (entry.person == 0 ? std::string(words(Text::audit_by_command)) : entry.person_name);
            ui::align_to_controls();
            ui::text(line);
            if (entry.undone_by != 0) {
                ui::beside();
                ui::badge(words(Text::audit_undone), ui::Tone::neutral);
            }
            if (!entry.undoable) continue;
            ui::beside();
            if (ui::button(words.id(Text::organisation_undo, "undo" + std::to_string(entry.id)), {.icon = ui::Icon::undo, .enabled = !model.saving, .small = true})) events.push(UndoPressed{entry.id});
        }
    }

    void unit() {
        const ui::Card card("unit", {}, {.height = -1, .padding = 18});
        const UnitRecord* unit = chosen(model, world);
        if (unit == nullptr) {
            (void)ui::empty_state(ui::Icon::building, words(Text::organisation_choose), {});
            return;
        }
        if (model.error && model.doing == Doing::nothing) ui::banner(ui::Tone::bad, sentence_of(world.language(), *model.error));
        ui::heading(unit->name);
        facts(*unit);
        ui::gap(14);
        buttons(*unit);
        ui::gap(14);
        fields(*unit);
        changes();
    }
};

}  // namespace

void draw(const Model& model, Ui& ui, const World& world, CommandQueue<Event>& events) {
    const Words& words = world.words;
    const UnitRecord* unit = chosen(model, world);
    if (ui.chosen_version != model.chosen_version && unit != nullptr) {
        ui.typed = model.typed;
        ui.chosen_version = model.chosen_version;
    }
    const ui::Page page("organisation", false);
    { const ui::PageHeader header(words(Text::menu_organisation), words(Text::organisation_intro)); }
    Drawer drawer{model, ui, world, events};
    {
        ui::Columns columns("organisation", {4, 6}, 12);
        columns.next();
        {
            const ui::Card card("tree", {}, {.height = -1, .padding = 14});
            draw_unit_tree(model.units, ui.units, world, 0, [&](UnitTreeEvent event) { events.push(UnitTreeUsed{std::move(event)}); });
        }
        columns.next();
        drawer.unit();
    }
    draw_dialogs(model, ui, world, events);
}

}  // namespace qudao::client::organisation
