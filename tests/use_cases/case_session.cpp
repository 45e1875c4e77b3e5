// Logging in and out, who one is, the demonstration's date, and requests that are wrong.
#include "tests/use_cases/page.hpp"

#include "shared/api/use_case.hpp"
#include "shared/demo/demo.hpp"

namespace qudao::test {
namespace {

std::string code_in(const api::Response& response) { return client::error_of(response).code; }

Result<dto::SessionDto> who(Page& page) {
    return page.wait<dto::SessionDto>([&](const auto& ticket, auto reply) { page.api().session(ticket, reply); });
}

Result<dto::SessionDto> set_day(Page& page, int year, unsigned month, unsigned day) {
    return page.wait<dto::SessionDto>(
        [&](const auto& ticket, auto reply) { page.api().set_demo_date(ticket, make_date(year, month, day), reply); });
}

}  // namespace

TEST_CASE("nobody is logged in at first, and a session lasts until the log-out", "[session]") {
    const auto server = new_server(200);
    Page page(*server);
    int asked_again = 0;
    page.api().set_on_session_ended([&] { ++asked_again; });
    REQUIRE(who(page).error().code == "session.none");
    CHECK(asked_again == 0);

    const auto session = page.log_in("qudao_admin");
    REQUIRE(session);
    CHECK(session->login == "qudao_admin");
    CHECK(session->demonstration);
    CHECK(session->day == format_date(demo::demo_day()));
    CHECK(session->revenue_period == demo::kRevenuePeriod.yyyymm);
    CHECK(session->window.open);
    REQUIRE(session->grants.size() == 1);
    CHECK(session->grants[0].role == "channel_administrator");
    const auto again = who(page);
    REQUIRE(again);
    CHECK(again->person == session->person);
    CHECK(again->csrf_token == session->csrf_token);

    REQUIRE(page.wait<Done>([&](const auto& ticket, auto reply) { page.api().log_out(ticket, reply); }));
    CHECK(who(page).error().code == "session.none");
    CHECK(page.list(query::Source::customer, {}).error().code == "session.none");
    CHECK(asked_again == 1);
}

TEST_CASE("two browsers have sessions of their own", "[session]") {
    const auto server = new_server(200);
    Page first(*server);
    Page second(*server);
    REQUIRE(first.log_in("nn_query"));
    CHECK(who(second).error().code == "session.none");
    REQUIRE(second.log_in("tl_qx02"));
    CHECK(who(first)->login == "nn_query");
    CHECK(who(second)->login == "tl_qx02");
}

TEST_CASE("an unknown login and a wrong password are refused alike, and slowed down", "[session]") {
    const auto server = new_server(200);
    Page page(*server);
    CHECK(page.log_in("nobody_here", "x").error().code == "session.refused");
    // The first wait is one second, which a busy machine may have used up by then; each further one is twice as long.
    int refused = 0;
    Error error;
    for (int i = 0; i < 10 && error.code != "session.slow_down"; ++i) {
        error = page.log_in("nn_query", "wrong").error();
        if (error.code == "session.refused") ++refused;
    }
    CHECK(refused >= 5);
    CHECK(refused <= 8);
    REQUIRE(error.code == "session.slow_down");
    CHECK(!error.param("seconds").empty());
    CHECK(page.log_in("nn_query").error().code == "session.slow_down");
    // Others are not.
    CHECK(page.log_in("tl_qx02"));
}

TEST_CASE("what changes something needs the session's token", "[session]") {
    const auto server = new_server(200);
    Page page(*server);
    const auto session = page.log_in("qudao_admin");
    REQUIRE(session);
    const std::string list = R"({"filters":[],"order":[],"limit":1})";
    CHECK(code_in(page.raw(api::Method::post, "/api/v1/customers/list", list)) == "session.csrf");
    CHECK(code_in(page.raw(api::Method::post, "/api/v1/customers/list", list, "guessed")) == "session.csrf");
    CHECK(page.raw(api::Method::post, "/api/v1/customers/list", list, session->csrf_token).status == 200);
    CHECK(code_in(page.raw(api::Method::del, "/api/v1/session")) == "session.csrf");
    CHECK(who(page));
}

TEST_CASE("requests that are wrong are told so", "[requests]") {
    const auto server = new_server(200);
    Page page(*server);
    const auto session = page.log_in("qudao_admin");
    REQUIRE(session);
    const auto post = [&](const std::string& path, const std::string& body) { return page.raw(api::Method::post, path, body, session->csrf_token); };

    CHECK(page.raw(api::Method::get, "/api/v1/nothing").status == 404);
    CHECK(code_in(page.raw(api::Method::get, "/api/v1/nothing")) == "request.not_found");
    CHECK(page.raw(api::Method::del, "/api/v1/organisation", {}, session->csrf_token).status == 405);
    CHECK(code_in(post("/api/v1/customers/list", "{")) == "request.not_json");
    CHECK(code_in(page.raw(api::Method::get, "/api/v1/organisation?after=x")) == "request.invalid");
    CHECK(code_in(page.raw(api::Method::get, "/api/v1/organisation?afer=1")) == "request.invalid");
    CHECK(code_in(page.raw(api::Method::get, "/api/v1/batches/x")) == "request.invalid");
    CHECK(code_in(page.raw(api::Method::get, "/api/v1/batches/999999")) == "moves.unknown_batch");
    CHECK(page.raw(api::Method::get, "/api/v1/jobs/never-heard-of-that-key").status == 404);

    const api::Response wrong = post("/api/v1/customers/list", R"({"filters":[],"limit":0,"ordr":[]})");
    CHECK(wrong.status == 400);
    const Error error = client::error_of(wrong);
    CHECK(error.code == "request.invalid");
    REQUIRE(error.fields.size() == 3);
    CHECK(error.fields[0].field == "order");
    CHECK(error.fields[0].code == "missing");
    CHECK(error.fields[1].field == "limit");
    CHECK(error.fields[1].code == "too_small");
    CHECK(error.fields[2].field == "ordr");
    CHECK(error.fields[2].code == "unknown");

    const api::Response large = post("/api/v1/customers/list", std::string(70 * 1024, ' '));
    CHECK(large.status == 413);
    CHECK(code_in(large) == "request.too_large");
}

TEST_CASE("the demonstration's date is set by those who may", "[session]") {
    const auto server = new_server(200);
    Page page(*server);
    REQUIRE(page.log_in("sysadmin"));
    const auto closed = set_day(page, 2026, 11, 5);
    REQUIRE(closed);
    CHECK(closed->day == "2026-11-05");
    CHECK_FALSE(closed->window.open);
    CHECK(closed->window.next_opening == "2026-11-09");
    Page other(*server);
    CHECK(other.log_in("nn_query")->day == "2026-11-05");
    CHECK(set_day(other, 2026, 11, 18).error().code == "rights.missing");
    const auto open = set_day(page, 2026, 12, 3);
    REQUIRE(open);
    CHECK(open->window.open);
    CHECK(open->window.opened_on == "2026-11-09");
    CHECK(open->window.closes_on == "2026-12-03");
}

TEST_CASE("health and the document are there for anybody", "[requests]") {
    const auto server = new_server(200);
    Page page(*server);
    const auto health = page.wait<dto::HealthDto>([&](const auto& ticket, auto reply) { page.api().health(ticket, reply); });
    REQUIRE(health);
    CHECK(health->status == "ok");
    const api::Response document = page.raw(api::Method::get, "/api/v1/openapi.json");
    CHECK(document.status == 200);
    const auto json = dto::parse_json(document.body);
    REQUIRE(json);
    for (const api::UseCase& use_case : api::use_cases()) CHECK(json->at("paths").contains(std::string(use_case.path)));
}

}  // namespace qudao::test
