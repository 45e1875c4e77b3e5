// The page's hold on an engine that has a workbook open. Everything is asynchronous: a call posts to the engine, what comes
// back is pushed, as an Event, to the completion queue and handed to `on_event` before the next frame. The engine asks for
// customers, units and rights through the page, which sends those requests with its ApiClient.
//
// open() starts a Worker when there is none; close() ends it, which is the way to cancel a reading and gives the memory
// back. Events of what was closed or replaced by another open() never come; only a commit once sent is told of to its end.
//
//     open -> Progress..., Opened, Progress..., Summary | Failed
//     rows -> RowsPage;  drop -> Summary;  refused_workbook, move_template, export_list -> FileMade;  reread -> Summary
//     commit -> Committing..., Committed | Failed (moves.stale: reread() tells what changed, as Summary with Changes)
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "client/api/api_client.hpp"
#include "client/engine/link.hpp"
#include "client/engine/protocol.hpp"
#include "client/engine/workbench_types.hpp"
#include "client/platform/files.hpp"

namespace qudao::engine {

struct Opened { FileFacts facts; };
struct Planned {
    Summary summary;
    std::optional<Changes> changes;  // after reread()
};
struct RowsCame {
    std::int64_t request = 0;  // what rows() returned; older ones than the last asked for are dropped already
    RowsPage page;
};
struct SightCame { dto::SightDto sight; bool all_flows = true; };  // false: only the 20,000 largest flows were asked about
// A file to keep: platform::save_file(file, name), or save_bytes when `file` is not valid.
struct FileMade {
    std::string purpose;  // "refused" | "template" | "export"
    std::string name;
    std::string mime_type;
    platform::File file;
    std::string bytes;
};
struct Committing { dto::JobDto job; };
struct Committed { dto::BatchDto batch; };
// `during`: open | ask | rows | drop | refused | template | export | commit | sight | reread | engine. After "open" nothing
// is open; after "ask" and "reread" retry() goes on; after "engine" the Worker is dead and the workbook must be opened again.
struct Failed {
    std::string during;
    Error error;
};
// During "template" and "export" the workbook is not touched.
// A department's marked workbook was read: what to send.
struct MarksRead {
    MarksReadHead facts;
    std::string body;
};
using Event = std::variant<Progress, Opened, Planned, RowsCame, SightCame, FileMade, Committing, Committed, Failed, MarksRead>;

class WorkbenchClient {
public:
    using OnEvent = std::function<void(Event)>;

    WorkbenchClient(MakeLink make_link, client::ApiClient& api, client::Completions& completions, OnEvent on_event);
    ~WorkbenchClient();
    WorkbenchClient(const WorkbenchClient&) = delete;
    WorkbenchClient& operator=(const WorkbenchClient&) = delete;

    // `dropped_rows`: of a Summary, when the same file was open before.
    void open(const platform::File& file, std::string_view dropped_rows = {});
    void open(std::string_view name, std::string_view bytes);  // pasted text, as a .csv or tab-separated
    void close();
    bool is_open() const;  // from open() until close() or a Failed during "open" or "engine"

    std::int64_t rows(const RowsRequest& request);
    void drop(const DropRequest& request);
    void sight();
    void refused_workbook(const RefusedWorkbookRequest& request);
    // Sends what is planned, as `key`; the same key after a Failed{network.*} is safe and answers what the first did.
    void commit(const std::string& key);
    void reread();  // the state of everything anew, and what changed since
    void retry();   // after Failed during "ask" or "reread"

    // Without an open workbook as well, in an engine of their own; one at a time, the next ends the one before.
    void move_template(const std::string& file_name);
    void export_list(const ExportRequest& request);
    void shown_table(const ShownTable& table, std::string_view cells);
    void cancel_export();

    // In an engine of its own that keeps the rows until the next: MarksRead or Failed during "marks".
    void open_marks(const platform::File& file, std::int64_t department);
    void open_marks(std::string_view name, std::string_view bytes, std::int64_t department);
    void mark_faults(const MarkFaultsRequest& request);  // FileMade "marks"

private:
    struct Inside;
    std::shared_ptr<Inside> inside_;
};

}  // namespace qudao::engine
