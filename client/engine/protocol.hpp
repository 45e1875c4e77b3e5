// The messages between the page and an engine, one codec for both ends. A message is
//
//     4 bytes  length of the head, little-endian
//     head     JSON: {"type": ..., "id": ..., "head": what the type carries}
//     rest     bytes that need no parsing: a request's or reply's body, a workbook
//
// Page and engine come from one build, so there are no versions: what cannot be read is a bug and says so (protocol.*).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "client/engine/workbench_types.hpp"
#include "shared/api/message.hpp"
#include "shared/base/result.hpp"
#include "shared/dto/codec.hpp"

namespace qudao::engine {

enum class MessageType : std::uint8_t {
    // Page to engine.
    sandbox_start,     // SandboxStart
    request,           // RequestHead, body: to the sandbox's dispatcher
    open,              // OpenHead, body or file: the workbook
    answer,            // AnswerHead, body: to an `ask`
    rows,              // RowsRequest
    drop,              // DropRequest
    sight,
    refused_workbook,  // RefusedWorkbookRequest
    commit_body,       // CommitBodyHead
    reread,
    retry,
    move_template,     // FileHead: the name wanted
    export_list,       // ExportRequest
    marks,             // MarksHead, body or file: a department's marked workbook
    mark_faults,       // MarkFaultsRequest
    shown_table,       // ShownTable, body: its cells
    // Engine to page.
    ready,             // of sandbox_start: SandboxReady
    response,          // ResponseHead, body: of a `request`
    job,               // JobDto: a commit's progress in the sandbox
    ask,               // AskHead, body: a request the page is to send
    progress,          // Progress
    opened,            // FileFacts
    planned,           // PlannedHead
    rows_page,         // RowsPage
    sight_done,        // SightHead
    file,              // FileHead, body or file
    body,              // of commit_body: body only
    marks_read,        // MarksReadHead, body: the request to send
    failed,            // FailedHead
};
std::string_view code_of(MessageType type);

struct Message {
    MessageType type = MessageType::failed;
    std::int64_t id = 0;  // what is answered carries the id it was asked with
    dto::Json head;       // what the type carries, see above
    std::string body;
};

std::string encode_text(MessageType type, std::int64_t id, std::string_view head_json, std::string_view body);
template <class Head>
std::string encode(MessageType type, std::int64_t id, const Head& head, std::string_view body = {}) {
    return encode_text(type, id, dto::to_json(head), body);
}
// protocol.broken {detail}: too short, no JSON, unknown type.
Result<Message> decode(std::string_view bytes);
// The head as the type's struct; protocol.broken.
template <class Head>
Result<Head> head_of(const Message& message) {
    return dto::Decoder::decode<Head>(message.head);
}

struct Nothing {
    template <class V, class Self>
    static void fields(V&, Self&) {}
};

struct SandboxStart {
    std::int64_t seed = 20261118;
    std::int64_t customers = 20'000;  // 12 to 20,000
    std::string day;                  // 测试 date to begin with; empty: that of the data
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("seed", self.seed);
        v("customers", self.customers, dto::number(12, 20'000));
        v("day", self.day);
    }
};

// The accounts one can log in with, one of each kind, as the demonstration data made them.
struct SandboxAccount {
    std::string login;
    std::string password;
    std::string name;
    std::string role;  // as the role is named
    std::string unit;  // as the unit is named
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("login", self.login);
        v("password", self.password);
        v("name", self.name);
        v("role", self.role);
        v("unit", self.unit);
    }
};
struct SandboxReady {
    std::int64_t customers = 0;
    std::vector<SandboxAccount> accounts;
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("customers", self.customers);
        v("accounts", self.accounts);
    }
};

struct RequestHead {
    std::int32_t method = 0;  // api::Method
    std::string path;
    std::string query;
    std::string csrf_token;
    std::string if_match;
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("method", self.method, dto::number(0, 3));
        v("path", self.path);
        v("query", self.query);
        v("csrf_token", self.csrf_token);
        v("if_match", self.if_match);
    }
};

struct ResponseHead {
    std::int32_t status = 0;
    std::string content_type;
    std::string etag;
    std::string location;
    std::int32_t retry_after_s = 0;
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("status", self.status);
        v("content_type", self.content_type);
        v("etag", self.etag);
        v("location", self.location);
        v("retry_after_s", self.retry_after_s);
    }
};

struct OpenHead {
    std::string name;
    std::int64_t size_bytes = 0;
    std::string dropped_rows;  // of a workbook that was open before: Summary::dropped_rows
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("name", self.name);
        v("size_bytes", self.size_bytes);
        v("dropped_rows", self.dropped_rows);
    }
};

// A use case by name (shared/api/use_case.hpp); those that the engine asks for have no path parameters.
struct AskHead {
    std::string use_case;
    std::string query;
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("use_case", self.use_case);
        v("query", self.query);
    }
};

// An Error over the wire.
struct ErrorHead {
    std::string code;
    std::vector<std::vector<std::string>> params;  // [name, value]
    struct Field {
        std::string field;
        std::string code;
        std::int64_t row = 0;
        std::vector<std::vector<std::string>> params;
        template <class V, class Self>
        static void fields(V& v, Self& self) {
            v("field", self.field);
            v("code", self.code);
            v("row", self.row);
            v("params", self.params);
        }
    };
    std::vector<Field> fields_wrong;
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("code", self.code);
        v("params", self.params);
        v("fields", self.fields_wrong);
    }
};
ErrorHead to_head(const Error& error);
Error to_error(const ErrorHead& head);

struct AnswerHead {
    std::int32_t status = 0;         // 0: none came, then `error` says why
    std::optional<ErrorHead> error;
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("status", self.status);
        v("error", self.error);
    }
};

struct CommitBodyHead {
    std::string key;
    template <class V, class Self>
    static void fields(V& v, Self& self) { v("key", self.key); }
};

struct FileHead {
    std::string purpose;  // refused | template | export | marks
    std::string name;
    std::string mime_type;
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("purpose", self.purpose);
        v("name", self.name);
        v("mime_type", self.mime_type);
    }
};

struct MarksHead {
    std::string name;
    std::int64_t department = 0;
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("name", self.name);
        v("department", self.department);
    }
};
struct MarksReadHead {
    std::string name;
    std::int64_t department = 0;
    std::int64_t rows = 0;
    std::int64_t hidden_rows = 0;
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("name", self.name);
        v("department", self.department);
        v("rows", self.rows);
        v("hidden_rows", self.hidden_rows);
    }
};
struct MarkFaultsRequest {
    std::string file_name;
    std::vector<std::uint32_t> index;  // of the rows at fault
    std::vector<std::string> reason;   // a sentence each
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("file_name", self.file_name);
        v("index", self.index);
        v("reason", self.reason);
    }
};

struct SightHead {
    dto::SightDto sight;
    bool all_flows = true;
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("sight", self.sight);
        v("all_flows", self.all_flows);
    }
};

struct PlannedHead {
    Summary summary;
    std::optional<Changes> changes;
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("summary", self.summary);
        v("changes", self.changes);
    }
};

struct FailedHead {
    std::string during;  // see workbench_client.hpp
    ErrorHead error;
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("during", self.during);
        v("error", self.error);
    }
};

}  // namespace qudao::engine
