#include "server/http/keeper.hpp"

#include <linux/sockios.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <array>
#include <vector>

namespace qudao::http {
namespace {

constexpr int kTickMs = 200;

// Bytes that the client has not acknowledged: they tell that it still reads long before the socket takes more.
int unacknowledged(int socket) {
    int count = 0;
    ioctl(socket, SIOCOUTQ, &count);
    return count;
}

}  // namespace

Keeper::Keeper(Timeouts timeouts, std::size_t max_connections, std::function<void(const std::shared_ptr<Connection>&)> timed_out)
    : timeouts_(timeouts), max_connections_(max_connections), timed_out_(std::move(timed_out)), epoll_(epoll_create1(EPOLL_CLOEXEC)) {
    thread_ = std::thread([this] { run(); });
}

Keeper::~Keeper() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    thread_.join();
    close(epoll_);
}

bool Keeper::add(const std::shared_ptr<Connection>& connection) {
    const std::lock_guard lock(mutex_);
    if (connection->socket() < 0 || entries_.size() >= max_connections_) return false;
    connection->deadline_ms = steady_ms() + timeouts_.idle_ms;
    entries_[connection->socket()] = Entry{connection, 0, 0, 0};
    return true;
}

void Keeper::remove(const Connection& connection) {
    const std::lock_guard lock(mutex_);
    const auto found = entries_.find(connection.socket());
    if (found == entries_.end()) return;
    if (found->second.write_began_ms != 0) {
        epoll_ctl(epoll_, EPOLL_CTL_DEL, connection.socket(), nullptr);
        --unwritten_;
    }
    entries_.erase(found);
}

std::size_t Keeper::unwritten() const {
    const std::lock_guard lock(mutex_);
    return unwritten_;
}

void Keeper::send(const std::shared_ptr<Connection>& connection, std::string head, Bytes body, bool close) {
    // Before the first byte goes out: the client may answer it at once, and the I/O worker sets the next deadline then.
    connection->deadline_ms = close ? 0 : steady_ms() + timeouts_.idle_ms;
    switch (connection->write(std::move(head), std::move(body), close ? Stage::closing : Stage::idle)) {
        case Connection::Written::all: settle(connection); break;
        case Connection::Written::some: watch(*connection); break;
        case Connection::Written::broken: connection->shut(); break;
    }
}

// Everything is written: when it was the last reply, says so to the client and gives it a moment to go.
void Keeper::settle(const std::shared_ptr<Connection>& connection) {
    // A long reply has used up the time that was set when it began; the next request gets its own.
    if (connection->stage() == Stage::idle) connection->deadline_ms = steady_ms() + timeouts_.idle_ms;
    if (connection->stage() != Stage::closing) return;
    connection->shut_writing();
    connection->deadline_ms = steady_ms() + timeouts_.linger_ms;
}

void Keeper::watch(const Connection& connection) {
    const std::lock_guard lock(mutex_);
    const auto found = entries_.find(connection.socket());
    if (found == entries_.end() || found->second.write_began_ms != 0) return;
    found->second.write_began_ms = found->second.write_moved_ms = steady_ms();
    ++unwritten_;
    epoll_event event{};
    event.events = EPOLLOUT;
    event.data.fd = connection.socket();
    epoll_ctl(epoll_, EPOLL_CTL_ADD, connection.socket(), &event);
}

void Keeper::write_on(int descriptor) {
    std::shared_ptr<Connection> connection;
    {
        const std::lock_guard lock(mutex_);
        const auto found = entries_.find(descriptor);
        if (found != entries_.end()) connection = found->second.connection.lock();
    }
    if (!connection) return;
    const auto written = connection->write_more();
    {
        const std::lock_guard lock(mutex_);
        const auto found = entries_.find(descriptor);
        if (found == entries_.end() || found->second.write_began_ms == 0) return;
        found->second.write_moved_ms = steady_ms();
        if (written == Connection::Written::some) return;
        found->second.write_began_ms = 0;
        --unwritten_;
        epoll_ctl(epoll_, EPOLL_CTL_DEL, descriptor, nullptr);
    }
    // A reply may have been put behind in between: its writer saw "some" while the watch was still on.
    const auto rest = written == Connection::Written::all ? connection->write_more() : written;
    if (rest == Connection::Written::some) watch(*connection);
    if (rest == Connection::Written::all) settle(connection);
    if (rest == Connection::Written::broken) connection->shut();
}

void Keeper::look_for_late_ones() {
    const std::int64_t now = steady_ms();
    std::vector<std::shared_ptr<Connection>> unanswered, finished;
    {
        const std::lock_guard lock(mutex_);
        for (auto& [descriptor, entry] : entries_) {
            auto connection = entry.connection.lock();
            if (!connection) continue;
            if (entry.write_began_ms != 0) {
                const int queued = unacknowledged(descriptor);
                if (queued != entry.queued_bytes) entry.write_moved_ms = now;
                entry.queued_bytes = queued;
            }
            const bool stalled = entry.write_began_ms != 0 &&
                                 (now - entry.write_moved_ms > timeouts_.write_ms || now - entry.write_began_ms > timeouts_.total_ms);
            const std::int64_t deadline = connection->deadline_ms;
            if (stalled) {
                finished.push_back(std::move(connection));
            } else if (deadline != 0 && now > deadline && entry.write_began_ms == 0) {
                const bool asked = connection->pass(Stage::head, Stage::closing) || connection->pass(Stage::body, Stage::closing);
                (asked ? unanswered : finished).push_back(std::move(connection));
            }
        }
    }
    for (const auto& connection : unanswered) timed_out_(connection);
    for (const auto& connection : finished)
        if (connection->stage() != Stage::busy) connection->shut();
}

void Keeper::run() {
    std::array<epoll_event, 64> events{};
    std::int64_t looked_ms = steady_ms();
    for (;;) {
        {
            const std::lock_guard lock(mutex_);
            if (stopping_) return;
        }
        const int ready = epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), kTickMs);
        for (int i = 0; i < ready; ++i) write_on(events[static_cast<std::size_t>(i)].data.fd);
        if (steady_ms() - looked_ms < kTickMs) continue;
        looked_ms = steady_ms();
        look_for_late_ones();
    }
}

}  // namespace qudao::http
