// What a page is told of the table of use cases is the table.
#include <catch2/catch.hpp>

#include "shared/api/route.hpp"
#include "shared/api/use_case.hpp"
#include "shared/dto/move_dto.hpp"

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

TEST_CASE("the document says how long lists get, and which headers come") {
    using qudao::dto::Json;
    const Json document = Json::parse(openapi_document());
    const Json& plan = document["paths"]["/api/v1/moves/preview"]["post"]["responses"]["200"]["content"]["application/json"]["schema"]["properties"];
    CHECK(plan["refused"]["maxItems"] == qudao::dto::kRefusedRowsShown);
    CHECK(plan["flows"]["maxItems"] == qudao::dto::kFlowsShown);
    CHECK(document["paths"]["/api/v1/moves"]["post"]["responses"]["202"]["headers"].contains("Location"));
    CHECK(document["paths"]["/api/v1/session"]["post"]["responses"]["200"]["headers"].contains("Set-Cookie"));
    CHECK_FALSE(document["paths"]["/api/v1/session"]["get"]["responses"]["200"].contains("headers"));
    CHECK(document["components"]["responses"]["Problem"]["headers"].contains("Retry-After"));
}
