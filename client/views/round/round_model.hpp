// The monthly round (rows D1-D8): its track, who did what, the departments' lists, conflicts, locks; and lifting a lock.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "client/engine/protocol.hpp"
#include "client/views/common/address.hpp"
#include "client/views/common/asked_for.hpp"
#include "client/views/common/paged_list.hpp"
#include "client/views/common/world.hpp"
#include "shared/dto/round_dto.hpp"

namespace qudao::client::round {

enum class Tab : std::uint8_t { progress, departments, conflicts, locks };
inline constexpr std::size_t kTabs = 4;
std::string_view code_of(Tab tab);

// How far a unit is: its new customers, and those that wait in a pool still.
struct UnitProgress {
    std::int64_t unit = 0;
    std::int64_t customers = 0;
    std::int64_t unplaced = 0;
};

// A question before something is done.
struct Asking {
    std::string act;             // "send_back" | "gather" (again) | "lift" | "stage_1" | "hand_over" | "decide_all" | ""
    std::int64_t department = 0;
    std::string customer_code;   // lift
    std::string customer_name;
};

// That a department claims a customer in conflict, and what it wrote beside it.
struct Claim {
    std::int64_t department = 0;
    std::string note;
};
using Claims = std::map<std::int64_t, std::vector<Claim>>;   // by customer

// Decisions on their way, in as many requests as they need.
struct Deciding {
    std::vector<dto::DecisionDto> sent;
    std::vector<dto::DecisionDto> next;
    std::int64_t all_of = 0;       // everything undecided that this department claims; else what was chosen
    bool more = false;             // there may be more of those
    std::int64_t done = 0;
    std::int64_t left_out = 0;     // chosen, but not claimed by the department
};

// A department's workbook on its way back.
struct MarksBack {
    std::int64_t department = 0;
    std::string file_name;
    bool under_way = false;
    std::optional<dto::MarksDto> result;
    std::optional<Error> error;
};

struct Model {
    std::int32_t period = 0;     // 0: the current one, not known yet
    Remote<dto::RoundsDto> rounds;
    Remote<dto::RoundDto> round;
    Tab tab = Tab::progress;
    PagedList placed{ListId::round_progress, query::Source::customer};  // new customers by place
    Tree progress_tree = Tree::area;
    bool progress_chosen = false;                   // by the person; else by the rights held
    std::int64_t progress_top = 0;                  // the lowest unit above all that are counted
    std::vector<UnitProgress> units;                // below it, in the order of the tree
    PagedList conflicts{ListId::round_conflicts, query::Source::round_customer};
    Remote<Claims> claims;                          // of the conflicts that have come
    std::int64_t claims_known = 0;                  // so many rows of the conflicts have theirs
    std::int64_t claims_asked = 0;
    std::uint32_t claims_generation = 0;
    std::map<std::int64_t, std::int64_t> decided;   // by customer, since the rows came
    std::set<std::int64_t> chosen;                  // customers in conflict
    Deciding deciding;
    Remote<std::int64_t> undecided;                 // that the department asked about claims
    std::uint32_t undecided_generation = 0;
    PagedList locks{ListId::round_locks, query::Source::customer};       // customers that are locked
    bool acting = false;
    std::optional<Error> error;
    Asking asking;
    MarksBack marks;
    Remote<dto::PlanDto> stage_plan;
    std::optional<dto::JobDto> stage_under_way;
};

struct Opened { Address address; };
struct RoundsCame { Result<dto::RoundsDto> rounds; };
struct RoundCame {
    std::int32_t period = 0;
    Result<dto::RoundDto> round;
};
struct PeriodChosen { std::int32_t period = 0; };
struct TabChosen { Tab tab = Tab::progress; };
struct ActPressed {              // those that need no word are done at once
    std::string act;
    std::int64_t department = 0;
};
struct Asked {                   // the dialog's answer
    std::string note;
};
struct AskingClosed {};
struct Acted { Result<dto::RoundDto> round; };
struct ListWanted { std::int64_t department = 0; };   // the department's list as a workbook
struct StageTwoWanted {};                             // the move template with all that waits in pools
struct MarksPressed { std::int64_t department = 0; }; // choose the marked workbook
struct MarksOpened { std::int64_t department = 0; std::string file_name; };
struct MarksEnded { Result<dto::MarksDto> result; };
struct FaultsWanted {};
struct Decided {
    std::int64_t customer = 0;
    std::int64_t department = 0;  // 0: nobody's
};
struct ConflictChosen { std::int64_t customer = 0; };
struct AllConflictsChosen {};                          // of those shown; again: none
struct ChosenDecided { std::int64_t department = 0; }; // 0: nobody's
struct AllDecidedPressed { std::int64_t department = 0; };   // asks first, saying how many
struct StagePlanCame { Result<dto::PlanDto> plan; };
struct StageProgressed { dto::JobDto job; };
struct StageEnded { Result<dto::BatchDto> batch; };
struct LiftPressed { std::string code; std::string name; };
struct Lifted { std::optional<Error> error; };
struct ProgressPressed { std::int64_t unit = 0; };   // its customers that wait still
struct ProgressTreePressed { Tree tree = Tree::area; };
struct BatchPressed {};
struct MoreWanted {};
struct Retried {};
struct WorldChanged {};          // the date or the organisation is another one
using Event = std::variant<Opened, RoundsCame, RoundCame, PeriodChosen, TabChosen, ActPressed, Asked, AskingClosed, Acted, ListWanted, StageTwoWanted, MarksPressed,
                           MarksOpened, MarksEnded, FaultsWanted, Decided, ConflictChosen, AllConflictsChosen, ChosenDecided, AllDecidedPressed, StagePlanCame, StageProgressed, StageEnded, LiftPressed, Lifted,
                           ProgressPressed, ProgressTreePressed, BatchPressed, MoreWanted, Retried, WorldChanged, ListShaped, ListArrived>;

Effects reduce(Model& model, const Event& event, const World& world);

// What is asked for (asked_for.hpp), and what asks for it again.
inline void look(const Model& model, AskedFor& asked) {
    asked(model.rounds);
    asked(model.round);
    if (model.tab == Tab::progress) asked(model.placed);
    if (model.tab == Tab::conflicts) asked(model.conflicts);
    if (model.tab == Tab::conflicts) asked(model.claims);
    if (model.tab == Tab::locks) asked(model.locks);
    asked.by_hand(model.stage_plan);
    asked.by_hand(model.undecided);
    asked.doing(model.acting || model.marks.under_way || model.stage_under_way.has_value());
}
inline std::optional<Event> again(const Model&) { return Retried{}; }
Address address_of(const Model& model);

// What a person would do next, and may: the act's code, "" when it is somebody else's turn or nothing is to be done.
std::string next_act(const dto::RoundDto& round);
bool may(const dto::RoundDto& round, std::string_view act);
// Whether a department waits for a list: none was given yet, or it was sent back.
bool lists_to_give(const dto::RoundDto& round);
// New customers that came after the gathering, and what becomes of them; empty: none.
std::string late_words(const dto::RoundDto& round, const World& world);
// Who it is to be of a conflict's row, as far as it is decided; 0: nobody.
std::optional<std::int64_t> decided_of(const Model& model, std::int64_t row);
// "账期 2026年10月 · 窗口 11-09 至 12-03 · 剩余 16 天": with a tone that grows as the close nears.
struct CloseLine {
    NoticeTone tone = NoticeTone::neutral;
    std::string words;
};
CloseLine close_line(const dto::RoundDto& round, const World& world);

}  // namespace qudao::client::round
