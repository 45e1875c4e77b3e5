#include "client/api/api_client.hpp"

#include <catch2/catch.hpp>

#include <deque>

namespace qudao::client {
namespace {

// Answers what the test says, in order, and remembers what was asked.
class Scripted final : public Transport {
public:
    TransportId send(api::Request request, Done done) override {
        sent.push_back(std::move(request));
        pending.push_back(std::move(done));
        return static_cast<TransportId>(sent.size());
    }
    void abort(TransportId id) override { aborted.push_back(id); }

    void answer(std::size_t which, int status, std::string body) {
        api::Response response;
        response.status = status;
        response.body = std::move(body);
        pending.at(which)(std::move(response));
    }
    void fail(std::size_t which, std::string_view code) { pending.at(which)(Error::of(code)); }
    void push_job(const dto::JobDto& job) const { tell_job(job); }

    std::vector<api::Request> sent;
    std::vector<Done> pending;
    std::vector<TransportId> aborted;
};

struct Fixture {
    Scripted transport;
    Completions completions;
    std::deque<std::pair<std::int64_t, std::function<void()>>> later;
    ApiClient client{transport, completions, [this](std::int64_t ms, std::function<void()> action) { later.emplace_back(ms, std::move(action)); }};
    Lane lane;

    void complete() {
        for (const auto& one : completions.take()) one();
    }
    std::int64_t run_later() {
        auto [ms, action] = std::move(later.front());
        later.pop_front();
        action();
        return ms;
    }
};

const std::string kHealth = R"({"status":"ok","version":"1"})";
std::string problem(const std::string& code) { return R"({"type":"about:blank","status":400,"code":")" + code + R"("})"; }
std::string job(const std::string& rest) { return R"({"key":"0123456789abcdef","phase":"","done":0,"total":0,)" + rest + "}"; }
const std::string kBatch = R"("batch":{"id":7,"kind":"move","person":1,"person_name":"x","at":"","day":"","file_name":"","rows":1,"moved":1,)"
                           R"("unchanged":0,"kept":0,"digest":"","undone_by":[]})";

}  // namespace

TEST_CASE("a reply is a completion, never a call within the call") {
    Fixture f;
    std::optional<Result<dto::HealthDto>> got;
    f.client.health(f.lane.renew(), [&](Result<dto::HealthDto> health) { got = std::move(health); });
    REQUIRE(f.transport.sent.size() == 1);
    CHECK(f.transport.sent[0].path == "/api/v1/health");
    CHECK(f.transport.sent[0].method == api::Method::get);
    f.transport.answer(0, 200, kHealth);
    CHECK_FALSE(got);
    f.complete();
    REQUIRE(got);
    CHECK((*got)->status == "ok");
}

TEST_CASE("what is out of date is dropped and aborted") {
    Fixture f;
    int answered = 0;
    const auto count = [&](Result<dto::HealthDto>) { ++answered; };
    f.client.health(f.lane.renew(), count);
    f.client.health(f.lane.renew(), count);
    CHECK(f.transport.aborted == std::vector<TransportId>{1});
    f.transport.answer(0, 200, kHealth);
    f.transport.answer(1, 200, kHealth);
    f.complete();
    CHECK(answered == 1);
    // Between the answer and the frame as well.
    f.client.health(f.lane.renew(), count);
    f.transport.answer(2, 200, kHealth);
    f.lane.cancel();
    f.complete();
    CHECK(answered == 1);
    CHECK(f.transport.aborted == std::vector<TransportId>{1});  // what is over is not aborted
    {
        Lane short_lived;
        f.client.health(short_lived.renew(), count);
    }
    CHECK(f.transport.aborted.size() == 2);
}

TEST_CASE("it says whether an answer is on its way, whoever waits for it") {
    Fixture f;
    const auto none = [](const Result<dto::HealthDto>&) {};
    CHECK_FALSE(f.client.awaiting());
    f.client.health(f.lane.renew(), none);
    CHECK(f.client.awaiting());
    f.client.health(f.lane.renew(), none);  // the first is aborted, and answered all the same
    f.transport.answer(0, 200, kHealth);
    CHECK(f.client.awaiting());
    f.transport.fail(1, kUnreachable);
    CHECK_FALSE(f.client.awaiting());
    f.run_later();
    CHECK(f.client.awaiting());
    f.lane.cancel();
    CHECK_FALSE(f.client.awaiting());
    f.transport.answer(2, 200, kHealth);
    CHECK_FALSE(f.client.awaiting());
}

TEST_CASE("reading is tried again, four times at most, and no sooner than the server says") {
    Fixture f;
    std::optional<Result<dto::ListPage>> got;
    f.client.list(f.lane.renew(), query::Source::customer, {}, [&](Result<dto::ListPage> page) { got = std::move(page); });
    f.transport.fail(0, kUnreachable);
    CHECK(f.run_later() == 500);
    f.transport.fail(1, kTimedOut);
    CHECK(f.run_later() == 1000);
    api::Response busy;
    busy.status = 503;
    busy.retry_after_s = 7;
    f.transport.pending.at(2)(busy);
    CHECK(f.run_later() == 7000);
    CHECK(f.transport.sent[3].body == f.transport.sent[0].body);
    f.transport.fail(3, kUnreachable);
    CHECK(f.later.empty());
    f.complete();
    REQUIRE(got);
    CHECK(got->error().code == kUnreachable);
}

TEST_CASE("how it stands with the network is told when it changes, and asked for with one request") {
    Fixture f;
    std::vector<LineState> told;
    f.client.set_on_line([&](LineState line) { told.push_back(line); });
    f.client.health(f.lane.renew(), [](const Result<dto::HealthDto>&) {});
    f.transport.fail(0, kUnreachable);
    f.complete();
    REQUIRE(told.size() == 1);
    CHECK(told.back() == LineState{Line::retrying, 2, 4});
    f.run_later();
    f.transport.answer(1, 200, kHealth);
    f.complete();
    CHECK(told.back() == LineState{});
    f.client.health(f.lane.renew(), [](const Result<dto::HealthDto>&) {});
    for (std::size_t i = 2; i < 6; ++i) {
        f.transport.fail(i, kUnreachable);
        if (i < 5) f.run_later();
    }
    f.complete();
    CHECK(told.back().line == Line::down);
    const std::size_t sent = f.transport.sent.size();
    f.client.probe(f.lane.renew());
    REQUIRE(f.transport.sent.size() == sent + 1);
    f.transport.fail(sent, kUnreachable);
    f.complete();
    CHECK(f.later.empty());
    CHECK(told.back().line == Line::down);
    f.client.probe(f.lane.renew());
    f.transport.answer(sent + 1, 200, kHealth);
    f.complete();
    CHECK(told.back().line == Line::good);
}

TEST_CASE("a server that is being restarted is away; attempts nobody waits for are not told for ever") {
    Fixture f;
    std::vector<LineState> told;
    f.client.set_on_line([&](LineState line) { told.push_back(line); });
    f.client.log_in(f.lane.renew(), {"a", "b"}, [](const Result<dto::SessionDto>&) {});
    f.transport.answer(0, 503, problem("request.stopping"));
    f.complete();
    REQUIRE(told.size() == 1);
    CHECK(told.back().line == Line::down);
    f.client.health(f.lane.renew(), [](const Result<dto::HealthDto>&) {});
    f.transport.fail(1, kUnreachable);
    f.complete();
    CHECK(told.back().line == Line::retrying);
    f.lane.cancel();
    f.run_later();
    f.complete();
    CHECK(told.back().line == Line::good);
}

TEST_CASE("a log-in is never repeated") {
    Fixture f;
    std::optional<Result<dto::SessionDto>> got;
    f.client.log_in(f.lane.renew(), {"a", "b"}, [&](Result<dto::SessionDto> session) { got = std::move(session); });
    f.transport.fail(0, kUnreachable);
    f.complete();
    CHECK(f.later.empty());
    CHECK(got->error().code == kUnreachable);
}

TEST_CASE("a repetition that nobody wants any more is not sent") {
    Fixture f;
    f.client.health(f.lane.renew(), [](Result<dto::HealthDto>) {});
    f.transport.fail(0, kUnreachable);
    f.lane.cancel();
    f.run_later();
    CHECK(f.transport.sent.size() == 1);
}

TEST_CASE("a problem document becomes its error") {
    Fixture f;
    std::optional<Result<dto::ListPage>> got;
    const auto ask = [&](int status, const std::string& body) {
        f.client.list(f.lane.renew(), query::Source::batch, {}, [&](Result<dto::ListPage> page) { got = std::move(page); });
        f.transport.answer(f.transport.sent.size() - 1, status, body);
        f.complete();
        return got->error();
    };
    const Error error = ask(400, R"({"code":"request.invalid","params":{"right":"x"},"fields":[{"field":"limit","code":"too_small","row":3}]})");
    CHECK(error.code == "request.invalid");
    CHECK(error.param("right") == "x");
    REQUIRE(error.fields.size() == 1);
    CHECK(error.fields[0].field == "limit");
    CHECK(error.fields[0].row == 3);
    CHECK(ask(404, "<html>").code == kBadReply);
    CHECK(ask(404, "<html>").param("status") == "404");
    CHECK(ask(200, R"({"columns":[]})").code == kBadReply);
    CHECK(f.transport.sent.back().path == "/api/v1/batches/list");
}

TEST_CASE("the session's end is told, but not to somebody who only asks who is there") {
    Fixture f;
    int ended = 0;
    f.client.set_on_session_ended([&] { ++ended; });
    f.client.session(f.lane.renew(), [](Result<dto::SessionDto>) {});
    f.transport.answer(0, 401, problem("session.none"));
    f.complete();
    CHECK(ended == 0);
    f.client.health(f.lane.renew(), [](Result<dto::HealthDto>) {});
    f.transport.answer(1, 401, problem("session.refused"));
    f.complete();
    CHECK(ended == 0);
    f.client.health(f.lane.renew(), [](Result<dto::HealthDto>) {});
    f.transport.answer(2, 401, problem("session.none"));
    f.complete();
    CHECK(ended == 1);
}

TEST_CASE("the session's token goes with what changes something, and only there") {
    Fixture f;
    const std::string session = R"({"person":1,"login":"a","name":"b","csrf_token":"TOKEN","grants":[],"basis":{"number":1,"rights_version":1,)"
                                R"("policy_version":1},"day":"2026-11-18","demonstration":true,"revenue_period":202610,"window":{"open":true,)"
                                R"("opened_on":"","closes_on":"","next_opening":"","open_day":9,"close_day":3},"menu":[],"must_change_password":false,"seen_by":""})";
    f.client.log_in(f.lane.renew(), {"a", "b"}, [](Result<dto::SessionDto> got) { REQUIRE(got); });
    f.transport.answer(0, 200, session);
    f.complete();
    f.client.health(f.lane.renew(), [](Result<dto::HealthDto>) {});
    CHECK(f.transport.sent.back().csrf_token.empty());
    f.client.log_out(f.lane.renew(), [](Result<Done> got) { CHECK(got); });
    CHECK(f.transport.sent.back().method == api::Method::del);
    CHECK(f.transport.sent.back().csrf_token == "TOKEN");
    f.transport.answer(f.transport.sent.size() - 1, 204, "");
    f.complete();
    f.client.list(f.lane.renew(), query::Source::customer, {}, [](Result<dto::ListPage>) {});
    CHECK(f.transport.sent.back().csrf_token.empty());
}

TEST_CASE("a commit is watched to its end") {
    Fixture f;
    std::optional<Result<dto::BatchDto>> got;
    std::vector<std::string> phases;
    f.client.commit(
        f.lane.renew(), "0123456789abcdef", "BODY", [&](const dto::JobDto& state) { phases.push_back(state.phase); },
        [&](Result<dto::BatchDto> batch) { got = std::move(batch); });
    f.transport.answer(0, 202, job(R"("state":"running")"));
    f.complete();
    CHECK(f.transport.sent.at(1).path == "/api/v1/jobs/0123456789abcdef");
    dto::JobDto pushed;
    pushed.key = "0123456789abcdef";
    pushed.state = "running";
    pushed.phase = "staging";
    f.transport.push_job(pushed);
    f.transport.answer(1, 200, R"({"key":"0123456789abcdef","state":"running","phase":"writing","done":3,"total":9})");
    f.complete();
    f.run_later();
    f.transport.answer(2, 200, job(R"("state":"done",)" + kBatch));
    f.complete();
    REQUIRE(got);
    CHECK((*got)->id == 7);
    CHECK(phases == std::vector<std::string>{"staging", "writing"});
}

TEST_CASE("a commit whose server forgot it is asked for again under its key; one that failed says why") {
    Fixture f;
    std::optional<Result<dto::BatchDto>> got;
    f.client.commit(f.lane.renew(), "0123456789abcdef", "BODY", {}, [&](Result<dto::BatchDto> batch) { got = std::move(batch); });
    f.transport.fail(0, kUnreachable);  // perhaps it arrived, perhaps not
    f.run_later();
    f.transport.answer(1, 202, job(R"("state":"running")"));
    f.complete();
    f.transport.answer(2, 404, problem("job.unknown"));
    f.complete();
    CHECK(f.transport.sent.at(3).body == "BODY");
    CHECK(f.transport.sent.at(3).path == "/api/v1/moves");
    f.transport.answer(3, 202, job(R"("state":"running")"));
    f.complete();
    f.transport.answer(4, 200, job(R"("state":"failed","problem":{"code":"moves.stale","params":{"moved":"3"}})"));
    f.complete();
    REQUIRE(got);
    CHECK(got->error().code == "moves.stale");
    CHECK(got->error().param("moved") == "3");
}

TEST_CASE("parts of the organisation are read under one basis") {
    Fixture f;
    const auto part = [](int basis, int id, const std::string& rest) {
        return R"({"basis":{"number":)" + std::to_string(basis) + R"(,"rights_version":1,"policy_version":1},"channels":[],"id":[)" +
               std::to_string(id) + R"(],"code":["U"],"name":["N"],"kind":["province"],"channel":[0],"area_parent":[0],"channel_parent":[0],)" +
               R"("billing_area":[""],"sort_order":[0],"active":[1])" + rest + "}";
    };
    std::optional<Result<OrganisationReply>> got;
    f.client.organisation(f.lane.renew(), [&](Result<OrganisationReply> reply) { got = std::move(reply); });
    f.transport.answer(0, 200, part(1, 1, R"(,"next_after":1)"));
    f.complete();
    CHECK(f.transport.sent.at(1).query == "after=1");
    f.transport.answer(1, 200, part(2, 2, ""));  // changed meanwhile: from the beginning
    f.complete();
    CHECK(f.transport.sent.at(2).query.empty());
    f.transport.answer(2, 200, part(2, 1, R"(,"next_after":1)"));
    f.complete();
    f.transport.answer(3, 200, part(2, 2, ""));
    f.complete();
    REQUIRE(got);
    CHECK((*got)->basis.number == 2);
    CHECK((*got)->records.units.size() == 2);
}

TEST_CASE("keys are fit for the server and never the same") {
    const std::string key = new_idempotency_key();
    CHECK(key.size() == 32);
    CHECK(key.find_first_not_of("0123456789ABCDEF") == std::string::npos);
    CHECK(key != new_idempotency_key());
}

}  // namespace qudao::client
