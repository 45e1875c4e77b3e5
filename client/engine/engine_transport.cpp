#include "client/engine/engine_transport.hpp"

namespace qudao::engine {

EngineTransport::EngineTransport(const MakeLink& make_link, const SandboxStart& start, OnReady on_ready, OnProgress on_progress)
    : on_ready_(std::move(on_ready)), on_progress_(std::move(on_progress)) {
    link_ = make_link({[this](std::string bytes, const platform::File&) { received(bytes); }, [this](std::string_view detail) { failed(detail); }});
    link_->post(encode(MessageType::sandbox_start, 0, start));
}

client::TransportId EngineTransport::send(api::Request request, Done done) {
    const client::TransportId id = ++last_id_;
    if (dead_) {
        done(Error::of(client::kEngineFailed));
        return id;
    }
    waiting_.emplace(id, std::move(done));
    const RequestHead head{static_cast<std::int32_t>(request.method), std::move(request.path), std::move(request.query),
                           std::move(request.csrf_token), std::move(request.if_match)};
    link_->post(encode(MessageType::request, id, head, request.body));
    return id;
}

void EngineTransport::abort(client::TransportId id) { waiting_.erase(id); }

void EngineTransport::received(const std::string& bytes) {
    auto message = decode(bytes);
    if (!message) return failed("protocol");
    switch (message->type) {
        case MessageType::ready: {
            auto ready = head_of<SandboxReady>(*message);
            if (on_ready_) on_ready_(std::move(ready));
            return;
        }
        case MessageType::progress: {
            const auto progress = head_of<Progress>(*message);
            if (progress && on_progress_) on_progress_(*progress);
            return;
        }
        case MessageType::job: {
            const auto job = head_of<dto::JobDto>(*message);
            if (job) tell_job(*job);
            return;
        }
        case MessageType::response: return answered(*message);
        case MessageType::failed: {
            const auto head = head_of<FailedHead>(*message);
            const Error error = head ? to_error(head->error) : Error::of(client::kEngineFailed);
            if (head && head->during == "sandbox" && on_ready_) on_ready_(error);
            if (auto node = waiting_.extract(static_cast<client::TransportId>(message->id)); !node.empty()) node.mapped()(error);
            return;
        }
        default: return;
    }
}

void EngineTransport::answered(Message& message) {
    auto node = waiting_.extract(static_cast<client::TransportId>(message.id));
    const auto head = head_of<ResponseHead>(message);
    if (node.empty()) return;
    if (!head) return node.mapped()(Error::of(client::kEngineFailed));
    api::Response response;
    response.status = head->status;
    response.content_type = head->content_type;
    response.etag = head->etag;
    response.location = head->location;
    response.retry_after_s = head->retry_after_s;
    response.body = std::move(message.body);
    node.mapped()(std::move(response));
}

void EngineTransport::failed(std::string_view detail) {
    dead_ = true;
    const Error error = Error::of(client::kEngineFailed).because(detail);
    if (on_ready_) on_ready_(error);
    for (auto& [id, done] : std::exchange(waiting_, {})) done(error);
}

}  // namespace qudao::engine
