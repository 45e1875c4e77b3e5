#include "client/views/menus/menus_model.hpp"

#include <algorithm>

namespace qudao::client::menus {
namespace {

enum Question : std::uint8_t { kMenu, kChange };
constexpr std::string_view kForm = "menus";  // of common/forms.hpp

std::vector<MenuPlace> places_of(const dto::MenuDto& menu) {
    std::vector<MenuPlace> places;
    for (const dto::MenuPlaceDto& item : menu.items) places.push_back({item.code, item.section, item.hidden});
    return places;
}

dto::MenuDto menu_of(const std::vector<MenuPlace>& places, std::int64_t rights_version) {
    dto::MenuDto menu;
    menu.rights_version = rights_version;
    for (const MenuPlace& place : places) menu.items.push_back({place.code, place.section, place.hidden});
    return menu;
}

// An arrangement as it is kept, with what it was made from.
struct Unsaved {
    dto::MenuDto arranged;
    dto::MenuDto stored;
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("arranged", self.arranged);
        v("stored", self.stored);
    }
};

struct Reducer {
    Model& model;
    const World& world;

    Effects ask() {
        model.menu.start();
        return {CallApi{Asker::menus, kMenu, "menu.show", {}, {}, {}}};
    }
    std::int64_t version() const { return model.made_from == 0 ? model.menu.value.rights_version : model.made_from; }
    Effects edited() const {
        Unsaved unsaved{menu_of(model.items, version()), model.menu.value};
        // Where somebody else has changed the menu since, that stays so however often the arrangement is changed.
        if (auto before = kept_form<Unsaved>(world, kForm, 0); before && model.made_from != 0) unsaved.stored = std::move(before->stored);
        return follow_form(world, kForm, 0, changed(model), dto::to_json(unsaved));
    }
    // A menu that is no longer what was arranged is not overwritten: the server refuses the old version.
    void restore() {
        const Form* form = model.menu.ready() ? find_form(world, kForm, 0) : nullptr;
        if (form == nullptr) return;
        const auto kept = dto::from_json<Unsaved>(form->json);
        if (!kept || places_of(kept->arranged) == model.items) return;
        model.made_from = places_of(kept->stored) == places_of(model.menu.value) ? 0 : kept->arranged.rights_version;
        model.items = places_of(kept->arranged);
        model.restored_unix_ms = form->at_unix_ms;
    }
    Effects operator()(const Opened&) { return ask(); }
    Effects operator()(const FormsCame&) {
        restore();
        return {};
    }
    Effects operator()(const Retried&) { return ask(); }
    Effects operator()(const Moved& event) {
        if (event.item >= model.items.size()) return {};
        const auto sections = menu_sections();
        MenuPlace& item = model.items[event.item];
        const std::size_t other = event.up ? event.item - 1 : event.item + 1;
        const bool neighbour = other < model.items.size() && model.items[other].section == item.section;
        if (neighbour) {
            std::swap(item, model.items[other]);
            return edited();
        }
        const auto section = std::find(sections.begin(), sections.end(), item.section);
        if (event.up && section != sections.begin()) item.section = std::string(*(section - 1));
        else if (!event.up && section != sections.end() && section + 1 != sections.end()) item.section = std::string(*(section + 1));
        return edited();
    }
    Effects operator()(const HiddenPressed& event) {
        if (event.item < model.items.size()) model.items[event.item].hidden = !model.items[event.item].hidden;
        return edited();
    }
    Effects operator()(const UndoPressed&) {
        model.items = places_of(model.menu.value);
        model.restored_unix_ms = model.made_from = 0;
        model.error.reset();
        return forget_form(world, kForm, 0);
    }
    Effects operator()(const SavePressed&) {
        if (model.saving) return {};
        model.saving = true;
        model.error.reset();
        return {CallApi{Asker::menus, kChange, "menu.change", {}, {}, dto::to_json(menu_of(model.items, version()))}};
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
        model.restored_unix_ms = model.made_from = 0;
        if (replied.question != kChange) {
            restore();
            return {};
        }
        Effects effects = forget_form(world, kForm, 0);
        effects.insert(effects.end(), {Notify{NoticeTone::good, std::string(world.words(Text::menus_saved))}, RefreshSession{}});
        return effects;
    }
};

}  // namespace

Effects reduce(Model& model, const Event& event, const World& world) { return std::visit(Reducer{model, world}, event); }

bool changed(const Model& model) { return model.menu.ready() && !(model.items == places_of(model.menu.value)); }

}  // namespace qudao::client::menus
