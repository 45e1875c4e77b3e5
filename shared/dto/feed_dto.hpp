// Feeds: what was imported, what is due, uploads and rejected lines.
#pragma once

#include "shared/dto/codec.hpp"
#include "shared/ports/feed_store.hpp"

namespace qudao::dto {

inline constexpr std::string_view kFeedKinds = "subscribers|lines|charges|arrears|orders";

struct FeedRunDto {
    std::int64_t id = 0;
    std::string kind;
    std::string source;
    std::string day;             // yyyy-MM-dd; empty: of a period, or not known
    std::int32_t period = 0;
    std::string file_name;
    std::int64_t person = 0;     // 0: the command line, the watched folder
    std::string person_name;
    std::string state;           // received | loading | merging | done | refused | failed
    std::string started_at;
    std::string finished_at;     // empty: not yet
    std::int64_t bytes = 0;
    std::int64_t lines = 0;
    std::int64_t read = 0;
    std::int64_t fresh = 0;
    std::int64_t changed = 0;
    std::int64_t unchanged = 0;
    std::int64_t rejected = 0;
    std::int64_t customers = 0;
    std::int64_t pooled = 0;
    std::int64_t disagreements = 0;
    std::int64_t raised = 0;
    std::int64_t unknown = 0;    // rows whose number no subscriber has
    std::string error;           // code
    std::string error_detail;    // "name=value name=value"
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("id", self.id);
        v("kind", self.kind);
        v("source", self.source);
        v("day", self.day);
        v("period", self.period);
        v("file_name", self.file_name);
        v("person", self.person);
        v("person_name", self.person_name);
        v("state", self.state);
        v("started_at", self.started_at);
        v("finished_at", self.finished_at);
        v("bytes", self.bytes);
        v("lines", self.lines);
        v("read", self.read);
        v("fresh", self.fresh);
        v("changed", self.changed);
        v("unchanged", self.unchanged);
        v("rejected", self.rejected);
        v("customers", self.customers);
        v("pooled", self.pooled);
        v("disagreements", self.disagreements);
        v("raised", self.raised);
        v("unknown", self.unknown);
        v("error", self.error);
        v("error_detail", self.error_detail);
    }
};
FeedRunDto to_dto(const ports::FeedRun& run, std::string person_name);

// One kind from one source: when it last went well, and how late the next one is.
struct FeedDto {
    std::string kind;
    std::string source;
    std::int32_t rhythm_days = 0;
    bool by_period = false;
    std::optional<FeedRunDto> last;
    std::string due_on;          // today, when there was none yet
    std::int32_t days_late = 0;
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("kind", self.kind);
        v("source", self.source);
        v("rhythm_days", self.rhythm_days);
        v("by_period", self.by_period);
        v("last", self.last);
        v("due_on", self.due_on);
        v("days_late", self.days_late);
    }
};
struct FeedsDto {
    std::vector<FeedDto> feeds;
    std::vector<FeedRunDto> runs;  // newest first
    std::optional<std::int64_t> next;  // of the parameter `before`, for older ones
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("feeds", self.feeds);
        v("runs", self.runs);
        v("next", self.next);
    }
};

struct UploadRequest {
    std::string kind;
    std::string file_name;
    std::int64_t bytes = 0;
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("kind", self.kind, one_of(kFeedKinds));
        v("file_name", self.file_name, text(1, 200));
        v("bytes", self.bytes, number(0, std::int64_t{8} << 30));
    }
};
// Bytes of an upload in base64, at most kPartBytes of them.
inline constexpr std::int64_t kPartBytes = 768 * 1024;
struct PartRequest {
    std::string body;
    template <class V, class Self>
    static void fields(V& v, Self& self) { v("body", self.body, text(1, (kPartBytes + 2) / 3 * 4)); }
};

struct RejectedLineDto {
    std::int64_t line = 0;
    std::string reason;
    std::string field;
    std::string text;
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("line", self.line);
        v("reason", self.reason);
        v("field", self.field);
        v("text", self.text);
    }
};
struct RejectedLinesDto {
    std::vector<RejectedLineDto> lines;
    std::optional<std::int64_t> next;  // of the parameter `after`
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("lines", self.lines);
        v("next", self.next);
    }
};

}  // namespace qudao::dto
