// Request bytes in, response bytes out: finds the use case, checks session, CSRF token, limits and right, decodes, calls the
// service and encodes. Over Pistache and in the engine alike. May be called from several threads at once; throws nothing
// that is not a bug.
#pragma once

#include "shared/api/message.hpp"
#include "shared/api/use_case.hpp"
#include "shared/service/context.hpp"

namespace qudao::api {

class Dispatcher {
public:
    explicit Dispatcher(service::Services services);
    Response handle(const Request& request) const;

private:
    service::Services services_;
};

// What a transport must know of a route before it has read the body.
struct RouteFacts {
    std::int64_t max_body_bytes = 0;  // also of what there is no route for: its body is not worth reading
    std::string allow;                // "GET, HEAD, POST"; empty: no such path
};
RouteFacts route_facts(Method method, std::string_view path);

// A problem document (RFC 9457) with the error's code, parameters and fields. Never its detail.
Response problem(const Error& error);
int status_of(std::string_view error_code);

}  // namespace qudao::api
