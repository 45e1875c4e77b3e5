#include "server/http/server.hpp"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pistache/listener.h>
#include <pistache/peer.h>
#include <pistache/tcp.h>
#include <spdlog/spdlog.h>
#include <sys/resource.h>
#include <sys/socket.h>

#include <chrono>
#include <csignal>
#include <thread>

#include "server/http/request_log.hpp"

namespace qudao::http {
namespace {

constexpr const char* kConnection = "qudao";
constexpr int kUnsentBytes = 256 * 1024;

// Pistache's side of a connection: bytes in, handed to the Front. One clone of it for each I/O worker.
class Shim final : public Pistache::Tcp::Handler {
    PROTOTYPE_OF(Pistache::Tcp::Handler, Shim)

public:
    explicit Shim(std::shared_ptr<Front> front) : front_(std::move(front)) {}
    Shim(const Shim& other) : Pistache::Tcp::Handler(), front_(other.front_) {}

    void onConnection(const std::shared_ptr<Pistache::Tcp::Peer>& peer) override {
        guarded([&] {
            const int on = 1;
            setsockopt(peer->fd(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
            // What a client does not read waits with us, where it is shared, and not in the kernel, where it is copied.
            setsockopt(peer->fd(), IPPROTO_TCP, TCP_NOTSENT_LOWAT, &kUnsentBytes, sizeof kUnsentBytes);
            auto connection = front_->connected(peer->fd(), peer->address().host());
            if (connection) {
                peer->putData(kConnection, std::move(connection));
            } else {
                shutdown(peer->fd(), SHUT_RDWR);
            }
        });
    }

    void onInput(const char* buffer, std::size_t length, const std::shared_ptr<Pistache::Tcp::Peer>& peer) override {
        guarded([&] {
            if (const auto connection = connection_of(*peer)) front_->input(connection, {buffer, length});
        });
    }

    void onDisconnection(const std::shared_ptr<Pistache::Tcp::Peer>& peer) override {
        guarded([&] {
            if (const auto connection = connection_of(*peer)) front_->disconnected(*connection);
        });
    }

private:
    static std::shared_ptr<Connection> connection_of(const Pistache::Tcp::Peer& peer) {
        return std::static_pointer_cast<Connection>(peer.tryGetData(kConnection));
    }
    // An exception that left here would end the I/O worker, and with it the process.
    template <class Work>
    static void guarded(Work work) {
        try {
            work();
        } catch (...) {
            spdlog::error("an I/O worker caught an exception");
        }
    }

    std::shared_ptr<Front> front_;
};

// Each connection takes two descriptors.
void raise_descriptor_limit() {
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= limit.rlim_max) return;
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

Error bind_error(std::string_view code, const ServerOptions& options, std::string_view why) {
    return Error::of(code).with("address", options.address).with("port", options.port).because(why);
}

// Pistache reports by text only. It also binds to the next address a name stands for, so names are not taken.
Error bind_error(const ServerOptions& options, std::string_view why) {
    if (why.find("in use") != why.npos) return bind_error("bind.in_use", options, why);
    return bind_error("bind.refused", options, why);
}

}  // namespace

struct Server::Parts {
    explicit Parts(std::shared_ptr<Front> the_front) : front(std::move(the_front)) {}
    std::shared_ptr<Front> front;
    std::unique_ptr<Pistache::Tcp::Listener> listener;
};

Result<std::unique_ptr<Server>> Server::start(const ServerOptions& options, ApiPort api) {
    std::signal(SIGPIPE, SIG_IGN);
    log_in_utc();
    raise_descriptor_limit();
    StaticFiles files;
    if (!options.web_directory.empty()) {
        QUDAO_TRY(loaded, StaticFiles::load(options.web_directory));
        files = std::move(loaded);
    }
    auto parts = std::make_unique<Parts>(std::make_shared<Front>(options.front, std::move(api), std::move(files)));
    std::optional<Pistache::Address> address;
    try {
        const bool is_ipv6 = options.address.find(':') != std::string::npos;
        address.emplace(is_ipv6 ? "[" + options.address + "]" : options.address, Pistache::Port(options.port));
    } catch (const std::exception& error) {
        return bind_error("bind.address", options, error.what());
    }
    try {
        parts->listener = std::make_unique<Pistache::Tcp::Listener>(*address);
        const auto flags = Pistache::Flags<Pistache::Tcp::Options>(Pistache::Tcp::Options::ReuseAddr) | Pistache::Tcp::Options::CloseOnExec;
        parts->listener->init(static_cast<std::size_t>(options.io_workers), flags, "qudao-io");
        parts->listener->setHandler(std::make_shared<Shim>(parts->front));
        parts->listener->bind();
        parts->listener->runThreaded();
    } catch (const std::exception& error) {
        return bind_error(options, error.what());
    }
    return std::unique_ptr<Server>(new Server(std::move(parts)));
}

Server::Server(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

Server::~Server() {
    parts_->listener->shutdown();
    parts_->listener.reset();
}

std::uint16_t Server::port() const { return parts_->listener->getPort(); }

void Server::refuse_new() { parts_->front->refuse_new(); }

bool Server::wait_until_quiet(std::int64_t limit_ms) const {
    const std::int64_t until = steady_ms() + limit_ms;
    while (!parts_->front->is_quiet()) {
        if (steady_ms() > until) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    return true;
}

}  // namespace qudao::http
