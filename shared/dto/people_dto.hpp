// People, roles and the main menu, as they are administered.
#pragma once

#include "shared/dto/session_dto.hpp"

namespace qudao::dto {

inline constexpr std::size_t kMostPeopleRows = 200;

// A role held at a unit, by ids.
struct HeldRoleDto {
    std::int64_t role = 0;
    std::int64_t unit = 0;
    std::vector<std::string> channels;  // codes; empty: all
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("role", self.role, number(1, INT64_MAX));
        v("unit", self.unit, number(1, INT64_MAX));
        v("channels", self.channels, items(32, 40));
    }
};

struct PersonRowDto {
    std::int64_t id = 0;
    std::string login;
    std::string name;
    bool active = true;
    bool manageable = false;
    std::vector<HeldRoleDto> roles;
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("id", self.id);
        v("login", self.login);
        v("name", self.name);
        v("active", self.active);
        v("manageable", self.manageable);
        v("roles", self.roles, items(50));
    }
};

struct PeopleRequest {
    std::string search;
    std::int64_t unit = 0;   // 0: any
    std::int64_t role = 0;   // 0: any
    std::string state = "active";
    std::string after;       // login the page before ended with
    std::int32_t limit = 100;
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("search", self.search, text(0, 80));
        v("unit", self.unit, number(0, INT64_MAX));
        v("role", self.role, number(0, INT64_MAX));
        v("state", self.state, one_of("all|active|inactive"));
        v("after", self.after, text(0, 64));
        v("limit", self.limit, number(1, kMostPeopleRows));
    }
};

struct PeoplePage {
    std::vector<PersonRowDto> people;
    std::int64_t total = 0;
    bool more = false;
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("people", self.people, items(kMostPeopleRows));
        v("total", self.total);
        v("more", self.more);
    }
};

// One right, and a role at a unit that gives it.
struct RightReasonDto {
    std::string action;
    std::int64_t role = 0;
    std::int64_t unit = 0;
    std::vector<std::string> channels;
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("action", self.action);
        v("role", self.role);
        v("unit", self.unit);
        v("channels", self.channels);
    }
};

struct PersonDto {
    std::int64_t id = 0;
    std::string login;
    std::string name;
    bool active = true;
    bool manageable = false;
    bool must_change_password = false;
    std::int32_t version = 0;
    std::int64_t sessions = 0;            // open
    std::vector<HeldRoleDto> roles;
    std::vector<RightReasonDto> reasons;  // what they may do, and why
    std::vector<MenuPlaceDto> menu;       // what they have on the left
    std::int64_t places = 0;              // whose customers they see
    std::int64_t customers = 0;           // in them, as far as the asker sees
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("id", self.id);
        v("login", self.login);
        v("name", self.name);
        v("active", self.active);
        v("manageable", self.manageable);
        v("must_change_password", self.must_change_password);
        v("version", self.version);
        v("sessions", self.sessions);
        v("roles", self.roles, items(50));
        v("reasons", self.reasons);
        v("menu", self.menu);
        v("places", self.places);
        v("customers", self.customers);
    }
};

struct PersonAddRequest {
    std::string login;
    std::string name;
    std::vector<HeldRoleDto> roles;
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("login", self.login, text(1, 64));
        v("name", self.name, text(1, 80));
        v("roles", self.roles, items(50));
    }
};

struct PersonChangeRequest {
    std::int32_t version = 0;
    std::string name;
    bool active = true;
    std::vector<HeldRoleDto> roles;
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("version", self.version, number(1, INT32_MAX));
        v("name", self.name, text(1, 80));
        v("active", self.active);
        v("roles", self.roles, items(50));
    }
};

// Told once; the person must change it.
struct FirstPasswordDto {
    std::int64_t person = 0;
    std::string password;
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("person", self.person);
        v("password", self.password);
    }
};

struct RoleDto {
    std::int64_t id = 0;
    std::string code;
    std::string name;
    std::string level;
    std::vector<std::string> actions;
    std::vector<std::string> hidden_menus;
    std::int64_t holders = 0;
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("id", self.id);
        v("code", self.code);
        v("name", self.name);
        v("level", self.level);
        v("actions", self.actions);
        v("hidden_menus", self.hidden_menus);
        v("holders", self.holders);
    }
};

struct RolesDto {
    std::int64_t rights_version = 0;
    std::vector<RoleDto> roles;
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("rights_version", self.rights_version);
        v("roles", self.roles);
    }
};

struct RoleChangeRequest {
    std::int64_t rights_version = 0;
    std::string name;
    std::vector<std::string> actions;
    std::vector<std::string> hidden_menus;
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("rights_version", self.rights_version, number(0, INT64_MAX));
        v("name", self.name, text(1, 80));
        v("actions", self.actions, items(32, 40));
        v("hidden_menus", self.hidden_menus, items(60, 40));
    }
};

struct MenuDto {
    std::int64_t rights_version = 0;  // that was looked at: menu.stale when roles or the menu have changed since
    std::vector<MenuPlaceDto> items;
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("rights_version", self.rights_version, number(0, INT64_MAX));
        v("items", self.items, dto::items(60));
    }
};

}  // namespace qudao::dto
