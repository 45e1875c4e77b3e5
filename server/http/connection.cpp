#include "server/http/connection.hpp"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>

namespace qudao::http {

std::int64_t steady_ms() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

Connection::Connection(int socket, std::string address) : socket_(fcntl(socket, F_DUPFD_CLOEXEC, 0)), address_(std::move(address)) {}

Connection::~Connection() {
    if (socket_ >= 0) close(socket_);
}

Connection::Written Connection::write(std::string head, Bytes body, Stage then) {
    const std::lock_guard lock(mutex_);
    const bool waiting = !unwritten_.empty();
    unwritten_.push_back({bytes(std::move(head)), 0});
    if (body && !body->empty()) unwritten_.push_back({std::move(body), 0});
    stage_.store(then);
    return waiting ? Written::some : write_locked();  // the keeper is at the earlier ones
}

Connection::Written Connection::write_more() {
    const std::lock_guard lock(mutex_);
    return write_locked();
}

Connection::Written Connection::write_locked() {
    while (!unwritten_.empty()) {
        std::array<iovec, 4> parts{};
        std::size_t count = 0;
        for (const Part& part : unwritten_) {
            if (count == parts.size()) break;
            // The kernel does not write through this pointer; iovec has no const form.
            parts[count++] = {const_cast<char*>(part.content->data()) + part.offset, part.content->size() - part.offset};
        }
        msghdr message{};
        message.msg_iov = parts.data();
        message.msg_iovlen = count;
        const ssize_t sent = sendmsg(socket_, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent < 0) {
            if (errno == EINTR) continue;
            if (errno == EAGAIN || errno == EWOULDBLOCK) return Written::some;
            unwritten_.clear();
            return Written::broken;
        }
        auto left = static_cast<std::size_t>(sent);
        while (!unwritten_.empty() && left >= unwritten_.front().content->size() - unwritten_.front().offset) {
            left -= unwritten_.front().content->size() - unwritten_.front().offset;
            unwritten_.pop_front();
        }
        if (!unwritten_.empty()) unwritten_.front().offset += left;
    }
    return Written::all;
}

void Connection::shut() { shutdown(socket_, SHUT_RDWR); }
void Connection::shut_writing() { shutdown(socket_, SHUT_WR); }

}  // namespace qudao::http
