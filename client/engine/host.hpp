// The engine's end of the protocol: takes messages, holds a sandbox and an open workbook, and posts what they say. Both
// faces are there; the page uses one Worker for each, so that the workbook's memory can be given back alone. In the Worker
// (engine_main.cpp), and in tests.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "client/engine/asker.hpp"
#include "client/engine/list_export.hpp"
#include "client/engine/marks.hpp"
#include "client/engine/protocol.hpp"
#include "client/engine/sandbox.hpp"
#include "client/engine/workbench.hpp"

namespace qudao::engine {

// A file that came with a message, not yet read.
struct FileSource {
    std::int64_t size_bytes = 0;
    std::function<bool(char* into)> read;  // false: moved, changed or forbidden meanwhile
    explicit operator bool() const { return static_cast<bool>(read); }
};

class Host final : public Workbench::Listener {
public:
    using Post = std::function<void(std::string_view message)>;
    // The same, with a file beside the message.
    using PostFile = std::function<void(std::string_view message, std::string_view file, const FileHead& head)>;

    // Several may share a sandbox that is filled already, each with a session of its own: a test's browsers.
    Host(ports::Clock& clock, Post post, PostFile post_file, std::shared_ptr<Sandbox> sandbox = nullptr);
    void receive(std::string bytes, const FileSource& file = {});

private:
    bool progress(const Progress& progress) override;
    void opened(const FileFacts& facts) override;
    void planned(const Summary& summary, const std::optional<Changes>& changes) override;
    void failed(std::string_view during, const Error& error) override;

    void act(Message& message, const FileSource& file);
    void act_on_workbook(const Message& message);
    void start_sandbox(const Message& message);
    void serve(Message& message);
    void open(Message& message, const FileSource& file);
    void answer(Message& message);
    void ask_sight(std::int64_t id);
    void make_refused_workbook(const Message& message);
    void make_template(const Message& message);
    void make_export(const Message& message);
    void read_marks(Message& message, const FileSource& file);
    void make_mark_faults(const Message& message);
    void make_shown(const Message& message);
    void fail(std::int64_t id, std::string_view during, const Error& error);
    void post_made(std::int64_t id, FileHead head, const Result<std::string>& bytes);

    template <class Head>
    void post(MessageType type, std::int64_t id, const Head& head, std::string_view body = {}) {
        post_(encode(type, id, head, body));
    }

    ports::Clock& clock_;
    Post post_;
    PostFile post_file_;
    Asker asker_;
    std::shared_ptr<Sandbox> sandbox_;
    std::string session_token_;  // what the cookie is over HTTP
    std::unique_ptr<Workbench> workbench_;
    std::int64_t open_id_ = 0;  // what the workbook was opened with: told with all that comes of it by itself
    Questions questions_;
    std::map<std::int64_t, std::unique_ptr<ListExport>> exports_;
    Marks marks_;
};

}  // namespace qudao::engine
