// The interpreter of query specs: filters row by row, sorts what is left, cuts a page.
#include <algorithm>
#include <cassert>
#include <map>

#include "shared/memory/feed_store.hpp"
#include "shared/memory/stores.hpp"

namespace qudao::memory {
namespace {

using query::Field;
using query::Filter;
using query::Op;
using query::QuerySpec;
using query::Source;
using query::Value;

// A value that stays in the tables.
using Cell = std::variant<std::monostate, std::int64_t, std::string_view>;

Cell cell_of(const Value& value) {
    if (const auto* number = std::get_if<std::int64_t>(&value)) return *number;
    if (const auto* text = std::get_if<std::string>(&value)) return std::string_view(*text);
    return {};
}
Value value_of(const Cell& cell) {
    if (const auto* number = std::get_if<std::int64_t>(&cell)) return *number;
    if (const auto* text = std::get_if<std::string_view>(&cell)) return std::string(*text);
    return {};
}
// As query::compare_values.
int compare(const Cell& a, const Cell& b) {
    if (a.index() != b.index()) return a.index() < b.index() ? -1 : 1;
    if (const auto* number = std::get_if<std::int64_t>(&a)) {
        const std::int64_t other = *std::get_if<std::int64_t>(&b);
        return *number < other ? -1 : *number > other ? 1 : 0;
    }
    if (const auto* text = std::get_if<std::string_view>(&a)) return text->compare(*std::get_if<std::string_view>(&b));
    return 0;
}

Cell date_cell(Date date) { return date ? Cell(std::int64_t{date.days}) : Cell(); }
Cell kind_cell(ports::BatchKind kind) { return std::string_view(kind == ports::BatchKind::undo ? "undo" : "move"); }

// Of a number that has a subscriber.
struct ArrearConflict {
    const ports::Arrear* arrear;
    std::uint32_t customer;
};
std::vector<ArrearConflict> arrear_conflicts(const State& state) {
    std::vector<ArrearConflict> found;
    for (const auto& [number, arrear] : state.feeds->arrears) {
        const auto subscriber = state.feeds->subscribers.find(number);
        if (arrear.other_amount_fen && subscriber != state.feeds->subscribers.end()) found.push_back({&arrear, state.customers.find(subscriber->second.customer)});
    }
    return found;
}

struct Tables {
    const State& state;
    const ports::Viewer& viewer;
    const std::vector<ports::Batch> batches;      // as the viewer is told of them; these and the conflicts: of their source alone
    const std::vector<ArrearConflict> conflicts;
    const Organisation& org = viewer.organisation;

    Cell channel_of(std::int64_t unit) const {
        const UnitIndex index = org.find(UnitId{unit});
        return index == kNoUnit ? Cell() : Cell(org.unit(index).channel.value);
    }
    const ports::Batch& batch_of(std::uint32_t adjustment) const { return state.batches[state.adjustments.batch[adjustment]].batch; }
    std::uint32_t customer_of(std::uint32_t adjustment) const { return state.adjustments.customer[adjustment]; }
    Cell is_pool(std::int64_t unit) const {
        const UnitIndex index = org.find(UnitId{unit});
        return std::int64_t{index != kNoUnit && org.unit(index).kind == UnitKind::pool ? 1 : 0};
    }
    Cell revenue_of(std::uint32_t customer) const {
        return state.customers.has_revenue[customer] != 0 ? Cell(state.customers.revenue_fen[customer]) : Cell();
    }
    std::uint32_t gathered(std::uint32_t row) const { return state.round_customers[row].customer; }
    std::uint32_t marked(std::uint32_t row) const { return state.round_marks[row].customer; }
    std::uint32_t locked(std::uint32_t row) const { return state.customers.find(state.lock_events[row].customer); }
    const StoredRoundCustomer& gathered_of(std::uint32_t mark) const {
        const StoredRoundMark& m = state.round_marks[mark];
        return *state.find_gathered(m.period, m.customer);
    }
    Cell undone_by(BatchId batch) const {
        for (const StoredBatch& later : state.batches)
            if (later.batch.undo_of == batch) return later.batch.id.value;
        return {};
    }
    const ports::Batch& handed_in(std::uint32_t handover) const { return state.batches[state.handovers[handover].batch].batch; }
};

struct Getter {
    std::string_view field;
    Cell (*get)(const Tables&, std::uint32_t row);
};

constexpr Getter kCustomerGetters[] = {
    {"id", [](const Tables& t, std::uint32_t row) -> Cell { return t.state.customers.id[row]; }},
    {"code", [](const Tables& t, std::uint32_t row) -> Cell { return t.state.customers.code[row]; }},
    {"name", [](const Tables& t, std::uint32_t row) -> Cell { return t.state.customers.name[row]; }},
    {"name_key", [](const Tables& t, std::uint32_t row) -> Cell { return t.state.customers.name_key[row]; }},
    {"initials", [](const Tables& t, std::uint32_t row) -> Cell { return t.state.customers.initials[row]; }},
    {"contract", [](const Tables& t, std::uint32_t row) -> Cell { return t.state.customers.contract[row]; }},
    {"address", [](const Tables& t, std::uint32_t row) -> Cell { return t.state.customers.address[row]; }},
    {"place", [](const Tables& t, std::uint32_t row) -> Cell { return t.state.customers.place[row]; }},
    {"channel", [](const Tables& t, std::uint32_t row) -> Cell { return t.channel_of(t.state.customers.place[row]); }},
    {"statistical", [](const Tables& t, std::uint32_t row) -> Cell { return t.state.customers.statistical[row]; }},
    {"installed_on", [](const Tables& t, std::uint32_t row) -> Cell { return std::int64_t{t.state.customers.installed_on[row].days}; }},
    {"revenue",
     [](const Tables& t, std::uint32_t row) -> Cell {
         return t.state.customers.has_revenue[row] != 0 ? Cell(t.state.customers.revenue_fen[row]) : Cell();
     }},
    {"version", [](const Tables& t, std::uint32_t row) -> Cell { return std::int64_t{t.state.customers.version[row]}; }},
    {"locked_until", [](const Tables& t, std::uint32_t row) -> Cell { return date_cell(t.state.customers.locked_until[row]); }},
    {"new_in", [](const Tables& t, std::uint32_t row) -> Cell { return std::int64_t{t.state.customers.new_in[row]}; }},
    {"unassigned", [](const Tables& t, std::uint32_t row) -> Cell { return t.is_pool(t.state.customers.place[row]); }},
};
constexpr Getter kAdjustmentGetters[] = {
    {"at", [](const Tables& t, std::uint32_t row) -> Cell { return t.batch_of(row).at.epoch_ms; }},
    {"customer", [](const Tables& t, std::uint32_t row) -> Cell { return t.state.customers.id[t.customer_of(row)]; }},
    {"code", [](const Tables& t, std::uint32_t row) -> Cell { return t.state.customers.code[t.customer_of(row)]; }},
    {"name", [](const Tables& t, std::uint32_t row) -> Cell { return t.state.customers.name[t.customer_of(row)]; }},
    {"from", [](const Tables& t, std::uint32_t row) -> Cell { return t.state.adjustments.from[row]; }},
    {"to", [](const Tables& t, std::uint32_t row) -> Cell { return t.state.adjustments.to[row]; }},
    {"batch", [](const Tables& t, std::uint32_t row) -> Cell { return t.batch_of(row).id.value; }},
    {"row", [](const Tables& t, std::uint32_t row) -> Cell { return std::int64_t{t.state.adjustments.row_number[row]}; }},
    {"note", [](const Tables& t, std::uint32_t row) -> Cell { return t.state.adjustments.note[row]; }},
    {"person", [](const Tables& t, std::uint32_t row) -> Cell { return t.batch_of(row).person.value; }},
    {"kind", [](const Tables& t, std::uint32_t row) -> Cell { return kind_cell(t.batch_of(row).kind); }},
};
constexpr Getter kBatchGetters[] = {
    {"id", [](const Tables& t, std::uint32_t row) -> Cell { return t.batches[row].id.value; }},
    {"at", [](const Tables& t, std::uint32_t row) -> Cell { return t.batches[row].at.epoch_ms; }},
    {"kind", [](const Tables& t, std::uint32_t row) -> Cell { return kind_cell(t.batches[row].kind); }},
    {"person", [](const Tables& t, std::uint32_t row) -> Cell { return t.batches[row].person.value; }},
    {"day", [](const Tables& t, std::uint32_t row) -> Cell { return std::int64_t{t.batches[row].day.days}; }},
    {"undo_of",
     [](const Tables& t, std::uint32_t row) -> Cell {
         const BatchId undone = t.batches[row].undo_of;
         return undone ? Cell(undone.value) : Cell();
     }},
    {"file_name", [](const Tables& t, std::uint32_t row) -> Cell { return std::string_view(t.batches[row].file_name); }},
    {"rows", [](const Tables& t, std::uint32_t row) -> Cell { return t.batches[row].rows; }},
    {"moved", [](const Tables& t, std::uint32_t row) -> Cell { return t.batches[row].moved; }},
    {"unchanged", [](const Tables& t, std::uint32_t row) -> Cell { return t.batches[row].unchanged; }},
    {"kept", [](const Tables& t, std::uint32_t row) -> Cell { return t.batches[row].kept; }},
};
constexpr Getter kHandoverGetters[] = {
    {"batch", [](const Tables& t, std::uint32_t row) -> Cell { return t.handed_in(row).id.value; }},
    {"unit", [](const Tables& t, std::uint32_t row) -> Cell { return t.state.handovers[row].handover.unit.value; }},
    {"at", [](const Tables& t, std::uint32_t row) -> Cell { return t.handed_in(row).at.epoch_ms; }},
    {"customers", [](const Tables& t, std::uint32_t row) -> Cell { return t.state.handovers[row].handover.customers; }},
    {"person", [](const Tables& t, std::uint32_t row) -> Cell { return t.handed_in(row).person.value; }},
    {"confirmed_at",
     [](const Tables& t, std::uint32_t row) -> Cell {
         const StoredHandover& handover = t.state.handovers[row];
         return handover.confirmed_by ? Cell(handover.confirmed_at.epoch_ms) : Cell();
     }},
    {"confirmed_by",
     [](const Tables& t, std::uint32_t row) -> Cell {
         const PersonId person = t.state.handovers[row].confirmed_by;
         return person ? Cell(person.value) : Cell();
     }},
    {"undone_by", [](const Tables& t, std::uint32_t row) -> Cell { return t.undone_by(t.handed_in(row).id); }},
};
constexpr Getter kRoundCustomerGetters[] = {
    {"period", [](const Tables& t, std::uint32_t row) -> Cell { return std::int64_t{t.state.round_customers[row].period}; }},
    {"customer", [](const Tables& t, std::uint32_t row) -> Cell { return t.state.customers.id[t.gathered(row)]; }},
    {"code", [](const Tables& t, std::uint32_t row) -> Cell { return t.state.customers.code[t.gathered(row)]; }},
    {"name", [](const Tables& t, std::uint32_t row) -> Cell { return t.state.customers.name[t.gathered(row)]; }},
    {"contract", [](const Tables& t, std::uint32_t row) -> Cell { return t.state.customers.contract[t.gathered(row)]; }},
    {"address", [](const Tables& t, std::uint32_t row) -> Cell { return t.state.customers.address[t.gathered(row)]; }},
    {"installed_on", [](const Tables& t, std::uint32_t row) -> Cell { return std::int64_t{t.state.customers.installed_on[t.gathered(row)].days}; }},
    {"place", [](const Tables& t, std::uint32_t row) -> Cell { return t.state.customers.place[t.gathered(row)]; }},
    {"channel", [](const Tables& t, std::uint32_t row) -> Cell { return t.channel_of(t.state.customers.place[t.gathered(row)]); }},
    {"unassigned", [](const Tables& t, std::uint32_t row) -> Cell { return t.is_pool(t.state.customers.place[t.gathered(row)]); }},
    {"revenue", [](const Tables& t, std::uint32_t row) -> Cell { return t.revenue_of(t.gathered(row)); }},
    {"locked_until", [](const Tables& t, std::uint32_t row) -> Cell { return date_cell(t.state.customers.locked_until[t.gathered(row)]); }},
    {"claims", [](const Tables& t, std::uint32_t row) -> Cell { return std::int64_t{t.state.round_customers[row].claims}; }},
    {"decided",
     [](const Tables& t, std::uint32_t row) -> Cell {
         const auto& decided = t.state.round_customers[row].decided;
         return decided ? Cell(*decided) : Cell();
     }},
    {"target",
     [](const Tables& t, std::uint32_t row) -> Cell {
         const std::int64_t target = t.state.round_customers[row].target;
         return target != 0 ? Cell(target) : Cell();
     }},
};
constexpr Getter kRoundMarkGetters[] = {
    {"period", [](const Tables& t, std::uint32_t row) -> Cell { return std::int64_t{t.state.round_marks[row].period}; }},
    {"customer", [](const Tables& t, std::uint32_t row) -> Cell { return t.state.customers.id[t.marked(row)]; }},
    {"department", [](const Tables& t, std::uint32_t row) -> Cell { return t.state.round_marks[row].channel; }},
    {"unit", [](const Tables& t, std::uint32_t row) -> Cell { return t.state.round_marks[row].unit; }},
    {"claimed", [](const Tables& t, std::uint32_t row) -> Cell { return std::int64_t{t.state.round_marks[row].claimed ? 1 : 0}; }},
    {"note", [](const Tables& t, std::uint32_t row) -> Cell { return std::string_view(t.state.round_marks[row].note); }},
    {"code", [](const Tables& t, std::uint32_t row) -> Cell { return t.state.customers.code[t.marked(row)]; }},
    {"name", [](const Tables& t, std::uint32_t row) -> Cell { return t.state.customers.name[t.marked(row)]; }},
    {"contract", [](const Tables& t, std::uint32_t row) -> Cell { return t.state.customers.contract[t.marked(row)]; }},
    {"address", [](const Tables& t, std::uint32_t row) -> Cell { return t.state.customers.address[t.marked(row)]; }},
    {"installed_on", [](const Tables& t, std::uint32_t row) -> Cell { return std::int64_t{t.state.customers.installed_on[t.marked(row)].days}; }},
    {"place", [](const Tables& t, std::uint32_t row) -> Cell { return t.state.customers.place[t.marked(row)]; }},
    {"revenue", [](const Tables& t, std::uint32_t row) -> Cell { return t.revenue_of(t.marked(row)); }},
    {"claims", [](const Tables& t, std::uint32_t row) -> Cell { return std::int64_t{t.gathered_of(row).claims}; }},
    {"decided",
     [](const Tables& t, std::uint32_t row) -> Cell {
         const auto& decided = t.gathered_of(row).decided;
         return decided ? Cell(*decided) : Cell();
     }},
};
constexpr Getter kLockGetters[] = {
    {"id", [](const Tables&, std::uint32_t row) -> Cell { return std::int64_t{row} + 1; }},
    {"at", [](const Tables& t, std::uint32_t row) -> Cell { return t.state.lock_events[row].at.epoch_ms; }},
    {"customer", [](const Tables& t, std::uint32_t row) -> Cell { return t.state.lock_events[row].customer.value; }},
    {"code", [](const Tables& t, std::uint32_t row) -> Cell { return t.state.customers.code[t.locked(row)]; }},
    {"name", [](const Tables& t, std::uint32_t row) -> Cell { return t.state.customers.name[t.locked(row)]; }},
    {"place", [](const Tables& t, std::uint32_t row) -> Cell { return t.state.customers.place[t.locked(row)]; }},
    {"person",
     [](const Tables& t, std::uint32_t row) -> Cell {
         const PersonId person = t.state.lock_events[row].person;
         return person ? Cell(person.value) : Cell();
     }},
    {"period", [](const Tables& t, std::uint32_t row) -> Cell { return std::int64_t{t.state.lock_events[row].period.yyyymm}; }},
    {"locked_before", [](const Tables& t, std::uint32_t row) -> Cell { return date_cell(t.state.lock_events[row].locked_before); }},
    {"locked_until", [](const Tables& t, std::uint32_t row) -> Cell { return date_cell(t.state.lock_events[row].locked_until); }},
    {"reason", [](const Tables& t, std::uint32_t row) -> Cell { return std::string_view(t.state.lock_events[row].reason); }},
};

constexpr Getter kArrearConflictGetters[] = {
    {"access_number", [](const Tables& t, std::uint32_t row) -> Cell { return std::string_view(t.conflicts[row].arrear->access_number); }},
    {"customer", [](const Tables& t, std::uint32_t row) -> Cell { return t.state.customers.id[t.conflicts[row].customer]; }},
    {"code", [](const Tables& t, std::uint32_t row) -> Cell { return t.state.customers.code[t.conflicts[row].customer]; }},
    {"name", [](const Tables& t, std::uint32_t row) -> Cell { return t.state.customers.name[t.conflicts[row].customer]; }},
    {"place", [](const Tables& t, std::uint32_t row) -> Cell { return t.state.customers.place[t.conflicts[row].customer]; }},
    {"since", [](const Tables& t, std::uint32_t row) -> Cell { return std::int64_t{t.conflicts[row].arrear->since.yyyymm}; }},
    {"amount", [](const Tables& t, std::uint32_t row) -> Cell { return t.conflicts[row].arrear->amount_fen; }},
    {"other_amount", [](const Tables& t, std::uint32_t row) -> Cell { return *t.conflicts[row].arrear->other_amount_fen; }},
};

std::span<const Getter> getters_of(Source source) {
    switch (source) {
        case Source::customer: return kCustomerGetters;
        case Source::adjustment: return kAdjustmentGetters;
        case Source::batch: return kBatchGetters;
        case Source::handover: return kHandoverGetters;
        case Source::round_customer: return kRoundCustomerGetters;
        case Source::round_mark: return kRoundMarkGetters;
        case Source::lock: return kLockGetters;
        case Source::arrear_conflict: return kArrearConflictGetters;
    }
    return {};
}

const Getter& getter_of(Source source, std::string_view field) {
    const auto getters = getters_of(source);
    const auto it = std::find_if(getters.begin(), getters.end(), [&](const Getter& getter) { return getter.field == field; });
    assert(it != getters.end());  // the spec was checked
    return *it;
}

bool is_visible(const Tables& tables, Source source, std::uint32_t row, const ports::Viewer& viewer) {
    const State& state = tables.state;
    const auto covers = [&](std::int64_t unit) { return viewer.view.covers(tables.org.find(UnitId{unit})); };
    const auto ends = [&](std::uint32_t at) { return covers(state.adjustments.from[at]) || covers(state.adjustments.to[at]); };
    switch (source) {
        case Source::customer: return covers(state.customers.place[row]);
        case Source::adjustment: return ends(row);
        case Source::handover: return covers(state.handovers[row].handover.unit.value);
        case Source::round_customer: return covers(state.customers.place[tables.gathered(row)]);
        case Source::round_mark: return covers(state.round_marks[row].unit);
        case Source::lock: return covers(state.customers.place[tables.locked(row)]);
        case Source::arrear_conflict: return covers(state.customers.place[tables.conflicts[row].customer]);
        case Source::batch: break;
    }
    const StoredBatch& stored = state.batches[row];
    if (stored.batch.person == viewer.person) return true;
    for (std::uint32_t at = stored.first_adjustment; at < stored.end_adjustment; ++at)
        if (ends(at)) return true;
    return false;
}

std::uint32_t rows_of(const Tables& tables, Source source) {
    const State& state = tables.state;
    switch (source) {
        case Source::customer: return state.customers.size();
        case Source::adjustment: return state.adjustments.size();
        case Source::batch: return static_cast<std::uint32_t>(state.batches.size());
        case Source::handover: return static_cast<std::uint32_t>(state.handovers.size());
        case Source::round_customer: return static_cast<std::uint32_t>(state.round_customers.size());
        case Source::round_mark: return static_cast<std::uint32_t>(state.round_marks.size());
        case Source::lock: return static_cast<std::uint32_t>(state.lock_events.size());
        case Source::arrear_conflict: return static_cast<std::uint32_t>(tables.conflicts.size());
    }
    return 0;
}

class CompiledFilter {
public:
    CompiledFilter(const Filter& filter, Source source, const Tables& tables)
        : tables_(tables), getter_(getter_of(source, filter.field)), op_(filter.op), tree_(filter.tree) {
        for (const Value& value : filter.values) values_.push_back(cell_of(value));
        if (op_ == Op::any_of) std::sort(values_.begin(), values_.end(), [](const Cell& a, const Cell& b) { return compare(a, b) < 0; });
        if (op_ == Op::under) {
            const UnitIndex top = tables.org.find(UnitId{*std::get_if<std::int64_t>(&values_[0])});
            if (top != kNoUnit) below_ = tables.org.interval(tree_, top);
        }
    }

    bool holds(std::uint32_t row) const {
        const Cell cell = getter_.get(tables_, row);
        const bool known = !std::holds_alternative<std::monostate>(cell);
        if (op_ == Op::has_no_data) return !known;
        if (op_ == Op::has_data || !known) return known;
        switch (op_) {
            case Op::equal: return compare(cell, values_[0]) == 0;
            case Op::not_equal: return compare(cell, values_[0]) != 0;
            case Op::less: return compare(cell, values_[0]) < 0;
            case Op::less_equal: return compare(cell, values_[0]) <= 0;
            case Op::greater: return compare(cell, values_[0]) > 0;
            case Op::greater_equal: return compare(cell, values_[0]) >= 0;
            case Op::prefix: return text(cell).starts_with(text(values_[0]));
            case Op::contains: return text(cell).find(text(values_[0])) != std::string_view::npos;
            case Op::any_of:
                return std::binary_search(values_.begin(), values_.end(), cell, [](const Cell& a, const Cell& b) { return compare(a, b) < 0; });
            case Op::under: return is_below(*std::get_if<std::int64_t>(&cell));
            case Op::has_no_data:
            case Op::has_data: break;
        }
        return false;
    }

private:
    static std::string_view text(const Cell& cell) { return *std::get_if<std::string_view>(&cell); }
    bool is_below(std::int64_t unit) const {
        const UnitIndex index = tables_.org.find(UnitId{unit});
        return index != kNoUnit && tables_.org.in_tree(tree_, index) && below_.contains(tables_.org.position(tree_, index));
    }

    const Tables& tables_;
    const Getter& getter_;
    Op op_;
    Tree tree_;
    Interval below_;
    std::vector<Cell> values_;
};

std::vector<std::uint32_t> select(const QuerySpec& spec, const Tables& tables, const ports::Viewer& viewer) {
    std::vector<CompiledFilter> filters;
    for (const Filter& filter : spec.filters) filters.emplace_back(filter, spec.source, tables);
    std::vector<std::uint32_t> rows;
    for (std::uint32_t row = 0; row < rows_of(tables, spec.source); ++row) {
        const auto holds = [&](const CompiledFilter& filter) { return filter.holds(row); };
        if (is_visible(tables, spec.source, row, viewer) && std::all_of(filters.begin(), filters.end(), holds)) rows.push_back(row);
    }
    return rows;
}

struct ValuesLess {
    bool operator()(const std::vector<Value>& a, const std::vector<Value>& b) const {
        for (std::size_t i = 0; i < a.size(); ++i)
            if (const int order = query::compare_values(a[i], b[i]); order != 0) return order < 0;
        return false;
    }
};

std::vector<std::vector<Value>> group(const QuerySpec& spec, const Tables& tables, const std::vector<std::uint32_t>& rows) {
    std::map<std::vector<Value>, std::vector<std::int64_t>, ValuesLess> groups;
    if (spec.group_by.empty()) groups[{}].resize(spec.measures.size());
    for (const std::uint32_t row : rows) {
        std::vector<Value> key;
        for (const std::string& field : spec.group_by) key.push_back(value_of(getter_of(spec.source, field).get(tables, row)));
        std::vector<std::int64_t>& sums = groups[key];
        sums.resize(spec.measures.size());
        for (std::size_t i = 0; i < spec.measures.size(); ++i) {
            const query::Measure& measure = spec.measures[i];
            const Cell cell = measure.kind == query::MeasureKind::count ? Cell() : getter_of(spec.source, measure.field).get(tables, row);
            const auto* number = std::get_if<std::int64_t>(&cell);
            switch (measure.kind) {
                case query::MeasureKind::count: ++sums[i]; break;
                case query::MeasureKind::sum: sums[i] += number == nullptr ? 0 : *number; break;
                case query::MeasureKind::known: sums[i] += std::holds_alternative<std::monostate>(cell) ? 0 : 1; break;
            }
        }
    }
    std::vector<std::vector<Value>> out;
    for (const auto& [key, sums] : groups) {
        out.push_back(key);
        for (const std::int64_t sum : sums) out.back().emplace_back(sum);
    }
    return out;
}

// The total order of a spec, over rows and against given values.
class RowOrder {
public:
    RowOrder(const QuerySpec& spec, const Tables& tables) : tables_(tables) {
        for (const query::Order& order : query::total_order(spec)) {
            getters_.push_back(&getter_of(spec.source, order.field));
            descending_.push_back(order.descending);
        }
    }
    bool less(std::uint32_t a, std::uint32_t b) const {
        for (std::size_t i = 0; i < getters_.size(); ++i) {
            const int order = compare(getters_[i]->get(tables_, a), getters_[i]->get(tables_, b));
            if (order != 0) return descending_[i] ? order > 0 : order < 0;
        }
        return false;
    }
    // Below, at or above 0 as the row's first fields come before, at or after the values.
    int against(std::uint32_t row, const std::vector<Value>& values) const {
        for (std::size_t i = 0; i < values.size(); ++i) {
            const int order = compare(getters_[i]->get(tables_, row), cell_of(values[i]));
            if (order != 0) return descending_[i] ? -order : order;
        }
        return 0;
    }
    query::Cursor cursor_after(std::uint32_t row) const {
        query::Cursor cursor;
        for (const Getter* getter : getters_) cursor.after.push_back(value_of(getter->get(tables_, row)));
        return cursor;
    }

private:
    const Tables& tables_;
    std::vector<const Getter*> getters_;
    std::vector<bool> descending_;
};

}  // namespace

Result<query::Page> QueryStore::run(const QuerySpec& spec, const ports::Viewer& viewer, const std::optional<query::Cursor>& cursor) {
    const bool conflicts = spec.source == Source::arrear_conflict;
    std::vector<ports::Batch> batches;
    if (spec.source == Source::batch)
        for (const StoredBatch& stored : state_.batches) batches.push_back(state_.as_seen(stored, viewer.person, viewer.view));
    const Tables tables{state_, viewer, std::move(batches), conflicts ? arrear_conflicts(state_) : std::vector<ArrearConflict>()};
    std::vector<std::uint32_t> rows = select(spec, tables, viewer);
    query::Page page;
    page.columns = query::columns_of(spec);
    if (spec.grouped()) {
        page.rows = group(spec, tables, rows);
        return page;
    }
    const RowOrder order(spec, tables);
    if (cursor) std::erase_if(rows, [&](std::uint32_t row) { return order.against(row, cursor->after) <= 0; });
    else if (spec.start_at) std::erase_if(rows, [&](std::uint32_t row) { return order.against(row, {*spec.start_at}) < 0; });

    const std::size_t kept = std::min(rows.size(), static_cast<std::size_t>(spec.limit));
    std::partial_sort(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(kept), rows.end(),
                      [&](std::uint32_t a, std::uint32_t b) { return order.less(a, b); });
    for (std::size_t i = 0; i < kept; ++i) {
        std::vector<Value>& values = page.rows.emplace_back();
        for (const std::string& column : page.columns) values.push_back(value_of(getter_of(spec.source, column).get(tables, rows[i])));
    }
    if (kept < rows.size()) page.next = order.cursor_after(rows[kept - 1]);
    return page;
}

}  // namespace qudao::memory
