// The monthly round, locks, received hand-overs and the history of a customer.
#pragma once

#include "shared/dto/list_dto.hpp"
#include "shared/ports/round_store.hpp"

namespace qudao::dto {

inline constexpr std::size_t kMaxMarkRows = 200'000;
inline constexpr std::size_t kMaxDecisions = 5000;
inline constexpr std::size_t kMaxReceived = 1000;

struct RoundSummaryDto {
    std::int32_t period = 0;
    std::string phase;
    std::string closed_at;  // Shanghai civil time, empty: open still
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("period", self.period);
        v("phase", self.phase);
        v("closed_at", self.closed_at);
    }
};

struct RoundsDto {
    std::int32_t current = 0;
    std::vector<RoundSummaryDto> rounds;  // the newest first
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("current", self.current);
        v("rounds", self.rounds);
    }
};

struct RoundStepDto {
    std::string step;
    std::string state;
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("step", self.step);
        v("state", self.state, one_of("ahead|current|done"));
    }
};

struct RoundDepartmentDto {
    std::int64_t department = 0;  // channel id
    std::string state;            // "" not given yet
    bool own = false;             // the asker answers for it
    std::int64_t person = 0;
    std::string at;
    std::string note;
    std::int64_t given = 0;
    std::int64_t claims = 0;
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("department", self.department);
        v("state", self.state);
        v("own", self.own);
        v("person", self.person);
        v("at", self.at);
        v("note", self.note);
        v("given", self.given);
        v("claims", self.claims);
    }
};

struct RoundEventDto {
    std::string at;
    std::int64_t person = 0;  // 0: the program by itself
    std::string act;
    std::int64_t department = 0;
    std::optional<std::int64_t> customers;  // of the whole province: none to those who do not see all of it
    std::string note;
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("at", self.at);
        v("person", self.person);
        v("act", self.act);
        v("department", self.department);
        v("customers", self.customers);
        v("note", self.note);
    }
};

struct RoundDto {
    std::int32_t period = 0;
    std::string phase;
    std::string opens_on;
    std::string closes_on;
    bool open = false;
    std::int32_t days_left = 0;
    std::string urgency;
    std::string locks_until;       // of what the close finds in a pool
    std::int64_t new_customers = 0;
    std::int64_t unplaced = 0;
    std::int64_t gathered = 0;
    std::int64_t claimed = 0;
    std::int64_t conflicts = 0;
    std::int64_t open_conflicts = 0;
    std::int64_t to_move = 0;
    std::int64_t stage_1_batch = 0;
    std::int64_t locked = 0;
    std::string closed_at;
    std::vector<RoundStepDto> steps;
    std::vector<RoundDepartmentDto> departments;
    std::vector<RoundEventDto> events;
    std::vector<std::string> acts;
    std::vector<PersonNameDto> persons;
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("period", self.period);
        v("phase", self.phase);
        v("opens_on", self.opens_on);
        v("closes_on", self.closes_on);
        v("open", self.open);
        v("days_left", self.days_left);
        v("urgency", self.urgency);
        v("locks_until", self.locks_until);
        v("new_customers", self.new_customers);
        v("unplaced", self.unplaced);
        v("gathered", self.gathered);
        v("claimed", self.claimed);
        v("conflicts", self.conflicts);
        v("open_conflicts", self.open_conflicts);
        v("to_move", self.to_move);
        v("stage_1_batch", self.stage_1_batch);
        v("locked", self.locked);
        v("closed_at", self.closed_at);
        v("steps", self.steps);
        v("departments", self.departments);
        v("events", self.events);
        v("acts", self.acts);
        v("persons", self.persons);
    }
};

struct RoundActRequest {
    std::string act;
    std::optional<std::int64_t> department;
    std::optional<std::string> note;
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("act", self.act, one_of("gather|give|hand_over|take_back|stage_1|reopen"));
        v("department", self.department, number(1, INT64_MAX));
        v("note", self.note, text(0, 255));
    }
};

struct RoundAnswerRequest {
    std::string act;
    std::int64_t department = 0;
    std::optional<std::string> note;
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("act", self.act, one_of("confirm|send_back|reopen"));
        v("department", self.department, number(1, INT64_MAX));
        v("note", self.note, text(0, 255));
    }
};

struct MarksRequest {
    std::int64_t department = 0;
    std::vector<std::uint32_t> row_number;
    StringColumn customer_code;
    StringColumn mark;
    StringColumn note;
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("department", self.department, number(1, INT64_MAX));
        v("row_number", self.row_number, Rule{1, 10'000'000, kMaxMarkRows});
        v("customer_code", self.customer_code, items(kMaxMarkRows, 64));
        v("mark", self.mark, items(kMaxMarkRows, 64));
        v("note", self.note, items(kMaxMarkRows, 1024));
    }
};
// request.invalid when columns differ in length.
Result<MarkRows> from_dto(const MarksRequest& dto);

struct MarkFaultDto {
    std::int64_t row = 0;    // as the spreadsheet counts
    std::int64_t index = 0;  // in the request
    std::string reason;
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("row", self.row);
        v("index", self.index);
        v("reason", self.reason);
    }
};
inline constexpr std::size_t kMarkFaultsShown = 10'000;

struct MarksDto {
    bool taken = false;        // false: rows are at fault and nothing was written
    std::int64_t rows = 0;
    std::int64_t claims = 0;
    std::int64_t not_named = 0;  // customers given of whom no row speaks: not claimed
    std::int64_t refused = 0;
    std::vector<MarkFaultDto> faults;  // the first kMarkFaultsShown
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("taken", self.taken);
        v("rows", self.rows);
        v("claims", self.claims);
        v("not_named", self.not_named);
        v("refused", self.refused);
        v("faults", self.faults);
    }
};
MarksDto to_dto(const MarkPlan& plan, const MarkRows& rows);

struct DecisionDto {
    std::int64_t customer = 0;
    std::int64_t department = 0;  // 0: nobody's
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("customer", self.customer, number(1, INT64_MAX));
        v("department", self.department, number(0, INT64_MAX));
    }
};
struct DecisionsRequest {
    std::vector<DecisionDto> decisions;
    template <class V, class Self>
    static void fields(V& v, Self& self) { v("decisions", self.decisions, items(kMaxDecisions)); }
};

struct StageRequest {
    std::string key;
    std::string digest;
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("key", self.key, text(16, 64));
        v("digest", self.digest, text(32, 32));
    }
};

struct LiftLockRequest {
    std::string customer_code;
    std::string reason;
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("customer_code", self.customer_code, text(1, 64));
        v("reason", self.reason, text(1, 255));
    }
};

struct ReceivedDto {
    std::int64_t batch = 0;
    std::int64_t unit = 0;
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("batch", self.batch, number(1, INT64_MAX));
        v("unit", self.unit, number(1, INT64_MAX));
    }
};
struct ReceivedRequest {
    std::vector<ReceivedDto> received;
    template <class V, class Self>
    static void fields(V& v, Self& self) { v("received", self.received, items(kMaxReceived)); }
};
struct ConfirmedDto {
    std::int64_t confirmed = 0;  // not confirmed before
    template <class V, class Self>
    static void fields(V& v, Self& self) { v("confirmed", self.confirmed); }
};

struct PlaceChangeDto {
    std::string at;
    std::int64_t from = 0;
    std::int64_t to = 0;
    std::int64_t batch = 0;
    std::int64_t person = 0;
    std::string note;
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("at", self.at);
        v("from", self.from);
        v("to", self.to);
        v("batch", self.batch);
        v("person", self.person);
        v("note", self.note);
    }
};
struct LockEventDto {
    std::string at;
    std::int64_t person = 0;  // 0: the close of a period
    std::int32_t period = 0;
    std::string locked_before;
    std::string locked_until;  // empty: lifted
    std::string reason;
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("at", self.at);
        v("person", self.person);
        v("period", self.period);
        v("locked_before", self.locked_before);
        v("locked_until", self.locked_until);
        v("reason", self.reason);
    }
};
struct CustomerHistoryDto {
    std::int64_t customer = 0;
    std::string code;
    std::string name;
    std::int64_t place = 0;
    std::string installed_on;
    std::int32_t new_in = 0;
    std::string locked_until;
    std::string on;                          // asked for, or empty
    std::optional<std::int64_t> place_then;  // at the end of that day; absent: not there yet, or not asked
    std::vector<PlaceChangeDto> changes;     // the newest first
    std::vector<LockEventDto> locks;         // the newest first
    std::vector<PersonNameDto> persons;
    template <class V, class Self>
    static void fields(V& v, Self& self) {
        v("customer", self.customer);
        v("code", self.code);
        v("name", self.name);
        v("place", self.place);
        v("installed_on", self.installed_on);
        v("new_in", self.new_in);
        v("locked_until", self.locked_until);
        v("on", self.on);
        v("place_then", self.place_then);
        v("changes", self.changes);
        v("locks", self.locks);
        v("persons", self.persons);
    }
};

}  // namespace qudao::dto
