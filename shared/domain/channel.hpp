// Channels (渠道) are data; five come with the product. A channel has a small index so that a set of them is a mask.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "shared/base/id.hpp"

namespace qudao {

// Index of a channel in Organisation::channels(); at most 32 channels.
using ChannelIndex = std::uint8_t;
using ChannelMask = std::uint32_t;
inline constexpr ChannelIndex kNoChannel = 0xFF;  // units above the channels: province, network, branch
inline constexpr ChannelMask kAllChannels = 0xFFFFFFFFu;
inline constexpr std::size_t kMaxChannels = 32;

inline ChannelMask channel_bit(ChannelIndex index) {
    return index == kNoChannel ? 0u : ChannelMask{1} << index;
}

struct Channel {
    ChannelId id;
    std::string code;  // "key_account", "commercial", "public", "contracted", "mobile"
    std::string name;  // 大客户, 商业客户, 公众客户, 统包客户, 流动客户
    std::string name_en;
};

}  // namespace qudao
