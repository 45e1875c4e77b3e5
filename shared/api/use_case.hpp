// The one table of use cases. Routes, the OpenAPI document, the client's calls and the walk of every role over every route
// all come from it.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "shared/api/message.hpp"
#include "shared/domain/rights.hpp"

namespace qudao::api {

struct Call;  // see call.hpp

enum class Admission : std::uint8_t {
    anyone,     // log-in, health
    logged_in,
    by_right,   // logged in and holding UseCase::right somewhere; the service narrows it to the scope
    by_key,     // another system, with a key (A7); people's sessions open nothing of it
};

struct UseCase {
    std::string_view name;       // "moves.commit": also the OpenAPI operationId
    Method method = Method::get;
    std::string_view path;       // "/api/v1/batches/{batch}"
    Admission admission = Admission::logged_in;
    Action right = Action::view_customer;
    bool everywhere = false;           // the right counts only where it is held over the whole province, for all channels
    std::int64_t max_body_bytes = 0;   // 0: takes no body
    int success_status = 200;
    std::string_view summary;    // for the OpenAPI document
    Response (*handle)(Call& call) = nullptr;
    // JSON Schemas, as text; null: none.
    std::string (*request_schema)() = nullptr;
    std::string (*response_schema)() = nullptr;
    std::span<const std::string_view> query_parameters;
    // Changes nothing, though it is no GET: who looks with another's rights may call it. Left out, it is refused to them.
    bool reads = false;
    // Answered also to whoever must change the password first.
    bool before_password_change = false;
    // Answered to whoever looks with another's rights, in their own name.
    bool ends_seeing_as = false;
    // A success sets the session's cookie, or takes it away.
    bool sets_cookie = false;
};

std::span<const UseCase> use_cases();
const UseCase* find_use_case(std::string_view name);

// OpenAPI 3.1, as JSON.
std::string openapi_document();

}  // namespace qudao::api
