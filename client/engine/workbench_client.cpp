#include "client/engine/workbench_client.hpp"

namespace qudao::engine {

// One engine that runs, with what it asks for. A new one is made for each workbook and each export.
struct WorkbenchClient::Inside : std::enable_shared_from_this<Inside> {
    struct Engine {
        std::unique_ptr<Link> link;
        client::Lane lane;            // of the requests it asks for
        std::int64_t number = 0;      // messages of an earlier one are dropped
    };

    MakeLink make_link;
    client::ApiClient& api;
    client::Completions& completions;
    OnEvent on_event;
    Engine workbench;
    Engine maker;                     // of templates and exports
    Engine marker;                    // of a department's marked workbook
    client::Lane commit_lane;
    std::int64_t last_number = 0;
    std::int64_t last_id = 0;
    std::int64_t last_rows_id = 0;
    std::string commit_key;
    bool open = false;

    Inside(MakeLink links, client::ApiClient& client, client::Completions& queue, OnEvent event)
        : make_link(std::move(links)), api(client), completions(queue), on_event(std::move(event)) {}

    void tell(Event event) { on_event(std::move(event)); }
    void start(Engine& engine);
    void end(Engine& engine);
    // The engine that messages of this number come from; null: an earlier one's.
    Engine* find(std::int64_t number);
    void came(std::int64_t number, const std::string& bytes, platform::File file);
    void died(std::int64_t number, const std::string& detail);
    void act(Engine& engine, Message& message, platform::File file);
    void forward(Engine& engine, Message& message);
    void made(Engine& engine, Message& message, platform::File file);
    void failed(Engine& engine, const Message& message);
    void send_commit(std::string body);
    template <class Head>
    void post(MessageType type, std::int64_t id, const Head& head, std::string_view body = {}) {
        if (workbench.link) workbench.link->post(encode(type, id, head, body));
    }
};

void WorkbenchClient::Inside::start(Engine& engine) {
    end(engine);
    engine.number = ++last_number;
    const auto push = [weak = weak_from_this(), &queue = completions](std::function<void(Inside&)> handle) {
        queue.push([weak, handle = std::move(handle)] {
            if (const auto inside = weak.lock()) handle(*inside);
        });
    };
    Link::Events events;
    events.on_message = [push, number = engine.number](std::string bytes, platform::File file) {
        push([number, bytes = std::move(bytes), file = std::move(file)](Inside& inside) { inside.came(number, bytes, file); });
    };
    events.on_failed = [push, number = engine.number](std::string_view detail) {
        push([number, detail = std::string(detail)](Inside& inside) { inside.died(number, detail); });
    };
    engine.link = make_link(std::move(events));
}

void WorkbenchClient::Inside::end(Engine& engine) {
    engine.lane.cancel();
    engine.link.reset();
    engine.number = 0;
}

WorkbenchClient::Inside::Engine* WorkbenchClient::Inside::find(std::int64_t number) {
    if (number == workbench.number) return &workbench;
    if (number == marker.number) return &marker;
    return number == maker.number ? &maker : nullptr;
}

void WorkbenchClient::Inside::came(std::int64_t number, const std::string& bytes, platform::File file) {
    Engine* engine = find(number);
    if (engine == nullptr) return;
    auto message = decode(bytes);
    if (!message) return died(number, "protocol");
    act(*engine, *message, std::move(file));
}

void WorkbenchClient::Inside::died(std::int64_t number, const std::string& detail) {
    Engine* engine = find(number);
    if (engine == nullptr) return;
    const std::string_view during = engine == &maker ? "export" : engine == &marker ? "marks" : "engine";
    if (engine == &workbench) open = false;
    end(*engine);
    tell(Failed{std::string(during), Error::of(client::kEngineFailed).because(detail)});
}

void WorkbenchClient::Inside::act(Engine& engine, Message& message, platform::File file) {
    const auto tell_head = [&]<class Head>(Result<Head> head, auto make) {
        if (head) tell(make(std::move(*head)));
    };
    switch (message.type) {
        case MessageType::ask: return forward(engine, message);
        case MessageType::progress: return tell_head(head_of<Progress>(message), [](Progress at) { return Event(std::move(at)); });
        case MessageType::opened: return tell_head(head_of<FileFacts>(message), [](FileFacts facts) { return Event(Opened{std::move(facts)}); });
        case MessageType::planned:
            return tell_head(head_of<PlannedHead>(message),
                             [](PlannedHead head) { return Event(Planned{std::move(head.summary), std::move(head.changes)}); });
        case MessageType::rows_page:
            if (message.id != last_rows_id) return;
            return tell_head(head_of<RowsPage>(message), [&](RowsPage page) { return Event(RowsCame{message.id, std::move(page)}); });
        case MessageType::sight_done:
            return tell_head(head_of<SightHead>(message), [](SightHead head) { return Event(SightCame{std::move(head.sight), head.all_flows}); });
        case MessageType::body: return send_commit(std::move(message.body));
        case MessageType::marks_read:
            return tell_head(head_of<MarksReadHead>(message),
                             [&](MarksReadHead head) { return Event(MarksRead{std::move(head), std::move(message.body)}); });
        case MessageType::file: return made(engine, message, std::move(file));
        case MessageType::failed: return failed(engine, message);
        default: return;
    }
}

void WorkbenchClient::Inside::forward(Engine& engine, Message& message) {
    const auto head = head_of<AskHead>(message);
    if (!head) return;
    client::RawCall call{head->use_case, {}, head->query, std::move(message.body)};
    api.forward(engine.lane.current(), std::move(call), [this, number = engine.number, id = message.id](Result<api::Response> response) {
        Engine* asking = find(number);
        if (asking == nullptr) return;
        AnswerHead answer;
        if (!response) answer.error = to_head(response.error());
        else if (response->status < 200 || response->status >= 300) answer.error = to_head(client::error_of(*response));
        answer.status = response ? response->status : 0;
        asking->link->post(encode(MessageType::answer, id, answer, answer.error ? std::string_view() : std::string_view(response->body)));
    });
}

void WorkbenchClient::Inside::made(Engine& engine, Message& message, platform::File file) {
    auto head = head_of<FileHead>(message);
    if (!head) return;
    FileMade event{std::move(head->purpose), std::move(head->name), std::move(head->mime_type), std::move(file), std::move(message.body)};
    if (&engine == &maker) end(maker);  // a Blob outlives its Worker
    tell(std::move(event));
}

void WorkbenchClient::Inside::failed(Engine& engine, const Message& message) {
    auto head = head_of<FailedHead>(message);
    if (!head) return;
    if (head->during == "rows" && message.id != last_rows_id) return;
    if (head->during == "open" || &engine == &maker) {
        if (&engine == &workbench) open = false;
        end(engine);
    }
    tell(Failed{std::move(head->during), to_error(head->error)});
}

void WorkbenchClient::Inside::send_commit(std::string body) {
    const auto weak = weak_from_this();
    api.commit(
        commit_lane.renew(), commit_key, std::move(body),
        [weak](const dto::JobDto& job) {
            if (const auto inside = weak.lock()) inside->tell(Committing{job});
        },
        [weak](Result<dto::BatchDto> batch) {
            const auto inside = weak.lock();
            if (!inside) return;
            if (batch) inside->tell(Committed{std::move(*batch)});
            else inside->tell(Failed{"commit", std::move(batch).error()});
        });
}

WorkbenchClient::WorkbenchClient(MakeLink make_link, client::ApiClient& api, client::Completions& completions, OnEvent on_event)
    : inside_(std::make_shared<Inside>(std::move(make_link), api, completions, std::move(on_event))) {}

WorkbenchClient::~WorkbenchClient() = default;

void WorkbenchClient::open(const platform::File& file, std::string_view dropped_rows) {
    inside_->start(inside_->workbench);
    inside_->open = true;
    inside_->workbench.link->post(encode(MessageType::open, ++inside_->last_id, OpenHead{file.name(), file.size_bytes(), std::string(dropped_rows)}), file);
}

void WorkbenchClient::open(std::string_view name, std::string_view bytes) {
    inside_->start(inside_->workbench);
    inside_->open = true;
    inside_->post(MessageType::open, ++inside_->last_id, OpenHead{std::string(name), static_cast<std::int64_t>(bytes.size()), {}}, bytes);
}

void WorkbenchClient::close() {
    inside_->end(inside_->workbench);
    inside_->open = false;
}

bool WorkbenchClient::is_open() const { return inside_->open; }

std::int64_t WorkbenchClient::rows(const RowsRequest& request) {
    inside_->last_rows_id = ++inside_->last_id;
    inside_->post(MessageType::rows, inside_->last_rows_id, request);
    return inside_->last_rows_id;
}

void WorkbenchClient::drop(const DropRequest& request) { inside_->post(MessageType::drop, ++inside_->last_id, request); }
void WorkbenchClient::sight() { inside_->post(MessageType::sight, ++inside_->last_id, Nothing{}); }
void WorkbenchClient::refused_workbook(const RefusedWorkbookRequest& request) {
    inside_->post(MessageType::refused_workbook, ++inside_->last_id, request);
}
void WorkbenchClient::commit(const std::string& key) {
    inside_->commit_key = key;
    inside_->post(MessageType::commit_body, ++inside_->last_id, CommitBodyHead{key});
}
void WorkbenchClient::reread() { inside_->post(MessageType::reread, ++inside_->last_id, Nothing{}); }
void WorkbenchClient::retry() { inside_->post(MessageType::retry, ++inside_->last_id, Nothing{}); }

void WorkbenchClient::move_template(const std::string& file_name) {
    inside_->start(inside_->maker);
    inside_->maker.link->post(encode(MessageType::move_template, ++inside_->last_id, FileHead{"template", file_name, {}}));
}

void WorkbenchClient::export_list(const ExportRequest& request) {
    inside_->start(inside_->maker);
    inside_->maker.link->post(encode(MessageType::export_list, ++inside_->last_id, request));
}

void WorkbenchClient::open_marks(const platform::File& file, std::int64_t department) {
    inside_->start(inside_->marker);
    inside_->marker.link->post(encode(MessageType::marks, ++inside_->last_id, MarksHead{file.name(), department}), file);
}

void WorkbenchClient::open_marks(std::string_view name, std::string_view bytes, std::int64_t department) {
    inside_->start(inside_->marker);
    inside_->marker.link->post(encode(MessageType::marks, ++inside_->last_id, MarksHead{std::string(name), department}, bytes));
}

void WorkbenchClient::mark_faults(const MarkFaultsRequest& request) {
    if (inside_->marker.link) inside_->marker.link->post(encode(MessageType::mark_faults, ++inside_->last_id, request));
}

void WorkbenchClient::shown_table(const ShownTable& table, std::string_view cells) {
    inside_->start(inside_->maker);
    inside_->maker.link->post(encode(MessageType::shown_table, ++inside_->last_id, table, cells));
}

void WorkbenchClient::cancel_export() { inside_->end(inside_->maker); }

}  // namespace qudao::engine
