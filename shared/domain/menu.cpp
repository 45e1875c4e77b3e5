#include "shared/domain/menu.hpp"

#include <algorithm>
#include <array>

namespace qudao {
namespace {

constexpr std::array<std::string_view, 4> kSections = {"customers", "partition", "data", "administration"};

constexpr std::array kItems = {
    MenuItem{"customers", "customers", Action::view_customer},
    MenuItem{"round", "partition", Action::view_customer},
    MenuItem{"moves", "partition", Action::move_customer},
    MenuItem{"batches", "partition", Action::view_customer},
    MenuItem{"log", "partition", Action::view_customer},
    MenuItem{"handovers", "partition", Action::view_customer},
    MenuItem{"feeds", "data", Action::manage_feeds, true},
    MenuItem{"cabinets", "data", Action::manage_cabinets},
    MenuItem{"people", "administration", Action::manage_people},
    MenuItem{"roles", "administration", Action::manage_roles, true},
    MenuItem{"organisation", "administration", Action::manage_units},
    MenuItem{"menus", "administration", Action::manage_roles, true},
    MenuItem{"policies", "administration", Action::manage_policies, true},
    MenuItem{"audit", "administration", Action::view_audit, true},
    MenuItem{"api_keys", "administration", Action::manage_keys, true},
};

constexpr std::array<std::string_view, 2> kNeeded = {"menus", "roles"};

std::size_t section_order(std::string_view section) {
    return static_cast<std::size_t>(std::find(kSections.begin(), kSections.end(), section) - kSections.begin());
}

bool shows(const HeldRole& held, const MenuItem& item) {
    const Role& role = *held.role;
    if (item.right && (role.actions & action_bit(*item.right)) == 0) return false;
    if (item.everywhere && !held.everywhere) return false;
    return std::find(role.hidden_menus.begin(), role.hidden_menus.end(), item.code) == role.hidden_menus.end();
}

}  // namespace

std::span<const MenuItem> standard_menu() { return kItems; }
std::span<const std::string_view> menu_sections() { return kSections; }
std::span<const std::string_view> needed_menu_items() { return kNeeded; }

const MenuItem* find_menu_item(std::string_view code) {
    for (const MenuItem& item : kItems)
        if (item.code == code) return &item;
    return nullptr;
}

std::vector<MenuPlace> arranged_menu(const std::vector<MenuPlace>& stored) {
    std::vector<MenuPlace> menu;
    for (const MenuPlace& place : stored)
        if (find_menu_item(place.code) != nullptr && section_order(place.section) < kSections.size()) menu.push_back(place);
    for (const MenuItem& item : kItems) {
        const bool there = std::any_of(menu.begin(), menu.end(), [&](const MenuPlace& place) { return place.code == item.code; });
        if (!there) menu.push_back({std::string(item.code), std::string(item.section), false});
    }
    std::stable_sort(menu.begin(), menu.end(),
                     [](const MenuPlace& a, const MenuPlace& b) { return section_order(a.section) < section_order(b.section); });
    return menu;
}

std::vector<HeldRole> held_roles(const Organisation& org, const std::vector<Role>& roles, const std::vector<Grant>& grants, PersonId person) {
    std::vector<HeldRole> held;
    for (const Grant& grant : grants) {
        if (!(grant.person == person)) continue;
        for (const Role& role : roles)
            if (role.id == grant.role) held.push_back({&role, grant.channels == kAllChannels && org.find(grant.unit) == org.root()});
    }
    return held;
}

std::vector<MenuPlace> menu_of(const std::vector<MenuPlace>& arranged, const std::vector<HeldRole>& held) {
    std::vector<MenuPlace> menu;
    for (const MenuPlace& place : arranged) {
        const MenuItem* item = find_menu_item(place.code);
        if (item == nullptr || place.hidden) continue;
        if (std::any_of(held.begin(), held.end(), [&](const HeldRole& role) { return shows(role, *item); })) menu.push_back(place);
    }
    return menu;
}

Status check_menu(const std::vector<MenuPlace>& menu) {
    for (std::size_t i = 0; i < menu.size(); ++i) {
        const MenuPlace& place = menu[i];
        if (find_menu_item(place.code) == nullptr) return Error::of("menu.unknown_item").with("item", place.code);
        if (section_order(place.section) == kSections.size()) return Error::of("menu.unknown_section").with("item", place.section);
        for (std::size_t j = 0; j < i; ++j)
            if (menu[j].code == place.code) return Error::of("menu.repeated_item").with("item", place.code);
        if (place.hidden && std::find(kNeeded.begin(), kNeeded.end(), place.code) != kNeeded.end())
            return Error::of("menu.needed").with("item", place.code);
    }
    return done();
}

}  // namespace qudao
