#include <catch2/catch.hpp>

#include "client/views/login/login_model.hpp"
#include "client/views/shell/shell_model.hpp"
#include "tests/unit/views/world_fixture.hpp"

using namespace qudao;
using namespace qudao::client;
using qudao::client::test::count_of;
using qudao::client::test::only;

namespace {

World on_day(const char* day, dto::WindowDto window) {
    World world = test::world();
    dto::SessionDto session = world.session;
    session.day = day;
    session.window = std::move(window);
    take_session(world, std::move(session));
    return world;
}

}  // namespace

TEST_CASE("the window counts down, today included") {
    const dto::WindowDto open{true, "2026-11-09", "2026-12-03", "", 9, 3};
    auto line = shell::window_line(on_day("2026-11-18", open));
    CHECK(line.open);
    CHECK(line.days == 16);
    CHECK_FALSE(line.urgent);
    CHECK(line.words == "窗口 11-09 至 12-03 · 剩余 16 天");
    line = shell::window_line(on_day("2026-12-01", open));
    CHECK(line.days == 3);
    CHECK(line.urgent);
    line = shell::window_line(on_day("2026-12-03", open));
    CHECK(line.words == "窗口 11-09 至 12-03 · 最后 1 天");
}

TEST_CASE("a closed window says when it opens") {
    const auto line = shell::window_line(on_day("2026-12-04", {false, "", "", "2026-12-09", 9, 3}));
    CHECK_FALSE(line.open);
    CHECK(line.days == 5);
    CHECK(line.words == "窗口已关闭 · 2026-12-09 开放（5 天后）");
}

TEST_CASE("the date beyond which a round is closed is that of the window at hand, or the next") {
    CHECK(shell::round_closes_on(on_day("2026-11-18", {true, "2026-11-09", "2026-12-03", "", 9, 3})) == make_date(2026, 12, 3));
    CHECK(shell::round_closes_on(on_day("2026-11-05", {false, "", "", "2026-11-09", 9, 3})) == make_date(2026, 12, 3));
    CHECK(shell::round_closes_on(on_day("2026-12-03", {true, "2026-11-09", "2026-12-03", "", 9, 3})) == make_date(2026, 12, 3));
    CHECK(shell::round_closes_on(on_day("2026-12-04", {false, "", "", "2026-12-09", 9, 3})) == make_date(2027, 1, 3));
}

TEST_CASE("the date dialog opens only for who may, and checks what is typed") {
    shell::Model model;
    const World without = test::world(action_bit(Action::view_customer));
    (void)reduce(model, shell::DateDialogOpened{}, without);
    CHECK_FALSE(model.date_open);
    const World world = test::world();
    (void)reduce(model, shell::DateDialogOpened{}, world);
    CHECK(model.date_open);
    CHECK(reduce(model, shell::DateEntered{"2026-13-01"}, world).empty());
    CHECK(model.date_error->code == "date.format");
    CHECK(only<SetDemoDate>(reduce(model, shell::DateEntered{"2026-12-04"}, world)).day == make_date(2026, 12, 4));
    CHECK(model.date_saving);
    (void)reduce(model, shell::DateAnswered{Error::of("settings.not_demonstration")}, world);
    CHECK(model.date_open);
    CHECK(only<SetDemoDate>(reduce(model, shell::DateStepped{1}, world)).day == make_date(2026, 11, 19));
    CHECK(count_of<Notify>(reduce(model, shell::DateAnswered{}, world)) == 1);
    CHECK_FALSE(model.date_open);
}

TEST_CASE("a log-in needs both, is sent once, and says why it failed") {
    const World world = test::world();
    login::Model model;
    CHECK(reduce(model, login::Submitted{"", "x"}, world).empty());
    CHECK(reduce(model, login::Submitted{"nn_public", ""}, world).empty());
    const LogIn asked = only<LogIn>(reduce(model, login::Submitted{" nn_public ", " pass "}, world));
    CHECK(asked.login == "nn_public");
    CHECK(asked.password == " pass ");  // spaces of a password are its own
    CHECK(reduce(model, login::Submitted{"nn_public", "pass"}, world).empty());
    (void)reduce(model, login::Refused{Error::of("session.refused")}, world);
    CHECK_FALSE(model.asking);
    CHECK(model.error->code == "session.refused");
    (void)reduce(model, login::Submitted{"nn_public", "right"}, world);
    CHECK_FALSE(model.error);
}

TEST_CASE("in the sandbox one press is enough") {
    const World world = test::world();
    login::Model model;
    (void)reduce(model, login::PersonasCame{std::vector<login::Persona>{{"nn_public", "demo", "覃晓燕", "本地网渠道管理员", "南宁公众客户"}}}, world);
    CHECK(only<LogIn>(reduce(model, login::PersonaPressed{0}, world)).password == "demo");
    CHECK(reduce(model, login::PersonaPressed{5}, world).empty());
}

TEST_CASE("screens and their addresses belong together") {
    for (const auto screen : {shell::Screen::customers, shell::Screen::workbench, shell::Screen::batches, shell::Screen::batch, shell::Screen::log, shell::Screen::handovers})
        CHECK(shell::screen_of(shell::path_of(screen)) == screen);
}
