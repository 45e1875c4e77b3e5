// The monthly round of one account period (rows D1-D8): the period's new customers are gathered, given to the departments,
// confirmed by each, conflicts decided, handed over, moved to the channels' pools (stage 1) and to communities (stage 2),
// and what is left is locked at the close. Here is which act is possible when; nothing is stored or moved.
//
// Any step can be redone until the next is committed.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "shared/base/string_column.hpp"
#include "shared/domain/snapshot.hpp"
#include "shared/domain/window.hpp"

namespace qudao {

// What has been committed last.
enum class RoundPhase : std::uint8_t { waiting, gathered, given, handed_over, placing, closed };
std::string_view code_of(RoundPhase phase);
std::optional<RoundPhase> round_phase_of(std::string_view code);

// A department is a channel that confirms which of the new customers are its own (row D3).
enum class DepartmentState : std::uint8_t {
    pending,    // has the list
    confirmed,  // its marks stand
    returned,   // sent the list back, with a reason; it must be given again
};
std::string_view code_of(DepartmentState state);
std::optional<DepartmentState> department_state_of(std::string_view code);
// By the codes of their channels.
inline constexpr std::array<std::string_view, 3> kRoundDepartments = {"key_account", "commercial", "contracted"};

enum class RoundAct : std::uint8_t { gather, give, mark, confirm, send_back, reopen, decide, hand_over, take_back, stage_1, close, undo_stage_1 };
std::string_view code_of(RoundAct act);
std::optional<RoundAct> round_act_of(std::string_view code);

struct RoundFacts {
    Period period;
    RoundPhase phase = RoundPhase::waiting;
    std::int64_t customers = 0;        // gathered
    std::vector<DepartmentState> departments;  // of those that have been given the list
    std::int64_t open_conflicts = 0;   // customers that several departments claim, not decided
    std::int64_t unplaced = 0;         // new in the period and still in a pool
};

// Whether the act is possible on that day; for give, mark, confirm, send_back and reopen `department` is the state of the one it is
// about (none: of give, all that have not confirmed). Errors: round.not_open {opens_on}, round.over {closes_on, opens_on: the next
// opening}, round.step {act, phase}, round.department_state {state}, round.departments_pending {count}, round.open_conflicts
// {count}, round.nothing_gathered.
Status check_act(const RoundFacts& facts, RoundAct act, std::optional<DepartmentState> department, Date day, const WindowPolicy& policy);

// The track a person sees.
enum class RoundStep : std::uint8_t { gather, give, confirm, resolve, hand_over, stage_1, stage_2, close };
inline constexpr std::size_t kRoundSteps = 8;
std::string_view code_of(RoundStep step);
enum class StepState : std::uint8_t { ahead, current, done };
std::string_view code_of(StepState state);
std::array<StepState, kRoundSteps> steps_of(const RoundFacts& facts);

// The unassigned pool of a channel for customers at `place`: that of the same billing area, else the first of the same local
// network; kNoUnit when the network has none in use.
class PoolFinder {
public:
    explicit PoolFinder(const Organisation& org);
    UnitIndex pool_for(UnitIndex place, ChannelIndex channel) const;

private:
    UnitIndex above(UnitIndex unit, UnitKind kind) const;
    const Organisation& org_;
    std::vector<UnitIndex> pools_;  // in use, in the order of the area tree
};

// The fixed columns of the workbook a department is given (row D2), in any language of the screen: they are part of the format.
inline constexpr std::array<std::string_view, 8> kMarkColumns = {"客户编码", "客户名称", "合同号", "装机地址", "入网日期", "现归属单位", "意见", "备注"};
inline constexpr std::string_view kMarkClaimed = "是";
inline constexpr std::string_view kMarkNotClaimed = "否";

// A department's marked workbook, row by row (row D3). 是: ours; 否 or nothing, or no row at all: not ours. It is the whole
// of what the department says: the next one replaces it.
struct MarkRows {
    std::vector<std::uint32_t> row_number;
    StringColumn customer_code;  // normalised
    StringColumn mark;
    StringColumn note;
    std::size_t size() const { return row_number.size(); }
};
enum class MarkFault : std::uint8_t { none, customer_code_missing, customer_code_bad, not_given, repeated, mark_bad, note_too_long };
std::string_view code_of(MarkFault fault);
struct MarkPlan {
    std::vector<MarkFault> fault;
    std::vector<std::uint32_t> customer;  // into the list given; kNone where there is a fault
    std::vector<std::uint8_t> taken;
    std::int64_t refused = 0;
    std::int64_t claims = 0;
    std::int64_t not_named = 0;  // customers given of whom no row speaks
};
MarkPlan check_marks(const MarkRows& rows, const CodeIndex& given);

}  // namespace qudao
