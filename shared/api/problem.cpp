// Errors as problem documents (RFC 9457). The status comes from the code's first word, with the exceptions listed.
#include <array>
#include <cstdlib>

#include "shared/api/call.hpp"
#include "shared/api/dispatcher.hpp"

namespace qudao::api {
namespace {

struct StatusOf {
    std::string_view code;
    int status;
};
// Longest match first.
constexpr std::array kStatuses = {
    StatusOf{"request.not_found", 404},      StatusOf{"request.method", 405},     StatusOf{"request.too_large", 413},
    StatusOf{"request.busy", 503},           StatusOf{"request.stopping", 503},   StatusOf{"request.timeout", 408},
    StatusOf{"request.length_required", 411},StatusOf{"request.headers_too_large", 431},
    StatusOf{"request.version", 505},        StatusOf{"request.cross_site", 403}, StatusOf{"request.", 400},           StatusOf{"session.refused", 401},
    StatusOf{"session.none", 401},           StatusOf{"session.slow_down", 429},  StatusOf{"session.csrf", 403},
    StatusOf{"session.read_only", 403},      StatusOf{"session.must_change_password", 403}, StatusOf{"key.none", 401},
    StatusOf{"people.unknown_", 422},        StatusOf{"people.unknown", 404},     StatusOf{"people.stale", 409},  StatusOf{"people.not_yours", 403},
    StatusOf{"people.", 422},                StatusOf{"units.unknown", 404},      StatusOf{"units.stale", 409},   StatusOf{"units.changed_since", 409},
    StatusOf{"units.", 422},                 StatusOf{"organisation.", 422},      StatusOf{"roles.unknown", 404}, StatusOf{"roles.stale", 409},
    StatusOf{"menu.stale", 409},
    StatusOf{"roles.", 422},                 StatusOf{"menu.", 422},              StatusOf{"audit.unknown", 404}, StatusOf{"audit.undone", 409},
    StatusOf{"audit.", 422},                 StatusOf{"keys.unknown_unit", 422},  StatusOf{"keys.unknown", 404},  StatusOf{"keys.", 422},
    StatusOf{"rights.missing", 403},         StatusOf{"moves.stale", 409},        StatusOf{"moves.key_used", 409},
    StatusOf{"moves.unknown_batch", 404},    StatusOf{"moves.", 422},             StatusOf{"job.unknown", 404},
    StatusOf{"job.", 409},
    StatusOf{"feed.unknown", 404},           StatusOf{"feed.busy", 409},          StatusOf{"feed.", 422},
    StatusOf{"cabinet.stale", 409},          StatusOf{"cabinet.unknown", 404},    StatusOf{"cabinet.", 422},
    StatusOf{"policy.stale", 409},           StatusOf{"policy.", 422},
    StatusOf{"range.stale", 409},            StatusOf{"partition.", 422},         StatusOf{"customer.unknown", 404},
    StatusOf{"rights.out_of_scope", 403},
    StatusOf{"jobs.busy", 503},              StatusOf{"query.", 400},             StatusOf{"date.", 400},
    StatusOf{"customer.unknown", 404},       StatusOf{"handover.unknown", 404},   StatusOf{"handover.", 409},
    StatusOf{"round.period", 400},
    StatusOf{"round.", 422},                 StatusOf{"lock.", 422},              StatusOf{"period.", 400},
    StatusOf{"settings.", 422},              StatusOf{"secrets.busy", 503},       StatusOf{"database.busy", 503},
    StatusOf{"database.unavailable", 503},   StatusOf{"views.", 422},                 StatusOf{"history.", 422},
};

// The code, so that refusals can be told apart and counted. Of the parameters only the right: others may hold what a
// stranger sent.
std::string logged(const Error& error) {
    std::string said = error.code;
    if (const std::string_view right = error.param("right"); !right.empty()) said.append(" ").append(right);
    return error.detail.empty() ? said : said + ": " + error.detail;
}

}  // namespace

int status_of(std::string_view error_code) {
    for (const StatusOf& known : kStatuses)
        if (error_code.substr(0, known.code.size()) == known.code) return known.status;
    return 500;
}

Response problem(const Error& error) {
    const int status = status_of(error.code);
    // What is nobody's mistake is told as "internal": its code may name the inside.
    dto::Json body{{"type", "about:blank"}, {"status", status}, {"code", status == 500 ? std::string("internal") : error.code}};
    dto::Json params = dto::Json::object();
    for (const ErrorParam& param : error.params) params[param.name] = param.value;
    if (status != 500 && !params.empty()) body["params"] = std::move(params);
    if (!error.fields.empty()) {
        dto::Json fields = dto::Json::array();
        for (const FieldError& field : error.fields) {
            dto::Json one{{"field", field.field}, {"code", field.code}};
            if (field.row != 0) one["row"] = field.row;
            fields.push_back(std::move(one));
        }
        body["fields"] = std::move(fields);
    }
    Response response;
    response.status = status;
    response.content_type = "application/problem+json";
    response.body = body.dump(-1, ' ', false, dto::Json::error_handler_t::replace);
    response.log_detail = logged(error);
    if (status == 503) response.retry_after_s = 1;
    if (error.code == "session.slow_down") response.retry_after_s = static_cast<std::int32_t>(std::atoi(std::string(error.param("seconds")).c_str()));
    return response;
}

}  // namespace qudao::api
