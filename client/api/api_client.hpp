// The use cases as typed asynchronous calls. Methods and paths are looked up in the table (shared/api/route.hpp).
//
// Every call takes the Ticket of the Lane it is asked for (lane.hpp) and a reply that gets a value or an Error. Replies are
// never called inside a call: they are pushed to the completion queue, and the application runs what is in it before the
// next frame. A reply whose ticket is no longer wanted is dropped.
//
// A problem document becomes its Error (code, params, fields); see transport.hpp for what a network adds. What may be sent
// twice without harm (reading; a commit or undo, by its key) is tried up to four times when the network fails or the
// server is busy, waiting 0.5 s, 1 s and 2 s or what the server says; the rest fails at once.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "client/api/lane.hpp"
#include "client/api/transport.hpp"
#include "client/platform/queue.hpp"
#include "shared/api/route.hpp"
#include "shared/dto/list_dto.hpp"
#include "shared/dto/move_dto.hpp"
#include "shared/dto/organisation_dto.hpp"
#include "shared/dto/round_dto.hpp"
#include "shared/dto/session_dto.hpp"

namespace qudao::client {

// Run in order, once a frame: for (auto& complete : completions.take()) complete();
using Completions = CompletionQueue<std::function<void()>>;
// Runs something once, later: platform::call_after in the page.
using Delay = std::function<void(std::int64_t delay_ms, std::function<void()> action)>;

// 32 hexadecimal digits from the machine's randomness: the key under which a commit or undo is safe to repeat.
std::string new_idempotency_key();

// All parts of the organisation, read under one basis: Organisation::build(records.channels, records.units).
struct OrganisationReply {
    Basis basis;
    ports::OrganisationRecords records;
};

// How it stands with the network, as the last requests tell.
enum class Line : std::uint8_t {
    good,
    retrying,   // a request has failed and is tried again
    down,       // one has failed as often as it was tried
};
struct LineState {
    Line line = Line::good;
    int attempt = 0;      // the one to come, from 1; while retrying
    int attempts = 0;     // as many as there will be
    friend bool operator==(const LineState&, const LineState&) = default;
};

// A call by name, its body as bytes: what the engine asks the page to send.
struct RawCall {
    std::string use_case;                      // "customers.states"
    std::map<std::string, std::string> path;   // {"batch", "12"}
    std::string query;                         // "after=4000", encoded
    std::string body;
};

class ApiClient {
public:
    template <class T>
    using Reply = std::function<void(Result<T>)>;
    using OnProgress = std::function<void(const dto::JobDto&)>;  // only while `running`

    ApiClient(Transport& transport, Completions& completions, Delay delay);
    ApiClient(const ApiClient&) = delete;
    ApiClient& operator=(const ApiClient&) = delete;

    // Called (as a completion) when a reply says session.none: ask to log in again. Not for session() itself.
    void set_on_session_ended(std::function<void()> on_session_ended) { on_session_ended_ = std::move(on_session_ended); }

    // Called (as a completion) whenever it stands otherwise with the network.
    void set_on_line(std::function<void(LineState)> on_line) { on_line_ = std::move(on_line); }
    // Asks whether somebody answers: once, and says so as a line.
    void probe(const Ticket& ticket);

    // --- who one is -----------------------------------------------------------------------------------------------------
    void health(const Ticket& ticket, Reply<dto::HealthDto> reply);
    void log_in(const Ticket& ticket, const dto::LogInRequest& request, Reply<dto::SessionDto> reply);
    void session(const Ticket& ticket, Reply<dto::SessionDto> reply);  // session.none: nobody is logged in
    void log_out(const Ticket& ticket, Reply<Done> reply);
    void change_password(const Ticket& ticket, const dto::PasswordRequest& request, Reply<dto::SessionDto> reply);
    // Looks with another's rights, read-only; with the own ones again for nobody (PersonId{}).
    void see_as(const Ticket& ticket, PersonId person, Reply<dto::SessionDto> reply);
    void set_demo_date(const Ticket& ticket, Date day, Reply<dto::SessionDto> reply);

    // --- organisation and lists -----------------------------------------------------------------------------------------
    void organisation(const Ticket& ticket, Reply<OrganisationReply> reply);
    void unit_totals(const Ticket& ticket, Reply<dto::UnitTotalsDto> reply);
    void list(const Ticket& ticket, query::Source source, const dto::ListRequest& request, Reply<dto::ListPage> reply);
    void customer_states(const Ticket& ticket, const dto::StatesRequest& request, Reply<dto::StatesDto> reply);

    // --- bulk moves -----------------------------------------------------------------------------------------------------
    void preview_moves(const Ticket& ticket, const dto::PreviewRequest& request, Reply<dto::PlanDto> reply);
    void sight(const Ticket& ticket, const dto::SightRequest& request, Reply<dto::SightDto> reply);
    void batch(const Ticket& ticket, BatchId batch, Reply<dto::BatchDto> reply);
    // Of the rows that stay where they are, those `after` so many.
    void preview_undo(const Ticket& ticket, BatchId batch, std::int64_t after, Reply<dto::PlanDto> reply);

    // Commit and undo run to their end: accepted, watched, asked for again under the same key when the server has forgotten
    // them. The reply is the batch, or why there is none (moves.stale, moves.refused_rows, ...): nothing was changed then.
    // A dropped ticket stops the watching, not the commit. `body` is a CommitRequest with that key, as the engine writes it.
    void commit(const Ticket& ticket, std::string key, std::string body, OnProgress on_progress, Reply<dto::BatchDto> reply);
    void undo(const Ticket& ticket, BatchId batch, const dto::UndoRequest& request, OnProgress on_progress, Reply<dto::BatchDto> reply);
    void job(const Ticket& ticket, const std::string& key, Reply<dto::JobDto> reply);  // job.unknown

    // --- the monthly round ----------------------------------------------------------------------------------------------
    void rounds(const Ticket& ticket, Reply<dto::RoundsDto> reply);
    void round(const Ticket& ticket, Period period, Reply<dto::RoundDto> reply);
    void act_round(const Ticket& ticket, Period period, const dto::RoundActRequest& request, Reply<dto::RoundDto> reply);
    void answer_round(const Ticket& ticket, Period period, const dto::RoundAnswerRequest& request, Reply<dto::RoundDto> reply);
    void send_marks(const Ticket& ticket, Period period, std::string body, Reply<dto::MarksDto> reply);  // a MarksRequest as the engine writes it
    void decide_round(const Ticket& ticket, Period period, const dto::DecisionsRequest& request, Reply<dto::RoundDto> reply);
    void preview_stage_1(const Ticket& ticket, Period period, Reply<dto::PlanDto> reply);
    void commit_stage_1(const Ticket& ticket, Period period, const dto::StageRequest& request, OnProgress on_progress, Reply<dto::BatchDto> reply);
    void lift_lock(const Ticket& ticket, const dto::LiftLockRequest& request, Reply<Done> reply);
    void confirm_handovers(const Ticket& ticket, const dto::ReceivedRequest& request, Reply<dto::ConfirmedDto> reply);
    void customer_history(const Ticket& ticket, const std::string& code, Date on, Reply<dto::CustomerHistoryDto> reply);  // kNoDate: no place then

    // Whether an answer is on its way; false between two attempts. What a screen does not wait for by itself counts, too.
    bool awaiting() const { return on_their_way_ > 0; }

    // Any use case by name: the body of a good reply, or the Error of a problem. Reading is repeated, the rest is not.
    void call(const Ticket& ticket, RawCall call, Reply<std::string> reply);
    // The reply as it came, problem documents among them; an Error only when none came.
    void forward(const Ticket& ticket, RawCall call, Reply<api::Response> reply);

private:
    struct Sending;
    struct Job;
    enum class Repeat : std::uint8_t { safe, never };

    void send(const Ticket& ticket, RawCall call, Repeat repeat, Reply<api::Response> reply);
    void attempt(std::shared_ptr<Sending> sending);
    void arrived(std::shared_ptr<Sending> sending, Result<api::Response> response);
    void landed(Sending& sending);
    void note_line(LineState line);
    void given_up();
    void note_session_end(const api::Response& response, std::string_view use_case);
    template <class T>
    void ask(const Ticket& ticket, RawCall call, Repeat repeat, Reply<T> reply);
    Reply<dto::SessionDto> keeping_token(Reply<dto::SessionDto> reply);
    void next_part(const Ticket& ticket, std::shared_ptr<OrganisationReply> so_far, std::int64_t after, int restarts,
                   Reply<OrganisationReply> reply);
    void start(std::shared_ptr<Job> job);
    void look(std::shared_ptr<Job> job);
    void looked(std::shared_ptr<Job> job, Result<dto::JobDto> state);

    Transport& transport_;
    Completions& completions_;
    Delay delay_;
    std::string csrf_token_;
    std::function<void()> on_session_ended_;
    std::function<void(LineState)> on_line_;
    LineState line_;
    int on_their_way_ = 0;
    std::map<std::string, OnProgress> watched_;  // by key: jobs whose progress somebody wants
};

// The Error of a problem document; network.bad_reply when it is none.
Error error_of(const api::Response& response);
// The use case that lists a source.
std::string_view list_use_case(query::Source source);

}  // namespace qudao::client
