// The sandbox as a Transport: requests go to an engine whose dispatcher serves them over memory, from static files alone.
// What the browser's cookie is over HTTP, the engine remembers by itself.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>

#include "client/api/transport.hpp"
#include "client/engine/link.hpp"
#include "client/engine/protocol.hpp"

namespace qudao::engine {

class EngineTransport final : public client::Transport {
public:
    // engine.failed when it could not be started, and again when it dies later. Called from the link, not as a completion.
    using OnReady = std::function<void(Result<SandboxReady>)>;
    using OnProgress = std::function<void(const Progress&)>;  // of the filling

    // Starts at once; requests sent before it is ready wait in the engine.
    EngineTransport(const MakeLink& make_link, const SandboxStart& start, OnReady on_ready, OnProgress on_progress = {});

    client::TransportId send(api::Request request, Done done) override;
    void abort(client::TransportId id) override;

private:
    void received(const std::string& bytes);
    void answered(Message& message);
    void failed(std::string_view detail);

    std::unique_ptr<Link> link_;
    OnReady on_ready_;
    OnProgress on_progress_;
    std::map<client::TransportId, Done> waiting_;
    client::TransportId last_id_ = 0;
    bool dead_ = false;
};

}  // namespace qudao::engine
