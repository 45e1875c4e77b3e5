// What use cases that outlive their request have in common.
#pragma once

#include <string>

#include "shared/api/call.hpp"

namespace qudao::api {

// Starts the work as a job named by the person and the key; answers 202 with where to ask for it. request.invalid for a key
// that is none.
Response accept_job(Call& call, const std::string& key, ports::Jobs::Work work);

}  // namespace qudao::api
