// The workbench as the page uses it: an engine beside the page, the requests over this program's transport.
#include "tests/use_cases/page.hpp"

#include "shared/workbook/move_template.hpp"

namespace qudao::test {
namespace {

using engine::Planned;

struct Bench {
    std::unique_ptr<Server> server = new_server(2000);
    Page page{*server};
    std::vector<std::string> codes;
    std::string target;

    explicit Bench(std::size_t count, const std::string& login = "qudao_admin") {
        REQUIRE(page.log_in(login));
        const Organisation org = page.organisation();
        const UnitIndex home = org.find(kHome);
        for (const UnitIndex unit : org.children(Tree::area, org.parent(Tree::area, home)))
            if (unit != home && org.unit(unit).kind == UnitKind::community && org.unit(unit).active && target.empty()) target = org.unit(unit).code;
        const auto states = page.states(page.codes_in(org.unit(home).id.value, 200));
        for (std::size_t i = 0; i < states->id.size() && codes.size() < count; ++i)
            if (states->locked_until[i].empty()) codes.emplace_back(states->code[i]);
        REQUIRE(codes.size() == count);
    }
    std::vector<Move> moves() const {
        std::vector<Move> all;
        for (const std::string& code : codes) all.push_back({code, target, "调整"});
        return all;
    }
};

engine::DropRequest drop_refused() {
    engine::DropRequest request;
    request.filter = engine::RowFilter();
    request.filter->verdict = "refused";
    return request;
}

}  // namespace

TEST_CASE("open, look, drop, commit", "[workbench]") {
    Bench bench(5);
    auto moves = bench.moves();
    moves.push_back({"0771999999999", bench.target, "没有这个客户"});
    moves.push_back({bench.codes[0], "NO-SUCH-UNIT", ""});
    bench.page.workbench().open("moves.csv", csv_of(moves));
    const auto opened = bench.page.next<engine::Opened>();
    CHECK(opened.facts.rows == 7);
    CHECK(opened.facts.kind == "csv");
    auto planned = bench.page.next<Planned>();
    CHECK(planned.summary.moved == 5);
    CHECK(planned.summary.refused == 2);
    CHECK_FALSE(planned.summary.can_commit);

    // The server says the same, digest included.
    const auto told = bench.page.preview(rows_of(moves));
    REQUIRE(told);
    CHECK(told->digest == planned.summary.digest);

    engine::RowsRequest wish;
    wish.filter.verdict = "refused";
    bench.page.workbench().rows(wish);
    const auto rows = bench.page.next<engine::RowsCame>().page;
    REQUIRE(rows.matching == 2);
    CHECK(rows.rows[0].row == 7);
    CHECK(rows.rows[0].reason == "customer_not_visible");
    CHECK(rows.rows[1].reason == "repeated");
    CHECK(rows.rows[1].detail == "2");

    bench.page.workbench().drop(drop_refused());
    planned = bench.page.next<Planned>();
    CHECK(planned.summary.dropped == 2);
    CHECK(planned.summary.can_commit);
    CHECK(count_of(planned.summary.dropped_reasons, "repeated") == 1);

    const std::string key = client::new_idempotency_key();
    bench.page.workbench().commit(key);
    const auto committed = bench.page.next<engine::Committed>();
    CHECK(committed.batch.moved == 5);
    CHECK(committed.batch.rows == 5);
    CHECK(committed.batch.file_name == "moves.csv");
    bench.page.workbench().commit(key);
    CHECK(bench.page.next<engine::Committed>().batch.id == committed.batch.id);
}

TEST_CASE("a stale plan says what changed, and can be committed anew", "[workbench][stale]") {
    Bench bench(3, "nn_channel");
    bench.page.workbench().open("moves.csv", csv_of(bench.moves()));
    const auto planned = bench.page.next<Planned>();
    REQUIRE(planned.summary.can_commit);

    Page other(*bench.server);
    REQUIRE(other.log_in("qudao_admin"));
    const auto theirs = rows_of({{bench.codes[1], bench.target, ""}});
    const auto batch = other.commit(new_key(), other.preview(theirs)->digest, theirs);
    REQUIRE(batch);

    bench.page.workbench().commit(client::new_idempotency_key());
    bench.page.run_dry();
    REQUIRE(!bench.page.events().empty());
    const auto* failed = std::get_if<engine::Failed>(&bench.page.events().back());
    REQUIRE(failed != nullptr);
    CHECK(failed->during == "commit");
    CHECK(failed->error.code == "moves.stale");
    bench.page.forget_events();

    bench.page.workbench().reread();
    const auto anew = bench.page.next<Planned>();
    REQUIRE(anew.changes);
    CHECK(anew.changes->customers == 1);
    CHECK(anew.changes->verdicts == 1);
    REQUIRE(anew.changes->shown.size() == 1);
    CHECK(anew.changes->shown[0].what == "place");
    CHECK(anew.changes->shown[0].customer_code == bench.codes[1]);
    CHECK(anew.changes->shown[0].row == 3);
    CHECK_FALSE(anew.changes->rights);
    CHECK(anew.summary.moved == 2);
    CHECK(anew.summary.unchanged == 1);
    bench.page.workbench().commit(client::new_idempotency_key());
    CHECK(bench.page.next<engine::Committed>().batch.moved == 2);
}

TEST_CASE("refused rows come back as a workbook that can be opened again", "[workbench]") {
    Bench bench(2);
    auto moves = bench.moves();
    moves.push_back({bench.codes[0], bench.target, "第二次"});
    bench.page.workbench().open("moves.csv", csv_of(moves));
    bench.page.next<Planned>();
    engine::RefusedWorkbookRequest request;
    request.file_name = "退回.xlsx";
    request.reasons = {{"repeated"}, {"与第 {detail} 行重复"}};
    bench.page.workbench().refused_workbook(request);
    const auto made = bench.page.next<engine::FileMade>();
    CHECK(made.name == "退回.xlsx");
    CHECK(made.purpose == "refused");
    const auto sheet = workbook::read_moves(made.bytes);
    REQUIRE(sheet);
    CHECK(sheet->was_refused_rows);
    REQUIRE(sheet->rows.size() == 1);
    CHECK(sheet->rows.customer_code[0] == bench.codes[0]);
    CHECK(sheet->rows.note[0] == "第二次");
}

TEST_CASE("who gains and loses sight, asked through the workbench", "[workbench][sight]") {
    Bench bench(3);
    bench.page.workbench().open("moves.csv", csv_of(bench.moves()));
    bench.page.next<Planned>();
    bench.page.workbench().sight();
    const auto came = bench.page.next<engine::SightCame>();
    CHECK(came.all_flows);
    CHECK(came.sight.persons == 2);
}

TEST_CASE("a list goes out as a workbook", "[workbench][export]") {
    Bench bench(1);
    engine::ExportRequest request;
    request.source = "customer";
    request.list.order = {{"code", false}};
    request.columns = {{"code", "客户编码", "", 16}, {"place", "社区", "name", 20}, {"channel", "渠道", "", 12}, {"revenue", "收入", "", 12}};
    request.file_name = "客户.csv";
    request.format = "csv";
    bench.page.workbench().export_list(request);
    const auto made = bench.page.next<engine::FileMade>();
    CHECK(made.purpose == "export");
    CHECK(std::count(made.bytes.begin(), made.bytes.end(), '\n') == 2001);
    CHECK(made.bytes.find("客户编码,社区,渠道,收入") != std::string::npos);
    CHECK(made.bytes.find("城东二片1社区") != std::string::npos);
    CHECK(made.bytes.find("公众客户") != std::string::npos);

    // As a template to be filled in: a column that stays blank.
    request.format = "xlsx";
    request.file_name = "第二阶段.xlsx";
    request.list.filters = {{"unassigned", "equal", {std::int64_t{1}}, std::nullopt}, {"new_in", "equal", {std::int64_t{202610}}, std::nullopt}};
    request.columns = {{"code", "客户编码", "", 16}, {"place", "目标单位编码", "blank", 20}, {"address", "备注", "", 60}};
    bench.page.workbench().export_list(request);
    const auto blank = bench.page.next<engine::FileMade>();
    const auto sheet = workbook::read_moves(blank.bytes);
    REQUIRE(sheet);
    CHECK(sheet->rows.size() > 20);
    for (std::uint32_t row = 0; row < sheet->rows.size(); ++row) CHECK(sheet->rows.defect[row] == Reason::target_missing);
    request.format = "csv";

    request.columns = {{"nonsense", "x", "", 12}};
    bench.page.workbench().export_list(request);
    bench.page.run_dry();
    const auto* failed = std::get_if<engine::Failed>(&bench.page.events().back());
    REQUIRE(failed != nullptr);
    CHECK(failed->error.code == "export.unknown_column");
}

}  // namespace qudao::test
