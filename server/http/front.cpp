#include "server/http/front.hpp"

#include <cxxabi.h>

#include <algorithm>
#include <chrono>
#include <optional>

#include "server/http/api_reply.hpp"
#include "server/http/request_log.hpp"

namespace qudao::http {
namespace {

constexpr std::size_t kQueuedPerThread = 16;

std::int64_t wall_clock_s() {
    return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}

bool is_api(std::string_view path) { return path == "/api" || path.substr(0, 5) == "/api/"; }

// The name of the type that is being thrown, and no word of its message.
std::string thrown_type() {
    const std::type_info* type = abi::__cxa_current_exception_type();
    return type == nullptr ? "unknown" : type->name();
}

}  // namespace

struct Front::Exchange {
    std::string method;
    std::string path;
    std::string if_none_match;
    std::string address;
    std::string allow;
    std::int64_t began_ms = 0;
    bool keep_alive = false;
    bool over_tls = false;
};

Front::Front(FrontOptions options, ApiPort api, StaticFiles files)
    : options_(options),
      api_(std::move(api)),
      files_(std::move(files)),
      keeper_(options.timeouts, options.max_connections, [this](const std::shared_ptr<Connection>& late) { timed_out(late); }),
      pool_(options.threads, options.threads * kQueuedPerThread) {}

std::shared_ptr<Connection> Front::connected(int socket, std::string address) {
    auto connection = std::make_shared<Connection>(socket, std::move(address));
    return keeper_.add(connection) ? connection : nullptr;
}

void Front::disconnected(Connection& connection) {
    keeper_.remove(connection);
    release(connection.reading);
}

void Front::input(const std::shared_ptr<Connection>& connection, std::string_view bytes) {
    while (!bytes.empty()) {
        switch (connection->stage()) {
            case Stage::closing: return;
            case Stage::busy:
                // Pipelined: the reply under way says that the connection ends, and the client asks again on another.
                connection->pipelined = true;
                if (connection->stage() != Stage::busy) connection->shut();
                return;
            case Stage::idle:
            case Stage::head: bytes = take_head(connection, bytes); break;
            case Stage::body: bytes = take_body(connection, bytes); break;
        }
    }
}

std::string_view Front::take_head(const std::shared_ptr<Connection>& connection, std::string_view bytes) {
    Reading& reading = connection->reading;
    if (connection->stage() == Stage::idle) {
        bytes.remove_prefix(std::min(bytes.find_first_not_of("\r\n"), bytes.size()));  // RFC 9112 2.2: before a request line
        if (bytes.empty()) return bytes;
        reading.input.clear();
        reading.began_ms = steady_ms();
        connection->deadline_ms = reading.began_ms + options_.timeouts.head_ms;
        connection->enter(Stage::head);
    }
    const std::size_t searched = reading.input.size() < 3 ? 0 : reading.input.size() - 3;
    reading.input.append(bytes);
    const std::size_t end = reading.input.find("\r\n\r\n", searched);
    if (std::min(end, reading.input.size()) > kMaxHeadBytes) {
        reading.head = Head{};
        refuse(connection, Error::of("request.headers_too_large").with("limit_bytes", static_cast<std::int64_t>(kMaxHeadBytes)));
        return {};
    }
    if (end == std::string::npos) return {};
    const std::string_view rest = bytes.substr(bytes.size() - (reading.input.size() - end - 4));
    auto head = parse_head(std::string_view(reading.input).substr(0, end + 4));
    reading.input.clear();
    reading.head = head ? std::move(*head) : Head{};
    if (head) {
        head_complete(connection);
    } else {
        reading.head.keep_alive = false;
        refuse(connection, head.error());
    }
    return rest;
}

void Front::head_complete(const std::shared_ptr<Connection>& connection) {
    const Head& head = connection->reading.head;
    if (refusing_) return refuse(connection, Error::of("request.stopping"));
    if (!is_api(head.path)) return serve_file(connection, head);
    const auto method = method_of(head.method);
    const api::RouteFacts facts = api_.route(method.value_or(api::Method::get), head.path);
    if (!method) return refuse(connection, Error::of("request.method"), facts.allow.empty() ? "GET, HEAD, POST, PUT, DELETE" : facts.allow);
    if (*method != api::Method::get && is_cross_site(head)) return refuse(connection, Error::of("request.cross_site"));
    if (head.content_length > facts.max_body_bytes)
        return refuse(connection, Error::of("request.too_large").with("limit_bytes", facts.max_body_bytes));
    if (head.content_length == 0) return dispatch(connection);
    expect_body(connection);
}

void Front::expect_body(const std::shared_ptr<Connection>& connection) {
    Reading& reading = connection->reading;
    const std::int64_t length = reading.head.content_length;
    if (body_bytes_.fetch_add(length) + length > options_.body_budget_bytes) {
        body_bytes_ -= length;
        return refuse(connection, Error::of("request.busy"));
    }
    reading.reserved_bytes = length;
    reading.body.clear();
    connection->deadline_ms = steady_ms() + options_.timeouts.body_ms;
    if (!connection->pass(Stage::head, Stage::body)) return;  // the keeper was quicker
    if (reading.head.expects_continue) (void)connection->write("HTTP/1.1 100 Continue\r\n\r\n", nullptr, Stage::body);
}

std::string_view Front::take_body(const std::shared_ptr<Connection>& connection, std::string_view bytes) {
    Reading& reading = connection->reading;
    const auto missing = static_cast<std::size_t>(reading.head.content_length) - reading.body.size();
    const std::size_t taken = std::min(missing, bytes.size());
    reading.body.append(bytes.substr(0, taken));
    const Timeouts& limits = options_.timeouts;
    connection->deadline_ms = std::min(steady_ms() + limits.body_ms, reading.began_ms + limits.total_ms);
    if (taken == missing) dispatch(connection);
    return bytes.substr(taken);
}

Front::Exchange Front::exchange_of(const Connection& connection) const {
    const Reading& reading = connection.reading;
    const Head& head = reading.head;
    const Origin origin = origin_of(head, connection.address(), options_.behind_proxy);
    return {head.method, head.path, std::string(head.header("if-none-match")), origin.address, {}, reading.began_ms, head.keep_alive, origin.over_tls};
}

void Front::dispatch(const std::shared_ptr<Connection>& connection) {
    connection->deadline_ms = 0;
    if (!connection->pass(Stage::head, Stage::busy) && !connection->pass(Stage::body, Stage::busy)) return;
    Reading& reading = connection->reading;
    const Exchange exchange = exchange_of(*connection);
    // Shared, because std::function copies; the body is the large part.
    auto request = std::make_shared<api::Request>(request_of(reading.head, std::move(reading.body), {exchange.address, exchange.over_tls}));
    reading.body = std::string();
    const std::shared_ptr<void> reserved(nullptr, [this, size = reading.reserved_bytes](void*) { body_bytes_ -= size; });
    reading.reserved_bytes = 0;
    const bool taken = pool_.submit([this, connection, request, exchange, reserved] { work(connection, *request, exchange); });
    if (!taken) answer(connection, exchange, reply_of(api::problem(Error::of("request.busy")), exchange.over_tls), "request.busy: queue full");
}

void Front::work(const std::shared_ptr<Connection>& connection, const api::Request& request, const Exchange& exchange) {
    api::Response response;
    try {
        response = api_.handle(request);
    } catch (...) {
        response = api::problem(Error::of("internal").because("threw " + thrown_type()));
    }
    Reply reply = reply_of(response, exchange.over_tls);
    if (response.status == 405) reply.add("Allow", api_.route(request.method, request.path).allow);
    if (response.status == 200 && request.method == api::Method::get && !response.etag.empty() && etag_matches(exchange.if_none_match, response.etag)) {
        reply.status = 304;
        reply.body = nullptr;
    }
    answer(connection, exchange, std::move(reply), response.log_detail, response.person);
}

void Front::serve_file(const std::shared_ptr<Connection>& connection, const Head& head) {
    if (head.method != "GET" && head.method != "HEAD") return refuse(connection, Error::of("request.method"), "GET, HEAD");
    if (head.content_length != 0) return refuse(connection, Error::of("request.too_large").with("limit_bytes", 0));
    connection->deadline_ms = 0;
    if (!connection->pass(Stage::head, Stage::busy)) return;
    Reply reply = files_.reply(head);
    const Exchange exchange = exchange_of(*connection);
    if (reply.status == 404) reply = reply_of(api::problem(Error::of("request.not_found")), exchange.over_tls);
    answer(connection, exchange, std::move(reply), {});
}

// Answers a request that is not worth reading to its end; what is left of it is dropped with the connection.
void Front::refuse(const std::shared_ptr<Connection>& connection, const Error& error, std::string allow) {
    if (!connection->pass(Stage::head, Stage::closing) && !connection->pass(Stage::body, Stage::closing)) return;
    Exchange exchange = exchange_of(*connection);
    exchange.keep_alive = false;
    Reply reply = reply_of(api::problem(error), exchange.over_tls);
    if (!allow.empty()) reply.add("Allow", std::move(allow));
    const std::string_view what = error.param("what");
    answer(connection, exchange, std::move(reply), error.code + (what.empty() ? "" : ": " + std::string(what)));
    release(connection->reading);
}

// On the keeper's thread. What was read belongs to the I/O worker: nothing of it is touched but what cannot change now.
void Front::timed_out(const std::shared_ptr<Connection>& connection) {
    Exchange exchange;
    exchange.address = connection->address();
    exchange.began_ms = steady_ms();
    answer(connection, exchange, reply_of(api::problem(Error::of("request.timeout")), false), "request.timeout");
}

void Front::answer(const std::shared_ptr<Connection>& connection, const Exchange& exchange, Reply reply, std::string_view detail, std::int64_t person) {
    const bool close = !exchange.keep_alive || connection->pipelined || refusing_;
    const Framing framing{exchange.method == "HEAD", close, exchange.over_tls, wall_clock_s()};
    log_request({exchange.method, exchange.path, exchange.address, person, reply.status, steady_ms() - exchange.began_ms, reply.body_size()}, detail);
    keeper_.send(connection, render_head(reply, framing), framing.head_only ? nullptr : reply.body, close);
    // Bytes may have come between the look at `pipelined` and the change of stage; they were dropped.
    if (!close && connection->pipelined) connection->shut();
}

void Front::release(Reading& reading) {
    body_bytes_ -= reading.reserved_bytes;
    reading.reserved_bytes = 0;
    reading.body = std::string();
}

}  // namespace qudao::http
