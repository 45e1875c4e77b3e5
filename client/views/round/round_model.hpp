// The monthly round (rows D1-D8): its track, who did what, the departments' lists, conflicts, locks; and lifting a lock.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "client/engine/protocol.hpp"
#include "client/views/common/address.hpp"
#include "client/views/common/paged_list.hpp"
#include "client/views/common/world.hpp"
#include "shared/dto/round_dto.hpp"

namespace qudao::client::round {

enum class Tab : std::uint8_t { progress, departments, conflicts, locks };
inline constexpr std::size_t kTabs = 4;
std::string_view code_of(Tab tab);

// How far a local network is: its new customers, and those that wait in a pool still.
struct NetworkProgress {
    std::int64_t unit = 0;
    std::int64_t customers = 0;
    std::int64_t unplaced = 0;
};

// A question before something is done.
struct Asking {
    std::string act;             // "send_back" | "lift" | "stage_1" | "hand_over" | ""
    std::int64_t department = 0;
    std::string customer_code;   // lift
    std::string customer_name;
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
    std::vector<NetworkProgress> networks;
    PagedList conflicts{ListId::round_conflicts, query::Source::round_customer};
    PagedList claims{ListId::round_claims, query::Source::round_mark};   // who claims the customers in conflict
    std::map<std::int64_t, std::vector<std::int64_t>> claiming;          // departments by customer
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
struct StagePlanCame { Result<dto::PlanDto> plan; };
struct StageProgressed { dto::JobDto job; };
struct StageEnded { Result<dto::BatchDto> batch; };
struct LiftPressed { std::string code; std::string name; };
struct Lifted { std::optional<Error> error; };
struct NetworkPressed { std::int64_t unit = 0; };
struct BatchPressed {};
struct MoreWanted {};
struct Retried {};
struct WorldChanged {};          // the date or the organisation is another one
using Event = std::variant<Opened, RoundsCame, RoundCame, PeriodChosen, TabChosen, ActPressed, Asked, AskingClosed, Acted, ListWanted, StageTwoWanted, MarksPressed,
                           MarksOpened, MarksEnded, FaultsWanted, Decided, StagePlanCame, StageProgressed, StageEnded, LiftPressed, Lifted,
                           NetworkPressed, BatchPressed, MoreWanted, Retried, WorldChanged, ListArrived>;

Effects reduce(Model& model, const Event& event, const World& world);
Address address_of(const Model& model);

// What a person would do next, and may: the act's code, "" when it is somebody else's turn or nothing is to be done.
std::string next_act(const dto::RoundDto& round);
bool may(const dto::RoundDto& round, std::string_view act);
// "账期 2026年10月 · 窗口 11-09 至 12-03 · 剩余 16 天": with a tone that grows as the close nears.
struct CloseLine {
    NoticeTone tone = NoticeTone::neutral;
    std::string words;
};
CloseLine close_line(const dto::RoundDto& round, const World& world);

}  // namespace qudao::client::round
