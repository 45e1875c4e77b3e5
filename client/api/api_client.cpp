#include "client/api/api_client.hpp"

#include <random>

namespace qudao::client {
namespace {

constexpr int kMaxAttempts = 4;
constexpr std::int64_t kFirstWaitMs = 500;
constexpr int kMaxRestarts = 3;            // of reading the organisation, of a commit the server has forgotten
constexpr std::int64_t kFirstLookMs = 250;  // at a job under way; then twice as long each time
constexpr std::int64_t kLongestLookMs = 1000;

bool is_plain(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_' || c == '.' || c == '~';
}

void append_hex(std::string& out, std::uint32_t value, int digits) {
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) out.push_back(kDigits[(value >> shift) & 15u]);
}

std::string percent_encode(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (is_plain(c)) {
            out.push_back(c);
            continue;
        }
        out.push_back('%');
        append_hex(out, static_cast<unsigned char>(c), 2);
    }
    return out;
}

// "/api/v1/batches/{batch}" with its parameters filled in.
std::string fill_in(std::string_view pattern, const std::map<std::string, std::string>& values) {
    std::string path;
    for (std::size_t from = 0; from < pattern.size();) {
        const std::size_t open = std::min(pattern.find('{', from), pattern.size());
        path += pattern.substr(from, open - from);
        if (open == pattern.size()) break;
        const std::size_t close = pattern.find('}', open);
        path += percent_encode(values.at(std::string(pattern.substr(open + 1, close - open - 1))));
        from = close + 1;
    }
    return path;
}

bool is_good(const api::Response& response) { return response.status >= 200 && response.status < 300; }

// What another attempt may well answer.
bool may_pass(const Result<api::Response>& response) {
    if (!response) return response.error().code == kUnreachable || response.error().code == kTimedOut;
    return response->status == 503 || response->status == 502 || response->status == 504;
}

template <class Dto>
std::string body_of(const Dto& dto) { return dto::to_json(dto); }

}  // namespace

std::string new_idempotency_key() {
    std::random_device device;
    std::string key;
    for (int i = 0; i < 4; ++i) append_hex(key, device(), 8);
    return key;
}

Error error_of(const api::Response& response) {
    const Error bad = Error::of(kBadReply).with("status", response.status);
    const auto json = dto::parse_json(response.body);
    if (!json || !json->is_object()) return bad;
    const auto text = [](const dto::Json& object, const char* name) {
        const auto it = object.find(name);
        return it != object.end() && it->is_string() ? it->get<std::string>() : std::string();
    };
    Error error = Error::of(text(*json, "code"));
    if (error.code.empty()) return bad;
    if (const auto params = json->find("params"); params != json->end() && params->is_object())
        for (const auto& [name, value] : params->items())
            error.params.push_back({name, value.is_string() ? value.get<std::string>() : value.dump()});
    if (const auto fields = json->find("fields"); fields != json->end() && fields->is_array())
        for (const auto& field : *fields)
            if (field.is_object()) error.fields.push_back({text(field, "field"), text(field, "code"), field.value("row", std::int64_t{0}), {}});
    return error;
}

namespace {

template <class T>
Result<T> value_of(const api::Response& response) {
    if (!is_good(response)) return error_of(response);
    if constexpr (std::is_same_v<T, Done>) {
        return Done{};
    } else {
        auto value = dto::from_json<T>(response.body);
        if (!value) return Error::of(kBadReply).with("status", response.status);
        return value;
    }
}

}  // namespace

// One call until it is answered.
struct ApiClient::Sending {
    Ticket ticket;
    std::string_view use_case;
    api::Request request;
    Repeat repeat = Repeat::never;
    Reply<api::Response> reply;
    int attempts = 0;
    TransportId under_way = 0;
    std::int64_t cancel_number = 0;
    bool on_its_way = false;
};

// A commit or undo until it has ended.
struct ApiClient::Job {
    Ticket ticket;
    std::string key;
    RawCall call;
    OnProgress on_progress;
    Reply<dto::BatchDto> reply;
    int restarts = 0;
    std::int64_t wait_ms = kFirstLookMs;
};

ApiClient::ApiClient(Transport& transport, Completions& completions, Delay delay)
    : transport_(transport), completions_(completions), delay_(std::move(delay)) {
    transport_.set_on_job([this](const dto::JobDto& job) {
        const auto wanted = watched_.find(job.key);
        if (wanted != watched_.end() && wanted->second && job.state == "running")
            completions_.push([on_progress = wanted->second, job] { on_progress(job); });
    });
}

// --- sending ----------------------------------------------------------------------------------------------------------
void ApiClient::send(const Ticket& ticket, RawCall call, Repeat repeat, Reply<api::Response> reply) {
    const api::Route* route = api::find_route(call.use_case);
    assert(route != nullptr);
    auto sending = std::make_shared<Sending>();
    sending->ticket = ticket;
    sending->use_case = route->name;
    sending->repeat = route->method == api::Method::get ? Repeat::safe : repeat;
    sending->reply = std::move(reply);
    sending->request.method = route->method;
    sending->request.path = fill_in(route->path, call.path);
    sending->request.query = std::move(call.query);
    sending->request.body = std::move(call.body);
    attempt(std::move(sending));
}

void ApiClient::attempt(std::shared_ptr<Sending> sending) {
    if (!sending->ticket.wanted()) return given_up();
    ++sending->attempts;
    // The token may have been renewed since the last attempt.
    if (sending->request.method != api::Method::get) sending->request.csrf_token = csrf_token_;
    const bool last = sending->repeat == Repeat::never || sending->attempts == kMaxAttempts;
    api::Request request = last ? std::move(sending->request) : sending->request;
    sending->on_its_way = true;
    ++on_their_way_;
    const TransportId id =
        transport_.send(std::move(request), [this, sending](Result<api::Response> response) { arrived(sending, std::move(response)); });
    if (sending->under_way < 0) return;  // answered within send()
    sending->under_way = id;
    sending->cancel_number = sending->ticket.on_end([this, id, ended = std::weak_ptr(sending)] {
        transport_.abort(id);
        if (const auto aborted = ended.lock()) landed(*aborted);
    });
}

// An aborted one may still be answered: counted once.
void ApiClient::landed(Sending& sending) {
    if (std::exchange(sending.on_its_way, false)) --on_their_way_;
}

void ApiClient::arrived(std::shared_ptr<Sending> sending, Result<api::Response> response) {
    landed(*sending);
    sending->ticket.take_back(sending->cancel_number);
    sending->under_way = -1;
    if (!sending->ticket.wanted()) return given_up();
    if (may_pass(response) && sending->repeat == Repeat::safe && sending->attempts < kMaxAttempts) {
        std::int64_t wait_ms = kFirstWaitMs << (sending->attempts - 1);
        if (response && response->retry_after_s > 0) wait_ms = std::max(wait_ms, std::int64_t{1000} * response->retry_after_s);
        sending->under_way = 0;
        note_line({Line::retrying, sending->attempts + 1, kMaxAttempts});
        delay_(wait_ms, [this, sending] { attempt(sending); });
        return;
    }
    note_line(may_pass(response) ? LineState{Line::down, 0, 0} : LineState{});
    if (response) note_session_end(*response, sending->use_case);
    completions_.push([sending, response = std::make_shared<Result<api::Response>>(std::move(response))] {
        if (sending->ticket.wanted()) sending->reply(std::move(*response));
    });
}

// Nobody waits for the attempts that were told of.
void ApiClient::given_up() {
    if (line_.line == Line::retrying) note_line({});
}

void ApiClient::note_line(LineState line) {
    if (line == line_) return;
    line_ = line;
    if (on_line_) completions_.push([this, line] { on_line_(line); });
}

void ApiClient::note_session_end(const api::Response& response, std::string_view use_case) {
    if (response.status != 401 || use_case == "session.show" || !on_session_ended_) return;
    if (error_of(response).code == "session.none") completions_.push(on_session_ended_);
}

template <class T>
void ApiClient::ask(const Ticket& ticket, RawCall call, Repeat repeat, Reply<T> reply) {
    send(ticket, std::move(call), repeat, [reply = std::move(reply)](Result<api::Response> response) {
        reply(response ? value_of<T>(*response) : Result<T>(std::move(response).error()));
    });
}

void ApiClient::forward(const Ticket& ticket, RawCall call, Reply<api::Response> reply) {
    send(ticket, std::move(call), Repeat::safe, std::move(reply));
}

void ApiClient::call(const Ticket& ticket, RawCall raw, Reply<std::string> reply) {
    const api::Route* route = api::find_route(raw.use_case);
    const Repeat repeat = route != nullptr && route->reads ? Repeat::safe : Repeat::never;
    send(ticket, std::move(raw), repeat, [reply = std::move(reply)](Result<api::Response> response) {
        if (!response) return reply(std::move(response).error());
        reply(is_good(*response) ? Result<std::string>(std::move(response->body)) : Result<std::string>(error_of(*response)));
    });
}

// --- who one is -------------------------------------------------------------------------------------------------------
ApiClient::Reply<dto::SessionDto> ApiClient::keeping_token(Reply<dto::SessionDto> reply) {
    return [this, reply = std::move(reply)](Result<dto::SessionDto> session) {
        if (session) csrf_token_ = session->csrf_token;
        reply(std::move(session));
    };
}

void ApiClient::health(const Ticket& ticket, Reply<dto::HealthDto> reply) {
    ask(ticket, {"health.show", {}, {}, {}}, Repeat::safe, std::move(reply));
}

void ApiClient::probe(const Ticket& ticket) {
    const api::Route* route = api::find_route("health.show");
    assert(route != nullptr);
    auto sending = std::make_shared<Sending>();
    sending->ticket = ticket;
    sending->use_case = route->name;
    sending->request.method = route->method;
    sending->request.path = std::string(route->path);
    sending->reply = [](const Result<api::Response>&) {};
    attempt(std::move(sending));
}

void ApiClient::log_in(const Ticket& ticket, const dto::LogInRequest& request, Reply<dto::SessionDto> reply) {
    ask(ticket, {"session.open", {}, {}, body_of(request)}, Repeat::never, keeping_token(std::move(reply)));
}

void ApiClient::session(const Ticket& ticket, Reply<dto::SessionDto> reply) {
    ask(ticket, {"session.show", {}, {}, {}}, Repeat::safe, keeping_token(std::move(reply)));
}

void ApiClient::log_out(const Ticket& ticket, Reply<Done> reply) {
    ask<Done>(ticket, {"session.close", {}, {}, {}}, Repeat::never, [this, reply = std::move(reply)](Result<Done> result) {
        if (result) csrf_token_.clear();
        reply(std::move(result));
    });
}

void ApiClient::change_password(const Ticket& ticket, const dto::PasswordRequest& request, Reply<dto::SessionDto> reply) {
    ask(ticket, {"session.password", {}, {}, body_of(request)}, Repeat::never, keeping_token(std::move(reply)));
}

void ApiClient::see_as(const Ticket& ticket, PersonId person, Reply<dto::SessionDto> reply) {
    RawCall call{"session.see_own", {}, {}, {}};
    if (person) call = {"session.see_as", {}, {}, body_of(dto::SeeAsRequest{person.value})};
    ask(ticket, std::move(call), Repeat::safe, keeping_token(std::move(reply)));
}

void ApiClient::set_demo_date(const Ticket& ticket, Date day, Reply<dto::SessionDto> reply) {
    ask(ticket, {"demo_date.set", {}, {}, body_of(dto::DemoDateRequest{format_date(day)})}, Repeat::safe, keeping_token(std::move(reply)));
}

// --- organisation and lists -------------------------------------------------------------------------------------------
void ApiClient::organisation(const Ticket& ticket, Reply<OrganisationReply> reply) {
    next_part(ticket, std::make_shared<OrganisationReply>(), 0, 0, std::move(reply));
}

void ApiClient::next_part(const Ticket& ticket, std::shared_ptr<OrganisationReply> so_far, std::int64_t after, int restarts,
                          Reply<OrganisationReply> reply) {
    RawCall call{"organisation.show", {}, after == 0 ? std::string() : "after=" + std::to_string(after), {}};
    ask<dto::OrganisationDto>(ticket, std::move(call), Repeat::safe,
                              [this, ticket, so_far, after, restarts, reply = std::move(reply)](Result<dto::OrganisationDto> part) {
        if (!part) return reply(std::move(part).error());
        const Basis basis{part->basis.number, part->basis.rights_version, part->basis.policy_version};
        if (after != 0 && !(basis == so_far->basis)) {
            if (restarts == kMaxRestarts) return reply(Error::of(kBadReply).with("status", 200));
            return next_part(ticket, std::make_shared<OrganisationReply>(), 0, restarts + 1, reply);
        }
        so_far->basis = basis;
        if (const Status added = dto::add_part(so_far->records, *part); !added) return reply(Error::of(kBadReply).with("status", 200));
        if (part->next_after) return next_part(ticket, so_far, *part->next_after, restarts, reply);
        reply(std::move(*so_far));
    });
}

void ApiClient::unit_totals(const Ticket& ticket, Reply<dto::UnitTotalsDto> reply) {
    ask(ticket, {"unit_totals.show", {}, {}, {}}, Repeat::safe, std::move(reply));
}

std::string_view list_use_case(query::Source source) {
    switch (source) {
        case query::Source::customer: return "customers.list";
        case query::Source::adjustment: return "adjustments.list";
        case query::Source::batch: return "batches.list";
        case query::Source::handover: return "handovers.list";
        case query::Source::round_customer: return "round_customers.list";
        case query::Source::round_mark: return "round_marks.list";
        case query::Source::lock: return "locks.list";
        case query::Source::arrear_conflict: return "arrear_conflicts.list";
    }
    return {};
}

void ApiClient::list(const Ticket& ticket, query::Source source, const dto::ListRequest& request, Reply<dto::ListPage> reply) {
    ask(ticket, {std::string(list_use_case(source)), {}, {}, body_of(request)}, Repeat::safe, std::move(reply));
}

void ApiClient::customer_states(const Ticket& ticket, const dto::StatesRequest& request, Reply<dto::StatesDto> reply) {
    ask(ticket, {"customers.states", {}, {}, body_of(request)}, Repeat::safe, std::move(reply));
}

// --- bulk moves -------------------------------------------------------------------------------------------------------
void ApiClient::preview_moves(const Ticket& ticket, const dto::PreviewRequest& request, Reply<dto::PlanDto> reply) {
    ask(ticket, {"moves.preview", {}, {}, body_of(request)}, Repeat::safe, std::move(reply));
}

void ApiClient::sight(const Ticket& ticket, const dto::SightRequest& request, Reply<dto::SightDto> reply) {
    ask(ticket, {"moves.sight", {}, {}, body_of(request)}, Repeat::safe, std::move(reply));
}

void ApiClient::batch(const Ticket& ticket, BatchId batch, Reply<dto::BatchDto> reply) {
    ask(ticket, {"batches.show", {{"batch", std::to_string(batch.value)}}, {}, {}}, Repeat::safe, std::move(reply));
}

void ApiClient::preview_undo(const Ticket& ticket, BatchId batch, std::int64_t after, Reply<dto::PlanDto> reply) {
    ask(ticket, {"batches.undo_preview", {{"batch", std::to_string(batch.value)}}, after > 0 ? "after=" + std::to_string(after) : std::string(), {}}, Repeat::safe, std::move(reply));
}

void ApiClient::job(const Ticket& ticket, const std::string& key, Reply<dto::JobDto> reply) {
    ask(ticket, {"jobs.show", {{"key", key}}, {}, {}}, Repeat::safe, std::move(reply));
}

void ApiClient::commit(const Ticket& ticket, std::string key, std::string body, OnProgress on_progress, Reply<dto::BatchDto> reply) {
    start(std::make_shared<Job>(
        Job{ticket, std::move(key), {"moves.commit", {}, {}, std::move(body)}, std::move(on_progress), std::move(reply)}));
}

void ApiClient::undo(const Ticket& ticket, BatchId batch, const dto::UndoRequest& request, OnProgress on_progress, Reply<dto::BatchDto> reply) {
    RawCall call{"batches.undo", {{"batch", std::to_string(batch.value)}}, {}, body_of(request)};
    start(std::make_shared<Job>(Job{ticket, request.key, std::move(call), std::move(on_progress), std::move(reply)}));
}

// --- the monthly round ------------------------------------------------------------------------------------------------
namespace {

std::map<std::string, std::string> of_period(Period period) { return {{"period", std::to_string(period.yyyymm)}}; }

}  // namespace

void ApiClient::rounds(const Ticket& ticket, Reply<dto::RoundsDto> reply) {
    ask(ticket, {"rounds.list", {}, {}, {}}, Repeat::safe, std::move(reply));
}

void ApiClient::round(const Ticket& ticket, Period period, Reply<dto::RoundDto> reply) {
    ask(ticket, {"rounds.show", of_period(period), {}, {}}, Repeat::safe, std::move(reply));
}

void ApiClient::act_round(const Ticket& ticket, Period period, const dto::RoundActRequest& request, Reply<dto::RoundDto> reply) {
    ask(ticket, {"rounds.act", of_period(period), {}, body_of(request)}, Repeat::never, std::move(reply));
}

void ApiClient::answer_round(const Ticket& ticket, Period period, const dto::RoundAnswerRequest& request, Reply<dto::RoundDto> reply) {
    ask(ticket, {"rounds.answer", of_period(period), {}, body_of(request)}, Repeat::never, std::move(reply));
}

// The same marks taken twice are the same marks.
void ApiClient::send_marks(const Ticket& ticket, Period period, std::string body, Reply<dto::MarksDto> reply) {
    ask(ticket, {"rounds.marks", of_period(period), {}, std::move(body)}, Repeat::safe, std::move(reply));
}

void ApiClient::decide_round(const Ticket& ticket, Period period, const dto::DecisionsRequest& request, Reply<dto::RoundDto> reply) {
    ask(ticket, {"rounds.decide", of_period(period), {}, body_of(request)}, Repeat::safe, std::move(reply));
}

void ApiClient::preview_stage_1(const Ticket& ticket, Period period, Reply<dto::PlanDto> reply) {
    ask(ticket, {"rounds.stage_1_preview", of_period(period), {}, {}}, Repeat::safe, std::move(reply));
}

void ApiClient::commit_stage_1(const Ticket& ticket, Period period, const dto::StageRequest& request, OnProgress on_progress, Reply<dto::BatchDto> reply) {
    RawCall call{"rounds.stage_1", of_period(period), {}, body_of(request)};
    start(std::make_shared<Job>(Job{ticket, request.key, std::move(call), std::move(on_progress), std::move(reply)}));
}

void ApiClient::lift_lock(const Ticket& ticket, const dto::LiftLockRequest& request, Reply<Done> reply) {
    ask(ticket, {"locks.lift", {}, {}, body_of(request)}, Repeat::never, std::move(reply));
}

void ApiClient::confirm_handovers(const Ticket& ticket, const dto::ReceivedRequest& request, Reply<dto::ConfirmedDto> reply) {
    ask(ticket, {"handovers.confirm", {}, {}, body_of(request)}, Repeat::safe, std::move(reply));
}

void ApiClient::customer_history(const Ticket& ticket, const std::string& code, Date on, Reply<dto::CustomerHistoryDto> reply) {
    ask(ticket, {"customers.history", {{"code", code}}, on ? "on=" + format_date(on) : std::string(), {}}, Repeat::safe, std::move(reply));
}

void ApiClient::start(std::shared_ptr<Job> job) {
    watched_[job->key] = [job](const dto::JobDto& state) {
        if (job->ticket.wanted() && job->on_progress) job->on_progress(state);
    };
    ask<dto::JobDto>(job->ticket, job->call, Repeat::safe, [this, job](Result<dto::JobDto> accepted) {
        if (accepted) return look(job);
        watched_.erase(job->key);
        job->reply(std::move(accepted).error());
    });
}

void ApiClient::look(std::shared_ptr<Job> job) {
    this->job(job->ticket, job->key, [this, job](Result<dto::JobDto> state) { looked(job, std::move(state)); });
}

void ApiClient::looked(std::shared_ptr<Job> job, Result<dto::JobDto> state) {
    if (state && state->state == "running") {
        watched_[job->key](*state);
        delay_(job->wait_ms, [this, job] {
            if (job->ticket.wanted()) look(job);
        });
        job->wait_ms = std::min(job->wait_ms * 2, kLongestLookMs);
        return;
    }
    // A server that was started anew knows nothing of a job that had not ended, another one finds it lost: the key makes
    // asking again safe.
    const bool gone = state ? state->problem && state->problem->value("code", "") == "job.lost" : state.error().code == "job.unknown";
    if (gone && job->restarts < kMaxRestarts) {
        ++job->restarts;
        return start(job);
    }
    watched_.erase(job->key);
    if (!state) return job->reply(std::move(state).error());
    if (state->batch) return job->reply(std::move(*state->batch));
    api::Response problem;
    problem.status = 500;
    problem.body = state->problem ? state->problem->dump() : std::string();
    job->reply(error_of(problem));
}

}  // namespace qudao::client
