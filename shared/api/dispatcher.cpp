#include "shared/api/dispatcher.hpp"

#include <algorithm>

#include "shared/api/call.hpp"
#include "shared/api/feed_calls.hpp"
#include "shared/base/secret.hpp"
#include "shared/service/key_service.hpp"
#include "shared/service/session_service.hpp"

namespace qudao::api {
namespace {

std::vector<std::string_view> segments(std::string_view path) {
    std::vector<std::string_view> out;
    for (std::size_t from = 1; from <= path.size();) {
        const std::size_t end = std::min(path.find('/', from), path.size());
        out.push_back(path.substr(from, end - from));
        from = end + 1;
    }
    return out;
}

// The parameters when the path fits the pattern.
Result<std::optional<Parameters>> fit(std::string_view pattern, std::string_view path) {
    const auto wanted = segments(pattern);
    const auto given = segments(path);
    if (wanted.size() != given.size()) return std::optional<Parameters>();
    Parameters parameters;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        if (wanted[i].size() > 2 && wanted[i].front() == '{') {
            QUDAO_TRY(value, percent_decode(given[i], false));
            parameters.emplace_back(std::string(wanted[i].substr(1, wanted[i].size() - 2)), std::move(value));
        } else if (wanted[i] != given[i]) {
            return std::optional<Parameters>();
        }
    }
    return std::optional(std::move(parameters));
}

struct Route {
    const UseCase* use_case = nullptr;
    Parameters parameters;
};
Result<Route> route(const Request& request) {
    bool path_known = false;
    for (const UseCase& use_case : use_cases()) {
        QUDAO_TRY(parameters, fit(use_case.path, request.path));
        if (!parameters) continue;
        path_known = true;
        if (use_case.method == request.method) return Route{&use_case, std::move(*parameters)};
    }
    return Error::of(path_known ? "request.method" : "request.not_found");
}

// Session, right and CSRF token. State-changing methods need the token that came with the session.
Status admit(const service::Services& services, Call& call) {
    const UseCase& use_case = call.use_case;
    if (use_case.admission == Admission::anyone) return done();
    if (use_case.admission == Admission::by_key) {
        QUDAO_TRY(key, service::admit_key(services, call.request.api_key));
        call.key = std::move(key);
        return done();
    }
    std::optional<service::NeededRight> needed;
    if (use_case.admission == Admission::by_right) needed.emplace(use_case.right, use_case.everywhere);
    QUDAO_TRY(session, service::admit(services, call.request.session_token, needed));
    call.session = std::move(session);
    const bool changes = call.request.method != Method::get;
    if (changes && !same_secret(call.request.csrf_token, call.session->csrf_token)) return Error::of("session.csrf");
    if (call.session->must_change_password && !use_case.before_password_change) return Error::of("session.must_change_password");
    if (call.session->seen_as && changes && !use_case.reads && !use_case.ends_seeing_as) return Error::of("session.read_only");
    return done();
}

Status check_query(const Call& call) {
    for (const auto& [name, value] : call.query) {
        bool known = false;
        for (const std::string_view allowed : call.use_case.query_parameters) known = known || allowed == name;
        if (!known) return Error::of("request.invalid").at(name, "unknown");
        // Which of two counts is for nobody to guess.
        const auto same = [&key = name](const auto& other) { return other.first == key; };
        if (std::count_if(call.query.begin(), call.query.end(), same) > 1) return Error::of("request.invalid").at(name, "repeated");
    }
    return done();
}

}  // namespace

std::string_view name_of(Method method) {
    switch (method) {
        case Method::get: return "GET";
        case Method::post: return "POST";
        case Method::put: return "PUT";
        case Method::del: return "DELETE";
    }
    return "GET";
}

RouteFacts route_facts(Method method, std::string_view path) {
    RouteFacts facts;
    for (const UseCase& use_case : use_cases()) {
        const auto parameters = fit(use_case.path, path);
        if (!parameters || !*parameters) continue;
        if (use_case.method == method) facts.max_body_bytes = use_case.max_body_bytes;
        facts.allow.append(facts.allow.empty() ? "" : ", ").append(name_of(use_case.method));
        if (use_case.method == Method::get) facts.allow.append(", HEAD");
    }
    return facts;
}

Dispatcher::Dispatcher(service::Services services) : services_(services) { define_feed_jobs(services_); }

Response Dispatcher::handle(const Request& request) const {
    auto found = route(request);
    if (!found) return problem(found.error());
    Call call{services_, request, *found->use_case, std::move(found->parameters), {}, std::nullopt, std::nullopt};
    if (static_cast<std::int64_t>(request.body.size()) > call.use_case.max_body_bytes)
        return problem(Error::of("request.too_large").with("limit_bytes", call.use_case.max_body_bytes));
    auto query = parse_query(request.query);
    if (!query) return problem(query.error());
    call.query = std::move(*query);
    if (const Status good = check_query(call); !good) return problem(good.error());
    const Status admitted = admit(services_, call);
    Response response = admitted ? call.use_case.handle(call) : problem(admitted.error());
    if (call.key) response.log_detail.insert(0, "key " + std::to_string(call.key->id.value) + (response.log_detail.empty() ? "" : ": "));
    if (call.session) response.person = call.session->person.value;
    return response;
}

}  // namespace qudao::api
