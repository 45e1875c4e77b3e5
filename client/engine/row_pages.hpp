// Pages of judged rows: filtered and ordered once for each wish, then cut into pages. In the engine only.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "client/engine/workbench_types.hpp"
#include "client/engine/world.hpp"

namespace qudao::engine {

inline constexpr std::uint8_t kHidden = 1;
inline constexpr std::uint8_t kRestored = 2;

// What the person has taken out, with what it was refused for at that time.
struct Drops {
    std::vector<std::uint8_t> dropped;  // by row; empty: none is
    std::vector<Reason> reason;
    std::vector<std::int32_t> detail;
    bool has(std::size_t row) const { return !dropped.empty() && dropped[row] != 0; }
};

// Rows and all that is known of them; references into the workbench.
struct Judged {
    const MoveRows& rows;
    const MovePlan& plan;
    const World& world;
    const Drops& drops;
    const std::vector<std::uint8_t>& marks;

    Verdict verdict(std::size_t row) const { return plan.verdict[row]; }
    Reason reason(std::size_t row) const { return drops.has(row) ? drops.reason[row] : plan.reason[row]; }
    std::int32_t detail(std::size_t row) const { return drops.has(row) ? drops.detail[row] : plan.detail[row]; }
    // Also of rows that were not judged, as far as the customer is visible.
    std::uint32_t customer(std::size_t row) const;
    UnitIndex from(std::size_t row) const;
    UnitIndex to(std::size_t row) const { return plan.target[rows.target[row]]; }
};

// The rows that pass, in file order. request.invalid for a verdict or reason that is none.
Result<std::vector<std::uint32_t>> matching_rows(const Judged& judged, const RowFilter& filter);

class RowPages {
public:
    // Keeps filter and order of the last request, so that scrolling costs the page only.
    Result<RowsPage> page(const Judged& judged, std::int64_t revision, const RowsRequest& request);
    void forget() { wish_.clear(); }

private:
    std::string wish_;  // revision, filter and order as text; empty: none kept
    std::vector<std::uint32_t> rows_;
};

}  // namespace qudao::engine
