// Handlers of people, roles and the main menu.
#pragma once

#include "shared/api/call.hpp"

namespace qudao::api {

Response people_list(Call& call);
Response people_show(Call& call);
Response people_add(Call& call);
Response people_change(Call& call);
Response people_reset_password(Call& call);
Response people_end_sessions(Call& call);
Response roles_show(Call& call);
Response roles_change(Call& call);
Response menu_show(Call& call);
Response menu_change(Call& call);

}  // namespace qudao::api
