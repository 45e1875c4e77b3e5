// The HTTP server: Pistache's listener and I/O workers under a Front. Not an edge server: for TLS and the open network
// nginx stands in front (server/deploy); alone it binds to this machine by default.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "server/http/front.hpp"
#include "shared/base/result.hpp"

namespace qudao::http {

struct ServerOptions {
    std::string address = "127.0.0.1";  // or "::1", "0.0.0.0", ...
    std::uint16_t port = 8080;          // 0: any that is free
    int io_workers = 2;
    std::string web_directory;          // empty: the API alone
    FrontOptions front;
};

class Server {
public:
    // Listens when it returns. Errors: web.* of StaticFiles, bind.in_use, bind.address, bind.refused, each {address, port}.
    static Result<std::unique_ptr<Server>> start(const ServerOptions& options, ApiPort api);
    ~Server();  // stops at once
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    std::uint16_t port() const;

    // Stopping in order: new requests are answered with 503 from now on ...
    void refuse_new();
    // ... those under way are waited for; false when some still are after so long.
    bool wait_until_quiet(std::int64_t limit_ms) const;

private:
    struct Parts;
    explicit Server(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

}  // namespace qudao::http
