// Log-in and who one is.
#pragma once

#include "shared/dto/codec.hpp"

namespace qudao::dto {

struct LogInRequest {
    std::string login;
    std::string password;
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("login", self.login, text(1, 64));
        v("password", self.password, text(1, 256));
    }
};

struct WindowDto {
    bool open = false;
    std::string opened_on;     // yyyy-MM-dd; empty when closed
    std::string closes_on;
    std::string next_opening;  // empty when open
    std::int32_t open_day = 0;
    std::int32_t close_day = 0;
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("open", self.open);
        v("opened_on", self.opened_on);
        v("closes_on", self.closes_on);
        v("next_opening", self.next_opening);
        v("open_day", self.open_day);
        v("close_day", self.close_day);
    }
};

struct GrantDto {
    std::string role;
    std::string role_name;
    std::vector<std::string> actions;
    std::int64_t unit = 0;
    std::vector<std::string> channels;  // codes; empty: all
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("role", self.role);
        v("role_name", self.role_name);
        v("actions", self.actions);
        v("unit", self.unit);
        v("channels", self.channels);
    }
};

struct BasisDto {
    std::int64_t number = 0;
    std::int64_t rights_version = 0;
    std::int64_t policy_version = 0;
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("number", self.number);
        v("rights_version", self.rights_version);
        v("policy_version", self.policy_version);
    }
};

struct MenuPlaceDto {
    std::string code;
    std::string section;
    bool hidden = false;
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("code", self.code, text(1, 40));
        v("section", self.section, text(1, 40));
        v("hidden", self.hidden);
    }
};

struct SessionDto {
    std::int64_t person = 0;
    std::string login;
    std::string name;
    std::string csrf_token;
    std::vector<GrantDto> grants;
    BasisDto basis;
    std::string day;             // the business date
    bool demonstration = false;  // the date is fixed (演示日期), nothing here is real
    std::int32_t revenue_period = 0;
    WindowDto window;
    std::vector<MenuPlaceDto> menu;     // what is shown, in order
    bool must_change_password = false;  // nothing else is answered until it is done
    std::string seen_by;                // who really is there, looking with this person's rights; empty: the person
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("person", self.person);
        v("login", self.login);
        v("name", self.name);
        v("csrf_token", self.csrf_token);
        v("grants", self.grants);
        v("basis", self.basis);
        v("day", self.day);
        v("demonstration", self.demonstration);
        v("revenue_period", self.revenue_period);
        v("window", self.window);
        v("menu", self.menu);
        v("must_change_password", self.must_change_password);
        v("seen_by", self.seen_by);
    }
};

struct PasswordRequest {
    std::string current;
    std::string password;
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("current", self.current, text(1, 256));
        v("password", self.password, text(1, 256));
    }
};

struct SeeAsRequest {
    std::int64_t person = 0;
    template <class V, class Self>
    static void fields(V& v, Self& self) { v("person", self.person, number(1, INT64_MAX)); }
};

struct DemoDateRequest {
    std::string day;
    template <class V, class Self>
    static void fields(V& v, Self& self) { v("day", self.day, text(10, 10)); }
};

struct HealthDto {
    std::string status;
    std::string version;
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("status", self.status);
        v("version", self.version);
    }
};

}  // namespace qudao::dto
