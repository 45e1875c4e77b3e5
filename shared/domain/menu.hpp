// The main menu (G1): which items the program has, how an administrator has arranged them, and what of it a person gets
// (G2). An item leads to the screen of the same code; its words are the client's.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "shared/domain/rights.hpp"

namespace qudao {

struct MenuItem {
    std::string_view code;     // also the first segment of the screen's address
    std::string_view section;
    std::optional<Action> right;  // without it the server would refuse what the screen does
    bool everywhere = false;      // as UseCase::everywhere of what the screen does
};
// As the program comes. A new screen goes in here, into client/views/shell and into the client's words.
std::span<const MenuItem> standard_menu();
std::span<const std::string_view> menu_sections();
const MenuItem* find_menu_item(std::string_view code);

struct MenuPlace {
    std::string code;
    std::string section;
    bool hidden = false;  // from everybody
    friend bool operator==(const MenuPlace&, const MenuPlace&) = default;
};

// Sections in their order, items in theirs; items that were not arranged (a program newer than the arrangement) come last
// in their section, and codes the program does not have are left out.
std::vector<MenuPlace> arranged_menu(const std::vector<MenuPlace>& stored);

// What somebody who holds these roles sees: an item is there when a role of theirs gives its right and does not hide it.
struct HeldRole {
    const Role* role = nullptr;
    bool everywhere = false;  // over the whole province, for all channels
};
std::vector<HeldRole> held_roles(const Organisation& org, const std::vector<Role>& roles, const std::vector<Grant>& grants, PersonId person);
std::vector<MenuPlace> menu_of(const std::vector<MenuPlace>& arranged, const std::vector<HeldRole>& held);

// The screens that undo a mistake with menus: never hidden from everybody, nor from all who could undo it.
std::span<const std::string_view> needed_menu_items();

// menu.unknown_item, menu.unknown_section, menu.repeated_item with `item`; menu.needed: the screens that undo a mistake
// here must not be hidden from everybody.
Status check_menu(const std::vector<MenuPlace>& menu);

}  // namespace qudao
