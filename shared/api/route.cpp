#include "shared/api/route.hpp"

#include <algorithm>
#include <iterator>

namespace qudao::api {
namespace {

constexpr Route kRoutes[] = {
#include "api_routes.inc"
};

}  // namespace

std::span<const Route> routes() { return kRoutes; }

const Route* find_route(std::string_view name) {
    const Route* found = std::lower_bound(std::begin(kRoutes), std::end(kRoutes), name, [](const Route& route, std::string_view wanted) { return route.name < wanted; });
    return found != std::end(kRoutes) && found->name == name ? found : nullptr;
}

}  // namespace qudao::api
