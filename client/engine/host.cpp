#include "client/engine/host.hpp"

#include "client/engine/shown_table.hpp"

namespace qudao::engine {
namespace {

constexpr std::string_view kXlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
constexpr std::string_view kCsv = "text/csv;charset=utf-8";

// What came with the message, or the file beside it.
Result<std::string> bytes_of(Message& message, const FileSource& file) {
    std::string bytes = std::move(message.body);
    if (!file) return bytes;
    // Refused before it is read: it would not fit.
    const std::int64_t limit = workbook::Limits().file_bytes;
    if (file.size_bytes > limit)
        return Error::of(workbook::errors::kFileTooLarge)
            .with("limit_mb", limit / workbook::kMegabyte)
            .with("size_mb", file.size_bytes / workbook::kMegabyte);
    bytes.resize(static_cast<std::size_t>(file.size_bytes));
    if (!file.read(bytes.data())) return Error::of("engine.file_unreadable");
    return bytes;
}

Error no_plan() { return Error::of("engine.no_plan"); }

}  // namespace

Host::Host(ports::Clock& clock, Post post, PostFile post_file, std::shared_ptr<Sandbox> sandbox)
    : clock_(clock),
      post_(std::move(post)),
      post_file_(std::move(post_file)),
      asker_([this](std::int64_t id, const AskHead& head, std::string body) { this->post(MessageType::ask, id, head, body); }),
      sandbox_(std::move(sandbox)),
      questions_(asker_) {}

void Host::receive(std::string bytes, const FileSource& file) {
    auto message = decode(bytes);
    bytes = std::string();
    if (!message) return fail(0, "engine", message.error());
    act(*message, file);
}

void Host::act(Message& message, const FileSource& file) {
    switch (message.type) {
        case MessageType::sandbox_start: return start_sandbox(message);
        case MessageType::request: return serve(message);
        case MessageType::open: return open(message, file);
        case MessageType::answer: return answer(message);
        case MessageType::move_template: return make_template(message);
        case MessageType::export_list: return make_export(message);
        case MessageType::marks: return read_marks(message, file);
        case MessageType::mark_faults: return make_mark_faults(message);
        case MessageType::shown_table: return make_shown(message);
        default: break;
    }
    if (workbench_) return act_on_workbook(message);
    fail(message.id, code_of(message.type), no_plan());
}

void Host::act_on_workbook(const Message& message) {
    switch (message.type) {
        case MessageType::rows: {
            const auto request = head_of<RowsRequest>(message);
            const auto page = request ? workbench_->rows(*request) : Result<RowsPage>(request.error());
            return page ? post(MessageType::rows_page, message.id, *page) : fail(message.id, "rows", page.error());
        }
        case MessageType::drop: {
            const auto request = head_of<DropRequest>(message);
            const Status dropped = request ? workbench_->drop(*request) : Status(request.error());
            return dropped ? void() : fail(message.id, "drop", dropped.error());
        }
        case MessageType::commit_body: {
            const auto head = head_of<CommitBodyHead>(message);
            const auto body = head ? workbench_->commit_body(head->key) : Result<std::string>(head.error());
            return body ? post(MessageType::body, message.id, Nothing{}, *body) : fail(message.id, "commit", body.error());
        }
        case MessageType::sight: return ask_sight(message.id);
        case MessageType::refused_workbook: return make_refused_workbook(message);
        case MessageType::reread: return workbench_->reread();
        case MessageType::retry: return workbench_->retry();
        default: return fail(message.id, "engine", Error::of("protocol.broken").with("detail", code_of(message.type)));
    }
}

// --- the sandbox ------------------------------------------------------------------------------------------------------
void Host::start_sandbox(const Message& message) {
    if (sandbox_) return post(MessageType::ready, message.id, sandbox_->ready());
    const auto start = head_of<SandboxStart>(message);
    if (!start) return fail(message.id, "sandbox", start.error());
    sandbox_ = std::make_shared<Sandbox>(clock_, static_cast<std::uint64_t>(start->seed),
                                         [this](const dto::JobDto& job) { post(MessageType::job, 0, job); });
    const auto ready = sandbox_->fill(*start, [this](const Progress& at) { return progress(at); });
    if (ready) return post(MessageType::ready, message.id, *ready);
    sandbox_.reset();
    fail(message.id, "sandbox", ready.error());
}

void Host::serve(Message& message) {
    const auto head = head_of<RequestHead>(message);
    if (!head || !sandbox_) return fail(message.id, "request", head ? Error::of("engine.no_sandbox") : head.error());
    api::Request request;
    request.method = static_cast<api::Method>(head->method);
    request.path = head->path;
    request.query = head->query;
    request.csrf_token = head->csrf_token;
    request.if_match = head->if_match;
    request.body = std::move(message.body);
    request.session_token = session_token_;
    request.address = "sandbox";
    const api::Response response = sandbox_->handle(request);
    if (response.session_change == api::SessionChange::set) session_token_ = response.session_token;
    if (response.session_change == api::SessionChange::clear) session_token_.clear();
    const ResponseHead out{response.status, response.content_type, response.etag, response.location, response.retry_after_s};
    post(MessageType::response, message.id, out, response.body);
}

// --- the workbench ----------------------------------------------------------------------------------------------------
void Host::open(Message& message, const FileSource& file) {
    open_id_ = message.id;
    const auto head = head_of<OpenHead>(message);
    if (!head) return failed("open", head.error());
    auto bytes = bytes_of(message, file);
    if (!bytes) return failed("open", bytes.error());
    // A new one: nothing of what was open before is kept while the file is read.
    workbench_.reset();
    workbench_ = std::make_unique<Workbench>(asker_, *this);
    workbench_->open(head->name, std::move(*bytes), head->dropped_rows);
}

void Host::answer(Message& message) {
    const auto head = head_of<AnswerHead>(message);
    if (!head) return fail(message.id, "engine", head.error());
    asker_.answer(message.id, head->error ? Result<std::string>(to_error(*head->error)) : Result<std::string>(std::move(message.body)));
}

void Host::ask_sight(std::int64_t id) {
    auto request = workbench_->sight_request();
    if (!request) return fail(id, "sight", request.error());
    questions_.ask<dto::SightDto>({"moves.sight", {}}, dto::to_json(request->first),
                                  [this, id, all_flows = request->second](Result<dto::SightDto> sight) {
                                      if (!sight) return fail(id, "sight", sight.error());
                                      post(MessageType::sight_done, id, SightHead{std::move(*sight), all_flows});
                                  });
}

void Host::make_refused_workbook(const Message& message) {
    const auto request = head_of<RefusedWorkbookRequest>(message);
    if (!request) return fail(message.id, "refused", request.error());
    post_made(message.id, {"refused", request->file_name, std::string(kXlsx)}, workbench_->refused_workbook(*request));
}

void Host::make_template(const Message& message) {
    const auto head = head_of<FileHead>(message);
    if (!head) return fail(message.id, "template", head.error());
    post_made(message.id, {"template", head->name, std::string(kXlsx)}, workbook::write_move_template());
}

void Host::make_export(const Message& message) {
    const auto request = head_of<ExportRequest>(message);
    if (!request) return fail(message.id, "export", request.error());
    const std::int64_t id = message.id;
    const FileHead head{"export", request->file_name, std::string(request->format == "csv" ? kCsv : kXlsx)};
    // It is let go with the Worker: the page ends that after each export.
    auto& running = exports_[id];
    running = std::make_unique<ListExport>(
        asker_, *request, [this](const Progress& at) { return progress(at); },
        [this, id, head](Result<std::string> bytes) { post_made(id, head, bytes); });
    running->start();
}

void Host::read_marks(Message& message, const FileSource& file) {
    const auto head = head_of<MarksHead>(message);
    if (!head) return fail(message.id, "marks", head.error());
    const auto bytes = bytes_of(message, file);
    const Status read = bytes ? marks_.read(*bytes) : Status(bytes.error());
    if (!read) return fail(message.id, "marks", read.error());
    post(MessageType::marks_read, message.id, marks_.facts(*head), marks_.request(head->department));
}

void Host::make_mark_faults(const Message& message) {
    const auto request = head_of<MarkFaultsRequest>(message);
    if (!request) return fail(message.id, "marks", request.error());
    post_made(message.id, {"marks", request->file_name, std::string(kXlsx)}, marks_.faulty(*request));
}

void Host::make_shown(const Message& message) {
    const auto table = head_of<ShownTable>(message);
    if (!table) return fail(message.id, "export", table.error());
    post_made(message.id, {"export", table->file_name, std::string(kXlsx)}, write_shown(*table, message.body));
}

// --- what is told -----------------------------------------------------------------------------------------------------
bool Host::progress(const Progress& progress) {
    post(MessageType::progress, open_id_, progress);
    return true;  // whoever wants to cancel ends the Worker
}
void Host::opened(const FileFacts& facts) { post(MessageType::opened, open_id_, facts); }
void Host::planned(const Summary& summary, const std::optional<Changes>& changes) {
    post(MessageType::planned, open_id_, PlannedHead{summary, changes});
}
void Host::failed(std::string_view during, const Error& error) { fail(open_id_, during, error); }

void Host::fail(std::int64_t id, std::string_view during, const Error& error) {
    post(MessageType::failed, id, FailedHead{std::string(during), to_head(error)});
}

void Host::post_made(std::int64_t id, FileHead head, const Result<std::string>& bytes) {
    if (!bytes) return fail(id, head.purpose, bytes.error());
    post_file_(encode(MessageType::file, id, head), *bytes, head);
}

}  // namespace qudao::engine
