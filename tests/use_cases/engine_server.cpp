// The suite over the engine's transport, in one process: natively, and as WASM under node.
#include "client/engine/engine_transport.hpp"
#include "client/engine/host.hpp"
#include "shared/demo/demo.hpp"
#include "shared/memory/fixed_clock.hpp"
#include "tests/use_cases/page.hpp"

namespace qudao::test {
namespace {

// A browser's link to the one sandbox: messages through the mailbox, a session of its own.
class SandboxLink final : public engine::Link {
public:
    SandboxLink(Mailbox& mailbox, ports::Clock& clock, std::shared_ptr<engine::Sandbox> sandbox, Events events)
        : mailbox_(mailbox),
          events_(std::move(events)),
          host_(
              clock, [this](std::string_view message) { answer(message); },
              [](std::string_view, std::string_view, const engine::FileHead&) {}, std::move(sandbox)) {}
    void post(std::string_view bytes) override {
        mailbox_.post([this, copy = std::string(bytes)]() mutable { host_.receive(std::move(copy)); });
    }
    void post(std::string_view, const platform::File&) override { REQUIRE(false); }

private:
    void answer(std::string_view message) {
        mailbox_.post([this, copy = std::string(message)] { events_.on_message(copy, platform::File()); });
    }
    Mailbox& mailbox_;
    Events events_;
    engine::Host host_;
};

class EngineServer final : public Server {
public:
    explicit EngineServer(std::int64_t customers)
        : clock_(Instant{start_of_day(demo::demo_day()).epoch_ms + 9 * 3600 * 1000}), sandbox_(std::make_shared<engine::Sandbox>(clock_, 7, nullptr)) {
        engine::SandboxStart start;
        start.customers = customers;
        REQUIRE(sandbox_->fill(start, {}));
    }
    std::unique_ptr<client::Transport> connect(Mailbox& mailbox) override {
        const engine::MakeLink links = [this, &mailbox](engine::Link::Events events) {
            return std::make_unique<SandboxLink>(mailbox, clock_, sandbox_, std::move(events));
        };
        return std::make_unique<engine::EngineTransport>(links, engine::SandboxStart(), nullptr);
    }
    std::int64_t patience_ms() const override { return 0; }

private:
    memory::FixedClock clock_;
    std::shared_ptr<engine::Sandbox> sandbox_;
};

}  // namespace

std::unique_ptr<Server> new_server(std::int64_t customers) { return std::make_unique<EngineServer>(customers); }

}  // namespace qudao::test
