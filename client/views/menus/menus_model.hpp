// The main menu (row G1): which items, in which section and order.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "client/views/common/asked_for.hpp"
#include "client/views/common/effects.hpp"
#include "client/views/common/forms.hpp"
#include "client/views/common/remote.hpp"
#include "client/views/common/world.hpp"
#include "shared/domain/menu.hpp"
#include "shared/dto/people_dto.hpp"

namespace qudao::client::menus {

struct Model {
    Remote<dto::MenuDto> menu;
    std::vector<MenuPlace> items;   // as being arranged
    std::int64_t restored_unix_ms = 0;  // ... before, and not saved; changed last then
    std::int64_t made_from = 0;         // the rights' version it was arranged from, when the menu has changed since
    bool saving = false;
    std::optional<Error> error;
};

struct Opened {};
struct Retried {};
struct Moved { std::size_t item = 0; bool up = false; };       // past its neighbour, or into the section beside
struct HiddenPressed { std::size_t item = 0; };
struct SavePressed {};
struct UndoPressed {};
using Event = std::variant<Opened, Retried, Moved, HiddenPressed, SavePressed, UndoPressed, FormsCame, ApiReplied>;

Effects reduce(Model& model, const Event& event, const World& world);

// What is asked for (asked_for.hpp), and what asks for it again.
inline void look(const Model& model, AskedFor& asked) {
    asked(model.menu);
    asked.doing(model.saving);
}
inline std::optional<Event> again(const Model&) { return Retried{}; }
bool changed(const Model& model);

}  // namespace qudao::client::menus
