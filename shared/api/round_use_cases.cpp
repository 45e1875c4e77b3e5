// The use cases of the monthly round: its steps, the answers of departments, hand-over lists, locks and history.
#include <array>

#include "shared/api/list_calls.hpp"
#include "shared/api/move_calls.hpp"
#include "shared/api/round_calls.hpp"
#include "shared/api/use_case_parts.hpp"
#include "shared/dto/list_dto.hpp"
#include "shared/dto/move_dto.hpp"
#include "shared/dto/round_dto.hpp"

namespace qudao::api {
namespace {

constexpr std::array<std::string_view, 1> kOn = {"on"};

}  // namespace

std::vector<UseCase> round_use_cases() {
    using namespace dto;
    return {
        needing(Action::confirm_handover, post("handovers.confirm", "/api/v1/handovers/confirm", "Confirm what is new to a unit",
                                               handovers_confirm, schema_of<ReceivedRequest>, schema_of<ConfirmedDto>)),
        asking(kOn, needing(Action::view_customer, get("customers.history", "/api/v1/customers/{code}/history",
                                                       "Where a customer was when, and its locks", customers_history, schema_of<CustomerHistoryDto>))),
        needing(Action::view_customer, get("rounds.list", "/api/v1/rounds", "The monthly rounds", rounds_list, schema_of<RoundsDto>)),
        needing(Action::view_customer, get("rounds.show", "/api/v1/rounds/{period}", "The round of a period", rounds_show, schema_of<RoundDto>)),
        needing(Action::run_round, post("rounds.act", "/api/v1/rounds/{period}/act", "A step of the round", rounds_act,
                                        schema_of<RoundActRequest>, schema_of<RoundDto>)),
        needing(Action::confirm_round, post("rounds.answer", "/api/v1/rounds/{period}/answer", "A department's answer", rounds_answer,
                                            schema_of<RoundAnswerRequest>, schema_of<RoundDto>)),
        needing(Action::confirm_round, post("rounds.marks", "/api/v1/rounds/{period}/marks", "A department's marked workbook", rounds_marks,
                                            schema_of<MarksRequest>, schema_of<MarksDto>, kRowsBody)),
        needing(Action::run_round, post("rounds.decide", "/api/v1/rounds/{period}/decisions", "Decide conflicts between departments",
                                        rounds_decide, schema_of<DecisionsRequest>, schema_of<RoundDto>, kMb)),
        needing(Action::run_round, get("rounds.stage_1_preview", "/api/v1/rounds/{period}/stage-1", "What stage 1 would do",
                                       rounds_stage_1_preview, schema_of<PlanDto>)),
        needing(Action::run_round, post("rounds.stage_1", "/api/v1/rounds/{period}/stage-1", "Commit stage 1 as previewed", rounds_stage_1,
                                        schema_of<StageRequest>, schema_of<JobDto>), 202),
        reading(needing(Action::view_customer, post("round_customers.list", "/api/v1/round-customers/list", "What a round gathered",
                                            round_customers_list, schema_of<ListRequest>, schema_of<ListPage>))),
        reading(needing(Action::view_customer, post("round_marks.list", "/api/v1/round-marks/list", "What departments were given and marked",
                                            round_marks_list, schema_of<ListRequest>, schema_of<ListPage>))),
        reading(needing(Action::view_customer, post("locks.list", "/api/v1/locks/list", "Locks set and lifted", locks_list,
                                            schema_of<ListRequest>, schema_of<ListPage>))),
        needing(Action::lift_lock, post("locks.lift", "/api/v1/locks/lift", "Lift a customer's lock, with a reason", locks_lift,
                                        schema_of<LiftLockRequest>, nullptr), 204),
    };
}

}  // namespace qudao::api
