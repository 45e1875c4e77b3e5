// Handlers of the monthly round, of locks, of received hand-overs and of a customer's history.
#pragma once

#include "shared/api/call.hpp"

namespace qudao::api {

Response rounds_list(Call& call);
Response rounds_show(Call& call);
Response rounds_act(Call& call);
Response rounds_answer(Call& call);
Response rounds_marks(Call& call);
Response rounds_decide(Call& call);
Response rounds_stage_1_preview(Call& call);
Response rounds_stage_1(Call& call);
Response round_customers_list(Call& call);
Response round_marks_list(Call& call);
Response locks_list(Call& call);
Response locks_lift(Call& call);
Response handovers_confirm(Call& call);
Response customers_history(Call& call);

}  // namespace qudao::api
