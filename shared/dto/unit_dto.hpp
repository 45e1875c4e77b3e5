// Changing the organisation.
#pragma once

#include "shared/dto/session_dto.hpp"

namespace qudao::dto {

struct UnitAddRequest {
    std::string code;
    std::string name;
    std::string kind;
    std::int64_t channel = 0;
    std::int64_t area_parent = 0;
    std::int64_t channel_parent = 0;
    std::string billing_area;
    std::int32_t sort_order = 0;
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("code", self.code, text(1, 40));
        v("name", self.name, text(1, 120));
        v("kind", self.kind, one_of("local_network|branch|channel|network_channel|department|team|community|contracted_area|pool"));
        v("channel", self.channel, number(0, INT64_MAX));
        v("area_parent", self.area_parent, number(0, INT64_MAX));
        v("channel_parent", self.channel_parent, number(0, INT64_MAX));
        v("billing_area", self.billing_area, text(0, 40));
        v("sort_order", self.sort_order, number(0, 100000));
    }
};

struct UnitChangeRequest {
    std::int64_t basis = 0;
    std::string name;
    std::int32_t sort_order = 0;
    std::string billing_area;
    bool active = true;
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("basis", self.basis, number(0, INT64_MAX));
        v("name", self.name, text(1, 120));
        v("sort_order", self.sort_order, number(0, 100000));
        v("billing_area", self.billing_area, text(0, 40));
        v("active", self.active);
    }
};

struct UnitMoveRequest {
    std::int64_t basis = 0;  // of the preview; 0 in the preview
    std::int64_t area_parent = 0;
    std::int64_t channel_parent = 0;
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("basis", self.basis, number(0, INT64_MAX));
        v("area_parent", self.area_parent, number(0, INT64_MAX));
        v("channel_parent", self.channel_parent, number(0, INT64_MAX));
    }
};

struct UnitSightDto {
    std::int64_t person = 0;
    std::string login;
    std::string name;
    std::int64_t gains = 0;
    std::int64_t loses = 0;
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("person", self.person);
        v("login", self.login);
        v("name", self.name);
        v("gains", self.gains);
        v("loses", self.loses);
    }
};

// A key of another system.
struct UnitKeySightDto {
    std::string name;
    std::int64_t gains = 0;
    std::int64_t loses = 0;
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("name", self.name);
        v("gains", self.gains);
        v("loses", self.loses);
    }
};

inline constexpr std::size_t kMostUnitSight = 500;

struct UnitMovePlanDto {
    std::int64_t basis = 0;
    std::int64_t units = 0;
    std::int64_t customers = 0;
    std::int64_t persons = 0;         // for whom something changes
    std::vector<UnitSightDto> sight;  // the first of them
    std::vector<UnitKeySightDto> keys;  // the first, likewise
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("basis", self.basis);
        v("units", self.units);
        v("customers", self.customers);
        v("persons", self.persons);
        v("sight", self.sight, items(kMostUnitSight));
        v("keys", self.keys, items(kMostUnitSight));
    }
};

struct UnitChangedDto {
    std::int64_t unit = 0;
    std::int64_t entry = 0;  // of the audit trail: what undoes it
    std::int64_t basis = 0;
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("unit", self.unit);
        v("entry", self.entry);
        v("basis", self.basis);
    }
};

struct UnitUseDto {
    std::string what;
    std::int64_t count = 0;
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("what", self.what);
        v("count", self.count);
    }
};

struct UnitUsesDto {
    std::vector<UnitUseDto> uses;
    template <class V, class Self>
    static void fields(V& v, Self& self) { v("uses", self.uses); }
};

}  // namespace qudao::dto
