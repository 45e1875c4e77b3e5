// Requests that the engine has the page send, and their answers. The engine has no network of its own: it asks for use
// cases by name, and the page sends them with its session. In the engine only.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>

#include "client/api/transport.hpp"
#include "client/engine/protocol.hpp"
#include "shared/base/result.hpp"

namespace qudao::engine {

class Asker {
public:
    using Send = std::function<void(std::int64_t id, const AskHead& head, std::string body)>;
    using Reply = std::function<void(Result<std::string> body)>;

    explicit Asker(Send send) : send_(std::move(send)) {}

    // `reply` is called later, never within ask(): it may end whoever asked.
    std::int64_t ask(AskHead head, std::string body, Reply reply) {
        const std::int64_t id = ++last_id_;
        waiting_.emplace(id, std::move(reply));
        send_(id, head, std::move(body));
        return id;
    }
    void forget(std::int64_t id) { waiting_.erase(id); }
    // Of what is forgotten: nothing happens.
    void answer(std::int64_t id, Result<std::string> body) {
        auto node = waiting_.extract(id);
        if (!node.empty()) node.mapped()(std::move(body));
    }

private:
    Send send_;
    std::map<std::int64_t, Reply> waiting_;
    std::int64_t last_id_ = 0;
};

// What one reader has asked and not yet heard; gone with it, its answers are for nobody.
class Questions {
public:
    explicit Questions(Asker& asker) : asker_(asker) {}
    ~Questions() { forget_all(); }
    Questions(const Questions&) = delete;
    Questions& operator=(const Questions&) = delete;

    template <class Dto>
    void ask(AskHead head, std::string body, std::function<void(Result<Dto>)> reply) {
        const auto id = std::make_shared<std::int64_t>(0);
        *id = asker_.ask(std::move(head), std::move(body), [this, id, reply = std::move(reply)](Result<std::string> text) {
            waiting_.erase(*id);
            if (!text) return reply(std::move(text).error());
            auto value = dto::from_json<Dto>(*text);
            text = std::string();
            reply(value ? std::move(value) : Result<Dto>(Error::of(client::kBadReply).with("status", 200)));
        });
        waiting_.insert(*id);
    }
    void forget_all() {
        for (const std::int64_t id : std::exchange(waiting_, {})) asker_.forget(id);
    }
    std::size_t waiting() const { return waiting_.size(); }

private:
    Asker& asker_;
    std::set<std::int64_t> waiting_;
};

}  // namespace qudao::engine
