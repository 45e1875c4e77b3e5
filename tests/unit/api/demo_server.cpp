#include "tests/unit/api/demo_server.hpp"

#include <catch2/catch.hpp>

#include "shared/demo/fill.hpp"

namespace qudao::test {

DemoServer::DemoServer(std::int64_t customers)
    : clock_(Instant{1'763'430'000'000}), dispatcher_({database_, clock_, secrets_, jobs_, references_}) {
    demo::Options options;
    options.customers = customers;
    ports::NoProgress quiet;
    const Status filled = demo::fill(database_, secrets_, options, quiet);
    if (!filled) FAIL(filled.error().code);
    staff_ = demo::staff(options, demo::organisation(options));
}

Client::Client(const DemoServer& server, std::string_view login, std::string_view password) : server_(&server) {
    if (!login.empty()) REQUIRE(log_in(login, password).status == 200);
}

api::Response Client::call(api::Method method, std::string_view path, std::string_view body) {
    api::Request request;
    request.method = method;
    const std::size_t question = path.find('?');
    request.path = path.substr(0, question);
    if (question != path.npos) request.query = path.substr(question + 1);
    request.body = body;
    request.session_token = token_;
    request.csrf_token = csrf_;
    request.address = address_;
    return server_->dispatcher().handle(request);
}

api::Response Client::call(const api::UseCase& use_case, std::string_view body, std::string_view parameter) {
    std::string path;
    for (std::size_t from = 0; from < use_case.path.size();) {
        const std::size_t open = std::min(use_case.path.find('{', from), use_case.path.size());
        path.append(use_case.path.substr(from, open - from));
        if (open == use_case.path.size()) break;
        path.append(parameter);
        from = use_case.path.find('}', open) + 1;
    }
    return call(use_case.method, path, body);
}

api::Response Client::call_with_key(std::string_view key, std::string_view path) const {
    api::Request request;
    const std::size_t question = path.find('?');
    request.path = path.substr(0, question);
    if (question != path.npos) request.query = path.substr(question + 1);
    request.api_key = key;
    request.address = "10.0.0.2";
    return server_->dispatcher().handle(request);
}

api::Response Client::log_in(std::string_view login, std::string_view password) {
    api::Response response = call(api::Method::post, "/api/v1/session", dto::Json{{"login", std::string(login)}, {"password", std::string(password)}}.dump());
    if (response.status == 200) {
        token_ = response.session_token;
        session_ = json_of(response);
        csrf_ = session_["csrf_token"].get<std::string>();
    }
    return response;
}

dto::Json json_of(const api::Response& response) { return response.body.empty() ? dto::Json() : dto::Json::parse(response.body); }

std::string problem_code(const api::Response& response) {
    return response.status >= 400 ? json_of(response).value("code", std::string()) : std::string();
}

}  // namespace qudao::test
