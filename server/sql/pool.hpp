// Sessions to one database, made when first needed and kept. SQLite: one that writes, on which writers queue, and several
// that read. MariaDB: all alike. Shared by threads.
#pragma once

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <vector>

#include "server/sql/session.hpp"

namespace qudao::sql {

class Pool {
public:
    struct Settings {
        bool readers = false;
        std::size_t sessions = 1;
        std::chrono::milliseconds wait{30000};
    };
    Pool(Address address, Settings settings) : address_(std::move(address)), settings_(settings) {}
    Pool(const Pool&) = delete;
    Pool& operator=(const Pool&) = delete;

    // Gives the session back, rolled back, or throws it away when it is broken. The pool must outlive it.
    class Lease {
    public:
        Lease(Pool& pool, std::unique_ptr<Session> session) : pool_(&pool), session_(std::move(session)) {}
        Lease(Lease&&) = default;
        ~Lease();
        Session& operator*() const { return *session_; }
        Session* operator->() const { return session_.get(); }

    private:
        Pool* pool_;
        std::unique_ptr<Session> session_;
    };
    // A session in a transaction. Failure busy when none came free in time, unavailable when none can be made.
    Lease begin(bool write);

private:
    Lease take();
    void give_back(std::unique_ptr<Session> session);

    const Address address_;
    const Settings settings_;
    std::mutex mutex_;
    std::condition_variable freed_;
    std::vector<std::unique_ptr<Session>> idle_;  // the last given back is the next taken
    std::size_t alive_ = 0;
};

}  // namespace qudao::sql
