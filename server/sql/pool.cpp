#include "server/sql/pool.hpp"

namespace qudao::sql {

Pool::Lease::~Lease() {
    if (session_ == nullptr) return;
    session_->rollback();
    pool_->give_back(std::move(session_));
}

Pool::Lease Pool::take() {
    std::unique_lock lock(mutex_);
    const auto ready = [&] { return !idle_.empty() || alive_ < settings_.sessions; };
    if (!freed_.wait_for(lock, settings_.wait, ready)) throw Failure(Failure::Kind::busy, 0, "no session came free");
    if (!idle_.empty()) {
        Lease lease(*this, std::move(idle_.back()));
        idle_.pop_back();
        return lease;
    }
    ++alive_;
    lock.unlock();
    try {
        return Lease(*this, std::make_unique<Session>(address_, settings_.readers, settings_.wait));
    } catch (...) {
        give_back(nullptr);
        throw;
    }
}

void Pool::give_back(std::unique_ptr<Session> session) {
    {
        const std::lock_guard lock(mutex_);
        if (session != nullptr && !session->broken()) idle_.push_back(std::move(session));
        else --alive_;
    }
    freed_.notify_one();
    // A broken one is closed here, outside the lock.
}

Pool::Lease Pool::begin(bool write) {
    // A session that lay idle may have been closed by the server: nothing was done on it yet, so another is tried.
    for (std::size_t attempt = 0;; ++attempt) {
        Lease lease = take();
        try {
            if (write) lease->begin_write();
            else lease->begin_read();
            return lease;
        } catch (const Failure& failure) {
            (void)lease->doom(failure);
            if (failure.kind() != Failure::Kind::unavailable || attempt >= settings_.sessions) throw;
        }
    }
}

}  // namespace qudao::sql
