// Guangxi for demonstration data: local networks with their real GB and area codes, Nanning's real districts; the branches
// of the other networks are invented. Inside shared/demo only.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace qudao::demo {

struct Network {
    std::string_view name;       // 南宁
    std::string_view gb;         // "4501"
    std::string_view area_code;  // "0771": not unique to a network
    std::string_view initials;   // of the pinyin: "nn", unique
    std::uint32_t weight;        // share of the customers, in per mille
    std::uint32_t branches;      // at full size
};
std::span<const Network> networks();

struct District {
    std::string_view name;  // 青秀
    std::string_view full;  // 青秀区
    std::string_view gb;    // "03": the last two digits
    bool urban;             // a centre (中心), else a sub-office (分局)
};
std::span<const District> nanning_districts();  // the most told-of ones first
std::span<const District> invented_districts();

struct ChannelPlan {
    std::string_view code;    // "public"
    std::string_view name;    // 公众客户
    std::string_view name_en;
    std::string_view letters;  // of unit codes: "GZ"
    std::uint32_t weight;      // share of the customers, in per mille
    std::uint32_t teams;       // of a department at full size
    std::uint32_t places;      // of a team; of the department where there are no teams
};
std::span<const ChannelPlan> channel_plans();
inline constexpr std::size_t kChannelPlans = 5;

}  // namespace qudao::demo
