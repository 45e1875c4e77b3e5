// The workbench over a sandbox in the same process, whose answers the test may change on their way.
#include "client/engine/workbench.hpp"

#include <catch2/catch.hpp>

#include <deque>

#include "client/api/api_client.hpp"
#include "client/engine/sandbox.hpp"
#include "shared/demo/demo.hpp"
#include "shared/memory/fixed_clock.hpp"
#include "shared/workbook/errors.hpp"

namespace qudao::engine {
namespace {

constexpr std::string_view kHome = "450103GZ0201";

// Plays page and server, and hears what the workbench says.
class Desk final : public Workbench::Listener {
public:
    explicit Desk(std::int64_t customers = 2000, const std::string& login = "qudao_admin") {
        SandboxStart start;
        start.customers = customers;
        REQUIRE(sandbox.fill(start, {}));
        const auto session = dto::from_json<dto::SessionDto>(
            serve("session.open", {}, dto::to_json(dto::LogInRequest{login, std::string(demo::kPassword)})).body);
        REQUIRE(session);
        csrf_token = session->csrf_token;
        organisation = read_organisation();
    }

    bool progress(const Progress& at) override {
        phases.push_back(at.phase);
        return !cancelled;
    }
    void opened(const FileFacts& told) override { facts = told; }
    void planned(const Summary& told, const std::optional<Changes>& differing) override {
        ++plans;
        summary = told;
        changes = differing;
    }
    void failed(std::string_view during, const Error& error) override {
        failed_during = during;
        failure = error;
    }

    api::Response serve(std::string_view name, const std::string& query, const std::string& body) {
        const api::UseCase* use_case = api::find_use_case(name);
        REQUIRE(use_case != nullptr);
        api::Request request;
        request.method = use_case->method;
        request.path = std::string(use_case->path);
        request.query = query;
        request.body = body;
        request.csrf_token = csrf_token;
        request.session_token = token;
        const api::Response response = sandbox.handle(request);
        if (response.session_change == api::SessionChange::set) token = response.session_token;
        return response;
    }
    // Answers all questions, one by one; `before` is called with each question's name and may say what comes instead.
    void answer_all(const std::function<std::optional<Result<std::string>>(const std::string&)>& instead = {}) {
        while (!questions.empty()) {
            const Question question = std::move(questions.front());
            questions.pop_front();
            ++asked[question.head.use_case];
            if (auto other = instead ? instead(question.head.use_case) : std::nullopt) {
                asker.answer(question.id, std::move(*other));
                continue;
            }
            const api::Response response = serve(question.head.use_case, question.head.query, question.body);
            if (response.status >= 300) asker.answer(question.id, client::error_of(response));
            else asker.answer(question.id, response.body);
        }
    }
    void open(const std::string& csv) {
        workbench.open("moves.csv", csv);
        answer_all();
    }

    std::vector<std::string> codes(std::size_t count) {
        dto::ListRequest request;
        request.filters = {{"place", "equal", {organisation.unit(organisation.find(kHome)).id.value}, std::nullopt},
                           {"locked_until", "has_no_data", {}, std::nullopt}};
        request.order = {{"code", false}};
        const auto page = dto::from_json<dto::ListPage>(serve("customers.list", {}, dto::to_json(request)).body);
        REQUIRE(page);
        REQUIRE(page->rows.size() >= count);
        std::vector<std::string> out;
        for (std::size_t i = 0; i < count; ++i) out.push_back(std::get<std::string>(page->rows[i][1]));
        return out;
    }
    std::string sibling() const {
        const UnitIndex home = organisation.find(kHome);
        for (const UnitIndex unit : organisation.children(Tree::area, organisation.parent(Tree::area, home)))
            if (unit != home && organisation.unit(unit).kind == UnitKind::community && organisation.unit(unit).active) return organisation.unit(unit).code;
        return {};
    }
    void bump_basis() {
        auto work = sandbox.database().begin(ports::Access::write);
        REQUIRE((*work)->settings().bump_units());
        REQUIRE((*work)->commit());
    }

    struct Question {
        std::int64_t id = 0;
        AskHead head;
        std::string body;
    };
    memory::FixedClock clock{Instant{1'795'000'000'000}};
    Sandbox sandbox{clock, 3, nullptr};
    std::string token;
    std::string csrf_token;
    Organisation organisation;
    std::deque<Question> questions;
    std::map<std::string, int> asked;
    Asker asker{[this](std::int64_t id, const AskHead& head, std::string body) { questions.push_back({id, head, std::move(body)}); }};
    Workbench workbench{asker, *this};
    std::vector<std::string> phases;
    bool cancelled = false;
    FileFacts facts;
    Summary summary;
    std::optional<Changes> changes;
    int plans = 0;
    std::string failed_during;
    Error failure;

private:
    Organisation read_organisation() {
        auto work = sandbox.database().begin(ports::Access::read);
        auto records = (*work)->organisation().load();
        auto built = Organisation::build(records->channels, records->units);
        REQUIRE(built);
        return std::move(*built);
    }
};

std::string csv(const std::vector<std::array<std::string, 3>>& rows) {
    std::string text = "客户编码,目标单位编码,备注\r\n";
    for (const auto& row : rows) text += row[0] + "," + row[1] + "," + row[2] + "\r\n";
    return text;
}

RowsRequest wish(const std::string& verdict) {
    RowsRequest request;
    if (!verdict.empty()) request.filter.verdict = verdict;
    return request;
}

DropRequest dropping(const std::optional<RowFilter>& filter, std::vector<std::int64_t> rows = {}, bool drop = true) {
    DropRequest request;
    request.drop = drop;
    request.filter = filter;
    request.rows = std::move(rows);
    return request;
}

std::int64_t count_of(const std::vector<dto::CountDto>& counts, std::string_view code) {
    for (const dto::CountDto& count : counts)
        if (count.code == code) return count.count;
    return 0;
}

}  // namespace

TEST_CASE("a plan in numbers, with totals up both trees") {
    Desk desk;
    const auto codes = desk.codes(4);
    desk.open(csv({{codes[0], desk.sibling(), ""}, {codes[1], desk.sibling(), ""}, {codes[2], std::string(kHome), ""}, {codes[3], "NOWHERE", ""}}));
    REQUIRE(desk.plans == 1);
    CHECK(desk.facts.rows == 4);
    CHECK(desk.summary.moved == 2);
    CHECK(desk.summary.unchanged == 1);
    CHECK(desk.summary.refused == 1);
    CHECK(desk.summary.digest.size() == 32);
    for (const UnitChanges* tree : {&desk.summary.area, &desk.summary.channel}) {
        REQUIRE(tree->size() >= 5);
        for (std::size_t i = 0; i < tree->size(); ++i) {
            const Total before = tree->before[i];
            const Total after = tree->after[i];
            CHECK(after.customers == before.customers + tree->arriving[i].customers - tree->leaving[i].customers);
            CHECK(after.revenue_fen == before.revenue_fen + tree->arriving[i].revenue_fen - tree->leaving[i].revenue_fen);
        }
        // The root comes first: nothing is gained or lost in all.
        CHECK(tree->before[0].customers == 2000);
        CHECK(tree->after[0].customers == 2000);
        CHECK(tree->arriving[0].customers == 2);
    }
    REQUIRE(desk.summary.flows.size() == 1);
    CHECK(desk.summary.flow_pairs == 1);
    for (const auto* flows : {&desk.summary.flows, &desk.summary.flow_groups}) CHECK(flows->at(0).customers == 2);
}

TEST_CASE("rows by page, filter and order") {
    Desk desk;
    const auto codes = desk.codes(6);
    desk.open(csv({{codes[5], desk.sibling(), "b"}, {codes[4], desk.sibling(), "a"}, {codes[3].substr(1), desk.sibling(), "c"},
                   {"bad", desk.sibling(), ""}, {"0771999999999", desk.sibling(), "找我"}, {codes[5], desk.sibling(), ""}}));
    const auto rows = [&](const RowsRequest& request) {
        auto page = desk.workbench.rows(request);
        REQUIRE(page);
        return std::move(*page);
    };
    const RowsPage all = rows(wish(""));
    REQUIRE(all.matching == 6);
    CHECK(all.revision == desk.summary.revision);
    CHECK(all.rows[0].row == 2);
    CHECK(all.rows[2].restored);
    CHECK(all.rows[2].customer_code == codes[3]);
    CHECK(all.rows[3].reason == "customer_code_bad");
    CHECK(all.rows[3].from == 0);
    CHECK(all.rows[4].reason == "customer_not_visible");
    CHECK(all.rows[5].reason == "repeated");
    CHECK(all.rows[5].detail == "2");
    CHECK(all.rows[0].from == desk.organisation.unit(desk.organisation.find(kHome)).id.value);
    CHECK(all.rows[0].to == desk.organisation.unit(desk.organisation.find(desk.sibling())).id.value);

    CHECK(rows(wish("moved")).matching == 3);
    RowsRequest request = wish("");
    request.filter.reason = "repeated";
    CHECK(rows(request).rows.at(0).row == 7);
    request = wish("");
    request.filter.text = "找";
    CHECK(rows(request).rows.at(0).row == 6);
    request.filter.text = codes[4].substr(6);
    CHECK(rows(request).rows.at(0).row == 3);
    request = wish("");
    request.filter.restored_only = true;
    CHECK(rows(request).matching == 1);
    request = wish("moved");
    request.order = "customer";
    CHECK(rows(request).rows[0].customer_code == codes[3]);
    request.descending = true;
    CHECK(rows(request).rows[0].customer_code == codes[5]);
    request.order = "note";
    CHECK(rows(request).rows[0].note == "c");
    request.from = 2;
    request.count = 5;
    const RowsPage last = rows(request);
    CHECK(last.from == 2);
    REQUIRE(last.rows.size() == 1);
    CHECK(last.rows[0].note == "a");
    request.from = 50;
    CHECK(rows(request).rows.empty());
    request = wish("sideways");
    CHECK(desk.workbench.rows(request).error().code == "request.invalid");
}

TEST_CASE("a workbook opened again has the same rows dropped") {
    Desk desk;
    const auto codes = desk.codes(3);
    const std::string file = csv({{codes[0], desk.sibling(), ""}, {codes[1], "NOWHERE", ""}, {codes[2], desk.sibling(), ""}});
    desk.open(file);
    REQUIRE(desk.workbench.drop(dropping(std::nullopt, {1, 2})));
    CHECK(desk.summary.dropped_rows == "1-2");
    const std::string digest = desk.summary.digest;
    Desk later;
    later.workbench.open("moves.csv", file, "1-2,77");
    later.answer_all();
    CHECK(later.summary.digest == digest);
    CHECK(later.summary.dropped == 2);
    CHECK(count_of(later.summary.dropped_reasons, "unit_unknown") == 1);
}

TEST_CASE("rows are dropped and put back, and the plan is another one at once") {
    Desk desk;
    const auto codes = desk.codes(3);
    // The second mention is refused only while the first is there.
    desk.open(csv({{codes[0], "NOWHERE", ""}, {codes[0], desk.sibling(), ""}, {codes[1], desk.sibling(), ""}, {"", desk.sibling(), ""}}));
    const std::string digest = desk.summary.digest;
    CHECK(desk.summary.refused == 3);
    REQUIRE(desk.workbench.drop(dropping(std::nullopt, {0})));
    CHECK(desk.summary.moved == 2);
    CHECK(desk.summary.refused == 1);
    CHECK(desk.summary.dropped == 1);
    CHECK(count_of(desk.summary.dropped_reasons, "unit_unknown") == 1);
    CHECK(desk.summary.digest != digest);
    CHECK_FALSE(desk.summary.can_commit);

    RowFilter refused;
    refused.verdict = "refused";
    REQUIRE(desk.workbench.drop(dropping(refused)));
    CHECK(desk.summary.can_commit);
    CHECK(desk.summary.dropped == 2);
    const auto page = desk.workbench.rows(wish("dropped"));
    REQUIRE(page->matching == 2);
    CHECK(page->rows[0].reason == "unit_unknown");
    CHECK(page->rows[0].from != 0);
    CHECK(page->rows[1].reason == "customer_code_missing");

    RowFilter unknown;
    unknown.reason = "unit_unknown";
    REQUIRE(desk.workbench.drop(dropping(unknown, {}, false)));
    CHECK(desk.summary.dropped == 1);
    CHECK(desk.summary.moved == 1);
    REQUIRE(desk.workbench.drop(dropping(RowFilter(), {}, false)));
    CHECK(desk.summary.digest == digest);
    CHECK(desk.workbench.drop(dropping(std::nullopt, {4})).error().code == "request.invalid");
    CHECK(desk.workbench.drop(dropping(std::nullopt, {-1})).error().code == "request.invalid");
}

TEST_CASE("the commit's body is what the server takes") {
    Desk desk;
    const auto codes = desk.codes(3);
    desk.open(csv({{codes[0], desk.sibling(), "\"引号\"\"里\""}, {codes[1], desk.sibling(), ""}, {"x", desk.sibling(), ""}}));
    CHECK(desk.workbench.commit_body("0123456789abcdef").error().code == "moves.refused_rows");
    RowFilter refused;
    refused.verdict = "refused";
    REQUIRE(desk.workbench.drop(dropping(refused)));
    const auto body = desk.workbench.commit_body("0123456789abcdef");
    REQUIRE(body);
    const auto request = dto::from_json<dto::CommitRequest>(*body);
    REQUIRE(request);
    CHECK(request->digest == desk.summary.digest);
    CHECK(request->rows.row_number.size() == 2);
    CHECK(request->rows.target_codes.size() == 1);
    CHECK(desk.serve("moves.commit", {}, *body).status == 202);
    const api::Response again = desk.serve("moves.commit", {}, *body);
    CHECK(again.status == 202);
    RowFilter all;
    REQUIRE(desk.workbench.drop(dropping(all)));
    CHECK(desk.workbench.commit_body("0123456789abcdef").error().code == "moves.nothing");
}

TEST_CASE("a basis that moves on begins the reading anew") {
    Desk desk;
    const auto codes = desk.codes(2);
    desk.workbench.open("moves.csv", csv({{codes[0], desk.sibling(), ""}}));
    int bumps = 2;
    desk.answer_all([&](const std::string& use_case) -> std::optional<Result<std::string>> {
        if (use_case == (bumps == 2 ? "customers.states" : "unit_totals.show") && bumps > 0) {
            --bumps;
            desk.bump_basis();
        }
        return std::nullopt;
    });
    CHECK(desk.plans == 1);
    CHECK(desk.asked["session.show"] == 3);
    CHECK(desk.asked["customers.states"] == 3);
    CHECK(desk.asked["unit_totals.show"] == 2);
    const auto session = dto::from_json<dto::SessionDto>(desk.serve("session.show", {}, {}).body);
    CHECK(desk.summary.basis.number == session->basis.number);
}

TEST_CASE("a basis that never settles is told, not chased for ever") {
    Desk desk;
    desk.workbench.open("moves.csv", csv({{desk.codes(1)[0], desk.sibling(), ""}}));
    const auto restless = [&](const std::string& use_case) -> std::optional<Result<std::string>> {
        if (use_case == "customers.states") desk.bump_basis();
        return std::nullopt;
    };
    desk.answer_all(restless);
    CHECK(desk.failed_during == "ask");
    CHECK(desk.failure.code == kUnsettled);
    CHECK(desk.asked["session.show"] == 6);
    CHECK_FALSE(desk.workbench.has_plan());
    desk.workbench.retry();
    desk.answer_all();
    CHECK(desk.plans == 1);
}

TEST_CASE("a network that fails leaves the workbook open") {
    Desk desk;
    desk.workbench.open("moves.csv", csv({{desk.codes(1)[0], desk.sibling(), ""}}));
    for (const char* broken : {"session.show", "organisation.show", "customers.states", "unit_totals.show"}) {
        desk.failure = {};
        desk.answer_all([&](const std::string& use_case) -> std::optional<Result<std::string>> {
            if (use_case == broken) return Result<std::string>(Error::of(client::kUnreachable));
            return std::nullopt;
        });
        CHECK(desk.failure.code == client::kUnreachable);
        CHECK(desk.failed_during == "ask");
        desk.workbench.retry();
    }
    desk.answer_all([&](const std::string& use_case) -> std::optional<Result<std::string>> {
        if (use_case == "customers.states") return Result<std::string>(std::string("{\"basis\":1}"));
        return std::nullopt;
    });
    CHECK(desk.failure.code == client::kBadReply);
    desk.workbench.retry();
    desk.answer_all();
    CHECK(desk.plans == 1);
}

TEST_CASE("what changed since is told after a re-reading") {
    Desk desk;
    const auto codes = desk.codes(4);
    desk.open(csv({{codes[0], desk.sibling(), ""}, {codes[1], desk.sibling(), ""}, {codes[2], desk.sibling(), ""}, {codes[3], desk.sibling(), ""}}));
    const std::string digest = desk.summary.digest;
    {
        auto work = desk.sandbox.database().begin(ports::Access::write);
        Scope everything(desk.organisation, {{Tree::area, desk.organisation.interval(Tree::area, desk.organisation.root()), kAllChannels}});
        const auto locked = (*work)->customers().find(codes[1], everything);
        REQUIRE(*locked);
        REQUIRE((*work)->customers().set_lock((*locked)->id, make_date(2027, 11, 1)));
        REQUIRE((*work)->organisation().set_active(desk.organisation.unit(desk.organisation.find(desk.sibling())).id, false));
        REQUIRE((*work)->settings().bump_units());
        REQUIRE((*work)->settings().save_window({10, 3}));
        REQUIRE((*work)->commit());
    }
    desk.workbench.reread();
    desk.answer_all();
    CHECK(desk.plans == 2);
    REQUIRE(desk.changes);
    CHECK(desk.changes->customers == 1);
    CHECK(desk.changes->shown.at(0).what == "lock");
    CHECK(desk.changes->shown.at(0).after == "2027-11-01");
    CHECK(desk.changes->shown.at(0).row == 3);
    CHECK(desk.changes->units == std::vector<std::int64_t>{desk.organisation.unit(desk.organisation.find(desk.sibling())).id.value});
    CHECK(desk.changes->policy);
    CHECK_FALSE(desk.changes->rights);
    CHECK_FALSE(desk.changes->window);
    CHECK(desk.changes->verdicts == 4);
    CHECK(desk.summary.digest != digest);
    CHECK(count_of(desk.summary.reasons, "unit_inactive") == 4);
    // Nothing since: nothing told, the same digest.
    const std::string second = desk.summary.digest;
    desk.workbench.reread();
    desk.answer_all();
    CHECK(desk.changes->customers == 0);
    CHECK(desk.changes->verdicts == 0);
    CHECK(desk.changes->units.empty());
    CHECK(desk.summary.digest == second);
}

TEST_CASE("a re-reading that fails leaves the plan as it was") {
    Desk desk;
    desk.open(csv({{desk.codes(1)[0], desk.sibling(), ""}}));
    desk.workbench.reread();
    desk.answer_all([](const std::string&) { return std::optional<Result<std::string>>(Error::of(client::kUnreachable)); });
    CHECK(desk.failed_during == "reread");
    CHECK(desk.workbench.rows(wish(""))->matching == 1);
    desk.workbench.retry();
    desk.answer_all();
    CHECK(desk.plans == 2);
}

TEST_CASE("many customers are asked for in parts, each once") {
    Desk desk(20'000);
    std::string text = "客户编码,目标单位编码,备注\r\n";
    dto::ListRequest request;
    request.limit = 1000;
    request.order = {{"code", false}};
    std::int64_t rows = 0;
    for (bool more = true; more;) {
        const auto page = dto::from_json<dto::ListPage>(desk.serve("customers.list", {}, dto::to_json(request)).body);
        REQUIRE(page);
        for (const auto& row : page->rows) text += std::get<std::string>(row[1]) + "," + desk.sibling() + ",\r\n";
        rows += static_cast<std::int64_t>(page->rows.size());
        request.cursor = page->next;
        more = page->next.has_value();
    }
    text += "0771999999998,X,\r\n";
    desk.open(text);
    CHECK(desk.facts.rows == rows + 1);
    CHECK(desk.asked["customers.states"] == 5);
    CHECK(desk.summary.rows == 20'001);
    CHECK(desk.summary.moved + desk.summary.unchanged + desk.summary.refused == 20'001);
    CHECK(count_of(desk.summary.reasons, "customer_not_visible") == 1);
}

TEST_CASE("files that are none are refused by name, and what was open is gone") {
    Desk desk;
    desk.open(csv({{desk.codes(1)[0], desk.sibling(), ""}}));
    const auto refused = [&](const std::string& bytes) {
        desk.failure = {};
        desk.open(bytes);
        CHECK(desk.failed_during == "open");
        CHECK_FALSE(desk.workbench.has_plan());
        CHECK(desk.workbench.rows(wish("")).error().code == "engine.no_plan");
        CHECK(desk.workbench.commit_body("0123456789abcdef").error().code == "engine.no_plan");
        return desk.failure.code;
    };
    CHECK(refused("") == workbook::errors::kEmpty);
    CHECK(refused("客户代码,目标单位编码,备注\r\n1,2,3\r\n") == workbook::errors::kHeader);
    CHECK(refused("客户编码,目标单位编码,备注\r\n") == workbook::errors::kNoRows);
    CHECK(refused("\x89PNG\r\n\x1a\n....") == workbook::errors::kNotAWorkbook);
    CHECK(refused("PK\x03\x04 short") == workbook::errors::kTruncated);
    desk.workbench.retry();  // nothing to retry
    CHECK(desk.questions.empty());
}

TEST_CASE("a reading that is cancelled stops") {
    Desk desk;
    desk.cancelled = true;
    desk.open(csv({{desk.codes(1)[0], desk.sibling(), ""}}));
    CHECK(desk.failure.code == workbook::errors::kCancelled);
}

TEST_CASE("somebody who may not look is told so") {
    Desk desk(2000, "qudao_admin");
    desk.workbench.open("moves.csv", csv({{desk.codes(1)[0], desk.sibling(), ""}}));
    desk.token.clear();
    desk.answer_all();
    CHECK(desk.failure.code == "session.none");
    CHECK(desk.failed_during == "ask");
}

}  // namespace qudao::engine
