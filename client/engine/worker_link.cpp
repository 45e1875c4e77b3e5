#include "client/engine/worker_link.hpp"

#include "client/platform/worker.hpp"

namespace qudao::engine {
namespace {

class WorkerLink final : public Link {
public:
    WorkerLink(const std::string& script_url, Events events)
        : worker_(script_url, {[on_message = std::move(events.on_message)](platform::WorkerMessage message) {
                                   on_message(std::move(message.bytes), std::move(message.file));
                               },
                               std::move(events.on_failed)}) {}
    void post(std::string_view bytes) override { worker_.post(bytes); }
    void post(std::string_view bytes, const platform::File& file) override { worker_.post(bytes, file); }

private:
    platform::Worker worker_;
};

}  // namespace

MakeLink worker_links(std::string script_url) {
    return [script_url = std::move(script_url)](Link::Events events) { return std::make_unique<WorkerLink>(script_url, std::move(events)); };
}

}  // namespace qudao::engine
