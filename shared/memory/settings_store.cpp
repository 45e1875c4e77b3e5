#include "shared/memory/stores.hpp"

namespace qudao::memory {

Result<ports::Settings> SettingsStore::load() { return transaction_.state.settings; }

// Nobody else writes while this one does.
Result<ports::Settings> SettingsStore::load_for_share() { return transaction_.state.settings; }
Result<ports::Settings> SettingsStore::load_for_change() { return transaction_.state.settings; }

Status SettingsStore::save_window(const WindowPolicy& policy) {
    QUDAO_CHECK(check_window_policy(policy));
    ports::Settings settings = transaction_.state.settings;
    settings.window = policy;
    ++settings.basis.number;
    ++settings.basis.policy_version;
    change(transaction_, transaction_.state.settings, settings);
    return done();
}

Status SettingsStore::save_demo_date(Date day) {
    if (!transaction_.state.settings.demonstration) return Error::of("settings.not_demonstration");
    change(transaction_, transaction_.state.settings.demo_date, day);
    return done();
}

Status SettingsStore::save_revenue_period(Period period) {
    change(transaction_, transaction_.state.settings.revenue_period, period);
    return done();
}

Status SettingsStore::mark_demonstration(Date day) {
    if (transaction_.state.customers.size() != 0) return Error::of("settings.has_customers");
    change(transaction_, transaction_.state.settings.demonstration, true);
    change(transaction_, transaction_.state.settings.demo_date, day);
    return done();
}

Status SettingsStore::bump_rights() {
    Basis basis = transaction_.state.settings.basis;
    ++basis.number;
    ++basis.rights_version;
    change(transaction_, transaction_.state.settings.basis, basis);
    return done();
}

Status SettingsStore::bump_units() {
    Basis basis = transaction_.state.settings.basis;
    ++basis.number;
    change(transaction_, transaction_.state.settings.basis, basis);
    return done();
}

}  // namespace qudao::memory
