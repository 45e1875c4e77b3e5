#include "server/sql/stores.hpp"

namespace qudao::sql {

Result<ports::Settings> SettingsStore::read(std::string_view tail) {
    return guarded(session_, [&]() -> Result<ports::Settings> {
        ports::Settings settings;
        std::string statement =
            "select basis, rights_version, policy_version, window_open_day, window_close_day, revenue_period, demonstration, demo_date "
            "from setting where id = 1";
        session_.select(statement.append(tail), "iiiiiiii", {}, [&](const Row& row) {
            settings.basis = {row.number(0), row.number(1), row.number(2)};
            settings.window = {static_cast<unsigned>(row.number(3)), static_cast<unsigned>(row.number(4))};
            settings.revenue_period = {static_cast<std::int32_t>(row.number(5))};
            settings.demonstration = row.number(6) != 0;
            settings.demo_date = row.date(7);
        });
        return settings;
    });
}

Result<ports::Settings> SettingsStore::load() { return read({}); }

// SQLite's writer is alone.
Result<ports::Settings> SettingsStore::load_for_share() { return read(session_.mariadb() ? " lock in share mode" : ""); }

Result<ports::Settings> SettingsStore::load_for_change() { return read(session_.mariadb() ? " for update" : ""); }

Status SettingsStore::update(std::string_view assignments, const Binds& binds) {
    return guarded(session_, [&]() -> Status {
        session_.execute("update setting set " + std::string(assignments) + " where id = 1", binds);
        return done();
    });
}

Status SettingsStore::save_window(const WindowPolicy& policy) {
    QUDAO_CHECK(check_window_policy(policy));
    return update(
        "window_open_day = :open_day, window_close_day = :close_day, basis = basis + 1, policy_version = policy_version + 1",
        {named("open_day", std::int64_t{policy.open_day}), named("close_day", std::int64_t{policy.close_day})});
}

Status SettingsStore::save_demo_date(Date day) {
    QUDAO_TRY(settings, load());
    if (!settings.demonstration) return Error::of("settings.not_demonstration");
    return update("demo_date = :day", {named("day", day)});
}

Status SettingsStore::save_revenue_period(Period period) {
    return update("revenue_period = :period", {named("period", std::int64_t{period.yyyymm})});
}

Status SettingsStore::mark_demonstration(Date day) {
    const auto occupied = guarded(session_, [&]() -> Result<bool> { return session_.number("select id from customer limit 1").has_value(); });
    if (!occupied) return occupied.error();
    if (*occupied) return Error::of("settings.has_customers");
    return update("demonstration = 1, demo_date = :day", {named("day", day)});
}

Status SettingsStore::bump_rights() { return update("basis = basis + 1, rights_version = rights_version + 1", {}); }

Status SettingsStore::bump_units() { return update("basis = basis + 1", {}); }

}  // namespace qudao::sql
