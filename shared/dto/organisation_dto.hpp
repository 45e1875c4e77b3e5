// The organisation in parts, by columns, and what its places hold.
#pragma once

#include "shared/dto/session_dto.hpp"
#include "shared/domain/move_plan.hpp"
#include "shared/ports/organisation_store.hpp"

namespace qudao::dto {

struct ChannelDto {
    std::int64_t id = 0;
    std::string code;
    std::string name;
    std::string name_en;
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("id", self.id);
        v("code", self.code);
        v("name", self.name);
        v("name_en", self.name_en);
    }
};

inline constexpr std::size_t kUnitsPerPart = 4000;  // keeps a part well under 1 MB

struct OrganisationDto {
    BasisDto basis;
    std::vector<ChannelDto> channels;
    std::vector<std::int64_t> id;  // columns of the units, ordered by id
    StringColumn code;
    StringColumn name;
    StringColumn kind;
    std::vector<std::int64_t> channel;
    std::vector<std::int64_t> area_parent;
    std::vector<std::int64_t> channel_parent;
    StringColumn billing_area;
    std::vector<std::int32_t> sort_order;
    std::vector<std::int32_t> active;  // 0 or 1
    std::optional<std::int64_t> next_after;  // ask for the part after this id; absent: the last
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("basis", self.basis);
        v("channels", self.channels, items(32));
        v("id", self.id, Rule{1, INT64_MAX, kUnitsPerPart});
        v("code", self.code, items(kUnitsPerPart));
        v("name", self.name, items(kUnitsPerPart));
        v("kind", self.kind, items(kUnitsPerPart));
        v("channel", self.channel, Rule{0, INT64_MAX, kUnitsPerPart});
        v("area_parent", self.area_parent, Rule{0, INT64_MAX, kUnitsPerPart});
        v("channel_parent", self.channel_parent, Rule{0, INT64_MAX, kUnitsPerPart});
        v("billing_area", self.billing_area, items(kUnitsPerPart));
        v("sort_order", self.sort_order, Rule{INT32_MIN, INT32_MAX, kUnitsPerPart});
        v("active", self.active, Rule{0, 1, kUnitsPerPart});
        v("next_after", self.next_after);
    }
};

// One part of the records, the units after `after_id`.
OrganisationDto organisation_part(const Organisation& org, const Basis& basis, std::int64_t after_id);
// Adds a part to what was received before. request.invalid when its columns differ in length or a kind is unknown.
Status add_part(ports::OrganisationRecords& records, const OrganisationDto& part);

// Customers and revenue of the places in the asker's view.
struct UnitTotalsDto {
    BasisDto basis;
    std::string as_of;  // Shanghai civil time
    std::int32_t revenue_period = 0;
    std::vector<std::int64_t> unit;
    std::vector<std::int64_t> customers;
    std::vector<std::int64_t> with_revenue;
    std::vector<std::int64_t> revenue_fen;
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("basis", self.basis);
        v("as_of", self.as_of);
        v("revenue_period", self.revenue_period);
        v("unit", self.unit);
        v("customers", self.customers);
        v("with_revenue", self.with_revenue);
        v("revenue_fen", self.revenue_fen);
    }
};
// By dense index; units that this organisation does not have are left out.
std::vector<UnitTotal> place_totals(const UnitTotalsDto& dto, const Organisation& org);

}  // namespace qudao::dto
