// What a bulk move would do (rows D9-D12): one pure function over columns, called by the browser's engine to preview and
// by the server, inside the transaction, to commit. Undo is the same function over a batch's rows reversed (D14).
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "shared/base/string_column.hpp"
#include "shared/domain/rights.hpp"
#include "shared/domain/snapshot.hpp"
#include "shared/domain/window.hpp"

namespace qudao {

enum class Verdict : std::uint8_t {
    moved,
    unchanged,  // is there already
    refused,
    dropped,    // taken out by the person; counts nowhere
};
inline constexpr std::size_t kVerdicts = 4;
std::string_view code_of(Verdict verdict);
std::optional<Verdict> verdict_of(std::string_view code);

// Why a row is refused. When several hold, the first in this order is given: what is wrong with the row itself, then with
// the customer named, then with the unit named, then with the person's rights, then with the time.
enum class Reason : std::uint8_t {
    none,
    customer_code_missing,  // the row: no customer code
    customer_code_bad,      // ... or one that is none
    target_missing,         // ... no target unit
    note_too_long,          // ... the note has more than 255 characters
    customer_not_visible,   // unknown, or outside what the actor may see: not told apart
    repeated,               // named in an earlier row of the file (detail: that row's number)
    unit_unknown,
    unit_not_place,         // not a community, contracted area or pool
    unit_inactive,
    changed_since,          // undo only: the customer was changed after the batch; it is kept where it is
    customer_out_of_scope,  // visible, but outside what the actor may move
    target_out_of_scope,
    cross_channel,          // from one channel to another without that right
    locked,                 // detail: the first day on which it can be adjusted, inside a window, days since 1970-01-01
    window_closed,          // detail: the next opening, days since 1970-01-01
    undo_window_past,       // undo only: neither its own window nor the right; detail: that window's first day, 0 when it had none
};
inline constexpr std::size_t kReasons = 17;
std::string_view code_of(Reason reason);
std::optional<Reason> reason_of(std::string_view code);

// The rows of a workbook, by columns. Target codes repeat, so they are kept once.
struct MoveRows {
    std::vector<std::uint32_t> row_number;  // as the spreadsheet counts, the header being row 1
    StringColumn customer_code;             // normalised
    std::vector<std::uint32_t> target;      // into target_code
    StringColumn target_code;               // distinct, normalised
    StringColumn note;
    std::vector<Reason> defect;             // found while reading: one of the row's own reasons, or none
    std::vector<std::int32_t> expected_version;  // undo: the version the batch left; empty for a move

    std::size_t size() const { return row_number.size(); }
    bool empty() const { return row_number.empty(); }
};

// Adds rows, finding target codes that were named before.
class MoveRowsBuilder {
public:
    void add(std::uint32_t row_number, std::string_view customer_code, std::string_view target_code, std::string_view note,
             Reason defect = Reason::none);
    MoveRows finish() && { return std::move(rows_); }
    std::size_t size() const { return rows_.size(); }

private:
    // Found by what is there already: a hundred thousand rows name a few hundred targets.
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };
    MoveRows rows_;
    std::unordered_map<std::string, std::uint32_t, Hash, std::equal_to<>> targets_;
};

// What decides verdicts besides rows and customers. References must outlive the call.
struct PlanContext {
    const Organisation& organisation;
    const Rights& rights;
    WindowPolicy window_policy;
    Date day;
    Basis basis;
    // An undo brings its own answer to whether the time allows it (same window, or the right undo_anytime), and the first
    // day of the window its batch was made in.
    std::optional<bool> time_allows{};
    Date undo_window{};
};

struct UnitTotal {
    std::int64_t customers = 0;
    std::int64_t with_revenue = 0;  // customers of whom the period has data
    Fen revenue_fen = 0;
    // Here, so that loops over rows take it in.
    UnitTotal& operator+=(const UnitTotal& other) {
        customers += other.customers;
        with_revenue += other.with_revenue;
        revenue_fen += other.revenue_fen;
        return *this;
    }
    UnitTotal& operator-=(const UnitTotal& other) {
        customers -= other.customers;
        with_revenue -= other.with_revenue;
        revenue_fen -= other.revenue_fen;
        return *this;
    }
    friend bool operator==(const UnitTotal&, const UnitTotal&) = default;
};

struct MovePlan {
    static constexpr std::uint32_t kNoCustomer = CodeIndex::kNone;
    std::vector<Verdict> verdict;
    std::vector<Reason> reason;
    std::vector<std::uint32_t> customer;  // row in the CustomerColumns, kNoCustomer when not visible
    std::vector<std::int32_t> detail;     // see Reason; 0 when it has none
    std::vector<UnitIndex> target;        // by target_code, kNoUnit when unknown

    std::array<std::int64_t, kVerdicts> by_verdict{};
    std::array<std::int64_t, kReasons> by_reason{};
    std::vector<UnitTotal> arriving;  // by dense unit index
    std::vector<UnitTotal> leaving;
    WindowState window;

    std::int64_t count(Verdict v) const { return by_verdict[static_cast<std::size_t>(v)]; }
    std::int64_t count(Reason r) const { return by_reason[static_cast<std::size_t>(r)]; }
};

// `dropped` is empty or one byte a row, 1 = taken out. O(rows + units); neither allocates a row nor fails.
MovePlan plan_moves(const MoveRows& rows, const CustomerColumns& customers, const CodeIndex& index, const PlanContext& context,
                    const std::vector<std::uint8_t>& dropped = {});

// What decides the verdicts, as 32 hexadecimal digits: the kept rows in order with their numbers, each named customer's id, version, place
// and lock, the units named, the versions of rights and policy, and whether the time allows it. Revenue and totals are
// outside: they are shown 'as of' and change nothing.
std::string digest_of(const MovePlan& plan, const MoveRows& rows, const CustomerColumns& customers, const PlanContext& context);

// How many go from one place to another; ordered by from, then to.
struct Flow {
    UnitIndex from = kNoUnit;
    UnitIndex to = kNoUnit;
    UnitTotal total;
    friend bool operator==(const Flow&, const Flow&) = default;
};
std::vector<Flow> flows_of(const MovePlan& plan, const MoveRows& rows, const CustomerColumns& customers);

}  // namespace qudao
