// The main menu (row G1): which items, in which section and order.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "client/views/common/effects.hpp"
#include "client/views/common/remote.hpp"
#include "client/views/common/world.hpp"
#include "shared/domain/menu.hpp"
#include "shared/dto/people_dto.hpp"

namespace qudao::client::menus {

struct Model {
    Remote<dto::MenuDto> menu;
    std::vector<MenuPlace> items;   // as being arranged
    bool saving = false;
    std::optional<Error> error;
};

struct Opened {};
struct Retried {};
struct Moved { std::size_t item = 0; bool up = false; };       // past its neighbour, or into the section beside
struct HiddenPressed { std::size_t item = 0; };
struct SavePressed {};
struct UndoPressed {};
using Event = std::variant<Opened, Retried, Moved, HiddenPressed, SavePressed, UndoPressed, ApiReplied>;

Effects reduce(Model& model, const Event& event, const World& world);
bool changed(const Model& model);

}  // namespace qudao::client::menus
