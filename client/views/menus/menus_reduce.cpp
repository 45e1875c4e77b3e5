#include "client/views/menus/menus_model.hpp"

#include <algorithm>

namespace qudao::client::menus {
namespace {

enum Question : std::uint8_t { kMenu, kChange };

std::vector<MenuPlace> places_of(const dto::MenuDto& menu) {
    std::vector<MenuPlace> places;
    for (const dto::MenuPlaceDto& item : menu.items) places.push_back({item.code, item.section, item.hidden});
    return places;
}

struct Reducer {
    Model& model;
    const World& world;

    Effects ask() {
        model.menu.start();
        return {CallApi{Asker::menus, kMenu, "menu.show", {}, {}, {}}};
    }
    Effects operator()(const Opened&) { return ask(); }
    Effects operator()(const Retried&) { return ask(); }
    Effects operator()(const Moved& event) {
        if (event.item >= model.items.size()) return {};
        const auto sections = menu_sections();
        MenuPlace& item = model.items[event.item];
        const std::size_t other = event.up ? event.item - 1 : event.item + 1;
        const bool neighbour = other < model.items.size() && model.items[other].section == item.section;
        if (neighbour) {
            std::swap(item, model.items[other]);
            return {};
        }
        const auto section = std::find(sections.begin(), sections.end(), item.section);
        if (event.up && section != sections.begin()) item.section = std::string(*(section - 1));
        else if (!event.up && section != sections.end() && section + 1 != sections.end()) item.section = std::string(*(section + 1));
        return {};
    }
    Effects operator()(const HiddenPressed& event) {
        if (event.item < model.items.size()) model.items[event.item].hidden = !model.items[event.item].hidden;
        return {};
    }
    Effects operator()(const UndoPressed&) {
        model.items = places_of(model.menu.value);
        model.error.reset();
        return {};
    }
    Effects operator()(const SavePressed&) {
        if (model.saving) return {};
        model.saving = true;
        model.error.reset();
        dto::MenuDto menu;
        for (const MenuPlace& place : model.items) menu.items.push_back({place.code, place.section, place.hidden});
        return {CallApi{Asker::menus, kChange, "menu.change", {}, {}, dto::to_json(menu)}};
    }
    Effects operator()(const ApiReplied& replied) {
        auto menu = read_reply<dto::MenuDto>(replied);
        if (replied.question == kChange) {
            model.saving = false;
            if (!menu) {
                model.error = menu.error();
                return {};
            }
        }
        model.menu.finish(std::move(menu));
        if (model.menu.ready()) model.items = places_of(model.menu.value);
        if (replied.question != kChange) return {};
        return {Notify{NoticeTone::good, std::string(world.words(Text::menus_saved))}, RefreshSession{}};
    }
};

}  // namespace

Effects reduce(Model& model, const Event& event, const World& world) { return std::visit(Reducer{model, world}, event); }

bool changed(const Model& model) { return model.menu.ready() && !(model.items == places_of(model.menu.value)); }

}  // namespace qudao::client::menus
