// Requests over HTTP by the browser's fetch (client/platform/http.hpp). The session is the browser's cookie.
#pragma once

#include "client/api/transport.hpp"

namespace qudao::client {

class HttpTransport final : public Transport {
public:
    TransportId send(api::Request request, Done done) override;
    void abort(TransportId id) override;
};

}  // namespace qudao::client
