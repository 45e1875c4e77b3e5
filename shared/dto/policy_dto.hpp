// The adjustment window and the precedence of the partition, and what a change of them would do.
#pragma once

#include "shared/dto/session_dto.hpp"

namespace qudao::dto {

struct PoliciesDto {
    std::int64_t basis = 0;  // of what was looked at
    std::int32_t open_day = 0;
    std::int32_t close_day = 0;
    std::string precedence;
    std::int64_t fallback_pool = 0;  // 0: the first public pool there is
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("basis", self.basis, number(0, INT64_MAX));
        v("open_day", self.open_day, number(1, 31));
        v("close_day", self.close_day, number(1, 31));
        v("precedence", self.precedence, one_of("cabinet_first|range_first|both_match"));
        v("fallback_pool", self.fallback_pool, number(0, INT64_MAX));
    }
    friend bool operator==(const PoliciesDto&, const PoliciesDto&) = default;
};

struct PlacedOtherwiseDto {
    std::int64_t from = 0;
    std::int64_t to = 0;
    std::int64_t customers = 0;
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("from", self.from);
        v("to", self.to);
        v("customers", self.customers);
    }
};
inline constexpr std::size_t kMostPlacedOtherwise = 200;

struct PolicyEffectDto {
    WindowDto window_now;
    WindowDto window_then;
    std::int64_t would_lock = 0;  // customers that a close falling due at once would lock
    std::string since;            // the first day of the decisions looked at
    std::int64_t decided = 0;     // new customers placed since, at places in view before and after
    std::int64_t otherwise = 0;   // of those, the ones that would go elsewhere
    std::vector<PlacedOtherwiseDto> pairs;  // the most first, at most kMostPlacedOtherwise
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("window_now", self.window_now);
        v("window_then", self.window_then);
        v("would_lock", self.would_lock);
        v("since", self.since);
        v("decided", self.decided);
        v("otherwise", self.otherwise);
        v("pairs", self.pairs);
    }
};

}  // namespace qudao::dto
