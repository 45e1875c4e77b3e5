// Handlers of lists and of the organisation.
#pragma once

#include "shared/api/call.hpp"

namespace qudao::api {

Response organisation_show(Call& call);
Response unit_totals_show(Call& call);
Response customers_list(Call& call);
Response customers_states(Call& call);
Response adjustments_list(Call& call);
Response batches_list(Call& call);
Response handovers_list(Call& call);
Response arrear_conflicts_list(Call& call);

}  // namespace qudao::api
