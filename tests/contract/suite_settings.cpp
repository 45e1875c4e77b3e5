#include "tests/contract/world.hpp"

namespace qudao::contract {
namespace {

ports::Settings load(ports::Database& database) { return must(reading(database)->settings().load()); }

TEST_CASE("a new database has settings of its own", "[settings]") {
    const auto database = backend().make();
    const ports::Settings settings = load(*database);
    CHECK(settings.window == WindowPolicy{});
    CHECK_FALSE(settings.demonstration);
    CHECK_FALSE(settings.demo_date);
    CHECK_FALSE(settings.revenue_period);
    const auto work = writing(*database);
    CHECK(must(work->settings().load_for_share()).basis == settings.basis);
}

TEST_CASE("each change bumps what it should and nothing else", "[settings]") {
    const auto database = backend().make();
    const Basis before = load(*database).basis;
    const auto after = [&](auto change) {
        const auto work = writing(*database);
        must_do(change(work->settings()));
        must_do(work->commit());
        return load(*database);
    };
    const auto units = after([](auto& settings) { return settings.bump_units(); });
    CHECK(units.basis == Basis{before.number + 1, before.rights_version, before.policy_version});
    const auto rights = after([](auto& settings) { return settings.bump_rights(); });
    CHECK(rights.basis == Basis{before.number + 2, before.rights_version + 1, before.policy_version});
    const auto window = after([](auto& settings) { return settings.save_window({10, 2}); });
    CHECK(window.basis == Basis{before.number + 3, before.rights_version + 1, before.policy_version + 1});
    CHECK(window.window == WindowPolicy{10, 2});
    const auto period = after([](auto& settings) { return settings.save_revenue_period(Period{202609}); });
    CHECK(period.basis == window.basis);
    CHECK(period.revenue_period == Period{202609});
}

TEST_CASE("a window of impossible days is refused", "[settings]") {
    const auto database = backend().make();
    const auto work = writing(*database);
    CHECK(code_of_error(work->settings().save_window({5, 7})) == "policy.window_days");
    CHECK(must(work->settings().load()).window == WindowPolicy{});
}

TEST_CASE("only a demonstration has a date of its own", "[settings]") {
    const auto database = backend().make();
    const auto work = writing(*database);
    CHECK(code_of_error(work->settings().save_demo_date(make_date(2026, 11, 18))) == "settings.not_demonstration");
    must_do(work->settings().mark_demonstration(make_date(2026, 11, 18)));
    must_do(work->settings().save_demo_date(make_date(2026, 12, 5)));
    must_do(work->commit());
    const ports::Settings settings = load(*database);
    CHECK(settings.demonstration);
    CHECK(settings.demo_date == make_date(2026, 12, 5));
}

TEST_CASE("a database with customers does not become a demonstration", "[settings]") {
    const World world = make_world(12);
    const auto work = writing(*world.database);
    CHECK(code_of_error(work->settings().mark_demonstration(make_date(2026, 11, 18))) == "settings.has_customers");
}

TEST_CASE("settings roll back", "[settings]") {
    const auto database = backend().make();
    const ports::Settings before = load(*database);
    {
        const auto work = writing(*database);
        must_do(work->settings().save_window({12, 3}));
        must_do(work->settings().bump_rights());
        must_do(work->settings().mark_demonstration(make_date(2026, 1, 1)));
        CHECK(must(work->settings().load()).window == WindowPolicy{12, 3});
    }
    const ports::Settings after = load(*database);
    CHECK(after.basis == before.basis);
    CHECK(after.window == before.window);
    CHECK_FALSE(after.demonstration);
}

}  // namespace
}  // namespace qudao::contract
