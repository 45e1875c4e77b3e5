// Handlers of cabinets, number ranges, what-if questions, proposals and a customer's page.
#pragma once

#include "shared/api/call.hpp"

namespace qudao::api {

Response cabinets_list(Call& call);
Response cabinets_save(Call& call);
Response cabinets_subscribers(Call& call);
Response ranges_list(Call& call);
Response ranges_save(Call& call);
Response ranges_remove(Call& call);
Response ranges_subscribers(Call& call);
Response partition_facts_show(Call& call);
Response proposals_list(Call& call);
Response proposals_close(Call& call);
Response customers_show(Call& call);

}  // namespace qudao::api
