// What happens to the bytes of a connection: heads and bodies are put together and checked, files answered at once,
// requests to the API handed to the pool and their replies written. Knows nothing of Pistache.
//
// Everything a stranger can send ends in a reply or in the end of his own connection, and costs others nothing: heads,
// bodies, connections, memory and time are bounded, no thread waits for a client, and whatever a use case throws is
// answered as a bare "internal" with only its type in the log (what() may hold SQL and bound values).
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "server/http/connection.hpp"
#include "server/http/keeper.hpp"
#include "server/http/static_files.hpp"
#include "server/http/worker_pool.hpp"
#include "shared/api/dispatcher.hpp"
#include "shared/api/message.hpp"

namespace qudao::http {

struct ApiPort {
    std::function<api::Response(const api::Request&)> handle;  // from several threads at once
    std::function<api::RouteFacts(api::Method, std::string_view path)> route;
};

struct FrontOptions {
    std::size_t threads = 8;           // that run use cases; as many database sessions are needed
    bool behind_proxy = false;         // believe X-Forwarded-* of a peer on this machine
    std::size_t max_connections = 1000;
    std::int64_t body_budget_bytes = 512 << 20;  // of all bodies being received or worked on
    Timeouts timeouts;
};

class Front {
public:
    Front(FrontOptions options, ApiPort api, StaticFiles files);

    // Called on I/O workers. `connected` gives null when there is no room: the connection is to be ended.
    std::shared_ptr<Connection> connected(int socket, std::string address);
    void input(const std::shared_ptr<Connection>& connection, std::string_view bytes);
    void disconnected(Connection& connection);

    void refuse_new() { refusing_ = true; }  // from now on every new request is answered with 503
    bool is_quiet() const { return pool_.under_way() == 0 && keeper_.unwritten() == 0; }

private:
    struct Exchange;  // what of a request is needed to answer it

    std::string_view take_head(const std::shared_ptr<Connection>& connection, std::string_view bytes);
    std::string_view take_body(const std::shared_ptr<Connection>& connection, std::string_view bytes);
    void head_complete(const std::shared_ptr<Connection>& connection);
    void expect_body(const std::shared_ptr<Connection>& connection);
    void dispatch(const std::shared_ptr<Connection>& connection);
    void work(const std::shared_ptr<Connection>& connection, const api::Request& request, const Exchange& exchange);

    void serve_file(const std::shared_ptr<Connection>& connection, const Head& head);
    void refuse(const std::shared_ptr<Connection>& connection, const Error& error, std::string allow = {});
    void timed_out(const std::shared_ptr<Connection>& connection);
    void answer(const std::shared_ptr<Connection>& connection, const Exchange& exchange, Reply reply, std::string_view detail,
                std::int64_t person = 0);
    Exchange exchange_of(const Connection& connection) const;
    void release(Reading& reading);

    const FrontOptions options_;
    const ApiPort api_;
    const StaticFiles files_;
    std::atomic<bool> refusing_{false};
    std::atomic<std::int64_t> body_bytes_{0};
    Keeper keeper_;
    WorkerPool pool_;  // last: its threads use the others
};

}  // namespace qudao::http
