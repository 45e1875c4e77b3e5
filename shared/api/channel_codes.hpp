// Channels of a grant or key as the API names them: codes, none for all of them.
#pragma once

#include <string>
#include <vector>

#include "shared/domain/organisation.hpp"

namespace qudao::api {

std::vector<std::string> channel_codes(const Organisation& org, ChannelMask channels);
// request.invalid at `field` for a code there is none of.
Result<ChannelMask> channel_mask(const Organisation& org, const std::vector<std::string>& codes, std::string_view field);

}  // namespace qudao::api
