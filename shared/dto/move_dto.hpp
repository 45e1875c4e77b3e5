// Bulk moves: the state of named customers, rows, plans, commits, batches and undo.
#pragma once

#include "shared/domain/move_plan.hpp"
#include "shared/domain/sight.hpp"
#include "shared/dto/session_dto.hpp"
#include "shared/ports/move_store.hpp"

namespace qudao::dto {

inline constexpr std::size_t kCodesPerRequest = 5000;
inline constexpr std::size_t kMaxMoveRows = 200'000;
inline constexpr std::size_t kMaxNoteCharacters = 255;

struct StatesRequest {
    StringColumn codes;
    template <class V, class Self>
    static void fields(V& v, Self& self) { v("codes", self.codes, items(kCodesPerRequest, 64)); }
};

struct StatesDto {
    BasisDto basis;
    StringColumn code;
    std::vector<std::int64_t> id;
    std::vector<std::int32_t> version;
    std::vector<std::int64_t> place;        // unit id
    std::vector<std::string> locked_until;  // yyyy-MM-dd or empty
    std::vector<std::optional<std::int64_t>> revenue_fen;
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("basis", self.basis);
        v("code", self.code, items(kCodesPerRequest));
        v("id", self.id, Rule{1, INT64_MAX, kCodesPerRequest});
        v("version", self.version, Rule{1, INT32_MAX, kCodesPerRequest});
        v("place", self.place, Rule{1, INT64_MAX, kCodesPerRequest});
        v("locked_until", self.locked_until, items(kCodesPerRequest));
        v("revenue_fen", self.revenue_fen, Rule{INT64_MIN, INT64_MAX, kCodesPerRequest});
    }
};
StatesDto to_dto(const CustomerColumns& customers, const Organisation& org, const Basis& basis);
// Adds to `customers`. request.invalid when columns differ in length; states.basis when a unit is unknown: read anew.
Status add_states(CustomerColumns& customers, const StatesDto& dto, const Organisation& org);

// Rows by columns; targets and notes repeat, so each distinct one is sent once.
struct MoveRowsDto {
    std::vector<std::uint32_t> row_number;
    StringColumn customer_code;
    StringColumn target_codes;
    std::vector<std::uint32_t> target;  // into target_codes
    StringColumn notes;
    std::vector<std::uint32_t> note;    // into notes
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("row_number", self.row_number, Rule{1, 10'000'000, kMaxMoveRows});
        v("customer_code", self.customer_code, items(kMaxMoveRows, 64));
        v("target_codes", self.target_codes, items(kMaxMoveRows, 64));
        v("target", self.target, Rule{0, kMaxMoveRows, kMaxMoveRows});
        v("notes", self.notes, items(kMaxMoveRows, kMaxNoteCharacters));
        v("note", self.note, Rule{0, kMaxMoveRows, kMaxMoveRows});
    }
};
// Rows that are not dropped.
MoveRowsDto to_dto(const MoveRows& rows, const std::vector<std::uint8_t>& dropped = {});
// Re-checks what reading a workbook checked (codes and notes), as the sender may not be our client.
Result<MoveRows> from_dto(const MoveRowsDto& dto);

struct PreviewRequest {
    MoveRowsDto rows;
    std::optional<std::int64_t> after{};  // of the refused rows, so many are known already
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("rows", self.rows);
        v("after", self.after, number(0, kMaxMoveRows));
    }
};

struct CountDto {
    std::string code;
    std::int64_t count = 0;
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("code", self.code);
        v("count", self.count);
    }
};

struct RowVerdictDto {
    std::int64_t row = 0;
    std::string customer_code;
    std::string verdict;
    std::string reason;
    std::string detail;  // a date, two with a slash between, or a row number, where the reason has one
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("row", self.row);
        v("customer_code", self.customer_code);
        v("verdict", self.verdict);
        v("reason", self.reason);
        v("detail", self.detail);
    }
};

struct FlowDto {
    std::int64_t from = 0;
    std::int64_t to = 0;
    std::int64_t customers = 0;
    std::int64_t with_revenue = 0;
    std::int64_t revenue_fen = 0;
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("from", self.from);
        v("to", self.to);
        v("customers", self.customers);
        v("with_revenue", self.with_revenue);
        v("revenue_fen", self.revenue_fen);
    }
};

// At a time: a reply stays well under 1 MB. The refused rows can all be had, part by part.
inline constexpr std::size_t kRefusedRowsShown = 4000;
inline constexpr std::size_t kFlowsShown = 5000;

// A plan as told by the server: for callers without the engine, and for undo.
struct PlanDto {
    std::string digest;
    BasisDto basis;
    WindowDto window;
    bool can_commit = false;
    std::int64_t rows = 0;
    std::vector<CountDto> verdicts;
    std::vector<CountDto> reasons;
    std::vector<RowVerdictDto> refused;  // kRefusedRowsShown of them, after those asked to be passed over; `verdicts` has their number
    std::int64_t flow_pairs = 0;
    std::vector<FlowDto> flows;          // of these the first kFlowsShown
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("digest", self.digest);
        v("basis", self.basis);
        v("window", self.window);
        v("can_commit", self.can_commit);
        v("rows", self.rows);
        v("verdicts", self.verdicts);
        v("reasons", self.reasons);
        v("refused", self.refused, items(kRefusedRowsShown));
        v("flow_pairs", self.flow_pairs);
        v("flows", self.flows, items(kFlowsShown));
    }
};
std::string detail_text(Reason reason, std::int32_t detail, const WindowPolicy& policy);
PlanDto to_dto(const MovePlan& plan, const MoveRows& rows, const CustomerColumns& customers, const PlanContext& context,
               std::int64_t passed_over = 0);
WindowDto to_dto(const WindowState& window, const WindowPolicy& policy);

struct SightRequest {
    std::vector<FlowDto> flows;
    template <class V, class Self>
    static void fields(V& v, Self& self) { v("flows", self.flows, Rule{INT64_MIN, INT64_MAX, 20'000}); }
};

struct SightChangeDto {
    std::int64_t person = 0;
    std::string login;
    std::string name;
    std::int64_t gains = 0;
    std::int64_t loses = 0;
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("person", self.person);
        v("login", self.login);
        v("name", self.name);
        v("gains", self.gains);
        v("loses", self.loses);
    }
};

struct SightDto {
    std::vector<SightChangeDto> changes;  // the 2,000 with the largest change
    std::int64_t persons = 0;             // of all for whom something changes
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("changes", self.changes);
        v("persons", self.persons);
    }
};

struct CommitRequest {
    std::string key;
    std::string digest;
    std::string file_name;
    MoveRowsDto rows;
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("key", self.key, text(16, 64));
        v("digest", self.digest, text(32, 32));
        v("file_name", self.file_name, text(0, 255));
        v("rows", self.rows);
    }
};

struct UndoRequest {
    std::string key;
    std::string digest;
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("key", self.key, text(16, 64));
        v("digest", self.digest, text(32, 32));
    }
};

struct BatchDto {
    std::int64_t id = 0;
    std::string kind;
    std::int64_t person = 0;
    std::string person_name;
    std::string at;   // Shanghai civil time
    std::string day;
    std::optional<std::int64_t> undo_of;
    std::string file_name;
    std::int64_t rows = 0;
    std::int64_t moved = 0;
    std::int64_t unchanged = 0;
    std::int64_t kept = 0;
    std::string digest;
    std::vector<std::int64_t> undone_by;
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("id", self.id);
        v("kind", self.kind);
        v("person", self.person);
        v("person_name", self.person_name);
        v("at", self.at);
        v("day", self.day);
        v("undo_of", self.undo_of);
        v("file_name", self.file_name);
        v("rows", self.rows);
        v("moved", self.moved);
        v("unchanged", self.unchanged);
        v("kept", self.kept);
        v("digest", self.digest);
        v("undone_by", self.undone_by);
    }
};
BatchDto to_dto(const ports::Batch& batch, std::string person_name, const std::vector<ports::Batch>& undos);

struct JobDto {
    std::string key;
    std::string state;  // running | done | failed
    std::string phase;
    std::int64_t done = 0;
    std::int64_t total = 0;
    std::optional<BatchDto> batch;   // done: a commit or undo
    std::optional<Json> result;      // done: a job of another kind, when it has something to say
    std::optional<Json> problem;     // failed: the problem document
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("key", self.key);
        v("state", self.state, one_of("running|done|failed"));
        v("phase", self.phase);
        v("done", self.done);
        v("total", self.total);
        v("batch", self.batch);
        v("result", self.result);
        v("problem", self.problem);
    }
};

}  // namespace qudao::dto
