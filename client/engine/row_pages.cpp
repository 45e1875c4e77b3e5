#include "client/engine/row_pages.hpp"

#include <algorithm>

#include "shared/base/text.hpp"

namespace qudao::engine {
namespace {

bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

// A filter with its texts understood.
struct Wanted {
    std::optional<Verdict> verdict;
    std::optional<Reason> reason;
    std::string note_part;
    std::string code_part;
    std::optional<UnitIndex> from;
    std::optional<UnitIndex> to;
    std::uint8_t marks = 0;

    bool passes(const Judged& judged, std::size_t row) const {
        if (verdict && judged.verdict(row) != *verdict) return false;
        if (reason && judged.reason(row) != *reason) return false;
        if ((judged.marks[row] & marks) != marks) return false;
        if (from && judged.from(row) != *from) return false;
        if (to && judged.to(row) != *to) return false;
        if (note_part.empty()) return true;
        const MoveRows& rows = judged.rows;
        if (contains(rows.note[row], note_part)) return true;
        return !code_part.empty() &&
               (contains(rows.customer_code[row], code_part) || contains(rows.target_code[rows.target[row]], code_part));
    }
};

Result<Wanted> understand(const Judged& judged, const RowFilter& filter) {
    Wanted wanted;
    if (filter.verdict && !(wanted.verdict = verdict_of(*filter.verdict))) return Error::of("request.invalid").at("filter.verdict", "choice");
    if (filter.reason && !(wanted.reason = reason_of(*filter.reason))) return Error::of("request.invalid").at("filter.reason", "choice");
    wanted.note_part = normalize_text(filter.text);
    wanted.code_part = normalize_code(filter.text);
    if (filter.from_unit) wanted.from = judged.world.organisation.find(UnitId{*filter.from_unit});
    if (filter.to_unit) wanted.to = judged.world.organisation.find(UnitId{*filter.to_unit});
    wanted.marks = static_cast<std::uint8_t>((filter.hidden_only ? kHidden : 0) | (filter.restored_only ? kRestored : 0));
    return wanted;
}

template <class Key>
void sort_by(std::vector<std::uint32_t>& rows, bool descending, Key key) {
    std::stable_sort(rows.begin(), rows.end(), [&](std::uint32_t a, std::uint32_t b) { return descending ? key(b) < key(a) : key(a) < key(b); });
}

void sort_rows(std::vector<std::uint32_t>& rows, const Judged& judged, const std::string& order, bool descending) {
    // A unit's dense index is its place in the area tree; unknown ones come last.
    if (order == "customer") sort_by(rows, descending, [&](std::uint32_t row) { return judged.rows.customer_code[row]; });
    else if (order == "from") sort_by(rows, descending, [&](std::uint32_t row) { return judged.from(row); });
    else if (order == "to") sort_by(rows, descending, [&](std::uint32_t row) { return judged.to(row); });
    else if (order == "note") sort_by(rows, descending, [&](std::uint32_t row) { return judged.rows.note[row]; });
    else if (order == "verdict")
        sort_by(rows, descending, [&](std::uint32_t row) { return std::pair(judged.verdict(row), judged.reason(row)); });
    else if (descending) std::reverse(rows.begin(), rows.end());
}

std::int64_t id_of(const Organisation& org, UnitIndex unit) { return unit == kNoUnit ? 0 : org.unit(unit).id.value; }

RowView view_of(const Judged& judged, std::uint32_t row) {
    const Organisation& org = judged.world.organisation;
    RowView view;
    view.index = row;
    view.row = judged.rows.row_number[row];
    view.customer_code = std::string(judged.rows.customer_code[row]);
    view.from = id_of(org, judged.from(row));
    view.to = id_of(org, judged.to(row));
    view.target_code = std::string(judged.rows.target_code[judged.rows.target[row]]);
    view.verdict = std::string(code_of(judged.verdict(row)));
    view.reason = std::string(code_of(judged.reason(row)));
    view.detail = dto::detail_text(judged.reason(row), judged.detail(row), judged.world.window_policy);
    view.note = std::string(judged.rows.note[row]);
    const std::uint32_t customer = judged.customer(row);
    if (customer != CodeIndex::kNone && judged.world.customers.has_revenue[customer] != 0)
        view.revenue_fen = judged.world.customers.revenue_fen[customer];
    view.hidden = (judged.marks[row] & kHidden) != 0;
    view.restored = (judged.marks[row] & kRestored) != 0;
    return view;
}

}  // namespace

std::uint32_t Judged::customer(std::size_t row) const {
    if (plan.customer[row] != MovePlan::kNoCustomer) return plan.customer[row];
    if (rows.defect[row] == Reason::customer_code_missing || rows.defect[row] == Reason::customer_code_bad) return CodeIndex::kNone;
    return drops.has(row) || rows.defect[row] != Reason::none ? world.index->find(rows.customer_code[row]) : CodeIndex::kNone;
}

UnitIndex Judged::from(std::size_t row) const {
    const std::uint32_t at = customer(row);
    return at == CodeIndex::kNone ? kNoUnit : world.customers.place[at];
}

Result<std::vector<std::uint32_t>> matching_rows(const Judged& judged, const RowFilter& filter) {
    QUDAO_TRY(wanted, understand(judged, filter));
    std::vector<std::uint32_t> rows;
    for (std::uint32_t row = 0; row < judged.rows.size(); ++row)
        if (wanted.passes(judged, row)) rows.push_back(row);
    return rows;
}

Result<RowsPage> RowPages::page(const Judged& judged, std::int64_t revision, const RowsRequest& request) {
    const std::string wish = std::to_string(revision) + request.order + (request.descending ? "-" : "+") + dto::to_json(request.filter);
    if (wish != wish_) {
        wish_.clear();
        QUDAO_TRY(rows, matching_rows(judged, request.filter));
        sort_rows(rows, judged, request.order, request.descending);
        rows_ = std::move(rows);
        wish_ = wish;
    }
    RowsPage page;
    page.revision = revision;
    page.matching = static_cast<std::int64_t>(rows_.size());
    page.from = std::min(std::max<std::int64_t>(request.from, 0), page.matching);
    const std::int64_t end = std::min(page.from + std::clamp(request.count, 0, kMaxPageRows), page.matching);
    for (std::int64_t i = page.from; i < end; ++i) page.rows.push_back(view_of(judged, rows_[static_cast<std::size_t>(i)]));
    return page;
}

}  // namespace qudao::engine
