// Saved views: each person keeps and forgets their own; nobody sees another's but whoever looks with their rights.
#pragma once

#include "shared/service/context.hpp"

namespace qudao::service {

// Instead of one of the same name. views.name, views.address (not a path of this application), views.too_many {most}.
Status save_view(const Services& services, PersonId person, const SavedView& view);
// One that is not there, or another's: nothing.
Status forget_view(const Services& services, PersonId person, std::int64_t view);

}  // namespace qudao::service
