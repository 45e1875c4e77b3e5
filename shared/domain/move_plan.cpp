#include "shared/domain/move_plan.hpp"

#include <algorithm>

#include "shared/base/cache_line.hpp"
#include "shared/base/digest.hpp"

namespace qudao {
namespace {

constexpr std::array<std::string_view, kVerdicts> kVerdictCodes = {"moved", "unchanged", "refused", "dropped"};
constexpr std::array<std::string_view, kReasons> kReasonCodes = {
    "none",          "customer_code_missing", "customer_code_bad",     "target_missing",      "note_too_long", "customer_not_visible",
    "repeated",      "unit_unknown",          "unit_not_place",        "unit_inactive",       "changed_since", "customer_out_of_scope",
    "target_out_of_scope", "cross_channel",   "locked",                "window_closed", "undo_window_past"};

// What a row needs to know of a customer, side by side: rows come in any order, and a column each would cost a cache miss
// each.
struct Subject {
    UnitIndex place;
    Date locked_until;
    std::uint32_t seen_in;  // row + 1 of its first mention
};

// How many rows ahead a customer's cache lines are asked for.
constexpr std::size_t kAhead = 32;

// What a row needs to know of a unit, side by side as well.
enum UnitFlag : std::uint8_t { kWithin = 1, kAcross = 2, kPlace = 4, kActive = 8 };
struct UnitFacts {
    ChannelIndex channel = 0;
    std::uint8_t flags = 0;
};

// What holds for every row alike, worked out once.
struct Rules {
    const MoveRows& rows;
    const CustomerColumns& customers;
    const PlanContext& context;
    std::vector<UnitIndex> target;      // by target code
    std::vector<Reason> target_defect;  // by target code
    std::vector<UnitFacts> units;       // by unit
    std::vector<Subject> subjects;      // by customer
    bool time_allows = true;
    Reason too_late = Reason::window_closed;
    std::int32_t window_day = 0;  // its detail

    Rules(const MoveRows& move_rows, const CustomerColumns& columns, const PlanContext& plan_context, const WindowState& window)
        : rows(move_rows), customers(columns), context(plan_context) {
        time_allows = context.time_allows.value_or(window.open);
        too_late = context.time_allows ? Reason::undo_window_past : Reason::window_closed;
        const Date named = context.time_allows ? context.undo_window : window.next_opening;
        window_day = named ? named.days : 0;
        const Organisation& org = context.organisation;
        const Scope& within = context.rights.scope(Action::move_customer);
        const Scope& across = context.rights.scope(Action::cross_channel);
        units.resize(org.size());
        for (UnitIndex unit = 0; unit < units.size(); ++unit) {
            units[unit].channel = org.channel_of(unit);
            units[unit].flags = static_cast<std::uint8_t>((within.covers(unit) ? kWithin : 0) | (across.covers(unit) ? kAcross : 0) |
                                                    (is_place(org.unit(unit).kind) ? kPlace : 0) | (org.unit(unit).active ? kActive : 0));
        }
        target.reserve(rows.target_code.size());
        for (std::size_t i = 0; i < rows.target_code.size(); ++i) {
            const UnitIndex unit = org.find(rows.target_code[i]);
            target.push_back(unit);
            target_defect.push_back(defect_of(unit));
        }
        subjects.resize(columns.size());
        for (std::size_t i = 0; i < subjects.size(); ++i) subjects[i] = {columns.place[i], columns.locked_until[i], 0};
    }

    void ask_for(std::uint32_t customer) const {
        if (customer == MovePlan::kNoCustomer) return;
        ask_for_line(&subjects[customer]);
        ask_for_line(&customers.revenue_fen[customer]);
        ask_for_line(&customers.has_revenue[customer]);
    }

    Reason defect_of(UnitIndex unit) const {
        if (unit == kNoUnit) return Reason::unit_unknown;
        if ((units[unit].flags & kPlace) == 0) return Reason::unit_not_place;
        return (units[unit].flags & kActive) != 0 ? Reason::none : Reason::unit_inactive;
    }

    // Whether rights and time let a customer go from one place to another.
    Reason judge_move(const Subject& subject, UnitIndex to, std::int32_t& detail) const {
        const int from_flags = units[subject.place].flags & (kWithin | kAcross);
        const int to_flags = units[to].flags & (kWithin | kAcross);
        const bool same_channel = units[subject.place].channel == units[to].channel;
        // Within a channel the right to move is what counts; to another one, that to cross. Holding only the other kind for
        // a place makes it out of scope, or the crossing refused.
        const std::uint8_t needed = same_channel ? kWithin : kAcross;
        if ((from_flags & to_flags & needed) == 0) {
            if ((from_flags & needed) == 0 && (same_channel || from_flags == 0)) return Reason::customer_out_of_scope;
            if ((to_flags & needed) == 0 && (same_channel || to_flags == 0)) return Reason::target_out_of_scope;
            return Reason::cross_channel;
        }
        if (is_locked(subject.locked_until, context.day)) {
            detail = adjustable_from(subject.locked_until, context.window_policy).days;
            return Reason::locked;
        }
        if (!time_allows) {
            detail = window_day;
            return too_late;
        }
        return Reason::none;
    }
};

struct Judgement {
    Verdict verdict = Verdict::refused;
    Reason reason = Reason::none;
    std::int32_t detail = 0;
};

Judgement judge(Rules& rules, std::size_t row, std::uint32_t customer) {
    const MoveRows& rows = rules.rows;
    if (customer == MovePlan::kNoCustomer) return {Verdict::refused, Reason::customer_not_visible, 0};
    Subject& subject = rules.subjects[customer];
    if (subject.seen_in != 0)
        return {Verdict::refused, Reason::repeated, static_cast<std::int32_t>(rows.row_number[subject.seen_in - 1])};
    subject.seen_in = static_cast<std::uint32_t>(row) + 1;
    const std::uint32_t target = rows.target[row];
    if (rules.target_defect[target] != Reason::none) return {Verdict::refused, rules.target_defect[target], 0};
    if (!rows.expected_version.empty() && rows.expected_version[row] != rules.customers.version[customer])
        return {Verdict::refused, Reason::changed_since, 0};
    const UnitIndex to = rules.target[target];
    if (subject.place == to) return {Verdict::unchanged, Reason::none, 0};
    Judgement judgement;
    judgement.reason = rules.judge_move(subject, to, judgement.detail);
    if (judgement.reason == Reason::none) judgement.verdict = Verdict::moved;
    return judgement;
}

UnitTotal total_of(const CustomerColumns& customers, std::uint32_t customer) {
    return {1, customers.has_revenue[customer], customers.revenue_fen[customer]};
}

template <std::size_t N>
std::size_t index_in(const std::array<std::string_view, N>& codes, std::string_view code) {
    return static_cast<std::size_t>(std::find(codes.begin(), codes.end(), code) - codes.begin());
}

}  // namespace

std::string_view code_of(Verdict verdict) { return kVerdictCodes[static_cast<std::size_t>(verdict)]; }
std::string_view code_of(Reason reason) { return kReasonCodes[static_cast<std::size_t>(reason)]; }

std::optional<Verdict> verdict_of(std::string_view code) {
    const std::size_t at = index_in(kVerdictCodes, code);
    return at < kVerdicts ? std::optional(static_cast<Verdict>(at)) : std::nullopt;
}
std::optional<Reason> reason_of(std::string_view code) {
    const std::size_t at = index_in(kReasonCodes, code);
    return at < kReasons ? std::optional(static_cast<Reason>(at)) : std::nullopt;
}

void MoveRowsBuilder::add(std::uint32_t row_number, std::string_view customer_code, std::string_view target_code,
                          std::string_view note, Reason defect) {
    auto it = targets_.find(target_code);
    if (it == targets_.end()) {
        it = targets_.emplace(std::string(target_code), static_cast<std::uint32_t>(targets_.size())).first;
        rows_.target_code.push_back(target_code);
    }
    rows_.row_number.push_back(row_number);
    rows_.customer_code.push_back(customer_code);
    rows_.target.push_back(it->second);
    rows_.note.push_back(note);
    rows_.defect.push_back(defect);
}

MovePlan plan_moves(const MoveRows& rows, const CustomerColumns& customers, const CodeIndex& index, const PlanContext& context,
                    const std::vector<std::uint8_t>& dropped) {
    const std::size_t count = rows.size();
    MovePlan plan;
    plan.window = window_on(context.day, context.window_policy);
    plan.verdict.resize(count);
    plan.reason.resize(count);
    plan.customer.resize(count);
    plan.detail.resize(count);
    plan.arriving.resize(context.organisation.size());
    plan.leaving.resize(context.organisation.size());
    Rules rules(rows, customers, context, plan.window);
    const auto judged = [&](std::size_t row) { return (dropped.empty() || dropped[row] == 0) && rows.defect[row] == Reason::none; };
    index.find_all(rows.customer_code, plan.customer);
    for (std::size_t row = 0; row < count; ++row) {
        if (row + kAhead < count) {
            rules.ask_for(plan.customer[row + kAhead]);
            const std::uint32_t soon = plan.customer[row + kAhead / 2];
            if (soon != MovePlan::kNoCustomer) ask_for_line(&plan.leaving[rules.subjects[soon].place]);
            const UnitIndex to = rules.target[rows.target[row + kAhead / 2]];
            if (to != kNoUnit) ask_for_line(&plan.arriving[to]);
        }
        Judgement judgement;
        if (judged(row)) {
            judgement = judge(rules, row, plan.customer[row]);
        } else {
            plan.customer[row] = MovePlan::kNoCustomer;
            judgement.reason = rows.defect[row];
            if (!dropped.empty() && dropped[row] != 0) judgement = {Verdict::dropped, Reason::none, 0};
        }
        if (judgement.verdict == Verdict::moved) {
            const std::uint32_t customer = plan.customer[row];
            const UnitTotal total = total_of(customers, customer);
            plan.leaving[rules.subjects[customer].place] += total;
            plan.arriving[rules.target[rows.target[row]]] += total;
        }
        plan.verdict[row] = judgement.verdict;
        plan.reason[row] = judgement.reason;
        plan.detail[row] = judgement.detail;
        ++plan.by_verdict[static_cast<std::size_t>(judgement.verdict)];
        ++plan.by_reason[static_cast<std::size_t>(judgement.reason)];
    }
    plan.target = std::move(rules.target);
    return plan;
}

std::string digest_of(const MovePlan& plan, const MoveRows& rows, const CustomerColumns& customers, const PlanContext& context) {
    Digest digest;
    digest.add(context.basis.rights_version).add(context.basis.policy_version);
    digest.add(context.time_allows.value_or(plan.window.open) ? 1 : 0);
    const auto add_unit = [&](UnitIndex unit) {
        if (unit == kNoUnit) {
            digest.add(std::int64_t{0});
            return;
        }
        const UnitRecord& record = context.organisation.unit(unit);
        digest.add(record.id.value).add((static_cast<std::int64_t>(record.kind) << 1) | (record.active ? 1 : 0)).add(record.channel.value);
    };
    std::vector<std::uint8_t> named(rows.target_code.size(), 0);
    for (std::size_t row = 0; row < rows.size(); ++row) {
        if (plan.verdict[row] == Verdict::dropped) continue;
        const std::uint32_t target = rows.target[row];
        digest.add(std::int64_t{rows.row_number[row]}).add(rows.customer_code[row]).add(rows.target_code[target]).add(rows.note[row]);
        digest.add((static_cast<std::int64_t>(plan.verdict[row]) << 8) | static_cast<std::int64_t>(plan.reason[row]));
        if (named[target] == 0) {
            named[target] = 1;
            add_unit(plan.target[target]);
        }
        const std::uint32_t customer = plan.customer[row];
        if (customer == MovePlan::kNoCustomer) continue;
        digest.add(customers.id[customer]).add(customers.version[customer]).add(customers.locked_until[customer].days);
        digest.add(context.organisation.unit(customers.place[customer]).id.value);
    }
    return digest.hex();
}

std::vector<Flow> flows_of(const MovePlan& plan, const MoveRows& rows, const CustomerColumns& customers) {
    std::unordered_map<std::uint64_t, UnitTotal> by_pair;
    for (std::size_t row = 0; row < rows.size(); ++row) {
        if (plan.verdict[row] != Verdict::moved) continue;
        const std::uint32_t customer = plan.customer[row];
        const std::uint64_t pair = std::uint64_t{customers.place[customer]} << 32 | plan.target[rows.target[row]];
        by_pair[pair] += total_of(customers, customer);
    }
    std::vector<Flow> flows;
    flows.reserve(by_pair.size());
    for (const auto& [pair, total] : by_pair)
        flows.push_back({static_cast<UnitIndex>(pair >> 32), static_cast<UnitIndex>(pair & 0xFFFFFFFFu), total});
    std::sort(flows.begin(), flows.end(), [](const Flow& a, const Flow& b) { return a.from != b.from ? a.from < b.from : a.to < b.to; });
    return flows;
}

}  // namespace qudao
