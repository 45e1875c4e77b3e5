// Keeps all connections: writes on when a client takes its reply slowly, and ends what takes too long. One thread, so
// that neither the I/O workers nor the threads with database sessions ever wait for a client.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <unordered_map>

#include "server/http/connection.hpp"

namespace qudao::http {

class Keeper {
public:
    // `timed_out` is called on the keeper's thread for a request that did not come whole in time; the connection is
    // already in Stage::closing and nothing else will answer it.
    Keeper(Timeouts timeouts, std::size_t max_connections, std::function<void(const std::shared_ptr<Connection>&)> timed_out);
    ~Keeper();
    Keeper(const Keeper&) = delete;
    Keeper& operator=(const Keeper&) = delete;

    // False when there are too many already.
    bool add(const std::shared_ptr<Connection>& connection);
    void remove(const Connection& connection);

    // Writes a reply. With `close` nothing follows it, and the client has a moment to take it and go.
    void send(const std::shared_ptr<Connection>& connection, std::string head, Bytes body, bool close);

    const Timeouts& timeouts() const { return timeouts_; }
    std::size_t unwritten() const;  // connections with a part of a reply still to be written

private:
    struct Entry {
        std::weak_ptr<Connection> connection;
        std::int64_t write_began_ms = 0;  // 0: nothing unwritten
        std::int64_t write_moved_ms = 0;
        int queued_bytes = 0;             // in the kernel, when last looked at
    };
    void run();
    void write_on(int descriptor);
    void watch(const Connection& connection);
    void look_for_late_ones();
    void settle(const std::shared_ptr<Connection>& connection);

    const Timeouts timeouts_;
    const std::size_t max_connections_;
    const std::function<void(const std::shared_ptr<Connection>&)> timed_out_;
    const int epoll_;
    mutable std::mutex mutex_;
    std::unordered_map<int, Entry> entries_;  // by the connection's own descriptor
    std::size_t unwritten_ = 0;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace qudao::http
