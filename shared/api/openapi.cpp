// The OpenAPI 3.1 document, made from the table of use cases.
#include "shared/api/call.hpp"

namespace qudao::api {
namespace {

using dto::Json;

Json parameter(std::string_view name, std::string_view where) {
    return Json{{"name", std::string(name)}, {"in", std::string(where)}, {"required", where == "path"}, {"schema", Json{{"type", "string"}}}};
}

Json parameters_of(const UseCase& use_case) {
    Json parameters = Json::array();
    const std::string_view path = use_case.path;
    for (std::size_t open = path.find('{'); open != path.npos; open = path.find('{', open + 1))
        parameters.push_back(parameter(path.substr(open + 1, path.find('}', open) - open - 1), "path"));
    for (const std::string_view name : use_case.query_parameters) parameters.push_back(parameter(name, "query"));
    return parameters;
}

Json content(const char* type, std::string (*schema)()) { return Json{{type, Json{{"schema", Json::parse(schema())}}}}; }

Json problem_schema() {
    const Json text{{"type", "string"}};
    const Json integer{{"type", "integer"}};
    const Json field{{"type", "object"},
                     {"properties", Json{{"field", text}, {"code", text}, {"row", integer}}},
                     {"required", Json::array({"field", "code"})},
                     {"additionalProperties", false}};
    return Json{{"type", "object"},
                {"properties", Json{{"type", text},
                                    {"status", integer},
                                    {"code", text},
                                    {"params", Json{{"type", "object"}, {"additionalProperties", text}}},
                                    {"fields", Json{{"type", "array"}, {"items", field}}}}},
                {"required", Json::array({"type", "status", "code"})},
                {"additionalProperties", false}};
}

Json header(const char* description, const char* type) {
    return Json{{"description", description}, {"schema", Json{{"type", type}}}};
}

// What the transport adds to a success, by the use case.
Json headers_of(const UseCase& use_case) {
    Json headers = Json::object();
    if (use_case.success_status == 202) headers["Location"] = header("Where the job is watched", "string");
    if (use_case.sets_cookie) headers["Set-Cookie"] = header("The session's cookie, set or taken away", "string");
    return headers;
}

Json operation_of(const UseCase& use_case) {
    Json success{{"description", "Success"}};
    if (Json headers = headers_of(use_case); !headers.empty()) success["headers"] = std::move(headers);
    if (use_case.response_schema != nullptr) success["content"] = content("application/json", use_case.response_schema);
    Json operation{{"operationId", std::string(use_case.name)},
                   {"summary", std::string(use_case.summary)},
                   {"responses", Json{{std::to_string(use_case.success_status), std::move(success)},
                                      {"default", Json{{"$ref", "#/components/responses/Problem"}}}}}};
    Json parameters = parameters_of(use_case);
    if (!parameters.empty()) operation["parameters"] = std::move(parameters);
    if (use_case.request_schema != nullptr)
        operation["requestBody"] = Json{{"required", true}, {"content", content("application/json", use_case.request_schema)}};
    if (use_case.admission == Admission::by_key) {
        operation["security"] = Json::array({Json{{"key", Json::array()}}});
    } else if (use_case.admission != Admission::anyone) {
        Json needed{{"session", Json::array()}};
        if (use_case.method != Method::get) needed["csrf"] = Json::array();
        operation["security"] = Json::array({std::move(needed)});
    }
    if (use_case.admission == Admission::by_right) operation["x-right"] = std::string(code_of(use_case.right));
    return operation;
}

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
    return out;
}

}  // namespace

std::string openapi_document() {
    Json paths = Json::object();
    for (const UseCase& use_case : use_cases()) paths[std::string(use_case.path)][lower(name_of(use_case.method))] = operation_of(use_case);
    const Json problem_content{{"application/problem+json", Json{{"schema", Json{{"$ref", "#/components/schemas/Problem"}}}}}};
    Json components{
        {"schemas", Json{{"Problem", problem_schema()}}},
        {"responses", Json{{"Problem", Json{{"description", "A problem document (RFC 9457)"},
                                            {"headers", Json{{"Retry-After", header("With 429 and 503: after how many seconds to ask again", "integer")}}},
                                            {"content", problem_content}}}}},
        {"securitySchemes", Json{{"session", Json{{"type", "apiKey"}, {"in", "cookie"}, {"name", "qudao_session"}}},
                                 {"key", Json{{"type", "http"}, {"scheme", "bearer"}}},
                                 {"csrf", Json{{"type", "apiKey"}, {"in", "header"}, {"name", "X-Qudao-Csrf"}}}}}};
    return Json{{"openapi", "3.1.0"},
                {"info", Json{{"title", "Qudao"}, {"version", "1"}}},
                {"paths", std::move(paths)},
                {"components", std::move(components)}}
        .dump();
}

}  // namespace qudao::api
