#include "shared/api/use_case.hpp"

#include <array>
#include <iterator>

#include "shared/api/feed_calls.hpp"
#include "shared/api/list_calls.hpp"
#include "shared/api/move_calls.hpp"
#include "shared/api/round_calls.hpp"
#include "shared/api/partition_calls.hpp"
#include "shared/api/session_calls.hpp"
#include "shared/dto/customer_page_dto.hpp"
#include "shared/dto/feed_dto.hpp"
#include "shared/dto/list_dto.hpp"
#include "shared/dto/move_dto.hpp"
#include "shared/dto/organisation_dto.hpp"
#include "shared/dto/round_dto.hpp"
#include "shared/dto/partition_dto.hpp"
#include "shared/dto/session_dto.hpp"

namespace qudao::api {
namespace {

constexpr std::int64_t kKb = 1024;
constexpr std::int64_t kMb = 1024 * kKb;
constexpr std::int64_t kSmallBody = 64 * kKb;
// 200,000 rows: codes and numbers take about 10 MB, notes at most 24 MB (the workbook's limit), quotes and escapes the rest.
constexpr std::int64_t kRowsBody = 60 * kMb;

constexpr std::array<std::string_view, 1> kAfter = {"after"};
constexpr std::array<std::string_view, 1> kOn = {"on"};
constexpr std::array<std::string_view, 1> kBefore = {"before"};
constexpr std::array<std::string_view, 1> kVersion = {"version"};
constexpr std::array<std::string_view, 2> kTextAfter = {"text", "after"};
constexpr std::array<std::string_view, 3> kRangeAfter = {"first", "last", "after"};
constexpr std::array<std::string_view, 3> kPartitionQuestion = {"access_number", "contract", "cabinet"};

UseCase get(std::string_view name, std::string_view path, std::string_view summary, Response (*handle)(Call&), std::string (*response)()) {
    UseCase use_case;
    use_case.name = name;
    use_case.path = path;
    use_case.summary = summary;
    use_case.handle = handle;
    use_case.response_schema = response;
    return use_case;
}

UseCase post(std::string_view name, std::string_view path, std::string_view summary, Response (*handle)(Call&), std::string (*request)(),
             std::string (*response)(), std::int64_t max_body_bytes = kSmallBody) {
    UseCase use_case = get(name, path, summary, handle, response);
    use_case.method = Method::post;
    use_case.request_schema = request;
    use_case.max_body_bytes = max_body_bytes;
    return use_case;
}

UseCase needing(Action right, UseCase use_case, int success_status = 200) {
    use_case.admission = Admission::by_right;
    use_case.right = right;
    use_case.success_status = success_status;
    return use_case;
}

UseCase open_to_all(UseCase use_case) {
    use_case.admission = Admission::anyone;
    return use_case;
}

UseCase with(UseCase use_case, Method method, int success_status = 200) {
    use_case.method = method;
    use_case.success_status = success_status;
    return use_case;
}

UseCase asking(std::span<const std::string_view> query_parameters, UseCase use_case) {
    use_case.query_parameters = query_parameters;
    return use_case;
}

// Feeds, cabinets, number ranges, and the page of one customer.
std::vector<UseCase> feed_table() {
    using namespace dto;
    return {
        needing(Action::manage_feeds, asking(kBefore, get("feeds.show", "/api/v1/feeds", "Feeds: when each last went well, how late it is, and the runs",
                                                          feeds_show, schema_of<FeedsDto>))),
        needing(Action::manage_feeds, post("feeds.upload", "/api/v1/feed-runs", "Begin the upload of a feed", feeds_upload, schema_of<UploadRequest>,
                                           schema_of<FeedRunDto>), 201),
        needing(Action::manage_feeds, get("feeds.show_run", "/api/v1/feed-runs/{run}", "One run", feeds_show_run, schema_of<FeedRunDto>)),
        needing(Action::manage_feeds, with(post("feeds.add_part", "/api/v1/feed-runs/{run}/parts/{part}", "A part of an upload, counted from 1",
                                                feeds_add_part, schema_of<PartRequest>, schema_of<NothingDto>, 2 * kMb), Method::put)),
        needing(Action::manage_feeds, post("feeds.import", "/api/v1/feed-runs/{run}/import", "Import what was uploaded", feeds_import,
                                           schema_of<NothingDto>, schema_of<JobDto>), 202),
        needing(Action::manage_feeds, asking(kAfter, get("feeds.rejected", "/api/v1/feed-runs/{run}/rejected", "Lines that a run left out, with the reason",
                                                         feeds_rejected, schema_of<RejectedLinesDto>))),
        needing(Action::manage_cabinets, asking(kTextAfter, get("cabinets.list", "/api/v1/cabinets", "A page of cabinets", cabinets_list, schema_of<CabinetsDto>))),
        needing(Action::manage_cabinets, with(post("cabinets.save", "/api/v1/cabinets/{cabinet}", "Change what a cabinet serves, or enter a new one",
                                                   cabinets_save, schema_of<CabinetRequest>, schema_of<CabinetDto>), Method::put)),
        needing(Action::manage_cabinets, asking(kAfter, get("cabinets.subscribers", "/api/v1/cabinets/{cabinet}/subscribers",
                                                            "Subscribers on a cabinet whose customers the asker may see", cabinets_subscribers,
                                                            schema_of<ServedSubscribersDto>))),
        needing(Action::manage_cabinets, asking(kAfter, get("number_ranges.list", "/api/v1/number-ranges", "Number ranges", ranges_list, schema_of<NumberRangesDto>))),
        needing(Action::manage_cabinets, post("number_ranges.save", "/api/v1/number-ranges", "Change a number range, or enter a new one", ranges_save,
                                              schema_of<NumberRangeDto>, schema_of<NumberRangeDto>)),
        needing(Action::manage_cabinets, asking(kVersion, with(get("number_ranges.remove", "/api/v1/number-ranges/{range}", "Take a number range out",
                                                                   ranges_remove, schema_of<NothingDto>), Method::del))),
        needing(Action::manage_cabinets, asking(kRangeAfter, get("number_ranges.subscribers", "/api/v1/number-range-subscribers",
                                                                 "Subscribers in a range whose customers the asker may see", ranges_subscribers,
                                                                 schema_of<ServedSubscribersDto>))),
        needing(Action::manage_cabinets, asking(kPartitionQuestion, get("partition.facts", "/api/v1/partition-facts", "All that decides where a subscriber would go",
                                                                        partition_facts_show, schema_of<PartitionFactsDto>))),
        needing(Action::manage_cabinets, asking(kAfter, get("proposals.list", "/api/v1/cabinet-proposals", "Moves that changed cabinets propose", proposals_list,
                                                            schema_of<ProposalsDto>))),
        needing(Action::manage_cabinets, post("proposals.close", "/api/v1/cabinet-proposals/{proposal}/close", "Close a proposal without a move",
                                              proposals_close, schema_of<NothingDto>, schema_of<NothingDto>)),
        needing(Action::view_customer, get("customers.show", "/api/v1/customers/{customer}", "One customer, and why it is where it is", customers_show,
                                           schema_of<CustomerPageDto>)),
    };
}

std::vector<UseCase> work_table() {
    using namespace dto;
    return {
        open_to_all(get("health.show", "/api/v1/health", "Whether the server is up", health, schema_of<HealthDto>)),
        open_to_all(get("openapi.show", "/api/v1/openapi.json", "This document", openapi, schema_of<Json>)),
        open_to_all(post("session.open", "/api/v1/session", "Log in", session_open, schema_of<LogInRequest>, schema_of<SessionDto>)),
        get("session.show", "/api/v1/session", "Who is logged in, with rights, business date and window", session_show, schema_of<SessionDto>),
        with(get("session.close", "/api/v1/session", "Log out", session_close, nullptr), Method::del, 204),
        needing(Action::set_demo_date, with(post("demo_date.set", "/api/v1/demo-date", "Set the business date of a demonstration database",
                                                 demo_date_set, schema_of<DemoDateRequest>, schema_of<SessionDto>),
                                            Method::put)),
        asking(kAfter, get("organisation.show", "/api/v1/organisation", "Channels and units, in parts", organisation_show, schema_of<OrganisationDto>)),
        needing(Action::view_customer, get("unit_totals.show", "/api/v1/unit-totals", "Customers and revenue of every place in view",
                                           unit_totals_show, schema_of<UnitTotalsDto>)),
        needing(Action::view_customer, post("customers.list", "/api/v1/customers/list", "A page of customers", customers_list,
                                            schema_of<ListRequest>, schema_of<ListPage>)),
        needing(Action::view_customer, post("customers.states", "/api/v1/customers/states", "The state of named customers",
                                            customers_states, schema_of<StatesRequest>, schema_of<StatesDto>, kMb)),
        needing(Action::view_customer, post("adjustments.list", "/api/v1/adjustments/list", "A page of the adjustment log",
                                            adjustments_list, schema_of<ListRequest>, schema_of<ListPage>)),
        needing(Action::move_customer, post("moves.preview", "/api/v1/moves/preview", "What a bulk move would do", moves_preview,
                                            schema_of<PreviewRequest>, schema_of<PlanDto>, kRowsBody)),
        needing(Action::move_customer, post("moves.sight", "/api/v1/moves/sight", "Who would gain or lose sight of customers",
                                            moves_sight, schema_of<SightRequest>, schema_of<SightDto>, 4 * kMb)),
        needing(Action::move_customer, post("moves.commit", "/api/v1/moves", "Commit a bulk move that was previewed", moves_commit,
                                            schema_of<CommitRequest>, schema_of<JobDto>, kRowsBody), 202),
        get("jobs.show", "/api/v1/jobs/{key}", "How far a commit or undo is, and what it did", jobs_show, schema_of<JobDto>),
        needing(Action::view_customer, post("batches.list", "/api/v1/batches/list", "A page of batches", batches_list,
                                            schema_of<ListRequest>, schema_of<ListPage>)),
        needing(Action::view_customer, get("batches.show", "/api/v1/batches/{batch}", "One batch", batches_show, schema_of<BatchDto>)),
        needing(Action::move_customer, get("batches.undo_preview", "/api/v1/batches/{batch}/undo-plan", "What undoing a batch would do",
                                           batches_undo_preview, schema_of<PlanDto>)),
        needing(Action::move_customer, post("batches.undo", "/api/v1/batches/{batch}/undo", "Undo a batch as previewed", batches_undo,
                                            schema_of<UndoRequest>, schema_of<JobDto>), 202),
        needing(Action::view_customer, post("handovers.list", "/api/v1/handovers/list", "What is new to each receiving unit",
                                            handovers_list, schema_of<ListRequest>, schema_of<ListPage>)),
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
        needing(Action::view_customer, post("round_customers.list", "/api/v1/round-customers/list", "What a round gathered",
                                            round_customers_list, schema_of<ListRequest>, schema_of<ListPage>)),
        needing(Action::view_customer, post("round_marks.list", "/api/v1/round-marks/list", "What departments were given and marked",
                                            round_marks_list, schema_of<ListRequest>, schema_of<ListPage>)),
        needing(Action::view_customer, post("locks.list", "/api/v1/locks/list", "Locks set and lifted", locks_list,
                                            schema_of<ListRequest>, schema_of<ListPage>)),
        needing(Action::lift_lock, post("locks.lift", "/api/v1/locks/lift", "Lift a customer's lock, with a reason", locks_lift,
                                        schema_of<LiftLockRequest>, nullptr), 204),
    };
}

const std::vector<UseCase>& table() {
    static const std::vector<UseCase> all = [] {
        std::vector<UseCase> both = work_table();
        std::vector<UseCase> feeds = feed_table();
        both.insert(both.end(), std::make_move_iterator(feeds.begin()), std::make_move_iterator(feeds.end()));
        return both;
    }();
    return all;
}

}  // namespace

std::span<const UseCase> use_cases() { return table(); }

const UseCase* find_use_case(std::string_view name) {
    for (const UseCase& use_case : use_cases())
        if (use_case.name == name) return &use_case;
    return nullptr;
}

}  // namespace qudao::api
