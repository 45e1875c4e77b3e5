// One client's connection: where its request stands, and what is still to be written to it.
//
// Replies are written here and not through Pistache, whose writer spins at full speed on a client that does not read and
// finds its socket by number: a reply that is late by a moment could reach whoever has got the same number since. Here
// the socket is a duplicate that stays ours until the last one who holds the Connection lets go.
//
// Threads: the I/O worker reads and changes `Reading`; a pool thread writes the reply; the keeper writes what was left
// over and ends what takes too long. The stage is what they agree by.
#pragma once

#include <atomic>
#include <cstdint>
#include <deque>
#include <mutex>
#include <string>

#include "server/http/head.hpp"
#include "server/http/reply.hpp"

namespace qudao::http {

enum class Stage : std::uint8_t {
    idle,     // between requests
    head,     // part of a head has come
    body,     // the head is whole, the body is coming
    busy,     // handed over; bytes that come now are pipelined and end the connection after the reply
    closing,  // the last reply is being written, or the peer is to go away; what comes is dropped
};

// Milliseconds of a clock that only goes forward.
std::int64_t steady_ms();

struct Timeouts {
    std::int64_t idle_ms = 75'000;
    std::int64_t head_ms = 10'000;    // for the whole head
    std::int64_t body_ms = 20'000;    // without a byte of the body
    std::int64_t write_ms = 30'000;   // without the client taking a byte
    std::int64_t total_ms = 600'000;  // for a whole body, and for a whole reply
    std::int64_t linger_ms = 5'000;   // for the client to take the last reply and go
};

// What the I/O worker knows of the request that is coming in.
struct Reading {
    std::string input;  // of the head so far, or pipelined bytes
    Head head;
    std::string body;
    std::int64_t began_ms = 0;
    std::int64_t reserved_bytes = 0;  // of the server's budget for bodies
    std::int64_t body_limit = 0;      // beyond it the rest is dropped and the reply is 413
};

class Connection {
public:
    // Duplicates the socket; -1 inside when there are no more descriptors: then nothing is ever written.
    Connection(int socket, std::string address);
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    const std::string& address() const { return address_; }
    int socket() const { return socket_; }

    Reading reading;  // the I/O worker's alone

    Stage stage() const { return stage_.load(); }
    void enter(Stage stage) { stage_.store(stage); }
    bool pass(Stage from, Stage to) { return stage_.compare_exchange_strong(from, to); }

    std::atomic<std::int64_t> deadline_ms{0};  // 0: none; of the stage, watched by the keeper
    std::atomic<bool> pipelined{false};        // bytes came while busy: close after the reply

    enum class Written : std::uint8_t { all, some, broken };
    // Puts the bytes behind what is still unwritten and writes as much as the client takes at once. `then` is the stage
    // entered before the first byte goes out, so that an answer to it is never met by an old stage.
    Written write(std::string head, Bytes body, Stage then);
    Written write_more();
    // Ends both directions: the I/O worker then sees the end and lets go of the connection.
    void shut();
    void shut_writing();

private:
    struct Part {
        Bytes content;
        std::size_t offset = 0;
    };
    Written write_locked();

    const int socket_;
    const std::string address_;
    std::atomic<Stage> stage_{Stage::idle};
    std::mutex mutex_;
    std::deque<Part> unwritten_;
};

}  // namespace qudao::http
