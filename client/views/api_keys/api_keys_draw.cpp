#include "client/views/api_keys/api_keys_draw.hpp"

#include <array>

#include "client/views/common/format.hpp"
#include "client/widgets/widgets.hpp"

namespace qudao::client::api_keys {
namespace {

struct Drawer {
    const Model& model;
    Ui& ui;
    const World& world;
    CommandQueue<Event>& events;
    const Words& words = world.words;

    std::string channels_of(const dto::KeyDto& key) const {
        if (key.channels.empty() || !world.organisation) return std::string(words(Text::all));
        std::string out;
        for (const std::string& code : key.channels) {
            const ChannelIndex index = world.organisation->find_channel(code);
            const std::string name = index == kNoChannel ? code : world.channel_name(world.organisation->channels()[index]);
            out.append(out.empty() ? "" : words(Text::list_separator)).append(name);
        }
        return out;
    }

    void list() {
        const ui::Card card("keys", {}, {.height = -1, .padding = 14});
        if (model.keys.failed()) {
            if (ui::empty_state(ui::Icon::warning, words(Text::list_failed), sentence_of(world.language(), model.keys.error), words.id(Text::retry))) events.push(Retried{});
            return;
        }
        const auto& keys = model.keys.value.keys;
        if (keys.empty() && !model.keys.ready()) return ui::loading(words(Text::list_loading));
        if (keys.empty()) {
            (void)ui::empty_state(ui::Icon::key, words(Text::keys_none), words(Text::keys_none_detail));
            return;
        }
        const std::array<ui::Column, 9> columns{ui::Column{.key = "name", .title = words(Text::keys_name)},
                                                ui::Column{.key = "hint", .title = words(Text::keys_begins), .width = 92},
                                                ui::Column{.key = "unit", .title = words(Text::keys_scope)},
                                                ui::Column{.key = "channels", .title = words(Text::keys_channels), .width = 110},
                                                ui::Column{.key = "expires", .title = words(Text::keys_expires), .width = 96},
                                                ui::Column{.key = "state", .title = words(Text::keys_state), .width = 76},
                                                ui::Column{.key = "by", .title = words(Text::keys_made_by), .width = 76},
                                                ui::Column{.key = "used", .title = words(Text::keys_used), .width = 130},
                                                ui::Column{.key = "do", .title = " ", .width = 80}};
        ui::Table table("keys", columns, {.row_count = static_cast<std::int64_t>(keys.size()), .clickable = false, .label = words(Text::menu_api_keys)});
        while (table.next_row()) {
            const dto::KeyDto& key = keys[static_cast<std::size_t>(table.row())];
            const bool good = key.state == "good";
            table.begin_row({.key = key.id, .label = key.name, .dim = !good});
            table.cell(key.name);
            table.cell_muted("qk_" + key.hint + "…");
            table.cell(world.unit_name(key.unit));
            table.cell(channels_of(key));
            table.cell(key.expires_on);
            table.cell_toned(good ? ui::Tone::good : ui::Tone::neutral, key_state_label(world.language(), key.state));
            table.cell(key.created_by);
            table.cell(key.used_at.empty() ? std::string(words(Text::keys_never)) : std::string(to_the_minute(key.used_at)));
            table.custom([&] {
                if (good && ui::link(words.id(Text::keys_revoke, "revoke" + std::to_string(key.id)))) events.push(RevokePressed{key.id});
            });
        }
        (void)table.end();
    }

    void add_dialog() {
        bool open = model.adding;
        if (ui::Dialog dialog(words.id(Text::keys_add, "add_key"), open, {.width = 520}); dialog && world.organisation) {
            if (model.error) ui::banner(ui::Tone::bad, sentence_of(world.language(), *model.error));
            {
                ui::Columns columns("key", {3, 2}, 12);
                columns.next();
                ui::input_text(words.id(Text::keys_name, "key_name"), ui.name, {.placeholder = words(Text::keys_name_hint), .width = -1, .max_bytes = 240});
                columns.next();
                ui::input_text(words.id(Text::keys_expires, "key_expires"), ui.expires_on, {.placeholder = "2027-06-30", .width = -1, .max_bytes = 10});
            }
            ui::gap(8);
            ui::muted(words(Text::keys_channels));
            const auto& channels = world.organisation->channels();
            for (std::size_t i = 0; i < channels.size(); ++i) {
                const std::string channel = world.channel_name(channels[i]);
                if (i != 0) ui::beside_or_below(ui::text_width(channel) + 24, 12);
                const auto index = static_cast<ChannelIndex>(i);
                bool chosen = (model.channels & channel_bit(index)) != 0;
                if (ui::checkbox(with_id(channel, "key_" + channels[i].code), chosen)) events.push(ChannelPressed{index});
            }
            ui::gap(8);
            draw_unit_tree(model.units, ui.units, world, picker_height(220, 370), [&](UnitTreeEvent event) { events.push(UnitTreeUsed{std::move(event)}); });
            dialog.footer(ui::button_width(words(Text::cancel)) + 8 + ui::button_width(words(Text::keys_add)));
            if (ui::button(words.id(Text::cancel, "cancel_key"))) open = false;
            ui::beside();
            const bool ready = !ui.name.empty() && ui.expires_on.size() == 10 && model.units.selected != 0 && !model.saving;
            if (ui::primary_button(words.id(Text::keys_add, "confirm_key"), {.enabled = ready})) events.push(AddConfirmed{ui.name, ui.expires_on});
        }
        if (model.adding && !open) events.push(AddPressed{false});
    }

    void token_dialog() {
        bool open = !model.token.empty();
        if (ui::Dialog dialog(words.id(Text::keys_token, "key_token"), open, {.width = 560, .closable = false}); dialog) {
            ui::wrapped_muted(words(Text::keys_token_detail));
            ui::gap(12);
            std::string shown = model.token;
            ui::input_text(words.id(Text::keys_token, "key_token_text"), shown, {.width = -1, .icon = ui::Icon::key});
            dialog.footer(ui::button_width(words(Text::close)));
            if (ui::primary_button(words.id(Text::close, "token_told"))) events.push(TokenTold{});
        }
    }

    void revoke_dialog() {
        bool open = model.revoking != 0;
        if (ui::Dialog dialog(words.id(Text::keys_revoke_title), open, {.width = 440, .tone = ui::Tone::bad}); dialog) {
            if (model.error) ui::banner(ui::Tone::bad, sentence_of(world.language(), *model.error));
            for (const dto::KeyDto& key : model.keys.value.keys)
                if (key.id == model.revoking) ui::strong(key.name);
            ui::wrapped(words(Text::keys_revoke_detail));
            dialog.footer(ui::button_width(words(Text::cancel)) + 8 + ui::button_width(words(Text::keys_revoke)));
            if (ui::button(words.id(Text::cancel, "cancel_revoke"))) open = false;
            ui::beside();
            if (ui::danger_button(words.id(Text::keys_revoke, "confirm_revoke"), {.enabled = !model.saving})) events.push(RevokeConfirmed{});
        }
        if (model.revoking != 0 && !open) events.push(RevokePressed{0});
    }
};

}  // namespace

void draw(const Model& model, Ui& ui, const World& world, CommandQueue<Event>& events) {
    const Words& words = world.words;
    if (model.adding && !ui.adding) {
        ui.name.clear();
        ui.expires_on = format_date(add_months(world.day, 12));
    }
    ui.adding = model.adding;
    const ui::Page page("api_keys", false);
    {
        const ui::PageHeader header(words(Text::menu_api_keys), words(Text::keys_intro), ui::button_width(words(Text::keys_add), ui::Icon::plus));
        if (ui::button(words.id(Text::keys_add, "keys_add"), {.icon = ui::Icon::plus})) events.push(AddPressed{});
    }
    Drawer drawer{model, ui, world, events};
    drawer.list();
    drawer.add_dialog();
    drawer.token_dialog();
    drawer.revoke_dialog();
}

}  // namespace qudao::client::api_keys
