// What reducers want done outside the model: values only. The application does them (client/app/perform.cpp) and puts what
// comes of them back as events.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "client/engine/protocol.hpp"
#include "client/engine/workbench_types.hpp"
#include "client/i18n/language.hpp"
#include "client/platform/files.hpp"
#include "client/views/common/api_call.hpp"
#include "client/views/common/notice.hpp"
#include "client/widgets/palette.hpp"
#include "client/widgets/table_desk.hpp"
#include "shared/base/date.hpp"
#include "shared/base/id.hpp"
#include "shared/dto/partition_dto.hpp"
#include "shared/dto/round_dto.hpp"
#include "shared/query/query_spec.hpp"

namespace qudao::client {

// Places that show a list, or need one to choose from.
enum class ListId : std::uint8_t {
    customers,
    customer_sums,    // count and revenue of what the customer list shows
    customer_places,  // the same by place, for the picture of units
    batches,
    batch_rows,
    batch_units,      // hand-over of one batch
    log,
    log_persons,      // who can be asked for
    handovers,
    handovers_waiting,  // how many are not confirmed yet: the count on the menu
    round_progress,     // new customers of a round by place
    round_conflicts,
    round_claims,       // who claims those in conflict that have come
    round_undecided,    // all that one department claims and nobody has decided yet
    round_undecided_count,
    round_locks,
    arrear_conflicts,
    log_locks,          // locks set and lifted
    log_lock_persons,   // who lifted them
    palette,            // customers found by the command palette
};
inline constexpr std::size_t kListIds = 20;

// One page of a list; answered by ListArrived. `generation` is the asker's: an answer to an older one is dropped.
struct FetchList {
    ListId list = ListId::customers;
    std::uint32_t generation = 0;
    query::QuerySpec spec;
    std::optional<std::string> cursor;
};
struct ExportList { engine::ExportRequest request; };
struct CancelExport {};
struct SaveShown {                 // what a table shows, as a workbook
    engine::ShownTable table;
    std::string cells;
};
struct CopyText {
    std::string text;
    std::int64_t rows = 0;
};
struct ApplyLayouts { std::string text; };   // of tables
struct AskTable { ui::TableUse use = ui::TableUse::print; };   // of the table on screen; answered by TableTaken
struct PrintPage { std::string json; };   // client/platform/paper.hpp

struct Navigate {
    std::string address;
    bool replace = false;   // of conditions changed on the same screen while typing: no step back
};
// A screen by its first segment, as it was left; anew when it is the one on screen.
struct OpenScreen { std::string path; };
struct Notify {
    NoticeTone tone = NoticeTone::neutral;
    std::string words;
};
struct RefreshTotals {};    // customers moved: counts of units anew

struct LogIn {
    std::string login;
    std::string password;
};
struct LogOut {};
struct SetLanguage { Language language = Language::zh; };
struct SetLook { ui::Look look; };
struct SetDemoDate { Date day; };
struct ReloadPage {};

struct FetchBatch { BatchId batch; };
struct FetchUndoPlan {
    BatchId batch;
    std::int64_t after = 0;  // so many of the rows that stay are known already
};
struct UndoBatch {
    BatchId batch;
    std::string digest;
    bool same_key = false;  // asked again after the network failed: the server answers what the first did
};

struct PickWorkbook {};
struct OpenWorkbook {
    platform::File file;
    std::string dropped_rows;          // of a file that was open before (engine::Summary)
    std::int64_t opened_unix_ms = 0;   // when that was; 0: it is opened for the first time
};
struct OpenCells { std::string cells; };
struct CloseWorkbook {};
struct FetchRows { engine::RowsRequest request; };
struct DropRows { engine::DropRequest request; };
struct FetchSight {};
struct SaveRows { engine::RefusedWorkbookRequest request; };
struct SaveTemplate { std::string file_name; };
struct CommitMoves { bool same_key = false; };
struct RereadMoves {};
struct RetryWorkbook {};

struct FetchFeeds { std::int64_t before = 0; };
struct PickFeed {};
struct UploadFeed { platform::File file; };
struct SaveRejectedLines {
    std::int64_t run = 0;
    std::string file_name;
};
struct FetchCabinets {
    std::string text;
    std::string after;
};
struct FetchRanges {
    std::string text;       // that a number in it begins with
    std::string after;
};
struct FetchServed {
    bool range = false;
    std::string first;       // of a range; else the cabinet
    std::string last;
    std::string after;
    std::uint32_t generation = 0;
};
struct SaveCabinet {
    std::string code;
    dto::CabinetRequest request;
};
struct SaveRange { dto::NumberRangeDto range; };
struct RemoveRange {
    std::int64_t range = 0;
    std::int32_t version = 0;
};
struct FetchFacts {
    std::string access_number;
    std::string contract;
    std::string cabinet;
};
struct FetchProposals { std::int64_t after = 0; };
struct CloseProposal { std::int64_t proposal = 0; };
struct FetchCustomer { std::string code; };
struct OpenMoves { std::string cells; };  // moves made elsewhere, into the workbench

struct FetchRounds {};
struct FetchRound { Period period; };
struct ActRound {
    Period period;
    std::string act;
    std::int64_t department = 0;
    std::string note;
};
struct DecideRound {
    Period period;
    std::vector<dto::DecisionDto> decisions;   // at most dto::kMaxDecisions
};
struct PickMarks { std::int64_t department = 0; };
struct SaveMarkFaults { engine::MarkFaultsRequest request; };
struct FetchStagePlan { Period period; };
struct CommitStage {
    Period period;
    std::string digest;
};
struct LiftLock {
    std::string customer_code;
    std::string reason;
};
struct ConfirmHandover {
    std::int64_t batch = 0;
    std::int64_t unit = 0;
};
struct CountHandovers {};   // anew, for the menu
struct OpenHistory { std::string customer_code; };   // the dialog of it, over the screen that is shown
struct FetchHistory {
    std::string customer_code;
    Date on;                // kNoDate: the history alone
};

struct ChangePassword {
    std::string current;
    std::string password;
};
struct SeeAs { PersonId person; };
struct SeeAsOneself {};
struct LogOutEverywhere {};
struct RefreshSession {};   // rights, menu or organisation may be others now

// What is typed and not saved (common/forms.hpp).
struct KeepForm {
    std::string screen;
    std::int64_t record = 0;
    std::string json;
};
struct ForgetForm {
    std::string screen;
    std::int64_t record = 0;
};

using Effect = std::variant<FetchList, ExportList, CancelExport, SaveShown, CopyText, AskTable, PrintPage, ApplyLayouts, Navigate, OpenScreen, Notify, RefreshTotals, LogIn, LogOut, SetLanguage, SetLook, SetDemoDate,
                            ReloadPage, FetchBatch, FetchUndoPlan, UndoBatch, PickWorkbook, OpenWorkbook, OpenCells, CloseWorkbook,
                            FetchRows, DropRows, FetchSight, SaveRows, SaveTemplate, CommitMoves, RereadMoves, RetryWorkbook,
                            FetchRounds, FetchRound, ActRound, DecideRound, PickMarks, SaveMarkFaults, FetchStagePlan, CommitStage, LiftLock,
                            ConfirmHandover, CountHandovers, OpenHistory, FetchHistory, FetchFeeds, PickFeed, UploadFeed, SaveRejectedLines, FetchCabinets,
                            FetchRanges, FetchServed, SaveCabinet, SaveRange, RemoveRange, FetchFacts, FetchProposals, CloseProposal, FetchCustomer, OpenMoves,
                            CallApi, ChangePassword, SeeAs, SeeAsOneself, LogOutEverywhere, RefreshSession, KeepForm, ForgetForm>;
using Effects = std::vector<Effect>;

}  // namespace qudao::client
