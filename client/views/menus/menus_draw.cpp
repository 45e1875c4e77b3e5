#include "client/views/menus/menus_draw.hpp"

#include "client/views/common/forms_draw.hpp"
#include "client/views/common/menu_words.hpp"
#include "client/widgets/widgets.hpp"

namespace qudao::client::menus {
namespace {

void draw_item(const Model& model, std::size_t at, const World& world, CommandQueue<Event>& events) {
    const Words& words = world.words;
    const MenuPlace& item = model.items[at];
    const std::string stable = item.code;
    const bool first = at == 0 && item.section == menu_sections().front();
    const bool last = at + 1 == model.items.size() && item.section == menu_sections().back();
    if (ui::icon_button(ui::Icon::arrow_up, words.id(Text::menus_up, "up_" + stable), {.enabled = !first && !model.saving, .small = true})) events.push(Moved{at, true});
    ui::beside(4);
    if (ui::icon_button(ui::Icon::arrow_down, words.id(Text::menus_down, "down_" + stable), {.enabled = !last && !model.saving, .small = true})) events.push(Moved{at, false});
    ui::beside(12);
    bool shown = !item.hidden;
    if (ui::checkbox(words.id(item_words(item.code), "shown_" + stable), shown, !model.saving)) events.push(HiddenPressed{at});
}

}  // namespace

void draw(const Model& model, const World& world, CommandQueue<Event>& events) {
    const Words& words = world.words;
    const ui::Page page("menus");
    {
        // In view however long the menu is.
        const Text save = model.saving ? Text::saving : Text::save;
        const ui::PageHeader header(words(Text::menu_menus), words(Text::menus_intro), ui::button_width(words(save)) + 8 + ui::button_width(words(Text::discard)));
        const bool ready = changed(model) && !model.saving;
        if (ui::primary_button(words.id(save, "menu_save"), {.enabled = ready})) events.push(SavePressed{});
        ui::beside();
        if (ui::button(words.id(Text::discard, "menu_discard"), {.enabled = ready})) events.push(UndoPressed{});
    }
    if (model.menu.failed()) {
        if (ui::empty_state(ui::Icon::warning, words(Text::list_failed), sentence_of(world.language(), model.menu.error), words.id(Text::retry))) events.push(Retried{});
        return;
    }
    if (model.items.empty()) return ui::loading(words(Text::list_loading));
    if (model.error) ui::banner(ui::Tone::bad, sentence_of(world.language(), *model.error));
    if (draw_restored(model.restored_unix_ms, world)) events.push(UndoPressed{});
    for (const std::string_view section : menu_sections()) {
        const ui::Card card(section, words(section_words(section)), {.padding = 14});
        bool any = false;
        for (std::size_t at = 0; at < model.items.size(); ++at) {
            if (model.items[at].section != section) continue;
            draw_item(model, at, world, events);
            any = true;
        }
        if (!any) ui::muted(words(Text::menus_empty_section));
        ui::gap(8);
    }
}

}  // namespace qudao::client::menus
