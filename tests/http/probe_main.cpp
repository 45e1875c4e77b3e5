// A server over the real transport whose use cases do what the path says: the transport suite starts it.
//
//   qudao_http_probe WEB_DIRECTORY [behind-proxy]
//
// Prints "listening PORT". Timeouts are short so that the suite need not wait. Ends on end of input: 503 to new requests,
// waits for those under way, prints "quiet" or "not quiet".
#include <spdlog/spdlog.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <stdexcept>
#include <string>
#include <thread>

#include "server/http/server.hpp"

namespace {

using qudao::api::Request;
using qudao::api::Response;

struct NotAnException {};

std::int64_t number_behind(const std::string& path, std::string_view prefix) { return std::atoll(path.c_str() + prefix.size()); }

bool starts(const std::string& path, std::string_view prefix) { return path.compare(0, prefix.size(), prefix) == 0; }

Response echo(const Request& request) {
    Response response;
    response.content_type = "text/plain";
    response.body = std::string(name_of(request.method)) + "\n" + request.path + "\n" + request.query + "\n" + request.session_token + "\n" +
                    request.csrf_token + "\n" + request.if_match + "\n" + request.address + "\n" + std::to_string(request.body.size()) + "\n" +
                    std::to_string(std::hash<std::string>()(request.body));
    return response;
}

Response handle(const Request& request) {
    Response response;
    if (starts(request.path, "/api/echo")) return echo(request);
    if (starts(request.path, "/api/sleep/")) {
        std::this_thread::sleep_for(std::chrono::milliseconds(number_behind(request.path, "/api/sleep/")));
        response.body = "{}";
    } else if (starts(request.path, "/api/bytes/")) {
        response.content_type = "application/octet-stream";
        response.body.assign(static_cast<std::size_t>(number_behind(request.path, "/api/bytes/")), 'x');
    } else if (request.path == "/api/throw/exception") {
        throw std::runtime_error("secret-in-what");
    } else if (request.path == "/api/throw/other") {
        throw NotAnException();
    } else if (request.path == "/api/etag") {
        response.body = "{}";
        response.etag = "\"v1\"";
    } else if (request.path == "/api/cookie/set") {
        response.session_change = qudao::api::SessionChange::set;
        response.session_token = "abc-DEF_123";
    } else if (request.path == "/api/cookie/clear") {
        response.status = 204;
        response.session_change = qudao::api::SessionChange::clear;
    } else if (request.path == "/api/secret") {
        response = qudao::api::problem(qudao::Error::of("database.unavailable").because("detail for the log\nonly"));
    } else {
        return qudao::api::problem(qudao::Error::of("request.not_found"));
    }
    return response;
}

qudao::api::RouteFacts route(qudao::api::Method method, std::string_view path) {
    const bool small = path.find("/api/echo/small") == 0;
    return {method == qudao::api::Method::get ? 0 : small ? 1000 : 64 << 20, "GET, HEAD, POST, PUT, DELETE"};
}

}  // namespace

int main(int argc, char** argv) {
    qudao::http::ServerOptions options;
    options.port = 0;
    options.web_directory = argc > 1 ? argv[1] : "";
    options.front.behind_proxy = argc > 2 && std::string(argv[2]) == "behind-proxy";
    options.front.threads = 2;
    options.front.max_connections = 200;
    options.front.body_budget_bytes = 100 << 20;
    options.front.timeouts = {1500, 1000, 1000, 1500, 30'000, 500};
    auto server = qudao::http::Server::start(options, {handle, route});
    if (!server) {
        std::printf("failed %s %s\n", server.error().code.c_str(), server.error().detail.c_str());
        return 1;
    }
    std::printf("listening %d\n", (*server)->port());
    std::fflush(stdout);
    for (std::string line; std::getline(std::cin, line);) {}
    (*server)->refuse_new();
    std::puts((*server)->wait_until_quiet(10'000) ? "quiet" : "not quiet");
    return 0;
}
