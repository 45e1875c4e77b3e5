// Handlers of bulk moves.
#pragma once

#include "shared/api/call.hpp"

namespace qudao::api {

Response moves_preview(Call& call);
Response moves_sight(Call& call);
Response moves_commit(Call& call);
Response jobs_show(Call& call);
Response batches_show(Call& call);
Response batches_undo_preview(Call& call);
Response batches_undo(Call& call);

}  // namespace qudao::api
