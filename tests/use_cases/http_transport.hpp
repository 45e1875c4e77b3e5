// Plain HTTP/1.1 to a server on this machine: one connection a request, blocking. Keeps the session's cookie as a browser
// would. For tests only.
#pragma once

#include <string>

#include "client/api/transport.hpp"

namespace qudao::test {

class BlockingHttp final : public client::Transport {
public:
    explicit BlockingHttp(int port) : port_(port) {}
    client::TransportId send(api::Request request, Done done) override;
    void abort(client::TransportId) override {}

private:
    std::string head_of(const api::Request& request) const;
    api::Response read_reply(const std::string& bytes);

    int port_;
    std::string cookie_;  // "name=value"
};

}  // namespace qudao::test
