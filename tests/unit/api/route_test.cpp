// What a page is told of the table of use cases is the table.
#include <catch2/catch.hpp>

#include "shared/api/route.hpp"
#include "shared/api/use_case.hpp"

using namespace qudao::api;

TEST_CASE("routes: every use case and nothing else") {
    CHECK(routes().size() == use_cases().size());
    for (const UseCase& use_case : use_cases()) {
        INFO(use_case.name);
        const Route* route = find_route(use_case.name);
        REQUIRE(route != nullptr);
        CHECK(route->method == use_case.method);
        CHECK(route->path == use_case.path);
        CHECK(route->reads == use_case.reads);
    }
    CHECK(find_route("") == nullptr);
    CHECK(find_route("weather.show") == nullptr);
}
