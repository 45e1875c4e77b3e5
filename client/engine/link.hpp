// Two ends of messages of bytes: the page and an engine. In the page a Worker; in tests the engine itself.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "client/platform/files.hpp"

namespace qudao::engine {

class Link {
public:
    struct Events {
        std::function<void(std::string bytes, platform::File file)> on_message;
        std::function<void(std::string_view detail)> on_failed;  // it is dead; nothing comes after it
    };
    virtual ~Link() = default;  // ends the engine; no event comes after it
    virtual void post(std::string_view bytes) = 0;
    virtual void post(std::string_view bytes, const platform::File& file) = 0;  // the file by reference
};

// Starts an engine: a Worker over engine.js in the page (worker_link.hpp), the engine itself in tests.
using MakeLink = std::function<std::unique_ptr<Link>(Link::Events)>;

}  // namespace qudao::engine
