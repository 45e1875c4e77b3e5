#include <catch2/catch.hpp>

#include "client/views/shell/shell_model.hpp"
#include "client/views/shell/shown_table.hpp"
#include "client/engine/shown_table.hpp"
#include "shared/dto/codec.hpp"
#include "tests/unit/views/world_fixture.hpp"

using namespace qudao;
using namespace qudao::client;
using namespace qudao::client::shell;
using qudao::client::test::count_of;
using qudao::client::test::only;

namespace {

std::vector<PaletteItem> found(std::string_view text, const World& world, const std::vector<SavedView>& views = {}) {
    Palette palette;
    palette.text = text;
    return palette_items(palette, views, world);
}
bool has(const std::vector<PaletteItem>& items, PaletteKind kind, std::string_view title) {
    for (const PaletteItem& item : items)
        if (item.kind == kind && item.title == title) return true;
    return false;
}

ui::TableText a_table() {
    ui::TableText table;
    table.label = "客户";
    table.columns = {{"code", "客户编码", false}, {"revenue", "收入", true}, {"rows", "行数", true}};
    table.rows = {{"0771000000001", "1,234.50", "1,240"}, {"0771000000002", "无数据", ""}};
    table.totals = {"合计", "1,234.50", "1,240"};
    return table;
}

}  // namespace

TEST_CASE("the palette finds screens by Chinese, by initials and by code") {
    const World world = test::world();
    CHECK(has(found("客户查询", world), PaletteKind::screen, "客户查询"));
    CHECK(has(found("khcx", world), PaletteKind::screen, "客户查询"));
    CHECK(has(found("ＫＨＣＸ", world), PaletteKind::screen, "客户查询"));
    CHECK(has(found("log", world), PaletteKind::screen, "调整日志"));
    CHECK(found("没有这样的画面", world).empty());
    REQUIRE_FALSE(found("", world).empty());
    CHECK(found("", world).front().kind == PaletteKind::screen);
}

TEST_CASE("the palette finds units, and goes to their customers") {
    const World world = test::world();
    const auto items = found("qx", world);
    bool seen = false;
    for (const PaletteItem& item : items) {
        if (item.kind != PaletteKind::unit) continue;
        seen = true;
        CHECK(item.address.rfind("/customers?unit=", 0) == 0);
    }
    CHECK(seen);
    std::size_t units = 0;
    for (const PaletteItem& item : found("s", world)) units += item.kind == PaletteKind::unit ? 1 : 0;
    CHECK(units <= kMostUnitsFound);
}

TEST_CASE("a screen the person may not use is not offered") {
    CHECK(has(found("批量调整", test::world()), PaletteKind::screen, "批量调整"));
    CHECK_FALSE(has(found("批量调整", test::world(action_bit(Action::view_customer))), PaletteKind::screen, "批量调整"));
}

TEST_CASE("customers are asked for by the beginning of the code, of the name or of its initials") {
    CHECK_FALSE(palette_query("kh"));
    CHECK_FALSE(palette_query("07"));
    const auto code = palette_query(" ０７７１ ");
    REQUIRE(code);
    CHECK(code->filters.at(0).field == "code");
    CHECK(query::check(*code));
    const auto name = palette_query("韦");
    REQUIRE(name);
    CHECK(name->filters.at(0).field == "name_key");
    CHECK(query::check(*name));
    const auto initials = palette_query(" NNSJK ");
    REQUIRE(initials);
    CHECK(initials->filters.at(0).field == "initials");
    CHECK(initials->filters.at(0).values.at(0) == query::Value("nnsjk"));
    CHECK(query::check(*initials));
    CHECK_FALSE(palette_query("--- ---"));
}

TEST_CASE("the palette opens, is typed in, moved in and taken from") {
    const World world = test::world();
    Model model;
    (void)reduce(model, PaletteToggled{true}, world);
    CHECK(model.palette.open);
    REQUIRE(model.palette.items.size() > 2);
    (void)reduce(model, PaletteMoved{-1}, world);
    CHECK(model.palette.chosen > 0);
    (void)reduce(model, PaletteMoved{1}, world);
    CHECK(model.palette.chosen == 0);
    CHECK(count_of<FetchList>(reduce(model, PaletteTyped{"0771"}, world)) == 1);
    CHECK(count_of<FetchList>(reduce(model, PaletteTyped{"tz"}, world)) == 0);
    CHECK(count_of<FetchList>(reduce(model, PaletteTyped{"tzrz"}, world)) == 1);
    REQUIRE_FALSE(model.palette.items.empty());
    const Effects taken = reduce(model, PaletteTaken{0}, world);
    CHECK(only<Navigate>(taken).address == "/log");
    CHECK_FALSE(model.palette.open);
    CHECK(reduce(model, PaletteTaken{99}, world).empty());
}

TEST_CASE("commands of the palette do what their buttons do") {
    const World world = test::world();
    Model model;
    const auto take = [&](std::string_view text) {
        (void)reduce(model, PaletteToggled{true}, world);
        (void)reduce(model, PaletteTyped{std::string(text)}, world);
        return reduce(model, PaletteTaken{0}, world);
    };
    (void)take("显示设置");
    CHECK(model.look_open);
    (void)take("jpkjj");
    CHECK(model.shortcuts_open);
    CHECK(count_of<LogOut>(take("退出登录")) == 1);
    CHECK(count_of<AskTable>(take("打印")) == 1);
}

TEST_CASE("views are saved, opened and forgotten by way of the server") {
    const World world = test::world();
    Model model;
    CHECK(std::get<CallApi>(ask_views()).use_case == "views.show");
    const auto came = [&](std::string_view views) { return reduce(model, ViewsCame{{0, Result<std::string>(R"({"views":[)" + std::string(views) + "]}")}}, world); };
    CHECK(came(R"({"id":7,"name":"南宁大户","address":"/customers?unit=2&revenue=500","layouts":"customers=code;name_key"})").empty());
    REQUIRE(model.views.size() == 1);
    CHECK(has(found("nndh", world, model.views), PaletteKind::view, "南宁大户"));
    const Effects opened = reduce(model, ViewOpened{0}, world);
    CHECK(only<Navigate>(opened).address == "/customers?unit=2&revenue=500");
    CHECK(only<ApplyLayouts>(opened).text == "customers=code;name_key");
    const CallApi saved = only<CallApi>(reduce(model, ViewSaved{{0, " 本月 ", "/log", ""}}, world));
    CHECK(saved.use_case == "views.save");
    CHECK(dto::parse_json(saved.body)->at("name") == "本月");
    const CallApi forgotten = only<CallApi>(reduce(model, ViewForgotten{0}, world));
    CHECK(forgotten.use_case == "views.forget");
    CHECK(forgotten.path.at("view") == "7");
    CHECK(reduce(model, ViewForgotten{1}, world).empty());
    // What went wrong is said, and what was there stays.
    CHECK(count_of<Notify>(reduce(model, ViewsCame{{1, Error::of("views.too_many").with("most", 50)}}, world)) == 1);
    CHECK(model.views.size() == 1);
    CHECK(came("").empty());
    CHECK(model.views.empty());
}

TEST_CASE("a table goes out as a workbook, with figures as figures") {
    const World world = test::world();
    const ui::TableText table = a_table();
    CHECK(kind_of_column(table, 0) == "text");
    CHECK(kind_of_column(table, 1) == "yuan");
    CHECK(kind_of_column(table, 2) == "integer");
    Model model;
    const Effects effects = reduce(model, TableTaken{{ui::TableUse::save, table}}, world);
    const SaveShown save = only<SaveShown>(effects);
    CHECK(save.table.rows == 3);
    CHECK(save.table.titles.size() == 3);
    CHECK(save.cells.find("1234.50") != std::string::npos);
    CHECK(model.exporting);
    CHECK(count_of<Notify>(effects) == 0);
    ui::TableText part = table;
    part.more_exist = true;
    CHECK(count_of<Notify>(reduce(model, TableTaken{{ui::TableUse::save, part}}, world)) == 1);
}

TEST_CASE("a table goes to the printer as a document") {
    const World world = test::world();
    Model model;
    const auto page = dto::parse_json(only<PrintPage>(reduce(model, TableTaken{{ui::TableUse::print, a_table()}}, world)).json);
    REQUIRE(page);
    CHECK((*page)["title"] == "客户");
    CHECK((*page)["columns"].size() == 3);
    CHECK((*page)["columns"][1]["number"] == true);
    CHECK((*page)["rows"][1][1] == "无数据");
    CHECK((*page)["totals"][0] == "合计");
    CHECK((*page)["note"] == "");
}

TEST_CASE("without the right to export a table is copied and printed by the screenful") {
    const World world = test::world(~action_bit(Action::export_list));
    Model model;
    ui::TableText table = a_table();
    const auto row = table.rows.front();  // assign() is not given one of its own
    table.rows.assign(101, row);
    for (const ui::TableUse use : {ui::TableUse::copy, ui::TableUse::print}) {
        const Effects effects = reduce(model, TableTaken{{use, table}}, world);
        CHECK(count_of<Notify>(effects) == 1);
        CHECK(effects.size() == 1);
    }
    table.rows.pop_back();
    CHECK(only<CopyText>(reduce(model, TableTaken{{ui::TableUse::copy, table}}, world)).rows == 100);
    table.rows.assign(2000, row);
    CHECK(only<CopyText>(reduce(model, TableTaken{{ui::TableUse::copy, table}}, test::world())).rows == 2000);
}

TEST_CASE("a table is copied as tab-separated lines") {
    const World world = test::world();
    Model model;
    const CopyText copy = only<CopyText>(reduce(model, TableTaken{{ui::TableUse::copy, a_table()}}, world));
    CHECK(copy.rows == 2);
    CHECK(copy.text.rfind("客户编码\t收入\t行数\n0771000000001\t1234.50\t1240\n", 0) == 0);
}
