#include "shared/api/channel_codes.hpp"

namespace qudao::api {

std::vector<std::string> channel_codes(const Organisation& org, ChannelMask channels) {
    std::vector<std::string> codes;
    for (std::size_t i = 0; channels != kAllChannels && i < org.channels().size(); ++i)
        if ((channels & channel_bit(static_cast<ChannelIndex>(i))) != 0) codes.push_back(org.channels()[i].code);
    return codes;
}

Result<ChannelMask> channel_mask(const Organisation& org, const std::vector<std::string>& codes, std::string_view field) {
    if (codes.empty()) return kAllChannels;
    ChannelMask mask = 0;
    for (const std::string& code : codes) {
        const ChannelIndex index = org.find_channel(code);
        if (index == kNoChannel) return Error::of("request.invalid").at(field, "choice");
        mask |= channel_bit(index);
    }
    return mask;
}

}  // namespace qudao::api
