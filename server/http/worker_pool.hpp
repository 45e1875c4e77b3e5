// The threads that run use cases: as many as there are database sessions, with a short queue. What does not fit is
// refused at once (503), so that a crowd makes nobody wait for minutes.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace qudao::http {

class WorkerPool {
public:
    WorkerPool(std::size_t threads, std::size_t queue_limit);
    ~WorkerPool();  // runs what is queued, then ends
    WorkerPool(const WorkerPool&) = delete;
    WorkerPool& operator=(const WorkerPool&) = delete;

    // False when the queue is full. The work must not throw.
    bool submit(std::function<void()> work);
    // Queued or running.
    std::size_t under_way() const;

private:
    void run();

    const std::size_t queue_limit_;
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<std::function<void()>> queue_;
    std::size_t running_ = 0;
    bool stopping_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace qudao::http
