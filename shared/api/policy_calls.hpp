// Handlers of policies.
#pragma once

#include "shared/api/call.hpp"

namespace qudao::api {

Response policies_show(Call& call);
Response policies_preview(Call& call);
Response policies_change(Call& call);

}  // namespace qudao::api
