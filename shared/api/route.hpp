// Where a use case is asked for: what a client needs of the table (use_case.hpp), without the handlers behind it, which would
// bring a page all of the server's code. Read from the table's own sources when it is built (toolchains/routes.py).
#pragma once

#include <span>
#include <string_view>

#include "shared/api/message.hpp"

namespace qudao::api {

struct Route {
    std::string_view name;  // "moves.commit"
    Method method = Method::get;
    std::string_view path;  // "/api/v1/batches/{batch}"
    bool reads = false;     // as UseCase::reads
};

std::span<const Route> routes();  // in the order of their names
const Route* find_route(std::string_view name);

}  // namespace qudao::api
