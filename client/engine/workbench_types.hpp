// What the workbench tells the page and is asked by it: values only, each with its JSON (dto/codec.hpp). Codes are the
// domain's (verdict "moved", reason "locked", ...); the words for them are the page's. Units are told by id.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "shared/dto/list_dto.hpp"
#include "shared/dto/move_dto.hpp"
#include "shared/dto/session_dto.hpp"

namespace qudao::engine {

inline constexpr std::size_t kRowNumbersShown = 200;
inline constexpr std::int32_t kMaxPageRows = 2000;

// The workbook as it was read: what a person should be told about it.
struct FileFacts {
    std::string name;
    std::int64_t size_bytes = 0;
    std::string kind;       // xlsx | csv
    std::string encoding;   // utf8 | utf16 | gbk, of a csv
    std::string sheet;
    std::int64_t header_row = 0;
    std::int64_t rows = 0;
    std::int64_t blank_rows = 0;
    std::int64_t hidden_rows = 0;     // read like the others: say so
    std::int64_t restored_codes = 0;  // got their lost leading zero back: say so
    std::int64_t skipped_sheets = 0;
    std::int64_t hidden_sheets = 0;
    std::int64_t merged_ranges = 0;
    std::int64_t uncomputed_cells = 0;
    bool was_refused_rows = false;    // the workbook of refused rows, coming back
    std::vector<std::int64_t> hidden_row_numbers;    // the first kRowNumbersShown, as the spreadsheet counts
    std::vector<std::int64_t> restored_row_numbers;
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("name", self.name);
        v("size_bytes", self.size_bytes);
        v("kind", self.kind);
        v("encoding", self.encoding);
        v("sheet", self.sheet);
        v("header_row", self.header_row);
        v("rows", self.rows);
        v("blank_rows", self.blank_rows);
        v("hidden_rows", self.hidden_rows);
        v("restored_codes", self.restored_codes);
        v("skipped_sheets", self.skipped_sheets);
        v("hidden_sheets", self.hidden_sheets);
        v("merged_ranges", self.merged_ranges);
        v("uncomputed_cells", self.uncomputed_cells);
        v("was_refused_rows", self.was_refused_rows);
        v("hidden_row_numbers", self.hidden_row_numbers);
        v("restored_row_numbers", self.restored_row_numbers);
    }
};

struct Total {
    std::int64_t customers = 0;
    std::int64_t with_revenue = 0;  // 0: the period has no data of them, which is not 0 yuan
    std::int64_t revenue_fen = 0;
};

// One column of totals.
struct TotalColumns {
    std::vector<std::int64_t> customers;
    std::vector<std::int64_t> with_revenue;
    std::vector<std::int64_t> revenue_fen;
    void push_back(const UnitTotal& total) {
        customers.push_back(total.customers);
        with_revenue.push_back(total.with_revenue);
        revenue_fen.push_back(total.revenue_fen);
    }
    Total operator[](std::size_t i) const { return {customers[i], with_revenue[i], revenue_fen[i]}; }
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("customers", self.customers);
        v("with_revenue", self.with_revenue);
        v("revenue_fen", self.revenue_fen);
    }
};

// The units of one tree that somebody comes to or goes from, summed up the tree, in its preorder. after = before +
// arriving - leaving. What happens inside a unit (from one community of it to another) arrives and leaves. Before is what
// the actor may see.
struct UnitChanges {
    std::vector<std::int64_t> unit;
    TotalColumns before;
    TotalColumns arriving;
    TotalColumns leaving;
    TotalColumns after;
    std::size_t size() const { return unit.size(); }
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("unit", self.unit);
        v("before", self.before);
        v("arriving", self.arriving);
        v("leaving", self.leaving);
        v("after", self.after);
    }
};

inline constexpr std::size_t kFlowsShown = 2000;
inline constexpr std::size_t kFlowBlocks = 15;

// The plan as it stands; a new one after every dropping, undropping and re-reading.
struct Summary {
    std::int64_t revision = 0;  // grows with every plan; pages of rows name theirs
    std::string digest;
    dto::BasisDto basis;
    std::string day;            // the business date
    dto::WindowDto window;
    std::int64_t rows = 0;
    std::int64_t moved = 0;
    std::int64_t unchanged = 0;
    std::int64_t refused = 0;
    std::int64_t dropped = 0;
    bool can_commit = false;    // no refused row left and at least one moves
    std::vector<dto::CountDto> reasons;          // of the refused rows
    std::vector<dto::CountDto> dropped_reasons;  // of the dropped rows, what they were refused for; "none": for nothing
    std::string dropped_rows;   // which, by RowView::index: "3,5-9"; what opening the file again takes
    std::string as_of;          // of the totals before, Shanghai civil time
    std::int32_t revenue_period = 0;
    UnitChanges area;
    UnitChanges channel;
    std::vector<dto::FlowDto> flows;  // the kFlowsShown largest
    std::int64_t flow_pairs = 0;      // of all
    std::vector<dto::FlowDto> flow_groups;  // all flows, at most kFlowBlocks units a side (flow_groups.hpp)
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("revision", self.revision);
        v("digest", self.digest);
        v("basis", self.basis);
        v("day", self.day);
        v("window", self.window);
        v("rows", self.rows);
        v("moved", self.moved);
        v("unchanged", self.unchanged);
        v("refused", self.refused);
        v("dropped", self.dropped);
        v("can_commit", self.can_commit);
        v("reasons", self.reasons);
        v("dropped_reasons", self.dropped_reasons);
        v("dropped_rows", self.dropped_rows);
        v("as_of", self.as_of);
        v("revenue_period", self.revenue_period);
        v("area", self.area);
        v("channel", self.channel);
        v("flows", self.flows);
        v("flow_pairs", self.flow_pairs);
        v("flow_groups", self.flow_groups);
    }
};

// Which rows. Nothing given: all. What is given must all hold.
struct RowFilter {
    std::optional<std::string> verdict;
    std::optional<std::string> reason;  // of a dropped row: what it was refused for
    std::string text;                   // part of the customer code, the target's code or the note
    std::optional<std::int64_t> from_unit;
    std::optional<std::int64_t> to_unit;
    bool hidden_only = false;
    bool restored_only = false;
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("verdict", self.verdict);
        v("reason", self.reason);
        v("text", self.text);
        v("from_unit", self.from_unit);
        v("to_unit", self.to_unit);
        v("hidden_only", self.hidden_only);
        v("restored_only", self.restored_only);
    }
};

struct RowsRequest {
    RowFilter filter;
    std::string order = "row";  // row | customer | from | to | verdict | note; equal ones by row
    bool descending = false;
    std::int64_t from = 0;      // the first wanted, counted among the rows that pass the filter
    std::int32_t count = 200;   // at most kMaxPageRows
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("filter", self.filter);
        v("order", self.order, dto::one_of("row|customer|from|to|verdict|note"));
        v("descending", self.descending);
        v("from", self.from, dto::number(0, INT64_MAX));
        v("count", self.count, dto::number(1, kMaxPageRows));
    }
};

struct RowView {
    std::int64_t index = 0;   // names the row in a DropRequest
    std::int64_t row = 0;     // as the spreadsheet counts
    std::string customer_code;
    std::int64_t from = 0;    // unit id; 0: the customer is not visible
    std::int64_t to = 0;      // 0: the unit is unknown
    std::string target_code;  // as written in the workbook
    std::string verdict;
    std::string reason;       // "none" when there is none
    std::string detail;       // a date (yyyy-MM-dd) or the number of an earlier row, where the reason has one
    std::string note;
    std::optional<std::int64_t> revenue_fen;
    bool hidden = false;
    bool restored = false;
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("index", self.index);
        v("row", self.row);
        v("customer_code", self.customer_code);
        v("from", self.from);
        v("to", self.to);
        v("target_code", self.target_code);
        v("verdict", self.verdict);
        v("reason", self.reason);
        v("detail", self.detail);
        v("note", self.note);
        v("revenue_fen", self.revenue_fen);
        v("hidden", self.hidden);
        v("restored", self.restored);
    }
};

struct RowsPage {
    std::int64_t revision = 0;  // of the plan they were judged by
    std::int64_t from = 0;
    std::int64_t matching = 0;  // rows that pass the filter
    std::vector<RowView> rows;
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("revision", self.revision);
        v("from", self.from);
        v("matching", self.matching);
        v("rows", self.rows);
    }
};

// Takes rows out of the move, or puts them back: those named, or all that pass the filter. One of the two is given.
struct DropRequest {
    bool drop = true;
    std::vector<std::int64_t> rows;  // RowView::index
    std::optional<RowFilter> filter; // all refused: verdict "refused"
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("drop", self.drop);
        v("rows", self.rows);
        v("filter", self.filter);
    }
};

// The words a workbook needs, by code; "{name}" stands for a parameter (see RowView::detail: "{detail}").
struct Words {
    std::vector<std::string> code;
    std::vector<std::string> text;
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("code", self.code);
        v("text", self.text);
    }
};

// A workbook of rows with why: the refused ones, the dropped ones, or both; in the order of the file.
struct RefusedWorkbookRequest {
    bool refused = true;
    bool dropped = false;
    std::string file_name;  // of the workbook to make
    Words reasons;          // by reason code; "none" for a row that was dropped for nothing
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("refused", self.refused);
        v("dropped", self.dropped);
        v("file_name", self.file_name);
        v("reasons", self.reasons);
    }
};

// What differs after a re-reading (a commit was refused as stale).
struct CustomerChange {
    std::int64_t index = 0;  // of the row
    std::int64_t row = 0;
    std::string customer_code;
    std::string what;        // place | lock | version | gone | appeared
    std::string before;      // unit id, date or version as text; empty for none
    std::string after;
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("index", self.index);
        v("row", self.row);
        v("customer_code", self.customer_code);
        v("what", self.what);
        v("before", self.before);
        v("after", self.after);
    }
};

inline constexpr std::size_t kChangesShown = 1000;

struct Changes {
    std::int64_t customers = 0;            // of all that differ
    std::vector<CustomerChange> shown;     // the first kChangesShown by row; place before lock before version
    std::vector<std::int64_t> units;       // added, or of another kind, channel, parent or activity now
    bool rights = false;                   // the actor's rights differ
    bool policy = false;
    bool day = false;                      // the business date differs
    bool window = false;                   // it opened or closed
    std::int64_t verdicts = 0;             // rows judged otherwise than before
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("customers", self.customers);
        v("shown", self.shown);
        v("units", self.units);
        v("rights", self.rights);
        v("policy", self.policy);
        v("day", self.day);
        v("window", self.window);
        v("verdicts", self.verdicts);
    }
};

// A list as a workbook: which rows as in a ListRequest (its limit and cursor are not looked at), which columns, in order.
struct ExportColumn {
    std::string field;   // of the source's catalogue
    std::string title;
    std::string as;      // units: name | code | path; any: blank (to be filled in by hand); others: empty
    std::int32_t width = 14;
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("field", self.field);
        v("title", self.title);
        v("as", self.as);
        v("width", self.width, dto::number(4, 80));
    }
};

inline constexpr std::int64_t kMaxExportRows = 200'000;

struct ExportRequest {
    std::string source;     // query::code_of(Source)
    dto::ListRequest list;
    std::vector<ExportColumn> columns;
    std::string file_name;
    std::string sheet;
    std::string format = "xlsx";  // xlsx | csv
    Words values;                 // texts for coded values: "kind.move", "boolean.1"; the code itself where there is none
    bool english = false;         // channels by their English names
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("source", self.source);
        v("list", self.list);
        v("columns", self.columns);
        v("file_name", self.file_name);
        v("sheet", self.sheet);
        v("format", self.format, dto::one_of("xlsx|csv"));
        v("values", self.values);
        v("english", self.english);
    }
};

// A table as it is shown, to be written as a workbook: its cells are the message's body (shown_table.hpp).
struct ShownTable {
    std::string sheet;
    std::string file_name;
    std::vector<std::string> titles;
    std::vector<std::string> kinds;      // text | integer | yuan, one a column
    std::int64_t rows = 0;
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("sheet", self.sheet);
        v("file_name", self.file_name);
        v("titles", self.titles);
        v("kinds", self.kinds);
        v("rows", self.rows, dto::number(0, kMaxExportRows));
    }
};

// How far something long is. Tasks and their phases: workbench: reading (percent), asking (customers), planning, writing
// (percent); export: exporting (rows), writing (percent); sandbox: filling (customers).
struct Progress {
    std::string task;
    std::string phase;
    std::int64_t done = 0;
    std::int64_t total = 0;  // 0: unknown
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("task", self.task);
        v("phase", self.phase);
        v("done", self.done);
        v("total", self.total);
    }
};

}  // namespace qudao::engine
