// The handlers, by feature. Each decodes, calls its service and encodes; no rule lives here.
#pragma once

#include "shared/api/call.hpp"

namespace qudao::api {

Response health(Call& call);
Response openapi(Call& call);
Response session_open(Call& call);
Response session_show(Call& call);
Response session_close(Call& call);
Response sessions_close(Call& call);
Response password_change(Call& call);
Response see_as_open(Call& call);
Response see_as_close(Call& call);
Response demo_date_set(Call& call);
Response views_show(Call& call);
Response views_save(Call& call);
Response views_forget(Call& call);

}  // namespace qudao::api
