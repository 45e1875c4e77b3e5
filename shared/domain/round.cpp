#include "shared/domain/round.hpp"

#include <algorithm>
#include <unordered_set>
#include <utility>

#include "shared/base/text.hpp"
#include "shared/domain/customer_code.hpp"

namespace qudao {
namespace {

constexpr std::array<std::string_view, 6> kPhaseCodes = {"waiting", "gathered", "given", "handed_over", "placing", "closed"};
constexpr std::array<std::string_view, 3> kDepartmentCodes = {"pending", "confirmed", "returned"};
constexpr std::array<std::string_view, 12> kActCodes = {"gather", "give",      "mark",      "confirm", "send_back", "reopen",
                                                        "decide", "hand_over", "take_back", "stage_1", "close",     "undo_stage_1"};
constexpr std::array<std::string_view, kRoundSteps> kStepCodes = {"gather", "give", "confirm", "resolve", "hand_over", "stage_1", "stage_2", "close"};
constexpr std::array<std::string_view, 3> kStepStateCodes = {"ahead", "current", "done"};
constexpr std::array<std::string_view, 7> kFaultCodes = {"none",     "customer_code_missing", "customer_code_bad", "not_given",
                                                         "repeated", "mark_bad",              "note_too_long"};
constexpr std::int64_t kMaxNoteCharacters = 255;

template <class Enum, std::size_t N>
std::optional<Enum> enum_of(const std::array<std::string_view, N>& codes, std::string_view code) {
    const auto at = static_cast<std::size_t>(std::find(codes.begin(), codes.end(), code) - codes.begin());
    return at < N ? std::optional(static_cast<Enum>(at)) : std::nullopt;
}
template <class Enum, std::size_t N>
std::string_view code_in(const std::array<std::string_view, N>& codes, Enum value) {
    return codes[static_cast<std::size_t>(value)];
}

std::int64_t count(const RoundFacts& facts, DepartmentState state) {
    return std::count(facts.departments.begin(), facts.departments.end(), state);
}
bool all_confirmed(const RoundFacts& facts) {
    return !facts.departments.empty() && count(facts, DepartmentState::confirmed) == static_cast<std::int64_t>(facts.departments.size());
}

Status check_time(const RoundFacts& facts, RoundAct act, Date day, const WindowPolicy& policy) {
    const WindowSpan window = window_of(facts.period, policy);
    if (act == RoundAct::close) {
        if (window.closes_on < day) return done();
        return Error::of("round.not_over").with("closes_on", format_date(window.closes_on));
    }
    if (day < window.opens_on) return Error::of("round.not_open").with("opens_on", format_date(window.opens_on));
    if (day <= window.closes_on) return done();
    const WindowState now = window_on(day, policy);
    return Error::of("round.over")
        .with("closes_on", format_date(window.closes_on))
        .with("opens_on", format_date(now.open ? now.opened_on : now.next_opening));
}

Status check_step(const RoundFacts& facts, RoundAct act) {
    const RoundPhase phase = facts.phase;
    bool fits = false;
    switch (act) {
        case RoundAct::gather: fits = phase <= RoundPhase::given && count(facts, DepartmentState::confirmed) == 0; break;
        case RoundAct::give: fits = phase == RoundPhase::gathered || phase == RoundPhase::given; break;
        case RoundAct::mark:
        case RoundAct::confirm:
        case RoundAct::send_back:
        case RoundAct::reopen:
        case RoundAct::decide:
        case RoundAct::hand_over: fits = phase == RoundPhase::given; break;
        case RoundAct::take_back: fits = phase == RoundPhase::handed_over; break;
        case RoundAct::stage_1: fits = phase == RoundPhase::handed_over || phase == RoundPhase::placing; break;
        case RoundAct::undo_stage_1: fits = phase == RoundPhase::placing; break;
        case RoundAct::close: fits = phase != RoundPhase::closed; break;
    }
    return fits ? done() : Status(Error::of("round.step").with("act", code_of(act)).with("phase", code_of(phase)));
}

Status check_department(RoundAct act, std::optional<DepartmentState> department) {
    if (!department) return done();
    const bool wanted_confirmed = act == RoundAct::reopen;
    const bool fits = act == RoundAct::give ? *department != DepartmentState::confirmed
                                            : *department == (wanted_confirmed ? DepartmentState::confirmed : DepartmentState::pending);
    return fits ? done() : Status(Error::of("round.department_state").with("act", code_of(act)).with("state", code_of(*department)));
}

MarkFault fault_of(const MarkRows& rows, std::size_t row, CustomerCode& code) {
    code = read_customer_code(rows.customer_code[row]);
    if (code.state == CodeState::missing) return MarkFault::customer_code_missing;
    if (code.state == CodeState::bad) return MarkFault::customer_code_bad;
    const std::string_view mark = rows.mark[row];
    if (!mark.empty() && mark != kMarkClaimed && mark != kMarkNotClaimed) return MarkFault::mark_bad;
    return count_code_points(rows.note[row]) > kMaxNoteCharacters ? MarkFault::note_too_long : MarkFault::none;
}

}  // namespace

std::string_view code_of(RoundPhase phase) { return code_in(kPhaseCodes, phase); }
std::optional<RoundPhase> round_phase_of(std::string_view code) { return enum_of<RoundPhase>(kPhaseCodes, code); }
std::string_view code_of(DepartmentState state) { return code_in(kDepartmentCodes, state); }
std::optional<DepartmentState> department_state_of(std::string_view code) { return enum_of<DepartmentState>(kDepartmentCodes, code); }
std::string_view code_of(RoundAct act) { return code_in(kActCodes, act); }
std::optional<RoundAct> round_act_of(std::string_view code) { return enum_of<RoundAct>(kActCodes, code); }
std::string_view code_of(RoundStep step) { return code_in(kStepCodes, step); }
std::string_view code_of(StepState state) { return code_in(kStepStateCodes, state); }
std::string_view code_of(MarkFault fault) { return code_in(kFaultCodes, fault); }

Status check_act(const RoundFacts& facts, RoundAct act, std::optional<DepartmentState> department, Date day, const WindowPolicy& policy) {
    QUDAO_CHECK(check_time(facts, act, day, policy));
    QUDAO_CHECK(check_step(facts, act));
    QUDAO_CHECK(check_department(act, department));
    if (act == RoundAct::give && facts.customers == 0) return Error::of("round.nothing_gathered");
    if (act == RoundAct::decide || act == RoundAct::hand_over) {
        const auto waiting = static_cast<std::int64_t>(facts.departments.size()) - count(facts, DepartmentState::confirmed);
        if (waiting != 0) return Error::of("round.departments_pending").with("count", waiting);
    }
    if (act == RoundAct::hand_over && facts.open_conflicts != 0) return Error::of("round.open_conflicts").with("count", facts.open_conflicts);
    return done();
}

std::array<StepState, kRoundSteps> steps_of(const RoundFacts& facts) {
    const RoundPhase phase = facts.phase;
    const bool closed = phase == RoundPhase::closed;
    const bool handed = phase >= RoundPhase::handed_over;
    const bool confirmed = handed || (phase == RoundPhase::given && all_confirmed(facts));
    const std::array<bool, kRoundSteps> finished = {phase >= RoundPhase::gathered,
                                                    phase >= RoundPhase::given,
                                                    confirmed,
                                                    handed || (confirmed && facts.open_conflicts == 0),
                                                    handed,
                                                    phase >= RoundPhase::placing,
                                                    closed || (phase == RoundPhase::placing && facts.unplaced == 0),
                                                    closed};
    std::array<StepState, kRoundSteps> steps{};
    bool current_found = false;
    for (std::size_t i = 0; i < kRoundSteps; ++i) {
        if (finished[i]) steps[i] = StepState::done;
        else if (!std::exchange(current_found, true)) steps[i] = StepState::current;
    }
    return steps;
}

PoolFinder::PoolFinder(const Organisation& org) : org_(org) {
    for (const UnitIndex unit : org.preorder(Tree::area))
        if (org.unit(unit).kind == UnitKind::pool && org.unit(unit).active) pools_.push_back(unit);
}

UnitIndex PoolFinder::above(UnitIndex unit, UnitKind kind) const {
    while (unit != kNoUnit && org_.unit(unit).kind != kind) unit = org_.parent(Tree::area, unit);
    return unit;
}

UnitIndex PoolFinder::pool_for(UnitIndex place, ChannelIndex channel) const {
    const UnitIndex network = above(place, UnitKind::local_network);
    if (network == kNoUnit) return kNoUnit;
    const UnitIndex branch = above(place, UnitKind::branch);
    const std::string_view area = branch == kNoUnit ? std::string_view(org_.unit(place).billing_area) : std::string_view(org_.unit(branch).billing_area);
    const Interval inside = org_.interval(Tree::area, network);
    UnitIndex first = kNoUnit;
    for (const UnitIndex pool : pools_) {
        if (org_.channel_of(pool) != channel || !inside.contains(org_.position(Tree::area, pool))) continue;
        if (org_.unit(pool).billing_area == area) return pool;
        if (first == kNoUnit) first = pool;
    }
    return first;
}

MarkPlan check_marks(const MarkRows& rows, const CodeIndex& given) {
    MarkPlan plan;
    plan.fault.resize(rows.size());
    plan.customer.assign(rows.size(), CodeIndex::kNone);
    plan.taken.resize(rows.size());
    std::unordered_set<std::uint32_t> named;
    for (std::size_t row = 0; row < rows.size(); ++row) {
        CustomerCode code;
        MarkFault fault = fault_of(rows, row, code);
        if (fault == MarkFault::none) {
            const std::uint32_t customer = given.find(code.text);
            if (customer == CodeIndex::kNone) fault = MarkFault::not_given;
            else if (!named.insert(customer).second) fault = MarkFault::repeated;
            else plan.customer[row] = customer;
        }
        plan.fault[row] = fault;
        plan.taken[row] = fault == MarkFault::none && rows.mark[row] == kMarkClaimed ? 1 : 0;
        plan.refused += fault == MarkFault::none ? 0 : 1;
        plan.claims += plan.taken[row];
    }
    return plan;
}

}  // namespace qudao
