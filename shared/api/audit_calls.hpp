// Handlers of the audit trail, of keys, and of what keys open.
#pragma once

#include "shared/api/call.hpp"

namespace qudao::api {

Response audit_list(Call& call);
Response units_changes(Call& call);
Response keys_show(Call& call);
Response keys_add(Call& call);
Response keys_revoke(Call& call);
Response identity_show(Call& call);

}  // namespace qudao::api
