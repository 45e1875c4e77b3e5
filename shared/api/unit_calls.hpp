// Handlers of changes of the organisation.
#pragma once

#include "shared/api/call.hpp"

namespace qudao::api {

Response units_add(Call& call);
Response units_change(Call& call);
Response units_move_preview(Call& call);
Response units_move(Call& call);
Response units_uses(Call& call);
Response units_delete(Call& call);
Response units_undo(Call& call);

}  // namespace qudao::api
