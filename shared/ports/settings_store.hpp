// What holds for the whole database: versions, policies, the revenue period, whether it is a demonstration.
#pragma once

#include <string>

#include "shared/base/date.hpp"
#include "shared/domain/snapshot.hpp"
#include "shared/domain/window.hpp"

namespace qudao::ports {

struct Settings {
    Basis basis;
    WindowPolicy window;
    Period revenue_period;       // the period that Customer::revenue_fen is of
    bool demonstration = false;  // marked as such when it was made, never changed; allows demo_date and printed accounts
    Date demo_date;              // the business date of a demonstration
};

class SettingsStore {
public:
    virtual ~SettingsStore() = default;
    virtual Result<Settings> load() = 0;
    // As load(); and holds the basis for sharing until the transaction ends: nobody changes units, rights or policy under
    // a commit, while commits do not wait for one another.
    virtual Result<Settings> load_for_share() = 0;
    // As load(); and until the transaction ends nobody else changes units, rights or policy, nor commits what goes by them.
    // For whoever changes them after a look at them: first thing in the transaction.
    virtual Result<Settings> load_for_change() = 0;
    virtual Status save_window(const WindowPolicy& policy) = 0;  // bumps basis and policy_version; as check_window_policy
    virtual Status save_demo_date(Date day) = 0;                 // settings.not_demonstration
    virtual Status save_revenue_period(Period period) = 0;
    virtual Status mark_demonstration(Date day) = 0;             // settings.has_customers
    virtual Status bump_rights() = 0;                            // bumps basis and rights_version
    virtual Status bump_units() = 0;                             // bumps basis; also for the policy of the partition
};

}  // namespace qudao::ports
