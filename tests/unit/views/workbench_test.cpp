#include <catch2/catch.hpp>

#include "client/engine/flow_groups.hpp"
#include "client/views/common/format.hpp"
#include "client/views/workbench/workbench_model.hpp"
#include "client/views/workbench/workbench_totals.hpp"
#include "tests/unit/views/world_fixture.hpp"

using namespace qudao;
using namespace qudao::client;
using namespace qudao::client::workbench;
using qudao::client::test::only;

namespace {

template <class T>
int how_many(const Effects& effects) {
    return qudao::client::test::count_of<T>(effects);
}

engine::Summary a_summary(std::int64_t moved, std::int64_t refused, std::int64_t revision = 1) {
    engine::Summary summary;
    summary.revision = revision;
    summary.rows = moved + refused;
    summary.moved = moved;
    summary.refused = refused;
    summary.can_commit = refused == 0 && moved > 0;
    return summary;
}

engine::RowsPage a_page(std::int64_t from, std::int64_t count, std::int64_t matching, std::int64_t revision = 1) {
    engine::RowsPage page;
    page.revision = revision;
    page.from = from;
    page.matching = matching;
    for (std::int64_t i = 0; i < count; ++i) {
        engine::RowView row;
        row.index = from + i;
        page.rows.push_back(row);
    }
    return page;
}

Model planned(const World& world, engine::Summary summary) {
    Model model;
    model.stage = Stage::reading;
    model.file_name = "调整.xlsx";
    (void)reduce(model, Planned{summary, std::nullopt}, world);
    (void)reduce(model, RowsCame{a_page(0, 600, 100'000)}, world);
    return model;
}

}  // namespace

TEST_CASE("pasted cells get the template's header when they have none") {
    CHECK(with_header("0771\t450103GZ0201\n") == "客户编码\t目标单位编码\t备注\n0771\t450103GZ0201\n");
    CHECK(with_header("客户编码\t目标单位编码\n1\t2\n") == "客户编码\t目标单位编码\n1\t2\n");
}

TEST_CASE("pasting opens the cells; whoever may not move is told nothing can be opened") {
    const World world = test::world();
    Model model;
    CHECK(how_many<OpenCells>(reduce(model, CellsPasted{"1\t2"}, world)) == 1);
    CHECK(model.stage == Stage::reading);
    Model other;
    CHECK(reduce(other, CellsPasted{"1\t2"}, test::world(action_bit(Action::view_customer))).empty());
    CHECK(how_many<Notify>(reduce(other, FilesDropped{}, test::world(action_bit(Action::view_customer)))) == 1);
    CHECK(reduce(other, CellsPasted{" \n"}, world).empty());
}

TEST_CASE("an open plan is not given up unasked") {
    const World world = test::world();
    Model model = planned(world, a_summary(3, 0));
    CHECK(reduce(model, CellsPasted{"1\t2"}, world).empty());
    REQUIRE(model.waiting);
    CHECK(reduce(model, ReplaceConfirmed{false}, world).empty());
    CHECK(model.stage == Stage::planned);
    (void)reduce(model, CellsPasted{"1\t2"}, world);
    CHECK(how_many<OpenCells>(reduce(model, ReplaceConfirmed{true}, world)) == 1);
    CHECK(model.stage == Stage::reading);
    CHECK_FALSE(model.summary);
}

TEST_CASE("the first plan shows the refused rows first") {
    const World world = test::world();
    Model model;
    model.stage = Stage::reading;
    const Effects effects = reduce(model, Planned{a_summary(5, 2), std::nullopt}, world);
    CHECK(only<FetchRows>(effects).request.filter.verdict == "refused");
    Model clean;
    clean.stage = Stage::reading;
    CHECK_FALSE(only<FetchRows>(reduce(clean, Planned{a_summary(5, 0), std::nullopt}, world)).request.filter.verdict);
}

TEST_CASE("what is looked at stands in the address, and an address brings it back") {
    const World world = test::world();
    Model model = planned(world, a_summary(10, 5));
    CHECK(to_text(address_of(model)) == "/moves?verdict=refused");
    engine::RowFilter filter;
    filter.verdict = "moved";
    filter.text = "0771";
    (void)reduce(model, FilterChanged{filter}, world);
    (void)reduce(model, TabPressed{Tab::totals}, world);
    (void)reduce(model, TreePressed{Tree::channel}, world);
    (void)reduce(model, LevelPressed{Level::network}, world);
    (void)reduce(model, ShapePressed{true}, world);
    const Address address = address_of(model);
    CHECK(to_text(address) == "/moves?tab=totals&tree=channel&level=network&as=chart&verdict=moved&find=0771");
    CHECK(only<FetchRows>(reduce(model, Opened{parse_address("/moves?reason=locked")}, world)).request.filter.reason == std::optional<std::string>("locked"));
    CHECK(model.tab == Tab::rows);
    CHECK(only<FetchRows>(reduce(model, Opened{address}, world)).request.filter.text == "0771");
    CHECK(address_of(model) == address);
    CHECK(reduce(model, Opened{address}, world).empty());
    (void)reduce(model, Opened{parse_address("/moves?tab=nonsense&level=x")}, world);
    CHECK(model.tab == Tab::rows);
    CHECK(model.level == Level::place);
}

TEST_CASE("work that was kept is opened when the screen is, as it was looked at, with its age") {
    const World world = test::world();
    Model model;
    CHECK(how_many<Notify>(reduce(model, KeptFound{{{}, "1-2", 1000}}, world)) == 1);
    const Effects effects = reduce(model, Opened{parse_address("/moves?tab=flows&verdict=moved")}, world);
    const OpenWorkbook open = only<OpenWorkbook>(effects);
    CHECK(open.dropped_rows == "1-2");
    CHECK(open.opened_unix_ms == 1000);
    CHECK(model.stage == Stage::reading);
    CHECK(model.restored);
    CHECK_FALSE(model.kept);
    const Effects rows = reduce(model, Planned{a_summary(10, 5), std::nullopt}, world);
    CHECK(only<FetchRows>(rows).request.filter.verdict == std::optional<std::string>("moved"));
    CHECK(model.tab == Tab::flows);
    (void)reduce(model, Aged{61}, world);
    CHECK(age_words(world.words, model.age_minutes) == "1 小时");
    // Something else that is open is not pushed aside, and nobody is offered what they may not do.
    CHECK(reduce(model, KeptFound{{{}, "", 1}}, world).empty());
    Model other;
    CHECK(reduce(other, KeptFound{{{}, "", 1}}, test::world(0)).empty());
}

TEST_CASE("while a row is refused the commit is off and says why") {
    const World world = test::world();
    Model model = planned(world, a_summary(5, 2));
    CHECK(why_not_commit(model, world).find("2") != std::string::npos);
    (void)reduce(model, CommitPressed{}, world);
    CHECK_FALSE(model.confirm_open);
    CHECK(reduce(model, CommitConfirmed{}, world).empty());
    model = planned(world, a_summary(0, 0));
    CHECK_FALSE(why_not_commit(model, world).empty());
    model = planned(world, a_summary(5, 0));
    CHECK(why_not_commit(model, world).empty());
}

TEST_CASE("dropping the refused keeps them as a workbook first") {
    const World world = test::world();
    Model model = planned(world, a_summary(5, 2));
    const Effects effects = reduce(model, DropRefused{}, world);
    REQUIRE(effects.size() == 2);
    const auto* kept = std::get_if<SaveRows>(&effects[0]);
    const auto* dropped = std::get_if<DropRows>(&effects[1]);
    REQUIRE(kept != nullptr);
    REQUIRE(dropped != nullptr);
    CHECK(kept->request.refused);
    CHECK(kept->request.file_name == "调整-被拒绝的行.xlsx");
    CHECK(kept->request.reasons.code.size() == kReasons);
    CHECK(kept->request.reasons.text.size() == kReasons);
    CHECK(dropped->request.filter->verdict == "refused");
    CHECK(model.planning);
    // The rows that were looked at are gone: all are shown.
    engine::Summary next = a_summary(5, 0, 2);
    next.dropped = 2;
    const Effects shown = reduce(model, Planned{next, std::nullopt}, world);
    CHECK_FALSE(only<FetchRows>(shown).request.filter.verdict);
    CHECK_FALSE(model.planning);
    const Effects back = reduce(model, RestoreDropped{}, world);
    CHECK_FALSE(only<DropRows>(back).request.drop);
}

TEST_CASE("rows are chosen one by one, or all that match") {
    const World world = test::world();
    Model model = planned(world, a_summary(5, 2));
    CHECK(reduce(model, DropChecked{true}, world).empty());
    (void)reduce(model, RowChecked{3}, world);
    (void)reduce(model, RowChecked{4}, world);
    (void)reduce(model, RowChecked{3}, world);
    CHECK(only<DropRows>(reduce(model, DropChecked{true}, world)).request.rows == std::vector<std::int64_t>{4});
    (void)reduce(model, AllChecked{}, world);
    CHECK_FALSE(model.rows.all_checked);  // some were chosen: the first press takes them back
    (void)reduce(model, AllChecked{}, world);
    const engine::DropRequest all = only<DropRows>(reduce(model, DropChecked{true}, world)).request;
    CHECK(all.rows.empty());
    CHECK(all.filter->verdict == "refused");
}

TEST_CASE("scrolling fetches the stretch round what is seen, once") {
    const World world = test::world();
    Model model = planned(world, a_summary(100'000, 0));
    CHECK(reduce(model, RowsVisible{0, 20}, world).empty());
    CHECK(reduce(model, RowsVisible{100, 120}, world).empty());
    const Effects effects = reduce(model, RowsVisible{50'000, 50'020}, world);
    const std::int64_t from = only<FetchRows>(effects).request.from;
    CHECK(from <= 50'000);
    CHECK(from + 600 > 50'020);
    CHECK(reduce(model, RowsVisible{50'001, 50'021}, world).empty());
    (void)reduce(model, RowsCame{a_page(from, 600, 100'000)}, world);
    CHECK(model.rows.at(50'010)->index == 50'010);
    CHECK(model.rows.at(10) == nullptr);
    CHECK(reduce(model, RowsVisible{50'000, 50'020}, world).empty());
    // At the very end nothing is asked for beyond it.
    const std::int64_t last = only<FetchRows>(reduce(model, RowsVisible{99'980, 99'999}, world)).request.from;
    (void)reduce(model, RowsCame{a_page(last, 100'000 - last, 100'000)}, world);
    CHECK(reduce(model, RowsVisible{99'980, 99'999}, world).empty());
}

TEST_CASE("rows judged by a plan that is gone are not shown") {
    const World world = test::world();
    Model model = planned(world, a_summary(5, 0, 2));
    const std::int64_t before = model.rows.page.matching;
    (void)reduce(model, RowsCame{a_page(0, 5, 5, 1)}, world);
    CHECK(model.rows.page.matching == before);
}

TEST_CASE("a commit goes its way to the batch's page") {
    const World world = test::world();
    Model model = planned(world, a_summary(5, 0));
    (void)reduce(model, CommitPressed{}, world);
    CHECK(model.confirm_open);
    CHECK_FALSE(only<CommitMoves>(reduce(model, CommitConfirmed{}, world)).same_key);
    CHECK(model.committing);
    CHECK(reduce(model, CommitConfirmed{}, world).empty());
    CHECK(how_many<Notify>(reduce(model, CellsPasted{"1\t2"}, world)) == 1);  // not while it runs
    dto::BatchDto batch;
    batch.id = 9;
    batch.moved = 5;
    const Effects done = reduce(model, Committed{batch}, world);
    CHECK(only<Navigate>(done).address == "/batch/9?new=1");
    CHECK(how_many<CloseWorkbook>(done) == 1);
    CHECK(how_many<RefreshTotals>(done) == 1);
    CHECK(how_many<CountHandovers>(done) == 1);
    CHECK(model.stage == Stage::empty);
}

TEST_CASE("a stale commit is read anew; a lost answer is asked for under the same key") {
    const World world = test::world();
    Model model = planned(world, a_summary(5, 0));
    (void)reduce(model, CommitConfirmed{}, world);
    CHECK(how_many<RereadMoves>(reduce(model, Failed{"commit", Error::of("moves.stale")}, world)) == 1);
    CHECK_FALSE(model.committing);
    engine::Changes changes;
    changes.customers = 3;
    (void)reduce(model, Planned{a_summary(4, 0, 2), changes}, world);
    CHECK(model.changes->customers == 3);
    (void)reduce(model, CommitConfirmed{}, world);
    (void)reduce(model, Failed{"commit", Error::of("network.timed_out")}, world);
    CHECK(model.uncertain);
    CHECK(only<CommitMoves>(reduce(model, RetryPressed{}, world)).same_key);
}

TEST_CASE("a file that cannot be read says why and leaves room for another") {
    const World world = test::world();
    Model model;
    (void)reduce(model, CellsPasted{"x"}, world);
    (void)reduce(model, Failed{"open", Error::of("workbook.no_rows").with("sheet", "")}, world);
    CHECK(model.stage == Stage::failed);
    CHECK(model.error.code == "workbook.no_rows");
    CHECK_FALSE(model.unsaved());
    CHECK(how_many<OpenCells>(reduce(model, CellsPasted{"y"}, world)) == 1);
}

TEST_CASE("a question that failed while reading can be asked again") {
    const World world = test::world();
    Model model;
    (void)reduce(model, CellsPasted{"x"}, world);
    (void)reduce(model, Failed{"ask", Error::of("network.unreachable")}, world);
    CHECK(model.stage == Stage::failed);
    CHECK(how_many<RetryWorkbook>(reduce(model, RetryPressed{}, world)) == 1);
    CHECK(model.stage == Stage::reading);
}

TEST_CASE("a new date makes the plan anew") {
    const World world = test::world();
    Model model;
    CHECK(reduce(model, WorldChanged{}, world).empty());
    model = planned(world, a_summary(5, 0));
    CHECK(how_many<RereadMoves>(reduce(model, WorldChanged{}, world)) == 1);
}

TEST_CASE("bars are of one level, largest change first, and no data is not 0") {
    const World world = test::world();
    engine::Summary summary = a_summary(5, 0);
    engine::UnitChanges& area = summary.area;
    const auto add = [&](std::int64_t unit, UnitTotal before, UnitTotal after) {
        area.unit.push_back(unit);
        area.before.push_back(before);
        area.after.push_back(after);
        area.arriving.push_back({});
        area.leaving.push_back({});
    };
    add(test::kTeam, {10, 5, 1000}, {10, 5, 1000});
    add(test::kCommunity, {6, 0, 0}, {5, 0, 0});
    add(test::kOther, {4, 2, 500}, {8, 3, 900});
    Model model = planned(world, summary);
    const auto bars = chart_bars(model, world);
    REQUIRE(bars.size() == 2);
    CHECK(bars[0].name == "城东二片2社区");
    CHECK(bars[0].change() == 4);
    CHECK(bars[1].change() == -1);
    model.by_revenue = true;
    const auto revenue = chart_bars(model, world);
    CHECK(revenue[0].change() == 400);
    CHECK_FALSE(revenue[1].before);
    CHECK_FALSE(revenue[1].after);
    CHECK(revenue[1].change() == 0);
    model.level = Level::channel;
    CHECK(chart_bars(model, world).empty());
}

TEST_CASE("two units of one name stay two in the flows and in the bars") {
    World world = test::world();
    std::vector<UnitRecord> units = world.organisation->units();
    for (UnitRecord& unit : units)
        if (unit.id.value == test::kPool) unit.name = "城东二片1社区";
    world.organisation = std::make_shared<const Organisation>(*Organisation::build(world.organisation->channels(), units));
    engine::Summary summary = a_summary(20, 0);
    summary.flow_groups = {{test::kOther, test::kCommunity, 12, 3, 300}, {test::kOther, test::kPool, 8, 0, 0}};
    engine::UnitChanges& area = summary.area;
    for (const std::int64_t unit : {test::kPool, test::kCommunity}) {
        area.unit.push_back(unit);
        area.before.push_back({4, 0, 0});
        area.arriving.push_back({});
        area.leaving.push_back({});
        area.after.push_back({unit, 0, 0});
    }
    const Model model = planned(world, summary);
    const FlowBlocks blocks = flow_blocks(model, world, 15);
    REQUIRE(blocks.left.size() == 1);
    CHECK(blocks.left[0].name == "城东二片2社区");
    CHECK(blocks.left[0].total.customers == 20);
    REQUIRE(blocks.right.size() == 2);
    CHECK(blocks.right[0].name == "城东二片 / 城东二片1社区");
    CHECK(blocks.right[0].total.customers == 12);
    CHECK(blocks.right[0].total.revenue_fen == 300);
    CHECK(blocks.right[1].total.customers == 8);
    CHECK(blocks.right[1].name != blocks.right[0].name);
    REQUIRE(blocks.links.size() == 2);
    CHECK(blocks.links[1].to == 1);
    const auto bars = chart_bars(model, world);
    REQUIRE(bars.size() == 2);
    CHECK(bars[0].name == blocks.right[1].name);
    CHECK(bars[1].name == blocks.right[0].name);
    // A plan that came before the organisation.
    World early = world;
    early.organisation = nullptr;
    Model waiting = planned(early, summary);
    CHECK(waiting.names.whole(test::kOther) == "#7");
    CHECK(reduce(waiting, OrganisationCame{}, world).empty());
    CHECK(waiting.names.whole(test::kOther) == "城东二片2社区");
}

TEST_CASE("the largest flows have blocks of their own, the others one that comes last, and the sum is of all") {
    const World world = test::world();
    engine::Summary summary = a_summary(100, 0);
    summary.flow_groups = {{engine::kOtherUnits, engine::kOtherUnits, 60, 10, 1000}, {test::kOther, engine::kOtherUnits, 20, 2, 50},
                           {test::kPool, test::kCommunity, 15, 1, 7}, {test::kCommunity, test::kOther, 5, 0, 0}};
    summary.flows = {{test::kOther, 3, 20, 2, 50}};   // what is listed is less
    const Model model = planned(world, summary);
    const FlowBlocks blocks = flow_blocks(model, world, 3);
    REQUIRE(blocks.left.size() == 3);
    CHECK(blocks.left[0].unit == test::kOther);
    CHECK(blocks.left[1].unit == test::kPool);
    CHECK(blocks.left[2].name == "其他单位");
    CHECK(blocks.left[2].total.customers == 65);
    CHECK(blocks.right.back().unit == engine::kOtherUnits);
    CHECK(blocks.right.back().total.customers == 80);
    CHECK(all_flows(summary).customers == 100);
    CHECK(all_flows(summary).revenue_fen == 1057);
    CHECK(flow_blocks(Model{}, world, 3).links.empty());
}

TEST_CASE("the confirmation counts every place that is left and reached, not the listed flows") {
    const World world = test::world();
    engine::Summary summary = a_summary(3, 0);
    const auto add = [&](std::int64_t unit, std::int64_t arriving, std::int64_t leaving) {
        summary.area.unit.push_back(unit);
        summary.area.before.push_back({});
        summary.area.arriving.push_back({arriving, 0, 0});
        summary.area.leaving.push_back({leaving, 0, 0});
        summary.area.after.push_back({});
    };
    add(test::kTeam, 3, 3);
    add(test::kCommunity, 0, 3);
    add(test::kOther, 2, 0);
    add(test::kPool, 1, 0);
    const PlacesTouched places = places_touched(summary, world);
    CHECK(places.left == 1);
    CHECK(places.reached == 2);
}
