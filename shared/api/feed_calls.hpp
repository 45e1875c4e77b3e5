// Handlers of feeds.
#pragma once

#include "shared/api/call.hpp"

namespace qudao::api {

Response feeds_show(Call& call);
Response feeds_upload(Call& call);
Response feeds_add_part(Call& call);
Response feeds_import(Call& call);
Response feeds_show_run(Call& call);
Response feeds_rejected(Call& call);

// The kind of job that imports an upload. Before the first request.
void define_feed_jobs(const service::Services& services);

}  // namespace qudao::api
