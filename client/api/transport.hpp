// How a request reaches whoever answers it: over HTTP, or to the engine's sandbox. Knows nothing of use cases.
// Errors: network.unreachable, network.timed_out, network.aborted, engine.failed. Whatever status came is a Response.
#pragma once

#include <cstdint>
#include <functional>
#include <string_view>
#include <utility>

#include "shared/api/message.hpp"
#include "shared/base/result.hpp"
#include "shared/dto/move_dto.hpp"

namespace qudao::client {

inline constexpr std::string_view kUnreachable = "network.unreachable";  // no network, refused, blocked
inline constexpr std::string_view kTimedOut = "network.timed_out";
inline constexpr std::string_view kAborted = "network.aborted";          // never shown: nobody wants the reply any more
inline constexpr std::string_view kBadReply = "network.bad_reply";       // {status}: an answer that is none of ours
inline constexpr std::string_view kEngineFailed = "engine.failed";       // the Worker died or could not be started

using TransportId = std::int32_t;  // 0 is none

class Transport {
public:
    using Done = std::function<void(Result<api::Response>)>;
    using OnJob = std::function<void(const dto::JobDto&)>;

    virtual ~Transport() = default;
    // `done` is called once, now or later; after abort() perhaps never. The session token is not the caller's business:
    // the browser's cookie, or what the sandbox remembers.
    virtual TransportId send(api::Request request, Done done) = 0;
    virtual void abort(TransportId id) = 0;  // of one that is over: nothing happens
    // A transport that hears of a job's progress by itself tells it here; others are polled.
    void set_on_job(OnJob on_job) { on_job_ = std::move(on_job); }

protected:
    void tell_job(const dto::JobDto& job) const {
        if (on_job_) on_job_(job);
    }

private:
    OnJob on_job_;
};

}  // namespace qudao::client
